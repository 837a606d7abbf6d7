//! The tagger's mentions, mended by the names of which the book is sure.
//!
//! Makes whole what the tagger cut in two, parts what it ran together, adds sure names that it
//! missed, sets their types, gives a name one type within the article, and grows a demonym to the body
//! that it begins. Never touches a longer
//! name that merely contains one of the book's ("Bank of America").

use super::definition::{Definition, definitions};
use super::fold::{self, Word};
use super::index::WordId;
use super::lexicon::LEXICON;
use super::scan;
use super::{Book, Context, body, edge, merge, owner, person_name, rank, retype, sense, thing};
use crate::tag::{EntityType, Mention};
use crate::text::{Span, Text};
use std::collections::{HashMap, HashSet};

/// The score of a name that only the book or a definition saw. It is no probability: it marks, below
/// what a tagger that is sure would say, that no tagger saw the name.
pub const BOOK_SCORE: f32 = 0.5;

/// From this score on a name that is also a surname of the article keeps the tagger's type: Gautam
/// Adani leads the company Adani.
pub(super) const SURE: f32 = 0.6;

/// See [`Book::mend`].
pub(super) fn mend(book: &Book, context: Context<'_>, mentions: Vec<Mention>) -> Vec<Mention> {
    let text = context.text;
    let words = book.index.words(text.as_str());
    let mentions = disjoint(
        mentions
            .into_iter()
            .flat_map(|mention| split_brackets(book, text, mention))
            .flat_map(|mention| owner::split(book, context, mention))
            .collect(),
    );
    let mentions = with_openings(text, mentions);
    let mentions = thing::retype(book, text, retype::retype(book, context, mentions));
    let sightings = scan::scan(book, context, &words);
    let names = first_and_last_names(text, &mentions);
    let mut mentions = merge::merge(book, text, &words, mentions, &sightings, &names);
    mentions.retain(|mention| !is_common_word(book, context, mention.span));
    let defined = definitions(text, &mentions);
    let mentions = add_defined(context, &words, mentions, &defined);
    let mentions = body::grow(book, text, &words, agree(book, text, mentions));
    thing::languages(book, text, mentions)
}

/// A mention trimmed to its name; "Islamic State (IS)" becomes two, unless the book has it as one.
fn split_brackets(book: &Book, text: &Text, mention: Mention) -> Vec<Mention> {
    let span = edge::trim(text, edge::closed(text, mention.span));
    let surface = text.slice(span);
    let acronym = |inside: &str| {
        inside.chars().filter(|c| c.is_uppercase()).count() > 1
            && inside.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let parts = match surface.split_once(" (") {
        Some((name, rest))
            if acronym(rest.strip_suffix(')').unwrap_or(rest)) && !book.has_name(surface) =>
        {
            let open = span.start() + name.len();
            vec![
                text.span(span.start()..open),
                text.span(open + 2..span.end()),
            ]
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

/// An article or a year that the tagger took for a name by itself opens the name behind it, "The" "Guardian", "2023" "World
/// Cup"; an article with none behind it is no name, nor is a direction, "in eastern Kasai", or a part of a title.
fn with_openings(text: &Text, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut whole: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let Some(last) = whole.last_mut() else {
            whole.push(mention);
            continue;
        };
        let gap = text.span(last.span.end()..mention.span.start());
        let joins = last.kind == mention.kind && gap.is_some_and(|gap| text.slice(gap) == " ");
        let opening = text.slice(last.span);
        if joins && (is_article(opening) || is_year(opening)) {
            let span = last.span.cover(mention.span);
            *last = Mention {
                span: edge::trim(text, span),
                ..mention
            };
        } else {
            whole.push(mention);
        }
    }
    whole.retain(|mention| {
        let surface = text.slice(mention.span);
        !is_article(surface)
            && !LEXICON.direction.contains(surface)
            && !is_part_of_title(text, mention.span)
    });
    whole
}

/// True for the "Prime" of a prime minister, the "State" of a secretary of state.
fn is_part_of_title(text: &Text, span: Span) -> bool {
    let is_title = |word: &str| LEXICON.title.contains(fold::fold(word).as_str());
    let source = text.as_str();
    let (before, after) = (source.get(..span.start()), source.get(span.end()..));
    let next = after.and_then(|after| after.strip_prefix(' '));
    let next = next.and_then(|next| next.split(|c: char| !c.is_alphabetic()).next());
    let surface = text.slice(span);
    let opens = is_title(surface) && next.is_some_and(is_title);
    opens || surface == "State" && before.is_some_and(|before| before.ends_with("ecretary of "))
}

fn is_article(surface: &str) -> bool {
    matches!(surface, "The" | "THE" | "the" | "A" | "An" | "a" | "an")
}

fn is_year(surface: &str) -> bool {
    surface.len() == 4 && surface.bytes().all(|byte| byte.is_ascii_digit())
}

/// The first names and surnames of the people whom the article names in full or after a rank; folded.
fn first_and_last_names(text: &Text, mentions: &[Mention]) -> HashSet<String> {
    mentions
        .iter()
        .filter(|m| m.kind == EntityType::Person)
        .map(|m| (m.span, person_name::name_words(text.slice(m.span))))
        .filter(|(span, words)| person_name::is_full(words) || rank::is_after_rank(text, *span))
        .map(|(_, words)| words)
        .flat_map(|words| [words.first().cloned(), words.last().cloned()])
        .flatten()
        .collect()
}

/// True for "is", "us", and for "IS" and "US" where they are the verb and the pronoun.
fn is_common_word(book: &Book, context: Context<'_>, span: Span) -> bool {
    let surface = context.text.slice(span);
    surface.len() <= 4 && book.is_word_name(surface) && !sense::is_name(context, span, true)
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

/// One sense for each name in an article: mentions that are written alike, but for capitals, take the
/// type that most of them have, weighed by score. Surnames that the tagger took for something else become people.
fn agree(book: &Book, text: &Text, mut mentions: Vec<Mention>) -> Vec<Mention> {
    let people = first_and_last_names(text, &mentions);
    // Short names in capitals are acronyms, and of those in small letters another matter.
    let key = |surface: &str| match surface.chars().count() {
        0..4 => surface.to_owned(),
        _ => fold::folded_words(surface).join(" "),
    };
    let mut votes: HashMap<String, Vec<(EntityType, f32)>> = HashMap::new();
    for mention in &mentions {
        let tally = votes.entry(key(text.slice(mention.span))).or_default();
        match tally.iter_mut().find(|(kind, _)| *kind == mention.kind) {
            Some((_, sum)) => *sum += mention.score,
            None => tally.push((mention.kind, mention.score)),
        }
    }
    for mention in &mut mentions {
        let surface = text.slice(mention.span);
        let is_free = || !book.has_name(surface) || book.has_alone(surface, retype::is_person);
        if mention.score < SURE && people.contains(&fold::fold(surface)) && is_free() {
            mention.kind = EntityType::Person;
            continue;
        }
        let tally = votes.get(&key(surface)).map_or(&[][..], Vec::as_slice);
        // The earliest of equals wins: `tally` is in the order of the text.
        let best = tally.iter().rev().max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((kind, _)) = best {
            mention.kind = *kind;
        }
    }
    mentions
}
