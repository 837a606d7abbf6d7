//! Ages without the word "old": "aged 12", "Mariam, 12,", "in his 40s", "children under 5".
//!
//! Refuses a bare number after "was" unless a person is its subject.

use super::age_list::{beside, listed, spelled};
use super::cue::{AGE_FOLLOWERS, AGED_GROUPS, BE, POSSESSIVES};
use rust_decimal::Decimal;

use super::lexer::{Kind, Tokens};
use super::measure::{Measure, measure};
use super::numeral::{Form, numeral};
use super::phrase::lower_word;
use super::quantity::{Amount, Found, hedge};
use super::range::{before, range, side};
use super::table::{HEDGE_BEFORE, PERSONS};
use super::{Modifier, NumberKind};

/// "aged 12", "age of 87", "Mariam, 12,", "in his 40s", "under 18", "he was 10".
pub fn ages(tokens: &Tokens, at: usize) -> Option<Found> {
    let word = tokens.word(at);
    if matches!(word, "aged" | "age") {
        let start = if tokens.word(at + 1) == "of" {
            at + 2
        } else {
            at + 1
        };
        let hedged = if tokens.any(start, &["between", "under", "over"]) {
            start + 1
        } else {
            start
        };
        let side = side(tokens, hedged)?;
        let years = side
            .measured
            .is_none_or(|m| matches!(m.measure, Measure::Duration(_) | Measure::Age(_)));
        if !years
            || side.numeral.form != Form::Cardinal
            || side.value > 130.into()
            || side.currency.is_some()
        {
            return None;
        }
        let mut a = side;
        let mut found = Found::new(hedged, a.end, NumberKind::Age);
        if hedged == start && word == "age" {
            found.first = at;
        }
        found.amount = Some(Amount::One(a.value));
        if let Some((b, low, high)) = range(tokens, hedged, &mut a) {
            found.amount = Some(Amount::Between(Some(low), Some(high)));
            found.end = b.end;
        }
        found.after = found.end;
        found.unit = Some("year".to_owned());
        hedge(tokens, &mut found);
        // "under the age of five"
        if found.first == at
            && tokens.any_back(at, 1, &["the"])
            && let Some((modifier, first)) = HEDGE_BEFORE.find(tokens, at - 1)
        {
            found.modifier = Some((modifier, first, at - 1));
        }
        return Some(found);
    }
    if let Some(found) = decade(tokens, at) {
        return Some(found);
    }
    let plain = tokens.is(at, Kind::Digits)
        && tokens.raw(at).len() <= 3
        && tokens.raw(at).bytes().all(|b| b.is_ascii_digit());
    let value = if plain {
        super::digits::parse(tokens.raw(at))?
    } else {
        return bare_age_word(tokens, at);
    };
    let end = at + 1;
    let age = |end: usize| {
        let mut found = Found::new(at, end, NumberKind::Age);
        found.unit = Some("year".to_owned());
        found.amount = Some(Amount::One(value));
        found
    };
    // "in his late 40s"
    if tokens.word(end) == "s"
        && tokens.glued(end)
        && tokens.raw(at).len() == 2
        && value.checked_rem(Decimal::TEN)?.is_zero()
    {
        let part = tokens.any_back(at, 1, &["early", "late", "mid"]);
        let hyphen = usize::from(tokens.any_back(at, 1, &["-"]));
        let back = if part {
            2
        } else if hyphen == 1 {
            3
        } else {
            1
        };
        if !POSSESSIVES.contains(tokens.back(at, back)) {
            return None;
        }
        let mut found = age(end + 1);
        found.amount = Some(Amount::Between(Some(value), value.checked_add(9.into())));
        let side = match tokens.back(at, back - 1) {
            "early" => Some(Modifier::Start),
            "late" => Some(Modifier::End),
            "mid" => Some(Modifier::Mid),
            _ => None,
        };
        found.modifier = side.map(|side| (side, at - (back - 1), at));
        return Some(found);
    }
    if value > 120.into() || value < Decimal::ONE {
        return None;
    }
    if listed(tokens, at) || beside(tokens, at, end) {
        let mut found = age(end);
        // "boys of 10 to 14"
        if tokens.word(end) == "to"
            && let Some(high) = super::digits::parse(tokens.raw(end + 1))
        {
            found = age(end + 2);
            found.amount = Some(Amount::Between(Some(value), Some(high)));
        }
        return Some(found);
    }
    let open = tokens.any_back(at, 1, &[","])
        && at >= 2
        && tokens.is(at - 2, Kind::Word)
        && tokens.capital(at - 2)
        && !tokens.glued(at);
    // "Noor Jan, 60,": no day of a month is that late.
    let month = (super::table::MONTHS.contains_key(tokens.back(at, 2))
        || super::table::WEEKDAYS.contains_key(tokens.back(at, 2)))
        && value <= 31.into();
    let close = matches!(tokens.word(end), "," | "." | ";" | ")" | "—" | "–")
        && !tokens.is(end + 1, Kind::Digits);
    let comma = tokens.word(end) == ",";
    let followed = matches!(tokens.word(end), ";" | "—" | "–")
        || comma && (tokens.is(end + 1, Kind::Word) || tokens.word(end + 1).is_empty())
        || tokens.word(end) == "." && end + 1 >= tokens.len();
    if open
        && !month
        && close
        && followed
        && plain
        && !super::table::IDENTIFIERS.contains(tokens.back(at, 2))
    {
        return Some(age(end));
    }
    // "Salma, now 19, said"
    let now = tokens.any_back(at, 1, &["now", "then"])
        && tokens.any_back(at, 2, &[","])
        && at >= 3
        && tokens.capital(at - 3);
    if now && followed {
        return Some(age(end));
    }
    let acronym = |index: usize| tokens.raw(index).bytes().all(|b| b.is_ascii_uppercase());
    let bracket = tokens.any_back(at, 1, &["("])
        && tokens.word(end) == ")"
        && at >= 2
        && tokens.capital(at - 2)
        && tokens.is(at - 2, Kind::Word)
        && !acronym(at - 2)
        && !month
        && value >= Decimal::TEN
        && (at >= 3 && tokens.capital(at - 3) || lower_word(tokens, end + 1));
    if bracket {
        return Some(age(end));
    }
    bare_age(tokens, at, end).then(|| {
        let mut found = age(end);
        hedge(tokens, &mut found);
        found
    })
}

/// "in their late thirties"
fn decade(tokens: &Tokens, at: usize) -> Option<Found> {
    let part = usize::from(tokens.any_back(at, 1, &["early", "late", "mid"]));
    let tens = super::year::tens(tokens.word(at)).filter(|tens| *tens >= 20)?;
    if !POSSESSIVES.contains(tokens.back(at, 1 + part)) {
        return None;
    }
    let mut found = Found::new(at, at + 1, NumberKind::Age);
    found.unit = Some("year".to_owned());
    found.amount = Some(Amount::Between(Some(tens.into()), Some((tens + 9).into())));
    let side = match tokens.back(at, 1) {
        "early" => Some(Modifier::Start),
        "late" => Some(Modifier::End),
        "mid" => Some(Modifier::Mid),
        _ => None,
    };
    found.modifier = side.map(|side| (side, at - part, at));
    Some(found)
}

pub fn bare_age_word(tokens: &Tokens, at: usize) -> Option<Found> {
    let found = super::numeral::class(tokens, at).and_then(|_| numeral(tokens, at))?;
    if found.form != Form::Cardinal
        || found.value > 100.into()
        || (found.value < 6.into() && before(tokens, at) == at && !spelled(tokens, at, found.end))
        || found.scale.is_some()
    {
        return None;
    }
    if measure(tokens, found.end, found.value).is_some()
        || !(bare_age(tokens, at, found.end)
            || spelled(tokens, at, found.end)
            || beside(tokens, at, found.end))
    {
        return None;
    }
    let mut age = Found::new(at, found.end, NumberKind::Age);
    age.unit = Some("year".to_owned());
    age.amount = Some(Amount::One(found.value));
    hedge(tokens, &mut age);
    Some(age)
}

/// "he was 10", "were under 18", "children under 5", "she turned 40".
pub fn bare_age(tokens: &Tokens, at: usize, end: usize) -> bool {
    let next = tokens.word(end);
    let hedge_start = before(tokens, at);
    // "adults over 65 go first": whoever is over a number is that old.
    let bounded = hedge_start + 1 == at
        && tokens.any(hedge_start, &["under", "over", "below", "above"])
        && AGED_GROUPS.contains(tokens.back(hedge_start, 1))
        && lower_word(tokens, end)
        && !super::table::COUNTED.contains(next)
        && !next.ends_with('s');
    let free = bounded
        || end >= tokens.len()
        || (matches!(next, "." | "," | ";" | ")" | "?" | "!" | "—")
            && !tokens.is(end + 1, Kind::Digits))
        || AGE_FOLLOWERS.contains(next);
    if !free || super::measure::unit_word(tokens, end).is_some() {
        return false;
    }
    let start = before(tokens, at);
    let hedged = start < at && tokens.any(start, &["under", "over", "below", "above"]);
    let be = |index: usize| BE.contains(tokens.back(index, 1));
    if hedged && start + 1 == at {
        let people = AGED_GROUPS.contains(tokens.back(start, 1));
        return people || (be(start) && !money_context(tokens));
    }
    // "his wife is 39", "she will be 40"
    let person = (2..=3).any(|back| PERSONS.contains(tokens.back(at, back)));
    // "Vargas was 17 when"
    let named = next == "when"
        && at >= 2
        && tokens.capital(at - 2)
        && !super::table::NOUN_STOPS.contains(tokens.word(at - 2));
    be(at) && (person || named)
}

pub fn money_context(tokens: &Tokens) -> bool {
    (0..tokens.len().min(200)).any(|index| {
        matches!(
            tokens.word(index),
            "$" | "£" | "€" | "%" | "percent" | "degrees" | "temperature" | "temperatures"
        )
    })
}
