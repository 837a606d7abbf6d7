//! Digit runs with their grouping and decimals: 1,234,567.8, 12,34,567, 16.11.2016.
//!
//! Refuses dots between three groups or more: that is a version or an address.

use super::lexer::Kind;

pub fn is_digit(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_digit)
}

/// The end of the run of digits that begins here.
pub fn run(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).map_or(at, |rest| {
        at + rest.iter().take_while(|b| b.is_ascii_digit()).count()
    })
}

/// The ends of the five tokens of a date like 16.11.2016 or 16.11.16.
pub fn dotted_date(bytes: &[u8], at: usize) -> Option<[usize; 5]> {
    let day = run(bytes, at);
    if !(1..=2).contains(&(day - at)) || bytes.get(day) != Some(&b'.') {
        return None;
    }
    let month = run(bytes, day + 1);
    if !(2..=3).contains(&(month - day)) || bytes.get(month) != Some(&b'.') {
        return None;
    }
    let year = run(bytes, month + 1);
    let more = bytes.get(year) == Some(&b'.') && is_digit(bytes, year + 1);
    let short =
        year - month == 3 && day - at == 2 && month - day == 3 && plausible(bytes, at, day + 1);
    ((year - month == 5 || short) && !more).then_some([day, day + 1, month, month + 1, year])
}

/// True for a day and a month of the calendar, which tells 17.04.22 from a version.
fn plausible(bytes: &[u8], day: usize, month: usize) -> bool {
    let two = |at: usize| {
        bytes
            .get(at..at + 2)
            .and_then(|pair| std::str::from_utf8(pair).ok()?.parse::<u8>().ok())
            .unwrap_or(0)
    };
    (1..=31).contains(&two(day)) && (1..=12).contains(&two(month))
}

/// A digit run with Western (1,234,567) or Indian (12,34,567) grouping and decimals. Dots between
/// three groups or more are a version or an address.
pub fn digits(bytes: &[u8], at: usize) -> (usize, Kind) {
    let first = run(bytes, at);
    let dot = |end: usize| bytes.get(end) == Some(&b'.') && is_digit(bytes, end + 1);
    if dot(first) {
        let second = run(bytes, first + 1);
        if !dot(second) {
            return (second, Kind::Digits);
        }
        let third = run(bytes, second + 1);
        let mut end = third;
        while dot(end) {
            end = run(bytes, end + 1);
        }
        return (end, Kind::Opaque);
    }
    let mut ends = vec![first];
    let mut end = first;
    while bytes.get(end) == Some(&b',') && is_digit(bytes, end + 1) {
        end = run(bytes, end + 1);
        ends.push(end);
        if ends.len() > 12 {
            break;
        }
    }
    if ends.len() > 1 && grouped(at, &ends) && ends.len() <= 12 {
        let decimals = if dot(end) { run(bytes, end + 1) } else { end };
        return (decimals, Kind::Digits);
    }
    (first, Kind::Digits)
}

/// True for groups of three, or of two with a last one of three, after a first of one to three.
pub fn grouped(start: usize, ends: &[usize]) -> bool {
    let mut from = start;
    let lengths: Vec<usize> = ends
        .iter()
        .map(|&end| {
            let length = end - from;
            from = end + 1;
            length
        })
        .collect();
    match lengths.as_slice() {
        [first, rest @ .., last] if *last == 3 => {
            (*first <= 3 && rest.iter().all(|&length| length == 3))
                || (*first <= 2 && rest.iter().all(|&length| length == 2))
        }
        _ => false,
    }
}
