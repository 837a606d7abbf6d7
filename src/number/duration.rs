//! Lengths of time: "48-hour", "two and a half years", "several weeks", "1 year 1 month 21 days".

use super::cue::LENGTH_DESCRIBERS;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::calendar::{Grain, plus_days, plus_months};
use super::digits;
use super::lexer::Tokens;
use super::measure::duration_unit;
use super::numeral::{self, Form};
use super::table::Unit;

/// A length of time: amounts of units, the largest first.
#[derive(Clone, Debug)]
pub struct Length {
    parts: Vec<(Decimal, &'static Unit)>,
    /// None for "several", whose value is only its lower end.
    pub exact: bool,
    /// "48-hour": an attribute of what follows.
    pub attributive: bool,
}

/// A unit's factor and designator: 10Y is ten years.
fn split(unit: &Unit) -> (Decimal, &'static str) {
    let digits = unit
        .designator
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    let (factor, designator) = unit.designator.split_at(digits);
    (factor.parse().unwrap_or(Decimal::ONE), designator)
}

impl Length {
    /// So many of one unit.
    pub fn of(value: Decimal, unit: &'static Unit) -> Option<Self> {
        Some(Self {
            parts: vec![(value, unit)],
            exact: true,
            attributive: false,
        })
    }

    /// The one value and unit, in the unit's base (two decades are 20 years).
    pub fn single(&self) -> Option<(Decimal, &'static str)> {
        let [(value, unit)] = self.parts.as_slice() else {
            return None;
        };
        Some(base(*value, unit))
    }

    /// P2W, PT1.5H, P1Y1M21D.
    pub fn timex(&self) -> String {
        let mut days = String::new();
        let mut clock = String::new();
        let rank = |unit: &Unit| "Y MO W D H M S".find(split(unit).1).unwrap_or(99);
        let mut parts = self.parts.clone();
        parts.sort_by_key(|(_, unit)| rank(unit));
        for (value, unit) in parts {
            let (factor, designator) = split(unit);
            let amount = digits::plain(value.checked_mul(factor).unwrap_or(value));
            match designator {
                "H" | "M" | "S" => clock.push_str(&format!("{amount}{designator}")),
                "MO" => days.push_str(&format!("{amount}M")),
                _ => days.push_str(&format!("{amount}{designator}")),
            }
        }
        if clock.is_empty() {
            format!("P{days}")
        } else {
            format!("P{days}T{clock}")
        }
    }

    /// What an interval of this length is told in.
    pub fn grain(&self) -> Grain {
        match self.parts.as_slice() {
            [(_, unit)] => match split(unit).1 {
                "Y" => Grain::Year,
                "MO" => Grain::Month,
                "W" => Grain::Week,
                _ => Grain::Day,
            },
            _ => Grain::Day,
        }
    }

    /// True for whole decades, which begin at a round year.
    pub fn decades(&self) -> bool {
        matches!(self.parts.as_slice(), [(_, unit)] if unit.name == "decade")
    }

    /// True for hours, minutes and seconds alone, which move no date.
    pub fn clocklike(&self) -> bool {
        self.parts
            .iter()
            .all(|(_, unit)| matches!(split(unit).1, "H" | "M" | "S"))
    }

    pub fn after(&self, from: Date) -> Option<Date> {
        self.moved(from, 1)
    }

    pub fn before(&self, from: Date) -> Option<Date> {
        self.moved(from, -1)
    }

    fn moved(&self, from: Date, sign: i64) -> Option<Date> {
        let mut date = from;
        let rank = |unit: &Unit| "Y MO W D H M S".find(split(unit).1).unwrap_or(99);
        let mut parts = self.parts.clone();
        parts.sort_by_key(|(_, unit)| rank(unit));
        for (value, unit) in parts {
            let (factor, designator) = split(unit);
            let amount = value.checked_mul(factor)?;
            let whole = |amount: Decimal| -> Option<i64> { digits::whole(amount.round()) };
            date = match designator {
                "Y" => plus_months(date, sign * whole(amount.checked_mul(12.into())?)?)?,
                "MO" => plus_months(date, sign * whole(amount)?)?,
                "W" => plus_days(date, sign * whole(amount.checked_mul(7.into())?)?)?,
                "D" | "NI" => plus_days(date, sign * whole(amount)?)?,
                "WE" => plus_days(date, sign * whole(amount.checked_mul(7.into())?)?)?,
                "H" => plus_days(date, sign * whole((amount / Decimal::from(24)).trunc())?)?,
                _ => date,
            };
        }
        Some(date)
    }
}

/// A value in its unit's base: decades in years, fortnights in weeks, quarters in months.
pub fn base(value: Decimal, unit: &'static Unit) -> (Decimal, &'static str) {
    let (factor, designator) = split(unit);
    if factor == Decimal::ONE {
        return (value, unit.name);
    }
    let name = match designator {
        "Y" => "year",
        "MO" => "month",
        "W" => "week",
        _ => unit.name,
    };
    (value.checked_mul(factor).unwrap_or(value), name)
}

/// The length that begins here: a numeral (or "a", "few") and a unit, and more of them.
pub fn length(tokens: &Tokens, at: usize) -> Option<(Length, usize)> {
    let (value, exact, next) = amount(tokens, at)?;
    // "four long years"
    let described =
        LENGTH_DESCRIBERS.contains(tokens.word(next)) && duration_unit(tokens, next + 1).is_some();
    let next = if described { next + 1 } else { next };
    let hyphen = tokens.hyphen(next);
    let (unit, mut end) = duration_unit(tokens, tokens.skip_hyphen(next))?;
    let mut found = Length {
        parts: vec![(value, unit)],
        exact,
        attributive: hyphen,
    };
    // "an hour and a half", "one year and a quarter"
    if tokens.word(end) == "and" {
        let start = if tokens.word(end + 1) == "a" {
            end + 2
        } else {
            end + 1
        };
        if let Some((super::table::Class::Part, part)) = numeral::class(tokens, start)
            && duration_unit(tokens, start + 1).is_none()
            && !tokens.any(start + 1, &["of", "a"])
        {
            let sum = value.checked_add(Decimal::ONE.checked_div(part)?)?;
            found.parts = vec![(sum, unit)];
            return Some((found, start + 1));
        }
    }
    while let Some((value, true, next)) =
        amount(tokens, end).filter(|_| !tokens.any(end, &["a", "an"]))
        && let Some((unit, after)) = duration_unit(tokens, next)
        && found.parts.len() < 6
        && found.parts.iter().all(|(_, other)| other.name != unit.name)
    {
        found.parts.push((value, unit));
        end = after;
    }
    Some((found, end))
}

/// "a quarter of an hour", "three-quarters of an hour": the part, and the index of the unit.
pub fn part_of_unit(tokens: &Tokens, at: usize) -> Option<(Decimal, usize)> {
    let found = numeral::numeral(tokens, at)?;
    let of = tokens.word(found.end) == "of" && tokens.any(found.end + 1, &["a", "an"]);
    (of && matches!(found.form, Form::Fraction(_))
        && duration_unit(tokens, found.end + 2).is_some())
    .then_some((found.value, found.end + 2))
}

fn amount(tokens: &Tokens, at: usize) -> Option<(Decimal, bool, usize)> {
    if let Some((part, unit)) = part_of_unit(tokens, at) {
        return Some((part, true, unit));
    }
    if tokens.word(at) == "half"
        && tokens.any(at + 1, &["an", "a"])
        && duration_unit(tokens, at + 2).is_some()
    {
        return Some((Decimal::new(5, 1), true, at + 2));
    }
    if tokens.word(at) == "half" && tokens.hyphen(at + 1) && duration_unit(tokens, at + 2).is_some()
    {
        return Some((Decimal::new(5, 1), true, at + 1));
    }
    if let Some(found) = numeral::numeral(tokens, at) {
        return match found.form {
            Form::Cardinal | Form::Fraction(_) => Some((found.value, true, found.end)),
            Form::Vague { high: None } => Some((found.value, false, found.end)),
            _ => None,
        };
    }
    if tokens.any(at, &["a", "an"])
        && duration_unit(tokens, at + 1).is_some()
        && !tokens.any(at + 1, &["second", "quarter", "weekend"])
    {
        return Some((Decimal::ONE, true, at + 1));
    }
    if tokens.word(at) == "some"
        && tokens.word(at + 1).ends_with('s')
        && duration_unit(tokens, at + 1).is_some()
    {
        return Some((Decimal::from(3), false, at + 1));
    }
    None
}
