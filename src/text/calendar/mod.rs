//! Calendar dates as headers, footers, metadata fields and paths write them, in English.
//!
//! Only full dates: day, month and year. What a sentence says of time ("last Monday", "in March") is
//! the number grammar's. A date whose day and month could be exchanged is never guessed, impossible
//! ones and years outside 1600..=2100 are no dates. The date is the one written, in its own zone.

mod pattern;
#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::Date;
use regex::Captures;

/// Bytes that a date at the start of a text may take, with its weekday and time of day.
const LONGEST: usize = 96;

/// Which of two small numbers in 08/07/2017 is the day.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum DayMonthOrder {
    /// Whatever only one reading makes possible. Dots (08.07.2017) are day first by convention.
    #[default]
    Auto,
    /// 08/07/2017 is 8 July.
    DayFirst,
    /// 08/07/2017 is 7 August.
    MonthFirst,
}

/// What a metadata field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldDate {
    /// This date.
    Date(Date),
    /// A date of which the order of day and month must be told.
    Ambiguous,
    /// No date.
    None,
}

/// The first full date in a text and its bytes, with a weekday before it and a time of day after it.
pub fn find(text: &str) -> Option<(Range<usize>, Date)> {
    let pattern = pattern::TEXT.as_ref()?;
    let mut from = 0;
    while let Some(captures) = pattern.captures_at(text, from) {
        let whole = captures.get(0)?;
        match read(&captures, DayMonthOrder::Auto) {
            FieldDate::Date(date) if stands_alone(text, whole.range()) => {
                return Some((whole.range(), date));
            }
            _ => from = text.ceil_char_boundary(whole.start() + 1),
        }
    }
    None
}

/// As [`find`], but only at the start of the text, white space aside.
pub fn prefix(text: &str) -> Option<(Range<usize>, Date)> {
    let blank = text.len() - text.trim_start().len();
    let end = text.floor_char_boundary(blank + LONGEST);
    let (range, date) = find(text.get(blank..end)?)?;
    (range.start == 0).then_some((blank..blank + range.end, date))
}

/// The date that a whole metadata field gives: a written date, RFC 3339 or 2822, Unix time in seconds
/// (10 digits) or milliseconds (13 digits) as its day in UTC, 20170807, or 08/07/2017 as `order` says.
/// A number that only the other order makes possible is read in that.
pub fn parse_field(value: &str, order: DayMonthOrder) -> FieldDate {
    let value = value.trim();
    if let Some(date) = digits(value) {
        return FieldDate::Date(date);
    }
    for pattern in [&*pattern::TEXT, &*pattern::CTIME].into_iter().flatten() {
        let captures = pattern.captures(value);
        let whole = captures.as_ref().and_then(|captures| captures.get(0));
        if let (Some(captures), Some(whole)) = (&captures, whole)
            && whole.start() == 0
            && is_rest_of_field(value.get(whole.end()..).unwrap_or_default())
        {
            return read(captures, order);
        }
    }
    FieldDate::None
}

/// The date in a path or an address: 2017/08/07, 2017-08-07, 2017/aug/07, 20170807 or 27/08/2017
/// between characters that are no digits. Years 1900..=2100.
pub fn from_path(path: &str) -> Option<Date> {
    let pattern = pattern::PATH.as_ref()?;
    let mut from = 0;
    while let Some(captures) = pattern.captures_at(path, from) {
        let whole = captures.get(0)?;
        let digit = |c: char| c.is_ascii_digit();
        let before = path.get(..whole.start())?.ends_with(digit);
        let after = path.get(whole.end()..)?.starts_with(digit);
        match read(&captures, DayMonthOrder::Auto) {
            FieldDate::Date(date) if !before && !after && date.year() >= 1900 => return Some(date),
            _ => from = path.ceil_char_boundary(whole.start() + 1),
        }
    }
    None
}

/// What may follow a date that fills its field: a zone's name, the tail of a time.
fn is_rest_of_field(rest: &str) -> bool {
    let rest = rest.trim();
    rest.is_empty()
        || rest == "."
        || (rest.starts_with('(') && rest.ends_with(')'))
        || (rest.starts_with('[') && rest.ends_with(']'))
}

/// A field of digits: 20170807, or Unix time.
fn digits(value: &str) -> Option<Date> {
    let whole = value.split('.').next()?;
    if whole.is_empty() || !value.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let time = match whole.len() {
        8 if value.len() == 8 => {
            return civil(number / 10_000, number / 100 % 100, number % 100);
        }
        10 => jiff::Timestamp::from_second(number),
        13 => jiff::Timestamp::from_millisecond(number),
        _ => return None,
    };
    let date = jiff::tz::Offset::UTC.to_datetime(time.ok()?).date();
    (date.year() <= 2100).then_some(date)
}

/// The date of a match: its groups are named for year, month (or its name) and day, or `first` and
/// `second` where a number alone does not say which is which.
fn read(captures: &Captures<'_>, order: DayMonthOrder) -> FieldDate {
    let text = |name: &str| captures.name(name).map(|group| group.as_str());
    let number = |name: &str| text(name)?.parse::<i64>().ok();
    if text("s1") != text("t1") || text("s2") != text("t2") {
        return FieldDate::None;
    }
    let group = |names: &[&str]| names.iter().find_map(|name| number(name));
    let year = group(&["y1", "y2", "y3", "y4"]).unwrap_or_default();
    if let (Some(first), Some(second)) = (number("first"), number("second")) {
        // "Friday 08/03/2024": the weekday says which is the day.
        let named = text("week").and_then(|name| {
            let days = [(second, first), (first, second)];
            let mut fits = days
                .into_iter()
                .filter_map(|(month, day)| civil(year, month, day))
                .filter(|date| pattern::weekday(name) == Some(date.weekday()));
            fits.next().filter(|_| fits.next().is_none())
        });
        if let Some(date) = named.filter(|_| order == DayMonthOrder::Auto) {
            return FieldDate::Date(date);
        }
        return exchangeable(year, first, second, text("s2") == Some("."), order);
    }
    let named = ["n2", "n3"]
        .iter()
        .find_map(|name| text(name))
        .and_then(pattern::month);
    let date = group(&["m1"])
        .or(named)
        .zip(group(&["d1", "d2", "d3"]))
        .and_then(|(month, day)| civil(year, month, day));
    date.map_or(FieldDate::None, FieldDate::Date)
}

/// 08/07/2017 and the like.
fn exchangeable(
    year: i64,
    first: i64,
    second: i64,
    dotted: bool,
    order: DayMonthOrder,
) -> FieldDate {
    let day_first = civil(year, second, first);
    let month_first = civil(year, first, second);
    let date = match (day_first, month_first) {
        (Some(day_first), Some(month_first)) if day_first != month_first => match order {
            DayMonthOrder::Auto if !dotted => return FieldDate::Ambiguous,
            DayMonthOrder::Auto | DayMonthOrder::DayFirst => Some(day_first),
            DayMonthOrder::MonthFirst => Some(month_first),
        },
        (day_first, month_first) => day_first.or(month_first),
    };
    date.map_or(FieldDate::None, FieldDate::Date)
}

/// A date of the calendar, if it exists and its year is 1600..=2100.
fn civil(year: i64, month: i64, day: i64) -> Option<Date> {
    let year = i16::try_from(year)
        .ok()
        .filter(|year| (1600..=2100).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// True where no letter, digit or mark that would make it another number touches the range.
fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let mut after = text.get(range.end..).unwrap_or_default().chars();
    let next = after.next();
    // "8 March 2024KADUNA": a scraper dropped the line's end after a whole year.
    let year = text
        .get(..range.end)
        .is_some_and(|upto| upto.ends_with(|c: char| c.is_ascii_digit()));
    let joined = year && next.is_some_and(char::is_uppercase);
    let glued = next.is_some_and(char::is_alphanumeric) && !joined
        || (next.is_some_and(|c| matches!(c, '/' | '-' | '.' | ':' | ','))
            && after.next().is_some_and(|c| c.is_ascii_digit()));
    !glued && !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | '$'))
}
