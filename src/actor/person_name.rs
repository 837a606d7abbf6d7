//! The words of a person's name: which of them are the name, and whether they are enough to be one person's.

use super::fold;
use super::lexicon::LEXICON;

/// The words of a person's name, folded, without titles, possessives and "junior".
pub(super) fn name_words(surface: &str) -> Vec<String> {
    let mut words = fold::folded_words(without_style(surface));
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

/// A name without "HE" (His Excellency) and its like, which only their capitals tell from words.
pub(super) fn without_style(surface: &str) -> &str {
    let Some((first, rest)) = surface.split_once(' ') else {
        return surface;
    };
    let capitals = first.chars().all(|c| c.is_uppercase() || c == '.');
    let is_style = capitals && LEXICON.style.contains(fold::fold(first).as_str());
    if is_style { rest } else { surface }
}

/// True for the words of a name that stands for one person by itself: a first name and a surname.
pub(super) fn is_full(words: &[String]) -> bool {
    let free = |word: &&String| !LEXICON.particle.contains(word.as_str());
    // "For Central Asia" is what is left of "Minister for Central Asia".
    let begins = words
        .first()
        .is_none_or(|word| !LEXICON.following.contains(word.as_str()));
    // "Ben Gvir" alone is a surname; but whoever bears it is named in full as well, and nearly every other Ben is a first name.
    let ben = matches!(words, [first, last] if first == "ben" && free(&last));
    begins
        && (ben || words.iter().filter(free).count() > 1)
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
        assert!(is_full(&name_words("Ben Vries")) && !is_full(&name_words("Ben al")));
        assert!(!is_full(&name_words("Anna 22")));
        assert!(!is_full(&name_words("Minister for Western Vries")));
        assert_eq!(name_words("HE Dr Anna de Vries"), ["anna", "de", "vries"]);
        assert_eq!(name_words("He Anna"), ["he", "anna"], "a surname");
    }
}
