//! What the book knows of an actor: names, dates, ties to other actors.
//!
//! `read` makes entries of the data files. What they mean together (two owners of one name, a parent
//! that is missing) is for `lint` to judge.

use super::fold;
use crate::tag::EntityType;
use jiff::civil::Date;
use std::sync::Arc;

/// The types of actor, each with the type of name under which a tagger should find it.
pub(super) const TYPES: &[(&str, EntityType)] = &[
    ("armed_group", EntityType::Org),
    ("military", EntityType::Org),
    ("police", EntityType::Org),
    ("intelligence", EntityType::Org),
    ("government", EntityType::Org),
    ("ministry", EntityType::Org),
    ("legislature", EntityType::Org),
    ("court", EntityType::Org),
    ("party", EntityType::Org),
    ("igo", EntityType::Org),
    ("ngo", EntityType::Org),
    ("company", EntityType::Org),
    ("news_agency", EntityType::Org),
    ("newspaper", EntityType::Org),
    ("broadcaster", EntityType::Org),
    ("person", EntityType::Person),
    ("country", EntityType::Loc),
    ("region", EntityType::Loc),
    ("nationality", EntityType::Norp),
    ("religion", EntityType::Norp),
];

/// How far a name may be trusted; models/actors/README.md says what each flag means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags {
    /// Counts only in exactly this case.
    pub case: bool,
    /// Its capitals also spell a common word (IS, US, WHO).
    pub word: bool,
    /// Also an everyday name of something else (Georgia, Dawn): only where the tagger saw this type.
    pub ambiguous: bool,
    /// Counts only where a surer name of the actor, its parent or its country is in the article.
    pub cue: bool,
    /// A part of a name (a surname): gives way to everything else.
    pub weak: bool,
}

/// A name of an actor.
#[derive(Clone, Debug)]
pub(super) struct Alias {
    /// As the book writes it, without points and apostrophes and without a leading "the".
    pub plain: String,
    /// True where the book writes it with a leading "The".
    pub article: bool,
    pub flags: Flags,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl Alias {
    /// Its folded words, parted by blanks: what names are compared by.
    pub fn folded(&self) -> String {
        fold::key(&self.plain)
    }

    /// True for a name that means this actor wherever it is written.
    pub fn is_sure(&self) -> bool {
        !(self.flags.ambiguous || self.flags.cue || self.flags.weak)
    }

    /// What speaks for the name where nothing else does.
    pub fn reason(&self) -> &'static str {
        match self.flags {
            Flags { weak: true, .. } => "part_of_name",
            Flags { cue: true, .. } => "no_cue",
            Flags {
                ambiguous: true, ..
            } => "name",
            _ => "sure_name",
        }
    }

    /// True where the name was in use at that date; an article without date hides nothing.
    pub fn in_use(&self, published: Option<Date>) -> bool {
        is_within(self.from, self.until, published)
    }
}

/// A tie to another actor, and when it held.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    /// The other's id.
    pub id: String,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl Tie {
    /// True where the tie held at that date; an article without date hides nothing.
    pub fn holds(&self, published: Option<Date>) -> bool {
        is_within(self.from, self.until, published)
    }
}

fn is_within(from: Option<Date>, until: Option<Date>, date: Option<Date>) -> bool {
    date.is_none_or(|date| {
        from.is_none_or(|from| from <= date) && until.is_none_or(|until| date <= until)
    })
}

/// An actor of the book.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub id: String,
    pub name: String,
    /// The type, out of `TYPES`.
    pub kind: &'static str,
    /// The type of name under which a tagger should find it.
    pub tag: EntityType,
    pub country: Option<String>,
    pub qid: Option<String>,
    pub parent: Option<String>,
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub source: String,
    pub aliases: Vec<Alias>,
    /// Actors with which it is allied, or under which it fights, without being a part of them.
    pub affiliates: Vec<Tie>,
    /// The actors that it became, each since the beginning of the tie.
    pub successors: Vec<Tie>,
    /// Where the row is, for messages.
    pub file: Arc<str>,
    pub line: u64,
}

impl Entry {
    /// False where the actor is younger than the article. One that is gone may still be named.
    pub fn may_exist(&self, published: Option<Date>) -> bool {
        published.is_none_or(|date| self.from.is_none_or(|from| from <= date))
    }
}
