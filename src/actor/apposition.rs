//! What stands between commas directly after a name: "Safi, 34, a farmer from the hills, left".
//!
//! The role must be near its beginning and end it, but for "of", "from" and their like: in "according to
//! Safi, the governor fled" the governor is another.

use super::fold::{self, Word};
use super::lexicon::LEXICON;
use super::title::{MOST_WORDS, REACH, Title, note_gender};
use super::{Book, role, seat, sense};
use crate::text::{Span, Text};

/// An apposition after a name.
pub(super) fn read<'b>(book: &'b Book, text: &Text, name: Span, title: &mut Title<'b>) {
    let source = text.as_str();
    let window = sense::clip(source, name.end()..name.end() + REACH);
    let Some(rest) = window.strip_prefix(", ") else {
        return;
    };
    let mut offset = name.end() + 2;
    let stops = |c: char| {
        matches!(
            c,
            ',' | '.' | ';' | ':' | '(' | ')' | '\n' | '"' | '“' | '”'
        )
    };
    let (mut segment, mut rest) = rest.split_at(rest.find(stops).unwrap_or(rest.len()));
    // "Safi, 34, a farmer,".
    if !segment.is_empty() && segment.chars().all(|c| c.is_ascii_digit()) {
        let Some(next) = rest.strip_prefix(", ") else {
            return;
        };
        offset += segment.len() + 2;
        (segment, rest) = next.split_at(next.find(stops).unwrap_or(next.len()));
    }
    if rest.is_empty() && window.len() + 4 > REACH {
        // The end of the apposition was not seen.
        segment = segment.rsplit_once(' ').map_or("", |(seen, _)| seen);
    }
    let words: Vec<Word> = fold::words(segment).take(MOST_WORDS).collect();
    let folded: Vec<String> = words
        .iter()
        .map(|word| fold::fold(segment.get(word.start..word.end).unwrap_or_default()))
        .collect();
    let is = |at: usize, list: &super::lexicon::WordSet| {
        folded
            .get(at)
            .is_some_and(|word| list.contains(word.as_str()))
    };
    let from = usize::from(is(0, &LEXICON.opening));
    for start in from..(from + 4).min(folded.len()) {
        let found = (start + 1..=folded.len()).rev().find_map(|end| {
            let role = role::named(folded.get(start..end)?)?;
            (end == folded.len() || is(end, &LEXICON.following)).then_some((role, end))
        });
        let Some((role, end)) = found else {
            if is(start, &LEXICON.following)
                || folded.get(start).is_some_and(|word| seat::is_act(word))
            {
                return;
            }
            continue;
        };
        if start > 0 && is(start - 1, &LEXICON.lesser) {
            return;
        }
        title.former |= (from..start).any(|at| is(at, &LEXICON.former));
        title.roles.push(role);
        note_gender(folded.get(start..end).unwrap_or_default(), title);
        let part = |from: usize, to: usize| {
            let (first, last) = words.get(from).zip(words.get(to.checked_sub(1)?))?;
            segment.get(first.start..last.end)
        };
        // "The Afghan president", "president of Afghanistan".
        let of = end + 1 + usize::from(is(end + 1, &LEXICON.article));
        let mut places = (from..start)
            .map(|at| part(at, start))
            .chain((of..folded.len()).rev().map(|at| part(of, at + 1)))
            .flatten();
        if title.country.is_none() {
            title.country = places.find_map(|place| book.country_named(place));
        }
        if title.span.is_none()
            && let Some((first, last)) = words.first().zip(words.get(end - 1))
        {
            title.span = text.span(offset + first.start..offset + last.end);
        }
        return;
    }
}
