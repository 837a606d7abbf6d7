//! Names: the four measures of SemEval-2013 task 9 (Segura-Bedmar et al. 2013), after MUC-5.
//!
//! POSSIBLE is what the gold has, ACTUAL what the system says; the credit is COR, and in "partial"
//! COR + PAR/2.

use std::collections::BTreeMap;

use super::align::align;
use super::measure::{Metric, Tallies};
use super::{Mention, Tally};

/// Pairs of mentions that overlap, one to one.
pub(super) fn pairs(gold: &[Mention], predicted: &[Mention]) -> Vec<(usize, usize)> {
    align(gold, predicted, |a, b| shared(a, b).is_some())
}

/// The type that both may be.
pub(super) fn shared<'a>(gold: &'a Mention, predicted: &Mention) -> Option<&'a str> {
    gold.types
        .iter()
        .find(|kind| predicted.types.contains(kind))
        .map(String::as_str)
}

/// How many mentions the gold has as one type and the system as another; `-` is none.
pub(super) type Confusion = BTreeMap<(String, String), usize>;

/// The class under which a mention is counted: the type on which both agree, else its own first.
fn class<'a>(mention: &'a Mention, agreed: Option<&'a str>) -> &'a str {
    agreed
        .or_else(|| mention.types.first().map(String::as_str))
        .unwrap_or("?")
}

/// Counts the mentions of one document, of which scope and masks are already taken away.
pub(super) fn count(
    gold: &[Mention],
    predicted: &[Mention],
    tallies: &mut Tallies,
    confusion: &mut Confusion,
) {
    let pairs = pairs(gold, predicted);
    let mut partners = (vec![None; gold.len()], vec![None; predicted.len()]);
    for &(g, p) in &pairs {
        if let (Some(a), Some(b)) = (partners.0.get_mut(g), partners.1.get_mut(p)) {
            (*a, *b) = (predicted.get(p), gold.get(g));
        }
    }
    for (mention, partner) in gold.iter().zip(&partners.0) {
        let agreed = partner.and_then(|partner| shared(mention, partner));
        let class = class(mention, agreed);
        for (metric, right_gold) in credits(mention, *partner, agreed) {
            tallies.add_class(
                metric,
                class,
                Tally {
                    right_gold,
                    gold: 1.0,
                    ..Tally::default()
                },
            );
        }
        let other = partner.map_or("-", |partner| self::class(partner, agreed));
        *confusion.entry((class.into(), other.into())).or_default() += 1;
    }
    for (mention, partner) in predicted.iter().zip(&partners.1) {
        let agreed = partner.and_then(|partner| shared(partner, mention));
        let class = class(mention, agreed);
        for (metric, right_predicted) in credits(mention, *partner, agreed) {
            tallies.add_class(
                metric,
                class,
                Tally {
                    right_predicted,
                    predicted: 1.0,
                    ..Tally::default()
                },
            );
        }
        if partner.is_none() {
            *confusion.entry(("-".into(), class.into())).or_default() += 1;
        }
    }
}

fn credits(
    mention: &Mention,
    partner: Option<&Mention>,
    agreed: Option<&str>,
) -> [(Metric, f64); 4] {
    let exact =
        partner.is_some_and(|other| (other.start, other.end) == (mention.start, mention.end));
    let credit = |holds: bool| if holds { 1.0 } else { 0.0 };
    let partial = if partner.is_some() { 0.5 } else { 0.0 };
    [
        (Metric::Strict, credit(exact && agreed.is_some())),
        (Metric::Exact, credit(exact)),
        (Metric::Partial, if exact { 1.0 } else { partial }),
        (Metric::Type, credit(agreed.is_some())),
    ]
}
