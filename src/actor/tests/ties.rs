//! Parents, allies and successors decide between actors of one name, each while the tie holds.

use super::*;

const BOOK: &str = "\
id,name,type,country,qid,parent,valid_from,valid_until,source,aliases,affiliates,successor
aland,Aland,country,XA,,,,,own,
beland,Beland,country,XB,,,,,own,
hill-army,Hill Army,armed_group,,,,,,own,
red-front,Red Front,armed_group,XA,,,,,own,RF [case cue],,
ridge-force,Ridge Force,armed_group,,,,,,own,RF [case cue],hill-army [until:2010],
dawn-east,Eastern Dawn,armed_group,XA,,,,,own,Dawn Brigade [ambiguous],hill-army [from:2008],
dawn-west,Western Dawn,armed_group,XB,,,,,own,Dawn Brigade [ambiguous],,
old-league,Old League,party,,,,,,own,League [ambiguous],,new-league [from:2005]
new-league,New League,party,,,,,,own,League [ambiguous]
old-guard,Old Guard Movement,party,,,,,2005,own,Guard Movement,,new-guard
new-guard,New Guard Movement,party,,,,2005,,own,Guard Movement [cue]
old-river,River Union,party,,,,,,own,RU [case cue],,new-river [from:2005]
new-river,River Alliance,party,,,,,,own,RU [case cue]
";

fn last(marked: &str, year: i16) -> (String, &'static str) {
    let book = Book::from_files(&[("ties.csv", BOOK)]).expect("readable");
    let sample = Sample::new(marked).in_year(year);
    let rows = sample.rows(&book.resolve(sample.context(), &sample.mentions));
    rows.last()
        .map(|(_, id, rule)| (id.clone(), *rule))
        .expect("a mention")
}

#[test]
fn an_ally_is_a_cue_while_it_is_one() {
    let text = "The [Hill Army|ORG] met the [RF|ORG].";
    assert_eq!(last(text, 2008).0, "ridge-force");
    assert_eq!(last(text, 2012), ("-".to_owned(), "no_cue"));
    assert_eq!(
        last("In [Aland|LOC] the [RF|ORG] rose.", 2012).0,
        "red-front"
    );
}

#[test]
fn of_two_equal_claims_a_named_ally_decides_and_then_a_named_country() {
    let text = "The [Hill Army|ORG] met the [Dawn Brigade|ORG].";
    assert_eq!(last(text, 2009).0, "dawn-east");
    assert_eq!(last(text, 2005), ("-".to_owned(), "ambiguous"));
    assert_eq!(last("The [Dawn Brigade|ORG] rose.", 2009).1, "ambiguous");
    let text = "In [Beland|LOC] the [Dawn Brigade|ORG] rose.";
    assert_eq!(last(text, 2009).0, "dawn-west");
    // An ally says more than a country.
    let text = "In [Beland|LOC] the [Hill Army|ORG] met the [Dawn Brigade|ORG].";
    assert_eq!(last(text, 2009).0, "dawn-east");
    let text = "From [Aland|LOC] to [Beland|LOC] the [Dawn Brigade|ORG] rose.";
    assert_eq!(last(text, 2009).1, "ambiguous");
}

#[test]
fn of_two_that_follow_one_another_the_date_decides() {
    assert_eq!(last("The [League|ORG] met.", 2001).0, "old-league");
    assert_eq!(last("The [League|ORG] met.", 2009).0, "new-league");
    // The sure bearer gives its name on, from its own last day where the tie has none.
    assert_eq!(last("The [Guard Movement|ORG] met.", 2001).0, "old-guard");
    assert_eq!(last("The [Guard Movement|ORG] met.", 2009).0, "new-guard");
    // A date makes no claim of none.
    assert_eq!(last("The [RU|ORG] met.", 2009), ("-".to_owned(), "no_cue"));
}
