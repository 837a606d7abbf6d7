//! The tagger's mentions and the book's sightings brought together, where they overlap and where not.
//!
//! A sighting wins over the pieces of its name; a mention wins over a sighting that is only a part of
//! a larger name ("Bank of America", "east Jerusalem", "BBC Africa").

use super::Book;
use super::fold::{self, Word};
use super::index::WordId;
use super::lexicon::LEXICON;
use super::mend::{BOOK_SCORE, SURE};
use super::scan::{self, Sighting};
use crate::tag::{EntityType, Mention};
use crate::text::{Span, Text};
use std::collections::HashSet;

/// Brings mentions and sightings together; both are in order and disjoint. `names` are the first
/// names and surnames of the article's people, folded.
pub(super) fn merge(
    book: &Book,
    text: &Text,
    words: &[(Word, WordId)],
    mentions: Vec<Mention>,
    sightings: &[Sighting],
    names: &HashSet<String>,
) -> Vec<Mention> {
    let taken = |range: std::ops::Range<usize>| {
        let at = mentions.partition_point(|m| m.span.end() <= range.start);
        let tagged = mentions.get(at).is_some_and(|m| m.span.start() < range.end);
        let at = sightings.partition_point(|s| s.span.end() <= range.start);
        tagged
            || sightings
                .get(at)
                .is_some_and(|s| s.span.start() < range.end)
    };
    let mut merged = Vec::with_capacity(mentions.len());
    let (mut tagged, mut seen) = (mentions.as_slice(), sightings);
    loop {
        // A group is what hangs together by overlaps.
        let start = [tagged.first().map(|m| m.span), seen.first().map(|s| s.span)];
        let Some(mut whole) = start.into_iter().flatten().min() else {
            return merged;
        };
        let (mut some_tagged, mut some_seen) = (0, 0);
        loop {
            if let Some(m) = tagged.get(some_tagged).filter(|m| m.span.overlaps(whole)) {
                whole = whole.cover(m.span);
                some_tagged += 1;
            } else if let Some(s) = seen.get(some_seen).filter(|s| s.span.overlaps(whole)) {
                whole = whole.cover(s.span);
                some_seen += 1;
            } else {
                break;
            }
        }
        if some_tagged + some_seen == 0 {
            // An empty span overlaps nothing, itself included; there is none, but a loop must end.
            return merged;
        }
        let (group, rest) = tagged.split_at(some_tagged);
        let (sighted, later) = seen.split_at(some_seen);
        (tagged, seen) = (rest, later);
        if group.is_empty() {
            let alone = |s: &&Sighting| scan::stands_alone(text.as_str(), words, s, taken);
            merged.extend(sighted.iter().filter(alone).map(|s| Mention {
                span: s.span,
                kind: s.tag,
                score: BOOK_SCORE,
            }));
        } else {
            merged.extend(settle(book, text, words, whole, group, sighted, names));
        }
    }
}

/// What becomes of mentions and sightings that overlap.
fn settle(
    book: &Book,
    text: &Text,
    words: &[(Word, WordId)],
    whole: Span,
    group: &[Mention],
    sighted: &[Sighting],
    names: &HashSet<String>,
) -> Vec<Mention> {
    let one = match (group, sighted) {
        (_, []) => return group.to_vec(),
        ([m], [s]) if m.span == s.span && keeps_type(text, m, s, names) => return vec![*m],
        ([m], [s])
            if s.tag != EntityType::Org
                && m.span != s.span
                && book.has_name(text.slice(m.span)) =>
        {
            return vec![*m];
        }
        ([m], _) => sighted.iter().all(|s| m.span.contains(s.span)),
        _ => false,
    };
    let best = group.iter().max_by(|a, b| a.score.total_cmp(&b.score));
    let score = best.map_or(BOOK_SCORE, |m| m.score);
    if nothing_more(text, words, whole, sighted, one) {
        let named = sighted.iter().map(|s| Mention {
            span: s.span,
            kind: s.tag,
            score,
        });
        return named.collect();
    }
    let longest = group.iter().max_by_key(|m| m.span.len());
    let larger = longest.map(|longest| Mention {
        span: whole,
        kind: longest.kind,
        score,
    });
    larger.into_iter().collect()
}

/// True where the tagger's type for a name of the book may be the better one: a country's or a
/// people's name that is somebody's in the article, a product named like its maker if it is sure of it.
fn keeps_type(text: &Text, m: &Mention, s: &Sighting, names: &HashSet<String>) -> bool {
    use EntityType::{Event, Fac, Loc, Norp, Person, Product};
    match m.kind {
        Product | Event | Fac => m.score >= SURE,
        Person => matches!(s.tag, Loc | Norp) && names.contains(&fold::fold(text.slice(m.span))),
        _ => false,
    }
}

/// True where the words that no sighting covers are no part of a name. Within `one` mention of the
/// tagger few words are not: "and" between two names, "group" after one, "-backed".
fn nothing_more(
    text: &Text,
    words: &[(Word, WordId)],
    whole: Span,
    sighted: &[Sighting],
    one: bool,
) -> bool {
    let from = words.partition_point(|(word, _)| word.end <= whole.start());
    let inside = words.get(from..).unwrap_or_default().iter();
    let (mut past, mut joined) = (0, true);
    for (word, _) in inside.take_while(|(word, _)| word.start < whole.end()) {
        while sighted
            .get(past)
            .is_some_and(|s| s.span.end() <= word.start)
        {
            past += 1;
            joined = false;
        }
        if sighted
            .get(past)
            .is_some_and(|s| s.span.start() <= word.start)
        {
            if one && !joined {
                return false;
            }
            continue;
        }
        let written = text.as_str().get(word.start..word.end).unwrap_or_default();
        let folded = fold::fold(written);
        let lower = written.starts_with(char::is_lowercase);
        let before = past.checked_sub(1).and_then(|last| sighted.get(last));
        let join = LEXICON.join.contains(folded.as_str());
        joined |= join;
        let title = sighted.iter().all(|s| s.tag == EntityType::Person)
            && LEXICON.title.contains(folded.as_str());
        let head = before.is_some_and(|s| s.tag == EntityType::Org)
            && lower
            && LEXICON.head.contains(folded.as_str());
        let lead = before.is_none() && lower && LEXICON.lead.contains(folded.as_str());
        // "US-backed", and "IS group's" whose words follow one another.
        let hung = lower
            && before.is_some_and(|s| {
                let gap = text.as_str().get(s.span.end()..word.start);
                gap.is_some_and(|gap| gap.chars().count() == 1 && !gap.starts_with(' '))
            });
        if !(join || title || head || lead || hung || (lower && !one)) {
            return false;
        }
    }
    true
}
