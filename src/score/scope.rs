//! Which types are compared, and what of a document is left when the rest is taken away.
//!
//! A gold that does not annotate a type says nothing about predictions of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Document, Mention};
use crate::tag::EntityType;

/// The types that are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The types.
    pub types: BTreeSet<String>,
    /// Types of the gold that are not compared, with how many mentions have them (as any alternative).
    pub left_out: BTreeMap<String, usize>,
}

impl Scope {
    /// The types given, else those that the gold annotates. Where `records` is set the predictions are
    /// records, which have dates and amounts as numbers: then the gold's labels for these are left out.
    pub fn new(gold: &[Document], given: Option<&[String]>, records: bool) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for kind in gold
            .iter()
            .flat_map(|document| &document.mentions)
            .filter(|mention| !mention.masked)
            .flat_map(|mention| &mention.types)
        {
            *counts.entry(kind).or_default() += 1;
        }
        let ours = |kind: &str| EntityType::ALL.iter().any(|ours| ours.as_str() == kind);
        let mut scope = Self::default();
        match given {
            Some(given) => scope.types.extend(given.iter().cloned()),
            None => scope.types.extend(
                counts
                    .keys()
                    .filter(|kind| !records || ours(kind))
                    .map(|&kind| kind.to_owned()),
            ),
        }
        for (kind, count) in counts {
            if !scope.types.contains(kind) {
                scope.left_out.insert(kind.to_owned(), count);
            }
        }
        scope
    }

    /// The mentions of both sides that count. A gold mention that may be outside the scope masks its
    /// place; a prediction that touches a mask counts neither way, unless the gold has its very span.
    pub(super) fn narrow(
        &self,
        gold: &[Mention],
        predicted: &[Mention],
    ) -> (Vec<Mention>, Vec<Mention>) {
        let mut masks: Vec<&Mention> = Vec::new();
        let mut kept: Vec<Mention> = Vec::new();
        for mention in gold {
            let inside = mention
                .types
                .iter()
                .filter(|kind| self.types.contains(*kind));
            let inside = inside.count();
            if mention.masked || (inside > 0 && inside < mention.types.len()) {
                masks.push(mention);
            } else if inside > 0 {
                kept.push(mention.clone());
            }
        }
        let spans: BTreeSet<(usize, usize)> = kept.iter().map(|m| (m.start, m.end)).collect();
        let mut first = 0;
        let mut furthest = 0;
        let reach: Vec<usize> = masks
            .iter()
            .map(|mask| {
                furthest = furthest.max(mask.end);
                furthest
            })
            .collect();
        let mut counted = Vec::new();
        for mention in predicted {
            while reach
                .get(first)
                .is_some_and(|&reach| reach <= mention.start)
            {
                first += 1;
            }
            let touches = || {
                masks
                    .iter()
                    .skip(first)
                    .take_while(|mask| mask.start < mention.end)
                    .any(|mask| mask.end > mention.start)
            };
            let types: Vec<String> = mention
                .types
                .iter()
                .filter(|kind| self.types.contains(*kind))
                .cloned()
                .collect();
            if mention.masked || types.is_empty() {
                continue;
            }
            if spans.contains(&(mention.start, mention.end)) || !touches() {
                counted.push(Mention {
                    types,
                    ..mention.clone()
                });
            }
        }
        (kept, counted)
    }
}
