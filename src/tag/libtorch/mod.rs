//! The engine `libtorch`: Hugging Face models of six architectures, through the crates `rust-bert` and `tch`; DeBERTa through `tch` alone.
//!
//! rust-bert's pipelines are passed over: they tokenise and truncate by themselves, and give more than one batch of windows back on the
//! wrong texts. Here its networks alone are used: ids in, label scores out. Each caller has a network of its own, for networks
//! may be sent to another thread but not be shared; all have the same weights in memory, and one thread of libtorch's.
//! Windows are scored one by one, unpadded, so that none changes another's last bits.

mod deberta;
mod device;
mod network;
mod weights;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tch::{Kind, Tensor};

use super::{Input, LabelSet, ModelError, Scores, TagError, Tagger, own};
use network::Network;
use weights::Weights;

pub use device::Device;

/// A token-classification network with its weights.
pub struct LibtorchTagger {
    labels: LabelSet,
    device: tch::Device,
    /// One for each caller that may score at the same time; taken in turns.
    networks: Vec<Mutex<Network>>,
}

impl LibtorchTagger {
    /// Makes the network that `config` (the bytes of a `config.json`) describes, with the weights at a path. `threads` is how many
    /// callers will score at the same time.
    ///
    /// # Errors
    /// An architecture, a configuration or weights that cannot be used; the message names the file and key.
    pub fn load(
        config: &[u8],
        weights: &Path,
        labels: LabelSet,
        device: Device,
        threads: usize,
    ) -> Result<Self, ModelError> {
        let device = device.available().map_err(ModelError)?;
        // The program's own workers are what runs at the same time.
        tch::set_num_threads(1);
        let weights = Weights::read(weights, device)?;
        let networks = (0..threads.max(1)).map(|_| {
            let network = guarded(|| Network::new(config, device, &weights));
            let network =
                network.unwrap_or_else(|panic| Err(ModelError::in_file("config.json", &panic)));
            network.map(Mutex::new)
        });
        Ok(Self {
            labels,
            device,
            networks: networks.collect::<Result<_, ModelError>>()?,
        })
    }

    fn score_one(&self, network: &Network, window: &Input) -> Result<Scores, TagError> {
        let row = |values: &[u32]| {
            let values: Vec<i64> = values.iter().map(|&value| i64::from(value)).collect();
            Tensor::from_slice(&values)
                .to_device(self.device)
                .unsqueeze(0)
        };
        let ids = row(&window.ids);
        let types = row(&window.cases);
        let mask = Tensor::ones_like(&ids);
        let logits = network.logits(&ids, &mask, &types)?;
        let columns = self.labels.columns();
        let due = [1, window.ids.len() as i64, columns as i64];
        if logits.size() != due {
            let found = logits.size();
            return Err(TagError(format!(
                "the network gives logits of shape {found:?} where {due:?} is due"
            )));
        }
        let logits = logits
            .to_device(tch::Device::Cpu)
            .to_kind(Kind::Float)
            .flatten(0, -1);
        let values = Vec::<f32>::try_from(&logits).map_err(|error| TagError(error.to_string()))?;
        Ok(Scores::of_window(&self.labels, &values))
    }
}

impl Tagger for LibtorchTagger {
    fn labels(&self) -> &LabelSet {
        &self.labels
    }

    fn score(&self, windows: &[Input]) -> Result<Vec<Scores>, TagError> {
        let network =
            own(&self.networks).ok_or_else(|| TagError("there is no network".to_owned()))?;
        // A network is not changed by use, so that a panic leaves it whole.
        let network = network.lock().unwrap_or_else(PoisonError::into_inner);
        let score = || {
            tch::no_grad(|| {
                let scores = windows
                    .iter()
                    .map(|window| self.score_one(&network, window));
                scores.collect()
            })
        };
        guarded(score).unwrap_or_else(|panic| Err(TagError(panic)))
    }
}

/// What rust-bert and tch panic with, as text. Both panic where libtorch throws.
fn guarded<T>(act: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(act)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        // libtorch's own stack follows its first line.
        let first = text.and_then(|text| text.lines().next());
        first
            .unwrap_or("libtorch refused, and did not say why")
            .to_owned()
    })
}
