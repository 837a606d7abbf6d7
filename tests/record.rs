//! The record as a reader in another language would take it: schema, offsets, order of keys.

mod common;

use std::sync::OnceLock;

use common::{annotate, arg, headcount, lines, records};
use serde_json::Value;

/// The records of the corpus, annotated once for all tests of this file.
fn corpus() -> &'static [Value] {
    static RECORDS: OnceLock<Vec<Value>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let output = folder.path().join("out");
        annotate(&["corpus/", "-o", arg(&output)], 0);
        records(&output)
    })
}

#[test]
fn every_record_is_valid_under_the_printed_schema() {
    let printed = headcount().arg("schema").output().expect("runs").stdout;
    let schema: Value = serde_json::from_slice(&printed).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let records = corpus();
    assert!(!records.is_empty());
    for record in records {
        let faults: Vec<String> = validator
            .iter_errors(record)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
    // A schema that accepts everything would pass the above.
    let mut wrong = records[0].clone();
    wrong["mentions"][0]["type"] = "NOBODY".into();
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn keys_come_in_the_order_of_the_contract() {
    let keys = [
        "schema",
        "id",
        "source",
        "title",
        "published",
        "published_from",
        "url",
        "outlet",
        "meta",
        "text",
        "regions",
        "mentions",
        "numbers",
        "actors",
        "warnings",
    ];
    for record in corpus() {
        let found: Vec<&String> = record.as_object().expect("an object").keys().collect();
        assert_eq!(found, keys);
    }
}

/// `text[start:end]` as Python has it: by code points.
fn slice(text: &[char], start: &Value, end: &Value) -> String {
    let at = |value: &Value| value.as_u64().expect("an offset") as usize;
    text[at(start)..at(end)].iter().collect()
}

#[test]
fn offsets_are_code_points_of_the_input_text() {
    let mut spans = 0;
    for record in corpus() {
        let text: Vec<char> = record["text"].as_str().expect("text").chars().collect();
        for kind in ["mentions", "numbers"] {
            for span in record[kind].as_array().expect("a list") {
                assert_eq!(slice(&text, &span["start"], &span["end"]), span["text"]);
                spans += 1;
                if span.get("noun").is_some() {
                    assert_eq!(
                        slice(&text, &span["noun_start"], &span["noun_end"]),
                        span["noun"]
                    );
                }
                if let Some(evidence) = span.get("evidence") {
                    assert_eq!(
                        slice(&text, &evidence["start"], &evidence["end"]),
                        evidence["text"]
                    );
                }
            }
        }
    }
    assert!(spans > 300, "{spans}");
}

#[test]
fn python_finds_every_span_where_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("out");
    annotate(&["corpus/", "-o", arg(&output)], 0);
    let script = common::root().join("scripts/check-offsets");
    let run = |path: &std::path::Path| {
        std::process::Command::new("python3")
            .arg(&script)
            .arg(path)
            .output()
    };
    let Ok(checked) = run(&output) else {
        eprintln!("skipped: there is no python3 on this machine");
        return;
    };
    assert!(checked.status.success(), "{checked:?}");
    // And it would notice.
    let part = output.join("part-00000.jsonl");
    let moved =
        std::fs::read_to_string(&part)
            .expect("read")
            .replacen("\"text\":\"", "\"text\":\"é", 1);
    std::fs::write(&part, moved).expect("written");
    assert!(!run(&output).expect("runs").status.success());
}

#[test]
fn text_beyond_ascii_keeps_its_offsets() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in.jsonl");
    let body = "😀 “Bogotá’s” naïve café — عَبْد 漢字. Angela Merkel met 12 ministers in São Paulo. \
                e\u{301}\u{200b}\u{feff} [SEP] [MASK] Vladimir Putin came with 1,500 troops.";
    std::fs::write(&input, format!("{}\n", serde_json::json!({"text": body}))).expect("written");
    let output = annotate(&[arg(&input), "-o", "-", "--quiet"], 0);
    let record = &lines(&output.stdout)[0];
    assert_eq!(record["text"], body);
    let characters: Vec<char> = body.chars().collect();
    let mentions = record["mentions"].as_array().expect("a list");
    for mention in mentions {
        assert_eq!(
            slice(&characters, &mention["start"], &mention["end"]),
            mention["text"]
        );
    }
    for name in ["Angela Merkel", "São Paulo", "Vladimir Putin"] {
        assert!(
            mentions.iter().any(|mention| mention["text"] == name),
            "{name}: {mentions:?}"
        );
    }
}

#[test]
fn character_references_are_read_as_characters_and_left_as_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in.txt");
    let body = "The firm Johnson &amp; Johnson, based in New Jersey, paid AT&amp;T on Monday. &lt;Nokia Oy&gt; fell, and \
                Angela Merkel&#8217;s office named 39 sites. &#39;We are glad,&#39; it said.";
    let plain = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#8217;", "’"),
        ("&#39;", "'"),
    ];
    let plain = |text: &str| {
        plain
            .iter()
            .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    let names = |text: &str| -> (Value, Vec<String>, Vec<String>) {
        std::fs::write(&input, text).expect("written");
        let output = annotate(&[arg(&input), "-o", "-", "--quiet"], 0);
        let record = lines(&output.stdout).remove(0);
        let texts = |list: &str| {
            let list = record[list].as_array().expect("a list");
            let text = |span: &Value| plain(span["text"].as_str().unwrap_or_default());
            list.iter().map(text).collect()
        };
        (record["text"].clone(), texts("mentions"), texts("numbers"))
    };
    let (text, mentions, numbers) = names(body);
    assert_eq!(text, body);
    assert!(
        mentions.iter().any(|name| name == "Johnson & Johnson"),
        "{mentions:?}"
    );
    assert_eq!(numbers, ["Monday", "39"]);
    let (_, same_mentions, same_numbers) = names(&plain(body));
    assert_eq!((mentions, numbers), (same_mentions, same_numbers));
}

#[test]
fn articles_together_are_what_they_are_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let together = annotate(&["corpus/wire.jsonl", "-o", "-", "--quiet"], 0);
    let mut alone = Vec::new();
    let wire = std::fs::read_to_string(common::root().join("corpus/wire.jsonl")).expect("read");
    for line in wire.lines() {
        let input = folder.path().join("one.jsonl");
        std::fs::write(&input, line).expect("written");
        let output = annotate(&[arg(&input), "-o", "-", "--quiet"], 0);
        alone.extend(lines(&output.stdout));
    }
    let together = lines(&together.stdout);
    assert_eq!(together.len(), alone.len());
    for (together, alone) in together.iter().zip(&alone) {
        for key in [
            "text",
            "regions",
            "mentions",
            "numbers",
            "actors",
            "published",
        ] {
            assert_eq!(together[key], alone[key]);
        }
    }
}

#[test]
fn a_name_planted_anywhere_in_a_long_article_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("long.txt");
    let filler = "The committee met in the morning and talked about the roads, the rivers and the \
                  harvest of the year before, and nothing was decided. ";
    let planted = "Angela Merkel said that 321 soldiers had arrived. ";
    let places = [0, 1, 150, 299, 300];
    let mut text = String::new();
    for sentence in 0..=300 {
        if places.contains(&sentence) {
            text += planted;
        }
        text += filler;
        if sentence % 9 == 8 {
            text += "\n\n";
        }
    }
    // One paragraph without a full stop, longer than any window, with the name in its middle.
    let endless = "and so they went on and on through the valley ".repeat(60);
    text += &format!("\n\n{endless}until Angela Merkel counted 321 soldiers {endless}\n");
    std::fs::write(&input, &text).expect("written");
    let output = annotate(&[arg(&input), "-o", "-", "--quiet"], 0);
    let record = &lines(&output.stdout)[0];
    let found = |list: &str, text: &str| {
        let list = record[list].as_array().expect("a list");
        list.iter().filter(|span| span["text"] == text).count()
    };
    assert_eq!(found("mentions", "Angela Merkel"), places.len() + 1);
    assert_eq!(found("numbers", "321"), places.len() + 1);
}
