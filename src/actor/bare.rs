//! A body of state that is named without its country: "the Interior Ministry" in an article on Peru.
//!
//! What stands beside the name comes first ("the Defence Ministry in Moscow"), then the same body named in full before it,
//! then the article's country (`home`), then the same body named in full after it. Only names with capitals, and of one word only those of `data/bare.csv`: "the
//! army" and "the ministry" are followed by nobody. A name that may go on ("Lagos State House of Assembly") is left alone.

use super::cast::Cast;
use super::fold::{self, Word};
use super::home::Verdict;
use super::lexicon::LEXICON;
use super::link::Link;
use super::office::{self, Bare, Body};
use super::resolve::Article;
use super::sense;
use crate::tag::EntityType;
use crate::text::Span;

/// Bytes beside a name that are looked at.
const REACH: usize = 30;

/// What stands beside a name.
enum Owner {
    /// The place whose body it is.
    Is(Body, Span),
    /// Somebody's, or a longer name's part.
    Unknown,
    /// Nothing.
    None,
}

impl<'b> Article<'_, 'b> {
    /// The link of a body without its country; `None` where the name is no such body.
    pub(super) fn bare(&self, at: usize, cast: &mut Cast<'b>) -> Option<Link> {
        let mention = self.mentions.get(at)?;
        let (name, surface) = self.name(at);
        let in_capitals = surface.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase) || matches!(word, "of" | "the" | "and" | "for")
        });
        if mention.kind != EntityType::Org || !in_capitals {
            return None;
        }
        let Bare { office, countries } = office::bare(&fold::folded_words(surface))?;
        match self.owner_beside(at, office) {
            Owner::Is(body, evidence) => {
                return Some(Link::by(cast.body(body)?, "composed", evidence));
            }
            Owner::Unknown => return None,
            Owner::None => {}
        }
        let countries = countries.as_deref();
        let named = self.named_in_full(office, countries);
        let (before, after) = named.split_at(named.partition_point(|(_, by)| *by < name));
        match (before, after, self.homes().among(countries)) {
            ([(body, by)], _, _) | ([], [(body, by)], Verdict::Several | Verdict::None) => {
                Some(Link::by(cast.body(*body)?, "home", *by))
            }
            ([], _, Verdict::One(home)) => {
                let place = self.book.country(home.code)?;
                let actor = cast.body(Body { place, office })?;
                Some(Link {
                    actor: Some(actor),
                    rule: "home",
                    evidence: home.evidence,
                })
            }
            ([], [], Verdict::None) => None,
            _ => Some(Link::none("ambiguous")),
        }
    }

    /// The bodies of this office, of these countries, that the article names with their country: each once, with the
    /// first such name, in the order of the text.
    fn named_in_full(&self, office: usize, countries: Option<&[&str]>) -> Vec<(Body, Span)> {
        let mut named: Vec<(Body, Span)> = Vec::new();
        for (at, mention) in self.mentions.iter().enumerate() {
            if mention.kind != EntityType::Org {
                continue;
            }
            let (span, surface) = self.name(at);
            let body = self.book.body(surface).filter(|body| {
                let place = self.book.entry(body.place);
                let code = place.and_then(|place| place.country.as_deref());
                let fits = |codes: &[&str]| code.is_some_and(|code| codes.contains(&code));
                body.office == office && countries.is_none_or(fits)
            });
            if let Some(body) = body.filter(|body| named.iter().all(|(other, _)| other != body)) {
                named.push((body, span));
            }
        }
        named.sort_by_key(|(_, by)| *by);
        named
    }

    /// "Peru's Interior Ministry", "the Defence Ministry in Moscow".
    fn owner_beside(&self, at: usize, office: usize) -> Owner {
        let (name, _) = self.name(at);
        let text = self.context.text;
        let before = at.checked_sub(1).map(|at| self.name(at));
        if let Some((owner, surface)) = before {
            let gap = text.span(owner.end()..name.start());
            if matches!(gap.map(|gap| text.slice(gap)), Some(" " | "'s " | "’s ")) {
                return match self.book.body_at(surface, office) {
                    Some(body) => Owner::Is(body, owner),
                    None => Owner::Unknown,
                };
            }
        }
        let after = self.mentions.get(at + 1).map(|_| self.name(at + 1));
        if let Some((owner, surface)) = after
            && let Some(gap) = text.span(name.end()..owner.start())
        {
            let gap = text.slice(gap);
            if matches!(gap, " of " | " of the " | " in " | " in the ") {
                let body = match gap.starts_with(" in") {
                    true => self.book.body_in(surface, office),
                    false => self.book.body_at(surface, office),
                };
                return body.map_or(Owner::Unknown, |body| Owner::Is(body, owner));
            }
        }
        let source = text.as_str();
        let window = sense::clip(source, name.end()..name.end() + REACH);
        let goes_on = window
            .strip_prefix(" of the ")
            .or(window.strip_prefix(" of "))
            .is_some_and(|rest| rest.starts_with(char::is_uppercase));
        let window = sense::clip(source, name.start().saturating_sub(REACH)..name.start());
        let last: Option<Word> = fold::words(window).last();
        let longer = last.is_some_and(|word| {
            let written = window.get(word.start..word.end).unwrap_or_default();
            let folded = fold::fold(written);
            let function = [&LEXICON.opening, &LEXICON.place_before, &LEXICON.join]
                .iter()
                .any(|list| list.contains(folded.as_str()));
            let gap = window.get(word.end..).unwrap_or_default();
            matches!(gap, " " | "'s " | "’s " | "-")
                && written.starts_with(char::is_uppercase)
                && !function
        });
        if goes_on || longer {
            Owner::Unknown
        } else {
            Owner::None
        }
    }
}
