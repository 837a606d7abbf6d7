//! Proportions in words: "one in five", "nine out of ten", "one in every 500".
//!
//! Refuses "two in three attacks": with "in" only one, or a part of a round number, is a proportion, unless a verb follows.

use rust_decimal::Decimal;

use super::fraction::part;
use super::lexer::{Kind, Tokens};
use super::numeral::{Form, Numeral, class};
use super::words::words;

/// The proportion that begins here.
pub fn proportion(tokens: &Tokens, at: usize) -> Option<Numeral> {
    let (part_value, next) = whole_number(tokens, at)?;
    let (start, out_of) = match (tokens.word(next), tokens.word(next + 1)) {
        ("in", _) => (next + 1, false),
        ("out", "of") => (next + 2, true),
        _ => return None,
    };
    let every = tokens.word(start) == "every";
    let (whole, end) = whole_number(tokens, if every { start + 1 } else { start })?;
    let round = whole >= Decimal::TEN && whole.checked_rem(Decimal::TEN)?.is_zero();
    let year = !every && (1500..2200).contains(&i64::try_from(whole).ok()?);
    // "three in five said", but not "two in three attacks".
    let told = tokens.is(at, Kind::Word)
        && super::phrase::lower_word(tokens, end)
        && super::table::NOUN_STOPS.contains(tokens.word(end))
        && !tokens.any(end, &["and", "or", "of", "in", "to"]);
    let fits = out_of || every || part_value == Decimal::ONE || round || told;
    let timed = super::measure::duration_unit(tokens, end).is_some()
        || super::measure::unit_word(tokens, end).is_some()
        || super::date::month(tokens, end).is_some()
        || tokens.hyphen(end);
    if !fits || year || timed || part_value >= whole || part_value.is_zero() {
        return None;
    }
    Some(part(part_value, whole, end))
}

/// A plain cardinal without a fraction of its own.
fn whole_number(tokens: &Tokens, at: usize) -> Option<(Decimal, usize)> {
    if tokens.is(at, Kind::Digits) {
        let raw = tokens.raw(at);
        let clean = raw.bytes().all(|b| b.is_ascii_digit() || b == b',')
            && (!tokens.glued(at + 1) || tokens.any(at + 1, &[",", ".", ";", ")"]))
            && !tokens.glued(at);
        return (clean && raw.len() <= 9).then(|| Some((super::digits::parse(raw)?, at + 1)))?;
    }
    class(tokens, at)?;
    let found = words(tokens, at, None).filter(|found| found.form == Form::Cardinal)?;
    found.value.is_integer().then_some((found.value, found.end))
}
