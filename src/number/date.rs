//! Calendar dates as they are written: 2016-08-10, 10/8/2016, August 10th, 2016, the 1990s, Q3 2016.
//!
//! Refuses a lone number as a year unless a word beside it says that it is one.

use super::calendar::{Point, monday, plus_days};
use super::cue::DATE_CUES;
use super::digits;
use super::lexer::{Kind, Tokens};
use super::noun::content;
use super::numeral::{self, Form};
use super::numeric::{numeric, with_month_name};
use super::period::{feast, quarter, season, week};
use super::phrase::lower_word;
use super::table::{COUNTED, Class, MONTHS, WEEKDAYS};
use super::year::{century, decade, lone_year, year, year_after};
use jiff::civil::Date;

/// What a reader of dates needs beside the tokens.
#[derive(Clone, Copy, Debug)]
pub struct Context<'t, 'a> {
    pub tokens: &'t Tokens<'a>,
    /// The article's own date.
    pub reference: Option<Date>,
}

pub fn number(tokens: &Tokens, at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let raw = tokens.raw(at);
    if !tokens.is(at, Kind::Digits) || !digits.contains(&raw.len()) {
        return None;
    }
    raw.parse().ok()
}

/// A month's name and the index after it and its dot.
pub fn month(tokens: &Tokens, at: usize) -> Option<(i8, usize)> {
    let found = *MONTHS.get(tokens.word(at))?;
    // At the end of a sentence the dot is the sentence's.
    let dot = tokens.word(at + 1) == "."
        && tokens.glued(at + 1)
        && at + 2 < tokens.len()
        && (tokens.word(at).len() <= 4 || tokens.is(at + 2, Kind::Digits));
    Some((found, if dot { at + 2 } else { at + 1 }))
}

/// A weekday's name and the index after it, its dot and its comma. Plurals (negative) are not days.
pub fn weekday(tokens: &Tokens, at: usize) -> Option<(i8, usize)> {
    let word = tokens.word(at);
    let found = *WEEKDAYS.get(word)?;
    if found < 0 || (tokens.capital(at + 1) && super::cue::NEWSPAPERS.contains(tokens.word(at + 1)))
    {
        return None;
    }
    let short = !word.ends_with("day");
    let dot = short && tokens.word(at + 1) == "." && tokens.glued(at + 1);
    let end = if dot { at + 2 } else { at + 1 };
    if matches!(word, "mon" | "sun" | "sat" | "wed" | "thu" | "fri" | "tue")
        && !(tokens.capital(at) && !(at == 0 && matches!(word, "sun" | "sat")))
        && month(tokens, end).is_none()
    {
        return None;
    }
    if matches!(word, "sun" | "sat" | "mon" | "wed")
        && !dot
        && !tokens.any_back(at, 1, &["on", "next", "last", "this"])
        && day(tokens, end).is_none()
        && month(tokens, end).is_none()
        && tokens.word(end) != ","
    {
        return None;
    }
    Some((found, end))
}

/// A day of the month: its number, the index after it, and whether it was written as an ordinal.
pub fn day(tokens: &Tokens, at: usize) -> Option<(i8, usize, bool)> {
    if let Some(value) = number(tokens, at, 1..=2) {
        let ordinal = tokens.glued(at + 1) && tokens.any(at + 1, &["st", "nd", "rd", "th"]);
        let end = if ordinal { at + 2 } else { at + 1 };
        let clean = ordinal || !(tokens.glued(end) && tokens.is(end, Kind::Word));
        return ((1..=31).contains(&value) && clean).then_some((value as i8, end, ordinal));
    }
    numeral::class(tokens, at)?;
    let found = numeral::numeral(tokens, at)?;
    let value: i8 = digits::whole(found.value)?;
    let ordinal = match found.form {
        Form::Ordinal => true,
        Form::Cardinal if found.end <= at + 3 => false,
        _ => return None,
    };
    (1..=31)
        .contains(&value)
        .then_some((value, found.end, ordinal))
}

pub fn of(tokens: &Tokens, at: usize) -> usize {
    if tokens.any(at, &["of", "in"]) {
        at + 1
    } else {
        at
    }
}

pub fn comma(tokens: &Tokens, at: usize) -> usize {
    if tokens.word(at) == "," { at + 1 } else { at }
}

/// The date that begins here.
pub fn date(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    if tokens.is(at, Kind::Digits) {
        return feast(context, at)
            .or_else(|| numeric(context, at))
            .or_else(|| with_month_name(tokens, at))
            .or_else(|| day_month(tokens, at))
            .or_else(|| year_first(tokens, at))
            .or_else(|| decade(tokens, at))
            .or_else(|| century(tokens, at))
            .or_else(|| lone_year(tokens, at));
    }
    week(context, at)
        .or_else(|| quarter(context, at))
        .or_else(|| feast(context, at))
        .or_else(|| named_weekday(context, at))
        .or_else(|| month_first(tokens, at))
        .or_else(|| day_month(tokens, at))
        .or_else(|| decade(tokens, at))
        .or_else(|| century(tokens, at))
        .or_else(|| season(context, at))
        .or_else(|| lone_year(tokens, at))
}

pub fn point(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> Point {
    Point {
        year,
        month,
        day,
        ..Point::default()
    }
}

/// 10th [day] [of] August[,] [2016]; "10-Aug" too.
fn day_month(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (number, mut next, _) = day(tokens, at)?;
    if tokens.word(next) == "day" {
        next += 1;
    }
    if tokens.word(next) == "." && tokens.glued(next) && month(tokens, next + 1).is_some() {
        next += 1;
    }
    let next = tokens.skip_hyphen(of(tokens, next));
    let (name, end) = month(tokens, next)?;
    // "in 2 May", "12 may have": a modal verb is no month.
    if matches!(tokens.word(next), "may" | "march")
        && !tokens.capital(next)
        && year_after(tokens, end).is_none()
        && !tokens.any_back(next, 1, &["of"])
    {
        return None;
    }
    Date::new(2000, name, number).ok()?;
    let (year, end) = match year_after(tokens, end) {
        Some((year, end)) => (Some(year), end),
        None => (None, end),
    };
    Some((point(year, Some(name), Some(number)), end))
}

/// August 10[th][,] [2016]; August 2016; August; "in May".
fn month_first(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (name, end) = month(tokens, at)?;
    let modal = matches!(tokens.word(at), "may" | "march" | "mar") && !tokens.capital(at);
    let start = if tokens.word(end) == "the" || tokens.hyphen(end) {
        end + 1
    } else {
        end
    };
    if let Some((number, after, ordinal)) = day(tokens, start)
        && (ordinal || start == end || tokens.hyphen(end))
        && Date::new(2000, name, number).is_ok()
        && (!modal || ordinal)
        && !tokens.any(after, &["percent", "per", "%", "pm", "am", ":"])
        && super::measure::unit_word(tokens, after).is_none()
        && super::table::NUMERALS
            .get(tokens.word(after))
            .is_none_or(|(c, _)| matches!(c, Class::Small | Class::Ten))
    {
        // "January first 12" has a short year.
        let year = year_after(tokens, after);
        if year.is_none()
            && ordinal
            && tokens.is(start, Kind::Word)
            && let Some(value) = self::number(tokens, after, 2..=2)
        {
            let year = if value > 40 { 1900 } else { 2000 } + value;
            return Some((point(Some(year), Some(name), Some(number)), after + 1));
        }
        let attacks = (name, number) == (9, 11)
            && tokens.any(after, &["attack", "attacks", "terrorist", "terror"]);
        // "in March two Filipinos died": a number in words before a plural counts.
        let plural = !ordinal
            && tokens.is(start, Kind::Word)
            && tokens.is(after, Kind::Word)
            && tokens.word(after).ends_with('s')
            && !super::table::NOUN_STOPS.contains(tokens.word(after));
        let counted = !attacks
            && (plural || lower_word(tokens, after) && COUNTED.contains(tokens.word(after)));
        if year.is_some() || ordinal || !counted {
            let (year, after) = year.map_or((None, after), |(year, end)| (Some(year), end));
            // "the September 11 attacks" have their year by name.
            let year = year.or(attacks.then_some(2001));
            return Some((point(year, Some(name), Some(number)), after));
        }
    }
    if let Some((year, after)) = year_after(tokens, end) {
        return Some((point(Some(year), Some(name), None), after));
    }
    let cue = at == 0
        || DATE_CUES.contains(tokens.back(at, 1))
        || tokens.any_back(at, 1, &["-", "–"])
        || tokens.any_back(at, 1, &["for", "that", "each", "every"]);
    let full = tokens.word(at).len() > 4 || matches!(tokens.word(at), "july" | "june");
    let person = matches!(
        tokens.word(at),
        "april" | "june" | "august" | "march" | "may" | "mar" | "jan"
    );
    let ranged = tokens.any(end, &["to", "-", "–", "until", "till", "through"])
        && month(tokens, end + 1).is_some()
        && tokens.capital(at);
    let sure = ranged
        || if person {
            cue && (tokens.capital(at) || (!modal && DATE_CUES.contains(tokens.back(at, 1))))
                && at != 0
                && !(tokens.capital(end) && tokens.is(end, Kind::Word) && end == at + 1)
        } else {
            full || (cue && tokens.capital(at))
                || tokens.any_back(at, 1, &["last", "next", "this", "in", "of"])
        };
    sure.then(|| (point(None, Some(name), None), end))
}

/// 2016 August, 2016, nov; 2017 april.
fn year_first(tokens: &Tokens, at: usize) -> Option<(Point, usize)> {
    let (value, next) = year(tokens, at, false)?;
    let (name, end) = month(tokens, tokens.skip_hyphen(comma(tokens, next)))?;
    if tokens.word(next) == "," && matches!(tokens.word(next + 1), "may" | "march") {
        return None;
    }
    // "in 2016 August 5" would be another date.
    if day(tokens, end).is_some() && tokens.word(next) == "," {
        return None;
    }
    if tokens.hyphen(next)
        && tokens.hyphen(end)
        && let Some((number, after, _)) = day(tokens, end + 1)
    {
        return Some((point(Some(value), Some(name), Some(number)), after));
    }
    Some((point(Some(value), Some(name), None), end))
}

/// Monday[,] [the] 21[st] [of] [August] [2016].
fn named_weekday(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let (name, end) = weekday(tokens, at)?;
    let next = comma(tokens, end);
    if let Some((mut found, after)) = month_first(tokens, next)
        .or_else(|| day_month(tokens, next))
        .or_else(|| numeric(context, next))
        .filter(|(found, _)| found.day.is_some() || found.fixed.is_some())
    {
        found.weekday = Some(name);
        return Some((found, after));
    }
    let the = tokens.word(end) == "the";
    let start = if the { end + 1 } else { end };
    if let Some((number, after, ordinal)) = day(tokens, start)
        && (ordinal || (tokens.is(start, Kind::Digits) && !is_counting(tokens, after)))
        // "Monday first", "Monday the first day of".
        && !(ordinal
            && tokens.is(start, Kind::Word)
            && (!the || lower_word(tokens, after) && content(tokens, after)))
        && month(tokens, of(tokens, after)).is_none()
    {
        let mut found = point(None, None, Some(number));
        found.weekday = Some(name);
        return Some((found, after));
    }
    // "Tuesday last week"
    if let Some((steps, week)) = super::step::step(tokens, end)
        && tokens.word(week) == "week"
        && let Some(reference) = context.reference
    {
        let monday = plus_days(monday(reference)?, 7 * steps)?;
        let found = Point::date(plus_days(monday, i64::from(name) - 1)?);
        return Some((found, week + 1));
    }
    let found = Point {
        weekday: Some(name),
        ..Point::default()
    };
    Some((found, end))
}

/// True where the number before `at` counts or is a time.
fn is_counting(tokens: &Tokens, at: usize) -> bool {
    lower_word(tokens, at)
        || matches!(tokens.word(at), ":" | "-" | "%" | "–" | "/") && tokens.glued(at)
}
