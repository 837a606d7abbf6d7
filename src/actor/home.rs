//! The country that an article is about, by which "the Interior Ministry" is Peru's.
//!
//! Counted are the names of countries, peoples, places and bodies of state, and less those of their people and armed
//! groups; the dateline's place counts more, and the outlet's country only where there is nothing else. Where two are about equal there is none: a war has two defence
//! ministries.

use super::book::Entry;
use super::lookup::Found;
use super::resolve::Article;
use super::{Book, Context};
use crate::tag::EntityType;
use crate::text::{Span, Text};

/// What the name of a country counts, that of a person or armed group from there, and the place of a dateline besides.
const NAME: usize = 2;
const FROM_THERE: usize = 1;
const DATELINE: usize = 4;
/// Less than this settles nothing: one name in passing.
const LEAST: usize = 2 * NAME;

/// A country of which the article names something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Home<'b> {
    /// ISO 3166-1 alpha-2.
    pub code: &'b str,
    /// What speaks for it.
    points: usize,
    /// The first name that does; none for the outlet's country, and for one that was given.
    pub evidence: Option<Span>,
}

/// The countries of an article with what speaks for each, in the order of their first names.
#[derive(Debug, Default)]
pub(super) struct Homes<'b> {
    list: Vec<Home<'b>>,
    /// What somebody who knows says that the text is about, or what the outlet's place leaves to suppose.
    told: Option<&'b str>,
}

/// Which country it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict<'b> {
    /// This one.
    One(Home<'b>),
    /// Two are about equal.
    Several,
    /// The article names none.
    None,
}

impl<'b> Homes<'b> {
    fn count(&mut self, code: &'b str, points: usize, name: Span) {
        match self.list.iter_mut().find(|home| home.code == code) {
            Some(home) => home.points += points,
            None => self.list.push(Home {
                code,
                points,
                evidence: Some(name),
            }),
        }
    }

    /// The country, out of these (all where there are none given) that the article is about.
    pub fn among(&self, codes: Option<&[&str]>) -> Verdict<'b> {
        let fits = |code: &str| codes.is_none_or(|codes| codes.contains(&code));
        let told = self.told.filter(|code| fits(code)).map(|code| Home {
            code,
            points: 0,
            evidence: None,
        });
        let (mut best, mut next): (Option<Home<'b>>, usize) = (None, 0);
        for home in self.list.iter().filter(|home| fits(home.code)) {
            match best {
                Some(first) if first.points >= home.points => next = next.max(home.points),
                _ => {
                    next = next.max(best.map_or(0, |first| first.points));
                    best = Some(*home);
                }
            }
        }
        match best {
            None => told.map_or(Verdict::None, Verdict::One),
            // Below twice as much either may be meant.
            Some(first) if first.points < 2 * next => Verdict::Several,
            Some(first) if first.points >= LEAST || codes.is_some() => Verdict::One(first),
            // One name, and the outlet is of that country, or there is nothing else.
            Some(first) if told.is_none_or(|told| told.code == first.code) => Verdict::One(first),
            Some(_) => Verdict::Several,
        }
    }
}

/// What the naming of an actor tells of the country that is talked about.
fn worth(entry: &Entry) -> Option<usize> {
    match entry.kind {
        "country" | "region" | "nationality" | "government" | "ministry" | "military"
        | "police" | "intelligence" | "legislature" | "court" | "party" => Some(NAME),
        "armed_group" | "person" => Some(FROM_THERE),
        _ => None,
    }
}

impl<'b> Article<'_, 'b> {
    /// The countries of the article, counted once.
    pub(super) fn homes(&self) -> &Homes<'b> {
        self.homes.get_or_init(|| self.count_homes())
    }

    fn count_homes(&self) -> Homes<'b> {
        let mut homes = Homes::default();
        if self.told.is_some() {
            homes.told = self.told;
            return homes;
        }
        for (at, (mention, found)) in self.mentions.iter().zip(self.found).enumerate() {
            let (name, surface) = self.name(at);
            let mut furniture = self.context.boilerplate.iter();
            if furniture.any(|part| part.contains(name)) {
                continue;
            }
            let entry = match found {
                Found::Some(..) => self
                    .in_book(found)
                    .ok()
                    .map(|(candidate, _)| candidate.entry),
                Found::Nothing if mention.kind == EntityType::Org => {
                    self.book.body(surface).map(|body| body.place)
                }
                _ => None,
            };
            let entry = entry.and_then(|at| self.book.entry(at));
            let told = entry.and_then(|entry| Some((entry.country.as_deref()?, worth(entry)?)));
            let Some((code, points)) = told else {
                continue;
            };
            let mut datelines = self.context.datelines.iter();
            let opens = datelines.any(|line| line.contains(name));
            homes.count(code, points + if opens { DATELINE } else { 0 }, name);
        }
        let outlet = self.context.outlet;
        homes.told = outlet.and_then(|name| self.book.country_of_outlet(name));
        homes
    }
}

impl Book {
    /// The country of an outlet that the book has.
    fn country_of_outlet(&self, outlet: &str) -> Option<&str> {
        let text = Text::new(outlet.to_owned());
        let sentences = [text.whole()];
        let context = Context::bare(&text, &sentences);
        match self.look_up(context, text.whole(), EntityType::Org) {
            Found::Some(candidates, _) => {
                let [only] = candidates.as_slice() else {
                    return None;
                };
                self.entry(only.entry)?.country.as_deref()
            }
            _ => None,
        }
    }
}
