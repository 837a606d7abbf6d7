//! Whether `IS`, `US` or `WHO` is the name or the word.
//!
//! Only names that the book flags `word` come here. Lower case never is the name; capitals are it
//! unless everything around is in capitals too, or the neighbours say that it is a verb or pronoun.
//! In doubt between two signs the sign of the name wins only if it stands directly before.

use super::{Context, fold, lexicon::LEXICON};
use crate::text::Span;

/// Bytes on either side that are looked at, so that a text without sentences costs no more.
const REACH: usize = 80;

/// True where the name at `span`, which also spells a common word, is the name. `tagged` says that
/// the tagger saw a name there.
pub(super) fn is_name(context: Context<'_>, span: Span, tagged: bool) -> bool {
    let source = context.text.as_str();
    let surface = context.text.slice(span);
    if surface.chars().any(char::is_lowercase) || !surface.chars().any(char::is_uppercase) {
        return false;
    }
    let word = fold::fold(surface);
    let sentence = sentence(context, span);
    let before = clip(
        source,
        sentence.start.max(span.start().saturating_sub(REACH))..span.start(),
    );
    let after = clip(source, span.end()..sentence.end.min(span.end() + REACH));
    if shouted(before, after) {
        return tagged && LEXICON.senses.contains_key(&(word.as_str(), "in_capitals"));
    }
    let near = clip(before, before.len().saturating_sub(24)..before.len());
    let before = near;
    let previous = fold::words(near).last();
    let previous =
        previous.map(|word| fold::fold(before.get(word.start..word.end).unwrap_or_default()));
    let next = fold::words(after).next();
    let next = next.map(|word| fold::fold(after.get(word.start..word.end).unwrap_or_default()));
    let cue = |place, neighbour: &Option<String>| {
        neighbour.as_deref().is_some_and(|neighbour| {
            let cues = LEXICON.senses.get(&(word.as_str(), place));
            cues.is_some_and(|cues| cues.contains(neighbour))
        })
    };
    cue("name_before", &previous) || !(cue("word_before", &previous) || cue("word_after", &next))
}

/// The same for a name that the article defines: one that has no cues is a name in capitals.
pub(super) fn is_name_if_word(context: Context<'_>, span: Span) -> bool {
    let word = fold::fold(context.text.slice(span));
    let is_word = LEXICON.senses.keys().any(|(known, _)| *known == word);
    !is_word || is_name(context, span, false)
}

/// True where the words around are in capitals, so that capitals mean nothing.
fn shouted(before: &str, after: &str) -> bool {
    let (mut upper, mut other) = (0, 0);
    for part in [before, after] {
        // Plain words will do here, and are cheap: this is done for every "IS" of a text.
        for word in part.split(|c: char| !c.is_alphanumeric()) {
            if word.len() < 2 || !word.chars().any(char::is_alphabetic) {
                continue;
            }
            if word.chars().any(char::is_lowercase) {
                other += 1;
            } else {
                upper += 1;
            }
        }
    }
    upper >= 2 && upper > 3 * other
}

/// The sentence in which the span lies, else its line.
fn sentence(context: Context<'_>, span: Span) -> std::ops::Range<usize> {
    let after = context
        .sentences
        .partition_point(|s| s.start() <= span.start());
    let found = after
        .checked_sub(1)
        .and_then(|at| context.sentences.get(at));
    if let Some(sentence) = found.filter(|sentence| sentence.contains(span)) {
        return sentence.range();
    }
    let source = context.text.as_str();
    let from = span.start().saturating_sub(REACH);
    let before = clip(source, from..span.start());
    let start = before
        .rfind('\n')
        .map_or(span.start() - before.len(), |at| {
            span.start() - before.len() + at + 1
        });
    let after = clip(source, span.end()..span.end() + REACH);
    start..span.end() + after.find('\n').unwrap_or(after.len())
}

/// The text of a byte range that may end inside a character or past the end: shortened until it fits.
pub(super) fn clip(source: &str, range: std::ops::Range<usize>) -> &str {
    let start = source.ceil_char_boundary(range.start.min(source.len()));
    let end = source.floor_char_boundary(range.end.min(source.len()));
    source.get(start..end).unwrap_or_default()
}
