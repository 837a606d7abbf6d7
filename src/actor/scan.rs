//! The sure names of the book in a text, whatever the tagger saw: one pass, leftmost-longest.
//!
//! A name that is not sure (ambiguous, in need of a cue, a mere surname) is never sighted, and where
//! it is the longest at its place it hides the shorter ones inside it.

use super::book::Alias;
use super::fold::{self, Word};
use super::index::WordId;
use super::lexicon::LEXICON;
use super::{Book, Context, sense};
use crate::tag::EntityType;
use crate::text::Span;
use std::ops::Range;

/// How far back the beginning of a web address is sought, in bytes.
const ADDRESS: usize = 120;

/// A sure name of the book in the text.
#[derive(Clone, Debug)]
pub(super) struct Sighting {
    pub span: Span,
    /// The type of name that the actor's type asks for.
    pub tag: EntityType,
    /// Its words among the text's.
    pub words: Range<usize>,
}

/// The sightings in a text, in order and disjoint; `words` are the text's.
pub(super) fn scan(book: &Book, context: Context<'_>, words: &[(Word, WordId)]) -> Vec<Sighting> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let inside = rest
            .iter()
            .enumerate()
            .take_while(|(step, (word, _))| *step == 0 || word.glued)
            .map(|(_, (_, id))| *id);
        let mut longest = None;
        for (length, owners) in book.index.prefixes(inside) {
            let part = rest.get(..length).unwrap_or_default();
            let mut written = owners
                .iter()
                .filter_map(|&owner| Some((book.entry(owner.entry)?, book.alias(owner)?)))
                .filter(|(_, alias)| is_written_so(context, part, alias))
                .peekable();
            if written.peek().is_some() {
                longest = Some((
                    length,
                    written.find(|(entry, alias)| {
                        alias.is_sure()
                            && alias.in_use(context.published)
                            && entry.may_exist(context.published)
                    }),
                ));
            }
        }
        if let Some((length, Some((entry, alias)))) = longest
            && matches!(entry.tag, EntityType::Loc | EntityType::Norp)
            && entry.kind != "religion"
            && let Some(more) = rest
                .get(length..)
                .and_then(|after| book.office_after(context.text.as_str(), after))
        {
            // "Nigerian Police Force": the country's name opens the name of a body.
            let whole = at..at + length + more;
            found.extend(sighting(context, words, whole, EntityType::Org, alias));
            at += length + more;
            continue;
        }
        let Some((length, owner)) = longest else {
            at += 1;
            continue;
        };
        if let Some((entry, alias)) = owner {
            found.extend(sighting(context, words, at..at + length, entry.tag, alias));
        }
        at += length;
    }
    found
}

/// The sighting of these words, if they are not a common word in capitals.
fn sighting(
    context: Context<'_>,
    words: &[(Word, WordId)],
    mut range: Range<usize>,
    tag: EntityType,
    alias: &Alias,
) -> Option<Sighting> {
    let span = |range: &Range<usize>| {
        let start = words.get(range.start)?.0.start;
        let end = words.get(range.end.checked_sub(1)?)?.0.end;
        context.text.span(start..end)
    };
    let name = span(&range)?;
    if is_inside_a_code(context.text.as_str(), name) {
        return None;
    }
    if alias.flags.word && !sense::is_name(context, name, false) {
        return None;
    }
    // "The Wall Street Journal" has its article; "the Taliban" has not.
    if alias.article
        && words.get(range.start).is_some_and(|(word, _)| word.glued)
        && let Some(before) = range.start.checked_sub(1)
        && context.text.slice(span(&(before..range.start))?) == "The"
    {
        range.start = before;
    }
    Some(Sighting {
        span: span(&range)?,
        tag,
        words: range,
    })
}

/// True for a name inside a sum of money ("US$5"), a web address, a handle or a hashtag.
fn is_inside_a_code(source: &str, name: Span) -> bool {
    let before = sense::clip(source, name.start().saturating_sub(ADDRESS)..name.start());
    let after = sense::clip(source, name.end()..name.end() + 4);
    let mut next = after.chars();
    let chunk = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    chunk.contains("://")
        || chunk.starts_with("www.")
        || before.ends_with(['@', '_', '#', '=', '&'])
        || after.trim_start().starts_with(['$', '£', '€'])
        || match next.next() {
            Some('@' | '_' | '=') => true,
            Some('.') => next.next().is_some_and(char::is_alphanumeric),
            _ => false,
        }
}

/// True where the words are written as a name: in the alias's own case if it insists, else with
/// capitals where the alias has them. "Afghan army" and "government of Chad" end or begin in a
/// common noun: taggers are taught to see "Afghan" and "Chad" there, so the book resolves such names
/// but never makes them.
fn is_written_so(context: Context<'_>, words: &[(Word, WordId)], alias: &Alias) -> bool {
    let source = context.text.as_str();
    let common = |word: &str| word.starts_with(char::is_lowercase);
    let ends = alias
        .plain
        .rsplit_once(' ')
        .is_some_and(|(_, last)| common(last));
    let begins = alias
        .plain
        .split_once(' ')
        .is_some_and(|(first, _)| common(first) && LEXICON.generic.contains(first));
    // A title is no part of the name that a tagger marks: "King" Salman.
    let titled = !alias.flags.case
        && alias
            .plain
            .split_once(' ')
            .is_some_and(|(first, _)| LEXICON.title.contains(fold::fold(first).as_str()));
    if begins || ends || titled {
        return false;
    }
    let mut own = alias.plain.split(' ');
    words.iter().all(|(word, _)| {
        let written = source.get(word.start..word.end).unwrap_or_default();
        let Some(own) = own.next() else { return false };
        if alias.flags.case {
            fold::plain(written) == own
        } else {
            !own.starts_with(char::is_uppercase) || !written.starts_with(char::is_lowercase)
        }
    })
}

/// True where a name that only the book saw may be added: its neighbours do not make it a part of a
/// larger name ("Bank of America", "Afghanistan Times"). `taken` says what other names cover.
pub(super) fn stands_alone(
    source: &str,
    words: &[(Word, WordId)],
    sighting: &Sighting,
    taken: impl Fn(Range<usize>) -> bool,
) -> bool {
    let written = |at: usize| {
        let word = words.get(at).map(|(word, _)| *word)?;
        Some((word, source.get(word.start..word.end)?))
    };
    let capital = |text: &str| text.starts_with(char::is_uppercase);
    let single = sighting.words.len() == 1;
    if let Some((word, text)) = written(sighting.words.end)
        && word.glued
        && capital(text)
        && !taken(word.start..word.end)
        && (single || LEXICON.larger.contains(fold::fold(text).as_str()))
    {
        return false;
    }
    let glued = |at: usize| words.get(at).is_some_and(|(word, _)| word.glued);
    let first = sighting.words.start;
    if !single || !glued(first) {
        return true;
    }
    let Some((word, text)) = first.checked_sub(1).and_then(written) else {
        return true;
    };
    // A word that opens a sentence has its capital from there.
    let opens = !glued(first - 1);
    let folded = fold::fold(text);
    if matches!(folded.as_str(), "of" | "for") {
        let head = first.checked_sub(2).and_then(written);
        return !head.is_some_and(|(head, text)| {
            capital(text)
                && !taken(head.start..head.end)
                && LEXICON.generic.contains(fold::fold(text).as_str())
        });
    }
    opens
        || !capital(text)
        || taken(word.start..word.end)
        || LEXICON.lead.contains(folded.as_str())
        || LEXICON.title.contains(folded.as_str())
}
