//! The convolution over neighbouring pieces that the larger models of v2 have beside their first layer.

use rust_bert::Activation;
use tch::Tensor;

use super::super::weights::Weights;
use super::config::{Config, ConvolutionConfig};
use super::layer_norm::LayerNorm;
use super::linear::activate;
use crate::tag::ModelError;

/// A convolution that keeps the number of pieces.
pub struct Convolution {
    weight: Tensor,
    bias: Tensor,
    padding: i64,
    groups: i64,
    activation: Activation,
    norm: LayerNorm,
}

impl Convolution {
    /// That of a network.
    ///
    /// # Errors
    /// A tensor is missing, or of another shape.
    pub fn new(
        config: &Config,
        own: ConvolutionConfig,
        weights: &Weights,
    ) -> Result<Self, ModelError> {
        let hidden = config.hidden_size;
        let shape = [hidden, hidden / own.groups, own.kernel];
        Ok(Self {
            weight: weights.tensor("deberta.encoder.conv.conv.weight", &shape)?,
            bias: weights.tensor("deberta.encoder.conv.conv.bias", &[hidden])?,
            padding: own.kernel / 2,
            groups: own.groups,
            activation: own.activation,
            norm: LayerNorm::new(weights, "deberta.encoder.conv.LayerNorm", config)?,
        })
    }

    /// What it makes of the layer's input, added to the layer's output and normalised; all of shape [pieces, hidden].
    pub fn forward(&self, input: &Tensor, output: &Tensor) -> Tensor {
        let columns = input.transpose(0, 1).unsqueeze(0);
        let found = columns.conv1d(
            &self.weight,
            Some(&self.bias),
            1,
            self.padding,
            1,
            self.groups,
        );
        let found = found.squeeze_dim(0).transpose(0, 1);
        self.norm
            .forward(&(activate(self.activation, &found) + output))
    }
}
