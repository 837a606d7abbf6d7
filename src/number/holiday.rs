//! Days that a rule gives for each year: Easter, the fourth Thursday of November, week 31.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::calendar::{plus_days, weekday};

/// The date of ISO week `week` of a year, its Monday.
pub fn iso_week(year: i16, week: i8) -> Option<Date> {
    Some(ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date())
}

/// The `nth` weekday of a month; -1 for the last.
pub fn nth_weekday(year: i16, month: i8, name: i8, nth: i8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    let offset = (7 + i64::from(name) - i64::from(weekday(first))) % 7;
    if nth > 0 {
        let date = plus_days(first, offset + 7 * (i64::from(nth) - 1))?;
        (date.month() == month).then_some(date)
    } else {
        let last = first.last_of_month();
        let back = (7 + i64::from(weekday(last)) - i64::from(name)) % 7;
        plus_days(last, -back)
    }
}

/// Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher).
pub fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(
        year,
        i8::try_from(n / 31).ok()?,
        i8::try_from(n % 31 + 1).ok()?,
    )
    .ok()
}

/// The date that a holiday's rule in `holidays.csv` gives for a year: `12-25`, `easter-2`,
/// `11-4-4+1` (month, weekday, which, days after), or one date for ever.
pub fn holiday(rule: &str, year: i16) -> Option<Date> {
    if let Ok(date) = rule.parse::<Date>() {
        return Some(date);
    }
    if let Some(offset) = rule.strip_prefix("easter") {
        return plus_days(easter(year)?, offset.parse().ok()?);
    }
    let (rule, after) = rule.split_once('+').unwrap_or((rule, "0"));
    let parts: Vec<&str> = rule.split('-').collect();
    match parts.as_slice() {
        [month, day] => Date::new(year, month.parse().ok()?, day.parse().ok()?).ok(),
        [month, name, which] => {
            let nth = if *which == "last" {
                -1
            } else {
                which.parse().ok()?
            };
            let date = nth_weekday(year, month.parse().ok()?, name.parse().ok()?, nth)?;
            plus_days(date, after.parse().ok()?)
        }
        _ => None,
    }
}

/// The TIMEX value of a holiday without its year.
pub fn holiday_timex(rule: &str) -> String {
    let base = rule.split('+').next().unwrap_or(rule);
    let parts: Vec<&str> = base.split('-').collect();
    match parts.as_slice() {
        [month, day] if !base.starts_with("easter") => format!("XXXX-{month}-{day}"),
        [month, name, which] if rule == base => format!("XXXX-{month}-WXX-{name}-{which}"),
        _ => "XXXX".to_owned(),
    }
}
