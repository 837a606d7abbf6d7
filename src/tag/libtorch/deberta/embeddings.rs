//! What a piece is, before any other is looked at. Where it stands is part of that only in models with `position_biased_input`.

use tch::{Kind, Tensor};

use super::super::weights::Weights;
use super::config::Config;
use super::layer_norm::LayerNorm;
use super::linear::Linear;
use crate::tag::ModelError;

/// Tables of embeddings, added up.
pub struct Embeddings {
    words: Tensor,
    positions: Option<Tensor>,
    types: Option<Tensor>,
    /// To the layers' width, where that is another.
    widening: Option<Linear>,
    norm: LayerNorm,
}

impl Embeddings {
    /// Those of a network.
    ///
    /// # Errors
    /// A tensor is missing, or of another shape.
    pub fn new(config: &Config, weights: &Weights) -> Result<Self, ModelError> {
        let (width, hidden) = (config.embedding_size(), config.hidden_size);
        let table = |name, rows| {
            weights.tensor(&format!("deberta.embeddings.{name}.weight"), &[rows, width])
        };
        let positions = config.position_biased_input;
        let positions =
            positions.then(|| table("position_embeddings", config.max_position_embeddings));
        let types = config.type_vocab_size;
        let types = (types > 0).then(|| table("token_type_embeddings", types));
        let widening = (width != hidden)
            .then(|| Linear::unbiased(weights, "deberta.embeddings.embed_proj", width, hidden));
        Ok(Self {
            words: table("word_embeddings", config.vocab_size)?,
            positions: positions.transpose()?,
            types: types.transpose()?,
            widening: widening.transpose()?,
            norm: LayerNorm::new(weights, "deberta.embeddings.LayerNorm", config)?,
        })
    }

    /// Of shape [pieces, hidden], for ids and token types of shape [pieces].
    pub fn of(&self, ids: &Tensor, types: &Tensor) -> Tensor {
        let mut sum = self.words.index_select(0, ids);
        if let Some(table) = &self.positions {
            let places = Tensor::arange(ids.numel() as i64, (Kind::Int64, ids.device()));
            sum += table.index_select(0, &places);
        }
        if let Some(table) = &self.types {
            sum += table.index_select(0, types);
        }
        let wide = self
            .widening
            .as_ref()
            .map(|widening| widening.forward(&sum));
        self.norm.forward(&wide.unwrap_or(sum))
    }
}
