//! Parts of the day beside a moment: "tonight", "this morning", "in the afternoon".
//!
//! Refuses a part of the day that nothing dates.

use super::calendar::{Point, Settled, plus_days};
use super::clock::{meridiem, part};
use super::date::Context;
use super::lexer::Tokens;
use super::moment::Stamp;

/// today with a part of the day: "tonight", "this morning", "last night".
pub fn part_phrase(context: Context, at: usize) -> Option<(Stamp, usize)> {
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
pub fn part_after(tokens: &Tokens, at: usize) -> Option<(&'static str, usize)> {
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
