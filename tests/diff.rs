//! `diff` through the binary.

mod common;

use std::fs;
use std::path::Path;

use common::{annotate, arg, headcount, wire};
use serde_json::Value;

fn diff(a: &Path, b: &Path, json: bool) -> (String, Option<i32>) {
    let mut command = headcount();
    command.args(["diff", arg(a), arg(b)]);
    if json {
        command.arg("--json");
    }
    let output = command.output().expect("runs");
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    (out, output.status.code())
}

#[test]
fn what_differs_is_listed_and_what_is_the_same_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("wire.jsonl");
    fs::write(&input, wire(3)).expect("written");
    let a = folder.path().join("a");
    annotate(&[arg(&input), "-o", arg(&a)], 0);
    assert_eq!(diff(&a, &a, false), (String::new(), Some(0)));

    let mut records = common::records(&a);
    let name = records[0]["mentions"]
        .as_array_mut()
        .expect("names")
        .pop()
        .expect("a name");
    let last = records[0]["mentions"].as_array().expect("names").len();
    for actor in records[0]["actors"].as_array_mut().expect("actors") {
        actor["mentions"]
            .as_array_mut()
            .expect("a list")
            .retain(|index| index != last);
    }
    let value = &mut records[1]["numbers"][0]["value"];
    assert!(value.is_string(), "{value}");
    *value = "99".into();
    records[1]["mentions"][0]["type"] = "ORG".into();
    let lost = records.pop().expect("a record");
    records.reverse();
    let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
    let b = folder.path().join("b.jsonl");
    fs::write(&b, lines).expect("written");

    let (out, code) = diff(&a, &b, false);
    assert_eq!(code, Some(1));
    for expected in [
        "mention only_a: ".to_owned(),
        format!("`{}`", name["text"].as_str().expect("text")),
        "mention type: ".to_owned(),
        "number value: ".to_owned(),
        format!(
            "{}\n  article: only in A",
            lost["id"].as_str().expect("an id")
        ),
    ] {
        assert!(out.contains(&expected), "{expected}\n{out}");
    }
    let (out, code) = diff(&a, &b, true);
    assert_eq!(code, Some(1));
    let lines: Vec<Value> = common::lines(out.as_bytes());
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["id"], "a0");
    assert_eq!(lines[0]["differences"][0]["kind"], "only_a");
    assert_eq!(lines[1]["differences"].as_array().expect("a list").len(), 2);
    assert_eq!(lines[2]["only_a"], true);
    // The other way round it is the same list, from the other side.
    assert!(diff(&b, &a, true).0.contains("only_b"));
}
