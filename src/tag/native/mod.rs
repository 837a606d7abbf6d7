//! The default engine: the shipped network's arithmetic, written for it.
//!
//! BERT in int8, with the matrix products of `rten-gemm`. Against running the same graph through a general runtime it saves
//! what lies between the products: nothing is padded, every pass over a row follows the one before in the cache, and windows
//! are computed together, because each row of activations is rounded by itself. It reads the same `model.onnx` as the engine
//! `onnx`, and differs from it as one rounding differs from another.

mod attention;
mod encoder;
mod linear;
#[cfg(test)]
mod tests;
mod vector;
mod weights;

use std::sync::{Mutex, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};

use self::encoder::{Encoder, Scratch};
use self::linear::Products;
use super::{Input, LabelSet, ModelError, Scores, TagError, Tagger, own};

/// Word pieces that are computed together, about: enough that a layer's weights, which are more than the nearer caches hold, are
/// read seldom.
const BLOCK: usize = 512;

/// The network with its labels.
pub struct NativeTagger {
    encoder: Encoder,
    labels: LabelSet,
    /// One for each worker that may call at the same time; taken in turns.
    lanes: Vec<Mutex<Lane>>,
}

/// A worker's own thread and memory. A pool of one thread, so that the products do not spread over the workers' pool: what is
/// parallel is articles.
struct Lane {
    pool: ThreadPool,
    scratch: Scratch,
}

impl NativeTagger {
    /// Loads the network from `config.json` and `model.onnx`. `threads` is how many callers will score at the same time.
    ///
    /// # Errors
    /// A graph of another kind; no threads to be had.
    pub fn load(
        config: &[u8],
        weights: &[u8],
        labels: LabelSet,
        threads: usize,
    ) -> Result<Self, ModelError> {
        let encoder = weights::read(config, weights)?;
        let (outputs, said) = (encoder.classifier.outputs(), labels.columns());
        if outputs != said {
            let problem = format!("it has {outputs} labels, and config.json {said}");
            return Err(ModelError::in_file("model.onnx", &problem));
        }
        let lane = |_| {
            let pool = ThreadPoolBuilder::new().num_threads(1).build();
            let pool = pool.map_err(|error| ModelError(format!("no thread: {error}")))?;
            let scratch = Scratch::default();
            Ok(Mutex::new(Lane { pool, scratch }))
        };
        let lanes = (0..threads.max(1))
            .map(lane)
            .collect::<Result<_, ModelError>>()?;
        Ok(Self {
            encoder,
            labels,
            lanes,
        })
    }
}

impl Tagger for NativeTagger {
    fn labels(&self) -> &LabelSet {
        &self.labels
    }

    fn score(&self, windows: &[Input]) -> Result<Vec<Scores>, TagError> {
        let lane = own(&self.lanes).ok_or_else(|| TagError("no thread".to_owned()))?;
        // A panic left nothing in the scratch that the next run would read.
        let mut lane = lane.lock().unwrap_or_else(PoisonError::into_inner);
        let Lane { pool, scratch } = &mut *lane;
        let (encoder, labels, columns) = (&self.encoder, &self.labels, self.labels.columns());
        pool.install(|| {
            let products = Products::default();
            let mut scores = Vec::with_capacity(windows.len());
            for block in blocks(windows) {
                let logits = encoder.run(&products, block, scratch)?;
                let mut rest = logits.as_slice();
                for window in block {
                    let size = window.ids.len() * columns;
                    let (window_logits, after) = rest.split_at_checked(size).unwrap_or_default();
                    rest = after;
                    scores.push(Scores::of_window(labels, window_logits));
                }
            }
            Ok(scores)
        })
    }
}

/// The windows in their order, in blocks of about [`BLOCK`] pieces; a longer one is its own.
fn blocks(windows: &[Input]) -> impl Iterator<Item = &[Input]> {
    let mut rest = windows;
    std::iter::from_fn(move || {
        let mut size = 0;
        let fits = rest.iter().take_while(|window| {
            size += window.ids.len();
            size <= BLOCK
        });
        let count = fits.count().max(1).min(rest.len());
        let (block, after) = rest.split_at_checked(count)?;
        rest = after;
        (!block.is_empty()).then_some(block)
    })
}
