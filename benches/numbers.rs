//! How fast numbers are read, on one thread, beside the crate `text2num`, which reads number words only.
//!
//! Both are timed in turns in one process, so that a machine whose speed drifts does not change their
//! ratio. `cargo bench --bench numbers [-- ROUNDS]`; the texts are the bodies of Reuters-21578 where
//! they lie beside the project (or under `HEADCOUNT_SHARED`), else the sentences of `corpus/numbers`.
//! A table of numbers of growing length then shows that the time grows with it.

mod common;

use std::hint::black_box;
use std::path::{Path, PathBuf};

use common::{median, time};
use headcount::number::extract;
use headcount::text::{Span, Text, sentence::sentences};
use serde_json::Value;
use text2num::{Language, replace_numbers_in_text};

const PUBLISHED: jiff::civil::Date = jiff::civil::date(1987, 10, 20);

fn main() {
    let rounds = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(7);
    let (name, bodies) = bodies();
    let texts: Vec<(Text, Vec<Span>)> = bodies.into_iter().map(divided).collect();
    let bytes: usize = texts.iter().map(|(text, _)| text.as_str().len()).sum();
    let megabytes = bytes as f64 / 1e6;
    println!(
        "{name}: {} texts, {megabytes:.1} MB, {rounds} rounds in turns",
        texts.len()
    );

    let english = Language::english();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut count = 0;
    // The first round warms up and is not counted.
    for round in 0..=rounds {
        let numbers = time(|| {
            count = texts.iter().map(|(text, spans)| numbers(text, spans)).sum();
        });
        let words = time(|| {
            for (text, _) in &texts {
                black_box(replace_numbers_in_text(text.as_str(), &english, 0.0));
            }
        });
        if round > 0 {
            ours.push(numbers);
            theirs.push(words);
        }
    }
    let mut ratios: Vec<f64> = theirs.iter().zip(&ours).map(|(t, o)| t / o).collect();
    println!(
        "number::extract {:7.1} MB/s  ({count} numbers)",
        megabytes / median(&mut ours)
    );
    println!(
        "text2num        {:7.1} MB/s",
        megabytes / median(&mut theirs)
    );
    println!(
        "ratio           {:7.2}       median of the rounds",
        median(&mut ratios)
    );

    for rows in [1_000, 4_000, 16_000] {
        let (text, spans) = divided("12 1,300 4.5 nil 564 2/3 7,040 61.2 Mar 88\n".repeat(rows));
        let mut times: Vec<f64> = (0..5)
            .map(|_| {
                time(|| {
                    black_box(numbers(&text, &spans));
                })
            })
            .collect();
        let speed = text.as_str().len() as f64 / 1e6 / median(&mut times);
        println!("table of {rows:6} rows  {speed:7.1} MB/s");
    }
}

fn divided(body: String) -> (Text, Vec<Span>) {
    let text = Text::new(body);
    let spans = sentences(&text, text.whole());
    (text, spans)
}

fn numbers(text: &Text, spans: &[Span]) -> usize {
    black_box(extract(text, spans, &[], &[], Some(PUBLISHED))).len()
}

fn bodies() -> (&'static str, Vec<String>) {
    let shared = std::env::var_os("HEADCOUNT_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let folder = shared.join("data/archives/reuters21578/json-data");
    let mut bodies = Vec::new();
    for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let text = std::fs::read_to_string(file.path()).expect("a file of Reuters-21578");
        let articles: Vec<Value> = serde_json::from_str(&text).expect("a list of articles");
        bodies.extend(
            articles
                .iter()
                .filter_map(|article| article["body"].as_str().map(str::to_owned)),
        );
    }
    if !bodies.is_empty() {
        return ("Reuters-21578", bodies);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/numbers");
    for half in ["dev", "test"] {
        let lines = std::fs::read_to_string(folder.join(format!("{half}.jsonl"))).expect("corpus");
        bodies.extend(lines.lines().map(|line| {
            let case: Value = serde_json::from_str(line).expect("a case is JSON");
            case["text"].as_str().expect("text").to_owned()
        }));
    }
    ("corpus/numbers", bodies)
}
