//! One moment: a date, a time of day and a part of the day, in any order.
//!
//! Refuses other connectives than the ones below, and a part of the day alone.

use super::Modifier;
use super::calendar::{Grain, Point};
use super::clock::{Clock, clock, part};
use super::date::{Context, date, day};
use super::day_part::{part_after, part_phrase};
use super::lexer::{Kind, Tokens};
use super::relative::relative;

/// One moment: a date, a time of day, or both.
#[derive(Clone, Debug, Default)]
pub struct Stamp {
    pub point: Option<Point>,
    pub clock: Option<Clock>,
    pub part: Option<&'static str>,
    pub side: Option<(Modifier, usize, usize)>,
    /// True for "now".
    pub present: bool,
}

/// A date, or a relative one, whichever reads further.
pub fn any_date(context: Context, at: usize) -> Option<(Point, usize)> {
    let tokens = context.tokens;
    if tokens.any(at, &["the"]) {
        if let Some(found) = relative(context, at) {
            return Some(found);
        }
        let inner = at + 1;
        if tokens.word(inner) == "year" {
            let (year, end) = super::year::year(tokens, inner + 1, true)?;
            return Some((
                Point {
                    year: Some(year),
                    ..Point::default()
                },
                end,
            ));
        }
        // The article belongs to a decade or a quarter, not to a year or a day.
        if let Some(found) = date(context, inner) {
            return found.0.fixed.is_some().then_some(found);
        }
        let (number, end, ordinal) = day(tokens, inner)?;
        let followed = super::phrase::lower_word(tokens, end)
            && !super::table::NOUN_STOPS.contains(tokens.word(end));
        let cued = tokens.any_back(
            at,
            1,
            &[
                "on", "for", "until", "by", "since", "before", "after", "from",
            ],
        );
        return (ordinal && cued && !followed && !tokens.capital(end)).then(|| {
            (
                Point {
                    day: Some(number),
                    ..Point::default()
                },
                end,
            )
        });
    }
    if tokens.word(at) == "year"
        && let Some((year, end)) = super::year::year(tokens, at + 1, true).or_else(|| {
            let value: i16 = tokens.raw(at + 1).parse().ok()?;
            (tokens.is(at + 1, Kind::Digits) && value > 99).then_some((value, at + 2))
        })
    {
        return Some((
            Point {
                year: Some(year),
                ..Point::default()
            },
            end,
        ));
    }
    if tokens.any_back(at, 1, &["on"])
        && tokens.is(at, Kind::Digits)
        && let Some((number, end, true)) = day(tokens, at)
        && (!tokens.is(end, Kind::Word) || tokens.any(end, &["at", "from", "and", "for"]))
    {
        let point = Point {
            day: Some(number),
            ..Point::default()
        };
        return Some((point, end));
    }
    let (near, far) = (relative(context, at), date(context, at));
    match (near, far) {
        (Some(near), Some(far)) => Some(if near.1 >= far.1 { near } else { far }),
        (near, far) => near.or(far),
    }
}

/// The moment that begins here: its parts in any order, joined by connectives.
pub fn stamp(context: Context, at: usize) -> Option<(Stamp, usize)> {
    let tokens = context.tokens;
    let mut found = Stamp::default();
    let mut end;
    if tokens.any(at, &["now"])
        || (tokens.word(at) == "present" && tokens.any_back(at, 1, &["the"]))
    {
        found.present = true;
        found.point = context.reference.map(Point::date);
        return Some((found, at + 1));
    }
    if let Some((stamp, after)) = part_phrase(context, at) {
        (found, end) = (stamp, after);
    } else if let Some((code, after)) = in_the_part(tokens, at) {
        found.part = Some(code);
        end = after;
    } else if let Some((written, after)) = clock(tokens, at, false) {
        // A date may begin with what looks like a time, never the other way round.
        found.clock = Some(written);
        end = after;
    } else {
        let (point, after) = any_date(context, at)?;
        found.point = Some(point);
        end = after;
    }
    loop {
        let before = end;
        if found.part.is_none()
            && let Some((code, after)) = part_after(tokens, end)
            && (found
                .point
                .as_ref()
                .is_some_and(|point| point.grain() == Grain::Day)
                || found.clock.is_some())
        {
            found.part = Some(code);
            end = after;
            continue;
        }
        if found.clock.is_none() {
            let (start, bare, side) = connective(tokens, end);
            if found
                .point
                .as_ref()
                .is_none_or(|point| point.grain() == Grain::Day)
                && let Some((written, after)) = clock(tokens, start, bare)
                && !(bare
                    && written.minute.is_none()
                    && (super::phrase::lower_word(tokens, after)
                        && !super::table::NOUN_STOPS.contains(tokens.word(after))
                        || tokens.any(after, &["%", "percent", "-", "/"])))
            {
                found.clock = Some(written);
                found.side = side.map(|side| (side, end, start));
                end = after;
                continue;
            }
        }
        if found.point.is_none() {
            let mut start = end;
            if tokens.any(start, &[",", "on", "of"]) {
                start += 1;
            }
            if let Some((stamp, after)) = part_phrase(context, start)
                && found.part.is_none()
            {
                found.point = stamp.point;
                found.part = stamp.part;
                end = after;
                continue;
            }
            // "8pm on the 15"
            let number_at = if tokens.word(start) == "the" {
                start + 1
            } else {
                start
            };
            if tokens.word(end) == "on"
                && tokens.is(number_at, Kind::Digits)
                && let Some((number, after, _)) = day(tokens, number_at)
                && !tokens.is(after, Kind::Word)
                && !tokens.glued(after)
            {
                found.point = Some(Point {
                    day: Some(number),
                    ..Point::default()
                });
                end = after;
                continue;
            }
            if let Some((point, after)) = any_date(context, start)
                && point.grain() == Grain::Day
                && !(tokens.word(end) == "," && point.month.is_none() && point.weekday.is_none())
            {
                found.point = Some(point);
                end = after;
                continue;
            }
        }
        if end == before {
            break;
        }
    }
    // "Oct 26 15:50:06 2016"
    if let (Some(point), Some(_)) = (&mut found.point, found.clock)
        && point.open()
        && point.month.is_some()
        && point.day.is_some()
        && let Some((year, after)) = super::year::year(tokens, end, false)
    {
        point.year = Some(year);
        end = after;
    }
    // A part of the day alone says nothing.
    if found.point.is_none() && found.clock.is_none() {
        return None;
    }
    if matches!(found.part, Some("TAF" | "TEV"))
        || (found.part == Some("TNI") && found.clock.is_some_and(|c| c.hour > 4))
    {
        found.clock = found.clock.map(Clock::afternoon);
    }
    if let Some(written) = &mut found.clock
        && found.part.is_some()
    {
        written.sure = true;
    }
    Some((found, end))
}

/// "in the afternoon", "the night of", "morning" before a time or a date.
pub fn in_the_part(tokens: &Tokens, at: usize) -> Option<(&'static str, usize)> {
    let mut start = at;
    if tokens.word(start) == "in" {
        start += 1;
    }
    if tokens.word(start) == "the" {
        start += 1;
    }
    if tokens.any(start, &["early", "late"]) {
        start += 1;
    }
    let code = part(tokens.word(start))?;
    let next = tokens.word(start + 1);
    matches!(next, "of" | "at" | "on").then_some((code, start + 1))
}

/// What may stand between a date and a time: the index after it, whether a bare hour may follow.
pub fn connective(tokens: &Tokens, at: usize) -> (usize, bool, Option<Modifier>) {
    match tokens.word(at) {
        "at" => match tokens.word(at + 1) {
            "around" | "about" | "approximately" => (at + 2, true, None),
            _ => (at + 1, true, None),
        },
        "around" | "about" | "for" => (at + 1, false, None),
        "," if tokens.word(at + 1) == "at" => (at + 2, true, None),
        "," | "-" | "–" => (at + 1, false, None),
        "t" if tokens.glued(at) && tokens.glued(at + 1) => (at + 1, false, None),
        "by" => (at + 1, tokens.any(at + 2, &["in"]), Some(Modifier::Before)),
        "before" => (at + 1, false, Some(Modifier::Before)),
        "after" => (at + 1, false, Some(Modifier::After)),
        "since" => (at + 1, false, Some(Modifier::Since)),
        _ => (at, false, None),
    }
}
