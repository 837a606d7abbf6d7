//! Counts that add up over documents, and the figures made of them.

use serde::Serialize;

/// What was right, out of what. Precision and recall have their own credit, because in some measures
/// (B-cubed) they are not the same sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Tally {
    /// Credit of the predictions.
    pub right_predicted: f64,
    /// How many predictions there are.
    pub predicted: f64,
    /// Credit of the gold.
    pub right_gold: f64,
    /// How much gold there is.
    pub gold: f64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.right_predicted += other.right_predicted;
        self.predicted += other.predicted;
        self.right_gold += other.right_gold;
        self.gold += other.gold;
    }
}

impl Tally {
    /// As often, for a document that a resample has several times.
    pub(super) fn times(self, times: f64) -> Self {
        Self {
            right_predicted: self.right_predicted * times,
            predicted: self.predicted * times,
            right_gold: self.right_gold * times,
            gold: self.gold * times,
        }
    }

    /// Counts of things that are right on both sides or on none.
    pub fn of_counts(right: usize, predicted: usize, gold: usize) -> Self {
        Self {
            right_predicted: right as f64,
            predicted: predicted as f64,
            right_gold: right as f64,
            gold: gold as f64,
        }
    }

    /// Precision, recall and F1, each 0 where it would be 0/0, as conlleval and seqeval have it.
    pub fn figure(self) -> Figure {
        let ratio = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let precision = ratio(self.right_predicted, self.predicted);
        let recall = ratio(self.right_gold, self.gold);
        Figure {
            precision,
            recall,
            f1: ratio(2.0 * precision * recall, precision + recall),
        }
    }
}

/// Precision, recall and their harmonic mean, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Figure {
    /// How much of what is predicted is right.
    pub precision: f64,
    /// How much of what is there is found.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
}

impl Figure {
    /// The mean of each over classes, as seqeval's macro average.
    pub fn mean(figures: &[Figure]) -> Figure {
        let mut mean = Figure::default();
        let count = figures.len().max(1) as f64;
        for figure in figures {
            mean.precision += figure.precision / count;
            mean.recall += figure.recall / count;
            mean.f1 += figure.f1 / count;
        }
        mean
    }
}
