//! What happens again and again: "every Friday", "daily", "9am on Sundays", "once a year".

use super::NumberKind;
use super::clock::{clock, part};
use super::date::{Context, weekday};
use super::duration::length;
use super::lexer::Tokens;
use super::nth::slashed;
use super::table::WEEKDAYS;
use super::when::When;

/// The recurrence that begins here.
pub fn recurrence(context: Context, at: usize) -> Option<When> {
    let tokens = context.tokens;
    // A time before it: "3pm each day", "9am on Sundays".
    if let Some((written, next)) = clock(tokens, at, false)
        && let Some((days, end)) = days(tokens, next)
    {
        return Some(found(at, end, with_clock(&days, &written.timex())));
    }
    let (days, mut end) = days(tokens, at)?;
    let mut timex = days;
    let link = if tokens.any(end, &["at"]) {
        end + 1
    } else {
        end
    };
    if let Some((mut written, after)) = clock(tokens, link, link > end)
        && !super::phrase::lower_word(tokens, after)
            | tokens.any(after, &["in", "on", "for", "and", "beijing", "local"])
            | written.sure
    {
        if matches!(timex.as_str(), "TEV" | "TAF") || (timex == "TNI" && written.hour > 4) {
            written = written.afternoon();
        }
        timex = with_clock(&timex, &written.timex());
        end = after;
    }
    Some(found(at, end, timex))
}

fn found(first: usize, end: usize, timex: String) -> When {
    When {
        first,
        end,
        kind: NumberKind::Set,
        date: None,
        timex: Some(timex),
        alt: None,
        side: None,
    }
}

/// A weekday keeps its name before the time; a day or a part of it gives way to the time.
fn with_clock(days: &str, clock: &str) -> String {
    if days.starts_with("XXXX-") {
        format!("{days}{clock}")
    } else {
        clock.to_owned()
    }
}

fn days(tokens: &Tokens, at: usize) -> Option<(String, usize)> {
    let word = tokens.word(at);
    let plain = |value: &str, end: usize| Some((value.to_owned(), end));
    match word {
        "daily" | "everyday" | "nightly" => {
            return plain("P1D", at + 1).filter(|_| !tokens.capital(at) || at == 0);
        }
        "weekly" => return plain("P1W", at + 1).filter(|_| !tokens.capital(at)),
        "biweekly" | "fortnightly" => return plain("P2W", at + 1),
        "monthly" => return plain("P1M", at + 1),
        "quarterly" => return plain("P3M", at + 1),
        "annual" | "annually" | "yearly" => {
            return plain("P1Y", at + 1).filter(|_| !tokens.capital(at) || at == 0);
        }
        "hourly" => return plain("PT1H", at + 1),
        "mornings" => return plain("TMO", at + 1),
        "afternoons" => return plain("TAF", at + 1),
        "evenings" => return plain("TEV", at + 1),
        "weekends" => return plain("P1WE", at + 1),
        "once" if tokens.any(at + 1, &["a", "an", "every", "each"]) => {
            let (unit, end) = super::measure::duration_unit(tokens, at + 2)?;
            let one = super::duration::Length::of(1.into(), unit)?;
            return Some((one.timex(), end));
        }
        _ => {}
    }
    let start = if word == "on" { at + 1 } else { at };
    if let Some(name) = WEEKDAYS.get(tokens.word(start)).filter(|name| **name < 0) {
        return Some((format!("XXXX-WXX-{}", -name), start + 1));
    }
    if let Some((name, end)) = weekday(tokens, start)
        && let Some(code) = tokens.word(end).strip_suffix('s').and_then(part)
    {
        return Some((format!("XXXX-WXX-{name}{code}"), end + 1));
    }
    if !matches!(word, "every" | "each") {
        return None;
    }
    let other = tokens.word(at + 1) == "other";
    let next = if other { at + 2 } else { at + 1 };
    if let Some((name, end)) = weekday(tokens, next) {
        if let Some(code) = part(tokens.word(end)) {
            return Some((format!("XXXX-WXX-{name}{code}"), end + 1));
        }
        return Some((format!("XXXX-WXX-{name}"), end));
    }
    if tokens.word(next) == "weekday" {
        return plain("P1WD", next + 1);
    }
    if let Some(code) = part(tokens.word(next)).filter(|_| tokens.word(next) != "dawn") {
        return plain(code, next + 1);
    }
    if let Some(((month, day), end)) = slashed(tokens, next) {
        return Some((format!("XXXX-{month:02}-{day:02}"), end));
    }
    if let Some((unit, end)) = super::measure::duration_unit(tokens, next)
        && unit.name != "second"
    {
        let count = if other { 2 } else { 1 };
        let length = super::duration::Length::of(count.into(), unit)?;
        return Some((length.timex(), end));
    }
    let (length, end) = length(tokens, next)?;
    Some((length.timex(), end))
}
