//! From a numeral to what is said with it: its currency or unit, its range, its hedge.
//!
//! Refuses to decide what is counted (see `noun`) or how numbers hang together (see `link`).

use super::cue::BOUND_LEADERS;
use rust_decimal::Decimal;

use super::age::ages;
use super::compound::{compound, multiple, rate, score};
use super::lasting::length;
use super::lexer::{Kind, Tokens};
use super::measure::Measure;
use super::numeral::Form;
use super::phrase::lower_word;
use super::range::{Side, range, side};
use super::table::{HEDGE_AFTER, HEDGE_BEFORE};
use super::{Modifier, NumberKind};

/// What a numeral comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    One(Decimal),
    /// Either end may be open.
    Between(Option<Decimal>, Option<Decimal>),
}

/// A number over tokens `[first, end)`, before its noun and its links.
#[derive(Clone, Debug)]
pub struct Found {
    pub first: usize,
    pub end: usize,
    /// Where the noun may begin: after a hedge that follows the core.
    pub after: usize,
    pub kind: NumberKind,
    pub amount: Option<Amount>,
    pub exact: Option<String>,
    pub modifier: Option<(Modifier, usize, usize)>,
    pub unit: Option<String>,
    pub per: Option<&'static str>,
    pub ambiguous: bool,
    pub date: Option<String>,
    pub timex: Option<String>,
    pub alt: Option<String>,
    /// The scale word of the numeral, for "24 or 35 billion".
    pub scale: Option<Decimal>,
}

impl Found {
    pub fn new(first: usize, end: usize, kind: NumberKind) -> Self {
        Self {
            first,
            end,
            after: end,
            kind,
            amount: None,
            exact: None,
            modifier: None,
            unit: None,
            per: None,
            ambiguous: false,
            date: None,
            timex: None,
            alt: None,
            scale: None,
        }
    }
}

/// The number that begins here.
pub fn quantity(tokens: &Tokens, at: usize) -> Option<Found> {
    if let Some(found) = ages(tokens, at)
        .or_else(|| multiple(tokens, at))
        .or_else(|| length(tokens, at))
    {
        return Some(found);
    }
    let mut a = side(tokens, at)?;
    if let Some(found) = score(tokens, at, &a) {
        return Some(found);
    }
    // What is joined by a sign is one expression, or none (2015-1-32).
    let mut found = match range(tokens, at, &mut a) {
        Some((b, low, high)) => {
            let mut found = describe(tokens, at, &b.or_from(&a), b.end);
            found.amount = Some(Amount::Between(Some(low.min(high)), Some(low.max(high))));
            found.exact = None;
            found
        }
        None => {
            let mut found = describe(tokens, at, &a, a.end);
            found.amount = Some(match &a.numeral.form {
                Form::Vague { high } => Amount::Between(Some(a.value), *high),
                _ => Amount::One(a.value),
            });
            found
        }
    };
    compound(tokens, &mut found);
    rate(tokens, &mut found);
    Some(found)
}

/// Kind, unit and hedge of a numeral with what measures it.
fn describe(tokens: &Tokens, at: usize, side: &Side, end: usize) -> Found {
    let mut found = Found::new(at, end, NumberKind::Cardinal);
    found.scale = side.numeral.scale;
    match &side.numeral.form {
        Form::Ordinal => found.kind = NumberKind::Ordinal,
        Form::Fraction(exact) => {
            found.kind = NumberKind::Fraction;
            found.exact = Some(exact.clone());
        }
        Form::Vague { .. } => found.kind = NumberKind::Vague,
        Form::Cardinal => {}
    }
    let vague = found.kind == NumberKind::Vague;
    if let Some(measured) = &side.measured {
        let (kind, unit) = match measured.measure {
            Measure::Percent(name) => (NumberKind::Percent, name),
            Measure::Money(currency) => {
                found.ambiguous = currency.ambiguous;
                (NumberKind::Money, currency.code)
            }
            Measure::Quantity(unit) => (NumberKind::Quantity, unit.name),
            Measure::Duration(unit) => (NumberKind::Duration, unit.name),
            Measure::Age(unit) => (NumberKind::Age, unit),
            Measure::Multiple => (NumberKind::Multiple, "times"),
        };
        found.kind = if vague { NumberKind::Vague } else { kind };
        found.unit = Some(match measured.measure {
            Measure::Money(_) => money_code(unit),
            _ => unit.to_owned(),
        });
        if vague && kind == NumberKind::Duration {
            found.kind = kind;
        }
    }
    if let Some(currency) = side.currency {
        found.kind = NumberKind::Money;
        found.unit = Some(money_code(currency.code));
        found.ambiguous = currency.ambiguous && !tokens.any(end.saturating_sub(1), &["us"]);
    }
    hedge(tokens, &mut found);
    found
}

fn money_code(code: &str) -> String {
    if code == "pound" { "GBP" } else { code }.to_owned()
}

/// The hedge before or after a number.
pub fn hedge(tokens: &Tokens, found: &mut Found) {
    let start = found.first;
    if let Some((modifier, first)) = HEDGE_BEFORE.find(tokens, start) {
        let mut chosen = (modifier, first, start);
        // "up to about 50": the bound says more than the hedge.
        if modifier == Modifier::Approx
            && let Some((outer, outer_first)) = HEDGE_BEFORE.find(tokens, first)
        {
            chosen = (outer, outer_first, start);
        }
        // "the United States and some 50": some is a hedge; "and over 60" too; "no over" is not.
        let during = found.kind == NumberKind::Duration
            && tokens.word(first) == "over"
            && first + 1 == start
            && !BOUND_LEADERS.contains(tokens.back(first, 1));
        // "hundreds, maybe thousands": an order of magnitude is no surer without "maybe".
        let loose = found.kind == NumberKind::Vague && tokens.any(first, &["maybe", "perhaps"]);
        if !during && !loose {
            found.modifier = Some(chosen);
        }
    }
    if let Some((modifier, end)) = HEDGE_AFTER.find(tokens, found.end) {
        let sign = tokens.word(found.end) == "+";
        let hyphen = tokens.word(found.end) == "-";
        let glued = !(sign || hyphen) || tokens.glued(found.end);
        let plus_number = tokens.any(found.end, &["plus", "at"])
            && (tokens.is(end, Kind::Digits) || !lower_word(tokens, end));
        let odd = tokens.word(found.end) == "odd" && !lower_word(tokens, end);
        if glued && !plus_number && !odd && found.kind != NumberKind::Ordinal {
            if found.modifier.is_none() {
                found.modifier = Some((modifier, found.end, end));
            }
            found.after = end;
            // "50-odd kilometers" and "500 or so dollars" still have their unit to come.
        }
    }
}
