//! Small `tokenizer.json` files of the three families that models come with, made on the spot.

use serde_json::{Value, json};

/// WordPiece as BERT has it, uncased: every letter and digit a piece, and some words.
pub fn word_piece() -> Value {
    let specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
    let mut pieces: Vec<String> = specials.iter().map(|&name| name.to_owned()).collect();
    pieces.extend(["kabul", "said", "un", "the", "##ul", "##ber"].map(str::to_owned));
    for character in ('a'..='z').chain('0'..='9') {
        pieces.extend([character.to_string(), format!("##{character}")]);
    }
    pieces.extend("!\"'(),-.:?’“”".chars().map(String::from));
    json!({
        "version": "1.0",
        // What some models' files ask for, and what must be switched off.
        "truncation": {"direction": "Right", "max_length": 16, "strategy": "LongestFirst", "stride": 0},
        "padding": {"strategy": {"Fixed": 16}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"},
        "added_tokens": added(&specials),
        "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": template("[CLS]", 2, "[SEP]", 3),
        "decoder": null,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
            "vocab": numbered(&pieces)},
    })
}

/// Byte-level BPE as RoBERTa has it: every byte a piece, and merges for some words.
pub fn byte_level() -> Value {
    let specials = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];
    let mut pieces: Vec<String> = specials.iter().map(|&name| name.to_owned()).collect();
    pieces.extend((0..=255).map(|byte| byte_character(byte).to_string()));
    let merges = [
        "Ġ K", "a b", "ĠK ab", "u l", "ĠKab ul", "' s", ". \"", "l d", "o o",
    ];
    pieces.extend(merges.map(|pair| pair.replace(' ', "")));
    json!({
        "version": "1.0", "truncation": null, "padding": null,
        "added_tokens": added(&specials),
        "normalizer": null,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
        "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": true, "add_prefix_space": true},
        "decoder": null,
        "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "", "end_of_word_suffix": "",
            "fuse_unk": false, "byte_fallback": false, "ignore_merges": false, "vocab": numbered(&pieces), "merges": merges},
    })
}

/// Unigram with blanks as marks: `split` as XLM-RoBERTa has it, else as DeBERTa-v3 has it.
pub fn unigram(split: bool) -> Value {
    let specials = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];
    let mut pieces: Vec<(String, f64)> = specials
        .iter()
        .map(|&name| (name.to_owned(), 0.0))
        .collect();
    pieces.push(("▁".to_owned(), -4.0));
    pieces.extend(["▁Kabul", "▁said", "ul", "▁U.N", ".”"].map(|piece| (piece.to_owned(), -3.0)));
    for character in ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .chain("!'(),-.:?’“”".chars())
    {
        pieces.push((character.to_string(), -6.0));
    }
    let metaspace =
        json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true});
    let pre_tokenizer = if split {
        json!({"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace]})
    } else {
        metaspace
    };
    json!({
        "version": "1.0", "truncation": null, "padding": null,
        "added_tokens": added(&specials),
        "normalizer": null,
        "pre_tokenizer": pre_tokenizer,
        "post_processor": template("<s>", 0, "</s>", 2),
        "decoder": null,
        "model": {"type": "Unigram", "unk_id": 3, "byte_fallback": false, "vocab": pieces},
    })
}

fn added(specials: &[&str]) -> Vec<Value> {
    let token = |(id, content): (usize, &&str)| json!({"id": id, "content": content, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true});
    specials.iter().enumerate().map(token).collect()
}

fn numbered(pieces: &[String]) -> Value {
    let ids = pieces.iter().enumerate();
    Value::Object(ids.map(|(id, piece)| (piece.clone(), json!(id))).collect())
}

fn template(first: &str, first_id: usize, last: &str, last_id: usize) -> Value {
    let special = |token: &str| json!({"SpecialToken": {"id": token, "type_id": 0}});
    let text = json!({"Sequence": {"id": "A", "type_id": 0}});
    json!({
        "type": "TemplateProcessing",
        "single": [special(first), text, special(last)],
        "pair": [special(first), text, special(last), {"Sequence": {"id": "B", "type_id": 0}}, special(last)],
        "special_tokens": {
            first: {"id": first, "ids": [first_id], "tokens": [first]},
            last: {"id": last, "ids": [last_id], "tokens": [last]},
        },
    })
}

/// The character that stands for a byte in byte-level BPE (Radford et al. 2019): itself where it can be seen, else one
/// beyond 255.
fn byte_character(byte: u8) -> char {
    let seen = |byte: u8| matches!(byte, 33..=126 | 161..=172 | 174..=255);
    if seen(byte) {
        return char::from(byte);
    }
    let unseen = (0..byte).filter(|&lower| !seen(lower)).count();
    char::from_u32(256 + unseen as u32).expect("a character")
}
