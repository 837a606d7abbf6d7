//! The article's definitions, followed to the actors of their long forms.

use super::cast::Cast;
use super::definition::{Definition, definitions};
use super::resolve::Article;
use super::sense;
use crate::tag::{EntityType, Mention};
use crate::text::{Span, Text};
use std::collections::HashMap;

/// By surface: the actor that the article defines it to be, and where.
pub(super) type Defined<'a> = HashMap<&'a str, (usize, Span)>;

impl<'a, 'b> Article<'a, 'b> {
    /// The names that the article defines.
    pub(super) fn define(&self, cast: &mut Cast<'b>) -> Defined<'a> {
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
            // "Foreign Office (UK)" says whose it is.
            if self.book.country_named(text.slice(short)).is_some() {
                continue;
            }
            let evidence = with_bracket(text, long.cover(short));
            let at = trimmed.partition_point(|m| m.span.end() < long.end());
            let tagged = trimmed.get(at).filter(|m| m.span.end() == long.end());
            let kind = tagged.map_or(EntityType::Org, |m| m.kind);
            let span = tagged.map_or(long, |m| m.span.cover(long));
            let entry = |span, kind| {
                let found = self.book.look_up(self.context, span, kind);
                match self.in_book(&found) {
                    Ok((candidate, _)) if candidate.alias.is_sure() => Some(candidate.entry),
                    _ => None,
                }
            };
            if let Some(actor) = entry(span, kind)
                .or_else(|| entry(long, kind))
                .and_then(|at| cast.known(at))
            {
                defined
                    .entry(text.slice(short))
                    .or_insert((actor, evidence));
            } else if let Some(actor) = entry(short, kind)
                .filter(|&at| mutual || self.book.resembles(at, text.slice(span)))
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
