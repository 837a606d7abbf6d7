//! What a model folder may hold, and how a broken one is told.

use std::fs;
use std::path::Path;

use headcount::tag::engine::{Engine, EngineChoice, EngineName};
use serde_json::Value;

use super::common::arg;
use super::{load, made, score, windows};

#[test]
fn weights_of_libtorchs_own_archive_are_the_same_weights() {
    for architecture in ["bert", "deberta-v2"] {
        let model = made(architecture);
        let inputs = windows(2, 60);
        let expected = score(&load(model.path(), 1).expect("an engine"), &inputs);
        let safetensors = model.path().join("model.safetensors");
        let tensors = tch::Tensor::read_safetensors(&safetensors).expect("read");
        tch::Tensor::save_multi(&tensors, model.path().join("rust_model.ot")).expect("written");
        fs::remove_file(safetensors).expect("removed");
        let found = score(&load(model.path(), 1).expect("an engine"), &inputs);
        assert!(found == expected, "{architecture}");
    }
}

#[test]
fn broken_folders_are_told_with_file_and_key() {
    type Damage = fn(&Path);
    let cases: [(Damage, &[&str]); 11] = [
        (
            |folder| fs::remove_file(folder.join("config.json")).expect("removed"),
            &["config.json", "no such file"],
        ),
        (
            |folder| fs::remove_file(folder.join("tokenizer.json")).expect("removed"),
            &["tokenizer.json", "no such file"],
        ),
        (
            |folder| fs::remove_file(folder.join("model.safetensors")).expect("removed"),
            &["model.safetensors", "rust_model.ot", "no such file"],
        ),
        (
            |folder| {
                let (weights, pickled) = ("model.safetensors", "pytorch_model.bin");
                fs::rename(folder.join(weights), folder.join(pickled)).expect("renamed");
            },
            &[
                "model.safetensors",
                "pytorch_model.bin",
                "scripts/convert-model",
            ],
        ),
        (
            |folder| {
                edit(
                    folder,
                    "id2label",
                    Some(serde_json::json!({"0": "O", "1": "I-PER"})),
                )
            },
            &["model.safetensors", "classifier", "[2", "[9"],
        ),
        (
            |folder| edit(folder, "model_type", None),
            &["config.json", "model_type"],
        ),
        (
            |folder| edit(folder, "model_type", Some("gpt2".into())),
            &["config.json", "gpt2", "electra"],
        ),
        (
            |folder| edit(folder, "hidden_size", None),
            &["config.json", "hidden_size"],
        ),
        (
            |folder| edit(folder, "num_hidden_layers", Some(3.into())),
            &["model.safetensors", "encoder.layer.2"],
        ),
        (
            |folder| edit(folder, "intermediate_size", Some(65.into())),
            &["model.safetensors", "intermediate", "65"],
        ),
        (
            |folder| {
                let path = folder.join("model.safetensors");
                let half = fs::read(&path).expect("read");
                fs::write(&path, &half[..half.len() / 2]).expect("written");
            },
            &["model.safetensors", "cannot be read"],
        ),
    ];
    for (damage, told) in cases {
        let model = made("bert");
        damage(model.path());
        let error = load(model.path(), 1).err().expect("refused").to_string();
        for told in told {
            assert!(error.contains(told), "{told}: {error}");
        }
        assert!(error.contains(arg(model.path())), "{error}");
    }
    let error = Engine::load(
        &EngineChoice {
            engine: EngineName::Libtorch,
            ..EngineChoice::default()
        },
        1,
    );
    assert!(
        error
            .err()
            .expect("refused")
            .to_string()
            .contains("--model")
    );
}

#[test]
fn forms_of_deberta_that_are_not_built_are_refused_with_the_key() {
    let cases: [(&str, &str, Value); 10] = [
        ("deberta", "pos_att_type", "c2p|p2p".into()),
        ("deberta", "talking_head", true.into()),
        ("deberta", "hidden_act", "snake".into()),
        ("deberta", "max_relative_positions", (1u64 << 40).into()),
        ("deberta-v2", "num_attention_heads", 0.into()),
        ("deberta-v2", "num_attention_heads", 5.into()),
        ("deberta-v2", "attention_head_size", 16.into()),
        ("deberta-v2", "position_buckets", 1.into()),
        ("deberta-v2, convolution", "conv_kernel_size", 4.into()),
        ("deberta-v2, convolution", "conv_groups", 3.into()),
    ];
    for (form, key, value) in cases {
        let model = made(form);
        edit(model.path(), key, Some(value.clone()));
        let error = load(model.path(), 1).err().expect("refused").to_string();
        // Of an activation its names are told, for want of the key.
        let told = if key == "hidden_act" { "snake" } else { key };
        assert!(
            error.contains("config.json") && error.contains(told),
            "{form}, {key} {value}: {error}"
        );
    }
    // Fewer buckets than the table of distances has.
    let model = made("deberta-v2");
    edit(model.path(), "position_buckets", Some(64.into()));
    let error = load(model.path(), 1).err().expect("refused").to_string();
    assert!(
        error.contains("rel_embeddings") && error.contains("128"),
        "{error}"
    );
}

/// Sets a key of `config.json`, or takes it out.
fn edit(folder: &Path, key: &str, value: Option<Value>) {
    let path = folder.join("config.json");
    let mut config: Value = serde_json::from_slice(&fs::read(&path).expect("read")).expect("JSON");
    match value {
        Some(value) => config[key] = value,
        None => {
            config.as_object_mut().expect("an object").remove(key);
        }
    }
    fs::write(&path, config.to_string()).expect("written");
}
