//! Word pieces with their exact place, and the words that they make up.
//!
//! A word is what the model was trained to label: the longest run of alphanumeric characters, or one
//! mark of punctuation. Its label is the label of its first piece, so that no name ever begins or
//! ends inside a word.

use std::ops::Range;

use super::case;
use super::reading::Reading;
use super::{Input, ModelError, TagError};
use crate::text::{Span, Text};

/// The smallest unit that the model reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Vocabulary id.
    pub id: u32,
    /// Case type of the surrounding word.
    pub case: u32,
    /// Index of its word in [`Tokens::words`].
    pub word: usize,
}

/// A run of alphanumeric characters, or a mark of punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where.
    pub span: Span,
    /// Index of its first piece in [`Tokens::pieces`].
    pub first_piece: usize,
    /// True for a mark of punctuation.
    pub is_mark: bool,
}

/// What a sentence became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its pieces, as a range of [`Tokens::pieces`].
    pub pieces: Range<usize>,
    /// Its words, as a range of [`Tokens::words`].
    pub words: Range<usize>,
}

/// The pieces and words of an article's sentences, in order.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// All pieces.
    pub pieces: Vec<Piece>,
    /// All words.
    pub words: Vec<Word>,
    /// One entry for each sentence.
    pub sentences: Vec<Sentence>,
}

/// A model's tokenizer, made to give every character's exact place and to read hostile text as text.
#[derive(Debug)]
pub struct Tokenizer {
    inner: tokenizers::Tokenizer,
    cls: u32,
    sep: u32,
    /// Whether the model's token types are the case of words; of any other model they are 0.
    has_case: bool,
}

impl Tokenizer {
    /// From the bytes of a `tokenizer.json`. Truncation and padding that it may ask for are off. `has_case` says whether the
    /// model takes the case of words as token types.
    ///
    /// # Errors
    /// Bytes that are no tokenizer, or one without `[CLS]` and `[SEP]`.
    pub fn from_json(json: &[u8], has_case: bool) -> Result<Self, ModelError> {
        let failed = |error: &dyn std::fmt::Display| ModelError::in_file("tokenizer.json", error);
        let mut inner = tokenizers::Tokenizer::from_bytes(json).map_err(|error| failed(&error))?;
        inner
            .with_truncation(None)
            .map_err(|error| failed(&error))?;
        inner.with_padding(None);
        // "[SEP]" in an article is six characters of text, not the end of the window.
        inner.set_encode_special_tokens(true);
        let special = |token: &str| {
            inner
                .token_to_id(token)
                .ok_or_else(|| failed(&format!("the vocabulary has no `{token}`")))
        };
        let (cls, sep) = (special("[CLS]")?, special("[SEP]")?);
        Ok(Self {
            inner,
            cls,
            sep,
            has_case,
        })
    }

    /// The pieces and words of these sentences.
    ///
    /// # Errors
    /// The tokenizer refused a sentence, which no text is known to cause.
    pub fn tokens(&self, text: &Text, sentences: &[Span]) -> Result<Tokens, TagError> {
        let mut tokens = Tokens::default();
        for &sentence in sentences {
            self.add_sentence(text, sentence, &mut tokens)?;
        }
        Ok(tokens)
    }

    fn add_sentence(
        &self,
        text: &Text,
        sentence: Span,
        tokens: &mut Tokens,
    ) -> Result<(), TagError> {
        let (first_piece, first_word) = (tokens.pieces.len(), tokens.words.len());
        let reading = Reading::new(text.slice(sentence));
        let encoding = self
            .inner
            .encode(reading.as_str(), false)
            .map_err(|error| TagError(format!("tokenizer: {error}")))?;
        // The end of the word at hand, in what is read, and its case.
        let mut open = (0, case::NONE);
        for (&id, &(start, end)) in encoding.get_ids().iter().zip(encoding.get_offsets()) {
            if start >= end {
                continue;
            }
            if start >= open.0 {
                let word = word_at(reading.as_str(), start, end);
                let content = reading.as_str().get(word.clone()).unwrap_or_default();
                let case = if self.has_case {
                    case::of_word(content)
                } else {
                    case::NONE
                };
                open = (word.end, case);
                let place = reading.original(word);
                let place = sentence.start() + place.start..sentence.start() + place.end;
                let Some(span) = text.span(place) else {
                    continue;
                };
                tokens.words.push(Word {
                    span,
                    first_piece: tokens.pieces.len(),
                    is_mark: !content.contains(char::is_alphanumeric),
                });
            }
            tokens.pieces.push(Piece {
                id,
                case: open.1,
                word: tokens.words.len().saturating_sub(1),
            });
        }
        tokens.sentences.push(Sentence {
            pieces: first_piece..tokens.pieces.len(),
            words: first_word..tokens.words.len(),
        });
        Ok(())
    }

    /// What an engine reads of these pieces.
    pub fn input(&self, pieces: &[Piece]) -> Input {
        let framed = |first: u32, last: u32, of: fn(&Piece) -> u32| {
            std::iter::once(first)
                .chain(pieces.iter().map(of))
                .chain(std::iter::once(last))
                .collect()
        };
        Input {
            ids: framed(self.cls, self.sep, |piece| piece.id),
            cases: framed(case::NONE, case::NONE, |piece| piece.case),
        }
    }
}

/// The alphanumeric run that begins with the piece at `start..end`; the piece itself where it is a mark. The
/// search never looks before the piece: pieces come in order, and the first of a word opens it.
fn word_at(read: &str, start: usize, end: usize) -> Range<usize> {
    let rest = read.get(start..).unwrap_or_default();
    let run = rest
        .find(|character: char| !character.is_alphanumeric())
        .unwrap_or(rest.len());
    start..end.max(start + run)
}
