//! The way through a transformer: sentences to pieces, windows, label scores, names.
//!
//! All excerpts' windows go to the engine in one call, the short ones first, so that an engine which pads wastes
//! little; what comes out for an excerpt is what it would be alone. A window that was seen before is not computed again.

use super::model::Model;
use super::pool::{Opinion, pool};
use super::seen::Seen;
use super::{Excerpt, Input, Mention, Scores, TagError, Tagger, Tokens, Window, decode, windows};
use crate::stage::{Observer, Stage};

/// A model with the engine that runs it.
pub struct Transformer {
    model: Model,
    tagger: Box<dyn Tagger>,
    seen: Seen,
}

/// An excerpt whose windows wait to be scored.
struct Prepared {
    tokens: Tokens,
    windows: Vec<Window>,
}

impl Transformer {
    /// Puts the two together, with so many bytes for the scores of windows that may come again.
    pub fn new(model: Model, tagger: Box<dyn Tagger>, bytes: usize) -> Self {
        let seen = Seen::new(bytes);
        Self {
            model,
            tagger,
            seen,
        }
    }

    /// Labels, calibration and tokenizer.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What scores windows, which remembers none.
    pub fn tagger(&self) -> &dyn Tagger {
        self.tagger.as_ref()
    }

    /// What the engine reads of an excerpt: one input a window. For measuring the engine alone.
    ///
    /// # Errors
    /// The tokenizer failed.
    pub fn inputs(&self, excerpt: &Excerpt<'_>) -> Result<Vec<Input>, TagError> {
        let prepared = self.prepare(excerpt)?;
        Ok(self.inputs_of(&prepared).collect())
    }

    /// Forgets the windows seen before.
    pub fn forget(&self) {
        self.seen.forget();
    }

    /// Remembers no windows from now on.
    pub fn stop_remembering(&self) {
        self.seen.stop();
    }

    /// The names in each excerpt.
    ///
    /// # Errors
    /// The tokenizer or the engine failed on one of them.
    pub fn names(
        &self,
        excerpts: &[Excerpt<'_>],
        observer: &mut impl Observer,
    ) -> Result<Vec<Vec<Mention>>, TagError> {
        self.names_with(excerpts, &[], observer)
    }

    /// The names in each excerpt, by its own opinion and another model's on the words of each excerpt.
    ///
    /// # Errors
    /// The tokenizer or the engine failed on one of them.
    pub fn names_with(
        &self,
        excerpts: &[Excerpt<'_>],
        opinions: &[Vec<Opinion>],
        observer: &mut impl Observer,
    ) -> Result<Vec<Vec<Mention>>, TagError> {
        let prepared = excerpts.iter().map(|excerpt| self.prepare(excerpt));
        let prepared = prepared.collect::<Result<Vec<Prepared>, TagError>>()?;
        let mut scores = self.score(&prepared, observer)?;
        let labels = self.tagger.labels();
        for ((Prepared { tokens, windows }, scores), opinions) in
            prepared.iter().zip(&mut scores).zip(opinions)
        {
            pool(tokens, windows, labels, opinions, scores);
        }
        let scored = excerpts.iter().zip(prepared).zip(scores);
        let names = scored.map(|((excerpt, Prepared { tokens, windows }), scores)| {
            let mut mentions = decode(excerpt.text, &tokens, &windows, &scores, labels);
            for mention in &mut mentions {
                mention.score = self.model.calibration.apply(mention.score);
            }
            mentions
        });
        let names = names.collect();
        observer.ended(Stage::Decode);
        Ok(names)
    }

    fn prepare(&self, excerpt: &Excerpt<'_>) -> Result<Prepared, TagError> {
        let tokens = self
            .model
            .tokenizer
            .tokens(excerpt.text, excerpt.sentences)?;
        let windows = windows(&tokens, excerpt.breaks);
        Ok(Prepared { tokens, windows })
    }

    fn inputs_of(&self, prepared: &Prepared) -> impl Iterator<Item = Input> {
        prepared.windows.iter().map(|window| {
            let pieces = prepared.tokens.pieces.get(window.pieces.clone());
            self.model.tokenizer.input(pieces.unwrap_or_default())
        })
    }

    /// The scores of each excerpt's windows.
    fn score(
        &self,
        excerpts: &[Prepared],
        observer: &mut impl Observer,
    ) -> Result<Vec<Vec<Scores>>, TagError> {
        let inputs = excerpts.iter().flat_map(|excerpt| self.inputs_of(excerpt));
        let mut inputs: Vec<(usize, Input)> = inputs.enumerate().collect();
        inputs.sort_by_key(|(_, input)| input.ids.len());
        let (places, inputs): (Vec<usize>, Vec<Input>) = inputs.into_iter().unzip();
        observer.ended(Stage::Windows);
        let scored = self.seen.score(self.tagger(), &inputs);
        observer.ended(Stage::Tag);
        let mut scored: Vec<(usize, Scores)> = places.into_iter().zip(scored?).collect();
        scored.sort_by_key(|(place, _)| *place);
        let mut scored = scored.into_iter().map(|(_, scores)| scores);
        let each = excerpts.iter();
        let each = each.map(|excerpt| scored.by_ref().take(excerpt.windows.len()).collect());
        Ok(each.collect())
    }
}
