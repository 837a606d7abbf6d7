//! Fractions: "two thirds", "1/4", "½", "half a million", "a third of", "and a half".
//!
//! Refuses "half" after a word that makes it a part of a match or of a pair.

use super::cue::{FRACTION_FOLLOWERS, HALF_LEADERS};
use rust_decimal::Decimal;

use super::digits;
use super::lexer::{Kind, Tokens};
use super::numeral::{Form, Numeral, class, scale_after};
use super::table::Class;
use super::words::words;

/// "half a million", "a half-dozen", "quarter million", "two thirds of a million".
pub fn part_of_scale(tokens: &Tokens, at: usize) -> Option<Numeral> {
    let start = if tokens.any(at, &["a", "one"]) {
        at + 1
    } else {
        at
    };
    let (numerator, denominator, mut next) = match class(tokens, start) {
        Some((Class::Part, denominator)) => (Decimal::ONE, denominator, start + 1),
        _ => {
            let found = fraction_words(tokens, at)?;
            (found.0, found.1, found.2)
        }
    };
    next = tokens.skip_hyphen(next);
    if tokens.word(next) == "of" && tokens.any(next + 1, &["a", "one"]) {
        next += 1;
    }
    if tokens.any(next, &["a", "one"]) {
        next += 1;
    }
    let (Class::Dozen | Class::Scale | Class::Hundred, scale) = class(tokens, next)? else {
        return None;
    };
    let value = numerator.checked_mul(scale)?.checked_div(denominator)?;
    let mut found = Numeral::new(next + 1, value, Form::Cardinal);
    found.scale = Some(scale);
    Some(found)
}

/// "a dozen", "a hundred and two", "a third of", "a half".
pub fn with_article(tokens: &Tokens, at: usize) -> Option<Numeral> {
    if !tokens.any(at, &["a", "an"]) {
        return None;
    }
    match class(tokens, at + 1)? {
        (Class::Hundred | Class::Scale | Class::Dozen, _) => {
            let mut found = words(tokens, at + 1, Some(Decimal::ONE))?;
            found.article = true;
            Some(found)
        }
        (Class::Part, denominator) => {
            if tokens.word(at + 1) == "quarter" && tokens.any(at + 2, &["century"])
                || tokens.hyphen(at + 2)
            {
                return None;
            }
            Some(part(Decimal::ONE, denominator, at + 2))
        }
        (Class::OrdinalSmall, denominator)
            if denominator > Decimal::TWO
                && !tokens.hyphen(at + 2)
                && fraction_follows(tokens, at + 2)
                && !in_a_row(tokens, at, denominator) =>
        {
            Some(part(Decimal::ONE, denominator, at + 2))
        }
        _ => None,
    }
}

/// How far "two were killed and a third is missing" looks for its two.
const ROW: usize = 25;

/// "two were killed and a third is missing": the next of those that were counted.
fn in_a_row(tokens: &Tokens, at: usize, ordinal: Decimal) -> bool {
    let hedge = usize::from(tokens.any_back(at, 1, &["perhaps", "maybe", "possibly"]));
    let joined = tokens.any_back(at, hedge + 1, &["and", ",", "while", "but"]);
    joined
        && tokens.word(at + 2) != "of"
        && (at.saturating_sub(ROW)..at).any(|back| {
            let value = match class(tokens, back) {
                Some((Class::Small, value)) => Some(value),
                _ if tokens.is(back, Kind::Digits) => digits::parse(tokens.raw(back)),
                _ => None,
            };
            value.and_then(|value| value.checked_add(Decimal::ONE)) == Some(ordinal)
        })
}

/// After "a third" a fraction goes on with "of" or a boundary; an ordinal with its noun.
pub fn fraction_follows(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    word.is_empty() || (!tokens.is(at, Kind::Word)) || FRACTION_FOLLOWERS.contains(word)
}

pub fn part(numerator: Decimal, denominator: Decimal, end: usize) -> Numeral {
    let value = numerator.checked_div(denominator).unwrap_or_default();
    Numeral::new(
        end,
        value,
        Form::Fraction(format!(
            "{}/{}",
            numerator.normalize(),
            denominator.normalize()
        )),
    )
}

/// "two thirds", "one-fifth", "half": numerator, denominator and end.
pub fn fraction_words(tokens: &Tokens, at: usize) -> Option<(Decimal, Decimal, usize)> {
    let (small, numerator) = class(tokens, at)?;
    if small == Class::Small && numerator > Decimal::ZERO {
        let next = tokens.skip_hyphen(at + 1);
        let (kind, denominator) = class(tokens, next)?;
        let one = numerator == Decimal::ONE;
        let fits = match kind {
            Class::Parts => !one,
            Class::Part => one,
            Class::OrdinalSmall => one && denominator > Decimal::TWO,
            Class::OrdinalTen | Class::OrdinalScale => one,
            _ => false,
        };
        return fits.then_some((numerator, denominator, next + 1));
    }
    None
}

/// A fraction in words, in digits (1/4, 2 1/4) or as a sign (½).
pub fn fraction(tokens: &Tokens, at: usize) -> Option<Numeral> {
    if let Some((numerator, denominator, end)) = fraction_words(tokens, at) {
        return Some(part(numerator, denominator, end));
    }
    // "the poorest fifth of the country"
    if let Some((Class::OrdinalSmall, denominator)) = class(tokens, at)
        && denominator > Decimal::TWO
        && tokens.word(at + 1) == "of"
        && (tokens.any_back(at, 1, &["top", "bottom"]) || superlative(tokens.back(at, 1)))
    {
        return Some(part(Decimal::ONE, denominator, at + 1));
    }
    match tokens.word(at) {
        "half" => {
            // "The second half", "a second-half goal".
            let hyphen = at.checked_sub(1).is_some_and(|at| tokens.hyphen(at));
            let before = tokens.back(at, 1 + usize::from(hyphen));
            // "said that half of them", but not "that half".
            let clause = before == "that" && tokens.word(at + 1) == "of";
            let named = tokens.hyphen(at + 1) || HALF_LEADERS.contains(before) && !clause;
            return (!named).then(|| part(Decimal::ONE, Decimal::TWO, at + 1));
        }
        "½" | "⅓" | "⅔" | "¼" | "¾" | "⅕" | "⅖" | "⅗" | "⅘" | "⅙" | "⅚" | "⅐" | "⅛" | "⅜" | "⅝"
        | "⅞" | "⅑" | "⅒" => {
            let (numerator, denominator) = digits::sign(tokens.word(at))?;
            return Some(part(numerator.into(), denominator.into(), at + 1));
        }
        _ => {}
    }
    if !tokens.is(at, Kind::Digits) {
        return None;
    }
    let plain = |index: usize| {
        let raw = tokens.raw(index);
        (raw.len() <= 4 && raw.bytes().all(|b| b.is_ascii_digit())).then(|| digits::parse(raw))?
    };
    let simple = |index: usize| -> Option<(Decimal, Decimal, usize)> {
        let (numerator, denominator) = (plain(index)?, plain(index + 2)?);
        let slash = matches!(tokens.word(index + 1), "/" | "⁄" | "∕");
        (slash
            && tokens.glued(index + 1)
            && tokens.glued(index + 2)
            && !matches!(tokens.word(index + 3), "/")
            && denominator > Decimal::ONE)
            .then_some((numerator, denominator, index + 3))
    };
    if let Some((numerator, denominator, end)) = simple(at) {
        return (numerator < denominator).then(|| part(numerator, denominator, end));
    }
    let whole = plain(at)?;
    // "2 1/4", and "7-3/8" as markets write it.
    let part_at = tokens.skip_hyphen(at + 1);
    let (numerator, denominator, end) = simple(part_at)
        .filter(|found| found.0 < found.1 && (part_at > at + 1 || !tokens.glued(at + 1)))
        .or_else(|| {
            let (n, d) = digits::sign(tokens.word(at + 1))?;
            Some((n.into(), d.into(), at + 2))
        })?;
    let total = whole.checked_mul(denominator)?.checked_add(numerator)?;
    let mut found = part(total, denominator, end);
    scale_after(tokens, &mut found);
    Some(found)
}

fn superlative(word: &str) -> bool {
    word.ends_with("est") && word.len() > 5
}

/// "and a half", "and one fourth", "and half" after a whole number.
pub fn and_part(tokens: &Tokens, whole: &Numeral) -> Option<(Decimal, String, usize)> {
    let at = tokens.skip_hyphen(whole.end);
    if tokens.word(at) != "and" {
        return None;
    }
    let start = tokens.skip_hyphen(at + 1);
    let (numerator, denominator, end) = fraction_words(tokens, start).or_else(|| {
        let next = if tokens.word(start) == "a" {
            tokens.skip_hyphen(start + 1)
        } else {
            start
        };
        match class(tokens, next)? {
            (Class::Part, denominator) => Some((Decimal::ONE, denominator, next + 1)),
            (Class::OrdinalSmall, denominator) if next > start && denominator > Decimal::TWO => {
                Some((Decimal::ONE, denominator, next + 1))
            }
            _ => None,
        }
    })?;
    let unit = match whole.scale {
        Some(scale) if start < end && whole.value >= scale => scale,
        _ => Decimal::ONE,
    };
    let added = numerator.checked_mul(unit)?.checked_div(denominator)?;
    let total = whole.value.checked_add(added)?;
    let over = whole
        .value
        .checked_mul(denominator)?
        .checked_add(numerator)?;
    let exact = format!("{}/{}", over.normalize(), denominator.normalize());
    Some((total, exact, end))
}
