//! Who is named so that no other mention is needed: in full, or by an office held at the time.

use super::cast::Cast;
use super::compose;
use super::fold;
use super::home::Verdict;
use super::link::Link;
use super::person::{Chained, People};
use super::person_name;
use super::resolve::Article;
use super::tenure::Held;
use crate::tag::EntityType;
use crate::text::Span;
use std::collections::HashMap;

/// Most words of a country's name.
const LONGEST_COUNTRY: usize = 4;

/// A name from which partial names may hang.
struct Full {
    words: Vec<String>,
    span: Span,
    person: usize,
    at: usize,
}

impl<'b> Article<'_, 'b> {
    /// A new actor of this full name, if it is one.
    ///
    /// An acronym alone is no full name: two articles may mean different bodies by it.
    pub(super) fn compose(
        &self,
        span: Span,
        kind: EntityType,
        cast: &mut Cast<'b>,
    ) -> Option<usize> {
        let surface = self.context.text.slice(span);
        if kind == EntityType::Org && compose::is_acronym(surface) {
            return None;
        }
        let (kind, words) = match kind {
            EntityType::Person => ("person", person_name::name_words(surface)),
            EntityType::Org => ("organization", compose::organization_words(surface)),
            _ => return None,
        };
        let is_name = match kind {
            "person" => person_name::is_full(&words),
            _ => !compose::is_generic(surface, &words) && !self.is_some_of_a_country(surface),
        };
        let id = compose::id(kind, &words).filter(|_| is_name)?;
        Some(cast.unknown(id, kind, surface))
    }

    /// True for a country or people with words in small letters, which say what, not who: "Aland's envoys".
    fn is_some_of_a_country(&self, surface: &str) -> bool {
        let name = surface
            .strip_prefix("the ")
            .or(surface.strip_prefix("The "));
        let name = name.unwrap_or(surface);
        fold::words(name).take(LONGEST_COUNTRY).any(|last| {
            let (country, rest) = name.split_at_checked(last.end).unwrap_or_default();
            let in_small_letters =
                rest.contains(char::is_lowercase) && !rest.contains(char::is_uppercase);
            in_small_letters && self.book.country_named(country).is_some()
        })
    }

    /// The people whom the article names by themselves, and for each mention that does so its link.
    pub(super) fn people(&self, cast: &mut Cast<'b>) -> (People, HashMap<usize, Link>) {
        let mut order: Vec<usize> = (0..self.mentions.len())
            .filter(|&at| {
                self.mentions
                    .get(at)
                    .is_some_and(|m| m.kind == EntityType::Person)
            })
            .collect();
        order.sort_by_key(|&at| (self.name(at).0, at));
        let mut full = Vec::new();
        let mut links = HashMap::new();
        let mut people = People::default();
        for &at in &order {
            let (span, surface) = self.name(at);
            let words = person_name::name_words(surface);
            if !person_name::is_full(&words) {
                continue;
            }
            let Some(link) = self.in_full(at, span, &words, &people, cast) else {
                continue;
            };
            if let Some(person) = link.actor {
                self.add(&mut people, &words, span, person, at);
                full.push(Full {
                    words,
                    span,
                    person,
                    at,
                });
            }
            links.insert(at, link);
        }
        let named = full.len();
        for &at in order
            .iter()
            .filter(|at| !links.contains_key(*at))
            .collect::<Vec<_>>()
        {
            if let Some((link, name)) = self.by_office(at, &people, cast) {
                full.push(name);
                links.insert(at, link);
            }
        }
        if full.len() > named {
            // A name hangs from what stands before it, so all are added again in the order of the text.
            people = People::default();
            full.sort_by_key(|name| (name.span, name.at));
            for name in &full {
                self.add(&mut people, &name.words, name.span, name.person, name.at);
            }
        }
        (people, links)
    }

    fn add(&self, people: &mut People, words: &[String], span: Span, person: usize, at: usize) {
        people.add(words.to_vec(), span, person);
        if let Some(title) = self.titles.get(at) {
            people.learn(person, title);
        }
    }

    /// The link of a full name.
    fn in_full(
        &self,
        at: usize,
        span: Span,
        words: &[String],
        people: &People,
        cast: &mut Cast<'b>,
    ) -> Option<Link> {
        let known = self
            .found
            .get(at)
            .and_then(|found| self.in_book(found).ok());
        if let Some((candidate, rule)) = known {
            return cast
                .known(candidate.entry)
                .map(|actor| Link::to(actor, rule));
        }
        let surface = self.context.text.slice(span);
        if let Some(actor) = self
            .book
            .spelled_like(surface, EntityType::Person)
            .and_then(|entry| cast.known(entry))
        {
            return Some(Link::to(actor, "transliteration"));
        }
        let title = self.titles.get(at)?;
        if let Chained::To(actor, evidence) = people.find(words, span, title) {
            // "Omar Karimi" again, or "Omar Karimi" for "Omar Noor Karimi".
            let again = self.compose(span, EntityType::Person, cast) == Some(actor);
            return Some(if again {
                Link::to(actor, "new_full_name")
            } else {
                Link::by(actor, "name_chain", evidence)
            });
        }
        self.compose(span, EntityType::Person, cast)
            .map(|actor| Link::to(actor, "new_full_name"))
    }

    /// Whom the book knows to have held the office that the article gives to this name.
    pub(super) fn held(&self, at: usize) -> Held {
        let Some(title) = self.titles.get(at).filter(|title| !title.roles.is_empty()) else {
            return Held::ByNobody;
        };
        let (_, surface) = self.name(at);
        let words = person_name::name_words(surface);
        let near = |whose: &str| self.surroundings.names(whose);
        let held = self
            .book
            .held_by(&words, title, self.context.published, near);
        let Held::BySeveral(entries) = &held else {
            return held;
        };
        // "Defence Minister Karimi" is of the country that the article is about.
        let Verdict::One(home) = self.homes().among(None) else {
            return held;
        };
        let mut own = entries.iter().filter(|&&at| {
            let country = self
                .book
                .entry(at)
                .and_then(|entry| entry.country.as_deref());
            country == Some(home.code)
        });
        match (own.next(), own.next()) {
            (Some(&only), None) => Held::By(only),
            _ => held,
        }
    }

    /// The link of a partial name whose title the book knows to be its bearer's, unless the article
    /// gives that title to somebody of that name whom it names in full.
    fn by_office(&self, at: usize, people: &People, cast: &mut Cast<'b>) -> Option<(Link, Full)> {
        let Held::By(entry) = self.held(at) else {
            return None;
        };
        let title = self.titles.get(at)?;
        let evidence = title.span?;
        let (span, surface) = self.name(at);
        let words = person_name::name_words(surface);
        let actor = cast.known(entry)?;
        let known = self.found.get(at).map(|found| self.in_book(found));
        match people.find(&words, span, title) {
            Chained::To(other, _) if other == actor || people.is_called(other, title) => {
                return None;
            }
            // The name alone says it: "President Obama".
            Chained::Nobody if matches!(known, Some(Ok((own, _))) if own.entry == entry) => {
                return None;
            }
            _ => {}
        }
        let name = Full {
            words: self.book.person_words(entry),
            span: evidence.cover(span),
            person: actor,
            at,
        };
        Some((Link::by(actor, "office", evidence), name))
    }
}
