//! Names in a text: word pieces, windows of whole sentences, an engine behind one trait, decoding.
//!
//! ```text
//! sentences → tokens (pieces, words) → windows → Tagger::score → decode → mentions
//! ```
//! Nothing is truncated: every piece of every sentence is in at least one window. The engine only
//! turns windows into label scores; what a name is decided by `decode`, alike for every engine.

mod calibration;
pub mod cascade;
mod case;
pub mod crf;
mod decode;
pub mod engine;
mod folder;
mod label_names;
mod labels;
#[cfg(feature = "libtorch")]
pub mod libtorch;
pub mod model;
pub mod native;
pub mod onnx;
pub mod pool;
pub mod seen;
mod token;
pub mod transformer;
mod window;

pub use calibration::Calibration;
pub use decode::decode;
pub use label_names::LabelNames;
pub use labels::{EntityType, Label, LabelSet};
pub use token::{Piece, Sentence, Tokenizer, Tokens, Word};
pub use window::{Window, windows};

use crate::text::{Span, Text};

/// What an engine is to read of an article.
#[derive(Clone, Copy, Debug)]
pub struct Excerpt<'a> {
    /// The whole text, into which all spans point.
    pub text: &'a Text,
    /// The sentences to be read, in order.
    pub sentences: &'a [Span],
    /// For each sentence, whether it is not to be read together with the one before it.
    pub breaks: &'a [bool],
}

/// A name in the text, before anyone asks who is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// What kind of name.
    pub kind: EntityType,
    /// The tagger's probability for it, 0 to 1, calibrated where the model says how.
    pub score: f32,
}

/// What an engine reads of one window: `[CLS]`, the pieces, `[SEP]`; never padded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Input {
    /// Vocabulary ids.
    pub ids: Vec<u32>,
    /// The case of each piece's surrounding word, as token type ids.
    pub cases: Vec<u32>,
}

/// Natural-log probabilities of the labels for the pieces of one window.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    labels: usize,
    log_probabilities: Vec<f32>,
}

impl Scores {
    /// From the raw scores (logits) of a whole window, one value for each of the model's columns a piece. Those of `[CLS]` and
    /// `[SEP]`, the first and the last, say nothing of the text.
    pub fn of_window(labels: &LabelSet, logits: &[f32]) -> Self {
        let columns = labels.columns();
        let inner = logits.get(columns..logits.len().saturating_sub(columns));
        Self::from_logits(labels, inner.unwrap_or_default().to_vec())
    }

    /// From raw scores (logits), row by row: one value for each of the model's columns a piece, without the two
    /// special pieces. Each row goes through a log-softmax; columns that mean the same are then added up.
    pub fn from_logits(labels: &LabelSet, mut logits: Vec<f32>) -> Self {
        for row in logits.chunks_mut(labels.columns().max(1)) {
            normalise(row);
        }
        let log_probabilities = match labels.merged() {
            None => logits,
            Some(places) => logits
                .chunks(places.len().max(1))
                .flat_map(|row| merge(row, places, labels.len()))
                .collect(),
        };
        Self {
            labels: labels.len(),
            log_probabilities,
        }
    }

    /// The row of the window's `piece`-th piece (0 is the one after `[CLS]`).
    pub fn row(&self, piece: usize) -> Option<&[f32]> {
        let from = piece.checked_mul(self.labels)?;
        self.log_probabilities.get(from..from + self.labels)
    }

    /// The same, to be changed.
    fn row_mut(&mut self, piece: usize) -> Option<&mut [f32]> {
        let from = piece.checked_mul(self.labels)?;
        self.log_probabilities.get_mut(from..from + self.labels)
    }
}

/// Makes raw scores of one word log probabilities, whose exponentials sum to 1 (log-softmax). Scores whose sum is not finite stay.
fn normalise(row: &mut [f32]) {
    let highest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = row.iter().map(|score| (score - highest).exp()).sum();
    let shift = highest + sum.ln();
    if shift.is_finite() {
        row.iter_mut().for_each(|score| *score -= shift);
    }
}

/// The log probabilities of so many labels from those of columns; `places` has each column's label.
fn merge(row: &[f32], places: &[usize], labels: usize) -> Vec<f32> {
    let mut sums = vec![0.0f32; labels];
    for (score, place) in row.iter().zip(places) {
        if let Some(sum) = sums.get_mut(*place) {
            *sum += score.exp();
        }
    }
    sums.into_iter().map(f32::ln).collect()
}

/// A model cannot be used: what is wrong, in which of its files, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ModelError(pub String);

impl ModelError {
    /// A fault in one of the model's files.
    fn in_file(file: &str, problem: &dyn std::fmt::Display) -> Self {
        Self(format!("{file}: {problem}"))
    }
}

/// An engine failed on a window.
#[derive(Debug, thiserror::Error)]
#[error("the tagger failed: {0}")]
pub struct TagError(pub String);

/// What the calling worker has for itself, of what an engine has for each: a worker outside rayon's pool has the first.
fn own<T>(each: &[T]) -> Option<&T> {
    let caller = rayon::current_thread_index().unwrap_or_default();
    each.get(caller % each.len().max(1))
}

/// An engine: batches of windows in, label scores out.
///
/// Windows scored together give what they give one by one; an engine whose arithmetic depends on
/// the rest of the batch must not batch.
pub trait Tagger: Send + Sync {
    /// What the columns of [`Scores`] stand for.
    fn labels(&self) -> &LabelSet;

    /// One [`Scores`] for each window, in the order given.
    ///
    /// # Errors
    /// The engine could not compute; the message says why.
    fn score(&self, windows: &[Input]) -> Result<Vec<Scores>, TagError>;
}
