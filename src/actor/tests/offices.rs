//! Offices held, titles, ties between actors, and the alternatives that they leave, on books made for it.

use super::*;

const PEOPLE: &str = "\
id,name,type,country,qid,parent,valid_from,valid_until,source,aliases,affiliates,successor
aland,Aland,country,XA,,,,,own,
beland,Beland,country,XB,,,,,own,
alander,Alander,nationality,XA,,aland,,,own,
omar-karimi,Omar Karimi,person,XA,,,,,own,
lina-karimi,Lina Karimi,person,XA,,,,,own,
rosa-karimi,Rosa Karimi,person,XB,,,,,own,
kim-sol,Kim Sol Han,person,KR,,,,,own,
red-front,Red Front,armed_group,XA,,,,,own,RF [case cue],,
ridge-force,Ridge Force,armed_group,,,,,,own,RF [case cue],hill-army [until:2010],
hill-army,Hill Army,armed_group,,,,,,own,
old-league,Old League,party,,,,,,own,League [ambiguous],,new-league [from:2005]
new-league,New League,party,,,,,,own,League [ambiguous]
";
const HELD: &str = "\
person,role,office,country,from,until,source
omar-karimi,president,presidency,XA,2001,2008,own
lina-karimi,president,presidency,XA,2009,,own
rosa-karimi,minister,foreign-ministry,XB,2003,2012,own
kim-sol,president,presidency,KR,2003,2008,own
";

fn book() -> Book {
    Book::from_files(&[("people.csv", PEOPLE), ("held.csv", HELD)]).expect("readable")
}

/// Ids of the marked names, `-` for nobody, with the rule of the last.
fn ids(sample: &Sample) -> (Vec<String>, &'static str) {
    let resolution = book().resolve(sample.context(), &sample.mentions);
    let rows = sample.rows(&resolution);
    let rule = rows.last().map_or("", |row| row.2);
    (rows.into_iter().map(|(_, id, _)| id).collect(), rule)
}

fn last(marked: &str, year: i16) -> (String, &'static str) {
    let (mut found, rule) = ids(&Sample::new(marked).in_year(year));
    (found.pop().expect("a mention"), rule)
}

#[test]
fn the_books_of_these_tests_are_sound() {
    let faults: Vec<String> = book().lint().iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_surname_with_its_office_is_whoever_held_it_then() {
    for (marked, year, id, rule) in [
        (
            "Then President [Karimi|PERSON] left.",
            2005,
            "omar-karimi",
            "office",
        ),
        (
            "Then [President Karimi|PERSON] left.",
            2012,
            "lina-karimi",
            "office",
        ),
        (
            "Then [Karimi|PERSON], the Alander president, left.",
            2012,
            "lina-karimi",
            "office",
        ),
        (
            "In [Aland|LOC] former president [Karimi|PERSON] left.",
            2012,
            "omar-karimi",
            "office",
        ),
        ("President [Karimi|PERSON] left.", 1999, "-", "single_name"),
        ("President [Kim|PERSON] left.", 2005, "kim-sol", "office"),
        (
            "Foreign minister [Karimi|PERSON] left.",
            2005,
            "-",
            "single_name",
        ),
        (
            "[Beland|LOC]'s foreign minister [Karimi|PERSON] left.",
            2005,
            "rosa-karimi",
            "office",
        ),
        (
            "Belander President [Karimi|PERSON] left.",
            2005,
            "omar-karimi",
            "office",
        ),
        (
            "The [Beland|LOC] president [Karimi|PERSON] left.",
            2005,
            "-",
            "single_name",
        ),
        ("[Karimi|PERSON] left.", 2005, "-", "single_name"),
    ] {
        assert_eq!(last(marked, year), (id.to_owned(), rule), "{marked} {year}");
    }
}

#[test]
fn without_a_date_two_holders_are_left_alone() {
    let mut sample = Sample::new("Then President [Karimi|PERSON] left.");
    sample.published = None;
    let resolution = book().resolve(sample.context(), &sample.mentions);
    let mention = resolution.mentions.first().expect("one");
    assert_eq!((mention.actor, mention.rule), (None, "ambiguous"));
    let others: Vec<_> = mention
        .alternatives
        .iter()
        .map(|a| (a.id.as_str(), a.reason))
        .collect();
    assert_eq!(
        others,
        [("omar-karimi", "office"), ("lina-karimi", "office")]
    );
}

#[test]
fn an_office_goes_before_a_namesake_and_opens_a_chain() {
    let text = "[Tom Karimi|PERSON] farms. President [Karimi|PERSON] came; [Karimi|PERSON] left.";
    let (found, rule) = ids(&Sample::new(text).in_year(2005));
    assert_eq!(
        found,
        ["new:person:tom-karimi", "omar-karimi", "omar-karimi"]
    );
    assert_eq!(rule, "name_chain");
    // But not before one whom the article gives the title itself.
    let text = "[Tom Karimi|PERSON], president of the club, came. President [Karimi|PERSON] left.";
    let (found, _) = ids(&Sample::new(text).in_year(2005));
    assert_eq!(found, ["new:person:tom-karimi", "new:person:tom-karimi"]);
}

#[test]
fn titles_tell_two_of_one_surname_apart() {
    let text = "[Zabi Safi|PERSON], a spokesman, spoke. [Gul Safi|PERSON], a farmer, wept. \
                The spokesman, [Safi|PERSON], left. The farmer [Safi|PERSON] stayed. [Safi|PERSON] sat.";
    let (found, _) = ids(&Sample::new(text));
    let found: Vec<_> = found
        .iter()
        .map(|id| id.trim_start_matches("new:person:"))
        .collect();
    assert_eq!(
        found,
        ["zabi-safi", "gul-safi", "zabi-safi", "gul-safi", "gul-safi"]
    );
    let text = "Mr [Omar Safi|PERSON] met Mrs [Lina Safi|PERSON]. Mr [Safi|PERSON] left.";
    assert_eq!(last(text, 2017).0, "new:person:omar-safi");
}

#[test]
fn a_close_choice_names_the_others() {
    let text = "[Omar Safi|PERSON] and [Lina Safi|PERSON] met. [Safi|PERSON] left. [Tom Reed|PERSON] sat; [Reed|PERSON] rose.";
    let sample = Sample::new(text);
    let resolution = book().resolve(sample.context(), &sample.mentions);
    let others: Vec<Vec<_>> = resolution
        .mentions
        .iter()
        .map(|m| {
            m.alternatives
                .iter()
                .map(|a| (a.id.as_str(), a.reason))
                .collect()
        })
        .collect();
    let none: Vec<(&str, &str)> = Vec::new();
    assert_eq!(
        others,
        [
            none.clone(),
            none.clone(),
            vec![("new:person:omar-safi", "namesake")],
            none.clone(),
            none
        ]
    );
}

#[test]
fn of_two_holders_that_of_the_articles_country_is_meant() {
    const HELD: &str = "\
person,role,office,country,from,until,source
omar-karimi,minister,defence-ministry,XA,2003,2012,own
rosa-karimi,minister,defence-ministry,XB,2003,2012,own
";
    let book = Book::from_files(&[("people.csv", PEOPLE), ("held.csv", HELD)]).expect("readable");
    let id = |marked: &str| {
        let sample = Sample::new(marked).in_year(2005);
        let rows = sample.rows(&book.resolve(sample.context(), &sample.mentions));
        rows.last().map(|(_, id, _)| id.clone()).expect("a mention")
    };
    let both = "[Aland|LOC] and [Beland|LOC] met.";
    let asked = "Defence Minister [Karimi|PERSON] left.";
    assert_eq!(id(&format!("{both} {asked}")), "-", "two about equal");
    let more = format!("{both} [Aland|LOC] paid, an [Alander|NORP] paper said. {asked}");
    assert_eq!(id(&more), "omar-karimi");
}

#[test]
fn a_listing_has_offices_and_ties() {
    let book = book();
    let omar = book.listing("omar-karimi").expect("there");
    assert_eq!(
        omar.offices,
        ["president, presidency XA, from 2001-01-01 until 2008-12-31"]
    );
    let ridge = book.listing("ridge-force").expect("there");
    assert_eq!(ridge.affiliates, ["hill-army until 2010-12-31"]);
}

#[test]
fn lint_finds_each_fault_of_offices_and_ties() {
    const ROWS: &str = "\
id,name,type,country,qid,parent,valid_from,valid_until,source,aliases,affiliates,successor
one,One Reed,person,XA,,,,,own,
two,Two Reed,person,XA,,,,,own,
red,Red Front,party,,,,,,own,,nobody,red
blue,Blue Front,party,,,,,,own,,red [from:2010 until:2001],
";
    const HELD: &str = "\
person,role,office,country,from,until,source
one,president,presidency,XA,2001,2008,own
two,president,presidency,XA,2007-06,2012,own
nobody,president,presidency,XB,2001,2008,own
red,leader,red,,2001,2008,own
one,leader,green,,2001,2008,own
one,minister,foreign-ministry,,2001,2008,own
one,speaker,parliament,XA,2008,2001,own
one,speaker,senate,XA,2001,2003,
two,minister,foreign-ministry,XB,2001,2003-05,own
one,minister,foreign-ministry,XB,2003,2005,own
";
    let book = Book::from_files(&[("a.csv", ROWS), ("h.csv", HELD)]).expect("readable");
    let faults: Vec<String> = book.lint().iter().map(ToString::to_string).collect();
    for (place, word) in [
        ("a.csv:4:", "nobody"),
        ("a.csv:4:", "\"red\""),
        ("a.csv:5:", "swap"),
        ("h.csv:3:", "together with one"),
        ("h.csv:4:", "no person"),
        ("h.csv:5:", "no person"),
        ("h.csv:6:", "green"),
        ("h.csv:7:", "country"),
        ("h.csv:8:", "swap"),
        ("h.csv:9:", "source"),
    ] {
        let found = faults
            .iter()
            .any(|f| f.starts_with(place) && f.contains(word));
        assert!(found, "{place} {word}: {faults:#?}");
    }
    for sound in ["h.csv:10:", "h.csv:11:"] {
        assert!(!faults.iter().any(|f| f.starts_with(sound)), "{faults:#?}");
    }
}

#[test]
fn later_books_replace_offices_and_delete_them() {
    let (own, held) = ("own.csv".to_owned(), "held.csv".to_owned());
    let head = "person,role,office,country,from,until,source\n";
    let again = format!("{head}hamid-karzai,president,presidency,AF,2001,2010,me\n");
    let book = Book::overlaid(&[(held, again)]).expect("readable");
    let karzai = book.listing("hamid-karzai").expect("there");
    assert_eq!(
        karzai.offices,
        ["president, presidency AF, from 2001-01-01 until 2010-12-31"]
    );
    let head = "id,name,type,country,qid,parent,valid_from,valid_until,source,aliases\n";
    let gone = format!("{head}hamid-karzai,,delete,,,,,,me,\n");
    let book = Book::overlaid(&[(own, gone)]).expect("readable");
    assert!(book.lint().is_empty(), "{:?}", book.lint());
}
