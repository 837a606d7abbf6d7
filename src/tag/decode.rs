//! From label scores to names.
//!
//! One label a word (that of its first piece), and of all label sequences that are valid in the model's scheme the most
//! probable one (Viterbi 1967, with transitions that are either allowed or not). A sequence that the
//! scores alone would break, an inside without its begin, is thus repaired by what it costs least
//! to change, and a name never begins or ends inside a word.

use super::{EntityType, Label, LabelSet, Mention, Scores, Sentence, Tokens, Window};
use crate::text::{Span, Text};

/// The names in an article. `scores` has one entry for each of `windows`. A sentence's names never
/// reach into another sentence; white space and marks at a name's edges are left out of it.
pub fn decode(
    text: &Text,
    tokens: &Tokens,
    windows: &[Window],
    scores: &[Scores],
    labels: &LabelSet,
) -> Vec<Mention> {
    let rows = word_rows(tokens, windows, scores);
    let labels: Vec<Label> = labels.iter().collect();
    let mut mentions = Vec::new();
    for sentence in &tokens.sentences {
        let Some(rows) = rows.get(sentence.words.clone()) else {
            continue;
        };
        let path = best_path(rows, &labels);
        collect(text, tokens, sentence, rows, &path, &labels, &mut mentions);
    }
    mentions
}

/// The row of scores for each word's first piece.
fn word_rows<'a>(
    tokens: &Tokens,
    windows: &[Window],
    scores: &'a [Scores],
) -> Vec<Option<&'a [f32]>> {
    word_places(tokens, windows)
        .into_iter()
        .map(|place| place.and_then(|(window, piece)| scores.get(window)?.row(piece)))
        .collect()
}

/// For each word the window that keeps its first piece, and that piece's place in the window.
pub(super) fn word_places(tokens: &Tokens, windows: &[Window]) -> Vec<Option<(usize, usize)>> {
    let mut places = vec![None; tokens.words.len()];
    let mut words = tokens.words.iter().zip(places.iter_mut()).peekable();
    for (index, window) in windows.iter().enumerate() {
        while let Some((word, place)) =
            words.next_if(|(word, _)| word.first_piece < window.kept.end)
        {
            let piece = word.first_piece.checked_sub(window.pieces.start);
            *place = piece.map(|piece| (index, piece));
        }
    }
    places
}

/// The most probable valid sequence of labels, as columns. A word without scores is outside.
fn best_path(rows: &[Option<&[f32]>], labels: &[Label]) -> Vec<usize> {
    let mut total: Vec<f32> = Vec::new();
    let mut steps: Vec<Vec<usize>> = Vec::with_capacity(rows.len());
    for row in rows {
        let emission = |column: usize| match (row, labels.get(column)) {
            (Some(row), _) => row.get(column).copied().unwrap_or(f32::NEG_INFINITY),
            (None, Some(Label::Outside)) => 0.0,
            (None, _) => f32::NEG_INFINITY,
        };
        let mut step = Vec::with_capacity(labels.len());
        let mut next = Vec::with_capacity(labels.len());
        for (column, &label) in labels.iter().enumerate() {
            // Before the first word there is nothing, which counts as outside.
            let (from, before) = if steps.is_empty() {
                let allowed = label.may_follow(Label::Outside);
                (column, if allowed { 0.0 } else { f32::NEG_INFINITY })
            } else {
                labels
                    .iter()
                    .zip(&total)
                    .enumerate()
                    .filter(|(_, (previous, _))| label.may_follow(**previous))
                    .map(|(from, (_, &score))| (from, score))
                    .fold((0, f32::NEG_INFINITY), |best, other| {
                        if other.1 > best.1 { other } else { best }
                    })
            };
            step.push(from);
            next.push(before + emission(column));
        }
        total = next;
        steps.push(step);
    }
    let mut column = total
        .iter()
        .zip(labels)
        .enumerate()
        .filter(|(_, (_, label))| label.may_end())
        .map(|(column, (score, _))| (column, score))
        .fold((0, f32::NEG_INFINITY), |best, (column, &score)| {
            if score > best.1 {
                (column, score)
            } else {
                best
            }
        })
        .0;
    let mut path: Vec<usize> = Vec::with_capacity(rows.len());
    for step in steps.iter().rev() {
        path.push(column);
        column = step.get(column).copied().unwrap_or_default();
    }
    path.reverse();
    path
}

/// Turns a sentence's labels into mentions.
fn collect(
    text: &Text,
    tokens: &Tokens,
    sentence: &Sentence,
    rows: &[Option<&[f32]>],
    path: &[usize],
    labels: &[Label],
    mentions: &mut Vec<Mention>,
) {
    let words = tokens.words.get(sentence.words.clone()).unwrap_or_default();
    let labelled = words
        .iter()
        .zip(rows)
        .zip(path)
        .map(|((word, row), column)| {
            let label = labels.get(*column).copied().unwrap_or(Label::Outside);
            let probability = label
                .kind()
                .map_or(0.0, |kind| probability_of(*row, kind, labels));
            LabelledWord {
                span: word.span,
                is_mark: word.is_mark,
                label,
                probability,
            }
        });
    names(text, labelled, mentions);
}

/// A word with the label that it was given.
#[derive(Clone, Copy, Debug)]
pub(super) struct LabelledWord {
    /// Where.
    pub span: Span,
    /// True for a mark of punctuation.
    pub is_mark: bool,
    /// A label that may follow that of the word before.
    pub label: Label,
    /// The probability of its label's type, begin and inside together.
    pub probability: f32,
}

/// Adds the names in a sentence whose words are labelled. The score of a name is the mean of its words'.
pub(super) fn names(
    text: &Text,
    words: impl Iterator<Item = LabelledWord>,
    mentions: &mut Vec<Mention>,
) {
    let mut open: Option<Open> = None;
    let mut previous = Label::Outside;
    for word in words {
        if !word.label.continues(previous) {
            mentions.extend(open.take().and_then(|open| open.close(text)));
        }
        previous = word.label;
        let Some(kind) = word.label.kind() else {
            continue;
        };
        let open = open.get_or_insert(Open {
            kind,
            span: None,
            words: 0.0,
            probability: 0.0,
        });
        // Quotation marks and commas at a name's edges are not the name's; inside it they are.
        if !word.is_mark {
            open.span = Some(open.span.map_or(word.span, |span| span.cover(word.span)));
        }
        open.words += 1.0;
        open.probability += word.probability;
    }
    mentions.extend(open.take().and_then(|open| open.close(text)));
}

/// The probability that a word belongs to a name of this type: its begin and inside together.
fn probability_of(row: Option<&[f32]>, kind: EntityType, labels: &[Label]) -> f32 {
    row.unwrap_or_default()
        .iter()
        .zip(labels)
        .filter(|(_, label)| label.kind() == Some(kind))
        .map(|(score, _)| score.exp())
        .sum()
}

/// A name whose end is not reached yet.
struct Open {
    kind: EntityType,
    /// From its first to its last word; none while it has nothing but marks.
    span: Option<Span>,
    words: f32,
    /// The sum over its words.
    probability: f32,
}

impl Open {
    /// The mention with the mean of its words' probabilities.
    fn close(self, text: &Text) -> Option<Mention> {
        Some(Mention {
            span: with_last_stop(text, self.span?),
            kind: self.kind,
            score: (self.probability / self.words).clamp(0.0, 1.0),
        })
        .filter(|mention| !in_address(text, mention.span))
    }
}

/// Takes in the full stop of an abbreviation of single letters: "U.S.", "D.R.C.".
fn with_last_stop(text: &Text, span: Span) -> Span {
    let slice = text.slice(span);
    let is_initials = slice.contains('.')
        && slice
            .split('.')
            .all(|letter| letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic));
    text.span(span.start()..span.end() + 1)
        .filter(|longer| is_initials && text.slice(*longer).ends_with('.'))
        .unwrap_or(span)
}

/// How far before a name its address may begin.
const LONGEST_ADDRESS: usize = 300;

/// True for a name inside a web address, which names nobody.
fn in_address(text: &Text, span: Span) -> bool {
    let before = text.as_str().get(..span.start()).unwrap_or_default();
    let mut length = 0;
    let run = before.bytes().rev().take_while(|byte| {
        length += 1;
        length <= LONGEST_ADDRESS && !byte.is_ascii_whitespace()
    });
    let start = before.len() - run.count();
    let run = text.as_str().as_bytes().get(start..span.end());
    let run = run.unwrap_or_default();
    memchr::memmem::find(run, b"://").is_some() || run.starts_with(b"www.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::{EntityType, LabelNames, Piece, Word};
    use proptest::prelude::*;

    fn labels(names: &[&str]) -> LabelSet {
        let map = names
            .iter()
            .enumerate()
            .map(|(id, name)| (id.to_string(), (*name).to_owned()))
            .collect();
        LabelNames::standard().read(&map).expect("labels")
    }

    const BIO: [&str; 5] = ["O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG"];

    /// One piece a word, one sentence, one window; each word's row favours one column.
    fn run(content: &str, columns: &[usize]) -> Vec<(String, EntityType)> {
        run_as(&BIO, content, columns)
    }

    fn run_as(names: &[&str], content: &str, columns: &[usize]) -> Vec<(String, EntityType)> {
        let labels = labels(names);
        let text = Text::new(content.to_owned());
        let mut tokens = Tokens::default();
        let mut at = 0;
        for (index, word) in content.split(' ').enumerate() {
            let span = text.span(at..at + word.len()).expect("a word");
            at += word.len() + 1;
            tokens.words.push(Word {
                span,
                first_piece: index,
                is_mark: !word.contains(char::is_alphanumeric),
            });
            tokens.pieces.push(Piece {
                id: 0,
                case: 0,
                word: index,
            });
        }
        let all = 0..tokens.words.len();
        tokens.sentences.push(Sentence {
            pieces: all.clone(),
            words: all.clone(),
        });
        let mut logits = vec![0.0; all.len() * names.len()];
        for (row, column) in columns.iter().enumerate() {
            logits[row * names.len() + column] = 5.0;
        }
        let window = Window {
            pieces: all.clone(),
            kept: all,
        };
        let scores = Scores::from_logits(&labels, logits);
        decode(&text, &tokens, &[window], &[scores], &labels)
            .into_iter()
            .map(|mention| (text.slice(mention.span).to_owned(), mention.kind))
            .collect()
    }

    #[test]
    fn an_inside_without_begin_is_repaired() {
        let found = run("by Islamic State militants", &[0, 4, 4, 0]);
        assert_eq!(found, [("Islamic State".to_owned(), EntityType::Org)]);
    }

    #[test]
    fn every_scheme_gives_its_names() {
        let person = |name: &str| (name.to_owned(), EntityType::Person);
        let bioes = ["O", "B-PER", "I-PER", "E-PER", "S-PER"];
        assert_eq!(
            run_as(&bioes, "said Ann B Cole Dee", &[0, 1, 2, 3, 4]),
            [person("Ann B Cole"), person("Dee")]
        );
        // A name that no word ends is repaired: what it costs least to change is its last label.
        assert_eq!(
            run_as(&bioes, "said Ann B Cole", &[0, 1, 2, 2]),
            [person("Ann B Cole")]
        );
        let io = ["O", "PER", "ORG"];
        assert_eq!(
            run_as(&io, "Ann Cole Reuters said", &[1, 1, 2, 0]),
            [person("Ann Cole"), ("Reuters".to_owned(), EntityType::Org)]
        );
    }

    #[test]
    fn columns_of_one_meaning_win_together() {
        let names = ["O", "B-ORG", "B-GPE", "B-LOC"];
        let labels = labels(&names);
        let scores = Scores::from_logits(&labels, vec![0.0, 0.5, 0.2, 0.2]);
        let row = scores.row(0).expect("a row");
        assert_eq!(row.len(), 3);
        assert!(row[2] > row[1], "{row:?}");
        let sum: f32 = row.iter().map(|score| score.exp()).sum();
        assert!((sum - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_begin_of_the_same_type_starts_a_new_name() {
        let found = run("Reuters AFP", &[3, 3]);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_name_inside_an_address_is_none() {
        let found = run(
            "see https://example.org/Somalia-blast in Somalia",
            &[0, 3, 0, 3],
        );
        assert_eq!(found, [("Somalia".to_owned(), EntityType::Org)]);
    }

    #[test]
    fn marks_at_the_edges_are_not_the_names() {
        assert_eq!(
            run("“ Ahmad ’ s ”", &[1, 2, 2, 2, 2]),
            [("Ahmad ’ s".to_owned(), EntityType::Person)]
        );
        assert!(run("“ ”", &[1, 2]).is_empty());
    }

    #[test]
    fn initials_keep_their_last_stop() {
        let text = Text::new("in the U.S. and at St. Paul.".to_owned());
        for (name, whole) in [("U.S", "U.S."), ("St. Paul", "St. Paul")] {
            let start = text.as_str().find(name).expect("there");
            let span = text.span(start..start + name.len()).expect("a span");
            assert_eq!(text.slice(with_last_stop(&text, span)), whole);
        }
    }

    proptest! {
        #[test]
        fn names_are_ordered_disjoint_and_scored(
            words in prop::collection::vec("[A-Za-zé.’]{1,6}", 1..30),
            columns in prop::collection::vec(0usize..5, 30),
        ) {
            let found = run(&words.join(" "), columns.get(..words.len()).unwrap_or_default());
            prop_assert!(found.iter().all(|(name, _)| !name.is_empty()));
        }
    }
}
