//! The CRF first, and the transformer where the CRF is in doubt.
//!
//! The unit is the passage: sentences that the transformer would read together. A passage in which any word's label is
//! as doubtful as the limit or more is read by the transformer as if it had read everything, and the CRF's names in it
//! are dropped. So with a limit of 0 the outcome is the transformer's, and with 1 the CRF's.

use std::ops::Range;

use super::crf::{Crf, Found};
use super::transformer::Transformer;
use super::{Excerpt, Mention, TagError};
use crate::stage::{Observer, Stage};
use crate::text::Span;

/// See the module.
pub struct Cascade {
    crf: Crf,
    transformer: Transformer,
    /// So doubtful a passage's least certain word may not be: 0 to 1.
    limit: f32,
}

/// What the CRF made of an excerpt, and what is left to the transformer.
struct Sifted {
    /// Names in passages of which it is sure.
    mentions: Vec<Mention>,
    /// The sentences of the other passages, and where each of these begins.
    sentences: Vec<Span>,
    breaks: Vec<bool>,
}

impl Cascade {
    /// Puts the two together.
    pub fn new(crf: Crf, transformer: Transformer, limit: f32) -> Self {
        Self {
            crf,
            transformer,
            limit,
        }
    }

    /// What reads the doubtful passages.
    pub fn transformer(&self) -> &Transformer {
        &self.transformer
    }

    /// The names in each excerpt.
    ///
    /// # Errors
    /// The transformer failed on one of them.
    pub fn names(
        &self,
        excerpts: &[Excerpt<'_>],
        observer: &mut impl Observer,
    ) -> Result<Vec<Vec<Mention>>, TagError> {
        let sifted: Vec<Sifted> = excerpts.iter().map(|excerpt| self.sift(excerpt)).collect();
        observer.ended(Stage::Tag);
        let doubtful: Vec<Excerpt<'_>> = excerpts
            .iter()
            .zip(&sifted)
            .map(|(excerpt, sifted)| Excerpt {
                text: excerpt.text,
                sentences: &sifted.sentences,
                breaks: &sifted.breaks,
            })
            .collect();
        let settled = self.transformer.names(&doubtful, observer)?;
        let both = sifted.into_iter().zip(settled);
        let names = both.map(|(sifted, settled)| {
            let mut mentions = sifted.mentions;
            mentions.extend(settled);
            mentions.sort_by_key(|mention| mention.span);
            mentions
        });
        Ok(names.collect())
    }

    fn sift(&self, excerpt: &Excerpt<'_>) -> Sifted {
        let found = self.crf.read(excerpt.text, excerpt.sentences);
        let mut sifted = Sifted {
            mentions: Vec::new(),
            sentences: Vec::new(),
            breaks: Vec::new(),
        };
        for passage in passages(excerpt.breaks, found.len()) {
            let found = found.get(passage.clone()).unwrap_or_default();
            if found.iter().any(|found| found.doubt >= self.limit) {
                let sentences = excerpt.sentences.get(passage).unwrap_or_default();
                let breaks = (0..sentences.len()).map(|place| place == 0);
                sifted.sentences.extend(sentences);
                sifted.breaks.extend(breaks);
            } else {
                let mentions = found.iter().flat_map(|Found { mentions, .. }| mentions);
                sifted.mentions.extend(mentions);
            }
        }
        sifted
    }
}

/// The runs of sentences of which only the first is marked.
fn passages(breaks: &[bool], sentences: usize) -> Vec<Range<usize>> {
    let mut passages: Vec<Range<usize>> = Vec::new();
    for sentence in 0..sentences {
        let begins = breaks.get(sentence).copied().unwrap_or(false);
        match passages.last_mut().filter(|_| !begins) {
            Some(passage) => passage.end = sentence + 1,
            None => passages.push(sentence..sentence + 1),
        }
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_ends_where_the_next_begins() {
        let breaks = [true, false, false, true, true, false];
        assert_eq!(passages(&breaks, 6), vec![0..3, 3..4, 4..6]);
        assert_eq!(passages(&[], 2), vec![0..2]);
        assert!(passages(&[], 0).is_empty());
    }
}
