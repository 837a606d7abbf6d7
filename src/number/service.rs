//! Figures by which a page serves its readers: telephone numbers, reading times, counts of comments.
//!
//! Refuses what stands in a sentence as its amount: "a 3 minute read of the law" is lost, and no more.

use super::cue::TELEPHONE_WORDS;
use super::lexer::{Kind, Tokens};

/// "+92 51 111 222 333", "(206) 555-1212", "123-12-1234", "0300-1234567".
pub fn telephone(tokens: &Tokens, at: usize) -> Option<usize> {
    let raw = tokens.raw(at);
    if !raw.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let plus =
        tokens.glued(at) && tokens.any_back(at, 1, &["+"]) && !(at >= 2 && tokens.glued(at - 1));
    let mut groups = 1;
    let mut hyphens = 0;
    let mut end = at + 1;
    let mut total = raw.len();
    loop {
        let joined = matches!(tokens.word(end), "-" | ")" | "." | "–") && tokens.glued(end);
        let next = if joined { end + 1 } else { end };
        let next = if tokens.word(next) == "(" {
            next + 1
        } else {
            next
        };
        let group = tokens.raw(next);
        if groups > 8
            || !tokens.is(next, Kind::Digits)
            || !group.bytes().all(|b| b.is_ascii_digit())
        {
            break;
        }
        if !joined && !plus && tokens.start(next) != tokens.end(next - 1) + 1 {
            break;
        }
        hyphens += usize::from(joined);
        groups += 1;
        total += group.len();
        end = next + 1;
    }
    let date = groups == 3
        && hyphens == 2
        && (raw.len() == 4 || tokens.raw(end - 1).len() == 4)
        && raw.len() != 3
        && tokens.raw(at + 2).len() <= 2;
    let bracket = tokens.any_back(at, 1, &["("]) && raw.len() == 3 && groups >= 2 && total >= 9;
    let zero = raw.len() >= 3 && raw.starts_with('0') && groups >= 2 && total >= 8;
    let free = matches!(raw, "1800" | "1300") && groups >= 3;
    let many = hyphens >= 2 && total >= 8 && !date;
    let label = |back| TELEPHONE_WORDS.contains(tokens.back(at, back));
    // "Tel. 01 555 0142"
    let abbreviated = matches!(tokens.back(at, 2), "tel" | "phone" | "fax")
        && matches!(tokens.back(at, 1), "." | ":");
    let called = groups >= 2 && total >= 7 && (hyphens >= 1 && (1..=3).any(label) || abbreviated);
    let long = groups == 1 && raw.len() >= 5 && raw.starts_with('0')
        || (plus && total >= 7)
        || raw.len() > 18;
    (bracket || zero || free || many || called || long).then_some(end)
}

/// "3 min read", and "12 comments" on a line of its own: what a page says of itself.
pub fn reading(tokens: &Tokens, at: usize) -> Option<usize> {
    let unit = tokens.skip_hyphen(at + 1);
    let minutes = tokens.any(unit, &["min", "mins", "minute", "minutes"]);
    if minutes && tokens.word(tokens.skip_hyphen(unit + 1)) == "read" {
        return Some(tokens.skip_hyphen(unit + 1) + 1);
    }
    let breaks = |index: usize| index >= tokens.len() || tokens.gap(index).contains(['\n', '\r']);
    let counted = tokens.any(at + 1, &["comment", "comments", "shares", "views", "likes"]);
    (counted && (at == 0 || breaks(at)) && breaks(at + 2)).then_some(at + 2)
}
