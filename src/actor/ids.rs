//! From an id, and from a country's code, to the entry of the book.
//!
//! Ids are compared where they stand, in the entries: the table holds their places alone.

use super::Book;
use super::book::Entry;
use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

/// The entries' places.
#[derive(Debug, Default)]
pub(super) struct Ids {
    by_id: HashTable<u32>,
    /// The countries that there are today, by code.
    countries: FxHashMap<String, usize>,
    /// The nationalities, by the code of their country.
    peoples: FxHashMap<String, Vec<usize>>,
}

impl Ids {
    /// The places of these entries; of two with one id the last counts, of two countries with one code the first.
    pub fn new(entries: &[Entry]) -> Self {
        let mut ids = Self {
            by_id: HashTable::with_capacity(entries.len()),
            ..Self::default()
        };
        let id = |at: u32| {
            entries
                .get(at as usize)
                .map_or("", |entry| entry.id.as_str())
        };
        for (place, entry) in entries.iter().enumerate() {
            let same = |at: &u32| id(*at) == entry.id;
            let at = ids.by_id.entry(hash(&entry.id), same, |at| hash(id(*at)));
            at.insert(place as u32);
            if let Some(code) = entry.country.as_deref()
                && entry.kind == "country"
                && entry.until.is_none()
                && !ids.countries.contains_key(code)
            {
                ids.countries.insert(code.to_owned(), place);
            }
            if let Some(code) = entry.country.as_deref()
                && entry.kind == "nationality"
            {
                ids.peoples.entry(code.to_owned()).or_default().push(place);
            }
        }
        ids
    }
}

fn hash(id: &str) -> u64 {
    FxBuildHasher.hash_one(id)
}

impl Book {
    /// The entry of this id.
    pub(super) fn at(&self, id: &str) -> Option<usize> {
        let same = |at: &u32| {
            let entry = self.entries.get(*at as usize);
            entry.is_some_and(|entry| entry.id == id)
        };
        self.ids.by_id.find(hash(id), same).map(|at| *at as usize)
    }

    /// The country of this code that there is today.
    pub(super) fn country(&self, code: &str) -> Option<usize> {
        self.ids.countries.get(code).copied()
    }

    /// The nationalities of the country of this code.
    pub(super) fn peoples(&self, code: &str) -> &[usize] {
        self.ids.peoples.get(code).map_or(&[], Vec::as_slice)
    }
}
