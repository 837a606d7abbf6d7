//! Dates told from another: yesterday, next week, two years ago, the past three months.
//!
//! Refuses to move a date without a reference: the TIMEX value says what can be said.

use jiff::civil::Date;

use super::calendar::{
    Grain, Point, Settled, monday, nth_weekday, plus_days, plus_months, weekday as weekday_of,
};
use super::date::{Context, date, day, month, quarter_of, season_code, weekday, year};
use super::digits;
use super::duration::{Length, length};
use super::lexer::Tokens;
use super::numeral::{self, Form};

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

fn shift_year(reference: Date, step: i64) -> Option<i16> {
    i16::try_from(i64::from(reference.year()) + step).ok()
}

/// this 0, next 1, last -1, and the index after.
fn step(tokens: &Tokens, at: usize) -> Option<(i64, usize)> {
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
        "last"
            if tokens.any_back(
                at,
                1,
                &[
                    "will", "would", "can", "could", "may", "might", "should", "to", "not", "must",
                ],
            ) =>
        {
            return None;
        }
        "last" | "past" | "previous" | "preceding" => -1,
        _ => return None,
    };
    Some((here, at + 1))
}

/// The relative date that begins here.
pub fn relative(context: Context, at: usize) -> Option<(Point, usize)> {
    deictic(context, at)
        .or_else(|| nth_of(context, at))
        .or_else(|| month_with_year(context, at))
        .or_else(|| after_next(context, at))
        .or_else(|| stepped(context, at))
        .or_else(|| moved(context, at))
}

fn the(tokens: &Tokens, at: usize) -> usize {
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

/// "20th of next month", "the third week of this month", "the first friday of july".
fn nth_of(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let start = the(tokens, at);
    let last = tokens.word(start) == "last";
    let (nth, next) = if last {
        (-1, start + 1)
    } else if tokens.word(start) == "month" && tokens.word(start + 1) == "of" {
        let (name, end) = month(tokens, start + 2)?;
        let mut found = Point::default();
        found.month = Some(name);
        return Some((found, end));
    } else if tokens.word(start) == "week" && tokens.word(start + 1) == "of" {
        let (found, end) = date(context, start + 2).filter(|(found, _)| found.day.is_some())?;
        let settled = found.settle(context.reference)?;
        let first = settled.first?;
        let mut week = Settled::interval(first, plus_days(first, 7)?, Grain::Week);
        week.timex = settled.timex;
        return Some((Point::fixed(week), end));
    } else {
        let found = numeral::numeral(tokens, start)?;
        if found.form != Form::Ordinal {
            return None;
        }
        (digits::plain(found.value).parse::<i8>().ok()?, found.end)
    };
    // The 20th of next month; the 15th day of the month.
    let next = if tokens.word(next) == "day" && !last {
        next + 1
    } else {
        next
    };
    if !last && tokens.any(next, &["of", "in"]) {
        let inner = the(tokens, next + 1);
        let (steps, after) = step(tokens, inner).unwrap_or((0, inner));
        if tokens.word(after) == "month" && (after > inner || inner > next + 1) {
            let first = plus_months(context.reference?.first_of_month(), steps)?;
            let date = Date::new(first.year(), first.month(), nth).ok()?;
            return Some((Point::date(date), after + 1));
        }
    }
    let what = tokens.word(next);
    let link = if tokens.any(next + 1, &["of", "in"]) {
        next + 2
    } else {
        next + 1
    };
    let link = the(tokens, link);
    if what == "month" && !last {
        let (year, end) = year_phrase(context, link)?;
        let mut found = Point::default();
        found.year = Some(year);
        found.month = Some(nth);
        return Some((found, end));
    }
    if what == "quarter" {
        let (year, end) = year_phrase(context, link)?;
        return Some((
            Point::fixed(quarter_of(context, Some(year), nth.into(), 3)?),
            end,
        ));
    }
    let weekday_name = weekday(tokens, next).map(|(name, _)| name);
    if what != "week" && weekday_name.is_none() {
        return None;
    }
    if what == "week"
        && let Some((year, end)) = year_phrase(context, link)
    {
        let first = super::calendar::iso_week(year, if last { 52 } else { nth })?;
        return Some((Point::fixed(Settled::week(first)?), end));
    }
    // The month that it is of.
    let (year, name, end, open) = if let Some((steps, after)) = step(tokens, link)
        && tokens.word(after) == "month"
    {
        let first = plus_months(context.reference?.first_of_month(), steps)?;
        (first.year(), first.month(), after + 1, false)
    } else {
        let (name, end) = month(tokens, link)?;
        match year_phrase(
            context,
            if tokens.any(end, &["of", ","]) {
                end + 1
            } else {
                end
            },
        ) {
            Some((year, end)) => (year, name, end, false),
            None => {
                let reference = context.reference?;
                let year = if name <= reference.month() {
                    reference.year()
                } else {
                    reference.year() - 1
                };
                (year, name, end, true)
            }
        }
    };
    if let Some(weekday_name) = weekday_name {
        let date = nth_weekday(year, name, weekday_name, nth)?;
        let mut settled = Settled::day(date);
        let which = if last { 5 } else { nth };
        settled.timex = Some(format!("XXXX-{name:02}-WXX-{weekday_name}-#{which}"));
        if open {
            settled.alt = nth_weekday(year + 1, name, weekday_name, nth).map(|d| d.to_string());
        }
        return Some((Point::fixed(settled), end));
    }
    // The weeks of a month begin with its first Monday that has most of its days in it.
    let first = Date::new(year, name, 1).ok()?;
    let mut week = monday(first)?;
    if weekday_of(first) > 4 {
        week = plus_days(week, 7)?;
    }
    week = if last {
        let end = monday(first.last_of_month())?;
        if weekday_of(first.last_of_month()) < 4 {
            plus_days(end, -7)?
        } else {
            end
        }
    } else {
        plus_days(week, 7 * (i64::from(nth) - 1))?
    };
    let mut settled = Settled::interval(week, plus_days(week, 7)?, Grain::Week);
    let year = if open {
        "XXXX".to_owned()
    } else {
        format!("{year:04}")
    };
    settled.timex = Some(format!(
        "{year}-{name:02}-W{:02}",
        if last { 5 } else { nth }
    ));
    Some((Point::fixed(settled), end))
}

/// "june next year", "april of last year".
fn month_with_year(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let (name, end) = month(tokens, at)?;
    let (number, end) = match day(tokens, end) {
        Some((number, end, _)) => (Some(number), end),
        None => (None, end),
    };
    let link = if tokens.any(end, &["of", "in"]) {
        end + 1
    } else {
        end
    };
    step(tokens, link)?;
    let (year, end) = year_phrase(context, link)?;
    let mut found = Point::default();
    (found.year, found.month, found.day) = (Some(year), Some(name), number);
    Some((found, end))
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
            return Some((stretch(context, steps, &length)?, end));
        }
        // "the past year" is the twelve months up to now, "last year" the calendar's.
        if tokens.word(start) == "past"
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
    if found.value > rust_decimal::Decimal::ONE && !tokens.word(next).ends_with('s') {
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
fn stretch(context: Context, steps: i64, length: &Length) -> Option<Point> {
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

/// A step of one: "next week", "last Monday", "this summer".
fn one_step(context: Context, steps: i64, at: usize) -> Option<(Point, usize)> {
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
        "weekend" => {
            let steps = if steps < 0 && weekday_of(reference?) >= 6 {
                steps
            } else {
                steps
            };
            Point::fixed(Settled::weekend(plus_days(reference?, 7 * steps)?)?)
        }
        "month" => {
            let first = plus_months(reference?.first_of_month(), steps)?;
            let mut found = Point::default();
            (found.year, found.month) = (Some(first.year()), Some(first.month()));
            found
        }
        "year" => {
            let mut found = Point::default();
            found.year = Some(shift_year(reference?, steps)?);
            found
        }
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
fn named_step(context: Context, steps: i64, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let reference = context.reference;
    if let Some((name, end)) = weekday(tokens, at) {
        if let Some((number, after)) = slashed(tokens, end) {
            return Some((year_step(reference, 0, number)?, after));
        }
        let Some(reference) = reference else {
            let mut found = Point::default();
            found.weekday = Some(name);
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
        if let Some((year, after)) = super::date::year(tokens, end, false) {
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
            .filter_map(|year| super::calendar::holiday(rule, year));
        let date = match steps {
            -1 => dates.filter(|date| *date <= reference).last()?,
            1 => dates.find(|date| *date > reference)?,
            _ => super::calendar::holiday(rule, year)?,
        };
        return Some((Point::date(date), end));
    }
    None
}

/// 5/12 as month and day.
pub fn slashed(tokens: &Tokens, at: usize) -> Option<((i8, i8), usize)> {
    let slash = tokens.word(at + 1) == "/" && tokens.glued(at + 1) && tokens.glued(at + 2);
    if !slash || tokens.word(at + 3) == "/" {
        return None;
    }
    let (a, end, _) = day(tokens, at)?;
    let (b, _, _) = day(tokens, at + 2)?;
    if end != at + 1 {
        return None;
    }
    let pair = if a <= 12 { (a, b) } else { (b, a) };
    Date::new(2000, pair.0, pair.1).ok()?;
    Some((pair, at + 3))
}

fn year_step(reference: Option<Date>, steps: i64, (month, day): (i8, i8)) -> Option<Point> {
    let mut found = Point::default();
    (found.month, found.day) = (Some(month), Some(day));
    found.year = Some(shift_year(reference?, steps)?);
    Some(found)
}

/// "two years ago", "in two weeks", "three days after Christmas", "two days before yesterday".
fn moved(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let within = tokens.word(at) == "in";
    let start = if within { at + 1 } else { at };
    let (length, end) = length(tokens, start)?;
    if length.attributive || length.clocklike() && !tokens.any(end, &["ago"]) {
        return None;
    }
    let shift = |from: Date, forward: bool| {
        if forward {
            length.after(from)
        } else {
            length.before(from)
        }
    };
    let now = |forward: bool, end: usize| -> Option<(Point, usize)> {
        let Some(reference) = context.reference else {
            let sign = if forward { "" } else { "-" };
            return Some((
                Point::fixed(Settled::only(format!("{sign}{}", length.timex()))),
                end,
            ));
        };
        let mut date = shift(reference, forward)?;
        let mut end = end;
        // "... on Tuesday" settles the day within its week.
        let link = if tokens.any(end, &["on", ","]) {
            end + 1
        } else {
            end
        };
        if link > end
            && tokens.word(end) == "on"
            && let Some((name, after)) = weekday(tokens, link)
        {
            let ahead = (7 + i64::from(name) - i64::from(weekday_of(date))) % 7;
            date = plus_days(date, ahead)?;
            end = after;
        }
        Some((Point::date(date), end))
    };
    match tokens.word(end) {
        "ago" => return now(false, end + 1),
        "later" if !within => {
            return now(true, end + 1)
                .filter(|_| tokens.word(end + 1) != "than" && future_later(tokens, end + 1));
        }
        "in" if tokens.word(end + 1) == "the" && tokens.word(end + 2) == "future" => {
            return Some((stretch(context, 1, &length)?, end + 3));
        }
        _ => {}
    }
    let forward = match tokens.word(end) {
        // "for 12 months from April" is a length.
        _ if tokens.any_back(at, 1, &["for"]) => return None,
        "from" | "after" | "since" | "following" => true,
        "before" | "prior" => false,
        _ if within && free(tokens, at, end) => return now(true, end),
        _ => return None,
    };
    let anchor = if tokens.word(end) == "prior" {
        end + 2
    } else {
        end + 1
    };
    if tokens.any(anchor, &["now"]) && tokens.word(end) == "from" {
        return now(forward, anchor + 1);
    }
    let anchor = if within { the(tokens, anchor) } else { anchor };
    let anchor = if within && tokens.word(anchor) == "year" {
        anchor + 1
    } else {
        anchor
    };
    let (from, after) = relative(context, anchor)
        .filter(|_| {
            tokens.any(
                anchor,
                &[
                    "today",
                    "yesterday",
                    "tomorrow",
                    "next",
                    "last",
                    "the",
                    "this",
                ],
            )
        })
        .or_else(|| date(context, anchor))?;
    let settled = from.settle(context.reference)?;
    let first = settled.first?;
    // Months and years are counted from where the other reading would put a day to come.
    let first = if forward
        && settled.alt.is_some()
        && tokens.word(end) == "after"
        && !tokens.any(anchor, &["next", "last", "this", "the"])
    {
        settled
            .alt
            .as_deref()
            .and_then(|alt| alt.parse().ok())
            .unwrap_or(first)
    } else {
        first
    };
    let mut date = shift(first, forward)?;
    // "within two weeks from today" is the stretch between; "more than" moves the side.
    match super::table::HEDGE_BEFORE
        .find(tokens, at)
        .map(|found| found.0)
    {
        Some(super::Modifier::LessThan | super::Modifier::AtMost)
            if !tokens.any(anchor, &["the"]) =>
        {
            let (first, next) = if forward {
                (context.reference.unwrap_or(first).min(first), date)
            } else {
                (date, first)
            };
            return Some((
                Point::fixed(Settled::interval(first, next, length.grain())),
                after,
            ));
        }
        Some(super::Modifier::MoreThan) => {
            let mut point = Point::date(date);
            point.side = Some(if forward {
                super::Modifier::After
            } else {
                super::Modifier::Before
            });
            return Some((point, after));
        }
        _ => {}
    }
    let mut after = after;
    if tokens.word(after) == "on"
        && let Some((name, end)) = weekday(tokens, after + 1)
    {
        let ahead = (7 + i64::from(name) - i64::from(weekday_of(date))) % 7;
        date = plus_days(date, ahead)?;
        after = end;
    }
    Some((Point::date(date), after))
}

/// In a story told in the past "two days later" has its own anchor; alone at a clause's end it has not.
fn future_later(tokens: &Tokens, at: usize) -> bool {
    at >= tokens.len() || !tokens.is(at, super::lexer::Kind::Word) && !tokens.any(at, &[","])
}

/// "in two weeks" is a date only where nothing says that it is a length ("the first time in two weeks").
fn free(tokens: &Tokens, at: usize, end: usize) -> bool {
    let ends = end >= tokens.len()
        || matches!(
            tokens.word(end),
            "." | "," | ";" | "?" | "!" | "on" | "'" | "’"
        );
    let superlative = (1..=6).any(|back| {
        let word = tokens.back(at, back);
        word.ends_with("est") && word.len() > 4
            || matches!(
                word,
                "first" | "most" | "time" | "times" | "worst" | "only" | "least"
            )
    });
    ends && !superlative
}

/// "the week after next".
fn after_next(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let start = the(tokens, at);
    if tokens.word(start + 1) != "after" {
        return None;
    }
    let next = the(tokens, start + 2);
    if tokens.word(next) != "next"
        || !matches!(tokens.word(start), "week" | "weekend" | "month" | "year")
    {
        return None;
    }
    let (found, _) = one_step(context, 2, start)?;
    Some((found, next + 1))
}
