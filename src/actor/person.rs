//! Partial names: which full name of the article a surname or a first name stands for.
//!
//! News writes a person's full name once and the surname after that. A surname goes to the person
//! of that name who was last named in full before it, unless the article has spoken far more of
//! another; else to the only one who is named in full after it; a first name goes to the only person
//! who bears it. A title goes before all that: "Mr Safi, the spokesman," is the Safi whom the article
//! called so, and never a woman. No name is matched by likeness.

use super::lexicon::LEXICON;
use super::person_name::is_part;
use super::role::RoleId;
use super::title::{Gender, Title};
use crate::text::Span;
use std::collections::HashMap;

/// How many full names with one surname are tried backwards; keeps a list of namesakes linear.
const TRIES: usize = 8;

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
    /// What the article has called each person.
    called: HashMap<usize, Called>,
}

/// What an article calls a person.
#[derive(Debug, Default)]
struct Called {
    roles: Vec<RoleId>,
    gender: Option<Gender>,
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

    /// Learns what the article calls a person.
    pub fn learn(&mut self, person: usize, title: &Title<'_>) {
        if title.roles.is_empty() && title.gender.is_none() {
            return;
        }
        let called = self.called.entry(person).or_default();
        for role in &title.roles {
            if !called.roles.contains(role) {
                called.roles.push(*role);
            }
        }
        called.gender = called.gender.or(title.gender);
    }

    /// True where the article gives the person one of these titles.
    pub fn is_called(&self, person: usize, title: &Title<'_>) -> bool {
        self.shared(person, title) > 0
    }

    /// How many of these titles the article gives the person.
    fn shared(&self, person: usize, title: &Title<'_>) -> usize {
        let called = self.called.get(&person);
        called.map_or(0, |called| {
            let roles = called.roles.iter();
            roles.filter(|role| title.roles.contains(role)).count()
        })
    }

    /// True where one is called a man and the other a woman.
    fn differs(&self, person: usize, title: &Title<'_>) -> bool {
        let known = self.called.get(&person).and_then(|called| called.gender);
        known
            .zip(title.gender)
            .is_some_and(|(known, said)| known != said)
    }

    /// Whom the name with these words and titles at this place stands for.
    pub fn find(&self, words: &[String], at: Span, title: &Title<'_>) -> Chained {
        let Some(last) = words.last() else {
            return Chained::Nobody;
        };
        match self.among(self.by_last.get(last), words, at, title, true) {
            Chained::Nobody => self.among(self.by_first.get(last), words, at, title, false),
            found => found,
        }
    }

    /// The people of this surname: who else might be meant. Each once.
    pub fn namesakes(&self, words: &[String]) -> Vec<usize> {
        let list = words.last().and_then(|last| self.by_last.get(last));
        let mut found = Vec::new();
        for index in list.map_or(&[][..], Vec::as_slice).iter().rev().take(TRIES) {
            if let Some(name) = self.names.get(*index)
                && is_part(words, &name.words)
                && !found.contains(&name.person)
            {
                found.push(name.person);
            }
        }
        found
    }

    fn among(
        &self,
        list: Option<&Vec<usize>>,
        words: &[String],
        at: Span,
        title: &Title<'_>,
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
            (whole && !self.differs(name.person, title)).then_some(name)
        };
        let here = list.partition_point(|&i| self.names.get(i).is_some_and(|n| n.span < at));
        let (before, after) = list.split_at(here.min(list.len()));
        let named = || before.iter().rev().take(TRIES).filter_map(fits);
        let shared = |name: &FullName| self.shared(name.person, title);
        let is_called = |name: &&FullName| shared(name) > 0;
        // The first of equals is the latest.
        let titled = named()
            .filter(is_called)
            .rev()
            .max_by_key(|name| shared(name));
        if let Some(titled) = titled.filter(|_| surname) {
            return Chained::To(titled.person, titled.span);
        }
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
        // A first name, or a surname before its full name: one bearer only, or one so called.
        let all = || {
            before
                .iter()
                .rev()
                .take(TRIES)
                .chain(after.iter().take(TRIES))
                .filter_map(fits)
        };
        match only(all()) {
            Chained::Ambiguous => match only(all().filter(is_called)) {
                Chained::Nobody => Chained::Ambiguous,
                found => found,
            },
            found => found,
        }
    }
}

/// The one person of these names.
fn only<'n>(mut names: impl Iterator<Item = &'n FullName>) -> Chained {
    let Some(first) = names.next() else {
        return Chained::Nobody;
    };
    if names.any(|other| other.person != first.person) {
        return Chained::Ambiguous;
    }
    Chained::To(first.person, first.span)
}

#[cfg(test)]
mod tests {
    use super::super::person_name::name_words;
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
        let place = text.span(at..at + 1).expect("inside");
        match people.find(&name_words(name), place, &Title::default()) {
            Chained::To(person, _) => Some(person),
            _ => None,
        }
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
    fn a_title_goes_before_the_order() {
        let text = Text::new(" ".repeat(100));
        let mut people = people(&text, &[(10, "Omar Karimi"), (50, "Lina Karimi")]);
        let title = |words: &str, gender| Title {
            roles: crate::actor::role::named(&[words.to_owned()])
                .into_iter()
                .collect(),
            gender,
            ..Title::default()
        };
        people.learn(0, &title("spokesman", None));
        people.learn(1, &title("farmer", Some(Gender::She)));
        let at = text.span(60..61).expect("inside");
        let find = |title: Title<'_>| people.find(&name_words("Karimi"), at, &title);
        let to = |person, start: usize| {
            Chained::To(person, text.span(start..start + 1).expect("inside"))
        };
        assert_eq!(find(title("spokesman", None)), to(0, 10));
        assert_eq!(find(title("farmer", None)), to(1, 50));
        assert_eq!(
            find(title("judge", None)),
            to(1, 50),
            "nobody is called so: the latest"
        );
        assert_eq!(find(title("", Some(Gender::He))), to(0, 10), "she is no Mr");
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
