//! The shapes of written dates, as regular expressions of bounded length.
//!
//! A shape says where year, month and day stand; whether they make a date is decided elsewhere.

use std::sync::LazyLock;

use regex::Regex;

const MONTH: &str = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const WEEKDAY: &str = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?";
const CLOCK: &str = r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:\s?[ap]\.?m\b\.?)?|[0-9]{1,2}(?:\.[0-9]{2})?\s?[ap]\.?m\b\.?|[0-2][0-9]h[0-5][0-9]\b|[0-2][0-9]\.[0-5][0-9]\b)";
const ZONE: &str = r"(?:(?-i:GMT|UTC|UT|E[SD]?T|C[SD]?T|M[SD]?T|P[SD]?T|BST|CEST|CET|EET|EEST|MSK|IST|PKT|PST|AFT|NPT|KST|JST|SGT|HKT|GST|PHT|WIB|SAST|EAT|CAT|WAT|AEST|AEDT|[A-Z]{1,3}T|Z)\b(?:[+-][0-9]{1,2})?|[+-][0-9]{2}:?[0-9]{2})";

/// Dates in running text, a weekday before and a time of day after included.
pub(super) static TEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let time = format!(
        r"(?:(?:,?\s{{1,3}}(?:at\s|[-|/·]\s)?|T){CLOCK}(?:\s?{ZONE})?|\sat\s[0-2][0-9][0-5][0-9]\b)?"
    );
    let year_first = r"(?<y1>[0-9]{4})(?<s1>[-/])(?<m1>[0-9]{1,2})(?<t1>[-/])(?<d1>[0-9]{1,2})";
    let day_first = format!(
        r"(?<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:\s{{1,3}}of)?(?:\s{{1,3}}|-)(?<n2>{MONTH})\.?(?:,?\s{{1,3}}|,|-)(?<y2>[0-9]{{4}})"
    );
    let month_first = format!(
        r"(?<n3>{MONTH})\.?\s{{1,3}}(?<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:,\s{{0,3}}|\s{{1,3}})(?<y3>[0-9]{{4}})"
    );
    let numbers =
        r"(?<first>[0-9]{1,2})(?<s2>[-/.])(?<second>[0-9]{1,2})(?<t2>[-/.])(?<y4>[0-9]{4})";
    compile(&format!(
        r"(?i)(?:\b(?<week>{WEEKDAY}),?\s{{1,3}})?\b(?:{year_first}|{day_first}|{month_first}|{numbers}){time}"
    ))
});

/// The C library's form, which has the year after the time: "Mon Aug 07 10:00:00 UTC 2017".
pub(super) static CTIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(&format!(
        r"(?i)^{WEEKDAY},?\s{{1,3}}(?<n3>{MONTH})\s{{1,3}}(?<d3>[0-9]{{1,2}})\s{{1,3}}{CLOCK}\s{{1,3}}(?:{ZONE}\s{{1,3}})?(?<y3>[0-9]{{4}})"
    ))
});

/// Dates in paths and addresses.
pub(super) static PATH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let year_first = r"(?<y1>[0-9]{4})(?<s1>[-/_.]?)(?<m1>[0-9]{2})(?<t1>[-/_.]?)(?<d1>[0-9]{2})";
    let named = format!("(?<y2>[0-9]{{4}})[-/_](?<n2>{MONTH})[-/_](?<d2>[0-9]{{1,2}})");
    let numbers = r"(?<first>[0-9]{1,2})(?<s2>[-/])(?<second>[0-9]{1,2})(?<t2>[-/])(?<y4>[0-9]{4})";
    compile(&format!("(?i)(?:{year_first}|{named}|{numbers})"))
});

/// The number of a month by the first three letters of its name.
pub(super) fn month(name: &str) -> Option<i64> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let short = name.get(..3)?.to_lowercase();
    let at = NAMES.iter().position(|&known| known == short)?;
    i64::try_from(at + 1).ok()
}

/// The day of the week by the first three letters of its name.
pub(super) fn weekday(name: &str) -> Option<jiff::civil::Weekday> {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let short = name.get(..3)?.to_lowercase();
    let day = match short.as_str() {
        "mon" => Monday,
        "tue" => Tuesday,
        "wed" => Wednesday,
        "thu" => Thursday,
        "fri" => Friday,
        "sat" => Saturday,
        "sun" => Sunday,
        _ => return None,
    };
    Some(day)
}

/// A pattern of this file; none if it does not compile, which a test rules out.
fn compile(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}
