//! From a name to the actors that bear it: a trie over folded words.
//!
//! One structure serves both the look-up of a mention and the scan of a text for missed names; each
//! step is one hash look-up of a small integer pair. It knows names only: who is meant is for
//! `resolve` to decide. Its hash is quick and not keyed: the names are the book's own, so nobody whom an
//! article lets in can make them collide.

use super::book::Entry;
use super::fold::{self, Word};
use rustc_hash::FxHashMap;

/// An actor's claim to a name: indexes into the book's entries and into the entry's aliases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Owner {
    pub entry: usize,
    pub alias: usize,
}

/// The number of a folded word; words that no alias has share [`UNKNOWN`].
pub(super) type WordId = u32;
/// The id of a word that is in no alias.
pub(super) const UNKNOWN: WordId = 0;

const ROOT: u32 = 0;

/// The trie.
#[derive(Debug, Default)]
pub(super) struct Index {
    words: FxHashMap<Box<str>, WordId>,
    edges: FxHashMap<(u32, WordId), u32>,
    /// For each node the owners of the name that ends there.
    ends: Vec<Vec<Owner>>,
}

impl Index {
    /// The index of the names of these entries.
    pub fn new(entries: &[Entry]) -> Self {
        let mut index = Self {
            ends: vec![Vec::new()],
            ..Self::default()
        };
        for (entry, row) in entries.iter().enumerate() {
            for (alias, name) in row.aliases.iter().enumerate() {
                index.insert(&name.folded, Owner { entry, alias });
            }
        }
        index
    }

    fn insert(&mut self, name: &str, owner: Owner) {
        let mut node = ROOT;
        for word in name.split(' ') {
            let id = match self.words.get(word) {
                Some(&id) => id,
                None => {
                    let fresh = self.words.len() as WordId + 1;
                    self.words.insert(word.into(), fresh);
                    fresh
                }
            };
            let new_node = self.ends.len() as u32;
            node = *self.edges.entry((node, id)).or_insert(new_node);
            if node == new_node {
                self.ends.push(Vec::new());
            }
        }
        if let Some(owners) = self.ends.get_mut(node as usize) {
            owners.push(owner);
        }
    }

    /// The id of a word as it is written; `buffer` is scratch space.
    pub fn id(&self, word: &str, buffer: &mut String) -> WordId {
        buffer.clear();
        fold::fold_into(word, buffer);
        self.words.get(buffer.as_str()).copied().unwrap_or(UNKNOWN)
    }

    /// The words of a text with their ids.
    pub fn words(&self, source: &str) -> Vec<(Word, WordId)> {
        let mut buffer = String::new();
        fold::words(source)
            .map(|word| {
                let written = source.get(word.start..word.end).unwrap_or_default();
                (word, self.id(written, &mut buffer))
            })
            .collect()
    }

    /// The owners of the name that consists of exactly these words.
    pub fn owners(&self, words: impl IntoIterator<Item = WordId>) -> &[Owner] {
        let mut node = ROOT;
        for id in words {
            match self.edges.get(&(node, id)) {
                Some(&next) => node = next,
                None => return &[],
            }
        }
        self.at(node)
    }

    /// Every name that begins with the first of these words, shortest first: how many words it has
    /// and who owns it. The walk is as long as the longest alias at most.
    pub fn prefixes(
        &self,
        words: impl IntoIterator<Item = WordId>,
    ) -> impl Iterator<Item = (usize, &[Owner])> {
        let mut node = ROOT;
        words
            .into_iter()
            .map_while(move |id| {
                node = *self.edges.get(&(node, id))?;
                Some(node)
            })
            .enumerate()
            .map(|(at, node)| (at + 1, self.at(node)))
            .filter(|(_, owners)| !owners.is_empty())
    }

    fn at(&self, node: u32) -> &[Owner] {
        self.ends.get(node as usize).map_or(&[], Vec::as_slice)
    }
}
