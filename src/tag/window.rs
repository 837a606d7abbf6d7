//! Windows: what the model reads at once.
//!
//! A window is a run of whole sentences of one region, as many as fit. A sentence that does not
//! fit is cut into overlapping windows at the best place, so that each of its words is seen once with
//! context on both sides; nothing is dropped.

use std::ops::Range;

use super::Tokens;

/// Pieces in a window without `[CLS]` and `[SEP]`: what the model was trained on.
pub(super) const MAX_PIECES: usize = 190;
/// Pieces that two windows of one sentence share.
const OVERLAP: usize = 48;
/// Where a long sentence may be cut: this many pieces are searched for a word's edge.
const SLACK: usize = 16;

/// A window: the pieces that the engine reads, and those of them whose scores count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Range of [`Tokens::pieces`] that is read.
    pub pieces: Range<usize>,
    /// The part of `pieces` for which this window has the best context. The `kept` of an article's
    /// windows partition its pieces.
    pub kept: Range<usize>,
}

/// The windows of an article, in order. `breaks` has, for each sentence, whether a window must not run
/// on from the sentence before (another region begins).
pub fn windows(tokens: &Tokens, breaks: &[bool]) -> Vec<Window> {
    let mut windows = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for (index, sentence) in tokens.sentences.iter().enumerate() {
        let pieces = sentence.pieces.clone();
        if pieces.is_empty() {
            continue;
        }
        let begins = breaks.get(index).copied().unwrap_or(false);
        open = match open.take() {
            Some(window) if !begins && pieces.end - window.start <= MAX_PIECES => {
                Some(window.start..pieces.end)
            }
            earlier => {
                windows.extend(earlier.map(whole));
                if pieces.len() <= MAX_PIECES {
                    Some(pieces)
                } else {
                    cut(tokens, pieces, &mut windows);
                    None
                }
            }
        };
    }
    windows.extend(open.map(whole));
    windows
}

fn whole(pieces: Range<usize>) -> Window {
    Window {
        kept: pieces.clone(),
        pieces,
    }
}

/// Cuts the pieces of one long sentence into overlapping windows. In the overlap the middle is the
/// border: on its left the earlier window has more context, on its right the later one.
fn cut(tokens: &Tokens, sentence: Range<usize>, windows: &mut Vec<Window>) {
    let (mut start, mut kept_from) = (sentence.start, sentence.start);
    while sentence.end - start > MAX_PIECES {
        let end = word_edge(tokens, start + MAX_PIECES);
        let next = word_edge(tokens, end - OVERLAP);
        let border = word_edge(tokens, end - OVERLAP / 2);
        windows.push(Window {
            pieces: start..end,
            kept: kept_from..border,
        });
        (start, kept_from) = (next, border);
    }
    windows.push(Window {
        pieces: start..sentence.end,
        kept: kept_from..sentence.end,
    });
}

/// The last place at or before `wanted` where a word begins, looking back `SLACK` pieces at most;
/// `wanted` itself inside a word that is longer.
fn word_edge(tokens: &Tokens, wanted: usize) -> usize {
    let begins = |place: &usize| {
        tokens
            .pieces
            .get(*place)
            .and_then(|piece| tokens.words.get(piece.word))
            .is_none_or(|word| word.first_piece == *place)
    };
    let lowest = wanted.saturating_sub(SLACK);
    (lowest..=wanted).rev().find(begins).unwrap_or(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::{Piece, Sentence, Word};
    use crate::text::Text;
    use proptest::prelude::*;

    /// Tokens of sentences of words of so many pieces each; the spans do not matter here.
    fn tokens(sentences: &[Vec<usize>]) -> Tokens {
        let mut tokens = Tokens::default();
        let span = Text::new(String::new()).whole();
        for sentence in sentences {
            let (pieces, words) = (tokens.pieces.len(), tokens.words.len());
            for &length in sentence {
                tokens.words.push(Word {
                    span,
                    first_piece: tokens.pieces.len(),
                    is_mark: false,
                });
                for _ in 0..length {
                    tokens.pieces.push(Piece {
                        id: 0,
                        case: 0,
                        word: tokens.words.len() - 1,
                    });
                }
            }
            tokens.sentences.push(Sentence {
                pieces: pieces..tokens.pieces.len(),
                words: words..tokens.words.len(),
            });
        }
        tokens
    }

    proptest! {
        #[test]
        fn kept_parts_partition_the_pieces(
            sentences in prop::collection::vec(prop::collection::vec(1usize..6, 0..160), 0..12),
            breaks in prop::collection::vec(any::<bool>(), 12),
        ) {
            let tokens = tokens(&sentences);
            let mut at = 0;
            for window in windows(&tokens, &breaks) {
                prop_assert_eq!(window.kept.start, at);
                prop_assert!(window.kept.end > at);
                prop_assert!(window.pieces.start <= window.kept.start && window.kept.end <= window.pieces.end);
                prop_assert!(window.pieces.len() <= MAX_PIECES);
                at = window.kept.end;
            }
            prop_assert_eq!(at, tokens.pieces.len());
        }
    }

    #[test]
    fn a_word_longer_than_a_window_is_still_seen() {
        let tokens = tokens(&[vec![1, 1000, 1]]);
        let covered: usize = windows(&tokens, &[])
            .iter()
            .map(|window| window.kept.len())
            .sum();
        assert_eq!(covered, 1002);
    }

    #[test]
    fn a_region_begins_a_window() {
        let tokens = tokens(&[vec![1; 10], vec![1; 10], vec![1; 10]]);
        let windows = windows(&tokens, &[true, false, true]);
        let pieces: Vec<_> = windows.into_iter().map(|window| window.pieces).collect();
        assert_eq!(pieces, [0..20, 20..30]);
    }

    #[test]
    fn a_cut_word_keeps_context_on_both_sides() {
        let tokens = tokens(&[vec![1; 400]]);
        let windows = windows(&tokens, &[]);
        for pair in windows.windows(2) {
            assert!(pair[0].pieces.end - pair[0].kept.end >= OVERLAP / 2 - SLACK);
            assert!(pair[1].kept.start - pair[1].pieces.start >= OVERLAP / 2 - SLACK);
        }
    }
}
