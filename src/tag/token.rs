//! Word pieces with their exact place, and the words that they make up.
//!
//! A word is what the model was trained to label: the longest run of alphanumeric characters, or one
//! mark of punctuation. Its label is the label of its first piece, so that no name ever begins or
//! ends inside a word.

use std::ops::Range;

use super::case;
use super::{Input, ModelError, TagError};
use crate::text::{Reading, Span, Text};

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
    /// Bytes that are no tokenizer, or one that does not put one special piece before and one after a text.
    pub fn from_json(json: &[u8], has_case: bool) -> Result<Self, ModelError> {
        let failed = |error: &dyn std::fmt::Display| ModelError::in_file("tokenizer.json", error);
        let mut inner = tokenizers::Tokenizer::from_bytes(json).map_err(|error| failed(&error))?;
        inner
            .with_truncation(None)
            .map_err(|error| failed(&error))?;
        inner.with_padding(None);
        // "[SEP]" in an article is six characters of text, not the end of the window.
        inner.set_encode_special_tokens(true);
        let (cls, sep) = frame(&inner).map_err(|problem| failed(&problem))?;
        Ok(Self {
            inner,
            cls,
            sep,
            has_case,
        })
    }

    /// How many ids its vocabulary has.
    pub fn vocabulary(&self) -> usize {
        self.inner.get_vocab_size(true)
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
        let place_of = |range: Range<usize>| {
            let place = reading.original(range);
            text.span(sentence.start() + place.start..sentence.start() + place.end)
        };
        // The word at hand, in what is read, and its case; a blank that stands directly before a word.
        let (mut open, mut case, mut blank) = (0..0, case::NONE, None);
        for (&id, &(start, end)) in encoding.get_ids().iter().zip(encoding.get_offsets()) {
            let piece = without_blanks(reading.as_str(), start..end);
            if piece.is_empty() {
                // Some vocabularies have pieces for blanks. The engine reads them; labels are for words.
                blank = Some(tokens.pieces.len());
                tokens.pieces.push(Piece {
                    id,
                    case: case::NONE,
                    word: tokens.words.len(),
                });
                continue;
            }
            let before = blank.take();
            if piece.start >= open.end {
                let word = word_at(reading.as_str(), piece);
                let Some(span) = place_of(word.clone()) else {
                    continue;
                };
                let content = reading.as_str().get(word.clone()).unwrap_or_default();
                (open, case) = (word, self.case_of(content));
                tokens.words.push(Word {
                    span,
                    // Models whose pieces begin with a blank were trained to label that one.
                    first_piece: before.unwrap_or(tokens.pieces.len()),
                    is_mark: !content.contains(char::is_alphanumeric),
                });
            } else if piece.end > open.end {
                // A piece that runs on past its word takes the rest of what it touches along.
                open.end = word_at(reading.as_str(), piece).end;
                if let (Some(word), Some(span)) = (tokens.words.last_mut(), place_of(open.clone()))
                {
                    word.span = span;
                }
            }
            tokens.pieces.push(Piece {
                id,
                case,
                word: tokens.words.len().saturating_sub(1),
            });
        }
        tokens.sentences.push(Sentence {
            pieces: first_piece..tokens.pieces.len(),
            words: first_word..tokens.words.len(),
        });
        Ok(())
    }

    fn case_of(&self, word: &str) -> u32 {
        if self.has_case {
            case::of_word(word)
        } else {
            case::NONE
        }
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

/// The special pieces before and after a text (`[CLS]` and `[SEP]`, `<s>` and `</s>`), as the tokenizer itself puts them;
/// those of the vocabulary where it puts none.
fn frame(inner: &tokenizers::Tokenizer) -> Result<(u32, u32), String> {
    let framed = inner.encode("a", true).map_err(|error| error.to_string())?;
    let special: Vec<(u32, bool)> = framed
        .get_ids()
        .iter()
        .zip(framed.get_special_tokens_mask())
        .map(|(&id, &mask)| (id, mask == 1))
        .collect();
    match special.as_slice() {
        [(cls, true), inner @ .., (sep, true)] if inner.iter().all(|(_, mask)| !mask) => {
            return Ok((*cls, *sep));
        }
        all if all.iter().any(|(_, mask)| *mask) => {
            return Err(
                "its post-processor does not put one special piece before a text and one after it"
                    .to_owned(),
            );
        }
        _ => {}
    }
    [("[CLS]", "[SEP]"), ("<s>", "</s>")]
        .into_iter()
        .find_map(|(cls, sep)| Some((inner.token_to_id(cls)?, inner.token_to_id(sep)?)))
        .ok_or_else(|| {
            "it has no post-processor, and its vocabulary no [CLS] and [SEP], no <s> and </s>"
                .to_owned()
        })
}

/// The piece and the alphanumeric characters that follow its last one, if that is alphanumeric. The search never looks before
/// the piece: pieces come in order, and the first of a word opens it.
fn word_at(read: &str, piece: Range<usize>) -> Range<usize> {
    let rest = read.get(piece.start..).unwrap_or_default();
    let run = rest
        .find(|character: char| !character.is_alphanumeric())
        .unwrap_or(rest.len());
    if piece.start + run >= piece.end {
        return piece.start..piece.start + run;
    }
    // Marks, or marks within the piece ("'s", "U.S", "--").
    let content = read.get(piece.clone()).unwrap_or_default();
    let rest = read.get(piece.end..).unwrap_or_default();
    let run = rest
        .find(|character: char| !character.is_alphanumeric())
        .unwrap_or(rest.len());
    let goes_on = content.ends_with(char::is_alphanumeric);
    piece.start..piece.end + if goes_on { run } else { 0 }
}

/// A piece's place without the white space at its edges, which some vocabularies make part of a piece.
fn without_blanks(read: &str, piece: Range<usize>) -> Range<usize> {
    let content = read.get(piece.clone()).unwrap_or_default();
    let trimmed = content.trim();
    let start = piece.start + (content.len() - content.trim_start().len());
    start..start + trimmed.len()
}
