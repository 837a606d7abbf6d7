//! What became of one mention while its article is resolved.

use super::book::Entry;
use super::{Actor, ResolvedMention};
use crate::tag::Mention;
use crate::text::Span;

/// The actor's number in the article's cast, the rule, the words that prove it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub actor: Option<usize>,
    pub rule: &'static str,
    pub evidence: Option<Span>,
}

impl Link {
    /// To this actor.
    pub fn to(actor: usize, rule: &'static str) -> Self {
        Self {
            actor: Some(actor),
            rule,
            evidence: None,
        }
    }

    /// To this actor, by these words.
    pub fn by(actor: usize, rule: &'static str, evidence: Span) -> Self {
        Self {
            actor: Some(actor),
            rule,
            evidence: Some(evidence),
        }
    }

    /// To nobody.
    pub fn none(rule: &'static str) -> Self {
        Self {
            actor: None,
            rule,
            evidence: None,
        }
    }

    /// The mention with its link; `actor` is its index among the actors that are named.
    pub fn resolved(
        self,
        mention: Mention,
        actor: Option<usize>,
        alternatives: Vec<Alternative>,
    ) -> ResolvedMention {
        ResolvedMention {
            mention,
            actor,
            rule: self.rule,
            evidence: self.evidence,
            alternatives,
        }
    }
}

/// Somebody else who might have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The id.
    pub id: String,
    /// The canonical name.
    pub name: String,
    /// What speaks for them; see the table of reasons in [`crate::actor`].
    pub reason: &'static str,
}

impl Alternative {
    /// An actor of the book.
    pub(super) fn in_book(entry: &Entry, reason: &'static str) -> Self {
        Self {
            id: entry.id.clone(),
            name: entry.name.clone(),
            reason,
        }
    }

    /// An actor of the article.
    pub(super) fn of(actor: &Actor, reason: &'static str) -> Self {
        Self {
            id: actor.id.clone(),
            name: actor.name.clone(),
            reason,
        }
    }
}
