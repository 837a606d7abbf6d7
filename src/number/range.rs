//! One side of an amount, and two sides as a range: "10-15 million", "from 5 to 7", "8- to 16-meter".
//!
//! Refuses to make a range of a change: "rose from 12 to 17" is two values.

use rust_decimal::Decimal;

use super::currency::money_before;
use super::lexer::{Kind, Tokens};
use super::measure::{Measure, Measured, measure, meter};
use super::numeral::{Form, Numeral, numeral};
use super::table::{CHANGES, Currency, HEDGE_BEFORE};

/// One end of what may be a range.
pub struct Side {
    pub currency: Option<&'static Currency>,
    pub numeral: Numeral,
    pub measured: Option<Measured>,
    pub value: Decimal,
    pub end: usize,
}

impl Side {
    /// The later side, with what only the first one says.
    pub fn or_from(&self, first: &Side) -> Side {
        Side {
            currency: self.currency.or(first.currency),
            numeral: self.numeral.clone(),
            measured: self.measured.or(first.measured),
            value: self.value,
            end: self.end,
        }
    }
}

pub fn side(tokens: &Tokens, at: usize) -> Option<Side> {
    let (currency, start) = match money_before(tokens, at) {
        Some((currency, start)) => (Some(currency), start),
        None => (None, at),
    };
    let mut numeral = numeral(tokens, start)?;
    if numeral.form == Form::Ordinal && currency.is_some() {
        return None;
    }
    let plural = tokens.word(numeral.end) == "s" && tokens.glued(numeral.end);
    if plural && !tokens.raw(start).contains('.') {
        return None;
    }
    let mut value = numeral.value;
    if numeral.maybe_meter
        && currency.is_none()
        && (meter(tokens, numeral.end - 1) || glued_units(tokens))
    {
        numeral.end -= 1;
        value = value.checked_div(Decimal::from(1_000_000))?;
        numeral.scale = None;
    }
    let lone_t = currency.is_none()
        && matches!(tokens.raw(numeral.end.saturating_sub(1)), "t")
        && tokens.glued(numeral.end - 1);
    if lone_t {
        numeral.end -= 1;
        value = value.checked_div(Decimal::from(1_000_000_000_000_i64))?;
        numeral.scale = None;
    }
    let mut end = numeral.end;
    // "$500 US", "$31.20 US"
    if currency.is_some_and(|c| c.ambiguous) && tokens.raw(end) == "US" {
        end += 1;
    }
    let of = tokens.word(end) == "of"
        && matches!(numeral.form, Form::Vague { .. })
        && measure(tokens, end + 1, value).is_some_and(|m| {
            matches!(
                m.measure,
                Measure::Money(_) | Measure::Duration(_) | Measure::Quantity(_)
            )
        });
    let measured = if numeral.form == Form::Ordinal {
        None
    } else {
        measure(tokens, if of { end + 1 } else { end }, value)
    };
    let measured =
        measured.filter(|m| currency.is_none() || matches!(m.measure, Measure::Money(_)));
    if let Some(found) = &measured {
        value = value.checked_mul(found.factor)?;
        end = found.end;
    }
    Some(Side {
        currency,
        numeral,
        measured,
        value,
        end,
    })
}

/// True where another digit run in the sentence is glued to a unit's sign (100t, 20kg).
pub fn glued_units(tokens: &Tokens) -> bool {
    (1..tokens.len().min(200)).any(|index| {
        tokens.glued(index)
            && tokens.is(index - 1, Kind::Digits)
            && matches!(tokens.raw(index), "t" | "km" | "kg" | "cm" | "mm" | "ft")
    })
}

/// The second side of a range that begins with `a`, and its low and high.
pub fn range(tokens: &Tokens, at: usize, a: &mut Side) -> Option<(Side, Decimal, Decimal)> {
    if !matches!(a.numeral.form, Form::Cardinal | Form::Fraction(_)) {
        return None;
    }
    // "8- to 16-meter"
    let open = tokens.word(a.end) == "-"
        && tokens.glued(a.end)
        && (!tokens.glued(a.end + 1)
            || tokens.hyphen(a.end + 2) && tokens.is(a.end + 3, Kind::Digits));
    let joint = if open && tokens.any(a.end + 1, &["to", "or"]) {
        a.end + 1
    } else {
        a.end
    };
    let start = before(tokens, at);
    let from = tokens.any_back(start, 1, &["from"]);
    let (next, word) = match tokens.word(joint) {
        "to" => {
            let up = tokens.word(joint + 1) == "up" && tokens.word(joint + 2) == "to";
            (
                if up {
                    joint + 3
                } else {
                    tokens.skip_hyphen(joint + 1)
                },
                true,
            )
        }
        "up" if from && tokens.word(joint + 1) == "to" => (joint + 2, true),
        "through" => (joint + 1, true),
        "and" if tokens.any_back(start, 1, &["between"]) => (joint + 1, true),
        "-" | "–" | "—" | "‑" => (joint + 1, false),
        "/" if a.currency.is_some() => (joint + 1, false),
        _ => return None,
    };
    if tokens.any(next, &["a", "an"]) && word && !tokens.any(joint, &["and"]) {
        return None;
    }
    let b = side(tokens, next)?;
    if !matches!(b.numeral.form, Form::Cardinal | Form::Fraction(_)) {
        return None;
    }
    let dash_apart = !word && !tokens.glued(joint);
    if dash_apart && (tokens.is(at, Kind::Word) || tokens.any(b.end, &["of", "were", "was"])) {
        return None;
    }
    // A different measure on each side is no range.
    let same = match (&a.measured, &b.measured) {
        (Some(first), Some(second)) => {
            std::mem::discriminant(&first.measure) == std::mem::discriminant(&second.measure)
        }
        (Some(first), None) => matches!(first.measure, Measure::Money(_)) && b.currency.is_none(),
        (None, Some(second)) => a.currency.is_none() || matches!(second.measure, Measure::Money(_)),
        (None, None) => true,
    } && !(a.currency.is_none() && b.currency.is_some() && a.measured.is_some());
    let named = |measured: &Option<Measured>| match measured.map(|m| m.measure) {
        Some(Measure::Quantity(unit) | Measure::Duration(unit)) => Some(unit.name),
        Some(Measure::Percent(name)) => Some(name),
        Some(Measure::Money(currency)) => Some(currency.code),
        _ => None,
    };
    let units = match (named(&a.measured), named(&b.measured)) {
        (Some(first), Some(second)) => first == second,
        _ => true,
    };
    if !same || !units {
        return None;
    }
    // After "rose from" two values stand, unless what follows is a third ("from 5 to 7 to ...").
    if tokens.word(joint) == "to"
        && changed(tokens, start, from)
        && !(tokens.word(b.end) == "to" && side(tokens, b.end + 1).is_some())
    {
        return None;
    }
    // So too where the second is the lower, unless something ranges.
    if tokens.word(joint) == "to"
        && a.value > b.value
        && a.numeral.scale == b.numeral.scale
        && !ranges(tokens, start)
    {
        return None;
    }
    let mut low = a.value;
    // 10-15 million scales both, and so does 3-4,000.
    if let (None, Some(scale)) = (a.numeral.scale, b.numeral.scale)
        && a.value < b.value.checked_div(scale)?
        && a.value.abs() < 1000.into()
    {
        low = low.checked_mul(scale)?;
    } else if a.numeral.scale.is_none()
        && a.numeral.bare
        && a.value < 100.into()
        && b.value >= 1000.into()
        && b.value.checked_rem(1000.into())?.is_zero()
        && a.value < b.value.checked_div(1000.into())?
        && tokens.raw(next).contains(',')
    {
        low = low.checked_mul(1000.into())?;
    }
    if !word && low >= b.value {
        return None;
    }
    // "fell 162 to 7,425": far apart, and something changed.
    if word
        && !from
        && (1..=4).any(|back| CHANGES.contains(tokens.back(start, back)))
        && low > Decimal::ZERO
        && b.value > low * Decimal::TEN
    {
        return None;
    }
    a.value = low;
    let high = b.value;
    Some((b, low, high))
}

/// True where a verb before says that values range.
pub fn ranges(tokens: &Tokens, start: usize) -> bool {
    (1..=5).any(|back| {
        let word = tokens.back(start, back);
        word.starts_with("rang")
            || matches!(
                word,
                "between" | "vary" | "varies" | "varied" | "varying" | "anywhere"
            )
    })
}

/// Where the hedge before `at` begins, or `at`.
pub fn before(tokens: &Tokens, at: usize) -> usize {
    HEDGE_BEFORE.find(tokens, at).map_or(at, |found| found.1)
}

/// True where "from" follows a verb of change, or the range is the amount of one.
pub fn changed(tokens: &Tokens, start: usize, from: bool) -> bool {
    let far = || {
        let toll = |back| {
            matches!(
                tokens.back(start, back),
                "toll" | "number" | "total" | "count"
            )
        };
        (10..=20).any(|back| REVISED.contains(&tokens.back(start, back))) && (2..=20).any(toll)
    };
    from && ((2..=9).any(|back| CHANGES.contains(tokens.back(start, back))) || far())
}

/// Verbs that change a toll however far off it is told: "raised the toll of the raid on a village from 9 to 26".
const REVISED: [&str; 7] = [
    "raised", "raise", "raises", "raising", "revised", "lowered", "cut",
];
