//! Model folders of each architecture with random weights, made on the spot: names and shapes of the tensors are those that
//! Hugging Face's checkpoints have. DeBERTa, which has many forms, is in `deberta.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{deberta, tokenizers};

pub const HIDDEN: usize = 32;
pub const INNER: usize = 64;
pub const LAYERS: usize = 2;
const LABELS: [&str; 9] = [
    "O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC",
];

/// Those that the engine has. Each is named by the `model_type` that its `config.json` gives, and where that has several forms, by
/// what distinguishes this one.
pub const ARCHITECTURES: [&str; 10] = [
    "bert",
    "distilbert",
    "roberta",
    "xlm-roberta",
    "electra",
    "deberta",
    "deberta, near",
    "deberta-v2",
    "deberta-v2, convolution",
    "deberta-v2, absolute",
];

pub type Shapes = BTreeMap<String, Vec<usize>>;

/// Writes `config.json`, `tokenizer.json` and `model.safetensors` of an architecture.
pub fn write(architecture: &str, folder: &Path) {
    let tokenizer = match architecture {
        "xlm-roberta" => tokenizers::unigram(true),
        v2 if v2.starts_with("deberta-v2") => tokenizers::unigram(false),
        v1 if v1.starts_with("deberta") => tokenizers::byte_level(),
        "roberta" => tokenizers::byte_level(),
        _ => tokenizers::word_piece(),
    };
    let vocabulary = match &tokenizer["model"]["vocab"] {
        Value::Object(pieces) => pieces.len(),
        Value::Array(pieces) => pieces.len(),
        other => panic!("a vocabulary: {other}"),
    };
    let config = config(architecture, vocabulary);
    fs::write(folder.join("config.json"), format!("{config:#}")).expect("written");
    fs::write(folder.join("tokenizer.json"), tokenizer.to_string()).expect("written");
    fs::write(
        folder.join("model.safetensors"),
        safetensors(&shapes(architecture, vocabulary)),
    )
    .expect("written");
}

fn config(architecture: &str, vocabulary: usize) -> Value {
    let labels = LABELS.iter().enumerate();
    let id2label: Value = Value::Object(
        labels
            .map(|(id, label)| (id.to_string(), json!(label)))
            .collect(),
    );
    let is_roberta = architecture.contains("roberta");
    let mut config = json!({
        "model_type": architecture.split(',').next(),
        "id2label": id2label,
        "label2id": Value::Object(LABELS.iter().enumerate().map(|(id, label)| ((*label).to_owned(), json!(id))).collect()),
        "vocab_size": vocabulary,
        "max_position_embeddings": if is_roberta { 514 } else { 512 },
        "initializer_range": 0.02,
        "pad_token_id": i32::from(is_roberta),
    });
    let more = match architecture {
        "distilbert" => json!({
            "activation": "gelu", "attention_dropout": 0.1, "dim": HIDDEN, "dropout": 0.1, "hidden_dim": INNER, "n_heads": 4,
            "n_layers": LAYERS, "qa_dropout": 0.1, "seq_classif_dropout": 0.2, "sinusoidal_pos_embds": false, "tie_weights_": true,
        }),
        _ => json!({
            "hidden_act": "gelu", "attention_probs_dropout_prob": 0.1, "hidden_dropout_prob": 0.1, "hidden_size": HIDDEN,
            "intermediate_size": INNER, "num_attention_heads": 4, "num_hidden_layers": LAYERS, "layer_norm_eps": 1e-12,
            "type_vocab_size": match architecture { "bert" | "electra" => 2, _ => 1 },
        }),
    };
    let own = match architecture {
        "electra" => json!({"embedding_size": 16}),
        form if form.starts_with("deberta") => deberta::config(form),
        _ => json!({}),
    };
    for part in [more, own] {
        for (key, value) in part.as_object().expect("an object") {
            config[key] = value.clone();
        }
    }
    config
}

fn shapes(architecture: &str, vocabulary: usize) -> Shapes {
    let mut shapes = Shapes::new();
    if architecture.starts_with("deberta") {
        deberta::shapes(&mut shapes, architecture, vocabulary);
    } else {
        bert_like(&mut shapes, architecture, vocabulary);
    }
    linear(&mut shapes, "classifier", HIDDEN, LABELS.len());
    shapes
}

fn bert_like(shapes: &mut Shapes, architecture: &str, vocabulary: usize) {
    let prefix = match architecture {
        "xlm-roberta" => "roberta",
        other => other,
    };
    let embedded = if architecture == "electra" {
        16
    } else {
        HIDDEN
    };
    let positions = if architecture.contains("roberta") {
        514
    } else {
        512
    };
    let embeddings = format!("{prefix}.embeddings");
    shapes.insert(
        format!("{embeddings}.word_embeddings.weight"),
        vec![vocabulary, embedded],
    );
    shapes.insert(
        format!("{embeddings}.position_embeddings.weight"),
        vec![positions, embedded],
    );
    if architecture != "distilbert" {
        let types = if positions == 514 { 1 } else { 2 };
        shapes.insert(
            format!("{embeddings}.token_type_embeddings.weight"),
            vec![types, embedded],
        );
    }
    norm(shapes, &format!("{embeddings}.LayerNorm"), embedded);
    if architecture == "electra" {
        linear(shapes, "electra.embeddings_project", embedded, HIDDEN);
    }
    for index in 0..LAYERS {
        if architecture == "distilbert" {
            let layer = format!("distilbert.transformer.layer.{index}");
            for name in ["q_lin", "k_lin", "v_lin", "out_lin"] {
                linear(shapes, &format!("{layer}.attention.{name}"), HIDDEN, HIDDEN);
            }
            norm(shapes, &format!("{layer}.sa_layer_norm"), HIDDEN);
            linear(shapes, &format!("{layer}.ffn.lin1"), HIDDEN, INNER);
            linear(shapes, &format!("{layer}.ffn.lin2"), INNER, HIDDEN);
            norm(shapes, &format!("{layer}.output_layer_norm"), HIDDEN);
            continue;
        }
        let layer = format!("{prefix}.encoder.layer.{index}");
        let own = format!("{layer}.attention.self");
        for name in ["query", "key", "value"] {
            linear(shapes, &format!("{own}.{name}"), HIDDEN, HIDDEN);
        }
        after_attention(shapes, &layer);
    }
}

/// What follows attention in a layer of BERT and of those that are named like it.
pub fn after_attention(shapes: &mut Shapes, layer: &str) {
    linear(
        shapes,
        &format!("{layer}.attention.output.dense"),
        HIDDEN,
        HIDDEN,
    );
    norm(
        shapes,
        &format!("{layer}.attention.output.LayerNorm"),
        HIDDEN,
    );
    linear(
        shapes,
        &format!("{layer}.intermediate.dense"),
        HIDDEN,
        INNER,
    );
    linear(shapes, &format!("{layer}.output.dense"), INNER, HIDDEN);
    norm(shapes, &format!("{layer}.output.LayerNorm"), HIDDEN);
}

pub fn linear(shapes: &mut Shapes, name: &str, from: usize, to: usize) {
    shapes.insert(format!("{name}.weight"), vec![to, from]);
    shapes.insert(format!("{name}.bias"), vec![to]);
}

pub fn norm(shapes: &mut Shapes, name: &str, width: usize) {
    shapes.insert(format!("{name}.weight"), vec![width]);
    shapes.insert(format!("{name}.bias"), vec![width]);
}

/// The file: the length of a heading in JSON, the heading, and the values. The values are the same on every machine.
fn safetensors(shapes: &Shapes) -> Vec<u8> {
    let mut heading = serde_json::Map::new();
    let mut values: Vec<u8> = Vec::new();
    let mut state = 20_260_101u64;
    for (name, shape) in shapes {
        let from = values.len();
        let is_norm = name.contains("orm.weight");
        for _ in 0..shape.iter().product() {
            let value = random(&mut state) * 0.4;
            let value = if is_norm { 1.0 + value } else { value };
            values.extend(value.to_le_bytes());
        }
        heading.insert(
            name.clone(),
            json!({"dtype": "F32", "shape": shape, "data_offsets": [from, values.len()]}),
        );
    }
    heading.insert("__metadata__".to_owned(), json!({"format": "pt"}));
    let heading = Value::Object(heading).to_string();
    let mut file = (heading.len() as u64).to_le_bytes().to_vec();
    file.extend(heading.as_bytes());
    file.extend(values);
    file
}

/// From -0.5 to 0.5 (SplitMix64; Steele, Lea and Flood 2014).
fn random(state: &mut u64) -> f32 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    (mixed >> 40) as f32 / (1u64 << 24) as f32 - 0.5
}
