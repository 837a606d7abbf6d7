//! `evaluate` through the binary: figures counted by hand, formats, scopes, order, exit codes.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{annotate, arg, headcount, wire};
use serde_json::{Value, json};

const TEXT: &str = "Alice Brown met Bob in Paris near Rome .";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn file(&self, name: &str, content: impl AsRef<str>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, content.as_ref()).expect("written");
        path
    }

    /// A file of one document with these spans.
    fn spans(&self, name: &str, spans: Value) -> PathBuf {
        self.file(
            name,
            json!({"id": "d", "text": TEXT, "spans": spans}).to_string(),
        )
    }
}

fn evaluate(arguments: &[&str], code: i32) -> (String, String) {
    let output = headcount()
        .arg("evaluate")
        .args(arguments)
        .output()
        .expect("runs");
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{told}");
    (String::from_utf8(output.stdout).expect("UTF-8"), told)
}

fn figures(gold: &Path, predicted: &Path, more: &[&str]) -> Value {
    let mut arguments = vec![arg(gold), "--pred", arg(predicted), "--output", "json"];
    arguments.extend(more);
    serde_json::from_str(&evaluate(&arguments, 0).0).expect("JSON")
}

/// Asserts precision, recall and F1 of a measure.
fn assert_figure(report: &Value, path: &str, expected: [f64; 3]) {
    let entry = report["figures"]
        .pointer(path)
        .unwrap_or_else(|| panic!("no {path} in {report:#}"));
    for (part, expected) in ["precision", "recall", "f1"].iter().zip(expected) {
        let said = entry[part].as_f64().expect("a number");
        assert!(
            (said - expected).abs() < 1e-9,
            "{path} {part}: {said}, not {expected}"
        );
    }
}

fn gold() -> Value {
    json!([
        [0, 11, "PERSON", "PER"],
        [16, 19, "PERSON"],
        [23, 28, "GPE"],
        [34, 38, "GPE|LOC"]
    ])
}

/// Half of a name, a wrong type, a hit, something that is nothing; Rome is missed.
fn predicted() -> Value {
    json!([
        [0, 5, "PERSON"],
        [16, 19, "ORG"],
        [23, 28, "LOC"],
        [29, 33, "ORG"]
    ])
}

#[test]
fn the_four_measures_counted_by_hand() {
    let folder = Folder::new();
    let (gold, said) = (
        folder.spans("g.jsonl", gold()),
        folder.spans("p.jsonl", predicted()),
    );
    let report = figures(&gold, &said, &["--types", "PERSON,LOC,ORG"]);
    assert_figure(&report, "/mentions/strict/micro", [0.25, 0.25, 0.25]);
    assert_figure(&report, "/mentions/exact/micro", [0.5, 0.5, 0.5]);
    assert_figure(&report, "/mentions/partial/micro", [0.625, 0.625, 0.625]);
    assert_figure(&report, "/mentions/type/micro", [0.5, 0.5, 0.5]);
    assert_figure(
        &report,
        "/mentions/strict/classes/LOC",
        [1.0, 0.5, 2.0 / 3.0],
    );
    assert_figure(
        &report,
        "/mentions/strict/macro",
        [1.0 / 3.0, 0.5 / 3.0, 2.0 / 9.0],
    );
    let confused = json!({"gold": "PERSON", "predicted": "ORG", "count": 1});
    assert!(
        report["confusion"]
            .as_array()
            .expect("a list")
            .contains(&confused)
    );
    assert_eq!(report["worst"][0]["errors"], 6);
}

#[test]
fn types_that_the_gold_has_not_are_left_out_of_precision() {
    let folder = Folder::new();
    let (gold, said) = (
        folder.spans("g.jsonl", gold()),
        folder.spans("p.jsonl", predicted()),
    );
    let report = figures(&gold, &said, &[]);
    assert_eq!(report["types"], json!(["LOC", "PERSON"]));
    assert_figure(&report, "/mentions/strict/micro", [0.5, 0.25, 1.0 / 3.0]);
    let report = figures(&gold, &said, &["--types", "PERSON"]);
    assert_eq!(report["left_out"], json!({"LOC": 2}));
    assert_figure(&report, "/mentions/strict/micro", [0.0, 0.0, 0.0]);
    let report = figures(&gold, &said, &["--map", "ORG=PERSON"]);
    assert_figure(&report, "/mentions/strict/micro", [0.5, 0.5, 0.5]);
}

#[test]
fn what_touches_a_mask_counts_neither_way() {
    let folder = Folder::new();
    let gold = folder.spans("g.jsonl", json!([[0, 11, "PERSON"], [23, 28, "?PLACE"]]));
    let said = folder.spans("p.jsonl", json!([[0, 11, "PERSON"], [20, 25, "PERSON"]]));
    assert_figure(
        &figures(&gold, &said, &[]),
        "/mentions/strict/micro",
        [1.0, 1.0, 1.0],
    );
}

#[test]
fn every_format_gives_the_same_figures() {
    let folder = Folder::new();
    let said = folder.spans("p.jsonl", predicted());
    let rows = |tags: [&str; 9]| -> String {
        let tokens = TEXT.split(' ').zip(tags);
        tokens
            .map(|(token, tag)| format!("{token} NN {tag}\n"))
            .collect()
    };
    let iob2 = rows([
        "B-PER", "I-PER", "O", "B-PER", "O", "B-LOC", "O", "B-LOC", "O",
    ]);
    let iob1 = rows([
        "I-PER", "I-PER", "O", "I-PER", "O", "I-LOC", "O", "I-LOC", "O",
    ]);
    let bioes = rows([
        "B-PER", "E-PER", "O", "S-PER", "O", "S-LOC", "O", "S-LOC", "O",
    ]);
    let prodigy = json!({"text": TEXT, "answer": "accept", "spans": [
        {"start": 34, "end": 38, "label": "LOC"}, {"start": 0, "end": 11, "label": "PERSON"},
        {"start": 16, "end": 19, "label": "PERSON"}, {"start": 23, "end": 28, "label": "GPE"}]});
    folder.file("brat.txt", TEXT);
    let files = [
        folder.file("a.conll", &iob2),
        folder.file("b.conll", format!("-DOCSTART- -X- O\n\n{iob2}")),
        folder.file("c.conll", iob1),
        folder.file("d.conll", bioes.replace(' ', "\t")),
        folder.file("prodigy.jsonl", prodigy.to_string()),
        folder.file(
            "brat.ann",
            "T1\tPERSON 0 11\tAlice Brown\nT2\tPERSON 16 19\tBob\nR1\tMet Arg1:T1 Arg2:T2\n\
             T3\tGPE 23 28\tParis\nT4\tGPE 34 38\tRome\n",
        ),
    ];
    for file in &files {
        let report = figures(file, &said, &["--types", "PERSON,LOC,ORG"]);
        assert_figure(&report, "/mentions/strict/micro", [0.25, 0.25, 0.25]);
        assert_figure(&report, "/mentions/partial/micro", [0.625, 0.625, 0.625]);
        if file.extension().is_some_and(|end| end == "conll") {
            // A name takes every token that it touches, so `Alice` alone is one of its own.
            assert_figure(&report, "/columns/conlleval/micro", [0.25, 0.25, 0.25]);
        }
    }
    let report = figures(&files[2], &said, &["--format", "iob1"]);
    assert_figure(&report, "/columns/seqeval_strict/micro", [0.25, 0.25, 0.25]);
    let report = figures(&files[3], &said, &[]);
    assert!(report["figures"]["columns"].get("seqeval_strict").is_none());
}

/// A record of `text` whose names are all organisations, linked as given, with these numbers.
fn record(text: &str, links: &[(usize, usize, &str, bool)], numbers: Value) -> String {
    let slice = |start: usize, end: usize| text.get(start..end).expect("ASCII");
    let mut actors: Vec<Value> = Vec::new();
    for (index, (_, _, id, known)) in links.iter().enumerate() {
        match actors.iter_mut().find(|actor| actor["id"] == *id) {
            Some(actor) => actor["mentions"]
                .as_array_mut()
                .expect("a list")
                .push(index.into()),
            None => actors.push(
                json!({"id": id, "name": id, "type": "x", "known": known, "mentions": [index]}),
            ),
        }
    }
    let mentions: Vec<Value> = links
        .iter()
        .map(|(start, end, id, _)| {
            json!({"start": start, "end": end, "text": slice(*start, *end), "type": "ORG", "score": 1.0,
                   "region": "body", "actor": id, "rule": "book_exact"})
        })
        .collect();
    json!({
        "schema": "headcount/1", "id": "d", "source": {"path": "x", "record": 0, "sha256": ""}, "title": null,
        "published": null, "published_from": null, "url": null, "outlet": null, "meta": {}, "text": text,
        "regions": [{"start": 0, "end": text.len(), "kind": "body", "rule": "article"}],
        "mentions": mentions, "numbers": numbers, "actors": actors, "warnings": [],
    })
    .to_string()
}

#[test]
fn actors_counted_by_hand() {
    let folder = Folder::new();
    let gold = [
        (0, 1, "a", true),
        (2, 3, "a", true),
        (4, 5, "a", true),
        (6, 7, "new:d", false),
    ];
    let said = [
        (0, 1, "a", true),
        (2, 3, "a", true),
        (4, 5, "b", true),
        (6, 7, "b", true),
    ];
    let gold = folder.file("g.jsonl", record("A B C D", &gold, json!([])));
    let said = folder.file("p.jsonl", record("A B C D", &said, json!([])));
    let report = figures(&gold, &said, &[]);
    assert_figure(&report, "/actors/accuracy/micro", [0.5, 0.5, 0.5]);
    assert_figure(
        &report,
        "/actors/known_id/micro",
        [0.5, 2.0 / 3.0, 4.0 / 7.0],
    );
    assert_figure(&report, "/actors/nil/micro", [0.0, 0.0, 0.0]);
    assert_figure(
        &report,
        "/actors/b_cubed/micro",
        [0.75, 2.0 / 3.0, 12.0 / 17.0],
    );
    let ceaf = (0.8 + 2.0 / 3.0) / 2.0;
    assert_figure(&report, "/actors/ceaf_e/micro", [ceaf, ceaf, ceaf]);
    assert!(report["figures"].get("numbers").is_none());
}

#[test]
fn numbers_counted_by_hand() {
    let folder = Folder::new();
    let text = "over 20 men and 5.0 km and 3 dogs";
    let over = json!({"start": 5, "end": 7, "text": "20", "kind": "cardinal", "value": "20", "region": "body",
                      "modifier": "more_than", "modifier_start": 0, "modifier_end": 4,
                      "noun": "men", "noun_start": 8, "noun_end": 11});
    let length = json!({"start": 16, "end": 22, "text": "5.0 km", "kind": "quantity", "value": "5.0",
                        "unit": "kilometer", "region": "body"});
    let dogs = json!({"start": 27, "end": 28, "text": "3", "kind": "cardinal", "value": "3", "region": "body"});
    let bare = json!({"start": 5, "end": 7, "text": "20", "kind": "cardinal", "value": "20", "region": "body",
                      "noun": "men", "noun_start": 8, "noun_end": 11});
    let short = json!({"start": 16, "end": 19, "text": "5.0", "kind": "cardinal", "value": "5", "region": "body"});
    let gold = folder.file("g.jsonl", record(text, &[], json!([over, length, dogs])));
    let said = folder.file("p.jsonl", record(text, &[], json!([bare, short])));
    let errors = folder.0.path().join("errors.jsonl");
    let report = figures(&gold, &said, &["--errors", arg(&errors)]);
    assert_figure(&report, "/numbers/found/micro", [1.0, 2.0 / 3.0, 0.8]);
    assert_figure(&report, "/numbers/span/micro", [0.5, 1.0 / 3.0, 0.4]);
    assert_figure(&report, "/numbers/kind/micro", [0.5, 1.0 / 3.0, 0.4]);
    assert_figure(&report, "/numbers/value/micro", [1.0, 2.0 / 3.0, 0.8]);
    assert_figure(&report, "/numbers/unit/micro", [0.0, 0.0, 0.0]);
    assert_figure(&report, "/numbers/modifier/micro", [0.0, 0.0, 0.0]);
    assert_figure(&report, "/numbers/noun/micro", [1.0, 1.0, 1.0]);
    let errors = common::lines(&fs::read(errors).expect("written"));
    let kinds: Vec<&str> = errors
        .iter()
        .filter_map(|error| error["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["modifier", "span+kind+unit", "missed"]);
    assert_eq!(errors[2]["context"], "over 20 men and 5.0 km and [3] dogs");
}

#[test]
fn our_own_output_is_perfect_gold_for_us() {
    let folder = Folder::new();
    let input = folder.file("wire.jsonl", wire(4));
    let run = folder.0.path().join("run");
    annotate(
        &[
            arg(&input),
            "-o",
            arg(&run),
            "--shard-size",
            "2",
            "--compress",
            "zst",
        ],
        0,
    );
    let (out, _) = evaluate(&[arg(&run), "--output", "json"], 0);
    let report: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(report["documents"], 4);
    for path in [
        "/mentions/strict/micro",
        "/mentions/strict/macro",
        "/numbers/value/micro",
        "/actors/b_cubed/micro",
        "/actors/ceaf_e/micro",
        "/actors/known_id/micro",
    ] {
        assert_figure(&report, path, [1.0, 1.0, 1.0]);
    }
    assert_eq!(report["worst"], json!([]));
    let (out, _) = evaluate(
        &[
            arg(&run),
            "--pred",
            arg(&run),
            "--against",
            arg(&run),
            "--output",
            "json",
        ],
        0,
    );
    let report: Value = serde_json::from_str(&out).expect("JSON");
    let rows = report["against"].as_array().expect("a list");
    assert!(
        !rows.is_empty()
            && rows
                .iter()
                .all(|row| row["p"] == 1.0 && row["difference"] == 0.0)
    );
}

/// Twelve documents, some with errors.
fn many(perfect: bool) -> Vec<Value> {
    (0..12)
        .map(|index| {
            let mut spans = gold();
            if !perfect && index % 3 > 0 {
                spans.as_array_mut().expect("a list").truncate(index % 4);
            }
            json!({"id": format!("d{index}"), "text": format!("{TEXT} {index}"), "spans": spans})
        })
        .collect()
}

fn lines_of(documents: &[Value]) -> String {
    documents
        .iter()
        .map(|document| format!("{document}\n"))
        .collect()
}

#[test]
fn nothing_depends_on_the_order_of_files_documents_or_spans() {
    let folder = Folder::new();
    let (gold, said) = (many(true), many(false));
    let turn = |documents: &[Value]| -> Vec<Value> {
        let mut turned = documents.to_vec();
        turned.reverse();
        for document in &mut turned {
            document["spans"].as_array_mut().expect("a list").reverse();
        }
        turned
    };
    let first = folder.file("1.jsonl", lines_of(&gold[..5]));
    let second = folder.file("2.jsonl", lines_of(&gold[5..]));
    let whole = folder.file("whole.jsonl", lines_of(&turn(&gold)));
    let predicted = folder.file("p.jsonl", lines_of(&said));
    let turned = folder.file("turned.jsonl", lines_of(&turn(&said)));
    for output in ["table", "json", "csv", "markdown"] {
        let more = [
            "--output",
            output,
            "--against",
            arg(&whole),
            "--errors",
            "-",
        ];
        let run = |files: &[&str], predicted: &Path| {
            let mut arguments = files.to_vec();
            arguments.extend(["--pred", arg(predicted)]);
            arguments.extend(more);
            evaluate(&arguments, 0).0
        };
        let straight = run(&[arg(&first), arg(&second)], &predicted);
        assert_eq!(straight, run(&[arg(&second), arg(&first)], &turned));
        assert_eq!(straight, run(&[arg(&whole)], &turned));
        assert!(
            straight.contains("strict") && straight.contains("missed"),
            "{straight}"
        );
    }
}

#[test]
fn exchanging_gold_and_prediction_exchanges_precision_and_recall() {
    let folder = Folder::new();
    let (a, b) = (
        folder.file("a.jsonl", lines_of(&many(true))),
        folder.file("b.jsonl", lines_of(&many(false))),
    );
    let types = ["--types", "PERSON,LOC"];
    let (there, back) = (figures(&a, &b, &types), figures(&b, &a, &types));
    for metric in ["strict", "exact", "partial", "type"] {
        let (there, back) = (
            &there["figures"]["mentions"][metric],
            &back["figures"]["mentions"][metric],
        );
        assert_eq!(there["micro"]["precision"], back["micro"]["recall"]);
        assert_eq!(there["micro"]["recall"], back["micro"]["precision"]);
        assert_eq!(there["macro"]["f1"], back["macro"]["f1"]);
    }
}

#[test]
fn faults_are_told_and_end_in_their_exit_codes() {
    let folder = Folder::new();
    let all = folder.file("all.jsonl", lines_of(&many(true)));
    let some = folder.file("some.jsonl", lines_of(&many(true)[..7]));
    let (out, told) = evaluate(&[arg(&all), "--pred", arg(&some), "--output", "json"], 1);
    assert!(
        told.contains("5 of 12 documents have no prediction"),
        "{told}"
    );
    let report: Value = serde_json::from_str(&out).expect("JSON");
    assert_figure(
        &report,
        "/mentions/strict/micro",
        [1.0, 7.0 / 12.0, 14.0 / 19.0],
    );
    let other = folder.file(
        "other.jsonl",
        json!({"id": "d0", "text": "Alice Grey", "spans": []}).to_string(),
    );
    let faults = [
        (
            folder.file("x.jsonl", r#"{"text": "Bob", "spans": [[0, 9, "PERSON"]]}"#),
            "x.jsonl:1: the span [0, 9)",
        ),
        (
            folder.file("y.conll", "Bob PERSON\n"),
            "say what it is with --format",
        ),
        (
            folder.file("z.jsonl", r#"{"schema": "headcount/1"}"#),
            "z.jsonl:1: not a record",
        ),
        (folder.file("empty.jsonl", ""), "empty.jsonl: "),
        (
            folder.0.path().join("none.jsonl"),
            "none.jsonl: No such file",
        ),
        (other, "on another text (it differs from character 6)"),
    ];
    for (gold, expected) in &faults {
        let (_, told) = evaluate(&[arg(gold), "--pred", arg(&all)], 2);
        assert!(told.contains(expected), "{expected}: {told}");
    }
    let (_, told) = evaluate(&[arg(&all), "--pred", arg(&all), "--map", "GPE"], 2);
    assert!(told.contains("FROM=TO"), "{told}");
}
