//! What a model's `config.json` and `tokenizer.json` say of it: labels, calibration, token types, tokenizer.
//!
//! It knows nothing of weights; those are the engines'.

use std::collections::BTreeMap;

use super::window::MAX_PIECES;
use super::{Calibration, LabelNames, LabelSet, ModelError, Tokenizer, case};

/// A model without its weights.
#[derive(Debug)]
pub struct Model {
    /// The labels of its output.
    pub labels: LabelSet,
    /// What its scores are worth.
    pub calibration: Calibration,
    /// Its tokenizer.
    pub tokenizer: Tokenizer,
}

/// What we read of a Hugging Face `config.json`.
#[derive(serde::Deserialize)]
struct Config {
    id2label: Option<BTreeMap<String, String>>,
    vocab_size: Option<usize>,
    max_position_embeddings: Option<usize>,
    #[serde(default)]
    model_type: String,
    #[serde(default, rename = "_score_knots")]
    score_knots: Vec<(f32, f32)>,
    #[serde(default, rename = "_case_types")]
    case_types: Option<Vec<String>>,
}

impl Model {
    /// From the two files' bytes, and what label names mean.
    ///
    /// # Errors
    /// Which file is at fault, and what is wrong in it.
    pub fn new(config: &[u8], tokenizer: &[u8], names: &LabelNames) -> Result<Self, ModelError> {
        let config: Config = serde_json::from_slice(config).map_err(|error| fault(&error))?;
        let id2label = config.id2label.as_ref();
        let id2label =
            id2label.ok_or_else(|| fault(&"it lacks `id2label`, the names of the labels"))?;
        config
            .check_positions()
            .map_err(|problem| fault(&problem))?;
        let has_case = config.has_case().map_err(|problem| fault(&problem))?;
        let tokenizer = Tokenizer::from_json(tokenizer, has_case)?;
        let (known, embedded) = (tokenizer.vocabulary(), config.vocab_size);
        if embedded.is_some_and(|embedded| known > embedded) {
            return Err(ModelError::in_file(
                "tokenizer.json",
                &format!(
                    "it has {known} pieces where the model has embeddings for {} (config.json, vocab_size): they are not \
                     of one model",
                    embedded.unwrap_or_default()
                ),
            ));
        }
        Ok(Self {
            labels: names.read(id2label).map_err(|error| fault(&error))?,
            calibration: Calibration::new(config.score_knots).map_err(|error| fault(&error))?,
            tokenizer,
        })
    }
}

fn fault(problem: &dyn std::fmt::Display) -> ModelError {
    ModelError::in_file("config.json", problem)
}

impl Config {
    /// The model must take a whole window.
    fn check_positions(&self) -> Result<(), String> {
        // RoBERTa counts from 2 (fairseq's padding index and one).
        let first = if self.model_type.contains("roberta") {
            2
        } else {
            0
        };
        let needed = MAX_PIECES + 2 + first;
        match self.max_position_embeddings {
            Some(given) if given < needed => Err(format!(
                "max_position_embeddings is {given}, and a window takes {needed}"
            )),
            _ => Ok(()),
        }
    }

    /// Whether the token types are the case of words. Only models that were trained so say it.
    fn has_case(&self) -> Result<bool, String> {
        match &self.case_types {
            Some(names) if names == case::NAMES.as_slice() => Ok(true),
            Some(_) => Err(format!("_case_types must be {}", case::NAMES.join(", "))),
            None => Ok(false),
        }
    }
}
