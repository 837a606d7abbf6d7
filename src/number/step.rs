//! One step from the reference: "this week", "next Monday", "last September", "this summer".
//!
//! "last", "coming" and "past" are the nearest day of a name, "next" and "previous" that of another week.

use super::cue::MODAL_VERBS;
use jiff::civil::Date;

use super::calendar::{
    Grain, Point, Settled, monday, plus_days, plus_months, weekday as weekday_of,
};
use super::date::{Context, day, month, weekday};
use super::lexer::Tokens;
use super::nth::slashed;
use super::period::season_code;
use super::relative::shift_year;

/// this 0, next 1, last -1, and the index after.
pub fn step(tokens: &Tokens, at: usize) -> Option<(i64, usize)> {
    let here = match tokens.word(at) {
        "this" | "current" => {
            return Some(match tokens.word(at + 1) {
                "past" | "last" | "previous" => (-1, at + 2),
                "coming" | "upcoming" | "next" => (1, at + 2),
                _ => (0, at + 1),
            });
        }
        "next" | "coming" | "upcoming" | "following" => 1,
        // "the course will last three weeks"
        "last" if MODAL_VERBS.contains(tokens.back(at, 1)) => {
            return None;
        }
        "last" | "past" | "previous" | "preceding" => -1,
        _ => return None,
    };
    Some((here, at + 1))
}

/// A step of one: "next week", "last Monday", "this summer".
pub fn one_step(context: Context, steps: i64, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let word = tokens.word(at);
    let unit = match word {
        "working" | "business" if tokens.word(at + 1) == "week" => "week",
        _ => word,
    };
    let end = if unit == word { at + 1 } else { at + 2 };
    let reference = context.reference;
    let found = match unit {
        "week" => {
            let Some(reference) = reference else {
                return Some((Point::fixed(Settled::only("XXXX-WXX".to_owned())), end));
            };
            let date = plus_days(reference, 7 * steps)?;
            if let Some((name, after)) = weekday(tokens, end) {
                return Some((
                    Point::date(plus_days(monday(date)?, i64::from(name) - 1)?),
                    after,
                ));
            }
            Point::fixed(Settled::week(date)?)
        }
        // Without a reference it still says that it is a month or a year.
        "month" | "year" if reference.is_none() => {
            let timex = if unit == "month" { "XXXX-XX" } else { "XXXX" };
            Point::fixed(Settled {
                grain: Grain::Month,
                ..Settled::only(timex.to_owned())
            })
        }
        "weekend" => Point::fixed(Settled::weekend(plus_days(reference?, 7 * steps)?)?),
        "month" => {
            let first = plus_months(reference?.first_of_month(), steps)?;
            let mut found = Point::default();
            (found.year, found.month) = (Some(first.year()), Some(first.month()));
            found
        }
        "year" => Point {
            year: Some(shift_year(reference?, steps)?),
            ..Point::default()
        },
        "quarter" => {
            let reference = reference?;
            let month = (reference.month() - 1) / 3 * 3 + 1;
            let first = plus_months(Date::new(reference.year(), month, 1).ok()?, 3 * steps)?;
            Point::fixed(Settled::interval(
                first,
                plus_months(first, 3)?,
                Grain::Month,
            ))
        }
        "decade" => {
            let first = Date::new(reference?.year() / 10 * 10, 1, 1).ok()?;
            let first = plus_months(first, 120 * steps)?;
            Point::fixed(Settled::interval(
                first,
                plus_months(first, 120)?,
                Grain::Year,
            ))
        }
        "fortnight" => {
            let first = if steps < 0 {
                plus_days(reference?, -14)?
            } else {
                plus_days(reference?, 1)?
            };
            let next = if steps < 0 {
                reference?
            } else {
                plus_days(first, 14)?
            };
            // The reference day is not part of what is past.
            let mut settled = Settled::interval(first, next, Grain::Week);
            settled.timex = Some("P2W".to_owned());
            Point::fixed(settled)
        }
        _ => return named_step(context, steps, at),
    };
    Some((found, end))
}

/// "next Monday", "last September", "this 5/12", "last Easter", "this summer".
pub fn named_step(context: Context, steps: i64, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let reference = context.reference;
    if let Some((name, end)) = weekday(tokens, at) {
        if let Some((number, after)) = slashed(tokens, end) {
            return Some((year_step(reference, 0, number)?, after));
        }
        let Some(reference) = reference else {
            let found = Point {
                weekday: Some(name),
                ..Point::default()
            };
            return Some((found, end));
        };
        let mine = i64::from(weekday_of(reference));
        let word = tokens.back(at, 1);
        let offset = i64::from(name) - mine;
        // "coming", "past" and "last" are the nearest; "next" and "previous" of the next week.
        let days = match word {
            "coming" | "upcoming" => (offset + 6).rem_euclid(7) + 1,
            "past" => -((-offset + 6).rem_euclid(7) + 1),
            _ if steps == 0 => offset,
            "following" => offset + 7,
            _ => offset + 7 * steps,
        };
        let date = plus_days(reference, days)?;
        let other = match steps {
            1 => plus_days(reference, (offset + 6).rem_euclid(7) + 1),
            -1 => plus_days(reference, -((-offset + 6).rem_euclid(7) + 1)),
            _ => None,
        };
        let mut settled = Settled::day(date);
        settled.alt = other
            .filter(|other| *other != date)
            .map(|other| other.to_string());
        return Some((Point::fixed(settled), end));
    }
    if let Some((number, end)) = slashed(tokens, at) {
        return Some((year_step(reference, steps, number)?, end));
    }
    if let Some((name, end)) = month(tokens, at)
        && (tokens.capital(at) || !tokens.any(at, &["may", "march", "mar"]))
    {
        let reference = reference?;
        let year = match steps {
            0 => reference.year(),
            1 => reference.year() + i16::from(name <= reference.month()),
            _ => reference.year() - i16::from(name >= reference.month()),
        };
        let mut found = Point::default();
        (found.year, found.month) = (Some(year), Some(name));
        if let Some((number, after, _)) = day(tokens, end) {
            found.day = Some(number);
            return Some((found, after));
        }
        if let Some((year, after)) = super::year::year(tokens, end, false) {
            found.year = Some(year);
            return Some((found, after));
        }
        return Some((found, end));
    }
    if let Some(code) = season_code(tokens.word(at)) {
        let year = shift_year(reference?, steps)?;
        let name = format!("{year:04}-{code}");
        let settled = Settled {
            iso: Some(name.clone()),
            timex: Some(name),
            grain: Grain::Month,
            ..Settled::default()
        };
        return Some((Point::fixed(settled), at + 1));
    }
    if let Some((rule, end)) = super::table::HOLIDAYS.find(tokens, at) {
        let reference = reference?;
        let year = reference.year();
        let mut dates = [year - 1, year, year + 1]
            .into_iter()
            .filter_map(|year| super::holiday::holiday(rule, year));
        let date = match steps {
            -1 => dates.rfind(|date| *date <= reference)?,
            1 => dates.find(|date| *date > reference)?,
            _ => super::holiday::holiday(rule, year)?,
        };
        return Some((Point::date(date), end));
    }
    None
}

pub fn year_step(reference: Option<Date>, steps: i64, (month, day): (i8, i8)) -> Option<Point> {
    let mut found = Point::default();
    (found.month, found.day) = (Some(month), Some(day));
    found.year = Some(shift_year(reference?, steps)?);
    Some(found)
}
