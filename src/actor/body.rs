//! The body of state that a country's name or a demonym begins where the tagger marked no more: "Kenyan police".
//!
//! The head follows directly and names one body (`heads` in `data/offices.csv`): in "Kenyan soldiers" the
//! name is the demonym. "In Kenya police said" is a place and a subject, so that a country's name after a
//! word of place never grows. Nor does a city's: its offices are its own.

use super::fold::{self, Word};
use super::index::WordId;
use super::lexicon::LEXICON;
use super::{Book, office};
use crate::tag::{EntityType, Mention};
use crate::text::{Span, Text};

/// The mentions, in order and disjoint as they came, each grown to its body; `words` are the text's.
pub(super) fn grow(
    book: &Book,
    text: &Text,
    words: &[(Word, WordId)],
    mentions: Vec<Mention>,
) -> Vec<Mention> {
    let mut grown: Vec<Mention> = Vec::with_capacity(mentions.len());
    for (at, mention) in mentions.iter().enumerate() {
        if grown
            .last()
            .is_some_and(|last| last.span.overlaps(mention.span))
        {
            continue;
        }
        let following = mentions.get(at + 1..).unwrap_or_default();
        let whole = body(book, text, words, mention).filter(|&span| {
            let mut inside = following
                .iter()
                .take_while(|other| other.span.overlaps(span));
            inside.all(|other| other.kind == EntityType::Org && span.contains(other.span))
        });
        grown.push(whole.map_or(*mention, |span| Mention {
            span,
            kind: EntityType::Org,
            score: mention.score,
        }));
    }
    grown
}

/// The span of the body that this mention begins.
fn body(book: &Book, text: &Text, words: &[(Word, WordId)], mention: &Mention) -> Option<Span> {
    if !matches!(mention.kind, EntityType::Norp | EntityType::Loc) {
        return None;
    }
    let source = text.as_str();
    let next = words.partition_point(|(word, _)| word.start < mention.span.end());
    let (mut end, mut folded, mut longest) = (mention.span.end(), Vec::new(), None);
    for (word, _) in words.get(next..)?.iter().take(office::LONGEST) {
        let gap = source.get(end..word.start)?;
        if gap.is_empty() || !gap.chars().all(|c| c == ' ' || c == '\u{a0}') {
            break;
        }
        folded.push(fold::fold(source.get(word.start..word.end)?));
        end = word.end;
        if office::is_body(&folded) {
            longest = Some(end);
        }
    }
    let span = text.span(mention.span.start()..longest?)?;
    let is_place = mention.kind == EntityType::Loc;
    if is_place && follows_place_word(source, words, mention.span) {
        return None;
    }
    let body = book.body(text.slice(span))?;
    let of_country = book.entry(body.place)?.kind == "country";
    of_country.then_some(span)
}

/// True after "in", "from", "to the" and their like.
fn follows_place_word(source: &str, words: &[(Word, WordId)], name: Span) -> bool {
    let at = words.partition_point(|(word, _)| word.start < name.start());
    let word = |back: usize| {
        let (word, _) = words.get(at.checked_sub(back)?)?;
        source.get(word.start..word.end).map(fold::fold)
    };
    let is = |word: Option<String>, list: &super::lexicon::WordSet| {
        word.is_some_and(|word| list.contains(word.as_str()))
    };
    let back = 1 + usize::from(is(word(1), &LEXICON.article));
    is(word(back), &LEXICON.place_before)
}
