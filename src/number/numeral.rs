//! Numerals: digits, words, the two mixed, ordinals, fractions and vague amounts.
//!
//! Refuses to look at what a numeral measures or counts; that is for `measure` and `noun`.

use rust_decimal::Decimal;

use super::digits;
use super::fraction::{and_part, fraction, part_of_scale, with_article};
use super::lexer::{Kind, Tokens};
use super::proportion::proportion;
use super::table::{Class, SUFFIXES};
use super::words::words;

/// How a numeral is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    Cardinal,
    Ordinal,
    /// With its exact value ("2/3").
    Fraction(String),
    /// An order of magnitude; `high` is none for "several".
    Vague {
        high: Option<Decimal>,
    },
}

/// A numeral that was read from some index up to `end`.
#[derive(Clone, Debug)]
pub struct Numeral {
    pub end: usize,
    /// The value; the lower end of a vague one.
    pub value: Decimal,
    pub form: Form,
    /// The last scale (million), for ranges that share it: 10-15 million.
    pub scale: Option<Decimal>,
    /// True for a lone digit run without grouping, decimals or scale.
    pub bare: bool,
    /// True where the scale is a lone `m`, which may be a meter.
    pub maybe_meter: bool,
    /// True where it begins with an article ("a hundred").
    pub article: bool,
}

impl Numeral {
    pub fn new(end: usize, value: Decimal, form: Form) -> Self {
        Self {
            end,
            value,
            form,
            scale: None,
            bare: false,
            maybe_meter: false,
            article: false,
        }
    }
}

pub fn class(tokens: &Tokens, at: usize) -> Option<(Class, Decimal)> {
    tokens.known(at).class
}

/// The numeral that begins here, the longest reading first.
pub fn numeral(tokens: &Tokens, at: usize) -> Option<Numeral> {
    // What begins a numeral is a number, or a word or sign that opens a rule.
    if !tokens.known(at).opens {
        return None;
    }
    tokens.remembered(at, || read(tokens, at))
}

fn read(tokens: &Tokens, at: usize) -> Option<Numeral> {
    signed(tokens, at)
        .or_else(|| proportion(tokens, at))
        .or_else(|| vague(tokens, at))
        .or_else(|| part_of_scale(tokens, at))
        .or_else(|| with_article(tokens, at))
        .or_else(|| fraction(tokens, at))
        .or_else(|| mixed(tokens, at))
}

/// "-5", "minus 5", "negative one".
fn signed(tokens: &Tokens, at: usize) -> Option<Numeral> {
    let word = tokens.word(at);
    let next = match word {
        "minus" | "negative" if !tokens.any_back(at, 1, &["or"]) => tokens.skip_hyphen(at + 1),
        "-" | "−"
            if tokens.glued(at + 1)
                && (!tokens.glued(at) || tokens.any_back(at, 1, &["(", "$", "£", "€"])) =>
        {
            at + 1
        }
        _ => return None,
    };
    if !tokens.is(next, Kind::Digits) && class(tokens, next).is_none() {
        return None;
    }
    let mut found = fraction(tokens, next).or_else(|| mixed(tokens, next))?;
    found.value = -found.value;
    found.bare = false;
    if let Form::Fraction(exact) = &mut found.form {
        exact.insert(0, '-');
    }
    Some(found)
}

/// "dozens", "hundreds of thousands", "a few hundred", "several", "a couple of".
fn vague(tokens: &Tokens, at: usize) -> Option<Numeral> {
    let word = tokens.word(at);
    if let Some((Class::Vague, mut low)) = class(tokens, at) {
        let mut end = at + 1;
        let mut high = if word == "dozens" {
            120
        } else if word == "scores" {
            200
        } else {
            0
        }
        .into();
        let ten = Decimal::TEN;
        if high == Decimal::ZERO {
            high = low.checked_mul(ten)?;
        }
        if tokens.word(end) == "of" {
            if let Some((Class::Vague, scale)) = class(tokens, end + 1) {
                low = low.checked_mul(scale)?;
                high = high.checked_mul(scale)?;
                end += 2;
            } else if word == "tens" {
                return None;
            }
        } else if matches!(word, "scores" | "tens") {
            return None;
        }
        return Some(Numeral::new(end, low, Form::Vague { high: Some(high) }));
    }
    let (low, mut end) = match word {
        "several" => (3, at + 1),
        "a" | "the" | "this" | "that" if word == "a" && tokens.word(at + 1) == "few" => (3, at + 2),
        "a" if tokens.word(at + 1) == "couple" => (2, at + 2),
        "few"
            if tokens.any_back(at, 1, &["last", "past", "next", "first", "for", "every"])
                || super::measure::duration_unit(tokens, at + 1).is_some() =>
        {
            (3, at + 1)
        }
        _ => return None,
    };
    let mut value = Decimal::from(low);
    let of = |index: usize| tokens.word(index) == "of";
    let scale_at = if of(end) { end + 1 } else { end };
    if let Some((Class::Hundred | Class::Scale | Class::Dozen, scale)) = class(tokens, scale_at) {
        value = value.checked_mul(scale)?;
        end = scale_at + 1;
        while let Some((Class::Scale, scale)) = class(tokens, end) {
            value = value.checked_mul(scale)?;
            end += 1;
        }
    } else if low == 2 && of(end) {
        end += 1;
    }
    Some(Numeral::new(end, value, Form::Vague { high: None }))
}

/// Multiplies by a scale word that follows ("two and a half million").
pub fn scale_after(tokens: &Tokens, found: &mut Numeral) {
    while let Some((Class::Scale | Class::Hundred, scale)) =
        class(tokens, tokens.skip_hyphen(found.end))
    {
        let Some(value) = found.value.checked_mul(scale) else {
            return;
        };
        found.value = value;
        found.form = Form::Cardinal;
        found.scale = Some(scale);
        found.end = tokens.skip_hyphen(found.end) + 1;
    }
}

/// Digits or words, then "and a half", then a scale.
fn mixed(tokens: &Tokens, at: usize) -> Option<Numeral> {
    let mut found = if tokens.is(at, Kind::Digits) {
        from_digits(tokens, at)?
    } else {
        words(tokens, at, None)?
    };
    if found.form == Form::Cardinal
        && let Some((value, exact, end)) = and_part(tokens, &found)
    {
        found.value = value;
        found.end = end;
        found.bare = false;
        if found.scale.is_none() {
            found.form = Form::Fraction(exact);
            scale_after(tokens, &mut found);
        }
    }
    Some(found)
}

/// A digit run with its suffix or scale, or with an ordinal's ending.
fn from_digits(tokens: &Tokens, at: usize) -> Option<Numeral> {
    let raw = tokens.raw(at);
    let (mut value, mut end) = (digits::parse(raw)?, at + 1);
    let plain = raw.bytes().all(|b| b.is_ascii_digit());
    if plain && tokens.glued(end) && tokens.any(end, &["st", "nd", "rd", "th"]) {
        return Some(Numeral::new(end + 1, value, Form::Ordinal));
    }
    if plain && raw.len() <= 3 {
        (value, end) = spaced_groups(tokens, at, value);
    }
    let mut found = Numeral::new(end, value, Form::Cardinal);
    found.bare = plain && end == at + 1;
    if let Some(scale) = suffix(tokens, end) {
        found.value = value.checked_mul(scale)?;
        found.scale = Some(scale);
        found.bare = false;
        found.maybe_meter = tokens.raw(end) == "m";
        found.end = end + 1;
    }
    let start = found.end;
    if found.scale.is_none() || class(tokens, start).is_some_and(|(c, _)| c == Class::Scale) {
        let scale_at = tokens.skip_hyphen(start);
        if class(tokens, scale_at).is_some_and(|(c, _)| {
            matches!(
                c,
                Class::Scale | Class::Hundred | Class::Dozen | Class::Vague
            )
        }) {
            let mut scaled = words(tokens, scale_at, Some(found.value))?;
            scaled.scale = scaled.scale.or(found.scale);
            return Some(scaled);
        }
    }
    Some(found)
}

/// "1 234 567": groups of three parted by one blank, of which the last may have decimals.
fn spaced_groups(tokens: &Tokens, at: usize, first: Decimal) -> (Decimal, usize) {
    let (mut value, mut end) = (first, at + 1);
    if first.is_zero() || tokens.glued(at) {
        return (first, end);
    }
    while tokens.is(end, Kind::Digits)
        && !tokens.glued(end)
        && tokens.gap(end).chars().count() == 1
        && !(tokens.glued(end + 1) && tokens.is(end + 1, Kind::Word))
    {
        let raw = tokens.raw(end);
        let whole = raw.split('.').next().unwrap_or_default();
        if whole.len() != 3 || raw.contains(',') {
            break;
        }
        let Some(next) =
            digits::parse(raw).and_then(|group| value.checked_mul(1000.into())?.checked_add(group))
        else {
            break;
        };
        value = next;
        end += 1;
        if raw.contains('.') {
            break;
        }
    }
    (value, end)
}

/// A scale's suffix after digits: glued, or apart for the unmistakable ones.
fn suffix(tokens: &Tokens, at: usize) -> Option<Decimal> {
    if !tokens.is(at, Kind::Word) {
        return None;
    }
    let raw = tokens.raw(at);
    let scale = SUFFIXES.get(raw).copied()?;
    let money = || super::currency::money_before(tokens, at.saturating_sub(2)).is_some();
    let apart = tokens.glued(at) || raw.len() > 1 || raw == "k" || raw == "B" && money();
    apart.then_some(scale)
}
