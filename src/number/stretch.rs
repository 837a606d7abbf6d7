//! From one date to another: "4 to 22 January, 1995", "from May to Oct 2020", "Jan-Feb 2017".
//!
//! Each side is filled in from the other; the later one is the first on or after the earlier.

use jiff::civil::Date;

use super::calendar::{Grain, Point, Settled, days_between, plus_days, triple};
use super::date::{Context, date, day, month};
use super::hours::clock_range;
use super::lexer::Tokens;
use super::moment::Stamp;
use super::nth::slashed;
use super::relative::relative;
use super::when::When;
use super::{Modifier, NumberKind};

pub fn range_sign(tokens: &Tokens, at: usize, before: usize) -> Option<usize> {
    let and = tokens.any_back(before, 1, &["between"]) || tokens.any_back(before, 2, &["between"]);
    match tokens.word(at) {
        "to" | "till" | "through" => Some(at + 1),
        "until" => Some(at + 1),
        "-" | "–" | "—" => Some(at + 1),
        "and" if and => Some(at + 1),
        _ => None,
    }
}

/// The interval between two moments, each filled in from the other.
pub fn range(context: Context, from: &Stamp, to: &Stamp) -> Option<When> {
    if from.clock.is_some() || to.clock.is_some() {
        return clock_range(context, from, to);
    }
    if from.part.is_some() || to.part.is_some() {
        return None;
    }
    let (mut a, mut b) = (from.point.clone()?, to.point.clone()?);
    let both_open = a.open() && b.open();
    if b.month.is_none() && b.open() && b.weekday.is_none() {
        b.month = a.month;
        b.year = b.year.or(a.year);
    }
    if a.open() && a.month.is_none() && a.day.is_some() && a.weekday.is_none() {
        a.month = b.month;
    }
    if let (true, Some(year)) = (a.open() && a.month.is_some(), b.year) {
        a.year = Some(if a.month > b.month { year - 1 } else { year });
    }
    let start = a.settle(context.reference)?;
    let (Some(mut first), _) = (start.first, 0) else {
        return None;
    };
    let stop = if b.open() || b.weekday.is_some() && b.day.is_none() {
        first_after(&b, first)?
    } else {
        b.settle(context.reference)?
    };
    let mut last = stop.first?;
    let mut grain = a.grain().min(b.grain());
    if to.present || b.grain() == Grain::Day || a.grain() == Grain::Day {
        grain = Grain::Day;
    }
    match a.edge {
        Some(Modifier::End) => first = start.next?,
        Some(Modifier::Mid) => first = middle(first, start.next?)?,
        _ => {}
    }
    match b.edge {
        Some(Modifier::End) => last = stop.next?,
        Some(Modifier::Mid) => last = middle(last, stop.next?)?,
        _ => {}
    }
    if last <= first {
        return None;
    }
    if a.edge.is_some() || b.edge.is_some() {
        grain = grain.max(Grain::Month);
    }
    let years = a.grain() == Grain::Year
        && b.grain() == Grain::Year
        && a.edge.is_none()
        && b.edge.is_none();
    let iso = if years && a.fixed.is_none() && b.fixed.is_none() {
        format!("{:04}/{:04}", first.year(), last.year())
    } else {
        format!("{first}/{last}")
    };
    let alt = both_open.then(|| {
        let next = |date: Date| super::calendar::plus_months(date, 12);
        Some(format!("{}/{}", next(first)?, next(last)?))
    });
    Some(When {
        first: 0,
        end: 0,
        kind: NumberKind::Date,
        date: Some(iso),
        timex: Some(triple(first, last, grain)),
        alt: alt.flatten(),
        side: None,
    })
}

pub fn middle(first: Date, next: Date) -> Option<Date> {
    plus_days(first, days_between(first, next) / 2)
}

/// The first reading of an open date on or after another.
pub fn first_after(point: &Point, from: Date) -> Option<Settled> {
    if let (None, Some(name)) = (point.day, point.weekday) {
        let ahead = (7 + i64::from(name) - i64::from(super::calendar::weekday(from))) % 7;
        return Some(Settled::day(plus_days(from, ahead)?));
    }
    (0..9).find_map(|years| {
        let mut point = point.clone();
        point.year = Some(from.year() + years);
        point.weekday = None;
        point
            .settle(None)
            .filter(|found| found.first.is_some_and(|first| first >= from))
    })
}

/// "4 to 22 January, 1995", "between 4 and 22 this month", "02 to April 07", "Nov between 19 and 20",
/// "10/25 to 01/25".
pub fn days_of_month(context: Context, at: usize) -> Option<When> {
    let tokens = context.tokens;
    let open = |number: i8| Stamp {
        point: Some(Point {
            day: Some(number),
            ..Point::default()
        }),
        ..Stamp::default()
    };
    let slashes = |(month, day): (i8, i8)| Stamp {
        point: Some(Point {
            day: Some(day),
            month: Some(month),
            ..Point::default()
        }),
        ..Stamp::default()
    };
    let build = |from: &Stamp, to: &Stamp, end: usize| {
        range(context, from, to).map(|found| When {
            first: at,
            end,
            ..found
        })
    };
    if let Some((from, next)) = slashed(tokens, at) {
        let next = range_sign(tokens, next, at)?;
        let (to, end) = slashed(tokens, next)?;
        return build(&slashes(from), &slashes(to), end);
    }
    if let Some((name, next)) = month(tokens, at)
        && tokens.word(next) == "between"
    {
        let (a, next, _) = day(tokens, next + 1)?;
        let (b, end, _) = (tokens.word(next) == "and").then(|| day(tokens, next + 1))??;
        return build(&slashes((name, a)), &slashes((name, b)), end);
    }
    let start = if tokens.word(at) == "the" { at + 1 } else { at };
    let (a, next, _) = day(tokens, start)?;
    let next = range_sign(tokens, next, start)?;
    let next = if tokens.word(next) == "the" {
        next + 1
    } else {
        next
    };
    if let Some((point, end)) = date(context, next)
        && point.day.is_some()
        && point.month.is_some()
        && point.weekday.is_none()
    {
        let to = Stamp {
            point: Some(point),
            ..Stamp::default()
        };
        return build(&open(a), &to, end);
    }
    let (b, after, _) = day(tokens, next)?;
    let link = if tokens.any(after, &["of"]) {
        after + 1
    } else {
        after
    };
    let (step_at, word) = (link, tokens.word(link));
    if !matches!(word, "this" | "next" | "last") || tokens.word(step_at + 1) != "month" {
        return None;
    }
    let (point, end) = relative(context, link)?;
    let stamp = |number: i8| Stamp {
        point: Some(Point {
            day: Some(number),
            ..point.clone()
        }),
        ..Stamp::default()
    };
    build(&stamp(a), &stamp(b), end)
}
