//! Ages by what stands beside them: "the driver, 52,", "aged 19, 23 and 41", "a boy of 11", "as young as six".
//!
//! Refuses a number that something countable follows, and one after a plural that is no list of kin.

use super::cue::{AGED_ONES, KIN};
use super::lexer::{Kind, Tokens};
use super::noun::{content, plural};
use super::table::PERSONS;

/// How many tokens a list of ages may have.
const LONGEST: usize = 12;

fn young(tokens: &Tokens, index: usize) -> bool {
    tokens.is(index, Kind::Digits)
        && tokens.raw(index).len() <= 2
        && tokens.raw(index).bytes().all(|b| b.is_ascii_digit())
}

/// True where nothing that the number could count or measure follows.
fn free(tokens: &Tokens, end: usize) -> bool {
    let counts = content(tokens, end)
        && (plural(tokens, end) || content(tokens, end + 1) && plural(tokens, end + 1));
    !counts && !tokens.hyphen(end) && super::measure::unit_word(tokens, end).is_none()
}

/// True where an apposition may end at `end`.
fn closes(tokens: &Tokens, end: usize) -> bool {
    matches!(tokens.word(end), "," | ";" | ")" | "—" | "–") && !tokens.is(end + 1, Kind::Digits)
        || tokens.word(end) == "." && end + 1 >= tokens.len()
}

/// "her grandchildren, 6 and 9,", "two sons (12 and 9)", "aged 19, 23 and 41": one of a list of ages.
pub fn listed(tokens: &Tokens, at: usize) -> bool {
    if !young(tokens, at) {
        return false;
    }
    let sign = |index: usize| tokens.any(index, &[",", "and"]);
    let mut first = at;
    while first > 0
        && at - first < LONGEST
        && (young(tokens, first - 1) || sign(first - 1) && young(tokens, first))
    {
        first -= 1;
    }
    let mut end = at + 1;
    while end < at + LONGEST && (young(tokens, end) || sign(end) && young(tokens, end + 1)) {
        end += 1;
    }
    let joined = (first..end).any(|index| tokens.word(index) == "and" && young(tokens, index + 1));
    let kin = |index: usize| {
        KIN.contains(tokens.back(index, 1)) || PERSONS.contains(tokens.back(index, 1))
    };
    let bracket = tokens.any_back(first, 1, &["("]) && kin(first - 1) && tokens.word(end) == ")";
    let comma = tokens.word(first) == "," && kin(first) && joined;
    let aged = tokens.any_back(first, 1, &["aged"]);
    (bracket || comma || aged) && free(tokens, end)
}

/// "the driver, 52,", "Sani, only 9,", "the oldest 17", "as young as six", "At 63, he", "a boy of 11".
pub fn beside(tokens: &Tokens, at: usize, end: usize) -> bool {
    let person = |back: usize| PERSONS.contains(tokens.back(at, back));
    if tokens.any_back(at, 1, &[","]) && person(2) && closes(tokens, end) {
        return true;
    }
    if tokens.any_back(at, 1, &["only", "just", "barely"])
        && tokens.any_back(at, 2, &[","])
        && (person(3) || at >= 3 && tokens.capital(at - 3) && tokens.is(at - 3, Kind::Word))
        && closes(tokens, end)
    {
        return true;
    }
    if !free(tokens, end) {
        return false;
    }
    let most = tokens.any_back(at, 1, &["youngest", "oldest", "eldest"]);
    let as_young = tokens.any_back(at, 1, &["as"])
        && tokens.any_back(at, 2, &["young", "old"])
        && tokens.any_back(at, 3, &["as"]);
    let at_age = at == 1
        && tokens.word(0) == "at"
        && tokens.word(end) == ","
        && tokens.any(end + 1, &["he", "she", "i"]);
    let of_age = tokens.any_back(at, 1, &["of"]) && AGED_ONES.contains(tokens.back(at, 2));
    most || as_young || at_age || of_age
}

/// "Ahmed, seven, and his sister": an age in words after a name, between commas.
pub fn spelled(tokens: &Tokens, at: usize, end: usize) -> bool {
    tokens.any_back(at, 1, &[","])
        && at >= 2
        && tokens.is(at - 2, Kind::Word)
        && (tokens.capital(at - 2) || PERSONS.contains(tokens.back(at, 2)))
        && !super::table::MONTHS.contains_key(tokens.back(at, 2))
        && !super::table::WEEKDAYS.contains_key(tokens.back(at, 2))
        && tokens.word(end) == ","
        && tokens.any(
            end + 1,
            &[
                "and", "who", "a", "an", "the", "was", "is", "said", "his", "her",
            ],
        )
}
