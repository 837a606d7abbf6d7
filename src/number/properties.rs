//! Properties that hold of any text.

use jiff::civil::Date;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{Number, extract};
use crate::text::{Span, Text};

const REFERENCE: Date = jiff::civil::date(2016, 8, 12);

/// The numbers of one sentence.
fn read(sentence: &str) -> (Text, Vec<Number>) {
    let text = Text::new(sentence.to_owned());
    let found = extract(&text, &[text.whole()], &[], &[], Some(REFERENCE));
    (text, found)
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// A number below a million in words, with or without "and".
fn spelled(number: usize, and: bool) -> String {
    match number {
        0..20 => SMALL[number].to_owned(),
        20..100 if number.is_multiple_of(10) => TENS[number / 10].to_owned(),
        20..100 => format!("{}-{}", TENS[number / 10], SMALL[number % 10]),
        100..1000 => {
            let head = format!("{} hundred", SMALL[number / 100]);
            match number % 100 {
                0 => head,
                rest if and => format!("{head} and {}", spelled(rest, and)),
                rest => format!("{head} {}", spelled(rest, and)),
            }
        }
        _ => {
            let head = format!("{} thousand", spelled(number / 1000, and));
            match number % 1000 {
                0 => head,
                rest if and && rest < 100 => format!("{head} and {}", spelled(rest, and)),
                rest => format!("{head} {}", spelled(rest, and)),
            }
        }
    }
}

/// Pieces that numbers are made of, so that random text meets every rule.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,5}",
        "[0-9]{1,3}[.,:/-][0-9]{1,4}",
        "\\PC{0,4}",
        prop::sample::select(vec![
            " ",
            " ",
            " ",
            "-",
            "$",
            "%",
            "(",
            ")",
            ",",
            ".",
            "'",
            "’",
            "½",
            "é",
            "١",
            " ",
            "\n",
            "one",
            "twenty",
            "hundred",
            "million",
            "third",
            "dozens",
            "half",
            "a",
            "the",
            "of",
            "and",
            "to",
            "from",
            "between",
            "more than",
            "May",
            "Monday",
            "last",
            "next",
            "week",
            "years",
            "ago",
            "in",
            "every",
            "at",
            "pm",
            "noon",
            "km",
            "Rs",
            "percent",
            "year-old",
            "aged",
            "people",
            "men",
            "women",
            "second",
            "point",
            "minus",
            "or so",
            "+",
            "s",
            "th",
            "Q",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.join(" ").replace("  ", " "))
}

fn decimal(value: &str) -> bool {
    value.parse::<Decimal>().is_ok()
        && !value.contains(['e', 'E'])
        && !(value.contains('.') && value.ends_with('0'))
}

/// What must hold of the numbers of any text.
fn sound(text: &Text, sentences: &[Span], found: &[Number]) -> Result<(), TestCaseError> {
    let mut last = 0;
    for (index, number) in found.iter().enumerate() {
        prop_assert!(number.span.start() >= last, "in order and disjoint");
        prop_assert!(!number.span.is_empty());
        prop_assert_eq!(text.slice(number.span).trim(), text.slice(number.span));
        last = number.span.end();
        let home = sentences.iter().find(|s| s.contains(number.span));
        prop_assert!(home.is_some(), "inside one sentence");
        for value in [&number.value, &number.low, &number.high]
            .into_iter()
            .flatten()
        {
            prop_assert!(decimal(value), "{value}");
        }
        for link in [number.part_of, number.same_as, number.changed_from]
            .into_iter()
            .flatten()
        {
            prop_assert!(link < found.len() && link != index);
        }
        for span in [number.modifier.map(|m| m.1), number.noun]
            .into_iter()
            .flatten()
        {
            prop_assert!(home.is_some_and(|home| home.contains(span)));
        }
        let spans = [Some(number.span), number.modifier.map(|m| m.1), number.noun];
        for (i, a) in spans.iter().enumerate() {
            for b in spans.iter().skip(i + 1) {
                if let (Some(a), Some(b)) = (a, b) {
                    prop_assert!(!a.overlaps(*b), "modifier, core and noun are apart");
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_is_survived(content in "\\PC{0,120}") {
        let text = Text::new(content);
        let sentences = [text.whole()];
        let found = extract(&text, &sentences, &[], &[], Some(REFERENCE));
        sound(&text, &sentences, &found)?;
    }

    #[test]
    fn any_pile_of_number_pieces_is_survived(content in pieces(), year in 1i16..9998) {
        let text = Text::new(content);
        let sentences = [text.whole()];
        let reference = Date::new(year, 2, 28).ok();
        let found = extract(&text, &sentences, &[], &[], reference);
        sound(&text, &sentences, &found)?;
    }

    #[test]
    fn digits_and_words_are_the_same(number in 0usize..1_000_000, and in any::<bool>()) {
        let value = number.to_string();
        let words = format!("They saw {} ships.", spelled(number, and));
        let digits = format!("They saw {number} ships.");
        for sentence in [words, digits] {
            let (_, found) = read(&sentence);
            prop_assert_eq!(found.len(), 1, "{}", sentence);
            prop_assert_eq!(found[0].value.as_deref(), Some(value.as_str()), "{}", sentence);
        }
    }

    #[test]
    fn a_sentence_never_changes_anothers_numbers(a in pieces(), b in pieces()) {
        let alone = Text::new(a.clone());
        let expected = extract(&alone, &[alone.whole()], &[], &[], Some(REFERENCE));
        let both = Text::new(format!("{a} {b}"));
        let spans = [
            both.span(0..a.len()).expect("a boundary"),
            both.span(a.len() + 1..both.len()).expect("a boundary"),
        ];
        let found = extract(&both, &spans, &[], &[], Some(REFERENCE));
        prop_assert!(found.len() >= expected.len());
        prop_assert_eq!(&found[..expected.len()], &expected[..]);
        sound(&both, &spans, &found)?;
    }
}
