//! The networks of rust-bert that label tokens, behind one call.

use rust_bert::RustBertError;
use rust_bert::bert::{BertConfig, BertForTokenClassification};
use rust_bert::distilbert::{DistilBertConfig, DistilBertForTokenClassification};
use rust_bert::electra::{ElectraConfig, ElectraForTokenClassification};
use rust_bert::roberta::RobertaForTokenClassification;
use serde::de::DeserializeOwned;
use tch::nn::VarStore;
use tch::{Device, Tensor};

use super::weights::Weights;
use crate::tag::{ModelError, TagError};

/// A network whose weights are in place.
pub enum Network {
    Bert(BertForTokenClassification),
    DistilBert(DistilBertForTokenClassification),
    Roberta(RobertaForTokenClassification),
    Electra(ElectraForTokenClassification),
}

/// `model_type` of `config.json` for what [`Network`] has.
const TYPES: &str = "bert, distilbert, roberta, xlm-roberta, electra";

#[derive(serde::Deserialize)]
struct Kind {
    model_type: Option<String>,
}

impl Network {
    /// The network that the bytes of a `config.json` describe.
    ///
    /// # Errors
    /// An unknown architecture, a key that is missing, weights that do not fit.
    pub fn new(config: &[u8], device: Device, weights: &Weights) -> Result<Self, ModelError> {
        let store = VarStore::new(device);
        let root = &store.root();
        let kind: Kind = read(config)?;
        let network = match kind.model_type.as_deref() {
            Some("bert") => Self::Bert(made(BertForTokenClassification::new(
                root,
                &read::<BertConfig>(config)?,
            ))?),
            Some("distilbert") => Self::DistilBert(made(DistilBertForTokenClassification::new(
                root,
                &read::<DistilBertConfig>(config)?,
            ))?),
            Some("roberta" | "xlm-roberta") => Self::Roberta(made(
                RobertaForTokenClassification::new(root, &read::<BertConfig>(config)?),
            )?),
            Some("electra") => Self::Electra(made(ElectraForTokenClassification::new(
                root,
                &read::<ElectraConfig>(config)?,
            ))?),
            Some(wrong @ ("deberta" | "deberta-v2")) => {
                return Err(fault(&format!(
                    "model_type `{wrong}`: rust-bert 0.23 does not compute its relative positions as the model was trained; convert it \
                     with scripts/convert-model and use the engine onnx, which does"
                )));
            }
            Some(other) => {
                return Err(fault(&format!("model_type `{other}` is none of {TYPES}")));
            }
            None => return Err(fault(&format!("it lacks `model_type`: one of {TYPES}"))),
        };
        weights.lend(&store)?;
        Ok(network)
    }

    /// Raw scores of shape [1, pieces, columns] for ids, mask and token types of shape [1, pieces].
    ///
    /// # Errors
    /// rust-bert could not compute. It may also panic.
    pub fn logits(&self, ids: &Tensor, mask: &Tensor, types: &Tensor) -> Result<Tensor, TagError> {
        let (ids, mask, types) = (Some(ids), Some(mask), Some(types));
        let failed = |error: RustBertError| TagError(error.to_string());
        Ok(match self {
            Self::Bert(network) => {
                network
                    .forward_t(ids, mask, types, None, None, false)
                    .logits
            }
            Self::DistilBert(network) => {
                network
                    .forward_t(ids, mask, None, false)
                    .map_err(failed)?
                    .logits
            }
            Self::Roberta(network) => {
                network
                    .forward_t(ids, mask, types, None, None, false)
                    .logits
            }
            Self::Electra(network) => {
                network
                    .forward_t(ids, mask, types, None, None, false)
                    .logits
            }
        })
    }
}

fn read<T: DeserializeOwned>(config: &[u8]) -> Result<T, ModelError> {
    serde_json::from_slice(config).map_err(|error| fault(&error))
}

fn made<T>(network: Result<T, RustBertError>) -> Result<T, ModelError> {
    network.map_err(|error| fault(&error))
}

fn fault(problem: &dyn std::fmt::Display) -> ModelError {
    ModelError::in_file("config.json", problem)
}
