//! The engines `crf` and `cascade` through the binary.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{annotate, arg, headcount, is_sound, refused, tree};
use serde_json::Value;

/// Whole articles; together more than one chunk of the pipeline.
const CORPUS: &str = "corpus/gold/dev.jsonl";
/// Below what the CRF had there when it was made: 0.82.
const CRF_FLOOR: f64 = 0.80;

fn records(arguments: &[&str]) -> Vec<Value> {
    let output = annotate(arguments, 0);
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("a record"))
        .collect()
}

fn mentions(records: &[Value]) -> Vec<&Value> {
    records
        .iter()
        .flat_map(|record| record["mentions"].as_array().expect("mentions"))
        .collect()
}

#[test]
fn the_crf_finds_names_where_they_stand() {
    let records = records(&[CORPUS, "-o", "-", "--engine", "crf"]);
    let found = mentions(&records);
    assert!(found.len() > 100, "{} names", found.len());
    for record in &records {
        let text: Vec<char> = record["text"].as_str().expect("text").chars().collect();
        for mention in record["mentions"].as_array().expect("mentions") {
            let place = |key: &str| mention[key].as_u64().expect("an offset") as usize;
            let slice: String = text[place("start")..place("end")].iter().collect();
            assert_eq!(slice, mention["text"].as_str().expect("text"));
            let score = mention["score"].as_f64().expect("a score");
            assert!((0.0..=1.0).contains(&score));
        }
    }
}

/// Strict micro F1 of names on our own gold.
fn f1(engine: &str) -> f64 {
    let output = headcount()
        .args(["evaluate", CORPUS, "--engine", engine, "--output", "json"])
        .output()
        .expect("runs");
    assert_eq!(output.status.code(), Some(0));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let f1 = &report["figures"]["mentions"]["strict"]["micro"]["f1"];
    f1.as_f64().expect("a figure")
}

#[test]
fn the_cascade_is_no_worse_than_the_transformer_and_better_than_the_crf() {
    let [crf, cascade, transformer] = ["crf", "cascade", "native"].map(f1);
    assert!(crf > CRF_FLOOR, "{crf}");
    assert!(cascade > crf, "{cascade} beside {crf}");
    // What the default engine may lose.
    assert!(
        cascade > transformer - 0.002,
        "{cascade} beside {transformer}"
    );
}

#[test]
fn together_is_alone_for_both() {
    for engine in ["crf", "cascade"] {
        let folder = tempfile::tempdir().expect("a folder");
        let out = |name: &str| folder.path().join(name);
        for jobs in ["1", "3"] {
            annotate(
                &[
                    CORPUS,
                    "-o",
                    arg(&out(jobs)),
                    "--engine",
                    engine,
                    "--jobs",
                    jobs,
                ],
                0,
            );
        }
        assert_eq!(tree(&out("1")), tree(&out("3")), "{engine}");
        is_sound(&out("1"));
        // One article in a run of its own has the record that it had among the others.
        let content = fs::read_to_string(common::root().join(CORPUS)).expect("the corpus");
        let all = records(&[CORPUS, "-o", "-", "--engine", engine]);
        for place in [0, 7] {
            let alone = out("alone.jsonl");
            fs::write(&alone, content.lines().nth(place).expect("an article")).expect("written");
            let single = records(&[arg(&alone), "-o", "-", "--engine", engine]);
            for key in ["mentions", "numbers", "actors"] {
                assert_eq!(single[0][key], all[place][key], "{engine}, article {place}");
            }
        }
    }
}

#[test]
fn doubt_leads_from_both_models_to_the_crf() {
    let with = |engine: &str, doubt: &str| {
        let arguments = [
            CORPUS, "-o", "-", "--limit", "6", "--engine", engine, "--doubt", doubt,
        ];
        let records = records(&arguments);
        let names = records.iter().enumerate().flat_map(|(place, record)| {
            let mentions = record["mentions"].as_array().expect("mentions");
            let name = move |mention: &Value| {
                format!(
                    "{place} {} {} {}",
                    mention["start"], mention["end"], mention["type"]
                )
            };
            mentions.iter().map(name)
        });
        names.collect::<BTreeSet<String>>()
    };
    let (transformer, crf) = (with("native", "0.5"), with("crf", "0.5"));
    assert_ne!(transformer, crf, "or this test cannot fail");
    let (both, between) = (with("cascade", "0"), with("cascade", "0.5"));
    assert_eq!(with("cascade", "1"), crf);
    assert!(both != crf && between != crf && between != both);
    // Where both read, the transformer has the greater say.
    let apart = |names: &BTreeSet<String>| names.symmetric_difference(&transformer).count();
    assert!(
        apart(&both) * 2 < apart(&crf),
        "{} {}",
        apart(&both),
        apart(&crf)
    );
}

#[test]
fn a_run_is_not_continued_with_another_engine_or_another_doubt() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("run");
    let run = |engine: &str, doubt: &str| -> String {
        annotate(
            &[
                "corpus/wire.jsonl",
                "-o",
                arg(&out),
                "--engine",
                engine,
                "--doubt",
                doubt,
            ],
            0,
        );
        let manifest = fs::read_to_string(out.join("MANIFEST.json")).expect("a manifest");
        let manifest: Value = serde_json::from_str(&manifest).expect("JSON");
        manifest["identity"].to_string()
    };
    let identities = [
        run("crf", "0.1"),
        run("cascade", "0.1"),
        run("cascade", "0.2"),
    ];
    assert!(identities[0] != identities[1] && identities[1] != identities[2]);
}

#[test]
fn a_folder_without_the_model_and_a_doubt_out_of_range_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = |arguments: &[&str]| refused(&[&["--engine", "crf"], arguments].concat());
    let missing = told(&["--model", arg(folder.path())]);
    assert!(
        missing.contains("model.crf") && missing.contains(arg(folder.path())),
        "{missing}"
    );
    fs::write(folder.path().join("model.crf"), b"HCCRF\0\x01\0").expect("written");
    let short = told(&["--model", arg(folder.path())]);
    assert!(short.contains("ends early"), "{short}");
    assert!(told(&["--doubt", "1.5"]).contains("from 0 to 1"));
}

#[test]
fn a_model_from_a_folder_gives_what_the_built_in_one_gives() {
    let built_in = records(&["corpus/wire.jsonl", "-o", "-", "--engine", "crf"]);
    let folder = common::root().join("models/headcount-crf");
    let loaded = records(&[
        "corpus/wire.jsonl",
        "-o",
        "-",
        "--engine",
        "crf",
        "--model",
        arg(Path::new(&folder)),
    ]);
    assert_eq!(built_in, loaded);
}
