//! From a name to the actors that bear it: a trie over folded words.
//!
//! One structure serves both the look-up of a mention and the scan of a text for missed names; each
//! step is one hash look-up of a small integer pair. It knows names only: who is meant is for
//! `resolve` to decide. Its hash is quick and not keyed: the names are the book's own, so nobody whom an
//! article lets in can make them collide.

use super::book::Entry;
use super::fold::{self, Word};
use hashbrown::HashTable;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;
use std::hash::{BuildHasher, Hash};

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

/// Entries whose names one core folds at a time.
const FOLDED_TOGETHER: usize = 512;

/// The trie.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Words, by their folded letters.
    words: HashTable<WordId>,
    /// The letters of all words.
    letters: String,
    /// For each word where its letters end; those of the first word, [`UNKNOWN`], are none.
    word_ends: Vec<u32>,
    /// Nodes, by the edges that lead to them.
    nodes: HashTable<u32>,
    /// For each node the edge that leads to it; none leads to the first, `ROOT`.
    edges: Vec<u64>,
    /// The owners of all names, by the nodes at which these end.
    owners: Vec<Owner>,
    /// For each node where its owners begin, and after the last node where they end.
    starts: Vec<u32>,
}

/// The letters of a word, out of those of all.
fn letters_of<'l>(letters: &'l str, ends: &[u32], id: WordId) -> &'l str {
    let at = id as usize;
    let place = at
        .checked_sub(1)
        .and_then(|before| ends.get(before))
        .zip(ends.get(at));
    place
        .and_then(|(&from, &to)| letters.get(from as usize..to as usize))
        .unwrap_or_default()
}

fn hash(key: impl Hash) -> u64 {
    FxBuildHasher.hash_one(key)
}

/// A node and a word as one key.
fn edge(node: u32, word: WordId) -> u64 {
    u64::from(node) << u32::BITS | u64::from(word)
}

/// Names as the trie has them, one behind the other, each with where it ends and whose it is.
#[derive(Default)]
struct Folded {
    letters: String,
    ends: Vec<(usize, Owner)>,
}

impl Folded {
    fn names(&self) -> impl Iterator<Item = (&str, Owner)> {
        let mut from = 0;
        self.ends.iter().map(move |&(end, owner)| {
            let name = self.letters.get(from..end).unwrap_or_default();
            from = end;
            (name, owner)
        })
    }
}

/// The names of the entries, in their order. Folding is most of the work, and is done on all cores.
fn folded(entries: &[Entry]) -> Vec<Folded> {
    let of = |(chunk, entries): (usize, &[Entry])| {
        let mut folded = Folded::default();
        for (at, row) in entries.iter().enumerate() {
            for (alias, name) in row.aliases.iter().enumerate() {
                fold::key_into(&name.plain, &mut folded.letters);
                let entry = chunk * FOLDED_TOGETHER + at;
                let end = folded.letters.len();
                folded.ends.push((end, Owner { entry, alias }));
            }
        }
        folded
    };
    let chunks = entries.par_chunks(FOLDED_TOGETHER).enumerate();
    chunks.map(of).collect()
}

impl Index {
    /// The index of the names of these entries.
    pub fn new(entries: &[Entry]) -> Self {
        let names = entries.iter().map(|entry| entry.aliases.len()).sum();
        let mut index = Self {
            // About as many as there are: a table that grows is filled twice, one that is too large is slow.
            words: HashTable::with_capacity(names / 2),
            nodes: HashTable::with_capacity(names + names / 2),
            word_ends: vec![0],
            edges: vec![u64::MAX],
            ..Self::default()
        };
        let mut ends = Vec::with_capacity(names);
        for folded in folded(entries) {
            for (name, owner) in folded.names() {
                ends.push((index.insert(name), owner));
            }
        }
        // Stable, so that a name's owners stay in the order of the book.
        ends.sort_by_key(|(node, _)| *node);
        let mut before = 0;
        index.starts = Vec::with_capacity(index.edges.len() + 1);
        for node in 0..=index.edges.len() as u32 {
            index.starts.push(before as u32);
            let rest = ends.get(before..).unwrap_or_default().iter();
            before += rest.take_while(|(at, _)| *at == node).count();
        }
        index.owners = ends.into_iter().map(|(_, owner)| owner).collect();
        index
    }

    /// The node at which this name ends.
    fn insert(&mut self, name: &str) -> u32 {
        let mut node = ROOT;
        for word in name.split(' ') {
            let id = self.word_or_new(word);
            node = match self.step(node, id) {
                Some(next) => next,
                None => self.new_node(edge(node, id)),
            };
        }
        node
    }

    fn new_node(&mut self, edge: u64) -> u32 {
        let fresh = self.edges.len() as u32;
        self.edges.push(edge);
        let edges = &self.edges;
        let again = |node: &u32| edges.get(*node as usize).map_or(0, hash);
        self.nodes.insert_unique(hash(edge), fresh, again);
        fresh
    }

    fn edge_to(&self, node: u32) -> u64 {
        self.edges.get(node as usize).copied().unwrap_or(u64::MAX)
    }

    /// The node to which this word leads from that one.
    fn step(&self, node: u32, word: WordId) -> Option<u32> {
        let edge = edge(node, word);
        let same = |node: &u32| self.edge_to(*node) == edge;
        self.nodes.find(hash(edge), same).copied()
    }

    fn word_or_new(&mut self, word: &str) -> WordId {
        let known = self.folded_id(word);
        if known != UNKNOWN {
            return known;
        }
        let fresh = self.word_ends.len() as WordId;
        self.letters.push_str(word);
        self.word_ends.push(self.letters.len() as u32);
        let (letters, ends) = (&self.letters, &self.word_ends);
        let again = |id: &WordId| hash(letters_of(letters, ends, *id));
        self.words.insert_unique(hash(word), fresh, again);
        fresh
    }

    /// The id of a word as it is written; `buffer` is scratch space.
    pub fn id(&self, word: &str, buffer: &mut String) -> WordId {
        buffer.clear();
        fold::fold_into(word, buffer);
        self.folded_id(buffer)
    }

    /// The id of a folded word.
    pub fn folded_id(&self, word: &str) -> WordId {
        let same = |id: &WordId| letters_of(&self.letters, &self.word_ends, *id) == word;
        self.words
            .find(hash(word), same)
            .copied()
            .unwrap_or(UNKNOWN)
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

    /// The owners of exactly this name.
    pub fn owners_of(&self, name: &str) -> &[Owner] {
        let words = self.words(name);
        self.owners(words.iter().map(|(_, id)| *id))
    }

    /// The owners of the name that consists of exactly these words.
    pub fn owners(&self, words: impl IntoIterator<Item = WordId>) -> &[Owner] {
        let mut node = ROOT;
        for id in words {
            match self.step(node, id) {
                Some(next) => node = next,
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
                node = self.step(node, id)?;
                Some(node)
            })
            .enumerate()
            .map(|(at, node)| (at + 1, self.at(node)))
            .filter(|(_, owners)| !owners.is_empty())
    }

    fn at(&self, node: u32) -> &[Owner] {
        let at = node as usize;
        let ends = self.starts.get(at).zip(self.starts.get(at + 1));
        ends.and_then(|(&from, &to)| self.owners.get(from as usize..to as usize))
            .unwrap_or_default()
    }
}
