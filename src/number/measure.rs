//! What a numeral measures: percent, money, a physical unit, a length of time, an age.
//!
//! Refuses a sign that is also a word (in, may) unless the number is glued to it.

use super::cue::{METER_CUES, SAFE_UNIT_LETTERS};
use rust_decimal::Decimal;

use super::currency::money_after;
use super::lexer::{Kind, Tokens};
use super::table::{CURRENCY_WORDS, Currency, PERCENTS, SUFFIXES, UNITS, Unit};

/// What stands after (or, for money, before) a numeral.
#[derive(Clone, Copy, Debug)]
pub enum Measure {
    Percent(&'static str),
    Money(&'static Currency),
    Quantity(&'static Unit),
    Duration(&'static Unit),
    /// An age in this unit.
    Age(&'static str),
    /// "three times": how often, or how many fold.
    Multiple,
}

/// A measure, the index after it, and what it multiplies the value by (30 MUSD).
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    pub measure: Measure,
    pub end: usize,
    pub factor: Decimal,
}

/// The unit of time that begins here. A lone letter is one only where it is glued to digits.
pub fn duration_unit(tokens: &Tokens, at: usize) -> Option<(&'static Unit, usize)> {
    let (unit, end) = UNITS.find(tokens, at)?;
    let word = tokens.word(at);
    let letter = word.len() == 1;
    let glued = tokens.glued(at) && at > 0 && tokens.is(at - 1, Kind::Digits);
    // "Model 3s", "2018s": a plural or a decade, unless it has decimals.
    let glued = glued && (word != "s" || tokens.raw(at - 1).contains('.'));
    (unit.duration && (!letter || glued)).then_some((unit, end))
}

/// True (with its end) where a unit or a percent sign stands here.
pub fn unit_word(tokens: &Tokens, at: usize) -> Option<usize> {
    PERCENTS
        .find(tokens, at)
        .map(|found| found.1)
        .or_else(|| physical(tokens, at).map(|found| found.1))
        .or_else(|| duration_unit(tokens, at).map(|found| found.1))
        .or_else(|| {
            CURRENCY_WORDS
                .find(tokens, at)
                .filter(|_| tokens.word(at).len() > 3)
                .map(|found| found.1)
        })
}

fn physical(tokens: &Tokens, at: usize) -> Option<(&'static Unit, usize)> {
    let (unit, end) = UNITS.find(tokens, at).filter(|(unit, _)| !unit.duration)?;
    let word = tokens.word(at);
    let glued = tokens.glued(at);
    let short = end == at + 1 && word.len() <= 2 && word.is_ascii();
    // Two letters apart from their number may be a word or initials.
    let safe = glued
        || !short
        || SAFE_UNIT_LETTERS.contains(word)
        || (matches!(
            tokens.raw(at),
            "PS" | "L" | "W" | "V" | "t" | "g" | "m" | "l"
        ) && !matches!(tokens.word(at + 1), "." | "'" | "’" | "&")
            && !tokens.glued(at + 1));
    let safe = safe || tokens.raw(at) == "m" && meter(tokens, at);
    // "from 121,000 t.": a mark may follow where a new word comes after it.
    let marked = matches!(tokens.raw(at), "t" | "g" | "l")
        && at > 0
        && tokens.is(at - 1, Kind::Digits)
        && matches!(tokens.word(at + 1), "." | "," | ";" | ")")
        && !tokens.glued(at + 2);
    let safe = safe || marked;
    // "two Mi-8 helicopters": a model's name.
    if tokens.capital(at) && tokens.hyphen(end) && tokens.is(end + 1, Kind::Digits) {
        return None;
    }
    let inch = word == "in";
    // Letters and digits: km2, cm2.
    let tail = tokens.glued(end) && tokens.is(end, Kind::Digits);
    (safe && !inch && !tail).then_some((unit, end))
}

/// "2 in.", "5in": an inch only after a foot, or at the end of what is said.
fn inch(tokens: &Tokens, at: usize) -> Option<usize> {
    if tokens.word(at) != "in" {
        return None;
    }
    if tokens.glued(at) {
        return Some(at + 1);
    }
    (tokens.word(at + 1) == "." && at + 2 >= tokens.len()).then_some(at + 1)
}

/// The measure that begins here, after a numeral of this value.
pub fn measure(tokens: &Tokens, at: usize, value: Decimal) -> Option<Measured> {
    let hyphen = tokens.hyphen(at);
    let start = tokens.skip_hyphen(at);
    let one = |measure: Measure, end: usize| {
        Some(Measured {
            measure,
            end,
            factor: Decimal::ONE,
        })
    };
    if let Some((name, end)) = PERCENTS.find(tokens, start)
        && !(tokens.word(start) == "pc" && tokens.capital(start))
        && !(tokens.word(start) == "percentage" && end == start + 1)
    {
        return one(Measure::Percent(name), end);
    }
    if let Some(found) = money_after(tokens, start, value, hyphen)
        && physical(tokens, start).is_none_or(|(_, end)| end <= found.end)
    {
        return Some(found);
    }
    if let Some((unit, end)) = age(tokens, start) {
        return one(Measure::Age(unit), end);
    }
    if tokens.any(start, &["times", "x"]) && !tokens.any(start + 1, &["of", "square"])
        || tokens.any(start, &["fold"])
    {
        let name = tokens.capital(start) && tokens.word(start) == "times";
        if !name && (tokens.word(start) != "x" || tokens.glued(start)) {
            return one(Measure::Multiple, start + 1);
        }
    }
    if let Some((unit, end)) = physical(tokens, start) {
        return one(Measure::Quantity(unit), end);
    }
    if let Some(end) = inch(tokens, start)
        && let Some((unit, _)) = INCH.as_ref()
    {
        return one(Measure::Quantity(unit), end);
    }
    if let Some((unit, end)) = duration_unit(tokens, start) {
        return one(Measure::Duration(unit), end);
    }
    None
}

static INCH: std::sync::LazyLock<Option<(&'static Unit, usize)>> = std::sync::LazyLock::new(|| {
    let mut list = Vec::new();
    super::lexer::lex("inch", &mut list);
    UNITS.find(&Tokens::new("inch", "inch", &list, &[]), 0)
});

/// "-year-old", "years of age", "yo": the unit of an age.
fn age(tokens: &Tokens, at: usize) -> Option<(&'static str, usize)> {
    if tokens.word(at) == "yo" && !tokens.glued(at)
        || tokens.word(at) == "yo" && tokens.is(at.saturating_sub(1), Kind::Digits)
    {
        return Some(("year", at + 1));
    }
    let (unit, end) = duration_unit(tokens, at)?;
    let next = tokens.skip_hyphen(end);
    if tokens.any(next, &["old", "olds"]) {
        return Some((unit.name, next + 1));
    }
    if tokens.word(end) == "of" && tokens.word(end + 1) == "age" {
        return Some((unit.name, end + 2));
    }
    None
}

/// The unit of a rate after a measure: "per year", "a barrel", "/hour".
pub fn per(tokens: &Tokens, at: usize, money: bool) -> Option<(&'static str, usize)> {
    let hyphen = tokens.skip_hyphen(at);
    let (start, strong) = match tokens.word(hyphen) {
        "per" => (tokens.skip_hyphen(hyphen + 1), true),
        "/" if tokens.glued(hyphen) => (hyphen + 1, true),
        "a" | "an" => (tokens.skip_hyphen(hyphen + 1), false),
        _ => return None,
    };
    let found = UNITS
        .find(tokens, start)
        .map(|(unit, end)| (unit.name, end));
    match found {
        Some(found) if tokens.word(start).len() > 1 || strong => Some(found),
        _ if money => [
            "share",
            "pound",
            "voyage",
            "bag",
            "sack",
            "bottle",
            "head",
            "person",
            "capita",
            "unit",
            "piece",
            "ticket",
            "household",
            "family",
        ]
        .into_iter()
        .find(|name| *name == tokens.word(start))
        .map(|name| (name, start + 1)),
        _ => None,
    }
}

/// True where a lone `m` after digits is a meter: something near it is long, high or measured.
pub fn meter(tokens: &Tokens, at: usize) -> bool {
    let cue = |word: &str| METER_CUES.contains(word);
    (1..=6).any(|step| cue(tokens.back(at, step)) || cue(tokens.word(at + step)))
}

/// True for a suffix of scale as written.
pub fn is_suffix(raw: &str) -> bool {
    SUFFIXES.contains_key(raw)
}
