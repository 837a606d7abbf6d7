//! Dates told by their place in another: "the first Friday of July", "20th of next month".

use jiff::civil::Date;

use super::calendar::{
    Grain, Point, Settled, monday, plus_days, plus_months, weekday as weekday_of,
};
use super::date::{Context, date, day, month, weekday};
use super::digits;
use super::holiday::nth_weekday;
use super::lexer::Tokens;
use super::numeral::{self, Form};
use super::period::quarter_of;
use super::relative::{the, year_phrase};
use super::step::{one_step, step};

/// "20th of next month", "the third week of this month", "the first friday of july".
pub fn nth_of(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let start = the(tokens, at);
    let last = tokens.word(start) == "last";
    let (nth, next) = if last {
        (-1, start + 1)
    } else if tokens.word(start) == "month" && tokens.word(start + 1) == "of" {
        let (name, end) = month(tokens, start + 2)?;
        let found = Point {
            month: Some(name),
            ..Point::default()
        };
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
        (digits::whole::<i8>(found.value)?, found.end)
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
        let found = Point {
            year: Some(year),
            month: Some(nth),
            ..Point::default()
        };
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
        let first = super::holiday::iso_week(year, if last { 52 } else { nth })?;
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
pub fn month_with_year(context: Context, at: usize) -> Option<(Point, usize)> {
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

/// "the week after next".
pub fn after_next(context: Context, at: usize) -> Option<(Point, usize)> {
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
