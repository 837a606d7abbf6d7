//! Who each mention is: the rules in their order of evidence. The table of rules is in `actor`.

use super::cast::Cast;
use super::cue::Surroundings;
use super::defined::Defined;
use super::home::Homes;
use super::link::{Alternative, Link};
use super::lookup::{Candidate, Found};
use super::person::{Chained, People};
use super::tenure::Held;
use super::title::{self, Title};
use super::{Book, Context, Resolution, compose, edge, person_name, rank, short};
use crate::tag::{EntityType, Mention};
use crate::text::Span;
use std::cell::OnceCell;
use std::collections::HashMap;

/// See [`Book::resolve`]; `country` is the code of the country that the text is about.
pub(super) fn resolve(
    book: &Book,
    context: Context<'_>,
    mentions: &[Mention],
    country: Option<&str>,
) -> Resolution {
    let names: Vec<Span> = mentions
        .iter()
        .map(|m| edge::trim(context.text, m.span))
        .collect();
    let found: Vec<Found<'_>> = mentions
        .iter()
        .zip(&names)
        .map(|(mention, &name)| book.look_up(context, name, mention.kind))
        .collect();
    let titles: Vec<Title<'_>> = mentions
        .iter()
        .zip(&names)
        .map(|(mention, &name)| match mention.kind {
            EntityType::Person => title::title(book, context.text, name),
            _ => Title::default(),
        })
        .collect();
    let article = Article {
        book,
        context,
        mentions,
        names: &names,
        titles: &titles,
        surroundings: Surroundings::new(book, &found, country, context.published),
        found: &found,
        told: country,
        homes: OnceCell::new(),
    };
    let mut cast = Cast::new(book);
    let defined = article.define(&mut cast);
    let (mut people, in_full) = article.people(&mut cast);
    let mut links = Vec::with_capacity(mentions.len());
    for (at, mention) in mentions.iter().enumerate() {
        let link = article.link(at, &defined, &people, &in_full, &mut cast);
        let others = article.alternatives(at, link, &people, &cast);
        if let Some(person) = link.actor.filter(|_| mention.kind == EntityType::Person) {
            people.count(person);
            if let Some(title) = titles.get(at) {
                people.learn(person, title);
            }
        }
        links.push((link, others));
    }
    short::chain(&article, &mut links);
    let mut actors: Vec<Option<usize>> = links.iter().map(|(link, _)| link.actor).collect();
    let cast = cast.finish(&mut actors);
    Resolution {
        mentions: mentions
            .iter()
            .zip(links)
            .zip(actors)
            .map(|((mention, (link, others)), actor)| link.resolved(*mention, actor, others))
            .collect(),
        actors: cast,
    }
}

/// An article while it is resolved.
pub(super) struct Article<'a, 'b> {
    pub book: &'b Book,
    pub context: Context<'a>,
    pub mentions: &'a [Mention],
    /// The mentions' spans without "the" and possessive.
    pub names: &'a [Span],
    /// What stands beside the names of people.
    pub titles: &'a [Title<'b>],
    pub found: &'a [Found<'b>],
    pub surroundings: Surroundings<'b>,
    /// The code of the country that the asker says the text is about.
    pub told: Option<&'b str>,
    /// The countries of which the article names something, once they are asked for.
    pub homes: OnceCell<Homes<'b>>,
}

impl<'a, 'b> Article<'a, 'b> {
    /// A mention's name.
    pub fn name(&self, at: usize) -> (Span, &'a str) {
        let span = self.names.get(at).copied();
        let span = span.unwrap_or_else(|| self.context.text.whole());
        (span, self.context.text.slice(span))
    }

    /// What the book says for sure of a mention: the entry and the rule.
    pub fn in_book(
        &self,
        found: &Found<'b>,
    ) -> Result<(Candidate<'b>, &'static str), &'static str> {
        match found {
            Found::Some(candidates, rule) => Ok((self.surroundings.best(candidates)?, rule)),
            Found::Refused(reason) => Err(reason),
            Found::Nothing => Err(""),
        }
    }

    /// The rules in their order.
    fn link(
        &self,
        at: usize,
        defined: &Defined<'a>,
        people: &People,
        in_full: &HashMap<usize, Link>,
        cast: &mut Cast<'b>,
    ) -> Link {
        let (Some(mention), Some(found)) = (self.mentions.get(at), self.found.get(at)) else {
            return Link::none("not_an_actor");
        };
        let (_, surface) = self.name(at);
        // The code LI says nothing of a Mr Li.
        let is_person = mention.kind == EntityType::Person;
        match (found, defined.get(surface)) {
            (Found::Refused("common_word" | "refused_case"), None) if is_person => {}
            (Found::Refused("common_word"), _) | (Found::Refused("refused_case"), None) => {
                return Link::none("common_word");
            }
            (_, Some(&(actor, evidence))) => return Link::by(actor, "definition", evidence),
            _ => {}
        }
        if let Some(link) = in_full.get(&at) {
            return *link;
        }
        let known = self.in_book(found);
        if mention.kind == EntityType::Person {
            return self.link_person(at, known, people, cast);
        }
        if let Ok((candidate, _)) = known
            && let Some(body) = self.book.government_of(candidate.entry)
            && let Some(cue) = self.seat(at)
            && let Some(actor) = cast.body(body)
        {
            return Link::by(actor, "seat", cue);
        }
        if !known.is_ok_and(|(candidate, _)| self.surroundings.is_certain(&candidate))
            && let Some(link) = self.bare(at, cast)
            && (link.actor.is_some() || known.is_err())
        {
            // The book's own row for a chamber goes before the parliament.
            let country = link
                .actor
                .and_then(|actor| cast.actor(actor)?.country.as_deref());
            let own = known
                .ok()
                .and_then(|(candidate, _)| self.book.entry(candidate.entry));
            if own.is_none_or(|own| own.country.as_deref() != country) {
                return link;
            }
        }
        match known {
            Ok((candidate, rule)) => cast
                .known(candidate.entry)
                .map_or(Link::none("not_an_actor"), |actor| Link::to(actor, rule)),
            Err(reason @ ("ambiguous" | "no_cue" | "refused_date")) => Link::none(reason),
            Err(_) if mention.kind == EntityType::Org => self.link_organization(at, cast),
            Err(_) => Link::none("not_an_actor"),
        }
    }

    /// A partial name of a person.
    fn link_person(
        &self,
        at: usize,
        known: Result<(Candidate<'b>, &'static str), &'static str>,
        people: &People,
        cast: &mut Cast<'b>,
    ) -> Link {
        let (span, surface) = self.name(at);
        let none = Title::default();
        let title = self.titles.get(at).unwrap_or(&none);
        let chained = people.find(&person_name::name_words(surface), span, title);
        match (chained, known) {
            (Chained::To(actor, evidence), _) => Link::by(actor, "name_chain", evidence),
            (Chained::Ambiguous, _) => Link::none("ambiguous"),
            (Chained::Nobody, Ok((candidate, rule))) => cast
                .known(candidate.entry)
                .map_or(Link::none("single_name"), |actor| Link::to(actor, rule)),
            (Chained::Nobody, Err(reason @ ("ambiguous" | "no_cue" | "refused_date"))) => {
                Link::none(reason)
            }
            (Chained::Nobody, Err(_)) => match self.held(at) {
                Held::BySeveral(_) => Link::none("ambiguous"),
                _ => Link::none("single_name"),
            },
        }
    }

    /// An organisation whose name as such the book does not have.
    fn link_organization(&self, at: usize, cast: &mut Cast<'b>) -> Link {
        let (span, surface) = self.name(at);
        if let Some(actor) = self
            .book
            .spelled_like(surface, EntityType::Org)
            .and_then(|at| cast.known(at))
        {
            return Link::to(actor, "transliteration");
        }
        let actor = match self.book.turned(surface) {
            Some(at) => cast.known(at),
            None => self.book.body(surface).and_then(|body| cast.body(body)),
        };
        if let Some(actor) = actor {
            return Link::to(actor, "composed");
        }
        if let Some(link) = self.camp(span, cast) {
            return link;
        }
        // The tagger took "Lieutenant Kambale" for an organisation.
        if rank::after_rank(surface).is_some() {
            return Link::none("single_name");
        }
        match self.compose(span, EntityType::Org, cast) {
            Some(actor) => Link::to(actor, "new_full_name"),
            None if compose::is_acronym(surface) => Link::none("acronym"),
            None => Link::none("generic"),
        }
    }

    /// Who else might have been meant, where the choice was close.
    fn alternatives(
        &self,
        at: usize,
        link: Link,
        people: &People,
        cast: &Cast<'b>,
    ) -> Vec<Alternative> {
        let Some(found) = self.found.get(at) else {
            return Vec::new();
        };
        let chosen = link.actor.and_then(|actor| cast.actor(actor));
        let other = |id: &str| chosen.is_none_or(|actor| actor.id != id);
        let by_surname = || {
            let (_, surface) = self.name(at);
            let people = people
                .namesakes(&person_name::name_words(surface))
                .into_iter();
            let actors = people.filter_map(|person| cast.actor(person));
            let others = actors.filter(|actor| other(&actor.id));
            others
                .map(|actor| Alternative::of(actor, "namesake"))
                .collect::<Vec<_>>()
        };
        let mut others = match (link.rule, found) {
            ("name_chain", _) => by_surname(),
            ("ambiguous", _)
                if self
                    .mentions
                    .get(at)
                    .is_some_and(|m| m.kind == EntityType::Person) =>
            {
                let others = by_surname();
                match (found, self.held(at)) {
                    _ if !others.is_empty() => others,
                    (Found::Some(candidates, _), _) => self.surroundings.others(candidates, None),
                    (_, Held::BySeveral(entries)) => {
                        let entries = entries.into_iter().filter_map(|at| self.book.entry(at));
                        entries
                            .map(|entry| Alternative::in_book(entry, "office"))
                            .collect()
                    }
                    _ => others,
                }
            }
            ("ambiguous" | "book_exact" | "book_folded" | "head", Found::Some(candidates, _)) => {
                self.surroundings
                    .others(candidates, chosen.map(|actor| &*actor.id))
            }
            _ => Vec::new(),
        };
        others.truncate(MOST_ALTERNATIVES);
        others
    }
}

/// More alternatives than these tell a reader nothing.
const MOST_ALTERNATIVES: usize = 3;
