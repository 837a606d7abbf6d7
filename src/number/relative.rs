//! Dates told from another: yesterday, next week, two years ago, the past three months.
//!
//! Refuses to move a date without a reference: the TIMEX value says what can be said.

use jiff::civil::Date;

use super::calendar::{Grain, Point, Settled, monday, plus_days, plus_months};
use super::date::{Context, weekday};
use super::duration::{Length, length};
use super::lexer::Tokens;
use super::moved::moved;
use super::nth::{after_next, month_with_year, nth_of};
use super::numeral::{self, Form};
use super::period::owned_quarter;
use super::step::{one_step, step};
use super::year::year;

/// A year said outright or from the reference: "2016", "next year", "this year", "the year 2016".
pub fn year_phrase(context: Context, at: usize) -> Option<(i16, usize)> {
    let tokens = context.tokens;
    let start = if tokens.any(at, &["the", "year"]) {
        at + 1
    } else {
        at
    };
    let start = if start > at && tokens.word(start) == "year" {
        start + 1
    } else {
        start
    };
    if let Some(found) = year(tokens, start, true) {
        return Some(found);
    }
    let (step, next) = step(tokens, start)?;
    (tokens.word(next) == "year")
        .then(|| Some((shift_year(context.reference?, step)?, next + 1)))?
}

pub fn shift_year(reference: Date, step: i64) -> Option<i16> {
    i16::try_from(i64::from(reference.year()) + step).ok()
}

/// The relative date that begins here.
pub fn relative(context: Context, at: usize) -> Option<(Point, usize)> {
    owned_quarter(context, at)
        .or_else(|| deictic(context, at))
        .or_else(|| nth_of(context, at))
        .or_else(|| month_with_year(context, at))
        .or_else(|| after_next(context, at))
        .or_else(|| stepped(context, at))
        .or_else(|| moved(context, at))
}

pub fn the(tokens: &Tokens, at: usize) -> usize {
    if tokens.word(at) == "the" { at + 1 } else { at }
}

/// today, yesterday, the day after tomorrow, "tuesday of last week".
fn deictic(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let (offset, end, timex) = match tokens.word(at) {
        "today" => (0, at + 1, "PRESENT_REF"),
        "yesterday" => (-1, at + 1, "PAST_REF"),
        "tomorrow" => (1, at + 1, "FUTURE_REF"),
        "the" | "day" => {
            let start = the(tokens, at);
            if tokens.word(start) != "day" {
                return None;
            }
            match (tokens.word(start + 1), tokens.word(start + 2)) {
                ("before", "yesterday") => (-2, start + 3, "PAST_REF"),
                ("after", "tomorrow") => (2, start + 3, "FUTURE_REF"),
                _ => return None,
            }
        }
        _ => {
            let (name, end) = weekday(tokens, at)?;
            if tokens.word(end) != "of" {
                return None;
            }
            let (steps, next) = step(tokens, end + 1)?;
            if tokens.word(next) != "week" {
                return None;
            }
            let week = plus_days(monday(context.reference?)?, 7 * steps)?;
            return Some((Point::date(plus_days(week, i64::from(name) - 1)?), next + 1));
        }
    };
    let Some(reference) = context.reference else {
        return Some((Point::fixed(Settled::only(timex.to_owned())), end));
    };
    Some((Point::date(plus_days(reference, offset)?), end))
}

/// "this week", "next Monday", "last September", "the past three years", "5 upcoming years".
fn stepped(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let start = the(tokens, at);
    if let Some((steps, next)) = step(tokens, start) {
        if let Some((length, end)) = length(tokens, next)
            && steps != 0
            && !length.attributive
        {
            // Hours move no date; "the minister's last 30 days" need not be the ones before now.
            if length.clocklike() || start == at && tokens.any_back(at, 1, &["s"]) {
                return None;
            }
            return Some((stretch(context, steps, &length)?, end));
        }
        // "the past year" is the twelve months up to now, "last year" the calendar's.
        if (tokens.word(start) == "past" || (start > at && tokens.word(start) == "last"))
            && let Some((unit, end)) = super::measure::duration_unit(tokens, next)
            && matches!(unit.name, "year" | "month" | "week" | "decade" | "day")
        {
            let length = Length::of(1.into(), unit)?;
            return Some((stretch(context, -1, &length)?, end));
        }
        return one_step(context, steps, next);
    }
    if start > at
        && tokens.any(start, &["week", "month", "year"])
        && !tokens.hyphen(start + 1)
        && tokens.any_back(at, 1, &["of"])
        && tokens.any_back(at, 2, &["end", "start", "beginning", "middle"])
    {
        return one_step(context, 0, start);
    }
    if matches!(tokens.word(start), "weekend")
        && tokens.word(start + 1) != "s"
        && !tokens.any_back(start, 1, &["every", "each", "per", "a", "-"])
    {
        return one_step(context, 0, start);
    }
    // "the first ten days of last year"
    if tokens.word(start) == "first"
        && let Some((length, end)) = length(tokens, start + 1)
        && tokens.word(end) == "of"
        && let Some((year, end)) = year_phrase(context, end + 1)
    {
        let first = Date::new(year, 1, 1).ok()?;
        let next = length.after(first)?;
        return Some((
            Point::fixed(Settled::interval(first, next, Grain::Day)),
            end,
        ));
    }
    // "the 3 next weeks"
    let found = numeral::numeral(tokens, start).filter(|found| found.form == Form::Cardinal)?;
    let (steps, next) = step(tokens, found.end).filter(|(steps, _)| *steps != 0)?;
    let unit = super::measure::duration_unit(tokens, next)?;
    let length = Length::of(found.value, unit.0)?;
    // "promised one last month" is one, and last month.
    if found.value == rust_decimal::Decimal::ONE || !tokens.word(next).ends_with('s') {
        return None;
    }
    if tokens.word(found.end) == "previous" || steps != 0 {
        // "the 50 previous years' worth" is a duration.
        if tokens.any(unit.1, &["worth"]) {
            return None;
        }
    }
    Some((stretch(context, steps, &length)?, unit.1))
}

/// The stretch of a length before or after the reference.
pub fn stretch(context: Context, steps: i64, length: &Length) -> Option<Point> {
    let Some(reference) = context.reference else {
        return Some(Point::fixed(Settled::only(length.timex())));
    };
    let grain = length.grain();
    if length.decades() {
        let first = Date::new(reference.year() / 10 * 10, 1, 1).ok()?;
        let (first, next) = if steps < 0 {
            let decade = first;
            (length.before(decade)?, decade)
        } else {
            let decade = plus_months(first, 120)?;
            (decade, length.after(decade)?)
        };
        return Some(Point::fixed(Settled::interval(first, next, Grain::Year)));
    }
    let mut settled = if steps < 0 {
        Settled::interval(length.before(reference)?, reference, grain)
    } else {
        let first = plus_days(reference, 1)?;
        Settled::interval(first, length.after(first)?, grain)
    };
    settled.timex = Some(length.timex());
    Some(Point::fixed(settled))
}
