//! Names of types inside a noun phrase, which the lexer takes apart: "C-130s", "Mi-8 helicopters", "U.S. states".
//!
//! Refuses what has no capital: "anti-tank" and "12-pounders" are read elsewhere.

use super::lexer::{Kind, Tokens};

/// A name of a type that begins here: the index after it, and whether it is a plural.
pub fn model(tokens: &Tokens, at: usize) -> Option<(usize, bool)> {
    let part = at + 2;
    if !(tokens.is(at, Kind::Word)
        && tokens.capital(at)
        && tokens.hyphen(at + 1)
        && tokens.glued(at + 1)
        && tokens.glued(part))
    {
        return None;
    }
    if tokens.is(part, Kind::Digits) {
        let tail = tokens.glued(part + 1) && tokens.is(part + 1, Kind::Word);
        let end = if tail { part + 2 } else { part + 1 };
        return Some((end, tail && tokens.raw(part + 1).ends_with('s')));
    }
    // "Iskander-Ms"
    let raw = tokens.raw(part);
    let letters = raw.len() <= 3 && tokens.capital(part) && raw.ends_with('s');
    letters.then_some((part + 1, true))
}

/// Initials with dots, "U.S.": the index after them.
pub fn initials(tokens: &Tokens, at: usize) -> Option<usize> {
    let mut end = at;
    while tokens.is(end, Kind::Word)
        && tokens.raw(end).len() == 1
        && tokens.capital(end)
        && tokens.word(end + 1) == "."
        && tokens.glued(end + 1)
        && (end == at || tokens.glued(end))
    {
        end += 2;
    }
    (end >= at + 4).then_some(end)
}

/// True where the words around are all in capitals, as in a headline that shouts.
pub fn shouted(tokens: &Tokens, at: usize) -> bool {
    let mut words = 0;
    for index in at.saturating_sub(3)..at + 4 {
        if index == at || !tokens.is(index, Kind::Word) {
            continue;
        }
        if tokens.raw(index).chars().any(char::is_lowercase) {
            return false;
        }
        words += 1;
    }
    words >= 2
}
