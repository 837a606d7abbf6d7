//! The choice of an engine and a model, through the binary: a folder gives what the same model built in gives, another
//! model is another run, and a fault is told with its file.

mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use common::{annotate, arg, headcount, records, tree, wire};
use serde_json::Value;

/// The shipped model as a folder, which a test may damage.
fn model() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for file in ["config.json", "tokenizer.json", "model.onnx"] {
        let from = common::root().join("models/headcount-ner").join(file);
        fs::copy(from, folder.path().join(file)).expect("copied");
    }
    folder
}

/// What `annotate` says and exits with, on an article, with these options more.
fn annotated(arguments: &[&str]) -> (Output, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("wire.jsonl");
    fs::write(&input, wire(1)).expect("written");
    let output = headcount()
        .args(["annotate", arg(&input), "-o", "-"])
        .args(arguments)
        .output()
        .expect("the binary runs");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    (output, told)
}

fn edit(folder: &Path, change: impl FnOnce(&mut Value)) {
    let path = folder.join("config.json");
    let mut config: Value = serde_json::from_slice(&fs::read(&path).expect("read")).expect("JSON");
    change(&mut config);
    fs::write(&path, config.to_string()).expect("written");
}

#[test]
fn a_folder_gives_what_the_same_model_built_in_gives() {
    let model = model();
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("wire.jsonl");
    fs::write(&input, wire(5)).expect("written");
    let output = folder.path().join("out");
    let run = |model: &[&str]| {
        let native = [arg(&input), "-o", arg(&output), "--engine", "native"];
        annotate(&[&native, model].concat(), 0)
    };
    run(&[]);
    let before = tree(&output);
    // The same bytes of a model are the same identity, so that nothing is done again.
    let told = run(&["--model", arg(model.path())]);
    assert!(
        String::from_utf8_lossy(&told.stderr).contains("1 of 1 shards were done before"),
        "{told:?}"
    );
    assert_eq!(tree(&output), before);
    let manifest: Value = serde_json::from_slice(&before["MANIFEST.json"]).expect("JSON");
    assert_eq!(manifest["identity"]["engine"], "native");
}

#[test]
fn another_model_is_another_run() {
    let model = model();
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("wire.jsonl");
    fs::write(&input, wire(2)).expect("written");
    let output = folder.path().join("out");
    annotate(&[arg(&input), "-o", arg(&output)], 0);
    let raw = |records: &[Value]| -> Vec<f64> {
        let mentions = records
            .iter()
            .flat_map(|record| record["mentions"].as_array().expect("mentions"));
        mentions
            .filter_map(|mention| mention["score"].as_f64())
            .collect()
    };
    let calibrated = raw(&records(&output));
    edit(model.path(), |config| {
        config
            .as_object_mut()
            .expect("an object")
            .remove("_score_knots");
    });
    let told = annotate(
        &[
            arg(&input),
            "-o",
            arg(&output),
            "--model",
            arg(model.path()),
        ],
        0,
    );
    assert!(
        !String::from_utf8_lossy(&told.stderr).contains("done before"),
        "{told:?}"
    );
    assert_ne!(raw(&records(&output)), calibrated);
}

#[test]
fn a_broken_folder_is_told_with_its_file() {
    type Damage = fn(&Path);
    let cases: [(Damage, &[&str]); 10] = [
        (
            |folder| fs::remove_file(folder.join("config.json")).expect("removed"),
            &["config.json", "no such file"],
        ),
        (
            |folder| fs::remove_file(folder.join("tokenizer.json")).expect("removed"),
            &["tokenizer.json", "no such file"],
        ),
        (
            |folder| fs::remove_file(folder.join("model.onnx")).expect("removed"),
            &["model.onnx", "no such file"],
        ),
        (
            |folder| fs::write(folder.join("config.json"), "{").expect("written"),
            &["config.json"],
        ),
        (
            |folder| fs::write(folder.join("tokenizer.json"), "{}").expect("written"),
            &["tokenizer.json"],
        ),
        (
            |folder| fs::write(folder.join("model.onnx"), "no graph").expect("written"),
            &["model.onnx"],
        ),
        (
            |folder| {
                edit(folder, |config| {
                    config
                        .as_object_mut()
                        .expect("an object")
                        .remove("id2label");
                })
            },
            &["config.json", "id2label"],
        ),
        (
            |folder| edit(folder, |config| config["id2label"]["1"] = "B-GENE".into()),
            &["config.json", "B-GENE", "--label-map"],
        ),
        (
            |folder| edit(folder, |config| config["vocab_size"] = 1000.into()),
            &["tokenizer.json", "vocab_size"],
        ),
        (
            |folder| {
                edit(folder, |config| {
                    config["max_position_embeddings"] = 128.into()
                })
            },
            &["config.json", "max_position_embeddings"],
        ),
    ];
    for (damage, told) in cases {
        let model = model();
        damage(model.path());
        let (output, stderr) = annotated(&["--model", arg(model.path())]);
        assert_eq!(output.status.code(), Some(2), "{told:?}: {stderr}");
        assert!(output.stdout.is_empty());
        assert!(stderr.contains(arg(model.path())), "{stderr}");
        for told in told {
            assert!(stderr.contains(told), "{told}: {stderr}");
        }
    }
    let (output, stderr) = annotated(&["--model", "no/such/folder"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr.contains("no/such/folder") && stderr.contains("no such folder"),
        "{stderr}"
    );
}

#[test]
fn labels_are_what_the_map_says() {
    let model = model();
    edit(model.path(), |config| {
        let labels = config["id2label"].as_object_mut().expect("labels");
        for (id, label) in labels.iter_mut() {
            // As exports that lost their names have them.
            *label = format!("LABEL_{id}").into();
        }
    });
    let (output, told) = annotated(&["--model", arg(model.path())]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("LABEL_"), "{told}");
    // Persons alone, as organisations.
    let mut table = "name,type\nLABEL_1,B-ORG\nLABEL_2,I-ORG\n".to_owned();
    for id in std::iter::once(0).chain(3..17) {
        table += &format!("LABEL_{id},O\n");
    }
    let map = model.path().join("map.csv");
    fs::write(&map, table).expect("written");
    let (output, told) = annotated(&["--model", arg(model.path()), "--label-map", arg(&map)]);
    assert_eq!(output.status.code(), Some(0), "{told}");
    let record: Value = serde_json::from_slice(&output.stdout).expect("a record");
    let mentions = record["mentions"].as_array().expect("mentions");
    let karimi = mentions
        .iter()
        .find(|mention| mention["text"] == "Ahmad Karimi");
    assert_eq!(karimi.expect("found")["type"], "ORG");
    fs::write(&map, "name,type\nLABEL_0,THING\n").expect("written");
    let (output, told) = annotated(&["--model", arg(model.path()), "--label-map", arg(&map)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("map.csv: line 2"), "{told}");
    let (output, told) = annotated(&["--label-map", arg(&map)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("--model"), "{told}");
}

#[test]
fn evaluate_and_bench_take_an_engine_and_a_model() {
    let model = model();
    fs::remove_file(model.path().join("model.onnx")).expect("removed");
    for verb in [
        vec!["evaluate", "corpus/gold/dev.jsonl"],
        vec!["bench", "--runs", "1"],
    ] {
        let output = headcount()
            .args(&verb)
            .args(["--engine", "onnx", "--model", arg(model.path())])
            .output()
            .expect("the binary runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{verb:?}: {told}");
        assert!(told.contains("model.onnx"), "{verb:?}: {told}");
    }
}
