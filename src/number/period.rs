//! Quarters, halves, weeks, seasons and feasts: Q3 2016, Week 31, summer of 2014, Easter.

use jiff::civil::Date;

use super::calendar::{Grain, Point, Settled, near, plus_days, plus_months, week_name, weekday};
use super::date::{Context, comma, number, of};
use super::digits;
use super::holiday::{holiday, holiday_timex, iso_week};
use super::lexer::Kind;
use super::numeral::{self, Form};
use super::table::{HOLIDAYS, SPORT};

/// Q3 2016, 2016 Q3, H1, "third quarter of 2020", "first half of this year".
pub fn quarter(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let (index, months, next) = match tokens.word(at) {
        letter @ ("q" | "h") if tokens.glued(at + 1) && tokens.raw(at + 1).len() == 1 => {
            let index = number(tokens, at + 1, 1..=1)?;
            // "the H1N1 virus"
            if tokens.glued(at + 2) && tokens.is(at + 2, Kind::Word) {
                return None;
            }
            (index, if letter == "q" { 3 } else { 6 }, at + 2)
        }
        _ => {
            let found = numeral::numeral(tokens, at).filter(|found| found.form == Form::Ordinal)?;
            let name = tokens.skip_hyphen(found.end);
            let months = match tokens.word(name) {
                "quarter" | "qtr" => 3,
                "half" => 6,
                _ => return None,
            };
            let index: i16 = digits::whole(found.value)?;
            let end = name + 1;
            let linked = super::relative::year_phrase(context, of(tokens, end)).is_some();
            // A quarter alone is of the year, unless a match is told.
            let lone = months == 3
                && !tokens.hyphen(end)
                && !(1..=4).any(|step| {
                    SPORT.contains(tokens.back(at, step))
                        || SPORT.contains(tokens.word(end + step - 1))
                });
            if !linked && !lone {
                return None;
            }
            (index, months, end)
        }
    };
    if !(1..=12 / months).contains(&index) {
        return None;
    }
    let link = tokens.skip_hyphen(of(tokens, next));
    let (year, end) = match super::relative::year_phrase(context, link) {
        Some((year, end)) => (Some(year), end),
        None => (None, next),
    };
    Some((Point::fixed(quarter_of(context, year, index, months)?), end))
}

/// "next year's first quarter", "2016's third quarter".
pub fn owned_quarter(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    if !(1..=4).any(|step| matches!(tokens.word(at + step), "'" | "’")) {
        return None;
    }
    let (year, owner) = super::relative::year_phrase(context, at)?;
    if !matches!(tokens.word(owner), "'" | "’") || tokens.word(owner + 1) != "s" {
        return None;
    }
    let found = numeral::numeral(tokens, owner + 2).filter(|n| n.form == Form::Ordinal)?;
    let months = match tokens.word(found.end) {
        "quarter" => 3,
        "half" => 6,
        _ => return None,
    };
    let index: i16 = digits::whole(found.value)?;
    let fits = (1..=12 / months).contains(&index);
    let settled = quarter_of(context, Some(year), index, months).filter(|_| fits)?;
    Some((Point::fixed(settled), found.end + 1))
}

/// The `index`th stretch of `months` months of a year, or of the nearest past one.
pub fn quarter_of(context: Context, year: Option<i16>, index: i16, months: i16) -> Option<Settled> {
    let month = i8::try_from((index - 1) * months + 1).ok()?;
    let first = |year: i16| Date::new(year, month, 1).ok();
    match year {
        Some(year) => {
            let first = first(year)?;
            Some(Settled::interval(
                first,
                plus_months(first, months.into())?,
                Grain::Month,
            ))
        }
        None => {
            let found = near(context.reference, "XXXX".to_owned(), first);
            let date = found.first?;
            let next = plus_months(date, months.into())?;
            let mut settled = Settled::interval(date, next, Grain::Month);
            settled.timex = None;
            Some(settled)
        }
    }
}

/// Week 31.
pub fn week(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    if tokens.word(at) != "week" {
        return None;
    }
    let index = number(tokens, at + 1, 1..=2)?;
    let year = context.reference?.year();
    let first = iso_week(year, i8::try_from(index).ok()?)?;
    Some((Point::fixed(Settled::week(first)?), at + 2))
}

/// Christmas Eve, Easter 2018.
pub fn feast(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let (rule, end) = HOLIDAYS.find(tokens, at)?;
    if let Ok(date) = rule.parse::<Date>() {
        return Some((Point::date(date), end));
    }
    let linked = super::relative::year_phrase(context, of(tokens, comma(tokens, end)));
    let settled = match linked {
        Some((year, after)) => {
            let date = holiday(rule, year)?;
            if tokens.word(after) == "weekend" {
                return Some((Point::fixed(long_weekend(date)?), after + 1));
            }
            let mut settled = Settled::day(date);
            settled.timex = None;
            return Some((Point::fixed(settled), after));
        }
        None => near(context.reference, holiday_timex(rule), |year| {
            holiday(rule, year)
        }),
    };
    if tokens.word(end) == "weekend"
        && let Some(date) = settled.first
    {
        return Some((Point::fixed(long_weekend(date)?), end + 1));
    }
    Some((Point::fixed(settled), end))
}

/// summer of 2014, this winter (see `relative`), "spring 2015".
pub fn season(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    let code = season_code(tokens.word(at))?;
    let (year, end) = super::relative::year_phrase(context, of(tokens, at + 1))?;
    let name = format!("{year:04}-{code}");
    let settled = Settled {
        iso: Some(name.clone()),
        timex: Some(name),
        grain: Grain::Month,
        ..Settled::default()
    };
    Some((Point::fixed(settled), end))
}

/// The TIMEX code of a season.
pub fn season_code(word: &str) -> Option<&'static str> {
    Some(match word {
        "spring" => "SP",
        "summer" => "SU",
        "autumn" | "fall" => "FA",
        "winter" => "WI",
        _ => return None,
    })
}

/// The days off around a holiday: with the weekend that it touches, else that of its week.
fn long_weekend(date: Date) -> Option<Settled> {
    let (first, days) = match weekday(date) {
        1 => (plus_days(date, -2)?, 3),
        day @ 4..=6 => (date, 8 - i64::from(day)),
        _ => return Settled::weekend(date),
    };
    let mut settled = Settled::interval(first, plus_days(first, days)?, Grain::Day);
    settled.timex = Some(format!("{}-WE", week_name(first)));
    Some(settled)
}
