//! A name with its country on the other side: "Mexico's Attorney General's Office" is the book's "Attorney General's Office of
//! Mexico", and "Congress of Peru" its "Congress of the Republic of Peru".
//!
//! Only for a bearer of that very country. What every country has is composed (`office`) and needs no name in the book.

use super::Book;
use super::fold::{self, Word};
use super::index::{Owner, UNKNOWN, WordId};
use crate::tag::EntityType;

impl Book {
    /// The organisation whose name this is, but for the place and the form of its country's.
    pub(super) fn turned(&self, surface: &str) -> Option<usize> {
        let words = self.index.words(surface);
        let the = |at: usize| usize::from(self.is_word(surface, &words, at, "the"));
        let first = the(0);
        // "Mexico's Attorney General's Office": the longest name of a country that leaves a word.
        let before = (first + 1..words.len()).rev().find_map(|end| {
            let country = self.country_of(words.get(first..end)?)?;
            self.of_country(country, words.get(end..)?)
        });
        before.or_else(|| {
            let of = |at: &usize| self.is_word(surface, &words, *at, "of");
            (first + 1..words.len()).filter(of).find_map(|at| {
                let place = words.get(at + 1 + the(at + 1)..)?;
                self.of_country(self.country_of(place)?, words.get(first..at)?)
            })
        })
    }

    /// The organisation of this country that has this name with any of the country's beside it.
    fn of_country(&self, code: &str, words: &[(Word, WordId)]) -> Option<usize> {
        let own: Vec<WordId> = words.iter().map(|(_, id)| *id).collect();
        if own.contains(&UNKNOWN) {
            return None;
        }
        let [the, of] = ["the", "of"].map(|word| self.index.folded_id(word));
        let country = self.country(code)?;
        let names = |entry: usize| {
            let aliases = self.entry(entry).map_or(&[][..], |entry| &entry.aliases);
            let sure = aliases.iter().filter(|alias| !alias.flags.weak);
            sure.map(|alias| -> Vec<WordId> {
                let folded = alias.folded();
                folded
                    .split(' ')
                    .map(|word| self.index.folded_id(word))
                    .collect()
            })
        };
        let held_by = |ids: &[WordId]| {
            let owners = self.index.owners(ids.iter().copied()).iter();
            owners
                .copied()
                .find(|owner| self.is_of(*owner, code))
                .map(|owner| owner.entry)
        };
        let after = names(country).find_map(|name| {
            held_by(&[&own, &[of][..], &name].concat())
                .or_else(|| held_by(&[&own, &[of, the][..], &name].concat()))
        });
        let people = self.peoples(code).iter().flat_map(|at| names(*at));
        after.or_else(|| {
            names(country)
                .chain(people)
                .find_map(|name| held_by(&[&name[..], &own].concat()))
        })
    }

    fn is_of(&self, owner: Owner, code: &str) -> bool {
        let alias = self.alias(owner).is_some_and(|alias| alias.is_sure());
        let entry = self.entry(owner.entry);
        alias
            && entry.is_some_and(|entry| {
                entry.tag == EntityType::Org && entry.country.as_deref() == Some(code)
            })
    }

    /// The code of the country that has this name, itself or its people.
    fn country_of(&self, words: &[(Word, WordId)]) -> Option<&str> {
        let owners = self.index.owners(words.iter().map(|(_, id)| *id));
        owners.iter().find_map(|&owner| {
            let (entry, alias) = (self.entry(owner.entry)?, self.alias(owner)?);
            let is_country = matches!(entry.kind, "country" | "nationality");
            let fits = is_country && !alias.flags.weak;
            entry.country.as_deref().filter(|_| fits)
        })
    }

    fn is_word(&self, surface: &str, words: &[(Word, WordId)], at: usize, wanted: &str) -> bool {
        let written = words
            .get(at)
            .and_then(|(word, _)| surface.get(word.start..word.end));
        written.is_some_and(|written| fold::fold(written) == wanted)
    }
}
