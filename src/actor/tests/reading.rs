//! Rows of a book, read or refused.

use super::super::read::{Rows, parse};
use super::*;

const HEAD: &str = "id,name,type,country,qid,parent,valid_from,valid_until,source,aliases\n";

fn rows(row: &str) -> Result<Rows, BookError> {
    parse("test.csv", &format!("{HEAD}{row}\n"))
}

#[test]
fn a_row_becomes_an_entry() {
    let rows = rows(
        "red-front,The Red Front,armed_group,XX,,,2001-03,2009,own,RF [case cue from:2004]; Red Fronts",
    )
    .expect("readable");
    let [entry] = rows.actors.as_slice() else {
        panic!("one actor: {rows:?}");
    };
    assert_eq!(entry.from, Date::new(2001, 3, 1).ok());
    assert_eq!(entry.until, Date::new(2009, 12, 31).ok());
    let names: Vec<_> = entry
        .aliases
        .iter()
        .map(|a| (a.plain.as_str(), a.article, a.is_sure()))
        .collect();
    assert_eq!(
        names,
        [
            ("Red Front", true, true),
            ("RF", false, false),
            ("Red Fronts", false, true)
        ]
    );
}

#[test]
fn faults_name_file_and_line() {
    for (row, word) in [
        ("Red,Red,armed_group,,,,,,own,", "id"),
        ("red,Red,gang,,,,,,own,", "type"),
        ("red,Red,party,,,,20x1,,own,", "date"),
        ("red,Red,party,,,,,,own,Rouge [loud]", "flag"),
        ("red,Red,party,,,,,,own,Rouge [case", "bracket"),
        ("red,Red,party", "columns"),
        ("red,Red,party,,,,,,own,,,,", "columns"),
        ("red,...,party,,,,,,own,", "letters"),
    ] {
        let error = rows(row).expect_err(row).to_string();
        assert!(
            error.starts_with("test.csv:2:") && error.contains(word),
            "{error}"
        );
    }
    assert!(parse("test.csv", "id,name\n").is_err());
}

#[test]
fn ties_may_follow_the_ten_columns() {
    let head = HEAD.trim_end();
    let content = format!(
        "{head},affiliates,successor\n\
         red,Red Front,party,,,,,,own,,blue [from:2001 until:2003]; green,\n\
         blue,Blue Front,party,,,,,,own,\n"
    );
    let rows = parse("test.csv", &content).expect("readable");
    let Some(red) = rows.actors.first() else {
        panic!("an actor: {rows:?}");
    };
    let ids: Vec<_> = red.affiliates.iter().map(|tie| tie.id.as_str()).collect();
    assert_eq!(ids, ["blue", "green"]);
    let held = |year| red.affiliates[0].holds(Date::new(year, 6, 1).ok());
    assert!(held(2002) && !held(2000) && !held(2004));
}

#[test]
fn offices_held_are_a_file_of_their_own() {
    let head = "person,role,office,country,from,until,source\n";
    let row = "lina-noor,prime_minister,prime-minister-office,XX,2001,2003-05,own\n";
    let rows = parse("held.csv", &format!("{head}{row}")).expect("readable");
    let [tenure] = rows.held.as_slice() else {
        panic!("one tenure: {rows:?}");
    };
    assert_eq!(tenure.until, Date::new(2003, 5, 31).ok());
    assert_eq!(tenure.earliest_until, Date::new(2003, 5, 1).ok());
    for row in [
        "Lina,president,presidency,XX,,,own",
        "lina,,presidency,XX,,,own",
        "lina,president,,XX,,,own",
        "lina,president,presidency,XX,soon,,own",
        "lina,president",
    ] {
        let error = parse("held.csv", &format!("{head}{row}\n")).expect_err(row);
        assert_eq!(error.line, 2, "{error}");
    }
}
