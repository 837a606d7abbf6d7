//! The sums of every measure over the documents and over their resamples, and what follows from them.

use std::collections::{BTreeMap, BTreeSet};

use super::bootstrap::{Sparse, interval, p_value, resample};
use super::measure::{Key, Metric, Section, Tallies};
use super::{Compared, Comparison, Figure, Tally};

/// The sums of all measures over all documents and over each resample.
pub(super) struct Resampled {
    /// The measures.
    pub(super) keys: Vec<Key>,
    /// Their sums over all documents, in the same order.
    pub(super) total: Vec<Tally>,
    samples: Vec<Vec<Tally>>,
}

impl Resampled {
    /// Draws the resamples.
    pub(super) fn new(documents: &[Tallies]) -> Self {
        let keys: BTreeSet<&Key> = documents
            .iter()
            .flat_map(|tallies| tallies.0.keys())
            .collect();
        let keys: Vec<Key> = keys.into_iter().cloned().collect();
        let numbers: BTreeMap<&Key, usize> = keys
            .iter()
            .enumerate()
            .map(|(index, key)| (key, index))
            .collect();
        let sparse: Vec<Sparse> = documents
            .iter()
            .map(|tallies| {
                let tallies = tallies.0.iter();
                tallies
                    .filter_map(|(key, tally)| Some((*numbers.get(key)?, *tally)))
                    .collect()
            })
            .collect();
        let mut total = vec![Tally::default(); keys.len()];
        for &(index, tally) in sparse.iter().flatten() {
            if let Some(sum) = total.get_mut(index) {
                *sum += tally;
            }
        }
        let samples = resample(&sparse, keys.len());
        Self {
            keys,
            total,
            samples,
        }
    }

    /// The figures of one measure in all resamples.
    fn of(&self, index: usize) -> impl Iterator<Item = Figure> {
        let of = move |sums: &Vec<Tally>| sums.get(index).copied().unwrap_or_default().figure();
        self.samples.iter().map(of)
    }

    /// The figures of one measure in the resamples in which there is anything to count: a rare class is in
    /// some of them not at all, which makes it neither right nor wrong.
    pub(super) fn occurring(&self, index: usize) -> impl Iterator<Item = Figure> {
        let tallies = self.samples.iter().filter_map(move |sums| sums.get(index));
        tallies
            .filter(|tally| tally.gold + tally.predicted > 0.0)
            .map(|tally| tally.figure())
    }

    /// Measures of which a macro average is usual.
    pub(super) fn averaged(&self) -> BTreeSet<Metric> {
        let usual =
            |metric: &Metric| matches!(metric.section(), Section::Mentions | Section::Columns);
        self.keys
            .iter()
            .map(|key| key.metric)
            .filter(usual)
            .collect()
    }

    /// The mean over the classes that occur.
    pub(super) fn macro_of(&self, metric: Metric, sums: &[Tally]) -> Figure {
        let figures: Vec<Figure> = self
            .keys
            .iter()
            .zip(sums)
            .filter(|(key, tally)| {
                key.metric == metric && key.class.is_some() && tally.gold + tally.predicted > 0.0
            })
            .map(|(_, tally)| tally.figure())
            .collect();
        Figure::mean(&figures)
    }

    /// That mean in all resamples.
    pub(super) fn macros(&self, metric: Metric) -> impl Iterator<Item = Figure> {
        self.samples
            .iter()
            .map(move |sums| self.macro_of(metric, sums))
    }

    /// The whole figure of a measure, and that of every resample.
    fn f1(&self, metric: Metric, macro_average: bool) -> Option<(f64, Vec<f64>)> {
        let f1 = |figure: Figure| figure.f1;
        if macro_average {
            let samples = self.macros(metric).map(f1).collect();
            return Some((self.macro_of(metric, &self.total).f1, samples));
        }
        let whole = |key: &Key| key.metric == metric && key.class.is_none();
        let index = self.keys.iter().position(whole)?;
        let total = self.total.get(index)?.figure().f1;
        Some((total, self.of(index).map(f1).collect()))
    }
}

/// Two systems by all measures that both have.
pub(super) fn compare(system: &Resampled, other: &Resampled) -> Comparison {
    let metrics: BTreeSet<Metric> = system.keys.iter().map(|key| key.metric).collect();
    let averaged = system.averaged();
    let wanted = metrics.into_iter().flat_map(|metric| {
        let averaged = averaged.contains(&metric).then_some((metric, true));
        [Some((metric, false)), averaged].into_iter().flatten()
    });
    let rows = wanted.filter_map(|(metric, macro_average)| {
        let (first, samples) = system.f1(metric, macro_average)?;
        let (second, others) = other.f1(metric, macro_average)?;
        let differences: Vec<f64> = samples.iter().zip(&others).map(|(a, b)| a - b).collect();
        Some(Compared {
            metric,
            macro_average,
            f1: [first, second],
            p: p_value(&differences),
            difference: interval(differences),
        })
    });
    Comparison {
        rows: rows.collect(),
    }
}
