//! The tagger's mentions, mended by the names of which the book is sure.
//!
//! Makes whole what the tagger cut in two, parts what it ran together, adds sure names that it
//! missed, sets their types, and gives a name one type within the article. Never touches a longer
//! name that merely contains one of the book's ("Bank of America").

use super::definition::{Definition, definitions};
use super::fold::{self, Word};
use super::index::WordId;
use super::lexicon::LEXICON;
use super::scan::{self, Sighting};
use super::{Book, Context, edge, person, sense};
use crate::tag::{EntityType, Mention};
use crate::text::{Span, Text};
use std::collections::{HashMap, HashSet};

/// The score of a name that only the book or a definition saw. It is no probability: it marks, below
/// what a tagger that is sure would say, that no tagger saw the name.
pub const BOOK_SCORE: f32 = 0.5;

/// From this score on a place that is called like a person in the article stays a place.
const SURE_PLACE: f32 = 0.8;

/// See [`Book::mend`].
pub(super) fn mend(book: &Book, context: Context<'_>, mentions: Vec<Mention>) -> Vec<Mention> {
    let text = context.text;
    let words = book.index.words(text.as_str());
    let mentions = disjoint(
        mentions
            .into_iter()
            .flat_map(|mention| split_brackets(book, text, mention))
            .collect(),
    );
    let sightings = scan::scan(book, context, &words);
    let mut mentions = merge(text, &words, mentions, &sightings);
    mentions.retain(|mention| !is_common_word(book, context, mention.span));
    let defined = definitions(text, &mentions);
    let mentions = add_defined(context, &words, mentions, &defined);
    agree(book, text, mentions)
}

/// A mention trimmed to its name; "Islamic State (IS)" becomes two, unless the book has it as one.
fn split_brackets(book: &Book, text: &Text, mention: Mention) -> Vec<Mention> {
    let span = edge::trim(text, mention.span);
    let surface = text.slice(span);
    let parts = match surface.find('(') {
        Some(open) if !book.has_name(surface) => {
            let at = span.start() + open;
            vec![text.span(span.start()..at), text.span(at..span.end())]
        }
        _ => vec![Some(span)],
    };
    parts
        .into_iter()
        .flatten()
        .map(|part| Mention {
            span: edge::trim(text, part),
            ..mention
        })
        .filter(|mention| !mention.span.is_empty())
        .collect()
}

/// In order and disjoint: of two that overlap the surer stays, of two as sure the longer.
fn disjoint(mut mentions: Vec<Mention>) -> Vec<Mention> {
    mentions.sort_by(|a, b| {
        a.span
            .cmp(&b.span)
            .then(a.kind.cmp(&b.kind))
            .then(b.score.total_cmp(&a.score))
    });
    let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let Some(last) = kept
            .last_mut()
            .filter(|last| last.span.overlaps(mention.span))
        else {
            kept.push(mention);
            continue;
        };
        let by_score = mention.score.total_cmp(&last.score);
        if by_score
            .then(mention.span.len().cmp(&last.span.len()))
            .is_gt()
        {
            *last = mention;
        }
    }
    kept
}

/// Brings mentions and sightings together; both are in order and disjoint.
fn merge(
    text: &Text,
    words: &[(Word, WordId)],
    mentions: Vec<Mention>,
    sightings: &[Sighting],
) -> Vec<Mention> {
    let names = first_and_last_names(text, &mentions);
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
            merged.extend(settle(text, words, whole, group, sighted, &names));
        }
    }
}

/// What becomes of mentions and sightings that overlap.
fn settle(
    text: &Text,
    words: &[(Word, WordId)],
    whole: Span,
    group: &[Mention],
    sighted: &[Sighting],
    names: &HashSet<String>,
) -> Vec<Mention> {
    let keeps_person = |m: &Mention, s: &Sighting| {
        // A country's or a people's name may be a person's, if the article has such a person.
        m.kind == EntityType::Person
            && matches!(s.tag, EntityType::Loc | EntityType::Norp)
            && names.contains(&fold::fold(text.slice(m.span)))
    };
    match (group, sighted) {
        (_, []) => return group.to_vec(),
        ([m], [s]) if keeps_person(m, s) => return vec![*m],
        _ => {}
    }
    let score = group
        .iter()
        .map(|m| m.score)
        .max_by(f32::total_cmp)
        .unwrap_or(BOOK_SCORE);
    if !has_more_name(text, words, whole, sighted) {
        return sighted
            .iter()
            .map(|s| Mention {
                span: s.span,
                kind: s.tag,
                score,
            })
            .collect();
    }
    let longest = group.iter().max_by_key(|m| m.span.len());
    longest
        .map(|longest| Mention {
            span: whole,
            kind: longest.kind,
            score,
        })
        .into_iter()
        .collect()
}

/// True where the group has words of a name that no sighting covers.
fn has_more_name(text: &Text, words: &[(Word, WordId)], whole: Span, sighted: &[Sighting]) -> bool {
    let people = sighted.iter().all(|s| s.tag == EntityType::Person);
    let from = words.partition_point(|(word, _)| word.end <= whole.start());
    let mut rest = sighted;
    words
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(|(word, _)| word.start < whole.end())
        .any(|(word, _)| {
            while rest.first().is_some_and(|s| s.span.end() <= word.start) {
                rest = rest.get(1..).unwrap_or_default();
            }
            let covered = rest.first().is_some_and(|s| s.span.start() <= word.start);
            let written = text.as_str().get(word.start..word.end).unwrap_or_default();
            let folded = fold::fold(written);
            let no_name = written.starts_with(char::is_lowercase)
                || LEXICON.join.contains(folded.as_str())
                || LEXICON.lead.contains(folded.as_str())
                || (people && LEXICON.title.contains(folded.as_str()));
            !covered && !no_name
        })
}

/// The first names and surnames of the people whom the tagger found in full; folded.
fn first_and_last_names(text: &Text, mentions: &[Mention]) -> HashSet<String> {
    mentions
        .iter()
        .filter(|m| m.kind == EntityType::Person)
        .map(|m| person::name_words(text.slice(m.span)))
        .filter(|words| person::is_full(words))
        .flat_map(|words| [words.first().cloned(), words.last().cloned()])
        .flatten()
        .collect()
}

/// True for "is", "us", and for "IS" and "US" where they are the verb and the pronoun.
fn is_common_word(book: &Book, context: Context<'_>, span: Span) -> bool {
    let surface = context.text.slice(span);
    surface.len() <= 4 && book.is_word_name(surface) && !sense::is_name(context, span)
}

/// Adds the short forms that the article defines, at their definition and wherever else they stand,
/// and gives them the type of their long form.
fn add_defined(
    context: Context<'_>,
    words: &[(Word, WordId)],
    mut mentions: Vec<Mention>,
    defined: &[Definition],
) -> Vec<Mention> {
    let text = context.text;
    let mut kinds: HashMap<&str, EntityType> = HashMap::new();
    for definition in defined.iter().filter(|definition| !definition.mutual) {
        let at = mentions.partition_point(|m| m.span.end() <= definition.long.start());
        let long = mentions
            .get(at)
            .filter(|m| m.span.overlaps(definition.long));
        if let Some(long) = long {
            kinds
                .entry(text.slice(definition.short))
                .or_insert(long.kind);
        }
    }
    if kinds.is_empty() {
        return mentions;
    }
    let mut missed = Vec::new();
    for (word, _) in words {
        let Some(span) = text.span(word.start..word.end) else {
            continue;
        };
        let surface = text.slice(span);
        let Some(&kind) = kinds.get(surface) else {
            continue;
        };
        let at = mentions.partition_point(|m| m.span.end() <= span.start());
        let hit = mentions.get_mut(at).filter(|m| m.span.overlaps(span));
        match hit {
            Some(mention) if mention.span == span => mention.kind = kind,
            Some(_) => {}
            None if sense::is_name_if_word(context, span) => missed.push(Mention {
                span,
                kind,
                score: BOOK_SCORE,
            }),
            None => {}
        }
    }
    mentions.extend(missed);
    mentions.sort_by_key(|m| m.span);
    mentions
}

/// One sense for each name in an article: mentions that are written alike take the type that most of
/// them have, weighed by score. Surnames that the tagger took for something else become people.
fn agree(book: &Book, text: &Text, mut mentions: Vec<Mention>) -> Vec<Mention> {
    let people = first_and_last_names(text, &mentions);
    let mut votes: HashMap<&str, Vec<(EntityType, f32)>> = HashMap::new();
    for mention in &mentions {
        let tally = votes.entry(text.slice(mention.span)).or_default();
        match tally.iter_mut().find(|(kind, _)| *kind == mention.kind) {
            Some((_, sum)) => *sum += mention.score,
            None => tally.push((mention.kind, mention.score)),
        }
    }
    for mention in &mut mentions {
        let surface = text.slice(mention.span);
        let doubtful = mention.kind != EntityType::Loc || mention.score < SURE_PLACE;
        if doubtful && people.contains(&fold::fold(surface)) && !book.has_name(surface) {
            mention.kind = EntityType::Person;
            continue;
        }
        let tally = votes.get(surface).map_or(&[][..], Vec::as_slice);
        // The earliest of equals wins: `tally` is in the order of the text.
        let best = tally.iter().rev().max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((kind, _)) = best {
            mention.kind = *kind;
        }
    }
    mentions
}
