//! The id of an actor that the book does not know: made from its full name alone, so that it is the
//! same in every run, on every machine and in every article.

use super::{fold, lexicon::LEXICON};

/// More words than any name has; a longer mention is a fault of the tagger.
const MOST_WORDS: usize = 12;

/// `new:<kind>:<words joined by hyphens>`; `None` where the words are too many to be a name or none.
pub(super) fn id(kind: &str, words: &[String]) -> Option<String> {
    let letters = words
        .iter()
        .any(|word| word.chars().any(char::is_alphabetic));
    (letters && words.len() <= MOST_WORDS).then(|| format!("new:{kind}:{}", words.join("-")))
}

/// `<id of the whole>:<part>`, for a body that the book has no row for.
pub(super) fn part_id(whole: &str, part: &str) -> String {
    format!("{whole}:{part}")
}

/// The folded words of an organisation's name without a leading article.
pub(super) fn organization_words(surface: &str) -> Vec<String> {
    let mut words = fold::folded_words(surface);
    if words.len() > 1 && words.first().is_some_and(|word| word == "the") {
        words.remove(0);
    }
    words
}

/// True where one of the words says what its bearer is.
pub(super) fn has_generic(words: &[String]) -> bool {
    words
        .iter()
        .any(|word| LEXICON.generic.contains(word.as_str()) || LEXICON.head.contains(word.as_str()))
}

/// True for one short word of capitals, which may stand for many names.
pub(super) fn is_acronym(surface: &str) -> bool {
    let letters = surface.chars().filter(|c| c.is_alphanumeric());
    letters.count() <= 6
        && !surface.contains(char::is_whitespace)
        && surface.chars().filter(|c| c.is_uppercase()).count() > 1
        && surface.chars().filter(|c| c.is_lowercase()).count() < 2
}

/// True for words that say what a thing is and not which one: "special forces", "Interior Ministry".
pub(super) fn is_generic(surface: &str, words: &[String]) -> bool {
    words
        .iter()
        .all(|word| LEXICON.generic.contains(word.as_str()))
        || !surface
            .chars()
            .any(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generic(name: &str) -> bool {
        is_generic(name, &organization_words(name))
    }

    #[test]
    fn generic_nouns_name_nobody() {
        assert!(
            generic("Special Forces")
                && generic("the Interior Ministry")
                && generic("local officials")
        );
        assert!(generic("harbour masters"), "lower case is no name");
        assert!(!generic("Harbour Masters") && !generic("Bank of Nowhere") && !generic("新华社"));
    }

    #[test]
    fn an_id_does_not_depend_on_spelling() {
        let of = |name| id("organization", &organization_words(name));
        assert_eq!(of("The Free-Harbour Union"), of("free harbour’s Union"));
        assert_eq!(
            of("Café Noir").as_deref(),
            Some("new:organization:cafe-noir")
        );
        assert_eq!(of("…"), None);
        assert_eq!(of("12 34"), None);
        assert_eq!(of(&"Word ".repeat(13)), None);
    }
}
