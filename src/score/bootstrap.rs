//! How sure a figure is: the bootstrap over documents (Efron 1979), and the paired bootstrap between two
//! systems (Koehn 2004).
//!
//! Documents, not names, are drawn, because the names of one article stand and fall together. The
//! generator and its seed are fixed: the same gold and predictions give the same intervals anywhere.

use serde::Serialize;

use super::{Figure, Tally};
use crate::random::splitmix64;

/// How often is drawn.
pub(super) const RESAMPLES: usize = 1000;

/// The seed; any other would do.
const SEED: u64 = 20_160_810;

/// Where 95 of 100 resamples lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Interval {
    /// The 26th smallest of 1,000.
    pub low: f64,
    /// The 26th largest.
    pub high: f64,
}

/// The sequence of [`SEED`], and how many of it are drawn.
struct Generator {
    drawn: u64,
}

impl Generator {
    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        let number = splitmix64(SEED, self.drawn);
        self.drawn += 1;
        ((u128::from(number) * bound as u128) >> 64) as usize
    }
}

/// The tallies of one document: of a measure, by its number.
pub(super) type Sparse = Vec<(usize, Tally)>;

/// For each resample the sums of all measures. Two systems on the same documents get the same resamples.
pub(super) fn resample(documents: &[Sparse], measures: usize) -> Vec<Vec<Tally>> {
    let mut generator = Generator { drawn: 0 };
    (0..RESAMPLES)
        .map(|_| {
            let mut times = vec![0u32; documents.len()];
            for _ in documents {
                if let Some(times) = times.get_mut(generator.below(documents.len())) {
                    *times += 1;
                }
            }
            let mut sums = vec![Tally::default(); measures];
            for (document, &times) in documents.iter().zip(&times) {
                if times > 0 {
                    for &(measure, tally) in document {
                        if let Some(sum) = sums.get_mut(measure) {
                            *sum += tally.times(f64::from(times));
                        }
                    }
                }
            }
            sums
        })
        .collect()
}

/// The 95% interval of these values.
pub(super) fn interval(mut values: Vec<f64>) -> Interval {
    values.sort_by(f64::total_cmp);
    let tail = values.len() / 40;
    Interval {
        low: values.get(tail).copied().unwrap_or_default(),
        high: values
            .get(values.len().saturating_sub(tail + 1))
            .copied()
            .unwrap_or_default(),
    }
}

/// The intervals of precision, recall and F1.
pub(super) fn intervals(figures: &[Figure]) -> [Interval; 3] {
    let of = |part: fn(&Figure) -> f64| interval(figures.iter().map(part).collect());
    [
        of(|figure| figure.precision),
        of(|figure| figure.recall),
        of(|figure| figure.f1),
    ]
}

/// Two-sided: twice the share of resamples in which the difference has not the sign that it mostly has.
pub(super) fn p_value(differences: &[f64]) -> f64 {
    let share = |holds: fn(f64) -> bool| {
        let count = differences.iter().filter(|&&value| holds(value)).count();
        count as f64 / differences.len().max(1) as f64
    };
    (2.0 * share(|value| value <= 0.0).min(share(|value| value >= 0.0))).min(1.0)
}
