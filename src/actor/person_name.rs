//! The words of a person's name: which of them are the name, and whether they are enough to be one person's.

use super::fold;
use super::lexicon::LEXICON;

/// The words of a person's name, folded, without titles, possessives and "junior".
pub(super) fn name_words(surface: &str) -> Vec<String> {
    let mut words = fold::folded_words(surface);
    while matches!(
        words.last().map(String::as_str),
        Some("jr" | "sr" | "ii" | "iii")
    ) {
        words.pop();
    }
    let titles = words
        .iter()
        .take_while(|word| LEXICON.title.contains(word.as_str()))
        .count();
    words.split_off(titles)
}

/// True for the words of a name that stands for one person by itself: a first name and a surname.
pub(super) fn is_full(words: &[String]) -> bool {
    let free = |word: &&String| !LEXICON.particle.contains(word.as_str());
    words.iter().filter(free).count() > 1
        && words.iter().all(|w| w.chars().any(char::is_alphabetic))
}

/// True where the words of a partial name can be those of a full one with the same surname: they
/// stand in it in the same order, or as initials.
pub(super) fn is_part(part: &[String], full: &[String]) -> bool {
    let mut rest = full.iter();
    part.len() <= full.len()
        && part.iter().all(|word| {
            rest.any(|own| own == word || (word.chars().count() == 1 && own.starts_with(word)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_no_names() {
        assert_eq!(
            name_words("Gen. Anna de Vries Jr."),
            ["anna", "de", "vries"]
        );
        assert!(is_full(&name_words("Anna Vries")));
        assert!(!is_full(&name_words("President al-Vries")));
        assert!(!is_full(&name_words("Anna 22")));
    }
}
