//! The country that an article is about, and the bodies of state that it names without it.

use super::*;

const BOOK: &str = "\
id,name,type,country,qid,parent,valid_from,valid_until,source,aliases
aland,Aland,country,XA,,,,,own,
beland,Beland,country,XB,,,,,own,
alander,Alander,nationality,XA,,aland,,,own,Alanders
beland-times,Beland Times,newspaper,XB,,,,,own,
beland-navy,Beland Navy,military,XB,,,,,own,
first-city,Firsthaven,region,XA,,aland,,,own,
";

/// Id and rule of the last mention, and the words that prove it.
fn last(sample: &Sample, context: Context<'_>) -> (String, &'static str, Option<String>) {
    let book = Book::from_files(&[("book.csv", BOOK)]).expect("readable");
    let resolution = book.resolve(context, &sample.mentions);
    let rows = sample.rows(&resolution);
    let evidence = resolution.mentions.last().and_then(|m| m.evidence);
    let (_, id, rule) = rows.last().cloned().expect("a mention");
    let evidence = evidence.map(|span| sample.text.slice(span).to_owned());
    (id, rule, evidence)
}

fn of(marked: &str) -> (String, &'static str, Option<String>) {
    let sample = Sample::new(marked);
    last(&sample, sample.context())
}

#[test]
fn a_body_without_its_country_is_the_articles() {
    let text = "[Aland|LOC] is dry. [Alander|NORP] wells fail, the [Health Ministry|ORG] said.";
    let (id, rule, evidence) = of(text);
    assert_eq!(
        (id.as_str(), rule, evidence.as_deref()),
        ("aland:health-ministry", "home", Some("Aland"))
    );
    let text = "[Aland|LOC] and [Beland|LOC] met; the [Health Ministry|ORG] paid.";
    assert_eq!(of(text).1, "ambiguous");
    let text = "[Aland|LOC] twice, [Aland|LOC], [Alander|NORP], [Beland|LOC]; the [Navy|ORG] paid.";
    assert_eq!(of(text).0, "aland:navy");
    let text =
        "The [Beland Navy|ORG] left. [Aland|LOC], [Aland|LOC], [Aland|LOC]. The [Navy|ORG] won.";
    assert_eq!(of(text).0, "beland-navy", "named in full goes before");
    let text = "The [Beland Navy|ORG], the [Alander navy|ORG]. [Aland|LOC], [Aland|LOC]. The [Navy|ORG] won.";
    assert_eq!(of(text).1, "ambiguous", "two are named");
}

#[test]
fn what_stands_beside_the_name_goes_before_the_article() {
    let many = "[Aland|LOC], [Aland|LOC], [Alander|NORP].";
    for (text, id, rule) in [
        (
            "[Beland|LOC]'s [Health Ministry|ORG] paid.",
            "beland:health-ministry",
            "composed",
        ),
        (
            "The town's own [Health Ministry|ORG] paid.",
            "aland:health-ministry",
            "home",
        ),
        ("[Westmark|LOC] [Health Ministry|ORG] paid.", "-", "generic"),
        ("Westmark [Health Ministry|ORG] paid.", "-", "generic"),
        ("The [Navy|ORG] of the Seven Seas paid.", "-", "generic"),
        ("The [health ministry|ORG] paid.", "-", "generic"),
        ("The [Police|ORG] paid.", "-", "generic"),
        ("The [Senate|ORG] paid.", "-", "generic"),
    ] {
        let (found, by, _) = of(&format!("{many} {text}"));
        assert_eq!((found.as_str(), by), (id, rule), "{text}");
    }
    let text = "[Beland|LOC], [Beland|LOC]. The [Health Ministry|ORG] in [Firsthaven|LOC] paid.";
    let sample = Sample::new(text);
    let book = Book::from_files(&[("book.csv", BOOK)]).expect("readable");
    let rows = sample.rows(&book.resolve(sample.context(), &sample.mentions));
    let ministry = rows.iter().find(|(name, ..)| name == "Health Ministry");
    assert_eq!(
        ministry.map(|(_, id, rule)| (id.as_str(), *rule)),
        Some(("aland:health-ministry", "composed"))
    );
}

#[test]
fn a_body_named_in_full_later_counts_where_nothing_else_tells() {
    let first = |marked: &str| {
        let sample = Sample::new(marked);
        let book = Book::from_files(&[("book.csv", BOOK)]).expect("readable");
        let rows = sample.rows(&book.resolve(sample.context(), &sample.mentions));
        rows.first().map(|(_, id, _)| id.clone())
    };
    let text = "The [Navy|ORG] won. The [Beland Navy|ORG] left";
    assert_eq!(first(text).as_deref(), Some("beland-navy"));
    let text = "The [Navy|ORG] won. [Aland|LOC]. [Alander|NORP] ships. [Aland|LOC] paid the [Beland Navy|ORG].";
    assert_eq!(first(text).as_deref(), Some("aland:navy"));
}

#[test]
fn a_dateline_counts_more_and_teasers_count_nothing() {
    let text = "[FIRSTHAVEN|LOC] - [Beland|LOC] paid. The [Health Ministry|ORG] paid.";
    let sample = Sample::new(text).with_dateline();
    assert_eq!(last(&sample, sample.context()).0, "aland:health-ministry");
    let text = "[Aland|LOC]: [Beland|LOC]. [Beland|LOC]. [Alander|NORP] wells. The [Health Ministry|ORG] paid.";
    let sample = Sample::new(text);
    let teasers: Vec<Span> = sample.text.span(6..25).into_iter().collect();
    let context = Context {
        boilerplate: &teasers,
        ..sample.context()
    };
    assert_eq!(last(&sample, context).0, "aland:health-ministry");
    assert_eq!(last(&sample, sample.context()).1, "ambiguous");
}

#[test]
fn the_outlets_country_counts_where_there_is_nothing_else() {
    let outlet = |marked: &str| {
        let sample = Sample::new(marked);
        let context = Context {
            outlet: Some("The Beland Times"),
            ..sample.context()
        };
        last(&sample, context)
    };
    let (id, rule, evidence) = outlet("The [Health Ministry|ORG] paid.");
    assert_eq!(
        (id.as_str(), rule, evidence),
        ("beland:health-ministry", "home", None)
    );
    let text = "[Aland|LOC]. [Alander|NORP] wells. The [Health Ministry|ORG] paid.";
    assert_eq!(outlet(text).0, "aland:health-ministry");
    // One name in passing does not outweigh it.
    let text = "[Aland|LOC] won. The [Health Ministry|ORG] paid.";
    assert_eq!(outlet(text).1, "ambiguous");
}

#[test]
fn every_head_that_stands_alone_is_an_office() {
    let rows = include_str!("../data/bare.csv").lines().skip(1);
    let rows = rows.filter(|row| !row.starts_with('#'));
    for row in rows {
        let (head, countries) = row.split_once(',').expect("two cells");
        let words: Vec<String> = head.split(' ').map(str::to_owned).collect();
        assert!(office::is_body(&words), "{head}");
        let codes = countries
            .split('|')
            .filter(|code| !matches!(*code, "" | "*"));
        for code in codes {
            assert!(BOOK_OF_ALL.country(code).is_some(), "{head}: {code}");
        }
    }
}

use super::BOOK as BOOK_OF_ALL;
