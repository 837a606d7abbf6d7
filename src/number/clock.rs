//! Times of day: "6.30pm", "09:15 GMT", "eight o'clock", "noon", "early morning".

use super::digits;
use super::lexer::{Kind, Tokens};
use super::numeral::{self};
use super::table::Class;

/// A time of day as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub hour: u8,
    pub minute: Option<u8>,
    pub second: Option<u8>,
    /// True where am, pm, a day's part or 24-hour writing settles the half of the day.
    pub sure: bool,
    pub utc: bool,
}

impl Clock {
    /// "T16:30", with what was written and no more.
    pub fn timex(self) -> String {
        match (self.minute, self.second) {
            (Some(minute), Some(second)) => format!("T{:02}:{minute:02}:{second:02}", self.hour),
            (Some(minute), None) => format!("T{:02}:{minute:02}", self.hour),
            _ => format!("T{:02}", self.hour),
        }
    }

    /// "T16:30", always with minutes, and Z for UTC.
    pub fn iso(self) -> String {
        let seconds = self.second.map(|s| format!(":{s:02}")).unwrap_or_default();
        let zone = if self.utc { "Z" } else { "" };
        format!(
            "T{:02}:{:02}{seconds}{zone}",
            self.hour,
            self.minute.unwrap_or(0)
        )
    }

    /// Seconds since midnight.
    pub fn seconds(self) -> i64 {
        i64::from(self.hour) * 3600
            + i64::from(self.minute.unwrap_or(0)) * 60
            + i64::from(self.second.unwrap_or(0))
    }

    /// The same time after noon, where that is what a later word says.
    pub fn afternoon(mut self) -> Self {
        if !self.sure && self.hour < 12 {
            self.hour += 12;
        }
        self.sure = true;
        self
    }

    fn at(hour: u8, minute: Option<u8>, sure: bool) -> Self {
        Self {
            hour,
            minute,
            second: None,
            sure,
            utc: false,
        }
    }
}

/// am or pm after a time: whether it is pm, and the index after it.
pub fn meridiem(tokens: &Tokens, at: usize) -> Option<(bool, usize)> {
    let word = tokens.word(at);
    if matches!(word, "am" | "pm") {
        return Some((word == "pm", at + 1));
    }
    if matches!(word, "a" | "p")
        && tokens.word(at + 1) == "."
        && tokens.word(at + 2) == "m"
        && tokens.glued(at + 1)
        && tokens.glued(at + 2)
    {
        let end = if tokens.word(at + 3) == "." && tokens.glued(at + 3) {
            at + 4
        } else {
            at + 3
        };
        return Some((word == "p", end));
    }
    None
}

/// morning, afternoon, evening, night: the TIMEX code.
pub fn part(word: &str) -> Option<&'static str> {
    Some(match word {
        "morning" | "dawn" => "TMO",
        "afternoon" => "TAF",
        "evening" | "dusk" => "TEV",
        "night" | "overnight" => "TNI",
        _ => return None,
    })
}

fn small(tokens: &Tokens, at: usize, most: u8) -> Option<u8> {
    let raw = tokens.raw(at);
    if !tokens.is(at, Kind::Digits) || raw.len() > 2 {
        return None;
    }
    raw.parse().ok().filter(|value| *value <= most)
}

/// The time that begins here and the index after it. `bare` allows an hour alone ("at 9").
pub fn clock(tokens: &Tokens, at: usize, bare: bool) -> Option<(Clock, usize)> {
    let (mut found, end) = written(tokens, at, bare)?;
    let mut end = end;
    if matches!(tokens.word(end), "gmt" | "utc") {
        found.utc = true;
        end += 1;
    } else if matches!(
        tokens.raw(end),
        "EST"
            | "EDT"
            | "ET"
            | "PST"
            | "PDT"
            | "PT"
            | "CET"
            | "CEST"
            | "BST"
            | "IST"
            | "PKT"
            | "EET"
            | "MSK"
    ) {
        end += 1;
    }
    Some((found, end))
}

fn written(tokens: &Tokens, at: usize, bare: bool) -> Option<(Clock, usize)> {
    match tokens.word(at) {
        "noon" | "midday" => return Some((Clock::at(12, None, true), at + 1)),
        "midnight" => return Some((Clock::at(0, Some(0), true), at + 1)),
        "mid" if tokens.word(at + 1) == "night" => {
            return Some((Clock::at(0, None, true), at + 2));
        }
        _ => {}
    }
    let mut found;
    let mut end;
    if tokens.is(at, Kind::Digits) {
        let raw = tokens.raw(at);
        if let Some((hour, minute)) = raw.split_once('.') {
            // 6.30pm, or "at 17.30".
            let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
            let dotted =
                raw.len() >= 4 && minute < 60 && hour < 24 && raw.split_once('.')?.1.len() == 2;
            if !dotted {
                return None;
            }
            found = Clock::at(hour, Some(minute), hour > 12);
            end = at + 1;
            if meridiem(tokens, end).is_none() && !(bare && hour > 12) {
                return None;
            }
        } else if raw.len() == 4 && raw.bytes().all(|b| b.is_ascii_digit()) {
            let value: u16 = raw.parse().ok()?;
            let (hour, minute) = (
                u8::try_from(value / 100).ok()?,
                u8::try_from(value % 100).ok()?,
            );
            let marked = meridiem(tokens, at + 1).is_some()
                || matches!(tokens.word(at + 1), "gmt" | "utc" | "hrs");
            if hour > 23 || minute > 59 || !marked {
                return None;
            }
            found = Clock::at(hour, Some(minute), hour > 12);
            end = at + 1;
            if tokens.word(end) == "hrs" {
                found.sure = true;
                end += 1;
            }
        } else {
            let hour = small(tokens, at, 24)?;
            found = Clock::at(hour, None, false);
            end = at + 1;
            let colon = |index: usize| {
                tokens.word(index) == ":" && tokens.glued(index) && tokens.glued(index + 1)
            };
            // "10h30"
            let french = tokens.word(end) == "h"
                && tokens.glued(end)
                && tokens.glued(end + 1)
                && tokens.raw(end + 1).len() == 2
                && !(tokens.glued(end + 2) && tokens.is(end + 2, Kind::Word));
            if french && let Some(minute) = small(tokens, end + 1, 59) {
                found.minute = Some(minute);
                found.sure = true;
                end += 2;
            } else if colon(end) {
                let minute = small(tokens, end + 1, 59)?;
                if tokens.raw(end + 1).len() != 2 {
                    return None;
                }
                found.minute = Some(minute);
                found.sure = hour > 12 || hour == 0 || tokens.raw(at).starts_with('0');
                end += 2;
                if colon(end) {
                    found.second = Some(small(tokens, end + 1, 59)?);
                    end += 2;
                }
            }
        }
    } else {
        let (class, value) = numeral::class(tokens, at)?;
        let hour: u8 = digits::whole(value)?;
        if class != Class::Small || hour == 0 || hour > 12 {
            return None;
        }
        found = Clock::at(hour, None, false);
        end = at + 1;
        if meridiem(tokens, end).is_none() && !oclock(tokens, end) && !bare {
            return None;
        }
    }
    if oclock(tokens, end) {
        end += 3;
        found.minute = found.minute.or(None);
        return Some((daypart(tokens, found, end), end));
    }
    if let Some((pm, after)) = meridiem(tokens, end) {
        if found.hour > 12 {
            return Some((found, after));
        }
        if found.hour == 0 {
            return None;
        }
        found.hour = found.hour % 12 + if pm { 12 } else { 0 };
        found.sure = true;
        return Some((found, after));
    }
    if found.minute.is_none() {
        if tokens.word(end) == "noon" && found.hour == 12 {
            found.sure = true;
            return Some((found, end + 1));
        }
        if found.hour == 24 || !bare || found.hour > 23 {
            return None;
        }
    }
    if found.hour == 24 {
        return None;
    }
    Some((daypart(tokens, found, end), end))
}

fn oclock(tokens: &Tokens, at: usize) -> bool {
    tokens.word(at) == "o"
        && matches!(tokens.word(at + 1), "'" | "’")
        && tokens.word(at + 2) == "clock"
}

/// "2 in the afternoon" is after noon.
fn daypart(tokens: &Tokens, found: Clock, at: usize) -> Clock {
    if tokens.word(at) == "in"
        && tokens.word(at + 1) == "the"
        && matches!(tokens.word(at + 2), "afternoon" | "evening")
    {
        found.afternoon()
    } else {
        found
    }
}
