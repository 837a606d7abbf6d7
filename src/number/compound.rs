//! What more than one numeral or unit makes: "5 feet 2 inches", "per hour", "2-0", "twice".

use rust_decimal::Decimal;

use super::NumberKind;
use super::lexer::{Kind, Tokens};
use super::measure::{Measure, per};
use super::phrase::lower_word;
use super::quantity::{Amount, Found, hedge};
use super::range::{Side, side};
use super::table::{NOUN_STOPS, SPORT, VOTES};

/// "5 feet 2 inches", "3 dollars 50 cents": one value in the larger unit.
pub fn compound(tokens: &Tokens, found: &mut Found) {
    let Some(Amount::One(value)) = found.amount else {
        return;
    };
    let start = if tokens.word(found.end) == "and" {
        found.end + 1
    } else {
        found.end
    };
    let (inner, factor) = match (found.kind, found.unit.as_deref()) {
        (NumberKind::Quantity, Some("foot")) => ("inch", Decimal::from(12)),
        (NumberKind::Money, Some("USD" | "EUR" | "CAD" | "AUD")) => ("cent", Decimal::ONE_HUNDRED),
        (NumberKind::Money, Some("GBP")) => ("penny", Decimal::ONE_HUNDRED),
        (NumberKind::Quantity, Some("pound")) => ("ounce", Decimal::from(16)),
        _ => return,
    };
    let Some(rest) = side(tokens, start) else {
        return;
    };
    let name = match rest.measured.map(|m| m.measure) {
        Some(Measure::Quantity(unit)) => unit.name,
        Some(Measure::Money(currency)) => currency.code,
        None if inner == "inch" && tokens.word(rest.end) == "in" => "inch",
        _ => return,
    };
    if name != inner {
        return;
    }
    if let Some(sum) = rest
        .value
        .checked_div(factor)
        .and_then(|part| value.checked_add(part))
    {
        found.amount = Some(Amount::One(sum));
        found.end = if rest.measured.is_none() {
            rest.end + 1
        } else {
            rest.end
        };
        found.after = found.end;
    }
}

/// "per hour", "a barrel": a rate. Of a quantity it is part of the unit's name.
pub fn rate(tokens: &Tokens, found: &mut Found) {
    let money = found.kind == NumberKind::Money;
    if !money && !matches!(found.kind, NumberKind::Quantity | NumberKind::Duration) {
        return;
    }
    let Some((name, end)) = per(tokens, found.end, money) else {
        return;
    };
    if money {
        // "$10 a month": the core is the amount.
        found.per = Some(name);
        found.after = end;
        return;
    }
    if found.kind == NumberKind::Duration
        && !matches!(found.unit.as_deref(), Some("hour" | "day" | "minute"))
    {
        return;
    }
    found.kind = NumberKind::Quantity;
    found.unit = found.unit.take().map(|unit| format!("{unit} per {name}"));
    found.end = end;
    found.after = end;
}

/// "2-0" near a word of sport, "voted 71 to 38".
pub fn score(tokens: &Tokens, at: usize, a: &Side) -> Option<Found> {
    let small = |index: usize| {
        tokens.is(index, Kind::Digits)
            && tokens.raw(index).len() <= 3
            && !tokens.raw(index).contains('.')
    };
    let sign =
        matches!(tokens.word(at + 1), "-" | "–") && tokens.glued(at + 1) && tokens.glued(at + 2)
            || tokens.word(at + 1) == "to" && tokens.any_back(at, 1, &["vote", "voted", "votes"]);
    if !small(at) || !sign || !small(at + 2) || a.end != at + 1 {
        return None;
    }
    let end = at + 3;
    if super::measure::unit_word(tokens, end).is_some()
        || (tokens.glued(end) && !tokens.any(end, &[".", ",", ")", ";", "'", "’"]))
    {
        return None;
    }
    let cued = |cues: &super::hash::WordSet<&str>| {
        (1..=8).any(|step| {
            cues.contains(tokens.back(at, step)) || cues.contains(tokens.word(end + step - 1))
        })
    };
    let near = cued(&SPORT) || cued(&VOTES) && !tokens.is(end, Kind::Digits);
    let (home, away) = (
        super::digits::parse(tokens.raw(at))?,
        super::digits::parse(tokens.raw(at + 2))?,
    );
    let counted = lower_word(tokens, end)
        && !NOUN_STOPS.contains(tokens.word(end))
        && !SPORT.contains(tokens.word(end));
    if !near || counted && home < away {
        return None;
    }
    let mut found = Found::new(at, end, NumberKind::Score);
    found.exact = Some(format!("{home}-{away}"));
    found.amount = Some(Amount::One(home));
    Some(found)
}

/// "twice", "thrice", "sixfold".
pub fn multiple(tokens: &Tokens, at: usize) -> Option<Found> {
    let value = match tokens.word(at) {
        "twice" | "twofold" => 2,
        "thrice" | "threefold" => 3,
        "fourfold" => 4,
        "fivefold" => 5,
        "sixfold" => 6,
        "sevenfold" => 7,
        "eightfold" => 8,
        "tenfold" => 10,
        _ => return None,
    };
    let mut found = Found::new(at, at + 1, NumberKind::Multiple);
    found.amount = Some(Amount::One(value.into()));
    found.unit = Some("times".to_owned());
    hedge(tokens, &mut found);
    Some(found)
}
