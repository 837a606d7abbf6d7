//! One name by itself, outside any article: what `headcount resolve` asks.
//!
//! The name's context, where there is one, is searched for sure names of the book and for definitions,
//! as an article is; no tagger reads it. A name without a type gets the type of the actor that the
//! book has under it.

use super::book::Entry;
use super::lookup::Found;
use super::tenure::Held;
use super::{
    Actor, Alternative, Book, Context, compose, described, edge, person_name, resolve, title,
};
use crate::tag::{EntityType, Mention};
use crate::text::{Span, Text};
use jiff::civil::Date;

/// A name and what is known of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'a> {
    /// The name.
    pub mention: &'a str,
    /// The text around it, with the name in it.
    pub context: Option<&'a str>,
    /// Where in `context` the name begins, in code points; its first occurrence without it.
    pub offset: Option<usize>,
    /// The type of name.
    pub kind: Option<EntityType>,
    /// The date of the text.
    pub published: Option<Date>,
    /// Other names in the context: offset in code points, name, type.
    pub others: &'a [(usize, &'a str, EntityType)],
    /// The country that the text is about: its ISO 3166-1 alpha-2 code, or a name of it.
    pub country: Option<&'a str>,
}

/// Who is meant by a name, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The actor, if any.
    pub actor: Option<Actor>,
    /// See the table of rules in [`crate::actor`].
    pub rule: &'static str,
    /// The words that prove it, if the rule has any.
    pub evidence: Option<String>,
    /// Others who bear the name.
    pub alternatives: Vec<Alternative>,
}

/// The parts of a name: a list may give two at once, "Islamic State (IS)".
fn without_bracket(mention: &str) -> Option<&str> {
    let (name, _) = mention.trim().strip_suffix(')')?.rsplit_once(" (")?;
    Some(name.trim()).filter(|name| !name.is_empty())
}

impl Book {
    /// Says who is meant by a name.
    pub fn ask(&self, query: Query<'_>) -> Answer {
        let answer = self.ask_whole(query);
        let unknown = !answer.actor.as_ref().is_some_and(|actor| actor.known);
        match without_bracket(query.mention).filter(|_| unknown && query.context.is_none()) {
            Some(mention) => {
                let again = self.ask_whole(Query { mention, ..query });
                let better = again.actor.as_ref().is_some_and(|actor| actor.known);
                if better { again } else { answer }
            }
            None => answer,
        }
    }

    fn ask_whole(&self, query: Query<'_>) -> Answer {
        let (text, span) = place(query);
        let sentences = [text.whole()];
        let context = Context {
            published: query.published,
            ..Context::bare(&text, &sentences)
        };
        let kind = query.kind.unwrap_or_else(|| self.guess(context, span));
        let asked = Mention {
            span,
            kind,
            score: 1.0,
        };
        let country = query.country.and_then(|country| self.country_code(country));
        let mut mentions = vec![asked];
        let starts: Vec<usize> = match query.others {
            [] => Vec::new(),
            _ => text.as_str().char_indices().map(|(at, _)| at).collect(),
        };
        mentions.extend(query.others.iter().filter_map(|(offset, name, kind)| {
            let at = *starts.get(*offset)?;
            let span = text.span(at..at + name.len())?;
            let fits = text.slice(span) == *name && !span.overlaps(asked.span);
            fits.then_some(Mention {
                span,
                kind: *kind,
                score: 1.0,
            })
        }));
        mentions.sort_by_key(|mention| mention.span);
        mentions.dedup_by(|a, b| a.span.overlaps(b.span));
        let described = matches!(query.kind, None | Some(EntityType::Person))
            && !self.has_name(text.slice(edge::trim(&text, span)))
            && described::is_description(self, query.mention);
        let beside = Some(span)
            .filter(|_| described && query.context.is_some())
            .and_then(|span| self.name_beside(context, span));
        if query.context.is_some() {
            // What is asked is asked as it is written; what is around it may be mended.
            let around = self.mend(context, mentions.clone());
            mentions = vec![asked];
            mentions.extend(around.into_iter().filter(|m| !m.span.overlaps(span)));
            if let Some(span) = beside {
                mentions.retain(|mention| !mention.span.overlaps(span));
                mentions.push(Mention {
                    span,
                    kind: EntityType::Person,
                    score: 1.0,
                });
            }
            mentions.sort_by_key(|mention| mention.span);
        }
        let resolution = resolve::resolve(self, context, &mentions, country);
        if let Some(name) = beside
            && let Some(by_name) = resolution.mentions.iter().find(|m| m.mention.span == name)
            && let Some(actor) = by_name.actor.and_then(|at| resolution.actors.get(at))
        {
            return Answer {
                actor: Some(actor.clone()),
                rule: "apposition",
                evidence: Some(text.slice(name).to_owned()),
                alternatives: by_name.alternatives.clone(),
            };
        }
        let Some(found) = resolution.mentions.iter().find(|m| m.mention.span == span) else {
            return Answer {
                actor: None,
                rule: "not_an_actor",
                evidence: None,
                alternatives: Vec::new(),
            };
        };
        // "The minister for the coast" is no name, whoever is meant.
        if described && found.rule == "new_full_name" {
            return Answer {
                actor: None,
                rule: "generic",
                evidence: None,
                alternatives: Vec::new(),
            };
        }
        let actor = found
            .actor
            .and_then(|at| resolution.actors.get(at))
            .cloned();
        let id = actor.as_ref().map(|actor| actor.id.as_str());
        let mut alternatives = found.alternatives.clone();
        if let Found::Some(candidates, _) = self.look_up(context, span, kind) {
            for candidate in candidates {
                let Some(entry) = self.entry(candidate.entry) else {
                    continue;
                };
                let named = alternatives.iter().any(|other| other.id == entry.id);
                if Some(entry.id.as_str()) != id && !named {
                    let reason = candidate.alias.reason();
                    alternatives.push(Alternative::in_book(entry, reason));
                }
            }
        }
        Answer {
            rule: found.rule,
            evidence: found.evidence.map(|span| text.slice(span).to_owned()),
            actor,
            alternatives,
        }
    }

    /// The type of a name that comes without one: that of its surest bearer in the book; else a person
    /// for what looks like one, else an organisation.
    fn guess(&self, context: Context<'_>, span: Span) -> EntityType {
        let mut best: Option<(bool, EntityType)> = None;
        for kind in [
            EntityType::Org,
            EntityType::Loc,
            EntityType::Norp,
            EntityType::Person,
        ] {
            let Found::Some(candidates, _) = self.look_up(context, span, kind) else {
                continue;
            };
            let own = |c: &&super::lookup::Candidate<'_>| {
                self.entry(c.entry).is_some_and(|entry| entry.tag == kind)
            };
            for candidate in candidates.iter().filter(own) {
                let sure = candidate.alias.is_sure();
                if best.is_none_or(|(known, _)| sure && !known) {
                    best = Some((sure, kind));
                }
            }
        }
        let surface = context.text.slice(span);
        let words = person_name::name_words(surface);
        let named = (2..=4).contains(&words.len())
            && person_name::is_full(&words)
            && !surface.contains(['(', ',', '-', '/'])
            && surface
                .split_whitespace()
                .map(|word| word.trim_start_matches(['“', '"', '‘', '\'']))
                .all(|word| word.starts_with(char::is_uppercase))
            && !compose::has_generic(&words);
        match best {
            Some((_, kind)) => kind,
            None if self.spelled_like(surface, EntityType::Person).is_some() => EntityType::Person,
            None if self.is_held(context, span, &words) => EntityType::Person,
            None if self.spelled_like(surface, EntityType::Org).is_some() => EntityType::Org,
            None if named && self.body(surface).is_none() => EntityType::Person,
            None => EntityType::Org,
        }
    }

    /// True for "President Karzai": somebody of that name held the office.
    fn is_held(&self, context: Context<'_>, span: Span, words: &[String]) -> bool {
        let title = title::title(self, context.text, span);
        let held = self.held_by(words, &title, context.published, |_| true);
        held != Held::ByNobody
    }

    /// The code of a country that is given by code or name.
    fn country_code<'b>(&'b self, country: &'b str) -> Option<&'b str> {
        if country.len() == 2 {
            return Some(country);
        }
        let owners = self.index.owners_of(country);
        let mut entries = owners.iter().filter_map(|owner| self.entry(owner.entry));
        entries
            .find(|entry: &&Entry| entry.kind == "country")
            .and_then(|entry| entry.country.as_deref())
    }
}

/// The text in which a name is looked at, and where it stands there.
fn place(query: Query<'_>) -> (Text, Span) {
    let found = query.context.and_then(|context| {
        let at = match query.offset {
            Some(offset) => context.char_indices().nth(offset).map(|(at, _)| at),
            None => None,
        };
        let at = at
            .filter(|&at| {
                context
                    .get(at..)
                    .is_some_and(|rest| rest.starts_with(query.mention))
            })
            .or_else(|| context.find(query.mention))?;
        let text = Text::new(context.to_owned());
        let span = text.span(at..at + query.mention.len())?;
        (!span.is_empty()).then_some((text, span))
    });
    found.unwrap_or_else(|| {
        let text = Text::new(query.mention.to_owned());
        let whole = text.whole();
        (text, whole)
    })
}
