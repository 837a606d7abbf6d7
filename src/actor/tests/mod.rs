//! The module as a whole: rules on sentences written for them, properties on any text.
//!
//! A sentence marks what the tagger is supposed to have seen: `[Red Front|ORG]`, and with a question
//! mark where it was not sure: `[Red Front|ORG?]`.

use super::*;
use crate::tag::EntityType;
use std::collections::HashSet;
use std::sync::LazyLock;

mod book;
mod camps;
mod described;
mod home;
mod mending;
mod offices;
mod properties;
mod reading;
mod resolving;
mod shorts;
mod things;
mod ties;
mod titles;

static BOOK: LazyLock<Book> = LazyLock::new(|| Book::embedded().expect("the book is sound"));

struct Sample {
    text: Text,
    sentences: Vec<Span>,
    mentions: Vec<Mention>,
    published: Option<Date>,
    datelines: Vec<Span>,
}

impl Sample {
    fn new(marked: &str) -> Self {
        let (mut source, mut marks, mut rest) = (String::new(), Vec::new(), marked);
        while let Some((before, after)) = rest.split_once('[') {
            let (inside, after) = after.split_once(']').expect("a closed mark");
            let (name, kind) = inside.split_once('|').expect("a type");
            source.push_str(before);
            marks.push((source.len(), source.len() + name.len(), kind));
            source.push_str(name);
            rest = after;
        }
        source.push_str(rest);
        let text = Text::new(source);
        let mentions = marks
            .into_iter()
            .map(|(start, end, kind)| Mention {
                span: text.span(start..end).expect("inside"),
                kind: serde_json::from_value(kind.trim_end_matches('?').into())
                    .expect("a known type"),
                score: if kind.ends_with('?') { 0.5 } else { 0.9 },
            })
            .collect();
        let mut at = 0;
        let sentences = text
            .as_str()
            .split_inclusive(['.', '\n', '?'])
            .filter_map(|part| {
                let span = text.span(at..at + part.len());
                at += part.len();
                span
            })
            .collect();
        Self {
            text,
            sentences,
            mentions,
            published: Date::new(2017, 8, 7).ok(),
            datelines: Vec::new(),
        }
    }

    /// The text up to its first dash is a dateline.
    fn with_dateline(mut self) -> Self {
        let end = self.text.as_str().find('-').map_or(0, |at| at + 1);
        self.datelines.extend(self.text.span(0..end));
        self
    }

    fn in_year(mut self, year: i16) -> Self {
        self.published = Date::new(year, 7, 1).ok();
        self
    }

    fn context(&self) -> Context<'_> {
        Context {
            published: self.published,
            datelines: &self.datelines,
            ..Context::bare(&self.text, &self.sentences)
        }
    }

    /// Name, actor's id (or "-") and rule, after resolving the marked mentions alone.
    fn resolved(&self) -> Vec<(String, String, &'static str)> {
        self.rows(&BOOK.resolve(self.context(), &self.mentions))
    }

    fn rows(&self, resolution: &Resolution) -> Vec<(String, String, &'static str)> {
        resolution
            .mentions
            .iter()
            .map(|m| {
                let actor = m.actor.and_then(|at| resolution.actors.get(at));
                let id = actor.map_or("-".to_owned(), |actor| actor.id.clone());
                (self.text.slice(m.mention.span).to_owned(), id, m.rule)
            })
            .collect()
    }

    fn ids(&self) -> Vec<String> {
        self.resolved().into_iter().map(|(_, id, _)| id).collect()
    }

    fn mended(&self) -> Vec<(String, EntityType)> {
        BOOK.mend(self.context(), self.mentions.clone())
            .iter()
            .map(|m| (self.text.slice(m.span).to_owned(), m.kind))
            .collect()
    }

    /// Name and id after mending and resolving, as the program does it.
    fn both(&self) -> Vec<(String, String)> {
        let mentions = BOOK.mend(self.context(), self.mentions.clone());
        let rows = self.rows(&BOOK.resolve(self.context(), &mentions));
        rows.into_iter().map(|(name, id, _)| (name, id)).collect()
    }
}

fn resolved(marked: &str) -> Vec<(String, String, &'static str)> {
    Sample::new(marked).resolved()
}

fn mended(marked: &str) -> Vec<(String, EntityType)> {
    Sample::new(marked).mended()
}

fn both(marked: &str) -> Vec<(String, String)> {
    Sample::new(marked).both()
}

fn owned<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

fn typed<const N: usize>(pairs: [(&str, EntityType); N]) -> Vec<(String, EntityType)> {
    pairs
        .iter()
        .map(|(name, kind)| ((*name).to_owned(), *kind))
        .collect()
}
