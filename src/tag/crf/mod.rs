//! A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001): the fast way to names.
//!
//! ```text
//! sentences → words (one pass over the bytes) → features (hashes) → scores → lattice → mentions
//! ```
//! It knows words and sentences, no word pieces and no windows. It reads an article at once, because a word's other
//! places in the article are features; between articles nothing is kept.

mod article;
mod feature;
mod hash;
mod lattice;
mod model;
mod read;
mod table;
mod word;

use article::Article;
use lattice::{Factors, Lattice, Row};
use model::{COLUMNS, LABELS, Model};
use word::Word;

use super::decode::{LabelledWord, names};
use super::pool::Opinion;
use super::{Label, Mention, ModelError};
use crate::text::{Span, Text};

pub use read::FILE;

/// A model, ready to tag. Shared by all workers.
#[derive(Debug)]
pub struct Crf {
    model: Model,
    factors: Factors,
}

/// What was found in one sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The names, in order.
    pub mentions: Vec<Mention>,
    /// How probable it is, for its least certain word, that its label is another one: 0 to 1.
    pub doubt: f32,
    /// Where the doubt is not below what was asked for: what is thought of each word.
    pub opinions: Vec<Opinion>,
}

impl Crf {
    /// From the bytes of a model folder's `model.crf`.
    ///
    /// # Errors
    /// What is wrong in the file, and where.
    pub fn new(file: &[u8]) -> Result<Self, ModelError> {
        let model = Model::new(file)?;
        let factors = Factors::new(&model.labels, model.transitions);
        Ok(Self { model, factors })
    }

    /// What there is in each of an article's sentences, and what is thought of the words of those with so much doubt or
    /// more. A sentence depends on the others: give all of them.
    pub fn read(&self, text: &Text, sentences: &[Span], doubtful: f32) -> Vec<Found> {
        let article = Article::new(text, sentences, &self.model);
        // What the script puts before and after a sentence.
        let ends = [
            Word::beyond(text, article::BEFORE),
            Word::beyond(text, article::AFTER),
        ];
        let mut lattice = Lattice::default();
        let each = article.sentences.iter().map(|sentence| {
            let words = article.words.get(sentence.clone()).unwrap_or_default();
            lattice.scores.clear();
            lattice
                .scores
                .extend((0..words.len()).map(|place| self.scores(&article, words, place, &ends)));
            lattice.solve(&self.factors);
            let mut found = self.found(text, words, &lattice);
            if found.doubt >= doubtful {
                found.opinions = self.opinions(words, &lattice);
            }
            found
        });
        each.collect()
    }

    /// What a word's features say for each label.
    fn scores(&self, article: &Article, words: &[Word], place: usize, ends: &[Word; 2]) -> Row {
        let mut sums = [0i32; COLUMNS];
        feature::features(article, words, place, ends, |feature| {
            if let Some(weights) = self.model.weights(feature) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += i32::from(*weight);
                }
            }
        });
        let mut scores = [0.0; LABELS];
        for (score, sum) in scores.iter_mut().skip(1).zip(sums) {
            *score = sum as f32 * self.model.step;
        }
        scores
    }

    fn found(&self, text: &Text, words: &[Word], lattice: &Lattice) -> Found {
        let mut found = Found::default();
        let rows = lattice.path.iter().zip(&lattice.marginals);
        let labelled = words.iter().zip(rows).map(|(word, (&column, row))| {
            let label = self.model.labels.get(column).copied();
            let label = label.unwrap_or(Label::Outside);
            let sure = row.get(column).copied().unwrap_or_default();
            found.doubt = found.doubt.max(1.0 - sure);
            LabelledWord {
                span: word.span,
                is_mark: word.is_mark,
                label,
                probability: self.probability(label, row),
            }
        });
        names(text, labelled, &mut found.mentions);
        for mention in &mut found.mentions {
            mention.score = self.model.calibration.apply(mention.score);
        }
        found
    }

    fn opinions(&self, words: &[Word], lattice: &Lattice) -> Vec<Opinion> {
        let labels = self.model.labels;
        let each = words.iter().zip(&lattice.marginals);
        let opinion = |(word, row): (&Word, &Row)| Opinion {
            span: word.span,
            labels: labels.into_iter().zip(*row).collect(),
        };
        each.map(opinion).collect()
    }

    /// The probability of a label's type, begin and inside together.
    fn probability(&self, label: Label, row: &Row) -> f32 {
        let same = self.model.labels.iter().zip(row);
        same.filter(|(other, _)| label.kind().is_some() && other.kind() == label.kind())
            .map(|(_, probability)| probability)
            .sum()
    }
}

#[cfg(test)]
mod tests;
