//! The best labels of a sentence, and how probable each label of each word is.
//!
//! Viterbi (1967) for the best valid sequence; forward and backward sums (Rabiner 1989, V.A, with a scale for each
//! word) for the probability of a label summed over all valid sequences. Linear in the sentence, 17 × 17 a word.

use super::model::LABELS;
use crate::tag::Label;

/// One value a label.
pub type Row = [f32; LABELS];

/// Scores lower than the best of their word by more than this do not count; `f32` holds no smaller share.
const LOWEST: f32 = -60.0;

/// Room for a sentence, used again for the next.
#[derive(Debug, Default)]
pub struct Lattice {
    /// What the features of each word say for each label.
    pub scores: Vec<Row>,
    /// After [`Lattice::solve`]: the label of each word, as a column.
    pub path: Vec<usize>,
    /// After [`Lattice::solve`]: the probability of each label at each word. Each row sums to 1.
    pub marginals: Vec<Row>,
    steps: Vec<[u8; LABELS]>,
    forward: Vec<Row>,
}

/// What follows what, as factors.
#[derive(Debug)]
pub struct Factors {
    scores: [Row; LABELS],
    /// By the label that follows.
    into: [Row; LABELS],
    /// By the label that goes before.
    from: [Row; LABELS],
    /// What may come first: what may follow outside.
    first: [bool; LABELS],
}

impl Factors {
    /// From the labels, and the score of each (second index) after each (first), minus infinity where it may not follow.
    pub fn new(labels: &[Label; LABELS], scores: [Row; LABELS]) -> Self {
        let from = scores.map(|row| row.map(f32::exp));
        let mut into = [[0.0; LABELS]; LABELS];
        for (column, row) in into.iter_mut().enumerate() {
            for (value, row) in row.iter_mut().zip(&from) {
                *value = row.get(column).copied().unwrap_or_default();
            }
        }
        Self {
            scores,
            into,
            from,
            first: labels.map(|label| label.may_follow(Label::Outside)),
        }
    }
}

impl Lattice {
    /// Finds path and marginals for the scores.
    pub fn solve(&mut self, factors: &Factors) {
        self.find_path(factors);
        self.find_marginals(factors);
    }

    fn find_path(&mut self, factors: &Factors) {
        self.steps.clear();
        let mut total = [0.0; LABELS];
        for (place, scores) in self.scores.iter().enumerate() {
            let mut step = [0u8; LABELS];
            if place == 0 {
                for ((total, score), allowed) in total.iter_mut().zip(scores).zip(factors.first) {
                    *total = if allowed { *score } else { f32::NEG_INFINITY };
                }
            } else {
                let mut best = [f32::NEG_INFINITY; LABELS];
                for (from, (before, row)) in (0u8..).zip(total.iter().zip(&factors.scores)) {
                    for ((best, step), score) in best.iter_mut().zip(&mut step).zip(row) {
                        let through = before + score;
                        if through > *best {
                            (*best, *step) = (through, from);
                        }
                    }
                }
                for ((total, best), score) in total.iter_mut().zip(best).zip(scores) {
                    *total = best + score;
                }
            }
            self.steps.push(step);
        }
        let last = (0..).zip(total);
        let mut column = last
            .fold((0, f32::NEG_INFINITY), |best, (column, score)| {
                if score > best.1 {
                    (column, score)
                } else {
                    best
                }
            })
            .0;
        self.path.clear();
        for step in self.steps.iter().rev() {
            self.path.push(column);
            column = step.get(column).copied().map_or(0, usize::from);
        }
        self.path.reverse();
    }

    fn find_marginals(&mut self, factors: &Factors) {
        self.forward.clear();
        self.marginals.clear();
        for scores in &self.scores {
            // From here on the marginals' room holds the words' own factors.
            let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let own = scores.map(|score| (score - highest).max(LOWEST).exp());
            let mut row = match self.forward.last() {
                Some(before) => through(&factors.from, before),
                None => factors.first.map(|allowed| if allowed { 1.0 } else { 0.0 }),
            };
            row.iter_mut()
                .zip(&own)
                .for_each(|(value, own)| *value *= own);
            normalise(&mut row);
            self.forward.push(row);
            self.marginals.push(own);
        }
        let mut backward = [1.0; LABELS];
        for (forward, row) in self.forward.iter().zip(&mut self.marginals).rev() {
            let own = *row;
            for ((value, forward), backward) in row.iter_mut().zip(forward).zip(&backward) {
                *value = forward * backward;
            }
            normalise(row);
            backward
                .iter_mut()
                .zip(&own)
                .for_each(|(value, own)| *value *= own);
            backward = through(&factors.into, &backward);
            normalise(&mut backward);
        }
    }
}

/// The sum of the rows, each times its weight.
fn through(rows: &[Row; LABELS], weights: &Row) -> Row {
    let mut sum = [0.0; LABELS];
    for (row, weight) in rows.iter().zip(weights) {
        for (sum, value) in sum.iter_mut().zip(row) {
            *sum += value * weight;
        }
    }
    sum
}

/// Makes a row sum to 1. A row of nothing becomes outside, the first label.
fn normalise(row: &mut Row) {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 && sum.is_finite() {
        row.iter_mut().for_each(|value| *value /= sum);
    } else {
        *row = [0.0; LABELS];
        if let Some(outside) = row.first_mut() {
            *outside = 1.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::labels;
    use super::*;
    use proptest::prelude::*;

    fn row(range: std::ops::Range<f32>) -> impl Strategy<Value = Row> {
        prop::array::uniform17(range)
    }

    fn factors(mut transitions: [Row; LABELS]) -> Factors {
        let labels = labels();
        for (row, from) in transitions.iter_mut().zip(labels) {
            for (score, to) in row.iter_mut().zip(labels) {
                if !to.may_follow(from) {
                    *score = f32::NEG_INFINITY;
                }
            }
        }
        Factors::new(&labels, transitions)
    }

    fn solved(factors: &Factors, scores: Vec<Row>) -> Lattice {
        let mut lattice = Lattice {
            scores,
            ..Lattice::default()
        };
        lattice.solve(factors);
        lattice
    }

    /// The score of a sequence of columns; minus infinity where it is not valid.
    fn score(factors: &Factors, scores: &[Row], path: &[usize]) -> f32 {
        let mut sum = 0.0;
        for (place, &column) in path.iter().enumerate() {
            sum += scores[place][column];
            if place > 0 {
                sum += factors.scores[path[place - 1]][column];
            } else if !factors.first[column] {
                return f32::NEG_INFINITY;
            }
        }
        sum
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn it_finds_what_trying_all_sequences_finds(
            transitions in prop::array::uniform17(row(-4.0..4.0)),
            scores in prop::collection::vec(row(-6.0..6.0), 1..4),
        ) {
            let factors = factors(transitions);
            let lattice = solved(&factors, scores.clone());
            let mut paths = vec![Vec::new()];
            for _ in &scores {
                paths = paths
                    .into_iter()
                    .flat_map(|path: Vec<usize>| (0..LABELS).map(move |column| [path.clone(), vec![column]].concat()))
                    .collect();
            }
            let mut sums = vec![[0f64; LABELS]; scores.len()];
            let mut highest = f32::NEG_INFINITY;
            for path in &paths {
                let score = score(&factors, &scores, path);
                highest = highest.max(score);
                for (place, &column) in path.iter().enumerate() {
                    sums[place][column] += f64::from(score).exp();
                }
            }
            let found = score(&factors, &scores, &lattice.path);
            prop_assert!((found - highest).abs() < 1e-3, "{found} instead of {highest}");
            for (row, sums) in lattice.marginals.iter().zip(&sums) {
                let all: f64 = sums.iter().sum();
                for (probability, sum) in row.iter().zip(sums) {
                    prop_assert!((f64::from(*probability) - sum / all).abs() < 1e-4);
                }
            }
        }

        #[test]
        fn long_sentences_stay_valid_and_sum_to_one(
            transitions in prop::array::uniform17(row(-20.0..20.0)),
            scores in prop::collection::vec(row(-90.0..90.0), 0..40),
        ) {
            let lattice = solved(&factors(transitions), scores.clone());
            prop_assert_eq!(lattice.path.len(), scores.len());
            let labels = labels();
            let mut before = Label::Outside;
            for &column in &lattice.path {
                prop_assert!(labels[column].may_follow(before));
                before = labels[column];
            }
            for row in &lattice.marginals {
                prop_assert!(row.iter().all(|value| (0.0..=1.0).contains(value)));
                prop_assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-4);
            }
        }
    }
}
