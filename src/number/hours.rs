//! From one time of day to another: "3:00 to 4:00 tomorrow", "3-8pm", "between 2 and 4pm".
//!
//! Refuses two bare numbers: one side must show that it is a time.

use super::NumberKind;
use super::calendar::{Grain, Point, Settled, days_between};
use super::clock::{Clock, clock};
use super::date::Context;
use super::day_part::part_phrase;
use super::moment::{Stamp, stamp};
use super::stretch::range_sign;
use super::when::When;

/// 3:00 to 4:00, 3-8pm, "between 2 and 4pm", with the date before or after.
pub fn clocks(context: Context, at: usize) -> Option<When> {
    clocks_on(context, at, None)
}

/// The same on a day that was already read.
pub fn clocks_on(context: Context, at: usize, on: Option<&Stamp>) -> Option<When> {
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
    let later_shows = framed && to.minute.is_some();
    if from.minute.is_none() && !from.sure && !to.sure && !later_shows {
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

pub fn clock_range(context: Context, from: &Stamp, to: &Stamp) -> Option<When> {
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
    let side = |settled: &Option<Settled>, clock: Clock| {
        let joined = format!("{}{}", day(settled, false), clock.iso());
        joined.trim_start_matches('T').to_owned()
    };
    let iso = format!("{}/{}", side(&a, start), side(&b, stop));
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
