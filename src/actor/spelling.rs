//! One name in several transliterations: "Harakat al-Mujahedeen" and "Harkat-ul-Mujahideen".
//!
//! Arabic, Urdu and Pashto have no one spelling in Latin letters. Two long names of the book's groups,
//! parties and people are one name where they agree after particles, vowels and doubled letters are
//! made alike. Never used for acronyms, short names or single words, nor where two actors share a key.

use super::book::Entry;
use super::fold;
use super::lexicon::LEXICON;
use crate::tag::EntityType;
use rustc_hash::FxHashMap;

/// Letters that a key must have, so that likeness is no chance.
const LEAST: usize = 9;

/// The key of a name, if it is long enough to have one.
pub(super) fn key(surface: &str) -> Option<String> {
    surface
        .is_ascii()
        .then(|| of(&fold::key(surface)))
        .flatten()
}

/// The key of these folded words.
fn of(folded: &str) -> Option<String> {
    let (mut key, mut words, mut letters) = (String::with_capacity(folded.len()), 0, 0);
    for word in folded.split(' ') {
        // A glued article, "alShabaab" or "assalam", is left: only whole particles are dropped.
        if LEXICON.come_and_go.contains(word) {
            continue;
        }
        let before = key.len();
        if words > 0 {
            key.push(' ');
        }
        let start = key.len();
        skeleton(word, start, &mut key);
        if key.len() == start {
            key.truncate(before);
        } else {
            words += 1;
            letters += key.len() - start;
        }
    }
    (words > 1 && letters >= LEAST).then_some(key)
}

/// Appends a word with its vowels and doubled letters made alike; `out` has so many bytes before it.
fn skeleton(word: &str, start: usize, out: &mut String) {
    let mut last = None;
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            'e' | 'i' | 'y' | 'a' => 'a',
            'o' | 'u' => 'u',
            'q' => 'k',
            'z' if letters.peek() == Some(&'h') => 'z',
            'c' if letters.peek() == Some(&'k') => continue,
            // "dh", "gh", "kh", "th" against "d", "g", "k", "t".
            'h' if matches!(last, Some('d' | 'g' | 'k' | 't' | 'z')) => continue,
            other => other,
        };
        if last != Some(letter) {
            out.push(letter);
        }
        last = Some(letter);
    }
    if out.len() - start > 4 && out.ends_with("ah") {
        out.pop();
    }
}

/// Actors by key.
pub(super) type Spellings = FxHashMap<String, Option<usize>>;

/// The actors by key; a key of two actors has none.
fn keys(entries: &[Entry]) -> Spellings {
    let mut found = Spellings::default();
    for (at, entry) in entries.iter().enumerate() {
        if !matches!(entry.kind, "armed_group" | "party" | "person") {
            continue;
        }
        for alias in entry.aliases.iter().filter(|alias| alias.is_sure()) {
            if alias.plain.is_ascii()
                && let Some(key) = of(&alias.folded())
            {
                let owner = found.entry(key).or_insert(Some(at));
                if *owner != Some(at) {
                    *owner = None;
                }
            }
        }
    }
    found
}

impl super::Book {
    /// The actor whose name this is in another transliteration.
    pub(super) fn spelled_like(&self, surface: &str, kind: EntityType) -> Option<usize> {
        let key = key(surface)?;
        let spellings = self.spellings.get_or_init(|| keys(&self.entries));
        let at = (*spellings.get(&key)?)?;
        let same = (self.entry(at)?.tag == EntityType::Person) == (kind == EntityType::Person);
        same.then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_agree_and_names_do_not() {
        let same = |a, b| key(a).is_some() && key(a) == key(b);
        assert!(same("Harkat-ul-Mujahideen", "Harkat al-Mujahedin"));
        assert!(
            same("Lashkar-e-Tayyiba", "Laskhar i Tayyaba")
                || same("Lashkar-e-Tayyiba", "Lashkar i Taiba")
        );
        assert!(
            same("Muammar al-Qaddafi", "Muammar Qadhafi")
                || same("Muammar Gaddafi", "Muammar Ghaddafi")
        );
        assert!(!same("Red Harbour Front", "Rod Harbour Front"));
        assert!(!same("Ansar al-Sharia", "Ansar al-Islam"));
        assert_eq!(key("Ali Hassan"), None, "too short to tell");
        assert_eq!(key("RCD-ML"), None);
    }
}
