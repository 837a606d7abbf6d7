//! How well near copies are told: on copies of the project's own articles, changed as other outlets change them, and on
//! Reuters-21578 against all pairs counted, where that is at hand.
//!
//! `cargo test --test dedup_corpus -- --nocapture` prints the figures, and pairs to read.

mod common;

use std::collections::{HashMap, HashSet};
use std::fs;

use headcount::dedup::{Dedup, Index, Original, Sameness, Signature, THRESHOLD};
use headcount::record::Record;
use headcount::text::region::RegionKind;

/// The bodies of the 60 articles of the gold: 12 events, each told by five outlets in their own words.
fn bodies() -> Vec<String> {
    let mut bodies = Vec::new();
    for half in ["dev", "test"] {
        let path = common::root().join(format!("corpus/gold/{half}.jsonl"));
        for line in fs::read_to_string(path).expect("read").lines() {
            let record = Record::from_line(line.as_bytes()).expect("a record");
            let text: Vec<char> = record.text.chars().collect();
            let body = record
                .regions
                .iter()
                .filter(|region| region.kind == RegionKind::Body);
            let body: String = body
                .flat_map(|region| &text[region.start..region.end])
                .collect();
            bodies.push(body.trim().to_owned());
        }
    }
    bodies
}

fn signature(body: &str) -> Signature {
    Signature::of_body([body].into_iter(), Dedup::Near).expect("a body")
}

fn paragraphs(body: &str) -> Vec<&str> {
    body.split("\n\n").collect()
}

fn every(body: &str, nth: usize) -> String {
    let words = body.split(' ').enumerate();
    let words = words.map(|(place, word)| match place % nth {
        1 => "reworded",
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

fn without_last(body: &str, count: usize) -> String {
    let paragraphs = paragraphs(body);
    let left = paragraphs.len().saturating_sub(count).max(1);
    paragraphs[..left].join("\n\n")
}

/// A way to change an article, its name, and the least share of its copies that must be found.
type Change = (&'static str, fn(&str) -> String, f64);

const CHANGES: [Change; 8] = [
    (
        "other quotes, dashes and case",
        |body| {
            body.replace(['"', '“', '”'], "'")
                .replace(" - ", " – ")
                .to_uppercase()
        },
        1.0,
    ),
    ("last paragraph cut", |body| without_last(body, 1), 0.9),
    ("last two paragraphs cut", |body| without_last(body, 2), 0.6),
    ("one word in 40 changed", |body| every(body, 40), 1.0),
    ("one word in 20 changed", |body| every(body, 20), 0.8),
    (
        "other opening paragraph",
        |body| {
            let mut paragraphs = paragraphs(body);
            paragraphs[0] = "Officials gave a new account of the events on the following morning.";
            paragraphs.join("\n\n")
        },
        0.5,
    ),
    (
        "all figures in digits changed",
        |body| {
            body.chars()
                .map(|c| {
                    c.to_digit(10)
                        .map_or(c, |digit| char::from(b'0' + ((digit + 3) % 10) as u8))
                })
                .collect()
        },
        0.3,
    ),
    (
        "last paragraph cut, one word in 40 changed",
        |body| every(&without_last(body, 1), 40),
        0.7,
    ),
];

#[test]
fn changed_copies_are_found_and_other_accounts_are_not() {
    let bodies = bodies();
    let mut index = Index::default();
    for (record, body) in (0..).zip(&bodies) {
        let signature = signature(body);
        assert_eq!(index.find(&signature), None, "{body}");
        index.add(&signature, "gold", record);
    }
    println!(
        "{} articles, {} pairs of them, none marked",
        bodies.len(),
        bodies.len() * (bodies.len() - 1) / 2
    );
    for (name, change, floor) in CHANGES {
        let mut found = 0;
        for (record, body) in (0..).zip(&bodies) {
            if let Some(original) = index.find(&signature(&change(body))) {
                assert_eq!(original.record, record, "{name}: {body}");
                found += 1;
            }
        }
        let share = f64::from(found) / bodies.len() as f64;
        println!("{name}: {share:.3}");
        assert!(share >= floor, "{name}: {share}");
    }
}

/// The shingles of a body, by a way of its own.
fn shingles(body: &str) -> HashSet<String> {
    let lower = body.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    words.windows(3).map(|shingle| shingle.join(" ")).collect()
}

fn jaccard(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    let common = a.intersection(b).count() as f64;
    common / (a.len() as f64 + b.len() as f64 - common)
}

#[test]
fn reuters_against_all_pairs() {
    let Some(folder) = common::shared("data/archives/reuters21578/json-data") else {
        return;
    };
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    let mut bodies: Vec<String> = Vec::new();
    for file in files {
        let articles: Vec<serde_json::Value> =
            serde_json::from_slice(&fs::read(file).expect("read")).expect("JSON");
        bodies.extend(
            articles
                .iter()
                .filter_map(|article| article["body"].as_str())
                .filter(|body| !body.trim().is_empty())
                .map(str::to_owned),
        );
    }
    let mut index = Index::default();
    let found: Vec<Option<Original>> = (0..)
        .zip(&bodies)
        .map(|(record, body)| {
            let signature = signature(body);
            let original = index.find(&signature);
            if original.is_none() {
                index.add(&signature, "reuters", record);
            }
            original
        })
        .collect();
    let count = |how| {
        found
            .iter()
            .flatten()
            .filter(|original| original.sameness == how)
            .count()
    };
    println!(
        "{} bodies: {} exact, {} near",
        bodies.len(),
        count(Sameness::Exact),
        count(Sameness::Near)
    );
    let sets: Vec<HashSet<String>> = bodies.iter().map(|body| shingles(body)).collect();
    // A pair that has no rare shingle in common is no copy.
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, set) in sets
        .iter()
        .enumerate()
        .filter(|(place, _)| found[*place].is_none())
    {
        set.iter()
            .for_each(|shingle| holders.entry(shingle).or_default().push(place));
    }
    let (mut there, mut told, mut wrong) = (0, 0, 0);
    let (mut shown, mut turn) = (0, 0);
    for (place, set) in sets.iter().enumerate().filter(|(_, set)| set.len() >= 38) {
        let rare = set
            .iter()
            .filter_map(|shingle| holders.get(shingle.as_str()))
            .filter(|held| held.len() <= 20);
        let others: HashSet<usize> = rare
            .flatten()
            .copied()
            .filter(|&other| other < place)
            .collect();
        let best = others
            .into_iter()
            .map(|other| jaccard(set, &sets[other]))
            .fold(0.0, f64::max);
        let near = found[place]
            .as_ref()
            .filter(|original| original.sameness == Sameness::Near);
        let is_exact = found[place].is_some() && near.is_none();
        if best >= THRESHOLD && !is_exact {
            there += 1;
            told += u32::from(near.is_some());
        }
        let Some(near) = near else { continue };
        let other = usize::try_from(near.record).expect("an index");
        let counted = jaccard(set, &sets[other]);
        wrong += u32::from(counted < THRESHOLD - 0.05);
        turn += 1;
        if turn % 5 == 0 && shown < 30 {
            shown += 1;
            let short = |body: &str| {
                body.split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .chars()
                    .take(420)
                    .collect::<String>()
            };
            println!(
                "--- {:.2} counted {counted:.2}\n{}\n{}",
                near.similarity,
                short(&bodies[other]),
                short(&bodies[place])
            );
        }
    }
    println!(
        "near copies of an original: {there} counted, {told} of them told; told below {THRESHOLD} - 0.05: {wrong}"
    );
    assert!(f64::from(told) >= 0.9 * f64::from(there));
    assert!(wrong <= 5);
}
