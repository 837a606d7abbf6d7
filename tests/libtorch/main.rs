//! The engine `libtorch`: each architecture loads, computes what Hugging Face's own code computes, and gives together what
//! it gives alone; broken folders fail well; the shipped weights give what the default engine gives.
#![cfg(feature = "libtorch")]

#[path = "../common/mod.rs"]
mod common;
mod deberta;
mod folders;
mod tiny;
#[path = "../common/tokenizers.rs"]
mod tokenizers;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::{annotate, arg, records, refused};
use headcount::tag::engine::{Engine, EngineChoice, EngineName};
use headcount::tag::{Input, ModelError, Scores};
use serde_json::Value;

fn load(folder: &Path, threads: usize) -> Result<Engine, ModelError> {
    let choice = EngineChoice {
        engine: EngineName::Libtorch,
        model: Some(folder.to_owned()),
        ..EngineChoice::default()
    };
    Engine::load(&choice, threads)
}

fn made(architecture: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    tiny::write(architecture, folder.path());
    folder
}

fn shipped() -> PathBuf {
    common::root().join("models/headcount-ner")
}

/// Windows of all lengths, with ids below `vocabulary`.
fn windows(count: usize, vocabulary: u32) -> Vec<Input> {
    (0..count)
        .map(|window| {
            let length = 3 + (window * 37) % 190;
            let id =
                |piece: usize| ((window * 7919 + piece * 104_729) as u32) % (vocabulary - 5) + 5;
            Input {
                ids: (0..length).map(id).collect(),
                cases: vec![0; length],
            }
        })
        .collect()
}

fn score(engine: &Engine, windows: &[Input]) -> Vec<Scores> {
    let transformer = engine.transformer().expect("a transformer");
    transformer.tagger().score(windows).expect("scores")
}

#[test]
fn each_architecture_computes_what_transformers_computes() {
    // Log probabilities of two windows, by tests/libtorch/reference.py; of more where one says so.
    let reference = std::env::var_os("TINY_REFERENCE").map(PathBuf::from);
    let reference =
        reference.unwrap_or_else(|| common::root().join("tests/libtorch/reference.json"));
    let reference = fs::read(reference).expect("read");
    let reference: BTreeMap<String, Vec<Vec<Vec<f32>>>> =
        serde_json::from_slice(&reference).expect("JSON");
    let mut far = Vec::new();
    for architecture in tiny::ARCHITECTURES {
        let model = made(architecture);
        let engine = load(model.path(), 1).expect(architecture);
        let expected = &reference[architecture];
        let inputs = windows(expected.len(), 60);
        let mut largest = 0.0f32;
        for (scores, expected) in score(&engine, &inputs).iter().zip(expected) {
            for (piece, expected) in expected.iter().enumerate() {
                let row = scores.row(piece).expect("a row");
                assert_eq!(row.len(), expected.len(), "{architecture}");
                for (found, expected) in row.iter().zip(expected) {
                    largest = largest.max((found - expected).abs());
                }
            }
            assert!(scores.row(expected.len()).is_none(), "{architecture}");
        }
        println!("{architecture}: within {largest:.1e}");
        if largest > 1e-4 {
            far.push(architecture);
        }
    }
    assert!(far.is_empty(), "{far:?}");
}

/// Writes the models for `reference.py`.
#[test]
#[ignore = "makes the folders that reference.py reads: TINY_MODELS=DIR"]
fn write_the_models() {
    let folder = PathBuf::from(std::env::var_os("TINY_MODELS").expect("TINY_MODELS=DIR"));
    for architecture in tiny::ARCHITECTURES {
        let model = folder.join(architecture);
        fs::create_dir_all(&model).expect("a folder");
        tiny::write(architecture, &model);
        let inputs = windows(6, 60);
        let ids: Vec<&Vec<u32>> = inputs.iter().map(|input| &input.ids).collect();
        fs::write(
            model.join("windows.json"),
            serde_json::to_vec(&ids).expect("JSON"),
        )
        .expect("written");
    }
}

#[test]
fn windows_together_are_windows_alone() {
    let tiny = tiny::ARCHITECTURES.map(|architecture| (made(architecture), 60));
    let folders = tiny
        .iter()
        .map(|(folder, vocabulary)| (folder.path().to_owned(), *vocabulary));
    for (folder, vocabulary) in folders.chain([(shipped(), 30_000)]) {
        let engine = load(&folder, 1).expect("an engine");
        let all = windows(130, vocabulary);
        let alone: Vec<Scores> = all
            .iter()
            .flat_map(|window| score(&engine, std::slice::from_ref(window)))
            .collect();
        for count in [1, 63, 64, 65, 130] {
            let together = score(&engine, &all[..count]);
            assert!(
                together == alone[..count],
                "{}: {count} windows",
                folder.display()
            );
        }
    }
}

#[test]
fn each_architecture_annotates_and_jobs_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("wire.jsonl");
    fs::write(&input, common::wire(40)).expect("written");
    for architecture in tiny::ARCHITECTURES {
        let model = made(architecture);
        let outputs = ["1", "3"].map(|jobs| {
            let output = folder.path().join(format!("{architecture}{jobs}"));
            annotate(
                &[
                    arg(&input),
                    "-o",
                    arg(&output),
                    "--engine",
                    "libtorch",
                    "--model",
                    arg(model.path()),
                    "--jobs",
                    jobs,
                ],
                0,
            );
            common::is_sound(&output);
            common::tree(&output)
        });
        assert!(outputs[0] == outputs[1], "{architecture}");
        let manifest: Value = serde_json::from_slice(&outputs[0]["MANIFEST.json"]).expect("JSON");
        assert_eq!(manifest["identity"]["engine"], "libtorch");
    }
}

#[test]
fn a_device_that_is_not_there_is_told() {
    let told = |device: &str| {
        let on = ["--engine", "libtorch", "--device", device];
        refused(&[&on[..], &["--model", arg(&shipped())]].concat())
    };
    assert!(told("tpu").contains("--device"), "{}", told("tpu"));
    assert!(told("cuda:99").contains("cuda:99"), "{}", told("cuda:99"));
}

/// The names of records, each as article, place and type.
fn names(records: &[Value]) -> Vec<String> {
    let of = |record: &Value| {
        let mentions = record["mentions"].as_array().expect("mentions").clone();
        let id = record["id"].clone();
        mentions.into_iter().map(move |mention| {
            format!(
                "{id} {}-{} {}",
                mention["start"], mention["end"], mention["type"]
            )
        })
    };
    records.iter().flat_map(of).collect()
}

#[test]
fn the_shipped_weights_give_nearly_what_int8_gives() {
    // That they give exactly what they give in float32 on the default engine needs that graph: scripts/check-engines.
    let folder = tempfile::tempdir().expect("a folder");
    let found = [["onnx", "a"], ["libtorch", "b"]].map(|[engine, name]| {
        let output = folder.path().join(name);
        let model = shipped();
        annotate(
            &[
                "corpus/",
                "-o",
                arg(&output),
                "--engine",
                engine,
                "--model",
                arg(&model),
            ],
            0,
        );
        names(&records(&output))
    });
    let [onnx, libtorch] = found.map(|names| {
        names
            .into_iter()
            .collect::<std::collections::BTreeSet<String>>()
    });
    let differ = onnx.symmetric_difference(&libtorch).count();
    let share = differ as f64 / (onnx.len() + libtorch.len()) as f64;
    println!(
        "{} names in int8, {} in float32; {differ} in one of them only, {:.2}%",
        onnx.len(),
        libtorch.len(),
        share * 100.0
    );
    assert!(onnx.len() > 500, "{}", onnx.len());
    assert!(share < 0.06, "{share}");
}
