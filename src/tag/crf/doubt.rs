//! How probable it is that the names in a sentence would be others, were the transformer asked as well: what the cascade
//! goes by.
//!
//! A logistic regression on what the CRF knows of the sentence (learning to defer: Madras, Pitassi and Zemel 2018). Its
//! weights are in the model file; `scripts/train/crf_defer.py` fits them on texts that both have read.

use crate::tag::{EntityType, Label};

/// One weight each for: 1; the logarithms of the doubt of all words, of those in names, of the others, and of the most
/// doubtful; the logarithm of one more than the number of names, by type.
pub const SIGNS: usize = 5 + EntityType::ALL.len();

/// Doubt below this is none.
const LEAST: f32 = 1e-4;
/// The highest probability given, so that nothing reaches a limit of 1.
const MOST: f32 = 0.999_999;

/// See [`SIGNS`].
#[derive(Debug, Default)]
pub struct Signs {
    named: f32,
    others: f32,
    largest: f32,
    names: [f32; EntityType::ALL.len()],
}

impl Signs {
    /// Takes in a word: its label, and the probability of that label.
    pub fn add(&mut self, label: Label, sure: f32) {
        let doubt = 1.0 - sure;
        match label {
            Label::Outside => self.others += doubt,
            _ => self.named += doubt,
        }
        self.largest = self.largest.max(doubt);
        if let Label::Begin(kind) = label {
            let of_kind = EntityType::ALL.iter().zip(&mut self.names);
            of_kind
                .filter(|(other, _)| **other == kind)
                .for_each(|(_, count)| *count += 1.0);
        }
    }

    /// The probability, by these weights: from 0 to below 1.
    pub fn doubt(&self, weights: &[f32; SIGNS]) -> f32 {
        let logs = [
            self.named + self.others,
            self.named,
            self.others,
            self.largest,
        ];
        let signs = std::iter::once(1.0)
            .chain(logs.map(|doubt| (LEAST + doubt).ln()))
            .chain(self.names.map(f32::ln_1p));
        let sum: f32 = signs.zip(weights).map(|(sign, weight)| sign * weight).sum();
        (1.0 / (1.0 + (-sum).exp())).min(MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_doubt_and_more_names_count_by_their_weights() {
        let mut weights = [0.0; SIGNS];
        assert!((Signs::default().doubt(&weights) - 0.5).abs() < 1e-6);
        // All words' doubt, and the number of organisations.
        (weights[1], weights[6]) = (1.0, 2.0);
        let mut signs = Signs::default();
        signs.add(Label::Outside, 0.9);
        let one = signs.doubt(&weights);
        signs.add(Label::Begin(EntityType::Org), 0.6);
        signs.add(Label::Inside(EntityType::Org), 0.6);
        let two = signs.doubt(&weights);
        // ln(0.9 + 1e-4) + 2 ln 2 on the scale of log odds.
        assert!(
            (two / (1.0 - two) - 0.9001 * 4.0).abs() < 1e-3,
            "{one} {two}"
        );
        assert!((one / (1.0 - one) - 0.1001).abs() < 1e-4);
    }

    #[test]
    fn it_never_reaches_one() {
        let mut weights = [0.0; SIGNS];
        weights[0] = 1e6;
        assert!(Signs::default().doubt(&weights) < 1.0);
    }
}
