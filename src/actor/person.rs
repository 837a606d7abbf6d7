//! Partial names: which full name of the article a surname or a first name stands for.
//!
//! News writes a person's full name once and the surname after that. A surname goes to the person
//! of that name who was last named in full before it, unless the article has spoken far more of
//! another; else to the only one who is named in full after it; a first name goes to the only person who bears it. No name is matched by likeness.

use super::fold;
use super::lexicon::LEXICON;
use crate::text::Span;
use std::collections::HashMap;

/// How many full names with one surname are tried backwards; keeps a list of namesakes linear.
const TRIES: usize = 8;

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

/// Who has been named this many times, and this many times as often as a namesake who comes later,
/// is the article's subject and keeps the surname: an actor, not the daughter named once.
const SUBJECT: usize = 3;

/// A person named in full.
#[derive(Clone, Debug)]
struct FullName {
    words: Vec<String>,
    span: Span,
    person: usize,
}

/// What a partial name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chained {
    /// This person, by this full name.
    To(usize, Span),
    /// Several people, none of them rather than the other.
    Ambiguous,
    /// Nobody who is named in full.
    Nobody,
}

/// The people who are named in full in an article. `person` is the caller's own number for each.
#[derive(Debug, Default)]
pub(super) struct People {
    names: Vec<FullName>,
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
    /// How often each person has been named so far.
    tally: HashMap<usize, usize>,
}

impl People {
    /// Adds a full name; the caller adds them in the order of the text.
    pub fn add(&mut self, words: Vec<String>, span: Span, person: usize) {
        let at = self.names.len();
        if let Some(last) = words.last() {
            self.by_last.entry(last.clone()).or_default().push(at);
        }
        if let Some(first) = words
            .iter()
            .find(|w| !LEXICON.particle.contains(w.as_str()))
        {
            self.by_first.entry(first.clone()).or_default().push(at);
        }
        self.names.push(FullName {
            words,
            span,
            person,
        });
    }

    /// Counts a mention of a person; the caller does so in the order of the text.
    pub fn count(&mut self, person: usize) {
        *self.tally.entry(person).or_default() += 1;
    }

    /// Whom the name with these words at this place stands for.
    pub fn find(&self, words: &[String], at: Span) -> Chained {
        let Some(last) = words.last() else {
            return Chained::Nobody;
        };
        match self.among(self.by_last.get(last), words, at, true) {
            Chained::Nobody => self.among(self.by_first.get(last), words, at, false),
            found => found,
        }
    }

    fn among(
        &self,
        list: Option<&Vec<usize>>,
        words: &[String],
        at: Span,
        surname: bool,
    ) -> Chained {
        let Some(list) = list else {
            return Chained::Nobody;
        };
        let fits = |index: &usize| {
            let name = self.names.get(*index)?;
            let whole = if surname {
                is_part(words, &name.words)
            } else {
                words.len() == 1
            };
            whole.then_some(name)
        };
        let here = list.partition_point(|&i| self.names.get(i).is_some_and(|n| n.span < at));
        let (before, after) = list.split_at(here.min(list.len()));
        let named = || before.iter().rev().take(TRIES).filter_map(fits);
        if let Some(latest) = named().next().filter(|_| surname) {
            let tally = |name: &FullName| self.tally.get(&name.person).copied().unwrap_or(0);
            // The first of equals is the latest.
            let subject = named()
                .rev()
                .max_by_key(|name| tally(name))
                .unwrap_or(latest);
            let name = if tally(subject) >= SUBJECT.max(SUBJECT * tally(latest)) {
                subject
            } else {
                latest
            };
            return Chained::To(name.person, name.span);
        }
        // A first name, or a surname before its full name: one bearer only.
        let mut all = before
            .iter()
            .rev()
            .take(TRIES)
            .chain(after.iter().take(TRIES))
            .filter_map(fits);
        let Some(first) = all.next() else {
            return Chained::Nobody;
        };
        if all.any(|other| other.person != first.person) {
            return Chained::Ambiguous;
        }
        Chained::To(first.person, first.span)
    }
}

/// True where the words of a partial name can be those of a full one with the same surname: they
/// stand in it in the same order, or as initials.
fn is_part(part: &[String], full: &[String]) -> bool {
    let mut rest = full.iter();
    part.len() <= full.len()
        && part.iter().all(|word| {
            rest.any(|own| own == word || (word.chars().count() == 1 && own.starts_with(word)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn people(text: &Text, names: &[(usize, &str)]) -> People {
        let mut people = People::default();
        for (person, (at, name)) in names.iter().enumerate() {
            let span = text.span(*at..*at + 1).expect("inside");
            people.add(name_words(name), span, person);
        }
        people
    }

    fn find(people: &People, text: &Text, name: &str, at: usize) -> Option<usize> {
        match people.find(&name_words(name), text.span(at..at + 1).expect("inside")) {
            Chained::To(person, _) => Some(person),
            _ => None,
        }
    }

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

    #[test]
    fn the_subject_of_the_article_keeps_the_surname() {
        let text = Text::new(" ".repeat(100));
        let mut people = people(&text, &[(10, "Omar Karimi"), (50, "Lina Karimi")]);
        (0..3).for_each(|_| people.count(0));
        assert_eq!(find(&people, &text, "Karimi", 60), Some(0));
        (0..2).for_each(|_| people.count(1));
        assert_eq!(
            find(&people, &text, "Karimi", 60),
            Some(1),
            "by now she is one too"
        );
    }

    #[test]
    fn a_surname_goes_to_the_latest_full_name() {
        let text = Text::new(" ".repeat(100));
        let people = people(
            &text,
            &[
                (10, "Omar Karimi"),
                (50, "Lina Noor Karimi"),
                (70, "Omar Saleh"),
            ],
        );
        assert_eq!(find(&people, &text, "Karimi", 20), Some(0));
        assert_eq!(find(&people, &text, "Karimi", 60), Some(1));
        assert_eq!(find(&people, &text, "Mrs Karimi", 60), Some(1));
        assert_eq!(find(&people, &text, "L. Karimi", 60), Some(1));
        assert_eq!(find(&people, &text, "Omar Karimi", 60), Some(0));
        assert_eq!(find(&people, &text, "Lina Karimi", 20), Some(1));
        assert_eq!(find(&people, &text, "Karimi", 5), None, "two could follow");
        assert_eq!(find(&people, &text, "Saleh", 5), Some(2), "one can follow");
        assert_eq!(find(&people, &text, "Omar", 90), None, "two bear it");
        assert_eq!(find(&people, &text, "Lina", 90), Some(1));
        assert_eq!(
            find(&people, &text, "Noor", 90),
            None,
            "a middle name is not used alone"
        );
        assert_eq!(find(&people, &text, "Sara Karimi", 90), None);
    }
}
