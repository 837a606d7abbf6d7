//! Ranks and forms of address that make a name a person's: "Lieutenant Kambale", "Mr Safi".
//!
//! Only those of the list `rank`, which open no other name: a general is not, for there is General Motors.

use super::fold::{self, Word};
use super::lexicon::LEXICON;
use super::sense;
use crate::text::{Span, Text};

/// True for a rank or form of address that opens the name of a person and of nothing else, before one to
/// three words that are no common nouns: "Lieutenant Kambale". Where the name begins, in bytes.
pub(super) fn after_rank(surface: &str) -> Option<usize> {
    if surface.contains(['(', ',', '/']) {
        return None;
    }
    let words: Vec<Word> = fold::words(surface).collect();
    let folded = |word: &Word| fold::fold(surface.get(word.start..word.end).unwrap_or_default());
    let is_rank = |word: &&Word| LEXICON.rank.contains(folded(word).as_str());
    let is_title = |word: &&Word| LEXICON.title.contains(folded(word).as_str());
    words.first().filter(is_rank)?;
    let titles = words
        .iter()
        .take_while(|w| is_title(w) || is_rank(w))
        .count();
    let name = words.get(titles..)?;
    is_personal(surface, name).then_some(name.first()?.start)
}

/// True for one to three words that may be a person's name by itself.
pub(super) fn is_personal(surface: &str, words: &[Word]) -> bool {
    (1..=3).contains(&words.len())
        && words.iter().all(|word| {
            let written = surface.get(word.start..word.end).unwrap_or_default();
            let folded = fold::fold(written);
            let common = [&LEXICON.generic, &LEXICON.head, &LEXICON.larger]
                .iter()
                .any(|list| list.contains(folded.as_str()));
            (written.starts_with(char::is_uppercase) || LEXICON.particle.contains(folded.as_str()))
                && written
                    .chars()
                    .all(|c| c.is_alphabetic() || fold::is_apostrophe(c))
                && written.chars().count() > 1
                && !common
        })
}

/// True where a rank stands directly before this place.
pub(super) fn is_after_rank(text: &Text, name: Span) -> bool {
    let window = sense::clip(text.as_str(), name.start().saturating_sub(30)..name.start());
    let Some(word) = fold::words(window).last() else {
        return false;
    };
    let written = window.get(word.start..word.end).unwrap_or_default();
    let gap = window.get(word.end..).unwrap_or_default();
    matches!(gap, " " | ". ") && LEXICON.rank.contains(fold::fold(written).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_open_the_names_of_people_alone() {
        assert_eq!(after_rank("Lieutenant Kambale"), Some(11));
        assert_eq!(after_rank("Lt. Col. Kambale"), Some(9));
        for other in [
            "General Motors",
            "Lieutenant",
            "Captain Tom Foundation",
            "Mr 22",
            "Lawmaker (Nowhere)",
            "Kambale",
        ] {
            assert_eq!(after_rank(other), None, "{other}");
        }
    }
}
