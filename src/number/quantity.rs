//! From a numeral to what is said with it: its currency or unit, its range, its hedge.
//!
//! Refuses to decide what is counted (see `noun`) or how numbers hang together (see `link`).

use rust_decimal::Decimal;

use super::lexer::{Kind, Tokens};
use super::measure::{Measure, Measured, measure, meter, money_before, per};
use super::numeral::{Form, Numeral, numeral};
use super::phrase::lower_word;
use super::table::{CHANGES, Currency, HEDGE_AFTER, HEDGE_BEFORE, NOUN_STOPS, SPORT};
use super::{Modifier, NumberKind};

/// What a numeral comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    One(Decimal),
    /// Either end may be open.
    Between(Option<Decimal>, Option<Decimal>),
}

/// A number over tokens `[first, end)`, before its noun and its links.
#[derive(Clone, Debug)]
pub struct Found {
    pub first: usize,
    pub end: usize,
    /// Where the noun may begin: after a hedge that follows the core.
    pub after: usize,
    pub kind: NumberKind,
    pub amount: Option<Amount>,
    pub exact: Option<String>,
    pub modifier: Option<(Modifier, usize, usize)>,
    pub unit: Option<String>,
    pub per: Option<&'static str>,
    pub ambiguous: bool,
    pub date: Option<String>,
    pub timex: Option<String>,
    pub alt: Option<String>,
    /// The scale word of the numeral, for "24 or 35 billion".
    pub scale: Option<Decimal>,
}

impl Found {
    pub fn new(first: usize, end: usize, kind: NumberKind) -> Self {
        Self {
            first,
            end,
            after: end,
            kind,
            amount: None,
            exact: None,
            modifier: None,
            unit: None,
            per: None,
            ambiguous: false,
            date: None,
            timex: None,
            alt: None,
            scale: None,
        }
    }
}

/// One end of what may be a range.
struct Side {
    currency: Option<&'static Currency>,
    numeral: Numeral,
    measured: Option<Measured>,
    value: Decimal,
    end: usize,
}

/// The number that begins here.
pub fn quantity(tokens: &Tokens, at: usize) -> Option<Found> {
    if let Some(found) = ages(tokens, at)
        .or_else(|| multiple(tokens, at))
        .or_else(|| length(tokens, at))
    {
        return Some(found);
    }
    let mut a = side(tokens, at)?;
    if let Some(found) = score(tokens, at, &a) {
        return Some(found);
    }
    // What is joined by a sign is one expression, or none (2015-1-32).
    let mut found = match range(tokens, at, &mut a) {
        Some((b, low, high)) => {
            let mut found = describe(tokens, at, &b.or_from(&a), b.end);
            found.amount = Some(Amount::Between(Some(low.min(high)), Some(low.max(high))));
            found.exact = None;
            found
        }
        None => {
            let mut found = describe(tokens, at, &a, a.end);
            found.amount = Some(match &a.numeral.form {
                Form::Vague { high } => Amount::Between(Some(a.value), *high),
                _ => Amount::One(a.value),
            });
            found
        }
    };
    compound(tokens, &mut found);
    rate(tokens, &mut found);
    Some(found)
}

impl Side {
    /// The later side, with what only the first one says.
    fn or_from(&self, first: &Side) -> Side {
        Side {
            currency: self.currency.or(first.currency),
            numeral: self.numeral.clone(),
            measured: self.measured.or(first.measured),
            value: self.value,
            end: self.end,
        }
    }
}

fn side(tokens: &Tokens, at: usize) -> Option<Side> {
    let (currency, start) = match money_before(tokens, at) {
        Some((currency, start)) => (Some(currency), start),
        None => (None, at),
    };
    let mut numeral = numeral(tokens, start)?;
    if numeral.form == Form::Ordinal && currency.is_some() {
        return None;
    }
    let plural = tokens.word(numeral.end) == "s" && tokens.glued(numeral.end);
    if plural && !tokens.raw(start).contains('.') {
        return None;
    }
    let mut value = numeral.value;
    if numeral.maybe_meter
        && currency.is_none()
        && (meter(tokens, numeral.end - 1) || glued_units(tokens))
    {
        numeral.end -= 1;
        value = value.checked_div(Decimal::from(1_000_000))?;
        numeral.scale = None;
    }
    let lone_t = currency.is_none()
        && matches!(tokens.raw(numeral.end.saturating_sub(1)), "t")
        && tokens.glued(numeral.end - 1);
    if lone_t {
        numeral.end -= 1;
        value = value.checked_div(Decimal::from(1_000_000_000_000_i64))?;
        numeral.scale = None;
    }
    let mut end = numeral.end;
    // "$500 US", "$31.20 US"
    if currency.is_some_and(|c| c.ambiguous) && tokens.raw(end) == "US" {
        end += 1;
    }
    let of = tokens.word(end) == "of"
        && matches!(numeral.form, Form::Vague { .. })
        && measure(tokens, end + 1, value).is_some_and(|m| {
            matches!(
                m.measure,
                Measure::Money(_) | Measure::Duration(_) | Measure::Quantity(_)
            )
        });
    let measured = if numeral.form == Form::Ordinal {
        None
    } else {
        measure(tokens, if of { end + 1 } else { end }, value)
    };
    let measured =
        measured.filter(|m| currency.is_none() || matches!(m.measure, Measure::Money(_)));
    if let Some(found) = &measured {
        value = value.checked_mul(found.factor)?;
        end = found.end;
    }
    Some(Side {
        currency,
        numeral,
        measured,
        value,
        end,
    })
}

/// True where another digit run in the sentence is glued to a unit's sign (100t, 20kg).
fn glued_units(tokens: &Tokens) -> bool {
    (1..tokens.len().min(200)).any(|index| {
        tokens.glued(index)
            && tokens.is(index - 1, Kind::Digits)
            && matches!(tokens.raw(index), "t" | "km" | "kg" | "cm" | "mm" | "ft")
    })
}

/// The second side of a range that begins with `a`, and its low and high.
fn range(tokens: &Tokens, at: usize, a: &mut Side) -> Option<(Side, Decimal, Decimal)> {
    if !matches!(a.numeral.form, Form::Cardinal | Form::Fraction(_)) {
        return None;
    }
    // "8- to 16-meter"
    let open = tokens.word(a.end) == "-" && tokens.glued(a.end) && !tokens.glued(a.end + 1);
    let joint = if open && tokens.any(a.end + 1, &["to", "or"]) {
        a.end + 1
    } else {
        a.end
    };
    let start = before(tokens, at);
    let from = tokens.any_back(start, 1, &["from"]);
    let (next, word) = match tokens.word(joint) {
        "to" => {
            let up = tokens.word(joint + 1) == "up" && tokens.word(joint + 2) == "to";
            (if up { joint + 3 } else { joint + 1 }, true)
        }
        "up" if from && tokens.word(joint + 1) == "to" => (joint + 2, true),
        "through" => (joint + 1, true),
        "and" if tokens.any_back(start, 1, &["between"]) => (joint + 1, true),
        "-" | "–" | "—" | "‑" => (joint + 1, false),
        "/" if a.currency.is_some() => (joint + 1, false),
        _ => return None,
    };
    if tokens.any(next, &["a", "an"]) && word && !tokens.any(joint, &["and"]) {
        return None;
    }
    let b = side(tokens, next)?;
    if !matches!(b.numeral.form, Form::Cardinal | Form::Fraction(_)) {
        return None;
    }
    let dash_apart = !word && !tokens.glued(joint);
    if dash_apart && (tokens.is(at, Kind::Word) || tokens.any(b.end, &["of", "were", "was"])) {
        return None;
    }
    // A different measure on each side is no range.
    let same = match (&a.measured, &b.measured) {
        (Some(first), Some(second)) => {
            std::mem::discriminant(&first.measure) == std::mem::discriminant(&second.measure)
        }
        (Some(first), None) => matches!(first.measure, Measure::Money(_)) && b.currency.is_none(),
        (None, Some(second)) => a.currency.is_none() || matches!(second.measure, Measure::Money(_)),
        (None, None) => true,
    } && !(a.currency.is_none() && b.currency.is_some() && a.measured.is_some());
    let named = |measured: &Option<Measured>| match measured.map(|m| m.measure) {
        Some(Measure::Quantity(unit) | Measure::Duration(unit)) => Some(unit.name),
        Some(Measure::Percent(name)) => Some(name),
        Some(Measure::Money(currency)) => Some(currency.code),
        _ => None,
    };
    let units = match (named(&a.measured), named(&b.measured)) {
        (Some(first), Some(second)) => first == second,
        _ => true,
    };
    if !same || !units {
        return None;
    }
    // After "rose from" two values stand, unless what follows is a third ("from 5 to 7 to ...").
    if tokens.word(joint) == "to"
        && changed(tokens, start, from)
        && !(tokens.word(b.end) == "to" && side(tokens, b.end + 1).is_some())
    {
        return None;
    }
    // So too where the second is the lower, unless something ranges.
    if tokens.word(joint) == "to"
        && a.value > b.value
        && a.numeral.scale == b.numeral.scale
        && !ranges(tokens, start)
    {
        return None;
    }
    let mut low = a.value;
    // 10-15 million scales both, and so does 3-4,000.
    if let (None, Some(scale)) = (a.numeral.scale, b.numeral.scale)
        && a.value < b.value.checked_div(scale)?
        && a.value.abs() < 1000.into()
    {
        low = low.checked_mul(scale)?;
    } else if !word
        && a.numeral.scale.is_none()
        && a.numeral.bare
        && a.value < 100.into()
        && b.value >= 1000.into()
        && b.value.checked_rem(1000.into())?.is_zero()
        && a.value < b.value.checked_div(1000.into())?
        && tokens.raw(next).contains(',')
    {
        low = low.checked_mul(1000.into())?;
    }
    if !word && low >= b.value {
        return None;
    }
    // "fell 162 to 7,425": far apart, and something changed.
    if word
        && !from
        && (1..=4).any(|back| CHANGES.contains(tokens.back(start, back)))
        && b.value > low * Decimal::TEN
    {
        return None;
    }
    a.value = low;
    let high = b.value;
    Some((b, low, high))
}

/// True where a verb before says that values range.
fn ranges(tokens: &Tokens, start: usize) -> bool {
    (1..=5).any(|back| {
        let word = tokens.back(start, back);
        word.starts_with("rang")
            || matches!(
                word,
                "between" | "vary" | "varies" | "varied" | "varying" | "anywhere"
            )
    })
}

/// Where the hedge before `at` begins, or `at`.
fn before(tokens: &Tokens, at: usize) -> usize {
    HEDGE_BEFORE.find(tokens, at).map_or(at, |found| found.1)
}

/// True where "from" follows a verb of change, or the range is the amount of one.
pub fn changed(tokens: &Tokens, start: usize, from: bool) -> bool {
    from && (2..=9).any(|back| CHANGES.contains(tokens.back(start, back)))
}

/// Kind, unit and hedge of a numeral with what measures it.
fn describe(tokens: &Tokens, at: usize, side: &Side, end: usize) -> Found {
    let mut found = Found::new(at, end, NumberKind::Cardinal);
    found.scale = side.numeral.scale;
    match &side.numeral.form {
        Form::Ordinal => found.kind = NumberKind::Ordinal,
        Form::Fraction(exact) => {
            found.kind = NumberKind::Fraction;
            found.exact = Some(exact.clone());
        }
        Form::Vague { .. } => found.kind = NumberKind::Vague,
        Form::Cardinal => {}
    }
    let vague = found.kind == NumberKind::Vague;
    if let Some(measured) = &side.measured {
        let (kind, unit) = match measured.measure {
            Measure::Percent(name) => (NumberKind::Percent, name),
            Measure::Money(currency) => {
                found.ambiguous = currency.ambiguous;
                (NumberKind::Money, currency.code)
            }
            Measure::Quantity(unit) => (NumberKind::Quantity, unit.name),
            Measure::Duration(unit) => (NumberKind::Duration, unit.name),
            Measure::Age(unit) => (NumberKind::Age, unit),
            Measure::Multiple => (NumberKind::Multiple, "times"),
        };
        found.kind = if vague { NumberKind::Vague } else { kind };
        found.unit = Some(match measured.measure {
            Measure::Money(_) => money_code(unit),
            _ => unit.to_owned(),
        });
        if vague && kind == NumberKind::Duration {
            found.kind = kind;
        }
    }
    if let Some(currency) = side.currency {
        found.kind = NumberKind::Money;
        found.unit = Some(money_code(currency.code));
        found.ambiguous = currency.ambiguous && !tokens.any(end.saturating_sub(1), &["us"]);
    }
    hedge(tokens, &mut found);
    found
}

fn money_code(code: &str) -> String {
    if code == "pound" { "GBP" } else { code }.to_owned()
}

/// The hedge before or after a number.
pub fn hedge(tokens: &Tokens, found: &mut Found) {
    let start = found.first;
    if let Some((modifier, first)) = HEDGE_BEFORE.find(tokens, start) {
        let mut chosen = (modifier, first, start);
        // "up to about 50": the bound says more than the hedge.
        if modifier == Modifier::Approx
            && let Some((outer, outer_first)) = HEDGE_BEFORE.find(tokens, first)
        {
            chosen = (outer, outer_first, start);
        }
        // "the United States and some 50": some is a hedge; "and over 60" too; "no over" is not.
        found.modifier = Some(chosen);
    }
    if let Some((modifier, end)) = HEDGE_AFTER.find(tokens, found.end) {
        let sign = tokens.word(found.end) == "+";
        let hyphen = tokens.word(found.end) == "-";
        let glued = !(sign || hyphen) || tokens.glued(found.end);
        let plus_number = tokens.any(found.end, &["plus", "at"])
            && (tokens.is(end, Kind::Digits) || !lower_word(tokens, end));
        let odd = tokens.word(found.end) == "odd" && !lower_word(tokens, end);
        if glued && !plus_number && !odd && found.kind != NumberKind::Ordinal {
            if found.modifier.is_none() {
                found.modifier = Some((modifier, found.end, end));
            }
            found.after = end;
            // "50-odd kilometers" and "500 or so dollars" still have their unit to come.
        }
    }
}

/// "5 feet 2 inches", "3 dollars 50 cents": one value in the larger unit.
fn compound(tokens: &Tokens, found: &mut Found) {
    let Some(Amount::One(value)) = found.amount else {
        return;
    };
    let start = if tokens.word(found.end) == "and" {
        found.end + 1
    } else {
        found.end
    };
    let (inner, factor) = match (found.kind, found.unit.as_deref()) {
        (NumberKind::Quantity, Some("foot")) => ("inch", Decimal::from(12)),
        (NumberKind::Money, Some("USD" | "EUR" | "CAD" | "AUD")) => ("cent", Decimal::ONE_HUNDRED),
        (NumberKind::Money, Some("GBP")) => ("penny", Decimal::ONE_HUNDRED),
        (NumberKind::Quantity, Some("pound")) => ("ounce", Decimal::from(16)),
        _ => return,
    };
    let Some(rest) = side(tokens, start) else {
        return;
    };
    let name = match rest.measured.map(|m| m.measure) {
        Some(Measure::Quantity(unit)) => unit.name,
        Some(Measure::Money(currency)) => currency.code,
        None if inner == "inch" && tokens.word(rest.end) == "in" => "inch",
        _ => return,
    };
    if name != inner {
        return;
    }
    if let Some(sum) = rest
        .value
        .checked_div(factor)
        .and_then(|part| value.checked_add(part))
    {
        found.amount = Some(Amount::One(sum));
        found.end = if rest.measured.is_none() {
            rest.end + 1
        } else {
            rest.end
        };
        found.after = found.end;
    }
}

/// "per hour", "a barrel": a rate. Of a quantity it is part of the unit's name.
fn rate(tokens: &Tokens, found: &mut Found) {
    let money = found.kind == NumberKind::Money;
    if !money && !matches!(found.kind, NumberKind::Quantity | NumberKind::Duration) {
        return;
    }
    let Some((name, end)) = per(tokens, found.end, money) else {
        return;
    };
    if money {
        found.per = Some(name);
        found.end = end;
        found.after = end;
        return;
    }
    if found.kind == NumberKind::Duration
        && !matches!(found.unit.as_deref(), Some("hour" | "day" | "minute"))
    {
        return;
    }
    found.kind = NumberKind::Quantity;
    found.unit = found.unit.take().map(|unit| format!("{unit} per {name}"));
    found.end = end;
    found.after = end;
}

/// "2-0" near a word of sport.
fn score(tokens: &Tokens, at: usize, a: &Side) -> Option<Found> {
    let small = |index: usize| {
        tokens.is(index, Kind::Digits)
            && tokens.raw(index).len() <= 3
            && !tokens.raw(index).contains('.')
    };
    let sign =
        matches!(tokens.word(at + 1), "-" | "–") && tokens.glued(at + 1) && tokens.glued(at + 2);
    if !small(at) || !sign || !small(at + 2) || a.end != at + 1 {
        return None;
    }
    let end = at + 3;
    if super::measure::unit_word(tokens, end).is_some()
        || (tokens.glued(end) && !tokens.any(end, &[".", ",", ")", ";", "'", "’"]))
    {
        return None;
    }
    let near = (1..=8).any(|step| {
        SPORT.contains(tokens.back(at, step)) || SPORT.contains(tokens.word(end + step - 1))
    });
    let (home, away) = (
        super::digits::parse(tokens.raw(at))?,
        super::digits::parse(tokens.raw(at + 2))?,
    );
    let counted = lower_word(tokens, end)
        && !NOUN_STOPS.contains(tokens.word(end))
        && !SPORT.contains(tokens.word(end));
    if !near || counted && home < away {
        return None;
    }
    let mut found = Found::new(at, end, NumberKind::Score);
    found.exact = Some(format!("{home}-{away}"));
    found.amount = Some(Amount::One(home));
    Some(found)
}

/// "aged 12", "age of 87", "Mariam, 12,", "in his 40s", "under 18", "he was 10".
fn ages(tokens: &Tokens, at: usize) -> Option<Found> {
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
        if !tokens.any_back(
            at,
            back,
            &["his", "her", "their", "my", "your", "our", "its"],
        ) {
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
    let open = tokens.any_back(at, 1, &[","])
        && at >= 2
        && tokens.is(at - 2, Kind::Word)
        && tokens.capital(at - 2)
        && !tokens.glued(at);
    let month = super::table::MONTHS.contains_key(tokens.back(at, 2))
        || super::table::WEEKDAYS.contains_key(tokens.back(at, 2));
    let close = matches!(tokens.word(end), "," | "." | ";" | ")" | "—" | "–")
        && !tokens.is(end + 1, Kind::Digits);
    let comma = tokens.word(end) == ",";
    let followed = comma && (tokens.is(end + 1, Kind::Word) || tokens.word(end + 1).is_empty())
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
    let bracket = tokens.any_back(at, 1, &["("])
        && tokens.word(end) == ")"
        && at >= 3
        && tokens.capital(at - 2)
        && tokens.capital(at - 3)
        && value >= Decimal::TEN;
    if bracket {
        return Some(age(end));
    }
    bare_age(tokens, at, end).then(|| {
        let mut found = age(end);
        hedge(tokens, &mut found);
        found
    })
}

fn bare_age_word(tokens: &Tokens, at: usize) -> Option<Found> {
    let found = super::numeral::class(tokens, at).and_then(|_| numeral(tokens, at))?;
    if found.form != Form::Cardinal
        || found.value > 100.into()
        || found.value < 6.into()
        || found.scale.is_some()
    {
        return None;
    }
    if measure(tokens, found.end, found.value).is_some() || !bare_age(tokens, at, found.end) {
        return None;
    }
    let mut age = Found::new(at, found.end, NumberKind::Age);
    age.unit = Some("year".to_owned());
    age.amount = Some(Amount::One(found.value));
    hedge(tokens, &mut age);
    Some(age)
}

/// "he was 10", "were under 18", "children under 5", "she turned 40".
fn bare_age(tokens: &Tokens, at: usize, end: usize) -> bool {
    let next = tokens.word(end);
    let free = end >= tokens.len()
        || (matches!(next, "." | "," | ";" | ")" | "?" | "!" | "—")
            && !tokens.is(end + 1, Kind::Digits))
        || matches!(
            next,
            "when"
                | "by"
                | "at"
                | "and"
                | "or"
                | "were"
                | "was"
                | "are"
                | "who"
                | "in"
                | "years"
                | "but"
                | "this"
                | "on"
                | "had"
                | "have"
                | "died"
        );
    if !free || super::measure::unit_word(tokens, end).is_some() {
        return false;
    }
    let start = before(tokens, at);
    let hedged = start < at && tokens.any(start, &["under", "over", "below", "above"]);
    let be = |index: usize| {
        tokens.any_back(
            index,
            1,
            &[
                "is", "was", "be", "were", "are", "turned", "turns", "turning",
            ],
        )
    };
    if hedged && start + 1 == at {
        let people = tokens.any_back(
            start,
            1,
            &[
                "children", "girls", "boys", "those", "anyone", "people", "women", "men",
                "everyone", "all", "youth", "minors", "aged", "kids",
            ],
        );
        return people || (be(start) && !money_context(tokens));
    }
    let who = |word: &str| matches!(word, "he" | "she" | "who" | "i");
    let person = who(tokens.back(at, 2))
        || (matches!(tokens.back(at, 2), "will" | "would" | "just" | "only")
            && who(tokens.back(at, 3)));
    be(at) && person || tokens.any_back(at, 1, &["turned"]) && person
}

fn money_context(tokens: &Tokens) -> bool {
    (0..tokens.len().min(200)).any(|index| {
        matches!(
            tokens.word(index),
            "$" | "£" | "€" | "%" | "percent" | "degrees" | "temperature" | "temperatures"
        )
    })
}

/// "twice", "thrice", "sixfold".
fn multiple(tokens: &Tokens, at: usize) -> Option<Found> {
    let value = match tokens.word(at) {
        "twice" | "twofold" => 2,
        "thrice" | "threefold" => 3,
        "fourfold" => 4,
        "fivefold" => 5,
        "sixfold" => 6,
        "sevenfold" => 7,
        "eightfold" => 8,
        "tenfold" => 10,
        _ => return None,
    };
    let mut found = Found::new(at, at + 1, NumberKind::Multiple);
    found.amount = Some(Amount::One(value.into()));
    found.unit = Some("times".to_owned());
    hedge(tokens, &mut found);
    Some(found)
}

/// A length of time, also "an hour" and "as many days"; "a gallon of".
fn length(tokens: &Tokens, at: usize) -> Option<Found> {
    if tokens.any(at, &["a", "an"]) && !tokens.any(at + 1, &["few", "couple", "half"]) {
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
    Some(found)
}

fn measure_is_age(tokens: &Tokens, at: usize) -> bool {
    numeral(tokens, at).is_some_and(|n| {
        matches!(
            measure(tokens, n.end, n.value).map(|m| m.measure),
            Some(Measure::Age(_))
        )
    })
}

/// "an hour", "a gallon of": a unit with an article is an amount after a hedge or a preposition.
fn article_unit(tokens: &Tokens, at: usize) -> Option<Found> {
    if let Some((unit, end)) = super::measure::duration_unit(tokens, at + 1) {
        let (length, end) =
            super::duration::length(tokens, at).map_or((None, end), |(l, e)| (Some(l), e));
        let hedged = HEDGE_BEFORE.find(tokens, at).is_some()
            || tokens.any_back(
                at,
                1,
                &["for", "in", "within", "after", "took", "lasted", "half"],
            );
        let longer = matches!(
            unit.name,
            "century" | "decade" | "second" | "quarter" | "weekend" | "night" | "day"
        );
        let composed = length
            .as_ref()
            .is_some_and(|l| l.single().is_some_and(|(v, _)| v != Decimal::ONE));
        let free = !lower_word(tokens, end) || NOUN_STOPS.contains(tokens.word(end));
        if (composed && !longer) || (hedged && !longer && free && !tokens.hyphen(end)) {
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
