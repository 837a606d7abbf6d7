//! One layer: attention, then two linear maps with an activation between them; each added to what went in, and normalised.

use rust_bert::Activation;
use tch::Tensor;

use super::super::weights::Weights;
use super::attention::Attention;
use super::config::Config;
use super::layer_norm::LayerNorm;
use super::linear::{Linear, activate};
use super::relative::Distances;
use crate::tag::ModelError;

/// A layer of the encoder.
pub struct Layer {
    attention: Attention,
    attended: Residual,
    inner: Linear,
    activation: Activation,
    outer: Residual,
}

impl Layer {
    /// The layer of this number.
    ///
    /// # Errors
    /// A tensor is missing, or of another shape.
    pub fn new(config: &Config, weights: &Weights, number: u32) -> Result<Self, ModelError> {
        let layer = format!("deberta.encoder.layer.{number}");
        let (hidden, inner) = (config.hidden_size, config.intermediate_size);
        let residual =
            |part: &str, from| Residual::new(config, weights, &format!("{layer}.{part}"), from);
        Ok(Self {
            attention: Attention::new(config, weights, &layer)?,
            attended: residual("attention.output", hidden)?,
            inner: Linear::new(
                weights,
                &format!("{layer}.intermediate.dense"),
                hidden,
                inner,
            )?,
            activation: config.hidden_act,
            outer: residual("output", inner)?,
        })
    }

    /// From [pieces, hidden] to the same shape.
    pub fn forward(&self, hidden: &Tensor, distances: Option<&Distances>) -> Tensor {
        let attended = self.attention.forward(hidden, distances);
        let attended = self.attended.forward(&attended, hidden);
        let inner = activate(self.activation, &self.inner.forward(&attended));
        self.outer.forward(&inner, &attended)
    }
}

/// A linear map whose result is added to what was there before, and normalised.
struct Residual {
    map: Linear,
    norm: LayerNorm,
}

impl Residual {
    fn new(config: &Config, weights: &Weights, name: &str, from: i64) -> Result<Self, ModelError> {
        Ok(Self {
            map: Linear::new(weights, &format!("{name}.dense"), from, config.hidden_size)?,
            norm: LayerNorm::new(weights, &format!("{name}.LayerNorm"), config)?,
        })
    }

    fn forward(&self, rows: &Tensor, before: &Tensor) -> Tensor {
        self.norm.forward(&(self.map.forward(rows) + before))
    }
}
