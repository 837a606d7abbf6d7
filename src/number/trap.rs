//! What looks like a number and is none: parts of names, labels, versions, telephone numbers.
//!
//! Refuses by what stands beside the digits, never by a list of names.

use super::cue::{GLUED_SUFFIXES, NUMBER_PREFIXES};
use super::lexer::{Kind, Tokens};
use super::numeral::class;
use super::phrase::lower_word;
use super::service::{reading, telephone};
use super::table::{COUNTED, IDENTIFIERS, MONTHS, NOUN_STOPS, STREETS, WEEKDAYS};
use super::trap_word::word_in_name;

/// The index after what begins here and is no number, if it is so.
pub fn trap(tokens: &Tokens, at: usize) -> Option<usize> {
    // "a two-for-one split"
    if tokens.hyphen(at + 1)
        && tokens.any(at + 2, &["for", "on", "in", "of"])
        && tokens.hyphen(at + 3)
        && (tokens.is(at, Kind::Digits) || class(tokens, at).is_some())
    {
        return Some(at + 5);
    }
    if tokens.is(at, Kind::Digits) {
        return telephone(tokens, at)
            .or_else(|| reading(tokens, at))
            .or_else(|| numbered_body(tokens, at))
            .or_else(|| glued_name(tokens, at))
            .or_else(|| label(tokens, at))
            .or_else(|| capital_after(tokens, at))
            .or_else(|| address(tokens, at))
            .or_else(|| list_mark(tokens, at));
    }
    word_in_name(tokens, at)
}

/// "7th Brigade", "3rd Corps": an ordinal that is part of a name.
fn numbered_body(tokens: &Tokens, at: usize) -> Option<usize> {
    let suffix = tokens.glued(at + 1) && tokens.any(at + 1, &["st", "nd", "rd", "th"]);
    let body = |index: usize| {
        IDENTIFIERS.contains(tokens.word(index)) || STREETS.contains(tokens.word(index))
    };
    // "21st Military Zone", "62nd Motorised Infantry Regiment"
    let last = (at + 2..at + 5)
        .take_while(|&index| tokens.capital(index) && tokens.is(index, Kind::Word))
        .find(|&index| body(index))
        .filter(|_| suffix)?;
    Some(last + 1)
}

/// Letters or a hyphen glued before the digits (MH17, F-16), or letters after that are no unit (3D).
fn glued_name(tokens: &Tokens, at: usize) -> Option<usize> {
    let end = at + 1;
    if tokens.glued(at) && at > 0 {
        if tokens.is(at - 1, Kind::Word) {
            let money = super::currency::money_before(tokens, at - 1).is_some();
            let sign = tokens.any_back(at, 1, &["q"]) && tokens.any(at, &["1", "2", "3", "4"])
                || tokens.any_back(at, 1, &["h"]) && tokens.any(at, &["1", "2"]);
            let glued_sign = tokens.glued(at - 1) && tokens.any_back(at, 2, &["$"]);
            if !money && !sign && !glued_sign && !MONTHS.contains_key(tokens.word(at - 1)) {
                return Some(skip_glued(tokens, end));
            }
        }
        if matches!(tokens.back(at, 1), "-" | "‑" | "‐")
            && at >= 2
            && tokens.glued(at - 1)
            && tokens.is(at - 2, Kind::Word)
        {
            let before = tokens.word(at - 2);
            let prefix = NUMBER_PREFIXES.contains(before)
                || MONTHS.contains_key(before)
                || WEEKDAYS.contains_key(before)
                || class(tokens, at - 2).is_some();
            let year = tokens.raw(at).len() == 4 && lower_word(tokens, at - 2);
            let unit = super::measure::unit_word(tokens, at - 2).is_some()
                && at >= 3
                && tokens.is(at - 3, Kind::Digits);
            if !prefix && !year && !unit {
                return Some(skip_glued(tokens, end));
            }
        }
        if matches!(tokens.back(at, 1), "#" | "@" | "_")
            || (tokens.any_back(at, 1, &["."])
                && at >= 2
                && tokens.glued(at - 1)
                && tokens.is(at - 2, Kind::Word)
                && !MONTHS.contains_key(tokens.back(at, 2))
                && (tokens.back(at, 2).len() > 2
                    || tokens.back(at, 2).len() == 1 && tokens.capital(at - 2))
                && !matches!(tokens.back(at, 2), "rs"))
        {
            return Some(skip_glued(tokens, end));
        }
        // 1.99×10−30
        if matches!(tokens.back(at, 1), "×" | "^") {
            return Some(skip_glued(tokens, end));
        }
    }
    if tokens.glued(end) && tokens.word(end) == "×" {
        return Some(skip_glued(tokens, end));
    }
    if tokens.glued(end) && tokens.is(end, Kind::Word) {
        let word = tokens.word(end);
        let raw = tokens.raw(end);
        let known = super::measure::is_suffix(raw)
            || super::measure::unit_word(tokens, end).is_some()
            || super::clock::meridiem(tokens, end).is_some()
            || GLUED_SUFFIXES.contains(word)
            || super::table::CURRENCY_WORDS.find(tokens, end).is_some()
            || matches!(word, "musd" | "meur");
        if !known
            || (tokens.glued(end + 1)
                && tokens.is(end + 1, Kind::Digits)
                && raw != "H"
                && word != "h"
                && word != "q"
                && !matches!(word, "km" | "m" | "cm"))
        {
            return Some(skip_glued(tokens, end));
        }
    }
    None
}

/// "an 8-K form", "a 7-Eleven": a capital after the hyphen.
fn capital_after(tokens: &Tokens, at: usize) -> Option<usize> {
    let next = at + 2;
    let name = tokens.hyphen(at + 1)
        && tokens.is(next, Kind::Word)
        && tokens.capital(next)
        && (tokens.raw(next).len() == 1 || class(tokens, next).is_some())
        && super::measure::unit_word(tokens, next).is_none();
    name.then_some(next + 1)
}

/// "49 Old Mill Road", "16-18 Harbour Avenue": a house's number.
fn address(tokens: &Tokens, at: usize) -> Option<usize> {
    if tokens.raw(at).len() > 4 || !tokens.raw(at).bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let pair = tokens.hyphen(at + 1) && tokens.is(at + 2, Kind::Digits);
    let start = if pair { at + 3 } else { at + 1 };
    for index in start..start + 5 {
        let ordinal = tokens.is(index, Kind::Digits)
            || tokens.any(index, &["st", "nd", "rd", "th"]) && tokens.glued(index);
        let name = tokens.capital(index) && tokens.is(index, Kind::Word);
        if !ordinal && !name {
            return None;
        }
        let street = index > start && STREETS.contains(tokens.word(index)) && !tokens.glued(index);
        if street {
            return Some(index + 1);
        }
    }
    None
}

/// The end of a run of letters, digits and the plus signs inside it (P5+1).
fn skip_glued(tokens: &Tokens, mut end: usize) -> usize {
    loop {
        let run = tokens.is(end, Kind::Word) || tokens.is(end, Kind::Digits);
        let plus = tokens.word(end) == "+" && tokens.glued(end + 1);
        if !tokens.glued(end) || !(run || plus) {
            return end;
        }
        end += 1;
    }
}

/// A bare number after the word that it labels (Resolution 2254), or after a name (Windows 95).
fn label(tokens: &Tokens, at: usize) -> Option<usize> {
    let raw = tokens.raw(at);
    let mut end = at + 1;
    if !raw.bytes().all(|b| b.is_ascii_digit() || b == b'.') || at == 0 {
        return None;
    }
    if tokens.glued(end)
        && tokens.is(end, Kind::Word)
        && !tokens.any(end, &["st", "nd", "rd", "th"])
    {
        return None;
    }
    let dot = tokens.any_back(at, 1, &["."])
        && tokens.any_back(at, 2, &["no", "nos", "sec", "art", "p", "vol"]);
    let before = if dot { at - 2 } else { at - 1 };
    // Another line is another heading: "Ormoc\n2 suspects fall".
    if !dot && tokens.gap(at).contains(['\n', '\r']) {
        return None;
    }
    if !tokens.is(before, Kind::Word) || tokens.glued(at) && !dot {
        return None;
    }
    let next = tokens.word(end);
    let counts = (lower_word(tokens, end)
        && !NOUN_STOPS.contains(next)
        && (next.ends_with('s') || COUNTED.contains(next)))
        || super::measure::unit_word(tokens, end).is_some()
        || class(tokens, end).is_some()
        || matches!(next, "%" | "/" | "-" | "–") && tokens.glued(end);
    let word = tokens.word(before);
    let capital = tokens.capital(before);
    // "Section 17(5)"
    if tokens.word(end) == "(" && tokens.glued(end) && IDENTIFIERS.contains(word) {
        end += 2;
    }
    let named = IDENTIFIERS.contains(word) && (capital || before > 0 && !matches!(word, "e" | "p"));
    if named && (capital || !counts) {
        // "Articles 35 and 370", "pages 3 to 5"
        while tokens.any(end, &["and", "to", "or", ",", "-", "–", "/"])
            && tokens.is(end + 1, Kind::Digits)
            && super::measure::unit_word(tokens, end + 2).is_none()
        {
            end += 2;
        }
        return Some(end);
    }
    // A name goes on into its number: "Galaxy Note 20 Ultra", "Al Qaeda 2.0".
    let year = raw.len() == 4 && (1900..2100).contains(&raw.parse::<u16>().unwrap_or(0));
    let calendar = MONTHS.contains_key(word)
        || WEEKDAYS.contains_key(word)
        || super::table::HOLIDAYS.find(tokens, before).is_some();
    let sentence_start = before == 0
        || (before == 1 && !tokens.is(0, Kind::Word))
        || matches!(tokens.back(before, 1), "." | ":" | "“" | "\"" | "‘");
    let acronym =
        tokens.raw(before).len() > 1 && tokens.raw(before).bytes().all(|b| b.is_ascii_uppercase());
    let function = NOUN_STOPS.contains(word) || class(tokens, before).is_some();
    (capital
        && !sentence_start
        && !calendar
        && !function
        && !year
        && !counts
        && !(acronym && raw.contains('.'))
        && raw.len() <= 3
        && super::currency::money_before(tokens, before).is_none())
    .then_some(end)
}

/// "1) first", "2." at the head of a line.
fn list_mark(tokens: &Tokens, at: usize) -> Option<usize> {
    let short = tokens.raw(at).len() <= 2 && tokens.raw(at).bytes().all(|b| b.is_ascii_digit());
    let close = tokens.word(at + 1) == ")" && tokens.glued(at + 1);
    let open = (1..=8).any(|back| tokens.back(at, back) == "(");
    // A player's number: "Name Surname (4)".
    let shirt = close
        && tokens.any_back(at, 1, &["("])
        && at >= 2
        && tokens.capital(at - 2)
        && tokens.raw(at).len() == 1;
    let opens = at == 0 || tokens.gap(at).contains(['\n', '\r']);
    let first = opens
        && tokens.word(at + 1) == "."
        && tokens.glued(at + 1)
        && !tokens.glued(at + 2)
        && (tokens.len() > at + 3 || tokens.len() == 2);
    (short && ((close && !open) || shirt || first)).then_some(at + 2)
}
