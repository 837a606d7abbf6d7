//! The one form into which every gold and every prediction is read.
//!
//! Offsets are code points, as in the record. Labels are strings: a gold may have types that the record
//! does not know.

use std::sync::Arc;

use jiff::civil::Date;

use super::LabelMap;
use crate::record::{NumberEntry, PublishedFrom, Record};

/// A text with what somebody says is in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Its id, by which gold and prediction find each other.
    pub id: String,
    /// The text that all offsets index.
    pub text: String,
    /// Names, sorted by place; no two have the same span.
    pub mentions: Vec<Mention>,
    /// Numbers, sorted by place; none where the format has no numbers.
    pub numbers: Option<Vec<NumberEntry>>,
    /// Whether mentions say who is meant.
    pub has_actors: bool,
    /// Tokens and tags, where the format has them.
    pub columns: Option<Columns>,
    /// What else an annotator should know.
    pub origin: Origin,
}

/// What a record says of its article beside the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    /// The file from which the record was made; empty for other formats.
    pub path: Arc<str>,
    /// The headline, where the input had it apart.
    pub title: Option<String>,
    /// The date, where the input stated it; one that was found in the text is left to be found again.
    pub published: Option<Date>,
    /// The address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Its type, or all types of which the source cannot say which it is; in the order written.
    pub types: Vec<String>,
    /// The source marks it as something that fits no type: nothing that touches it is right or wrong.
    pub masked: bool,
    /// Who is meant.
    pub actor: Option<Link>,
}

impl Mention {
    /// A name at `[start, end)` with a source's label, of whom the source does not say who is meant.
    pub(super) fn labelled(start: usize, end: usize, label: &str, map: &LabelMap) -> Self {
        let (types, masked) = map.read(label);
        Self {
            start,
            end,
            types,
            masked,
            actor: None,
        }
    }
}

/// Who is meant by a mention.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The actor's id.
    pub id: String,
    /// True for an actor of the book.
    pub known: bool,
}

/// The tokens of a column format, sentence by sentence, with their tags.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// For each sentence its tokens: `[start, end)` and the tag as written, its type mapped.
    pub sentences: Vec<Vec<(usize, usize, String)>>,
}

impl Mention {
    /// The types as one label, `LOC|FAC`.
    pub fn label(&self) -> String {
        if self.types.is_empty() {
            "?".to_owned()
        } else {
            self.types.join("|")
        }
    }
}

impl Document {
    /// Sorts the mentions and makes two labels on one span alternatives: a flat system can say only one.
    pub(super) fn settle(&mut self) {
        self.mentions.sort();
        let mut settled: Vec<Mention> = Vec::with_capacity(self.mentions.len());
        for mention in self.mentions.drain(..) {
            match settled.last_mut() {
                Some(last) if (last.start, last.end) == (mention.start, mention.end) => {
                    for kind in mention.types {
                        if !last.types.contains(&kind) {
                            last.types.push(kind);
                        }
                    }
                    last.masked |= mention.masked;
                    last.actor = last.actor.take().or(mention.actor);
                }
                _ => settled.push(mention),
            }
        }
        self.mentions = settled;
        if let Some(numbers) = &mut self.numbers {
            numbers.sort_by_key(|number| (number.start, number.end));
        }
    }
}

impl From<Record> for Document {
    fn from(record: Record) -> Self {
        let known: std::collections::HashMap<&str, bool> = record
            .actors
            .iter()
            .map(|actor| (actor.id.as_str(), actor.known))
            .collect();
        let mentions = record
            .mentions
            .iter()
            .map(|mention| Mention {
                start: mention.start,
                end: mention.end,
                types: vec![mention.kind.as_str().to_owned()],
                masked: false,
                actor: mention.actor.as_ref().map(|id| Link {
                    id: id.clone(),
                    known: known.get(id.as_str()).copied().unwrap_or_default(),
                }),
            })
            .collect();
        let stated = record.published_from == Some(PublishedFrom::Field);
        let mut document = Self {
            mentions,
            has_actors: true,
            columns: None,
            origin: Origin {
                path: record.source.path.into(),
                title: record.title,
                published: record.published.filter(|_| stated),
                url: record.url,
                outlet: record.outlet,
            },
            id: record.id,
            text: record.text,
            numbers: Some(record.numbers),
        };
        document.settle();
        document
    }
}
