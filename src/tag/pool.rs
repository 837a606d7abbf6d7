//! Two models' opinions of the same words as one.
//!
//! A logarithmic opinion pool (Smith, Cohn and Osborne 2005): the weighted geometric mean of the two probabilities of
//! each label. Models of different kinds err in different places, so the pool is better than either. It changes the
//! rows that decoding looks at, those of words' first pieces, and no others.

use super::decode::word_places;
use super::{Label, LabelSet, Scores, Tokens, Window, normalise};
use crate::text::Span;

/// What the other opinion weighs; the transformer's own weighs the rest. From 0.2 to 0.35 the development sets differ by chance alone.
const WEIGHT: f32 = 0.3;
/// A probability below this weighs no more than this: nothing is impossible because one model says so.
const LEAST: f32 = 1e-5;

/// What another model thinks of a word.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinion {
    /// The word.
    pub span: Span,
    /// The probability of each label of BIO that it has anything to say of.
    pub labels: Vec<(Label, f32)>,
}

/// Puts the opinions on words into the scores of their windows. Both are in the order of the text; words of which there
/// is no opinion stay as they are.
pub fn pool(
    tokens: &Tokens,
    windows: &[Window],
    labels: &LabelSet,
    opinions: &[Opinion],
    scores: &mut [Scores],
) {
    let mut opinions = opinions.iter().peekable();
    for (word, place) in tokens.words.iter().zip(word_places(tokens, windows)) {
        while opinions
            .next_if(|opinion| opinion.span < word.span)
            .is_some()
        {}
        let Some(opinion) = opinions.next_if(|opinion| opinion.span == word.span) else {
            continue;
        };
        let row = place.and_then(|(window, piece)| scores.get_mut(window)?.row_mut(piece));
        let row = row.unwrap_or_default();
        for (score, label) in row.iter_mut().zip(labels.iter()) {
            let other = opinion.of(label).max(LEAST).ln();
            *score = (1.0 - WEIGHT) * *score + WEIGHT * other;
        }
        normalise(row);
    }
}

impl Opinion {
    /// The probability of a label of any scheme.
    fn of(&self, label: Label) -> f32 {
        let known = self.labels.iter();
        let same = known.filter(|(known, _)| match (label, known) {
            (Label::Outside, Label::Outside) => true,
            (Label::Begin(kind) | Label::First(kind) | Label::Only(kind), Label::Begin(other)) => {
                kind == *other
            }
            (
                Label::Inside(kind) | Label::Middle(kind) | Label::Last(kind),
                Label::Inside(other),
            ) => kind == *other,
            (Label::Any(kind), Label::Begin(other) | Label::Inside(other)) => kind == *other,
            _ => false,
        });
        same.map(|(_, probability)| probability).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EntityType, Piece, Sentence, Word};
    use super::*;
    use crate::text::Text;

    /// "Ghani left": two words of two pieces and one, in one window.
    fn tokens(text: &Text) -> Tokens {
        let word = |range, first_piece| Word {
            span: text.span(range).expect("a word"),
            first_piece,
            is_mark: false,
        };
        let piece = |word| Piece {
            id: 0,
            case: 0,
            word,
        };
        Tokens {
            pieces: vec![piece(0), piece(0), piece(1)],
            words: vec![word(0..5, 0), word(6..10, 2)],
            sentences: vec![Sentence {
                pieces: 0..3,
                words: 0..2,
            }],
        }
    }

    #[test]
    fn only_the_first_piece_of_a_word_with_an_opinion_changes() {
        let text = Text::new("Ghani left".to_owned());
        let tokens = tokens(&text);
        let windows = [Window {
            pieces: 0..3,
            kept: 0..3,
        }];
        let person = Label::Begin(EntityType::Person);
        let labels = LabelSet::new([Label::Outside, person]).expect("labels");
        let mut scores = [Scores::from_logits(
            &labels,
            vec![1.0, 0.0, 1.0, 0.0, 1.0, 0.0],
        )];
        let before = scores[0].clone();
        let opinions = [Opinion {
            span: tokens.words[0].span,
            labels: vec![(Label::Outside, 0.01), (person, 0.99)],
        }];
        pool(&tokens, &windows, &labels, &opinions, &mut scores);
        let row = scores[0].row(0).expect("the first piece");
        // Log odds of 1 against, by 0.7, and of ln 99 for, by 0.3.
        let odds = 0.3 * 99f32.ln() - 0.7;
        assert!((row[1] - row[0] - odds).abs() < 1e-4, "{row:?}");
        assert!((row.iter().map(|score| score.exp()).sum::<f32>() - 1.0).abs() < 1e-5);
        assert_eq!(scores[0].row(1), before.row(1));
        assert_eq!(scores[0].row(2), before.row(2));
    }

    #[test]
    fn labels_of_other_schemes_find_their_counterpart() {
        let org = EntityType::Org;
        let opinion = Opinion {
            span: Text::new(String::new()).whole(),
            labels: vec![
                (Label::Outside, 0.5),
                (Label::Begin(org), 0.3),
                (Label::Inside(org), 0.2),
            ],
        };
        for (label, probability) in [
            (Label::Outside, 0.5),
            (Label::Only(org), 0.3),
            (Label::Last(org), 0.2),
            (Label::Any(org), 0.5),
            (Label::Begin(EntityType::Loc), 0.0),
        ] {
            assert!((opinion.of(label) - probability).abs() < 1e-6, "{label:?}");
        }
    }
}
