//! A camp: who stands with somebody or against them ("supporters of Imran Khan"), or a faction of a group with a name of its
//! own ("SPLM/A-Garang faction").
//!
//! A camp acts by itself, so it is not the one that it is named after but an actor under it, with an id that says so:
//! `hamas:opponents`. Refused are camps of whom the book is not sure, and factions that may be any: "a splinter faction".

use super::cast::Cast;
use super::fold::{self, Word};
use super::link::Link;
use super::resolve::Article;
use super::tenure::Held;
use super::title::Title;
use super::{compose, lexicon, person_name, role};
use crate::tag::EntityType;
use crate::text::Span;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// More words than stand before whom a camp is about.
const MOST_BEFORE: usize = 3;

/// A kind of camp: the end of the id, the type of actor, the beginning of the name.
#[derive(Clone, Copy, Debug)]
struct Camp {
    slug: &'static str,
    kind: &'static str,
    name: &'static str,
}

/// The camps of `data/camps.csv` by the words before whom they are about.
static CAMPS: LazyLock<FxHashMap<&'static str, Camp>> = LazyLock::new(|| {
    let mut camps = FxHashMap::default();
    for row in lexicon::lines(include_str!("data/camps.csv")) {
        let mut cells = row.splitn(4, ',');
        let mut cell = || cells.next().unwrap_or_default();
        let (slug, kind, name) = (cell(), cell(), cell());
        let camp = Camp { slug, kind, name };
        camps.extend(cell().split('|').map(|words| (words, camp)));
    }
    camps
});

/// A name with its words, each folded.
struct Name<'t> {
    source: &'t str,
    words: Vec<(Word, String)>,
}

impl<'t> Name<'t> {
    fn new(source: &'t str) -> Self {
        let folded = |word: Word| {
            let written = source.get(word.start..word.end).unwrap_or_default();
            (word, fold::fold(written))
        };
        let words = fold::words(source).map(folded).collect();
        Self { source, words }
    }

    fn is(&self, at: usize, wanted: &str) -> bool {
        self.words.get(at).is_some_and(|(_, word)| word == wanted)
    }

    /// Past an article at this place.
    fn past_the(&self, at: usize) -> usize {
        at + usize::from(self.is(at, "the"))
    }

    /// First and last byte of these words; none for no words.
    fn place(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let part = self.words.get(from..to)?;
        Some((part.first()?.0.start, part.last()?.0.end))
    }

    fn folded(&self, from: usize, to: usize) -> Vec<&str> {
        let part = self.words.get(from..to).unwrap_or_default();
        part.iter().map(|(_, word)| word.as_str()).collect()
    }

    /// True where one of these words has a capital: what is named, not only described.
    fn has_capital(&self, from: usize, to: usize) -> bool {
        let mut part = self.words.get(from..to).unwrap_or_default().iter();
        part.any(|(word, _)| {
            let written = self.source.get(word.start..);
            written.is_some_and(|written| written.starts_with(char::is_uppercase))
        })
    }
}

impl<'b> Article<'_, 'b> {
    /// The link of a camp; `None` where the name is none.
    pub(super) fn camp(&self, span: Span, cast: &mut Cast<'b>) -> Option<Link> {
        let name = Name::new(self.context.text.slice(span));
        let part = |from: usize, to: usize| {
            let (start, end) = name.place(from, to)?;
            let text = self.context.text;
            text.span(span.start() + start..span.start() + end)
        };
        let all = name.words.len();
        for length in (1..=MOST_BEFORE).rev() {
            let Some(camp) = CAMPS.get(name.folded(0, length).join(" ").as_str()) else {
                continue;
            };
            let about = self.whose(part(name.past_the(length), all)?)?;
            let about = self.book.entry(about)?;
            let title = format!("{} {}", camp.name, about.name);
            let id = compose::part_id(&about.id, camp.slug);
            return Some(Link::to(
                cast.under(about, id, camp.kind, title),
                "composed",
            ));
        }
        let at = (0..all).find(|&at| name.is(at, "faction"))?;
        let (whole, own) = if at + 1 == all {
            // "Red Front - Hill faction"; the longest name of the book that leaves a word.
            let group = |end: &usize| part(0, *end).and_then(|span| self.group(span));
            let end = (1..at).rev().find(|end| group(end).is_some())?;
            (group(&end)?, (end, at))
        } else if name.is(at + 1, "of") {
            let group = part(name.past_the(at + 2), all)?;
            (self.group(group)?, (name.past_the(0), at))
        } else {
            return None;
        };
        if !name.has_capital(own.0, own.1) {
            return None;
        }
        if let Some(known) = part(own.0, own.1).and_then(|span| self.group(span)) {
            return Some(Link::to(cast.known(known)?, "head"));
        }
        let whole = self.book.entry(whole)?;
        let slug = format!("{}-faction", name.folded(own.0, own.1).join("-"));
        let id = compose::part_id(&whole.id, &slug);
        Some(Link::to(
            cast.under(whole, id, whole.kind, name.source.to_owned()),
            "composed",
        ))
    }

    /// The actor of the book whose name stands here: of any type, or the one head of state or government of that surname.
    fn whose(&self, span: Span) -> Option<usize> {
        let kinds = [EntityType::Org, EntityType::Loc, EntityType::Person];
        if let Some(at) = kinds.iter().find_map(|kind| self.named(span, *kind)) {
            return Some(at);
        }
        let words = person_name::name_words(self.context.text.slice(span));
        let head = Title {
            roles: role::heads().collect(),
            ..Title::default()
        };
        match self
            .book
            .held_by(&words, &head, self.context.published, |_| true)
        {
            Held::By(at) => Some(at),
            _ => None,
        }
    }

    /// The armed group or party of the book whose name stands here.
    fn group(&self, span: Span) -> Option<usize> {
        let at = self.named(span, EntityType::Org)?;
        let kind = self.book.entry(at)?.kind;
        matches!(kind, "armed_group" | "party").then_some(at)
    }

    /// The actor of the book whose whole name stands here, if it is sure of one.
    fn named(&self, span: Span, kind: EntityType) -> Option<usize> {
        let found = self.book.look_up(self.context, span, kind);
        let (candidate, rule) = self.in_book(&found).ok()?;
        matches!(rule, "book_exact" | "book_folded").then_some(candidate.entry)
    }
}
