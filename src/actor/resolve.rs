//! Who each mention is: the rules in their order of evidence. The table of rules is in `actor`.

use super::cast::Cast;
use super::cue::Surroundings;
use super::definition::{Definition, definitions};
use super::lookup::{Candidate, Found};
use super::person::{self, Chained, People};
use super::{Book, Context, Resolution, ResolvedMention, compose, edge, seat, sense};
use crate::tag::{EntityType, Mention};
use crate::text::{Span, Text};
use std::collections::HashMap;

/// What became of one mention.
#[derive(Clone, Copy, Debug)]
struct Link {
    actor: Option<usize>,
    rule: &'static str,
    evidence: Option<Span>,
}

impl Link {
    fn to(actor: usize, rule: &'static str) -> Self {
        Self {
            actor: Some(actor),
            rule,
            evidence: None,
        }
    }

    fn by(actor: usize, rule: &'static str, evidence: Span) -> Self {
        Self {
            actor: Some(actor),
            rule,
            evidence: Some(evidence),
        }
    }

    fn none(rule: &'static str) -> Self {
        Self {
            actor: None,
            rule,
            evidence: None,
        }
    }
}

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
    let article = Article {
        context,
        mentions,
        names: &names,
        surroundings: Surroundings::new(book, &found, country),
        found: &found,
    };
    let mut cast = Cast::new(book);
    let defined = article.define(book, &mut cast);
    let (mut people, in_full) = article.people(book, &mut cast);
    let mut links = Vec::with_capacity(mentions.len());
    for (at, mention) in mentions.iter().enumerate() {
        let link = article.link(book, at, &defined, &people, &in_full, &mut cast);
        if let Some(person) = link.actor.filter(|_| mention.kind == EntityType::Person) {
            people.count(person);
        }
        links.push(link);
    }
    let mut actors: Vec<Option<usize>> = links.iter().map(|link| link.actor).collect();
    let cast = cast.finish(&mut actors);
    Resolution {
        mentions: mentions
            .iter()
            .zip(links)
            .zip(actors)
            .map(|((mention, link), actor)| ResolvedMention {
                mention: *mention,
                actor,
                rule: link.rule,
                evidence: link.evidence,
            })
            .collect(),
        actors: cast,
    }
}

/// The evidence with the bracket closed that it opens, if that is near.
fn with_bracket(text: &Text, evidence: Span) -> Span {
    let inside = text.slice(evidence);
    if inside.matches('(').count() <= inside.matches(')').count() {
        return evidence;
    }
    let after = sense::clip(text.as_str(), evidence.end()..evidence.end() + 120);
    let close = after.find(['(', ')', '\n']);
    close
        .filter(|&at| after.get(at..).is_some_and(|rest| rest.starts_with(')')))
        .and_then(|at| text.span(evidence.start()..evidence.end() + at + 1))
        .unwrap_or(evidence)
}

/// By surface: the actor that the article defines it to be, and where.
type Defined<'a> = HashMap<&'a str, (usize, Span)>;

struct Article<'a, 'b> {
    context: Context<'a>,
    mentions: &'a [Mention],
    /// The mentions' spans without "the" and possessive.
    names: &'a [Span],
    found: &'a [Found<'b>],
    surroundings: Surroundings<'b>,
}

impl<'a, 'b> Article<'a, 'b> {
    fn name(&self, at: usize) -> (Span, &'a str) {
        let span = self.names.get(at).copied();
        let span = span.unwrap_or_else(|| self.context.text.whole());
        (span, self.context.text.slice(span))
    }

    /// What the book says for sure of a mention: the entry and the rule.
    fn in_book(&self, found: &Found<'b>) -> Result<(Candidate<'b>, &'static str), &'static str> {
        match found {
            Found::Some(candidates, rule) => Ok((self.surroundings.best(candidates)?, rule)),
            Found::Refused(reason) => Err(reason),
            Found::Nothing => Err(""),
        }
    }

    /// Follows the article's definitions to the actors of their long forms.
    fn define(&self, book: &'b Book, cast: &mut Cast<'b>) -> Defined<'a> {
        let text = self.context.text;
        let trimmed: Vec<Mention> = self
            .mentions
            .iter()
            .zip(self.names)
            .map(|(mention, &span)| Mention { span, ..*mention })
            .collect();
        let mut defined = Defined::new();
        for Definition {
            long,
            short,
            mutual,
        } in definitions(text, &trimmed)
        {
            let evidence = with_bracket(text, long.cover(short));
            let at = trimmed.partition_point(|m| m.span.end() < long.end());
            let tagged = trimmed.get(at).filter(|m| m.span.end() == long.end());
            let kind = tagged.map_or(EntityType::Org, |m| m.kind);
            let span = tagged.map_or(long, |m| m.span.cover(long));
            let entry = |span, kind| match self.in_book(&book.look_up(self.context, span, kind)) {
                Ok((candidate, _)) if candidate.alias.is_sure() => Some(candidate.entry),
                _ => None,
            };
            if let Some(actor) = entry(span, kind)
                .or_else(|| entry(long, kind))
                .and_then(|at| cast.known(at))
            {
                defined
                    .entry(text.slice(short))
                    .or_insert((actor, evidence));
            } else if let Some(actor) = entry(short, kind)
                .filter(|&at| mutual || book.resembles(at, text.slice(span)))
                .and_then(|at| cast.known(at))
            {
                for name in [text.slice(span), text.slice(long), text.slice(short)] {
                    defined.entry(name).or_insert((actor, evidence));
                }
            } else if let Some(actor) = self.compose(span, kind, cast) {
                defined
                    .entry(text.slice(short))
                    .or_insert((actor, evidence));
            }
        }
        defined
    }

    /// A new actor of this full name, if it is one.
    ///
    /// An acronym alone is no full name: two articles may mean different bodies by it.
    fn compose(&self, span: Span, kind: EntityType, cast: &mut Cast<'b>) -> Option<usize> {
        let surface = self.context.text.slice(span);
        if kind == EntityType::Org && compose::is_acronym(surface) {
            return None;
        }
        let (kind, words) = match kind {
            EntityType::Person => ("person", person::name_words(surface)),
            EntityType::Org => ("organization", compose::organization_words(surface)),
            _ => return None,
        };
        let is_name = match kind {
            "person" => person::is_full(&words),
            _ => !compose::is_generic(surface, &words),
        };
        let id = compose::id(kind, &words).filter(|_| is_name)?;
        Some(cast.unknown(id, kind, surface))
    }

    /// The people whom the article names in full, and for each mention that does so its link.
    fn people(&self, book: &'b Book, cast: &mut Cast<'b>) -> (People, HashMap<usize, Link>) {
        let mut order: Vec<usize> = (0..self.mentions.len())
            .filter(|&at| {
                self.mentions
                    .get(at)
                    .is_some_and(|m| m.kind == EntityType::Person)
            })
            .collect();
        order.sort_by_key(|&at| (self.name(at).0, at));
        let mut people = People::default();
        let mut in_full = HashMap::new();
        for at in order {
            let (span, surface) = self.name(at);
            let words = person::name_words(surface);
            if !person::is_full(&words) {
                continue;
            }
            let known = self
                .found
                .get(at)
                .and_then(|found| self.in_book(found).ok());
            let link = if let Some((candidate, rule)) = known {
                cast.known(candidate.entry)
                    .map(|actor| Link::to(actor, rule))
            } else if let Some(actor) = book
                .spelled_like(surface, EntityType::Person)
                .and_then(|entry| cast.known(entry))
            {
                Some(Link::to(actor, "transliteration"))
            } else if let Chained::To(actor, evidence) = people.find(&words, span) {
                // "Omar Karimi" again, or "Omar Karimi" for "Omar Noor Karimi".
                let again = self.compose(span, EntityType::Person, cast) == Some(actor);
                Some(if again {
                    Link::to(actor, "new_full_name")
                } else {
                    Link::by(actor, "name_chain", evidence)
                })
            } else {
                self.compose(span, EntityType::Person, cast)
                    .map(|actor| Link::to(actor, "new_full_name"))
            };
            if let Some(link) = link {
                if let Some(actor) = link.actor {
                    people.add(words, span, actor);
                }
                in_full.insert(at, link);
            }
        }
        (people, in_full)
    }

    /// The rules in their order.
    fn link(
        &self,
        book: &'b Book,
        at: usize,
        defined: &Defined<'a>,
        people: &People,
        in_full: &HashMap<usize, Link>,
        cast: &mut Cast<'b>,
    ) -> Link {
        let (Some(mention), Some(found)) = (self.mentions.get(at), self.found.get(at)) else {
            return Link::none("not_an_actor");
        };
        let (span, surface) = self.name(at);
        match (found, defined.get(surface)) {
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
            let chained = people.find(&person::name_words(surface), span);
            return match (chained, known) {
                (Chained::To(actor, evidence), _) => Link::by(actor, "name_chain", evidence),
                (Chained::Ambiguous, _) => Link::none("ambiguous"),
                (Chained::Nobody, Ok((candidate, rule))) => cast
                    .known(candidate.entry)
                    .map_or(Link::none("single_name"), |actor| Link::to(actor, rule)),
                (Chained::Nobody, Err(reason @ ("ambiguous" | "no_cue" | "refused_date"))) => {
                    Link::none(reason)
                }
                (Chained::Nobody, Err(_)) => Link::none("single_name"),
            };
        }
        if let Ok((candidate, _)) = known
            && let Some(body) = book.government_of(candidate.entry)
            && let Some(verb) = seat::verb(self.context, span)
            && let Some(actor) = cast.body(body)
        {
            return Link::by(actor, "seat", verb);
        }
        match known {
            Ok((candidate, rule)) => cast
                .known(candidate.entry)
                .map_or(Link::none("not_an_actor"), |actor| Link::to(actor, rule)),
            Err(reason @ ("ambiguous" | "no_cue" | "refused_date")) => Link::none(reason),
            Err(_) if mention.kind == EntityType::Org => {
                if let Some(actor) = book
                    .spelled_like(surface, EntityType::Org)
                    .and_then(|at| cast.known(at))
                {
                    return Link::to(actor, "transliteration");
                }
                if let Some(actor) = book.body(surface).and_then(|body| cast.body(body)) {
                    return Link::to(actor, "composed");
                }
                match self.compose(span, EntityType::Org, cast) {
                    Some(actor) => Link::to(actor, "new_full_name"),
                    None if compose::is_acronym(surface) => Link::none("acronym"),
                    None => Link::none("generic"),
                }
            }
            Err(_) => Link::none("not_an_actor"),
        }
    }
}
