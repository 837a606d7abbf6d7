//! A linear map, as a checkpoint has it, and the functions that stand behind one.

use rust_bert::Activation;
use tch::Tensor;

use super::super::weights::Weights;
use crate::tag::ModelError;

/// A matrix of shape [to, from], and a bias.
pub struct Linear {
    weight: Tensor,
    bias: Option<Tensor>,
}

impl Linear {
    /// With a bias.
    ///
    /// # Errors
    /// A tensor is missing, or of another shape.
    pub fn new(weights: &Weights, name: &str, from: i64, to: i64) -> Result<Self, ModelError> {
        let mut map = Self::unbiased(weights, name, from, to)?;
        map.bias = Some(weights.tensor(&format!("{name}.bias"), &[to])?);
        Ok(map)
    }

    /// Without a bias.
    ///
    /// # Errors
    /// The tensor is missing, or of another shape.
    pub fn unbiased(weights: &Weights, name: &str, from: i64, to: i64) -> Result<Self, ModelError> {
        let weight = weights.tensor(&format!("{name}.weight"), &[to, from])?;
        Ok(Self { weight, bias: None })
    }

    /// The same tensors once more.
    pub fn shared(&self) -> Self {
        Self {
            weight: self.weight.shallow_clone(),
            bias: self.bias.as_ref().map(Tensor::shallow_clone),
        }
    }

    /// Rows of shape [rows, from] to [rows, to].
    pub fn forward(&self, rows: &Tensor) -> Tensor {
        rows.linear(&self.weight, self.bias.as_ref())
    }
}

/// An activation function, element by element.
pub fn activate(activation: Activation, values: &Tensor) -> Tensor {
    match activation {
        // One pass each, where rust-bert's own make several.
        Activation::gelu => values.gelu("none"),
        Activation::gelu_new => values.gelu("tanh"),
        other => (other.get_function().get_fn())(values),
    }
}
