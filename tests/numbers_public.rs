//! The public cases for numbers, scored by the script that comes with them, against floors.
//!
//! The cases lie outside the repository, in `../shared/data/numbers`; where they are missing the test
//! says so and passes.

use std::path::{Path, PathBuf};
use std::process::Command;

use headcount::number::{Modifier, Number, NumberKind, extract};
use headcount::text::{Text, sentence::sentences};
use serde_json::{Map, Value, json};

/// value, full and precision, each just below what was reached.
const FLOORS: [(&str, f64, f64, f64); 5] = [
    ("handmade", 0.98, 0.96, 0.98),
    ("newsquant", 0.94, 0.92, 0.94),
    ("ms_number", 0.98, 0.96, 0.98),
    ("ms_datetime", 0.92, 0.91, 0.97),
    ("quantulum3", 0.95, 0.93, 0.98),
];

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("HEADCOUNT_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let folder = folder.join("data/numbers");
    folder.join("score.py").is_file().then_some(folder)
}

fn name<T: serde::Serialize>(value: T) -> Value {
    serde_json::to_value(value).expect("an enum without fields")
}

fn prediction(text: &Text, number: &Number) -> Value {
    let (start, end) = text.char_offsets(number.span);
    let mut fields = Map::new();
    fields.insert("start".into(), json!(start));
    fields.insert("end".into(), json!(end));
    fields.insert("text".into(), json!(text.slice(number.span)));
    fields.insert("kind".into(), name::<NumberKind>(number.kind));
    let mut put = |key: &str, value: &Option<String>| {
        if let Some(value) = value {
            fields.insert(key.into(), json!(value));
        }
    };
    put("value", &number.value);
    put("low", &number.low);
    put("high", &number.high);
    put("unit", &number.unit);
    put("per", &number.per);
    put("date", &number.date);
    put("timex", &number.timex);
    // These cases call a time of day alone a date, with seconds.
    let clock = number.timex.as_deref().filter(|timex| {
        number.kind == NumberKind::Time && number.date.is_none() && timex.starts_with('T')
    });
    if let Some(clock) = clock {
        let clock = clock.trim_start_matches('T').trim_end_matches('Z');
        let seconds = if clock.len() > 5 { "" } else { ":00" };
        put("date", &Some(format!("{clock}{seconds}")));
    }
    if let Some((modifier, _)) = number.modifier {
        fields.insert("modifier".into(), name::<Modifier>(modifier));
    }
    if let Some(noun) = number.noun {
        fields.insert("noun".into(), json!(text.slice(noun)));
    }
    Value::Object(fields)
}

fn predictions(cases: &str) -> String {
    let mut lines = String::new();
    for line in cases.lines().filter(|line| !line.is_empty()) {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let text = Text::new(case["text"].as_str().expect("a case has text").to_owned());
        let reference = case["reference_date"]
            .as_str()
            .and_then(|date| date.get(..10)?.parse().ok());
        let spans = sentences(&text, text.whole());
        let found: Vec<Value> = extract(&text, &spans, &[], &[], reference)
            .iter()
            .map(|number| prediction(&text, number))
            .collect();
        lines.push_str(&json!({"id": case["id"], "pred": found}).to_string());
        lines.push('\n');
    }
    lines
}

/// The two last columns of the line `ALL`, and the precision of the last line.
fn figures(report: &str) -> (f64, f64, f64) {
    let all: Vec<f64> = report
        .lines()
        .find(|line| line.starts_with("ALL"))
        .expect("a line for all kinds")
        .split_whitespace()
        .filter_map(|field| field.parse().ok())
        .collect();
    let precision = report
        .lines()
        .last()
        .and_then(|line| line.split_whitespace().nth(4))
        .and_then(|field| field.parse().ok())
        .expect("a precision");
    let [.., value, full] = all.as_slice() else {
        panic!("the columns value and full");
    };
    (*value, *full, precision)
}

#[test]
fn the_public_cases_reach_their_floors() {
    let Some(folder) = folder() else {
        eprintln!("skipped: ../shared/data/numbers is missing");
        return;
    };
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let mut short = Vec::new();
    for (set, value, full, precision) in FLOORS {
        let gold = folder.join(format!("{set}.public.jsonl"));
        let Ok(cases) = std::fs::read_to_string(&gold) else {
            eprintln!("skipped: {} is missing", gold.display());
            continue;
        };
        let path = std::env::var_os("HEADCOUNT_PREDICTIONS")
            .map_or_else(|| scratch.path().to_owned(), PathBuf::from)
            .join(format!("{set}.pred.jsonl"));
        std::fs::write(&path, predictions(&cases)).expect("predictions are written");
        let output = Command::new("python3")
            .arg(folder.join("score.py"))
            .args([&gold, &path])
            .output();
        let Ok(output) = output else {
            eprintln!("skipped: python3 is missing");
            return;
        };
        let report = String::from_utf8_lossy(&output.stdout).into_owned();
        let reached = figures(&report);
        println!(
            "{set}: value {:.2} full {:.2} precision {:.2}",
            reached.0, reached.1, reached.2
        );
        if reached.0 < value || reached.1 < full || reached.2 < precision {
            short.push(format!("{set} reached {reached:?}\n{report}"));
        }
    }
    assert!(short.is_empty(), "below the floors:\n{}", short.join("\n"));
}
