//! Layer normalisation (Ba et al. 2016, <https://arxiv.org/abs/1607.06450>), as a checkpoint has it.

use tch::Tensor;

use super::super::weights::Weights;
use super::config::Config;
use crate::tag::ModelError;

/// Gain and bias for rows of the layers' width.
pub struct LayerNorm {
    weight: Tensor,
    bias: Tensor,
    epsilon: f64,
}

impl LayerNorm {
    /// The one of this name.
    ///
    /// # Errors
    /// A tensor is missing, or of another shape.
    pub fn new(weights: &Weights, name: &str, config: &Config) -> Result<Self, ModelError> {
        let tensor = |part| weights.tensor(&format!("{name}.{part}"), &[config.hidden_size]);
        Ok(Self {
            weight: tensor("weight")?,
            bias: tensor("bias")?,
            epsilon: config.layer_norm_eps,
        })
    }

    /// Rows with mean 0 and variance 1, then scaled and shifted.
    pub fn forward(&self, rows: &Tensor) -> Tensor {
        let (weight, bias) = (Some(&self.weight), Some(&self.bias));
        rows.layer_norm(self.weight.size(), weight, bias, self.epsilon, false)
    }
}
