//! The words of an article together: what they tell of each other before any is labelled.
//!
//! Runs of capitalised words, names that the model's list has, and where else in the article a word stands. Nothing
//! here outlives the article.

use std::collections::HashMap;
use std::ops::Range;

use super::hash::{EMPTY, digit, mixed, step};
use super::model::Model;
use super::word::{self, Word};
use crate::tag::case;
use crate::text::{Span, Text};

/// The words of an article, by sentence.
pub struct Article {
    /// All words.
    pub words: Vec<Word>,
    /// The words of each sentence, as ranges of `words`.
    pub sentences: Vec<Range<usize>>,
    seen: HashMap<u64, Seen>,
}

/// Where else in the article a capitalised word stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// Somewhere in lower case.
    pub lower: bool,
    /// Somewhere with a capital, and not as the first word of its sentence.
    pub capital: bool,
    /// The first word, and its coarse cluster, of the first run of several words that ends with this one.
    pub after: Option<(u64, u64)>,
    /// The last word, and its coarse cluster, of the first run of several words that begins with this one.
    pub begins: Option<(u64, u64)>,
    /// The words before and after its first run that has it within a sentence.
    pub context: Option<(u64, u64)>,
    /// The last word, and its coarse cluster, of the run before a bracket that holds this word alone.
    pub defined: Option<(u64, u64)>,
}

/// The hash of a normal form of one byte.
pub const fn mark(byte: u8) -> u64 {
    step(EMPTY, byte)
}

/// What stands for the word before a sentence, and for the one after it.
pub const BEFORE: u64 = mark(b'\x02');
/// See [`BEFORE`].
pub const AFTER: u64 = mark(b'\x03');

impl Article {
    /// Reads the sentences of an article.
    pub fn new(text: &Text, sentences: &[Span], model: &Model) -> Self {
        let (mut words, mut normal) = (Vec::with_capacity(text.len() / 5), Vec::new());
        let mut ranges = Vec::with_capacity(sentences.len());
        for &sentence in sentences {
            let first = words.len();
            word::cut(text, sentence, &mut normal, &mut words);
            ranges.push(first..words.len());
        }
        for word in &mut words {
            (word.coarse, word.fine) = model.clusters(word.hash);
        }
        let mut article = Self {
            words,
            sentences: ranges,
            seen: HashMap::new(),
        };
        for range in article.sentences.clone() {
            if let Some(words) = article.words.get_mut(range) {
                mark_runs(words);
                mark_listed(words, model);
                mark_style(words);
            }
        }
        article.see();
        article
    }

    /// Where else a capitalised word stands.
    pub fn seen(&self, word: &Word) -> Seen {
        self.seen.get(&word.hash).copied().unwrap_or_default()
    }

    fn see(&mut self) {
        for sentence in &self.sentences {
            let words = self.words.get(sentence.clone()).unwrap_or_default();
            for (place, word) in words.iter().enumerate() {
                if !word.is_capitalised() && word.run.is_empty() {
                    continue;
                }
                let seen = self.seen.entry(word.hash).or_default();
                seen.capital |= place > 0 && word.is_capitalised();
                let of = |place: usize| words.get(place).map(|word| (word.hash, word.coarse));
                let several = word.run.len() > 1;
                if several && word.run.end == place + 1 && seen.after.is_none() {
                    seen.after = of(word.run.start);
                }
                if several && word.run.start == place && seen.begins.is_none() {
                    seen.begins = of(word.run.end - 1);
                }
                if place > 0 && !word.run.is_empty() && seen.context.is_none() {
                    let before = word.run.start.checked_sub(1).and_then(of);
                    let before = before.map_or(BEFORE, |(hash, _)| hash);
                    let after = of(word.run.end).map_or(AFTER, |(hash, _)| hash);
                    seen.context = Some((before, after));
                }
                if word.run.len() == 1 && seen.defined.is_none() {
                    seen.defined = defined(words, place);
                }
            }
        }
        for word in self.words.iter().filter(|word| word.case == case::LOWER) {
            if let Some(seen) = self.seen.get_mut(&word.hash) {
                seen.lower = true;
            }
        }
    }
}

/// The last word, and its cluster, of the run before the bracket that holds the word at this place alone.
fn defined(words: &[Word], place: usize) -> Option<(u64, u64)> {
    let before = words.get(place.checked_sub(2)?..)?;
    let [last, open, _, close, ..] = before else {
        return None;
    };
    let brackets = open.hash == mark(b'(') && close.hash == mark(b')');
    let ends = !last.run.is_empty() && last.run.end + 1 == place;
    (brackets && ends).then_some((last.hash, last.coarse))
}

/// Finds the runs of capitalised words in a sentence. A mark that links may stand between two of them, and digits
/// may follow one.
fn mark_runs(words: &mut [Word]) {
    let mut open: Option<Range<usize>> = None;
    for place in 0..=words.len() {
        let word = words.get(place);
        let continues = |run: &Range<usize>| {
            word.is_some_and(|word| word.case == case::PUNCTUATION && word.links)
                && run.end == place
        };
        if word.is_some_and(|word| {
            word.is_capitalised() || (word.case == case::DIGITS && open.is_some())
        }) {
            open = Some(open.map_or(place, |run| run.start)..place + 1);
        } else if let Some(run) = open.take_if(|run| !continues(run)) {
            let words = words.get_mut(run.clone()).unwrap_or_default();
            let hash = words.iter().fold(0, |state, word| mixed(state, word.hash));
            for word in words {
                word.run = run.clone();
                word.run_hash = hash;
            }
        }
    }
}

/// Marks the names that the model's list has: from left to right, at each capitalised word the longest.
fn mark_listed(words: &mut [Word], model: &Model) {
    let mut at = 0;
    while let Some(rest) = words.get_mut(at..).filter(|rest| !rest.is_empty()) {
        let (mut length, mut kind) = (0, 0);
        if rest.first().is_some_and(Word::is_capitalised) {
            let mut state = 0;
            for (place, word) in rest.iter().enumerate() {
                state = mixed(state, word.hash);
                let Some(listed) = model.listed(state) else {
                    break;
                };
                if let Some(found) = listed.kind {
                    (length, kind) = (place + 1, found);
                }
                if !listed.goes_on {
                    break;
                }
            }
        }
        for (place, word) in rest.iter_mut().take(length).enumerate() {
            let mark = match (length, place) {
                (1, _) => b'S',
                (_, 0) => b'B',
                _ => b'I',
            };
            word.listed = step(step(EMPTY, mark), kind);
        }
        at += length.max(1);
    }
}

/// Says of each word how its sentence is written: which share of its words has a capital, which is in capitals.
fn mark_style(words: &mut [Word]) {
    let (mut letters, mut capitals, mut upper) = (0, 0, 0);
    for word in words.iter() {
        if matches!(word.case, case::PUNCTUATION | case::DIGITS) {
            continue;
        }
        letters += 1;
        capitals += usize::from(word.is_capitalised());
        upper += usize::from(word.case == case::UPPER);
    }
    let shares = [4 * capitals, 2 * upper].map(|count| digit(count / letters.max(1)));
    for word in words {
        let own = step(EMPTY, digit(word.case as usize));
        word.style = shares.into_iter().fold(own, step);
    }
}
