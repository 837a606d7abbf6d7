//! The three articles that the project was started from. They lie beside the repository, not in it;
//! where they are missing these tests skip and say so.

mod common;

use common::{annotate, lines, shared};
use serde_json::Value;

/// The seeds' records, in order of their names.
fn seeds() -> Option<Vec<Value>> {
    let folder = shared("seeds")?;
    let output = annotate(&[common::arg(&folder), "-o", "-", "--quiet"], 0);
    let records = lines(&output.stdout);
    assert_eq!(records.len(), 3);
    Some(records)
}

/// The actors that the mentions with this text have.
fn actors<'a>(record: &'a Value, text: &str) -> Vec<Option<&'a str>> {
    let mentions = record["mentions"].as_array().expect("a list");
    mentions
        .iter()
        .filter(|mention| mention["text"] == text)
        .map(|mention| mention["actor"].as_str())
        .collect()
}

/// Asserts that there is a mention with this text and that all such have this actor.
fn all_are(record: &Value, text: &str, actor: Option<&str>) {
    let found = actors(record, text);
    assert!(!found.is_empty(), "no mention `{text}` in {}", record["id"]);
    assert!(
        found.iter().all(|found| *found == actor),
        "{text}: {found:?}"
    );
}

fn actor_type<'a>(record: &'a Value, id: &str) -> Option<&'a str> {
    let actors = record["actors"].as_array().expect("a list");
    actors
        .iter()
        .find(|actor| actor["id"] == id)
        .and_then(|actor| actor["type"].as_str())
}

#[test]
fn daesh_is_and_islamic_state_are_one_and_the_taliban_another() {
    let Some(seeds) = seeds() else { return };
    let group = Some("islamic-state");
    all_are(&seeds[0], "Daesh", group);
    all_are(&seeds[1], "Islamic State", group);
    all_are(&seeds[1], "IS", group);
    for name in ["Islamic State", "IS", "Daesh"] {
        all_are(&seeds[2], name, group);
    }
    assert!(actors(&seeds[2], "IS").len() >= 5);
    for seed in &seeds {
        all_are(seed, "Taliban", Some("taliban"));
        assert_eq!(actor_type(seed, "taliban"), Some("armed_group"));
        assert_eq!(actor_type(seed, "islamic-state"), Some("armed_group"));
    }
}

#[test]
fn what_is_no_armed_group_is_none() {
    let Some(seeds) = seeds() else { return };
    for seed in &seeds {
        let mentions = seed["mentions"].as_array().expect("a list");
        for mention in mentions {
            let text = mention["text"].as_str().unwrap_or_default().to_lowercase();
            if [
                "special forces",
                "local officials",
                "shias",
                "militant groups",
            ]
            .iter()
            .any(|phrase| text.contains(phrase))
            {
                let kind = mention["actor"]
                    .as_str()
                    .and_then(|id| actor_type(seed, id));
                assert_ne!(kind, Some("armed_group"), "{mention}");
            }
        }
    }
    all_are(&seeds[0], "Shias", Some("shia-islam"));
}

#[test]
fn people_of_one_name_are_told_apart() {
    let Some(seeds) = seeds() else { return };
    all_are(
        &seeds[0],
        "Zabihullah Amani",
        Some("new:person:zabihullah-amani"),
    );
    all_are(&seeds[0], "Amani", Some("new:person:zabihullah-amani"));
    all_are(&seeds[0], "Zabihullah Mujahid", Some("zabihullah-mujahid"));
    all_are(&seeds[1], "Dawlat Waziri", Some("new:person:dawlat-waziri"));
    all_are(&seeds[1], "Waziri", Some("new:person:dawlat-waziri"));
    all_are(
        &seeds[2],
        "Mohammad Zaman Waziri",
        Some("new:person:mohammad-zaman-waziri"),
    );
}

#[test]
fn short_forms_are_their_definitions() {
    let Some(seeds) = seeds() else { return };
    for seed in &seeds[..2] {
        all_are(seed, "Afghan Local Police", Some("afghan-local-police"));
        all_are(seed, "ALP", Some("afghan-local-police"));
    }
    all_are(
        &seeds[2],
        "The Wall Street Journal",
        Some("wall-street-journal"),
    );
    all_are(&seeds[2], "WSJ", Some("wall-street-journal"));
}

#[test]
fn the_date_is_in_the_header_the_footer_or_nowhere() {
    let Some(seeds) = seeds() else { return };
    assert_eq!(seeds[0]["published"], "2017-08-07");
    assert_eq!(seeds[0]["published_from"], "header");
    assert_eq!(seeds[1]["published"], Value::Null);
    assert_eq!(seeds[2]["published"], "2016-08-10");
    assert_eq!(seeds[2]["published_from"], "footer");
}

#[test]
fn what_the_page_trails_is_boilerplate() {
    let Some(seeds) = seeds() else { return };
    for (seed, from) in [
        (&seeds[1], "Related Story"),
        (&seeds[2], "Published in Dawn"),
    ] {
        let text: Vec<char> = seed["text"].as_str().expect("text").chars().collect();
        let last = seed["regions"]
            .as_array()
            .and_then(|regions| regions.last());
        let last = last.expect("regions");
        assert_eq!(last["kind"], "boilerplate");
        let start = last["start"].as_u64().expect("an offset") as usize;
        let tail: String = text[start..].iter().collect();
        assert!(tail.starts_with(from), "{tail}");
        assert_eq!(last["end"].as_u64(), Some(text.len() as u64));
    }
}

/// The numbers in the body with this text.
fn numbers<'a>(record: &'a Value, text: &str) -> Vec<&'a Value> {
    let numbers = record["numbers"].as_array().expect("a list");
    numbers
        .iter()
        .filter(|number| number["text"] == text && number["region"] == "body")
        .collect()
}

#[test]
fn numbers_have_their_hedge_and_their_noun() {
    let Some(seeds) = seeds() else { return };
    let people = "men, women and children";
    for (seed, text, modifier, noun) in [
        (0, "50", Some("more_than"), people),
        (0, "33", Some("more_than"), "worshippers"),
        (0, "three", Some("approx"), "incidents"),
        (0, "two", None, "suicide bombers"),
        (0, "dozens", None, "civilians"),
        (1, "50", Some("approx"), people),
        (1, "50", None, "people"),
        (1, "150", Some("at_most"), "families"),
    ] {
        let found = numbers(&seeds[seed], text);
        assert!(
            found.iter().any(|number| {
                number["noun"] == noun && number.get("modifier").and_then(Value::as_str) == modifier
            }),
            "{text} {noun}: {found:?}"
        );
    }
    assert_eq!(numbers(&seeds[1], "34").len(), 1);
    assert_eq!(numbers(&seeds[1], "34")[0]["value"], "34");
    for seed in &seeds[..2] {
        let battle = numbers(seed, "48-hour");
        assert_eq!(battle[0]["kind"], "duration");
        assert_eq!(
            (&battle[0]["value"], &battle[0]["unit"]),
            (&"48".into(), &"hour".into())
        );
    }
}

#[test]
fn a_part_knows_its_whole() {
    let Some(seeds) = seeds() else { return };
    let part = numbers(&seeds[0], "44")[0];
    let whole = part["part_of"].as_u64().expect("a link") as usize;
    assert_eq!(seeds[0]["numbers"][whole]["value"], "50");
    assert_eq!(part["noun"], "victims");
}
