//! The actors of one article while it is resolved: each once, numbered as they turn up.

use super::book::Entry;
use super::office::Body;
use super::{Actor, Book};
use std::borrow::Cow;
use std::collections::HashMap;

/// The actors so far.
#[derive(Debug)]
pub(super) struct Cast<'b> {
    book: &'b Book,
    by_entry: HashMap<usize, usize>,
    by_id: HashMap<String, usize>,
    actors: Vec<Actor>,
}

impl<'b> Cast<'b> {
    /// Nobody yet.
    pub fn new(book: &'b Book) -> Self {
        Self {
            book,
            by_entry: HashMap::new(),
            by_id: HashMap::new(),
            actors: Vec::new(),
        }
    }

    /// The actor of this number.
    pub fn actor(&self, number: usize) -> Option<&Actor> {
        self.actors.get(number)
    }

    /// The number of an actor of the book.
    pub fn known(&mut self, at: usize) -> Option<usize> {
        if let Some(&number) = self.by_entry.get(&at) {
            return Some(number);
        }
        let entry = self.book.entry(at)?;
        let number = self.push(Actor {
            id: entry.id.clone(),
            name: entry.name.clone(),
            kind: Cow::Borrowed(entry.kind),
            country: entry.country.clone(),
            qid: entry.qid.clone(),
            parent: entry.parent.clone(),
            known: true,
            mentions: Vec::new(),
        });
        self.by_entry.insert(at, number);
        Some(number)
    }

    /// The number of an actor that the book does not have.
    pub fn unknown(&mut self, id: String, kind: &'static str, name: &str) -> usize {
        if let Some(&number) = self.by_id.get(&id) {
            return number;
        }
        let number = self.push(Actor {
            id: id.clone(),
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            kind: Cow::Borrowed(kind),
            country: None,
            qid: None,
            parent: None,
            known: false,
            mentions: Vec::new(),
        });
        self.by_id.insert(id, number);
        number
    }

    /// The number of a state body: the book's actor, or one composed under its country.
    pub fn body(&mut self, body: Body) -> Option<usize> {
        if let Some(at) = self.book.entry_of(body) {
            return self.known(at);
        }
        let book = self.book;
        let (id, kind, name, place) = book.composed(body)?;
        Some(self.under(place, id, kind, name))
    }

    /// The number of an actor that the book does not have, under one that it has.
    pub fn under(&mut self, whole: &Entry, id: String, kind: &'static str, name: String) -> usize {
        if let Some(&number) = self.by_id.get(&id) {
            return number;
        }
        let number = self.push(Actor {
            id: id.clone(),
            name,
            kind: Cow::Borrowed(kind),
            country: whole.country.clone(),
            qid: None,
            parent: Some(whole.id.clone()),
            known: false,
            mentions: Vec::new(),
        });
        self.by_id.insert(id, number);
        number
    }

    fn push(&mut self, actor: Actor) -> usize {
        self.actors.push(actor);
        self.actors.len() - 1
    }

    /// The actors that are named, in order of first mention; `links` (the actor's number for each
    /// mention) are renumbered accordingly.
    pub fn finish(self, links: &mut [Option<usize>]) -> Vec<Actor> {
        let mut rank: HashMap<usize, usize> = HashMap::new();
        let mut named: Vec<Actor> = Vec::new();
        for (mention, link) in links.iter_mut().enumerate() {
            let Some(number) = *link else { continue };
            let Some(actor) = self.actors.get(number) else {
                *link = None;
                continue;
            };
            let at = *rank.entry(number).or_insert_with(|| {
                named.push(actor.clone());
                named.len() - 1
            });
            if let Some(actor) = named.get_mut(at) {
                actor.mentions.push(mention);
            }
            *link = Some(at);
        }
        named
    }
}
