//! The model that is built into the program.

use std::collections::BTreeMap;

use crate::digest::Hasher;

use super::{Calibration, LabelSet, TagError, Tokenizer};

const CONFIG: &[u8] = include_bytes!("../../models/headcount-ner/config.json");
const TOKENIZER: &[u8] = include_bytes!("../../models/headcount-ner/tokenizer.json");
const WEIGHTS: &[u8] = include_bytes!("../../models/headcount-ner/model.onnx");

/// A model's parts, ready for an engine.
#[derive(Debug)]
pub struct Model {
    /// The labels of its output.
    pub labels: LabelSet,
    /// What its scores are worth.
    pub calibration: Calibration,
    /// Its tokenizer.
    pub tokenizer: Tokenizer,
    /// The graph with its weights, as ONNX.
    pub weights: &'static [u8],
    /// SHA-256 (hex) of all its files: what a run's receipts name.
    pub digest: String,
}

/// What we read of a Hugging Face `config.json`.
#[derive(serde::Deserialize)]
struct Config {
    id2label: BTreeMap<String, String>,
    #[serde(default, rename = "_score_knots")]
    score_knots: Vec<(f32, f32)>,
}

impl Model {
    /// The shipped model (see its card in `models/headcount-ner`).
    ///
    /// # Errors
    /// A fault in the model's files, which the project's tests would show.
    pub fn embedded() -> Result<Self, TagError> {
        let failed = |error: &dyn std::fmt::Display| TagError(format!("config.json: {error}"));
        let config: Config = serde_json::from_slice(CONFIG).map_err(|error| failed(&error))?;
        let mut digest = Hasher::default();
        digest.field(CONFIG).field(TOKENIZER).field(WEIGHTS);
        Ok(Self {
            labels: LabelSet::from_id2label(&config.id2label).map_err(|error| failed(&error))?,
            calibration: Calibration::new(config.score_knots).map_err(|error| failed(&error))?,
            tokenizer: Tokenizer::from_json(TOKENIZER)?,
            weights: WEIGHTS,
            digest: digest.finish(),
        })
    }
}
