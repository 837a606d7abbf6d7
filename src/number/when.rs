//! Whole time expressions: a date with its time of day, a range of either, a recurrence.
//!
//! Refuses to join what a sentence only happens to put side by side: between two parts stands
//! nothing but the connectives below.

use super::Modifier;
use super::NumberKind;
use super::calendar::{Grain, Point};
use super::coming::ahead;
use super::date::{Context, day};
use super::hours::{clocks, clocks_on};
use super::lexer::{Kind, Tokens};
use super::moment::{Stamp, stamp};
use super::recurrence::recurrence;
use super::stretch::{days_of_month, range, range_sign};

/// A time expression over tokens `[first, end)`.
#[derive(Clone, Debug)]
pub struct When {
    pub first: usize,
    pub end: usize,
    pub kind: NumberKind,
    pub date: Option<String>,
    pub timex: Option<String>,
    pub alt: Option<String>,
    /// A side said on the way ("Thursday before 5pm"), and its tokens.
    pub side: Option<(Modifier, usize, usize)>,
}

/// The time expression that begins here.
pub fn when(context: Context, at: usize) -> Option<When> {
    if in_a_row(context.tokens, at) {
        return None;
    }
    present(context, at)
        .or_else(|| recurrence(context, at))
        .or_else(|| days_of_month(context, at))
        .or_else(|| clocks(context, at))
        .or_else(|| moments(context, at))
        .map(|found| ahead(context, found))
}

/// True for a number of a table: another follows it, and it is no year and no group of "10 000".
fn in_a_row(tokens: &Tokens, at: usize) -> bool {
    tokens.is(at, Kind::Digits)
        && tokens.is(at + 1, Kind::Digits)
        && !tokens.glued(at)
        && !tokens.glued(at + 1)
        && (tokens.raw(at).len() != 4 && tokens.raw(at + 1).len() != 3
            || matches!(tokens.raw(at), "1800" | "1300") && tokens.is(at + 2, Kind::Digits))
}

/// "at present", "right now": the reference itself.
fn present(context: Context, at: usize) -> Option<When> {
    let ((), end) = super::table::PRESENT.find(context.tokens, at)?;
    Some(When {
        first: at,
        end,
        kind: NumberKind::Time,
        date: context.reference.map(|date| date.to_string()),
        timex: Some("PRESENT_REF".to_owned()),
        alt: None,
        side: None,
    })
}

/// One moment, or a range of two.
fn moments(context: Context, at: usize) -> Option<When> {
    let tokens = context.tokens;
    let (first_at, edge) = edge(tokens, at);
    let (mut start, end) = stamp(context, first_at)?;
    if let Some(point) = &mut start.point {
        point.edge = edge;
    } else if edge.is_some() {
        return None;
    }
    if let Some(next) = range_sign(tokens, end, at) {
        let (next, edge) = self::edge(tokens, next);
        let found = stamp(context, next).or_else(|| {
            // "april 9th through 17th"
            let inner = if tokens.word(next) == "the" {
                next + 1
            } else {
                next
            };
            let (number, end, ordinal) = day(tokens, inner)?;
            let fits = start
                .point
                .as_ref()
                .is_some_and(|p| p.day.is_some() && p.month.is_some() && p.year.is_none());
            (fits
                && (ordinal || tokens.is(inner, Kind::Digits))
                && (!super::phrase::lower_word(tokens, end)
                    || super::table::NOUN_STOPS.contains(tokens.word(end))))
            .then(|| {
                let point = Point {
                    day: Some(number),
                    ..Point::default()
                };
                (
                    Stamp {
                        point: Some(point),
                        ..Stamp::default()
                    },
                    end,
                )
            })
        });
        if let Some((mut stop, end)) = found {
            if let Some(point) = &mut stop.point {
                point.edge = edge;
            }
            let joined = tokens.glued(next.saturating_sub(1))
                || tokens.any(
                    next.saturating_sub(1),
                    &["to", "and", "till", "until", "through"],
                )
                || !tokens.word(next.saturating_sub(1)).is_empty();
            if joined && let Some(range) = range(context, &start, &stop) {
                return Some(When {
                    first: at,
                    end,
                    ..range
                });
            }
        }
    }
    // "2012-13", "1986/87"
    if let Some(point) = &start.point
        && let (Some(year), None, None, None) = (point.year, point.month, point.day, &point.fixed)
        && (tokens.hyphen(end)
            || tokens.word(end) == "/" && tokens.glued(end) && tokens.glued(end + 1))
        && tokens.is(end + 1, Kind::Digits)
        && tokens.raw(end + 1).len() == 2
        && let Ok(short) = tokens.raw(end + 1).parse::<i16>()
        && short > year % 100
        && super::measure::unit_word(tokens, end + 2).is_none()
    {
        let iso = format!("{year:04}/{:04}", year / 100 * 100 + short);
        return Some(When {
            first: at,
            end: end + 2,
            kind: NumberKind::Date,
            date: Some(iso),
            timex: None,
            alt: None,
            side: None,
        });
    }
    if start.present {
        return None;
    }
    // "Tuesday from 2:00 to 2:30 pm"
    if start.clock.is_none()
        && tokens.any(end, &["from", "between"])
        && let Some(found) = clocks_on(context, end + 1, Some(&start))
    {
        return Some(When { first: at, ..found });
    }
    if edge.is_some() {
        // "the end of 2008" is 2008 with a modifier, which is found outside.
        return None;
    }
    single(context, &start).map(|found| When {
        first: at,
        end,
        ..found
    })
}

/// "the end of", "the middle of" inside a range.
fn edge(tokens: &Tokens, at: usize) -> (usize, Option<Modifier>) {
    let start = if tokens.word(at) == "the" { at + 1 } else { at };
    let edge = match tokens.word(start) {
        "end" => Modifier::End,
        "middle" => Modifier::Mid,
        "beginning" | "start" => Modifier::Start,
        _ => return (at, None),
    };
    if tokens.word(start + 1) == "of" {
        (start + 2, Some(edge))
    } else {
        (at, None)
    }
}

/// The day that a moment is on, as TIMEX and ISO.
fn single(context: Context, stamp: &Stamp) -> Option<When> {
    let mut found = When {
        first: 0,
        end: 0,
        kind: NumberKind::Time,
        date: None,
        timex: None,
        alt: None,
        side: stamp
            .side
            .or(stamp.point.as_ref().and_then(|point| point.side)),
    };
    let Some(point) = &stamp.point else {
        let clock = stamp.clock?;
        found.timex = Some(clock.iso());
        return Some(found);
    };
    let settled = point.settle(context.reference)?;
    let (iso, timex) = match (stamp.clock, stamp.part) {
        (Some(clock), _) => (clock.iso(), clock.timex()),
        (None, Some(part)) => (part.to_owned(), part.to_owned()),
        (None, None) => {
            found.kind = NumberKind::Date;
            found.date = settled.iso;
            found.timex = settled.timex;
            found.alt = settled.alt;
            return Some(found);
        }
    };
    if point.grain() != Grain::Day {
        return None;
    }
    found.date = settled.iso.map(|day| format!("{day}{iso}"));
    found.timex = settled.timex.map(|day| format!("{day}{timex}"));
    found.alt = settled.alt.map(|day| format!("{day}{iso}"));
    Some(found)
}
