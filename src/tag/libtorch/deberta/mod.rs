//! DeBERTa for token classification: v1 (`deberta`), v2 and v3 (both `deberta-v2`).
//!
//! He et al. 2021, <https://arxiv.org/abs/2006.03654>, and 2023, <https://arxiv.org/abs/2111.09543>; where the published models were
//! trained otherwise than the paper says, as they were trained. rust-bert has these networks too, but computes neither as
//! it was trained (ARCHITECTURE.md), and no configuration changes that.
//! One window at a time: there is no padding, hence no mask; and no training, hence no dropout.

mod attention;
mod config;
mod convolution;
mod embeddings;
mod encoder;
mod layer;
mod layer_norm;
mod linear;
mod relative;

use tch::Tensor;

use super::weights::Weights;
use crate::tag::ModelError;
use config::Config;
use embeddings::Embeddings;
use encoder::Encoder;
use linear::Linear;

pub use config::Version;

/// A network whose weights are in place.
pub struct Deberta {
    embeddings: Embeddings,
    encoder: Encoder,
    classifier: Linear,
}

impl Deberta {
    /// The network that the bytes of a `config.json` describe.
    ///
    /// # Errors
    /// A key that is missing or asks for what is not built, weights that do not fit.
    pub fn new(config: &[u8], version: Version, weights: &Weights) -> Result<Self, ModelError> {
        let config = Config::read(config, version)?;
        let (hidden, labels) = (config.hidden_size, config.labels());
        Ok(Self {
            embeddings: Embeddings::new(&config, weights)?,
            encoder: Encoder::new(&config, weights)?,
            classifier: Linear::new(weights, "classifier", hidden, labels)?,
        })
    }

    /// Raw scores of shape [1, pieces, columns] for ids and token types of shape [1, pieces].
    pub fn logits(&self, ids: &Tensor, types: &Tensor) -> Tensor {
        let embedded = self
            .embeddings
            .of(&ids.squeeze_dim(0), &types.squeeze_dim(0));
        let hidden = self.encoder.forward(embedded);
        self.classifier.forward(&hidden).unsqueeze(0)
    }
}
