//! The layers, one after the other, with what all of them have in common.

use tch::Tensor;

use super::super::weights::Weights;
use super::config::Config;
use super::convolution::Convolution;
use super::layer::Layer;
use super::relative::RelativePositions;
use crate::tag::ModelError;

/// All layers.
pub struct Encoder {
    relative: Option<RelativePositions>,
    layers: Vec<Layer>,
    /// Beside the first layer.
    convolution: Option<Convolution>,
}

impl Encoder {
    /// That of a network.
    ///
    /// # Errors
    /// A tensor is missing, or of another shape.
    pub fn new(config: &Config, weights: &Weights) -> Result<Self, ModelError> {
        let relative = config.is_relative();
        let relative = relative.then(|| RelativePositions::new(config, weights));
        let layers =
            (0..config.num_hidden_layers).map(|number| Layer::new(config, weights, number));
        let convolution = config.convolution();
        let convolution = convolution.map(|own| Convolution::new(config, own, weights));
        Ok(Self {
            relative: relative.transpose()?,
            layers: layers.collect::<Result<_, ModelError>>()?,
            convolution: convolution.transpose()?,
        })
    }

    /// From [pieces, hidden] to the same shape.
    pub fn forward(&self, embedded: Tensor) -> Tensor {
        let pieces = embedded.size().first().copied().unwrap_or_default();
        let distances = self.relative.as_ref();
        let distances = distances.map(|relative| relative.of(pieces, embedded.device()));
        let mut hidden = embedded;
        for (number, layer) in self.layers.iter().enumerate() {
            let output = layer.forward(&hidden, distances.as_ref());
            let beside = self.convolution.as_ref().filter(|_| number == 0);
            hidden = match beside {
                Some(convolution) => convolution.forward(&hidden, &output),
                None => output,
            };
        }
        hidden
    }
}
