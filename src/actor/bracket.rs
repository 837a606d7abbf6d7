//! Definitions in brackets: "Islamic State (IS)", "IS (Islamic State)".
//!
//! After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
//! biomedical text" (Pacific Symposium on Biocomputing 2003), both ways, with the demand that the long
//! form begin with a capital. A bracket that only comments is no definition.

use super::definition::Definition;
use super::fold;
use crate::tag::{EntityType, Mention};
use crate::text::{Span, Text};

/// Longest bracket that is looked at, in bytes.
const BRACKET: usize = 120;
/// Longest stretch before a bracket in which the long form is sought, in bytes.
const BEFORE: usize = 160;

/// The definitions in brackets, in order. `mentions` are in order and disjoint.
pub(super) fn in_brackets(text: &Text, mentions: &[Mention]) -> Vec<Definition> {
    let source = text.as_str();
    let mut found = Vec::new();
    for (open, _) in source.match_indices('(') {
        let inside = super::sense::clip(source, open + 1..open + 1 + BRACKET);
        let Some(close) = inside.find(')') else {
            continue;
        };
        let inside = inside.get(..close).unwrap_or_default();
        let reach = super::sense::clip(source, open.saturating_sub(BEFORE)..open);
        let line = reach.rsplit('\n').next().unwrap_or_default();
        let before = line.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»".contains(c));
        if before.is_empty() {
            continue;
        }
        let end = open - (line.len() - before.len());
        let mut parts = pieces(inside);
        let Some((offset, first)) = parts.next() else {
            continue;
        };
        let first = text.span(open + 1 + offset..open + 1 + offset + first.len());
        let Some(first) = first else { continue };
        let long = define(text, mentions, before, end, first);
        found.extend(long);
        // "(IS, also known as Daesh)": what follows is defined by the same long form.
        let Some(long) = long.filter(|definition| definition.short == first) else {
            continue;
        };
        for (offset, piece) in parts {
            let span = text.span(open + 1 + offset..open + 1 + offset + piece.len());
            found.extend(span.filter(|_| is_short(piece)).map(|short| Definition {
                long: long.long,
                short,
                mutual: false,
            }));
        }
    }
    found
}

/// The names in a bracket with their offsets: parted by commas, "or", strokes; without lead-in words
/// and quotation marks.
fn pieces(inside: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    inside
        .split_inclusive([',', ';', '/'])
        .flat_map(|part| part.split_inclusive(" or "))
        .map(move |part| {
            let from = at;
            at += part.len();
            let core = part.strip_suffix(" or ").unwrap_or(part);
            let mut core = core.trim_matches(|c: char| !c.is_alphanumeric());
            let mut start = from + part.find(core).unwrap_or_default();
            for lead in [
                "also known as ",
                "known as ",
                "formerly ",
                "aka ",
                "a.k.a. ",
                "or ",
                "the ",
            ] {
                if let Some(rest) = core.strip_prefix(lead) {
                    start += core.len() - rest.len();
                    core = rest;
                }
            }
            (start, core)
        })
        .filter(|(_, core)| !core.is_empty())
}

/// The definition that a bracket makes with what stands before it, if any.
fn define(
    text: &Text,
    mentions: &[Mention],
    before: &str,
    end: usize,
    inside: Span,
) -> Option<Definition> {
    let bracket = text.slice(inside);
    if is_short(bracket) {
        if let Some(start) = long_form(bracket, before) {
            let long = text.span(end - (before.len() - start)..end)?;
            return Some(Definition {
                long,
                short: inside,
                mutual: false,
            });
        }
        // An acronym from another language: "Kurdistan Workers' Party (PKK)".
        let mention = ending_at(mentions, end).filter(|m| m.kind == EntityType::Org)?;
        let acronym = bracket.chars().filter(|c| c.is_uppercase()).count() > 1
            && bracket.chars().all(char::is_alphabetic);
        let words = fold::words(text.slice(mention.span)).count();
        return (acronym && words > 1).then_some(Definition {
            long: mention.span,
            short: inside,
            mutual: false,
        });
    }
    // The other way: "IS (Islamic State)".
    let word = fold::words(before).last()?;
    let short = before.get(word.start..word.end)?;
    let whole = word.end == before.len() && is_short(short);
    (whole && long_form(short, bracket) == Some(0)).then_some(())?;
    Some(Definition {
        long: inside,
        short: text.span(end - short.len()..end)?,
        mutual: false,
    })
}

/// The mention that ends at this byte.
fn ending_at(mentions: &[Mention], end: usize) -> Option<&Mention> {
    let at = mentions.partition_point(|m| m.span.end() < end);
    mentions.get(at).filter(|m| m.span.end() == end)
}

/// A short form after Schwartz and Hearst: two to ten characters, at most two words, a letter first;
/// and at least one capital.
fn is_short(name: &str) -> bool {
    let length = name.chars().count();
    (2..=10).contains(&length)
        && name.split_whitespace().count() <= 2
        && name.starts_with(char::is_alphanumeric)
        && name.chars().any(char::is_uppercase)
}

/// Where in `before` the long form of `short` begins that ends with it.
fn long_form(short: &str, before: &str) -> Option<usize> {
    let letters = short.chars().filter(|c| c.is_alphanumeric()).count();
    let most = (letters + 5).min(2 * letters);
    let window = fold::words(before).collect::<Vec<_>>();
    let first = window.get(window.len().saturating_sub(most))?.start;
    let long: Vec<(usize, char)> = before
        .char_indices()
        .filter(|(at, _)| *at >= first)
        .collect();
    let mut at = long.len();
    let mut wanted = short
        .chars()
        .rev()
        .filter(|c| c.is_alphanumeric())
        .peekable();
    while let Some(letter) = wanted.next() {
        let is_first = wanted.peek().is_none();
        loop {
            at = at.checked_sub(1)?;
            let (_, c) = long.get(at)?;
            let starts = at == 0 || long.get(at - 1).is_some_and(|(_, c)| !c.is_alphanumeric());
            // Stricter than the paper, which would begin "Front for Valley Rights (FVR)" at "for".
            let begins = starts && c.is_uppercase();
            if c.to_lowercase().eq(letter.to_lowercase()) && (!is_first || begins) {
                break;
            }
        }
    }
    let (start, _) = *long.get(at)?;
    let name = before.get(start..)?;
    // One sentence, a name that begins with a capital, longer than its short form, two words.
    (!name.contains(". ")
        && name.len() > short.len()
        && fold::words(name).count() > 1
        && !fold::words(name).any(|word| name.get(word.start..word.end) == Some(short)))
    .then_some(start)
}
