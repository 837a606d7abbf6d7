//! Years, decades and centuries: 2016, nineteen ninety-nine, the 1970s, the 15th century.
//!
//! Refuses a lone number as a year unless a word beside it says that it is one.

use super::cue::DATE_CUES;
use jiff::civil::Date;

use super::calendar::{Grain, Point, Settled, plus_months};
use super::date::{comma, number, of, point};
use super::digits;
use super::lexer::{Kind, Tokens};
use super::numeral::{self, Form};
use super::phrase::lower_word;
use super::table::{COUNTED, Class, IDENTIFIERS};

/// A year in four digits, or in words where `words` allows them.
pub fn year(tokens: &Tokens, at: usize, words: bool) -> Option<(i16, usize)> {
    if let Some(value) = number(tokens, at, 4..=4) {
        let clean = !(tokens.glued(at + 1) && tokens.is(at + 1, Kind::Word));
        return ((1000..=2199).contains(&value) && clean).then_some((value, at + 1));
    }
    if matches!(tokens.word(at), "'" | "’" | "‘") && tokens.glued(at + 1) {
        let value = number(tokens, at + 1, 2..=2)?;
        let clean = !(tokens.glued(at + 2) && tokens.is(at + 2, Kind::Word));
        return clean.then_some((if value > 40 { 1900 } else { 2000 } + value, at + 2));
    }
    if !words {
        return None;
    }
    let small = |index: usize| match numeral::class(tokens, index) {
        Some((Class::Small | Class::Ten, value)) => digits::whole::<i16>(value),
        _ => None,
    };
    if let Some(century @ 11..=20) = small(at) {
        let next = tokens.skip_hyphen(at + 1);
        let rest_at = if tokens.word(next) == "hundred" {
            next + 1
        } else {
            next
        };
        let rest_at = if tokens.word(rest_at) == "and" {
            rest_at + 1
        } else {
            rest_at
        };
        if let Some(ten) = small(rest_at) {
            if ten >= 20 {
                let unit_at = tokens.skip_hyphen(rest_at + 1);
                return Some(match small(unit_at) {
                    Some(unit @ 1..=9) => (century * 100 + ten + unit, unit_at + 1),
                    _ => (century * 100 + ten, rest_at + 1),
                });
            }
            if ten >= 10 {
                return Some((century * 100 + ten, rest_at + 1));
            }
            if ten == 0
                && let Some(unit @ 1..=9) = small(rest_at + 1)
            {
                return Some((century * 100 + unit, rest_at + 2));
            }
        }
    }
    let found = numeral::numeral(tokens, at)?;
    let value: i16 = digits::whole(found.value)?;
    (found.form == Form::Cardinal
        && !found.bare
        && (1000..=2199).contains(&value)
        && found.scale.is_some()
        && tokens.is(at, Kind::Word))
    .then_some((value, found.end))
}

/// A year after a date: ", 2016", "of 2016", "2016".
pub fn year_after(tokens: &Tokens, at: usize) -> Option<(i16, usize)> {
    let next = of(tokens, comma(tokens, at));
    year(tokens, next, true).filter(|(_, end)| {
        // "August 10, 2,000 people", "June 5 1200 men" are no years.
        !(lower_word(tokens, *end) && COUNTED.contains(tokens.word(*end)))
    })
}

/// The tens that a plural says: thirties is 30.
pub fn tens(word: &str) -> Option<i16> {
    Some(match word {
        "twenties" => 20,
        "thirties" => 30,
        "forties" => 40,
        "fifties" => 50,
        "sixties" => 60,
        "seventies" => 70,
        "eighties" => 80,
        "nineties" => 90,
        "tens" => 10,
        _ => return None,
    })
}

/// the 1990s, 1970's, the '70s, the seventies, 90 s.
pub fn decade(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let short = matches!(tokens.word(at), "'" | "’" | "‘") && tokens.glued(at + 1);
    let start = if short { at + 1 } else { at };
    let (first, end) = if tokens.is(start, Kind::Digits) {
        let mut end = start + 1;
        if matches!(tokens.word(end), "'" | "’") && tokens.glued(end) && tokens.glued(end + 1) {
            end += 1;
        }
        let raw = tokens.raw(start);
        if tokens.word(end) != "s" || !(tokens.glued(end) || raw.len() == 2) {
            return None;
        }
        let value: i16 = raw.parse().ok()?;
        let first = match raw.len() {
            4 if (1000..=2099).contains(&value) && value % 10 == 0 => value,
            2 if !short
                && !tokens.any_back(
                    start,
                    1,
                    &["the", "in", "of", "early", "late", "mid", "-"],
                ) =>
            {
                return None;
            }
            2 if tokens.any_back(start, 2, &["his", "her", "their"]) => return None,
            2 if value % 10 == 0 => {
                if value > 20 {
                    1900 + value
                } else {
                    2000 + value
                }
            }
            _ => return None,
        };
        (first, end + 1)
    } else if let Some(value) = tens(tokens.word(at)).filter(|v| *v >= 20) {
        if !tokens.any_back(at, 1, &["the", "in", "early", "late", "mid", "-"])
            || (1..=3).any(|back| tokens.any_back(at, back, &["his", "her", "their", "my"]))
        {
            return None;
        }
        (1900 + value, at + 1)
    } else {
        let century = match (tokens.word(at), tokens.word(at + 1)) {
            ("nineteen", word) => 1900 + tens(word)?,
            ("eighteen", word) => 1800 + tens(word)?,
            ("two", "thousand") => {
                let next = if tokens.word(at + 2) == "and" {
                    at + 3
                } else {
                    at + 2
                };
                let value = 2000 + tens(tokens.word(next))?;
                return decade_point(value).map(|found| (found, next + 1));
            }
            _ => return None,
        };
        (century, at + 2)
    };
    decade_point(first).map(|found| (found, end))
}

pub fn decade_point(first: i16) -> Option<Point> {
    let start = Date::new(first, 1, 1).ok()?;
    let next = plus_months(start, 120)?;
    let mut settled = Settled::interval(start, next, Grain::Year);
    settled.alt = settled.iso.replace(format!("{}X", first / 10));
    std::mem::swap(&mut settled.alt, &mut settled.iso);
    std::mem::swap(&mut settled.alt, &mut settled.iso);
    Some(Point::fixed(settled))
}

/// 15th century.
pub fn century(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let found = numeral::numeral(tokens, at).filter(|found| found.form == Form::Ordinal)?;
    let end = tokens.skip_hyphen(found.end);
    if tokens.word(end) != "century" {
        return None;
    }
    let value: i16 = digits::whole(found.value)?;
    let first = Date::new(value.checked_sub(1)?.checked_mul(100)?.max(1), 1, 1).ok()?;
    let next = plus_months(first, 1200)?;
    (value <= 22).then(|| {
        (
            Point::fixed(Settled::interval(first, next, Grain::Year)),
            end + 1,
        )
    })
}

/// 2016 Q3, 2019-H2, for the reader of years.
pub fn year_quarter(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (value, next) = year(tokens, at, false).or_else(|| {
        let value = number(tokens, at, 4..=4)?;
        (1000..=2199).contains(&value).then_some((value, at + 1))
    })?;
    let start = tokens.skip_hyphen(next);
    let months = match tokens.word(start) {
        "q" => 3,
        "h" => 6,
        _ => return None,
    };
    let index = number(tokens, start + 1, 1..=1).filter(|_| tokens.glued(start + 1))?;
    if !(1..=12 / months).contains(&index) {
        return None;
    }
    let month = i8::try_from((index - 1) * months + 1).ok()?;
    let first = Date::new(value, month, 1).ok()?;
    let settled = Settled::interval(first, plus_months(first, months.into())?, Grain::Month);
    Some((Point::fixed(settled), start + 2))
}

/// A year alone: after a word that expects one, or before a noun that it does not count.
pub fn lone_year(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    // "Resolution 1973"
    if at > 0
        && tokens.capital(at - 1)
        && IDENTIFIERS.contains(tokens.back(at, 1))
        && !tokens.any_back(at, 1, &["act", "bill", "law"])
    {
        return None;
    }
    if let Some(found) = year_quarter(tokens, at) {
        return Some(found);
    }
    let cued = DATE_CUES.contains(tokens.back(at, 1))
        || (tokens.hyphen(at.saturating_sub(1))
            && tokens.any_back(at, 2, &["mid", "early", "late", "pre", "post"]));
    let (value, end) = year(tokens, at, cued)?;
    if tokens.is(at, Kind::Word) {
        let strict = tokens.any_back(at, 1, &["in", "since", "of", "until"]);
        let counts =
            lower_word(tokens, end) && !super::table::NOUN_STOPS.contains(tokens.word(end));
        return (strict && !counts).then(|| (point(Some(value), None, None), end));
    }
    if tokens.glued(at)
        && !tokens.any_back(at, 1, &["(", "-", "–", "—", "\"", "'", "‘", "“", "[", "/"])
    {
        return None;
    }
    if tokens.hyphen(end)
        && (tokens.is(end + 1, Kind::Word)
            || (tokens.is(end + 1, Kind::Digits) && tokens.hyphen(end + 2)))
    {
        return None;
    }
    let next = tokens.word(end);
    // "1986 year net": the year itself.
    if next == "year" && (1900..=2100).contains(&value) && !tokens.any(end + 1, &["old"]) {
        return Some((point(Some(value), None, None), end));
    }
    let counted = COUNTED.contains(next)
        || numeral::class(tokens, end)
            .is_some_and(|(c, _)| matches!(c, Class::Scale | Class::Dozen));
    if counted
        || super::measure::unit_word(tokens, end).is_some()
        || !(1500..=2100).contains(&value)
    {
        let bare_cue = tokens.any_back(at, 1, &["in", "since", "until", "year", "by"])
            && !counted
            && super::measure::unit_word(tokens, end).is_none();
        return bare_cue.then(|| (point(Some(value), None, None), end));
    }
    // "as early as 2020"
    if tokens.any_back(at, 1, &["as"])
        && tokens.any_back(at, 2, &["early", "late", "back", "far", "recently"])
        && (1900..=2100).contains(&value)
    {
        return Some((point(Some(value), None, None), end));
    }
    // "since about 1980"
    if tokens.any_back(at, 1, &["about", "approximately", "roughly"])
        && tokens.any_back(at, 2, &["since", "until", "till", "in", "from"])
        && (1900..=2100).contains(&value)
        && !(lower_word(tokens, end) && super::noun::content(tokens, end))
    {
        return Some((point(Some(value), None, None), end));
    }
    let hedged = tokens.any_back(
        at,
        1,
        &[
            "about", "some", "nearly", "over", "least", "to", "than", "by", "around", "as", "of",
        ],
    );
    if hedged && !(1900..=2050).contains(&value) {
        return None;
    }
    if hedged && tokens.any_back(at, 1, &["about", "some", "nearly", "least", "over", "as"]) {
        return None;
    }
    let plural = lower_word(tokens, end)
        && next.ends_with('s')
        && next.len() > 3
        && value % 100 == 0
        && !tokens.any_back(at, 1, &["in"]);
    (!plural).then(|| (point(Some(value), None, None), end))
}
