//! What a model's `config.json` and `tokenizer.json` say of it: labels, calibration, token types, tokenizer.
//!
//! It knows nothing of weights; those are the engines'.

use std::collections::BTreeMap;

use super::{Calibration, LabelSet, ModelError, Tokenizer, case};

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
    #[serde(default, rename = "_score_knots")]
    score_knots: Vec<(f32, f32)>,
    #[serde(default, rename = "_case_types")]
    case_types: Option<Vec<String>>,
}

impl Model {
    /// From the two files' bytes.
    ///
    /// # Errors
    /// Which file is at fault, and what is wrong in it.
    pub fn new(config: &[u8], tokenizer: &[u8]) -> Result<Self, ModelError> {
        let failed = |problem: &dyn std::fmt::Display| ModelError::in_file("config.json", &problem);
        let config: Config = serde_json::from_slice(config).map_err(|error| failed(&error))?;
        let id2label = config
            .id2label
            .ok_or_else(|| failed(&"it has no `id2label`, which names the labels of the output"))?;
        let has_case = match &config.case_types {
            Some(names) if names == case::NAMES.as_slice() => true,
            Some(_) => {
                return Err(failed(&format!(
                    "_case_types must be {}",
                    case::NAMES.join(", ")
                )));
            }
            None => false,
        };
        Ok(Self {
            labels: LabelSet::from_id2label(&id2label).map_err(|error| failed(&error))?,
            calibration: Calibration::new(config.score_knots).map_err(|error| failed(&error))?,
            tokenizer: Tokenizer::from_json(tokenizer, has_case)?,
        })
    }
}
