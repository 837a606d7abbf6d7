//! The networks that label tokens, behind one call: those of rust-bert, and our own DeBERTa.

use rust_bert::RustBertError;
use rust_bert::bert::{BertConfig, BertForTokenClassification};
use rust_bert::distilbert::{DistilBertConfig, DistilBertForTokenClassification};
use rust_bert::electra::{ElectraConfig, ElectraForTokenClassification};
use rust_bert::roberta::RobertaForTokenClassification;
use serde::de::DeserializeOwned;
use tch::nn::VarStore;
use tch::{Device, Tensor};

use super::deberta::{Deberta, Version};
use super::weights::Weights;
use crate::tag::{ModelError, TagError};

/// A network whose weights are in place.
pub enum Network {
    Bert(BertForTokenClassification),
    DistilBert(DistilBertForTokenClassification),
    Roberta(RobertaForTokenClassification),
    Electra(ElectraForTokenClassification),
    Deberta(Deberta),
}

/// `model_type` of `config.json` for what [`Network`] has.
const TYPES: &str = "bert, distilbert, roberta, xlm-roberta, electra, deberta, deberta-v2";

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
            // These take their tensors themselves.
            Some("deberta") => {
                return Deberta::new(config, Version::V1, weights).map(Self::Deberta);
            }
            Some("deberta-v2") => {
                return Deberta::new(config, Version::V2, weights).map(Self::Deberta);
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
    /// rust-bert could not compute. It may also panic, as may libtorch.
    pub fn logits(&self, ids: &Tensor, mask: &Tensor, types: &Tensor) -> Result<Tensor, TagError> {
        let failed = |error: RustBertError| TagError(error.to_string());
        Ok(match self {
            Self::Bert(network) => {
                network
                    .forward_t(Some(ids), Some(mask), Some(types), None, None, false)
                    .logits
            }
            Self::DistilBert(network) => {
                network
                    .forward_t(Some(ids), Some(mask), None, false)
                    .map_err(failed)?
                    .logits
            }
            Self::Roberta(network) => {
                network
                    .forward_t(Some(ids), Some(mask), Some(types), None, None, false)
                    .logits
            }
            Self::Electra(network) => {
                network
                    .forward_t(Some(ids), Some(mask), Some(types), None, None, false)
                    .logits
            }
            Self::Deberta(network) => network.logits(ids, types),
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
