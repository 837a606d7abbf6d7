//! `bench` through the binary: its counts are the input's, its times fit together, bad arguments are told.

mod common;

use std::fs;
use std::path::PathBuf;

use common::{arg, headcount, wire};
use serde_json::{Value, json};

fn bench(arguments: &[&str], code: i32) -> (String, String) {
    let output = headcount()
        .arg("bench")
        .args(arguments)
        .output()
        .expect("the binary runs");
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{told}");
    (String::from_utf8(output.stdout).expect("UTF-8"), told)
}

fn figures(arguments: &[&str]) -> Value {
    serde_json::from_str(&bench(arguments, 0).0).expect("JSON")
}

/// Twenty short articles, a record without text and one that is broken.
fn archive(folder: &tempfile::TempDir) -> PathBuf {
    let path = folder.path().join("wire.jsonl");
    let content = format!("{}{{\"text\": \" \"}}\n{{\"text\": \n", wire(20));
    fs::write(&path, content).expect("written");
    path
}

fn values(spread: &Value) -> Vec<f64> {
    let values = spread["values"].as_array().expect("a list").iter();
    values
        .map(|value| value.as_f64().expect("a number"))
        .collect()
}

/// Asserts that a spread's figures come in order, and that it has so many values.
fn assert_ordered(spread: &Value, runs: usize) {
    let names = [
        "minimum",
        "lower_quartile",
        "median",
        "upper_quartile",
        "maximum",
    ];
    let said: Vec<f64> = names
        .iter()
        .map(|name| spread[*name].as_f64().expect("a number"))
        .collect();
    assert!(said.is_sorted(), "{spread:#}");
    let values = values(spread);
    assert_eq!(values.len(), runs);
    assert!(values.contains(&said[0]) && values.contains(&said[4]));
}

#[test]
fn counts_are_those_of_the_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = archive(&folder);
    let report = figures(&[arg(&path), "--json", "--runs", "1", "--warm-ups", "0"]);
    let content = fs::read_to_string(&path).expect("read");
    let texts: Vec<String> = wire(20)
        .lines()
        .map(|line| {
            let record: Value = serde_json::from_str(line).expect("JSON");
            record["text"].as_str().expect("a text").to_owned()
        })
        .collect();
    let words: usize = texts
        .iter()
        .map(|text| text.split_whitespace().count())
        .sum();
    let expected = json!({
        "records": 22,
        "articles": 20,
        "skipped": 1,
        "rejected": 1,
        "words": words,
        "text_bytes": texts.iter().map(String::len).sum::<usize>(),
        "record_bytes": content.lines().map(str::len).sum::<usize>(),
    });
    assert_eq!(report["input"], expected);
    // The rates are these counts over the seconds.
    let whole = &report["sides"][0]["whole"];
    let seconds = values(&whole["seconds"])[0];
    let megabytes = expected["text_bytes"].as_f64().expect("a number") / 1e6;
    for (rate, amount) in [
        ("articles_per_second", 20.0),
        ("words_per_second", words as f64),
        ("megabytes_per_second", megabytes),
    ] {
        let said = values(&whole[rate])[0];
        assert!(
            (said * seconds / amount - 1.0).abs() < 1e-9,
            "{rate} {said}"
        );
    }
    let limited = figures(&[
        arg(&path),
        "--json",
        "--runs",
        "1",
        "--warm-ups",
        "0",
        "--limit",
        "3",
    ]);
    assert_eq!(limited["input"]["articles"], 3);
}

#[test]
fn times_fit_together() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = archive(&folder);
    let report = figures(&[arg(&path), "--json", "--runs", "3", "--jobs", "1,2"]);
    assert_eq!(
        (&report["runs"], &report["warm_ups"]),
        (&json!(3), &json!(1))
    );
    let sides = report["sides"].as_array().expect("a list");
    assert_eq!(sides.len(), 2);
    for (side, jobs) in sides.iter().zip([1.0, 2.0]) {
        assert_eq!(
            (&side["engine"], &side["jobs"]),
            (&json!("cascade"), &json!(jobs as u64))
        );
        let stages = side["stages"].as_array().expect("a list");
        let speeds = stages.iter().chain([&side["whole"]]);
        for speed in speeds {
            for figure in [
                "seconds",
                "articles_per_second",
                "words_per_second",
                "megabytes_per_second",
            ] {
                assert_ordered(&speed[figure], 3);
            }
        }
        let names: Vec<&str> = stages
            .iter()
            .filter_map(|stage| stage["stage"].as_str())
            .collect();
        assert_eq!(
            names,
            [
                "read",
                "parse",
                "regions",
                "sentences",
                "windows",
                "tag",
                "decode",
                "mend",
                "numbers",
                "resolve",
                "record"
            ]
        );
        let shares: f64 = stages
            .iter()
            .filter_map(|stage| stage["share"].as_f64())
            .sum();
        assert!((shares - 1.0).abs() < 1e-9, "{shares}");
        // The tagger is by far the dearest.
        assert!(stages[5]["share"].as_f64() > Some(0.3), "{}", stages[5]);
        let mut accounted: f64 = 0.0;
        for (run, whole) in values(&side["whole"]["seconds"]).into_iter().enumerate() {
            let time = |stage: &Value| values(&stage["seconds"])[run];
            let reading = time(&stages[0]);
            assert!(reading <= whole);
            assert!(stages.iter().all(|stage| time(stage) > 0.0), "{stages:?}");
            let working: f64 = stages[1..].iter().map(time).sum();
            assert!(working <= whole * jobs, "{working} in {whole} on {jobs}");
            accounted = accounted.max(working / whole);
        }
        // Nothing that takes time is left out; in a run so short the system may, now and then, take most.
        assert!(accounted > 0.3, "{accounted}");
    }
    assert!(sides[0]["ratio_to_first"].is_null());
    assert_ordered(&sides[1]["ratio_to_first"], 3);
    let (first, second) = (
        values(&sides[0]["whole"]["seconds"]),
        values(&sides[1]["whole"]["seconds"]),
    );
    for ((ratio, first), second) in values(&sides[1]["ratio_to_first"])
        .iter()
        .zip(first)
        .zip(second)
    {
        assert!((ratio - second / first).abs() < 1e-9);
    }
    if cfg!(target_os = "linux") {
        assert!(report["peak_memory_bytes"].as_u64() > Some(10_000_000));
    }
}

#[test]
fn without_an_input_it_measures_its_own_articles() {
    let (table, _) = bench(&["--runs", "1", "--warm-ups", "0", "--limit", "18"], 0);
    assert!(table.starts_with("18 articles, "), "{table}");
    let rows = table.lines().filter(|line| {
        line.starts_with("whole ") || line.starts_with("tag ") || line.starts_with("record ")
    });
    assert_eq!(rows.count(), 3, "{table}");
}

#[test]
fn a_book_of_your_own_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("mine.csv");
    fs::write(&book, "no,such,columns\n1,2,3\n").expect("written");
    let (_, told) = bench(&["--actors", arg(&book)], 2);
    assert!(told.contains("mine.csv"), "{told}");
}

#[test]
fn what_cannot_be_measured_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().join("empty.jsonl");
    fs::write(&empty, "{\"text\": \"\"}\n").expect("written");
    for (arguments, reason) in [
        (vec!["-"], "standard input can be read only once"),
        (vec!["nowhere.jsonl"], "no such file"),
        (
            vec![arg(&empty)],
            "1 records in, 0 rejected, 1 without text",
        ),
        (vec!["--limit", "0"], "no article to annotate"),
        (vec!["--runs", "0"], "--runs"),
        (vec!["--warm-ups", "some"], "--warm-ups"),
        (vec!["--jobs", "2,0"], "--jobs"),
        (vec!["--engine", "none"], "--engine"),
    ] {
        let (printed, told) = bench(&arguments, 2);
        assert!(printed.is_empty(), "{arguments:?}");
        assert!(told.contains(reason), "{arguments:?}: {told}");
    }
}
