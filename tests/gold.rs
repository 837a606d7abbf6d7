//! The project's own gold against its floors: a change that loses accuracy fails with a table of what fell.
//!
//! `tests/gold_floors.csv` has a line for each figure: the half, the figure's place in `headcount evaluate --output json`, and the floor,
//! one point (0.01) below what was reached; five points for classes of fewer than 60 mentions, where chance is large. After a change that
//! gains, write them anew: `HEADCOUNT_FLOORS=write cargo test --test gold`.

mod common;

use std::fmt::Write as _;
use std::path::PathBuf;

use common::{headcount, root};
use serde_json::Value;

const HALVES: [&str; 2] = ["dev", "test"];
/// Fewer than so many in the gold: a figure of chance.
const FEW: f64 = 60.0;

fn gold(name: &str) -> PathBuf {
    root().join("corpus/gold").join(name)
}

/// Every F1 of a report with its place and how many the gold has.
fn figures(report: &Value) -> Vec<(String, f64, f64)> {
    fn walk(place: &str, value: &Value, into: &mut Vec<(String, f64, f64)>) {
        let Some(object) = value.as_object() else {
            return;
        };
        if let Some(f1) = object.get("f1").and_then(Value::as_f64) {
            let count = object
                .get("counts")
                .and_then(|counts| counts["gold"].as_f64());
            into.push((place.to_owned(), f1, count.unwrap_or(f64::MAX)));
            return;
        }
        for (key, inner) in object {
            walk(&format!("{place}/{key}"), inner, into);
        }
    }
    let mut found = Vec::new();
    walk("", &report["figures"], &mut found);
    found
}

fn evaluated(half: &str) -> Vec<(String, f64, f64)> {
    let output = headcount()
        .arg("evaluate")
        .arg(gold(&format!("{half}.jsonl")))
        .args(["--output", "json"])
        .output()
        .expect("the binary runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["missing"], serde_json::json!([]));
    figures(&report)
}

#[test]
fn no_figure_falls_below_its_floor() {
    let path = root().join("tests/gold_floors.csv");
    if std::env::var("HEADCOUNT_FLOORS").is_ok_and(|value| value == "write") {
        let mut lines = "half,figure,floor\n".to_owned();
        for half in HALVES {
            for (place, f1, count) in evaluated(half) {
                let slack = if count < FEW { 0.05 } else { 0.01 };
                writeln!(lines, "{half},{place},{:.3}", (f1 - slack).max(0.0)).expect("a line");
            }
        }
        std::fs::write(&path, lines).expect("written");
    }
    let floors = std::fs::read_to_string(&path).expect("the floors");
    let mut fallen = String::new();
    for half in HALVES {
        let now = evaluated(half);
        let mut held = 0;
        for line in floors.lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            let [of, place, floor] = fields[..] else {
                panic!("floors.csv: `{line}` has not three fields");
            };
            if of != half {
                continue;
            }
            held += 1;
            let floor: f64 = floor.parse().expect("a floor");
            let reached = now.iter().find(|(name, ..)| name == place);
            let (_, f1, count) = reached.unwrap_or_else(|| panic!("there is no figure {place}"));
            if *f1 < floor {
                // A macro average stands for no number of mentions.
                let count = Some(count).filter(|count| **count < 1e9);
                let count = count.map_or("all".to_owned(), f64::to_string);
                writeln!(
                    fallen,
                    "{half:5} {place:44} {count:>6} in the gold   floor {floor:.3}   now {f1:.3}"
                )
                .expect("a line");
            }
        }
        assert!(held > 20, "floors.csv holds only {held} figures of {half}");
    }
    assert!(
        fallen.is_empty(),
        "accuracy on the project's gold fell (`headcount evaluate corpus/gold/dev.jsonl --errors -` lists the errors):\n{fallen}"
    );
}
