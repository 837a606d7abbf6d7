//! Whole time expressions: a date with its time of day, a range of either, a recurrence.
//!
//! Refuses to join what a sentence only happens to put side by side: between two parts stands
//! nothing but the connectives below.

use jiff::civil::Date;

use super::Modifier;
use super::NumberKind;
use super::calendar::{Grain, Point, Settled, days_between, plus_days, triple};
use super::clock::{Clock, clock, meridiem, part};
use super::date::{Context, date, day, month};
use super::lexer::{Kind, Tokens};
use super::recurrence::recurrence;
use super::relative::{relative, slashed};

/// A time expression over tokens `[first, end)`.
#[derive(Clone, Debug)]
pub struct When {
    pub first: usize,
    pub end: usize,
    pub kind: NumberKind,
    pub date: Option<String>,
    pub timex: Option<String>,
    pub alt: Option<String>,
    /// A side said inside it ("Thursday before 5pm").
    pub side: Option<Modifier>,
}

/// One moment: a date, a time of day, or both.
#[derive(Clone, Debug, Default)]
struct Stamp {
    point: Option<Point>,
    clock: Option<Clock>,
    part: Option<&'static str>,
    side: Option<Modifier>,
    /// True for "now".
    present: bool,
}

/// The time expression that begins here.
pub fn when(context: Context, at: usize) -> Option<When> {
    present(context, at)
        .or_else(|| recurrence(context, at))
        .or_else(|| days_of_month(context, at))
        .or_else(|| clocks(context, at))
        .or_else(|| moments(context, at))
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

fn range_sign(tokens: &Tokens, at: usize, before: usize) -> Option<usize> {
    let and = tokens.any_back(before, 1, &["between"]) || tokens.any_back(before, 2, &["between"]);
    match tokens.word(at) {
        "to" | "till" | "through" => Some(at + 1),
        "until" => Some(at + 1),
        "-" | "–" | "—" => Some(at + 1),
        "and" if and => Some(at + 1),
        _ => None,
    }
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
            let (year, end) = super::date::year(tokens, inner + 1, true)?;
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
        && let Some((year, end)) = super::date::year(tokens, at + 1, true).or_else(|| {
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

/// today with a part of the day: "tonight", "this morning", "last night".
fn part_phrase(context: Context, at: usize) -> Option<(Stamp, usize)> {
    let tokens = context.tokens;
    let day = |offset: i64| -> Option<Point> {
        Some(match context.reference {
            Some(date) => Point::date(plus_days(date, offset)?),
            None => Point::fixed(Settled::only("PRESENT_REF".to_owned())),
        })
    };
    if tokens.word(at) == "tonight" {
        let stamp = Stamp {
            point: day(0),
            part: Some("TNI"),
            ..Stamp::default()
        };
        return Some((stamp, at + 1));
    }
    let offset = match tokens.word(at) {
        "this" => 0,
        "last" => -1,
        _ => return None,
    };
    let code = part(tokens.word(at + 1)).filter(|code| offset == 0 || *code == "TNI")?;
    let stamp = Stamp {
        point: day(offset),
        part: Some(code),
        ..Stamp::default()
    };
    Some((stamp, at + 2))
}

/// "morning", "in the afternoon", "early morning", "late evening", "AM".
fn part_after(tokens: &Tokens, at: usize) -> Option<(&'static str, usize)> {
    let mut start = at;
    if tokens.any(start, &[","]) && tokens.any(start + 1, &["in"]) {
        start += 1;
    }
    if tokens.any(start, &["in"]) && tokens.word(start + 1) == "the" {
        start += 2;
    }
    if tokens.any(start, &["early", "late", "mid"]) {
        start = tokens.skip_hyphen(start + 1);
    }
    if let Some((pm, end)) = meridiem(tokens, start)
        && start == at
    {
        return Some((if pm { "TAF" } else { "TMO" }, end));
    }
    part(tokens.word(start)).map(|code| (code, start + 1))
}

/// The moment that begins here: its parts in any order, joined by connectives.
fn stamp(context: Context, at: usize) -> Option<(Stamp, usize)> {
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
                found.side = side;
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
        && let Some((year, after)) = super::date::year(tokens, end, false)
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
fn in_the_part(tokens: &Tokens, at: usize) -> Option<(&'static str, usize)> {
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
fn connective(tokens: &Tokens, at: usize) -> (usize, bool, Option<Modifier>) {
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
                && !super::phrase::lower_word(tokens, end))
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
    // "2012-13"
    if let Some(point) = &start.point
        && let (Some(year), None, None, None) = (point.year, point.month, point.day, &point.fixed)
        && tokens.hyphen(end)
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
        found.timex = Some(clock.timex());
        found.date = Some(clock.iso().trim_start_matches('T').to_owned());
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

/// The interval between two moments, each filled in from the other.
fn range(context: Context, from: &Stamp, to: &Stamp) -> Option<When> {
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

fn middle(first: Date, next: Date) -> Option<Date> {
    plus_days(first, days_between(first, next) / 2)
}

/// The first reading of an open date on or after another.
fn first_after(point: &Point, from: Date) -> Option<Settled> {
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

/// 3:00 to 4:00, 3-8pm, "between 2 and 4pm", with the date before or after.
fn clocks(context: Context, at: usize) -> Option<When> {
    clocks_on(context, at, None)
}

/// The same on a day that was already read.
fn clocks_on(context: Context, at: usize, on: Option<&Stamp>) -> Option<When> {
    let tokens = context.tokens;
    let (mut from, next) = clock(tokens, at, true)?;
    let next = range_sign(tokens, next, at)?;
    let (mut to, end) = clock(
        tokens,
        next,
        from.minute.is_some() && from.minute != Some(0) || from.sure,
    )?;
    if from.minute.is_none() && !from.sure && to.minute.is_none() && !to.sure {
        return None;
    }
    let framed = tokens.any_back(at, 1, &["between", "from"]);
    if from.minute.is_none() && !from.sure && !to.sure && !(framed && to.minute.is_some()) {
        return None;
    }
    if tokens.glued(at) && tokens.any_back(at, 1, &["-", "/", ":"]) {
        return None;
    }
    // A number that a percent sign, a unit or a scale follows is no hour.
    if !to.sure
        && super::phrase::lower_word(tokens, end)
        && !tokens.any(
            end,
            &["on", "today", "tomorrow", "yesterday", "this", "last"],
        )
        && to.minute.is_none()
    {
        return None;
    }
    if to.sure
        && !from.sure
        && from.hour < 12
        && to.hour >= 12
        && from.hour + 12 < to.hour + u8::from(from.minute < to.minute || to.minute.is_some())
    {
        from = from.afternoon();
    }
    if to.hour < from.hour && !to.sure {
        to = to.afternoon();
    }
    let (mut stamp_from, mut stamp_to) = (Stamp::default(), Stamp::default());
    let mut stop = end;
    let link = if tokens.word(end) == "on" {
        end + 1
    } else {
        end
    };
    let found = match on {
        Some(on) => Some((on.clone(), end)),
        None => part_phrase(context, link)
            .or_else(|| stamp(context, link).filter(|(found, _)| found.clock.is_none())),
    };
    if let Some((on, after)) = found
        && on
            .point
            .as_ref()
            .is_some_and(|point| point.grain() == Grain::Day)
    {
        if matches!(on.part, Some("TAF" | "TEV" | "TNI")) {
            (from, to) = (from.afternoon(), to.afternoon());
        }
        stamp_from.point = on.point.clone();
        stamp_to.point = on.point;
        stop = after;
    }
    stamp_from.clock = Some(from);
    stamp_to.clock = Some(to);
    clock_range(context, &stamp_from, &stamp_to).map(|found| When {
        first: at,
        end: stop,
        ..found
    })
}

fn clock_range(context: Context, from: &Stamp, to: &Stamp) -> Option<When> {
    let point_to = to.point.as_ref().or(from.point.as_ref());
    let settle = |point: Option<&Point>| match point {
        Some(point) if point.grain() == Grain::Day => Some(point.settle(context.reference)),
        Some(_) => None,
        None => Some(None),
    };
    let (a, b) = (
        settle(from.point.as_ref().or(to.point.as_ref()))?,
        settle(point_to)?,
    );
    let (start, stop) = (from.clock?, to.clock?);
    let mut seconds = stop.seconds() - start.seconds();
    if let (Some(Some(first)), Some(Some(last))) =
        (a.as_ref().map(|s| s.first), b.as_ref().map(|s| s.first))
    {
        seconds += days_between(first, last) * 86_400;
    } else if seconds < 0 {
        seconds += 86_400;
    }
    if seconds <= 0 {
        return None;
    }
    let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
    let mut length = String::from("PT");
    if hours > 0 {
        length.push_str(&format!("{hours}H"));
    }
    if minutes > 0 {
        length.push_str(&format!("{minutes}M"));
    }
    let day = |settled: &Option<Settled>, timex: bool| {
        settled
            .as_ref()
            .and_then(|s| {
                if timex {
                    s.timex.clone()
                } else {
                    s.iso.clone()
                }
            })
            .unwrap_or_default()
    };
    let timex = format!(
        "({}{},{}{},{length})",
        day(&a, true),
        start.timex(),
        day(&b, true),
        stop.timex()
    );
    let iso = format!(
        "{}{}/{}{}",
        day(&a, false),
        start.iso(),
        day(&b, false),
        stop.iso()
    );
    Some(When {
        first: 0,
        end: 0,
        kind: NumberKind::Time,
        date: Some(iso),
        timex: Some(timex),
        alt: None,
        side: from.side,
    })
}

/// "4 to 22 January, 1995", "between 4 and 22 this month", "02 to April 07", "Nov between 19 and 20",
/// "10/25 to 01/25".
fn days_of_month(context: Context, at: usize) -> Option<When> {
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
