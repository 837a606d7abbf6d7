//! The CRF first, and the transformer where the CRF is in doubt.
//!
//! The unit is the sentence. One in which any word's label is as doubtful as the limit or more is read by the transformer
//! as well, together with those beside it in the passage that it reads, and both opinions are pooled. So with a limit of
//! 0 both read everything, and with 1 the outcome is the CRF's.

use super::crf::Crf;
use super::pool::Opinion;
use super::transformer::Transformer;
use super::{Excerpt, Mention, TagError};
use crate::stage::{Observer, Stage};
use crate::text::Span;

/// See the module.
pub struct Cascade {
    crf: Crf,
    transformer: Transformer,
    /// So doubtful a sentence's least certain word may not be: 0 to 1.
    limit: f32,
}

/// What the CRF made of an excerpt, and what is left to the transformer.
#[derive(Default)]
struct Sifted {
    /// Names in sentences of which it is sure.
    mentions: Vec<Mention>,
    /// The other sentences, and which of them do not go on from the one before.
    sentences: Vec<Span>,
    breaks: Vec<bool>,
    /// What the CRF thinks of their words.
    opinions: Vec<Opinion>,
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

    /// What reads the doubtful sentences.
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
        let mut sifted: Vec<Sifted> = excerpts.iter().map(|excerpt| self.sift(excerpt)).collect();
        observer.ended(Stage::Tag);
        let opinions: Vec<Vec<Opinion>> = sifted
            .iter_mut()
            .map(|sifted| std::mem::take(&mut sifted.opinions))
            .collect();
        let doubtful: Vec<Excerpt<'_>> = excerpts
            .iter()
            .zip(&sifted)
            .map(|(excerpt, sifted)| Excerpt {
                text: excerpt.text,
                sentences: &sifted.sentences,
                breaks: &sifted.breaks,
            })
            .collect();
        let settled = self
            .transformer
            .names_with(&doubtful, &opinions, observer)?;
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
        let found = self.crf.read(excerpt.text, excerpt.sentences, self.limit);
        let mut sifted = Sifted::default();
        let begins = excerpt
            .breaks
            .iter()
            .copied()
            .chain(std::iter::repeat(false));
        // Whether the sentence before is left to the transformer as well.
        let mut goes_on = false;
        for ((found, &sentence), begins) in found.into_iter().zip(excerpt.sentences).zip(begins) {
            let doubtful = found.doubt >= self.limit && self.limit < 1.0;
            if doubtful {
                sifted.sentences.push(sentence);
                sifted.breaks.push(begins || !goes_on);
                sifted.opinions.extend(found.opinions);
            } else {
                sifted.mentions.extend(found.mentions);
            }
            goes_on = doubtful;
        }
        sifted
    }
}
