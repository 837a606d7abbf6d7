//! Owners before what is counted: "five percent of Peru's output" counts output.
//!
//! Refuses an owner of more words than a name has, and one with a verb or a function word in it.

use super::lexer::{Kind, Tokens};
use super::table::NOUN_STOPS;

/// How many words an owner may have: "the Defence Ministry's".
const OWNER: usize = 5;

/// The index after an owner that begins here ("Peru's copper"), or the same.
pub fn after_owner(tokens: &Tokens, at: usize) -> usize {
    let begin = if tokens.any(at, &["a", "an", "the"]) {
        at + 1
    } else {
        at
    };
    for end in begin..begin + OWNER {
        if !tokens.is(end, Kind::Word) || NOUN_STOPS.contains(tokens.word(end)) {
            return at;
        }
        if matches!(tokens.word(end + 1), "'" | "’") && tokens.glued(end + 1) {
            let after = if tokens.word(end + 2) == "s" && tokens.glued(end + 2) {
                end + 3
            } else {
                end + 2
            };
            let owns = tokens.is(after, Kind::Word) || tokens.is(after, Kind::Digits);
            return if owns && !tokens.glued(after) {
                after
            } else {
                at
            };
        }
    }
    at
}
