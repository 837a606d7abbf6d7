//! From tokens back to the text: a number's spans, and its fields as the record has them.

use super::lexer::Tokens;
use super::link::Links;
use super::quantity::{Amount, Found};
use super::{Number, digits};
use crate::text::{Span, Text};

/// Where a sentence's numbers go.
pub struct Place<'p, 't, 'a> {
    pub text: &'p Text,
    pub tokens: &'t Tokens<'a>,
    pub base: usize,
    pub offset: usize,
}

impl Place<'_, '_, '_> {
    fn span(&self, (first, end): (usize, usize)) -> Option<Span> {
        let last = end.checked_sub(1).filter(|last| *last >= first)?;
        self.text
            .span(self.base + self.tokens.start(first)..self.base + self.tokens.end(last))
    }

    pub fn number(&self, item: Found, link: Links) -> Option<Number> {
        let span = self.span((item.first, item.end))?;
        let (value, low, high) = match item.amount {
            Some(Amount::One(value)) => (Some(digits::plain(value)), None, None),
            Some(Amount::Between(low, high)) => {
                (None, low.map(digits::plain), high.map(digits::plain))
            }
            None => (None, None, None),
        };
        let modifier = item
            .modifier
            .and_then(|(modifier, first, end)| Some((modifier, self.span((first, end))?)));
        let index = |at: Option<usize>| at.map(|at| at + self.offset);
        Some(Number {
            span,
            kind: item.kind,
            value,
            low,
            high,
            exact: item.exact,
            modifier,
            unit: item.unit,
            per: item.per.map(str::to_owned),
            unit_ambiguous: item.ambiguous,
            noun: link.noun.and_then(|noun| self.span(noun)),
            definite: link.definite,
            part_of: index(link.part_of),
            same_as: index(link.same_as),
            changed_from: index(link.changed_from),
            date: item.date,
            timex: item.timex,
            date_alt: item.alt,
        })
    }
}
