//! The project's own conflict sentences: armed groups and security forces must be found. `--nocapture` prints each miss.

mod common;

use std::collections::BTreeSet;

use common::annotate;
use serde_json::Value;

const CORPUS: &str = "corpus/names/conflict.jsonl";
/// What the issue of the shipped tagger asks for.
const RECALL: f64 = 0.9;

#[test]
fn armed_groups_and_security_forces_are_found() {
    let output = annotate(&[CORPUS, "-o", "-"], 0);
    let records: Vec<Value> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).expect("a record"))
        .collect();
    let gold = std::fs::read_to_string(common::root().join(CORPUS)).expect("the corpus");
    let (mut found, mut due) = (0, 0);
    for (line, record) in gold.lines().zip(&records) {
        let gold: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(gold["text"], record["text"]);
        let organisations: BTreeSet<(u64, u64)> = record["mentions"]
            .as_array()
            .expect("mentions")
            .iter()
            .filter(|mention| mention["type"] == "ORG")
            .map(|mention| (number(&mention["start"]), number(&mention["end"])))
            .collect();
        let text: Vec<char> = gold["text"].as_str().expect("text").chars().collect();
        for span in gold["spans"].as_array().expect("spans") {
            if span[3] != "force" {
                continue;
            }
            due += 1;
            let (start, end) = (number(&span[0]), number(&span[1]));
            if organisations.contains(&(start, end)) {
                found += 1;
            } else {
                let name: String = text[start as usize..end as usize].iter().collect();
                println!("{}: missed {name}", gold["id"]);
            }
        }
    }
    assert_eq!(gold.lines().count(), records.len());
    let recall = f64::from(found) / f64::from(due);
    println!("recall of armed groups and security forces: {found} of {due} = {recall:.3}");
    assert!(recall >= RECALL, "{recall:.3} < {RECALL}");
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("an offset")
}
