//! Lengths of time as numbers, and units with an article: "two years", "an hour", "a gallon of".
//!
//! Refuses "a year" and its like without a hedge or a preposition that makes an amount of it.

use super::cue::{LENGTH_FOLLOWERS, LENGTH_LEADERS};
use rust_decimal::Decimal;

use super::NumberKind;
use super::lexer::{Kind, Tokens};
use super::measure::{Measure, measure, per};
use super::numeral::numeral;
use super::phrase::lower_word;
use super::quantity::{Amount, Found, hedge};
use super::range::side;
use super::table::{HEDGE_BEFORE, NOUN_STOPS};

/// How far "in as many days" looks for its number.
const LOOK_BACK: usize = 40;

/// A length of time, also "an hour" and "as many days"; "a gallon of".
pub fn length(tokens: &Tokens, at: usize) -> Option<Found> {
    if tokens.any(at, &["a", "an"])
        && !tokens.any(at + 1, &["few", "couple", "half"])
        && super::duration::part_of_unit(tokens, at).is_none()
    {
        return article_unit(tokens, at);
    }
    let (length, end) = super::duration::length(tokens, at)?;
    // An age ("5 years old"), a rate and a range are read elsewhere.
    if measure_is_age(tokens, at) || tokens.word(end) == "of" && tokens.word(end + 1) == "age" {
        return None;
    }
    let single = length.single();
    if matches!(tokens.word(end), "-" | "–" | "to")
        && side(tokens, end + 1)
            .is_some_and(|b| matches!(b.measured.map(|m| m.measure), Some(Measure::Duration(_))))
    {
        return None;
    }
    if let Some((_, "hour" | "day" | "minute")) = single
        && per(tokens, end, false).is_some()
    {
        return None;
    }
    let mut found = Found::new(at, end, NumberKind::Duration);
    found.timex = Some(length.timex());
    if let Some((value, unit)) = single {
        found.unit = Some(unit.to_owned());
        found.amount = Some(if length.exact {
            Amount::One(value)
        } else {
            Amount::Between(Some(value), None)
        });
    }
    hedge(tokens, &mut found);
    // "older than 30 years"
    if found
        .modifier
        .is_some_and(|(_, first, _)| tokens.any(first, &["older", "younger"]))
    {
        found.kind = NumberKind::Age;
        found.timex = None;
    }
    Some(found)
}

pub fn measure_is_age(tokens: &Tokens, at: usize) -> bool {
    numeral(tokens, at).is_some_and(|n| {
        matches!(
            measure(tokens, n.end, n.value).map(|m| m.measure),
            Some(Measure::Age(_))
        )
    })
}

/// "an hour", "a gallon of": a unit with an article is an amount after a hedge or a preposition.
pub fn article_unit(tokens: &Tokens, at: usize) -> Option<Found> {
    if let Some((unit, end)) = super::measure::duration_unit(tokens, at + 1) {
        let (length, end) =
            super::duration::length(tokens, at).map_or((None, end), |(l, e)| (Some(l), e));
        let hedged = HEDGE_BEFORE.find(tokens, at).is_some()
            || LENGTH_LEADERS.contains(tokens.back(at, 1))
            || LENGTH_FOLLOWERS.contains(tokens.word(end));
        let longer = matches!(
            unit.name,
            "century" | "decade" | "second" | "quarter" | "weekend" | "night" | "day"
        );
        let composed = length
            .as_ref()
            .is_some_and(|l| l.single().is_some_and(|(v, _)| v != Decimal::ONE));
        let free = !lower_word(tokens, end) || NOUN_STOPS.contains(tokens.word(end));
        let told = unit.name == "day" && told_from(tokens, at, end);
        if (composed && !longer) || (hedged && !longer && free && !tokens.hyphen(end)) || told {
            let length = length?;
            let mut found = Found::new(at, end, NumberKind::Duration);
            found.timex = Some(length.timex());
            let (value, unit) = length.single()?;
            found.amount = Some(Amount::One(value));
            found.unit = Some(unit.to_owned());
            hedge(tokens, &mut found);
            return Some(found);
        }
        return None;
    }
    let measured = measure(tokens, at + 1, Decimal::ONE)?;
    let Measure::Quantity(unit) = measured.measure else {
        return None;
    };
    let rate = at > 0
        && (tokens.is(at - 1, Kind::Digits) || super::measure::unit_word(tokens, at - 1).is_some());
    if tokens.word(measured.end) != "of"
        || rate
        || tokens.word(at + 1).len() < 4
        || matches!(unit.name, "bar" | "degree" | "stone" | "bit")
    {
        return None;
    }
    let mut found = Found::new(at, measured.end, NumberKind::Quantity);
    found.amount = Some(Amount::One(Decimal::ONE));
    found.unit = Some(unit.name.to_owned());
    hedge(tokens, &mut found);
    Some(found)
}

/// "a day earlier", "a day after the storm", but not "three times a day after meals".
fn told_from(tokens: &Tokens, at: usize, end: usize) -> bool {
    let rate = tokens.any_back(at, 1, &["times", "once", "twice", "thrice"])
        || at > 0
            && (tokens.is(at - 1, Kind::Digits)
                || super::measure::unit_word(tokens, at - 1).is_some());
    !rate && tokens.any(end, &["earlier", "later", "after", "before"])
}

/// "the third ... in as many days": the value is the ordinal's.
pub fn as_many(tokens: &Tokens, at: usize) -> Option<Found> {
    if tokens.word(at) != "as" || tokens.word(at + 1) != "many" {
        return None;
    }
    let (unit, end) = super::measure::duration_unit(tokens, at + 2)?;
    let ordinal = (at.saturating_sub(LOOK_BACK)..at).rev().find_map(|back| {
        super::numeral::numeral(tokens, back).filter(|n| {
            matches!(
                n.form,
                super::numeral::Form::Ordinal | super::numeral::Form::Cardinal
            )
        })
    })?;
    let length = super::duration::Length::of(ordinal.value, unit)?;
    let mut found = Found::new(at, end, NumberKind::Duration);
    found.amount = Some(Amount::One(ordinal.value));
    found.unit = Some(unit.name.to_owned());
    found.timex = Some(length.timex());
    Some(found)
}
