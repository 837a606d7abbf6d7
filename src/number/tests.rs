//! Examples of every kind and trap.

use jiff::civil::Date;

use super::{Modifier, Number, NumberKind, extract};
use crate::text::Text;

const REFERENCE: Date = jiff::civil::date(2016, 8, 12);

/// The numbers of one sentence.
fn read(sentence: &str) -> (Text, Vec<Number>) {
    let text = Text::new(sentence.to_owned());
    let found = extract(&text, &[text.whole()], &[], &[], Some(REFERENCE));
    (text, found)
}

/// Each number as `core|kind|value or low..high|modifier|unit|noun|date`, empty fields left out.
fn told(sentence: &str) -> Vec<String> {
    let (text, found) = read(sentence);
    found
        .iter()
        .map(|number| {
            let value = match (&number.value, &number.low, &number.high) {
                (Some(value), _, _) => value.clone(),
                (None, None, None) => String::new(),
                (None, low, high) => format!(
                    "{}..{}",
                    low.clone().unwrap_or_default(),
                    high.clone().unwrap_or_default()
                ),
            };
            [
                text.slice(number.span).to_owned(),
                format!("{:?}", number.kind),
                value,
                number
                    .modifier
                    .map(|(modifier, _)| format!("{modifier:?}"))
                    .unwrap_or_default(),
                number.unit.clone().unwrap_or_default(),
                number
                    .noun
                    .map(|noun| text.slice(noun).to_owned())
                    .unwrap_or_default(),
                number
                    .date
                    .clone()
                    .or_else(|| {
                        number
                            .timex
                            .clone()
                            .filter(|_| number.kind == NumberKind::Time)
                    })
                    .unwrap_or_default(),
            ]
            .into_iter()
            .filter(|field| !field.is_empty())
            .collect::<Vec<_>>()
            .join("|")
        })
        .collect()
}

#[track_caller]
fn check(sentence: &str, expected: &[&str]) {
    assert_eq!(told(sentence), expected, "{sentence}");
}

#[test]
fn counts_with_hedges_and_nouns() {
    check(
        "Gunmen killed more than 40 farmers, traders and children near the river.",
        &["40|Cardinal|40|MoreThan|farmers, traders and children"],
    );
    check(
        "But as many as 90 households are still cut off.",
        &["90|Cardinal|90|AtMost|households"],
    );
    check(
        "There were around four raids, and three suicide attackers died.",
        &[
            "four|Cardinal|4|Approx|raids",
            "three|Cardinal|3|suicide attackers",
        ],
    );
    check(
        "She put the toll at 27 but a rival said 31 villagers had died.",
        &["27|Cardinal|27", "31|Cardinal|31|villagers"],
    );
    check(
        "No more than 20-odd guards and 60-plus lorries came.",
        &[
            "20|Cardinal|20|AtMost|guards",
            "60|Cardinal|60|AtLeast|lorries",
        ],
    );
    check(
        "Dozens of teachers and hundreds of thousands of pupils stayed at home.",
        &[
            "Dozens|Vague|12..120|teachers",
            "hundreds of thousands|Vague|100000..1000000|pupils",
        ],
    );
}

#[test]
fn parts_changes_and_repeats_are_linked() {
    let (text, found) = read("Aid workers said 21 of the 30 passengers were women.");
    assert_eq!(found[0].part_of, Some(1));
    assert_eq!(
        found[0].noun.map(|noun| text.slice(noun)),
        Some("passengers")
    );
    assert!(found[1].definite);
    let (_, found) = read("The toll rose from 12 to 19 overnight.");
    assert_eq!(found[1].changed_from, Some(0));
    let (_, found) = read("It lies 8 km (5 miles) from the border.");
    assert_eq!(found[1].same_as, Some(0));
    let (_, found) = read("Twelve people, including four nurses, were hurt.");
    assert_eq!(found[1].part_of, Some(0));
}

#[test]
fn times_and_lengths() {
    check(
        "After a 36-hour siege they held out for two weeks.",
        &["36-hour|Duration|36|hour", "two weeks|Duration|2|week"],
    );
    check(
        "Published on September 3rd, 2015, and read in 2011.",
        &["September 3rd, 2015|Date|2015-09-03", "2011|Date|2011"],
    );
    check(
        "Over the past three years and on Saturday they met; on Friday too.",
        &[
            "the past three years|Date|2013-08-12/2016-08-12",
            "Saturday|Date|2016-08-06",
            "Friday|Date|2016-08-12",
        ],
    );
    check("It closed at 6.30pm.", &["6.30pm|Time|T18:30"]);
    check("Shops open every Sunday.", &["every Sunday|Set"]);
    check("By mid-2014 it was over.", &["2014|Date|Mid|2014"]);
    check("It began in the 1980s.", &["the 1980s|Date|198X"]);
    check("They fled a month ago.", &["a month ago|Date|2016-07-12"]);
    check("Signed on 16.11.2013.", &["16.11.2013|Date|2013-11-16"]);
}

#[test]
fn measures() {
    check("Prices rose 12pc.", &["12pc|Percent|12|percent"]);
    check(
        "A grant of Rs 5 crore, or $1.2bn, or 30 euros.",
        &[
            "Rs 5 crore|Money|50000000|rupee",
            "$1.2bn|Money|1200000000|USD",
            "30 euros|Money|30|EUR",
        ],
    );
    check(
        "It cost between $10 and $15 million.",
        &["$10 and $15 million|Money|10000000..15000000|USD"],
    );
    check(
        "The 122mm rocket flew 3-4,000 metres.",
        &[
            "122mm|Quantity|122|millimeter",
            "3-4,000 metres|Quantity|3000..4000|meter",
        ],
    );
    check(
        "It does 90 km/h.",
        &["90 km/h|Quantity|90|kilometer per hour"],
    );
    check(
        "A 34-year-old, a boy aged 12 and Salma, 9, were hurt.",
        &["34-year-old|Age|34|year", "12|Age|12|year", "9|Age|9|year"],
    );
    check(
        "A third of them left.",
        &["A third|Fraction|0.3333333333333333333333333333"],
    );
    check("They won the match 2-0.", &["2-0|Score|2"]);
    check(
        "Output grew 3,00,000 tonnes.",
        &["3,00,000 tonnes|Quantity|300000|metric ton"],
    );
}

#[test]
fn names_and_labels_are_no_numbers() {
    for sentence in [
        "Debris of MH17 and an F-16 lay there.",
        "COVID-19 and the AK-47 are names.",
        "They cited Resolution 2254 again.",
        "Call +92 51 333 444 555 or see www.example.org/2016/08/10.",
        "Al Qaeda 2.0 is a slogan.",
        "No one said so, and the one who knew left.",
        "A village is quiet.",
        "Version 1.2.3 is out.",
        "It was a one-sided affair.",
    ] {
        check(sentence, &[]);
    }
}

#[test]
fn a_word_before_a_name_makes_no_number_of_its_numeral() {
    let text = Text::new("It is loved by girls aged One Direction could not count.".to_owned());
    let start = text.as_str().find("One").unwrap();
    let name = text.span(start..start + "One Direction".len()).unwrap();
    assert_eq!(extract(&text, &[text.whole()], &[], &[name], None), []);
}

#[test]
fn a_numeral_inside_a_name_is_the_names() {
    let text = Text::new("The Group of 77 met 12 envoys.".to_owned());
    let name = text.span(4..15).expect("in the text");
    let found = extract(&text, &[text.whole()], &[], &[name], None);
    assert_eq!(found.len(), 1);
    assert_eq!(text.slice(found[0].span), "12");
}

#[test]
fn without_a_date_only_the_timex_is_told() {
    let text = Text::new("They met on Friday and last week.".to_owned());
    let found = extract(&text, &[text.whole()], &[], &[], None);
    assert_eq!(found.len(), 2);
    assert!(
        found
            .iter()
            .all(|number| number.date.is_none() && number.timex.is_some())
    );
}

#[test]
fn a_modifier_stands_apart_from_its_core() {
    let (text, found) = read("At least twelve people died.");
    let (modifier, place) = found[0].modifier.expect("a hedge");
    assert_eq!(
        (modifier, text.slice(place)),
        (Modifier::AtLeast, "At least")
    );
    assert_eq!(found[0].kind, NumberKind::Cardinal);
}

#[test]
fn more_of_what_news_writes() {
    check(
        "Nadia, now 19, and Omar, 24, were among 30 dead hikers.",
        &[
            "19|Age|19|year",
            "24|Age|24|year",
            "30|Cardinal|30|dead hikers",
        ],
    );
    check(
        "The party held 49 Old Mill Road and 12 civilian posts.",
        &["12|Cardinal|12|civilian posts"],
    );
    check(
        "The 3rd Corps left; the 9/11 attacks came later.",
        &["9/11|Date|2001-09-11"],
    );
    check(
        "It was the worst flood in 32 years, and aid will come in two weeks.",
        &["32 years|Duration|32|year", "in two weeks|Date|2016-08-26"],
    );
    check(
        "Shares rose 6.5% to 164.2 and the index fell 40 points to 7,425.",
        &[
            "6.5%|Percent|6.5|percent",
            "164.2|Cardinal|164.2",
            "40|Cardinal|40|points",
            "7,425|Cardinal|7425",
        ],
    );
    check(
        "Temperatures ranged from -18 °C to -34 °C.",
        &["-18 °C to -34 °C|Quantity|-34..-18|celsius"],
    );
    check(
        "They spent Rs4.5 billion over five years, and waited for over five years.",
        &[
            "Rs4.5 billion|Money|4500000000|rupee",
            "five years|Duration|5|year",
            "five years|Duration|5|MoreThan|year",
        ],
    );
    check(
        "It costs eight or nine euros, or 18 to 22 mln dlrs.",
        &[
            "eight|Money|8|EUR",
            "nine euros|Money|9|EUR",
            "18 to 22 mln dlrs|Money|18000000..22000000|USD",
        ],
    );
    check(
        "The visit is on October 4-5, from 2:00 to 2:30 pm.",
        &[
            "October 4-5|Date|2016-10-04/2016-10-05",
            "2:00 to 2:30 pm|Time|14:00/14:30",
        ],
    );
}

#[test]
fn a_half_of_a_match_is_no_number() {
    check("He was the second-half star.", &["second|Ordinal|2"]);
}

#[test]
fn what_may_be_is_to_come() {
    check(
        "The pact should be signed by Thursday, and they could vote on Saturday.",
        &[
            "Thursday|Date|Before|2016-08-18",
            "Saturday|Date|2016-08-13",
        ],
    );
    check(
        "It should have ended on Thursday, and shots could be heard on Saturday.",
        &["Thursday|Date|2016-08-11", "Saturday|Date|2016-08-06"],
    );
}

#[test]
fn zero_may_be_a_part_of_a_word() {
    check("The zero-Covid policy stays, as does zero tolerance.", &[]);
    check("It had zero deaths.", &["zero|Cardinal|0|deaths"]);
}

#[test]
fn what_stands_before_the_next_number_is_not_counted() {
    check(
        "He is one of the top three boxers.",
        &["one|Cardinal|1", "three|Cardinal|3|boxers"],
    );
}

#[test]
fn a_year_may_be_hedged() {
    check(
        "Claims go back as far as 1980, and since about 1990 there are more.",
        &["1980|Date|1980", "1990|Date|Approx|1990"],
    );
    check(
        "It was felt in about 1980 villages.",
        &["1980|Cardinal|1980|Approx|villages"],
    );
}

#[test]
fn the_first_day_is_not_the_first_of_the_month() {
    check(
        "It begins Monday the first day of the feast.",
        &["Monday|Date|2016-08-15", "first|Ordinal|1|day"],
    );
    check(
        "They met on Monday the first.",
        &["Monday the first|Date|2016-08-01"],
    );
}
