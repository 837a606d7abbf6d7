//! DeBERTa in five forms: v1 and v3 as they are published, and three that between them have all else that the engine builds.

use serde_json::{Value, json};

use super::tiny::{HIDDEN, LAYERS, Shapes, after_attention, linear, norm};

const POSITIONS: usize = 512;

/// The keys that only DeBERTa has.
pub fn config(form: &str) -> Value {
    match form {
        "deberta" => json!({
            "relative_attention": true, "max_relative_positions": -1, "position_biased_input": false, "pos_att_type": "c2p|p2c",
            "type_vocab_size": 0, "layer_norm_eps": 1e-7,
        }),
        // Windows are longer than the distances that are told apart.
        "deberta, near" => json!({
            "relative_attention": true, "max_relative_positions": 24, "position_biased_input": true, "pos_att_type": ["c2p"],
            "type_vocab_size": 2, "layer_norm_eps": 1e-7, "embedding_size": 16, "hidden_act": "relu",
        }),
        "deberta-v2" => json!({
            "relative_attention": true, "max_relative_positions": -1, "position_biased_input": false, "pos_att_type": "p2c|c2p",
            "position_buckets": 256, "norm_rel_ebd": "layer_norm", "share_att_key": true, "type_vocab_size": 0, "layer_norm_eps": 1e-7,
        }),
        // Windows reach buckets that many distances share, and the last.
        "deberta-v2, convolution" => json!({
            "relative_attention": true, "max_relative_positions": 32, "position_biased_input": false, "pos_att_type": ["p2c", "c2p"],
            "position_buckets": 8, "norm_rel_ebd": "none", "share_att_key": false, "type_vocab_size": 2, "layer_norm_eps": 1e-7,
            "attention_head_size": HIDDEN / 4, "conv_kernel_size": 3, "conv_groups": 2, "conv_act": "gelu",
        }),
        "deberta-v2, absolute" => json!({
            "relative_attention": false, "position_biased_input": true, "pos_att_type": null, "type_vocab_size": 0, "layer_norm_eps": 1e-7,
            "hidden_act": "gelu_new",
        }),
        other => panic!("no such form: {other}"),
    }
}

/// All tensors but the classifier's.
pub fn shapes(shapes: &mut Shapes, form: &str, vocabulary: usize) {
    let config = config(form);
    let number = |key: &str| config[key].as_u64().unwrap_or(0) as usize;
    let is = |key: &str| config[key].as_bool().unwrap_or(false);
    let embedded = match number("embedding_size") {
        0 => HIDDEN,
        size => size,
    };
    let mut table = |name: &str, rows: usize| {
        if rows > 0 {
            let name = format!("deberta.embeddings.{name}.weight");
            shapes.insert(name, vec![rows, embedded]);
        }
    };
    table("word_embeddings", vocabulary);
    table("token_type_embeddings", number("type_vocab_size"));
    let positions = if is("position_biased_input") {
        POSITIONS
    } else {
        0
    };
    table("position_embeddings", positions);
    if embedded != HIDDEN {
        let name = "deberta.embeddings.embed_proj.weight".to_owned();
        shapes.insert(name, vec![HIDDEN, embedded]);
    }
    norm(shapes, "deberta.embeddings.LayerNorm", HIDDEN);
    for index in 0..LAYERS {
        let layer = format!("deberta.encoder.layer.{index}");
        let own = |part: &str| format!("{layer}.attention.self.{part}");
        if form.starts_with("deberta-v2") {
            for name in ["query_proj", "key_proj", "value_proj"] {
                linear(shapes, &own(name), HIDDEN, HIDDEN);
            }
            if is("relative_attention") && !is("share_att_key") {
                linear(shapes, &own("pos_key_proj"), HIDDEN, HIDDEN);
                linear(shapes, &own("pos_query_proj"), HIDDEN, HIDDEN);
            }
        } else {
            shapes.insert(own("in_proj.weight"), vec![3 * HIDDEN, HIDDEN]);
            shapes.insert(own("q_bias"), vec![HIDDEN]);
            shapes.insert(own("v_bias"), vec![HIDDEN]);
            shapes.insert(own("pos_proj.weight"), vec![HIDDEN, HIDDEN]);
            if config["pos_att_type"].to_string().contains("p2c") {
                linear(shapes, &own("pos_q_proj"), HIDDEN, HIDDEN);
            }
        }
        after_attention(shapes, &layer);
    }
    if is("relative_attention") {
        let furthest = match number("max_relative_positions") {
            0 => POSITIONS,
            given => given,
        };
        let span = match number("position_buckets") {
            0 => furthest,
            buckets => buckets,
        };
        let name = "deberta.encoder.rel_embeddings.weight".to_owned();
        shapes.insert(name, vec![2 * span, HIDDEN]);
    }
    if config["norm_rel_ebd"] == "layer_norm" {
        norm(shapes, "deberta.encoder.LayerNorm", HIDDEN);
    }
    let kernel = number("conv_kernel_size");
    if kernel > 0 {
        let groups = number("conv_groups");
        let name = "deberta.encoder.conv.conv";
        shapes.insert(
            format!("{name}.weight"),
            vec![HIDDEN, HIDDEN / groups, kernel],
        );
        shapes.insert(format!("{name}.bias"), vec![HIDDEN]);
        norm(shapes, "deberta.encoder.conv.LayerNorm", HIDDEN);
    }
}
