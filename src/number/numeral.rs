//! Numerals: digits, words, the two mixed, ordinals, fractions and vague amounts.
//!
//! Refuses to look at what a numeral measures or counts; that is for `measure` and `noun`.

use rust_decimal::Decimal;

use super::digits;
use super::lexer::{Kind, Tokens};
use super::table::{Class, NUMERALS, SUFFIXES};

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
    fn new(end: usize, value: Decimal, form: Form) -> Self {
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
    if tokens.is(at, Kind::Word) {
        NUMERALS.get(tokens.word(at)).copied()
    } else {
        None
    }
}

/// The numeral that begins here, the longest reading first.
pub fn numeral(tokens: &Tokens, at: usize) -> Option<Numeral> {
    signed(tokens, at)
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

/// "half a million", "a half-dozen", "quarter million", "two thirds of a million".
fn part_of_scale(tokens: &Tokens, at: usize) -> Option<Numeral> {
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
fn with_article(tokens: &Tokens, at: usize) -> Option<Numeral> {
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
                && fraction_follows(tokens, at + 2) =>
        {
            Some(part(Decimal::ONE, denominator, at + 2))
        }
        _ => None,
    }
}

/// After "a third" a fraction goes on with "of" or a boundary; an ordinal with its noun.
fn fraction_follows(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    word.is_empty()
        || (!tokens.is(at, Kind::Word))
        || matches!(
            word,
            "of" | "in"
                | "to"
                | "from"
                | "since"
                | "over"
                | "this"
                | "last"
                | "on"
                | "by"
                | "and"
                | "or"
                | "more"
                | "less"
                | "fewer"
                | "higher"
                | "lower"
                | "were"
                | "are"
                | "was"
                | "is"
                | "said"
                | "have"
                | "had"
        )
}

fn part(numerator: Decimal, denominator: Decimal, end: usize) -> Numeral {
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
fn fraction_words(tokens: &Tokens, at: usize) -> Option<(Decimal, Decimal, usize)> {
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
fn fraction(tokens: &Tokens, at: usize) -> Option<Numeral> {
    if let Some((numerator, denominator, end)) = fraction_words(tokens, at) {
        return Some(part(numerator, denominator, end));
    }
    match tokens.word(at) {
        "half" => {
            let before = tokens.back(at, 1);
            let named = tokens.hyphen(at + 1)
                || matches!(
                    before,
                    "the"
                        | "first"
                        | "second"
                        | "this"
                        | "other"
                        | "that"
                        | "my"
                        | "his"
                        | "her"
                        | "our"
                        | "their"
                        | "better"
                        | "last"
                        | "next"
                        | "each"
                        | "every"
                        | "opening"
                        | "latter"
                );
            return (!named || (before == "the" && tokens.word(at + 1) == "of" && false))
                .then(|| part(Decimal::ONE, Decimal::TWO, at + 1));
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

/// Multiplies by a scale word that follows ("two and a half million").
fn scale_after(tokens: &Tokens, found: &mut Numeral) {
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

/// "and a half", "and one fourth", "and half" after a whole number.
fn and_part(tokens: &Tokens, whole: &Numeral) -> Option<(Decimal, String, usize)> {
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
    let apart = tokens.glued(at) || raw.len() > 1 || matches!(raw, "k" | "B");
    apart.then_some(scale)
}

/// Number words, as they are put together in English and in South Asia (see the tests). `first` is a
/// value already read: an article's one, or a digit run.
fn words(tokens: &Tokens, start: usize, first: Option<Decimal>) -> Option<Numeral> {
    let hundred = Decimal::ONE_HUNDRED;
    let mut total = Decimal::ZERO;
    let mut group = first;
    let mut open = first.is_none();
    let mut scale: Option<Decimal> = None;
    let mut at = start;
    let mut end = start;
    let mut ordinal = false;
    loop {
        let here = at;
        let Some((kind, value)) = class(tokens, here) else {
            break;
        };
        let so_far = group.unwrap_or_default();
        let below = so_far.checked_rem(hundred).unwrap_or_default();
        let units = so_far.checked_rem(Decimal::TEN).unwrap_or_default();
        match kind {
            Class::Small | Class::OrdinalSmall => {
                let fits = open
                    && (group.is_none()
                        || (below.is_zero() && value > Decimal::ZERO)
                        || (units.is_zero()
                            && below >= 20.into()
                            && value < Decimal::TEN
                            && value > Decimal::ZERO));
                if !fits
                    || (kind == Class::OrdinalSmall
                        && lone_second(tokens, here, group.is_some() || scale.is_some()))
                {
                    break;
                }
                group = Some(so_far.checked_add(value)?);
                ordinal = kind == Class::OrdinalSmall;
            }
            Class::Ten | Class::OrdinalTen => {
                if !(open && (group.is_none() || below.is_zero())) {
                    break;
                }
                group = Some(so_far.checked_add(value)?);
                ordinal = kind == Class::OrdinalTen;
            }
            Class::Hundred => {
                match group {
                    Some(count) if count < hundred && count > Decimal::ZERO => {
                        group = count.checked_mul(hundred);
                    }
                    None if scale.is_none() => group = Some(hundred),
                    _ => break,
                }
                open = true;
            }
            Class::Dozen | Class::Vague
                if kind == Class::Dozen || (group.is_some() && tokens.word(here) == "dozens") =>
            {
                let count = if below.is_zero() && group.is_some() {
                    so_far
                } else {
                    below
                };
                let rest = so_far.checked_sub(count)?;
                let count = if group.is_none() { Decimal::ONE } else { count };
                group = Some(rest.checked_add(count.checked_mul(12.into())?)?);
                end = here + 1;
                break;
            }
            Class::Vague
                if group.is_some()
                    && matches!(
                        tokens.word(here),
                        "dozens"
                            | "thousands"
                            | "millions"
                            | "billions"
                            | "trillions"
                            | "lakhs"
                            | "crores"
                            | "lacs"
                            | "hundreds"
                    ) =>
            {
                total = total.checked_add(so_far.checked_mul(value)?)?;
                group = None;
                scale = Some(value);
                end = here + 1;
                break;
            }
            Class::Scale | Class::OrdinalScale => {
                match (group, scale) {
                    (Some(count), Some(last)) if value >= last => {
                        total = total.checked_add(count)?.checked_mul(value)?;
                    }
                    (Some(count), _) => total = total.checked_add(count.checked_mul(value)?)?,
                    (None, Some(_)) => total = total.checked_mul(value)?,
                    (None, None) => total = value,
                }
                group = None;
                scale = Some(value);
                open = true;
                ordinal = kind == Class::OrdinalScale;
            }
            _ => break,
        }
        end = here + 1;
        if ordinal {
            break;
        }
        at = tokens.skip_hyphen(end);
        // "and" joins only a smaller rest to a hundred or a scale.
        let after_round = matches!(kind, Class::Hundred | Class::Scale);
        if after_round && tokens.word(at) == "and" {
            let joined = tokens.skip_hyphen(at + 1);
            let fits = class(tokens, joined).is_some_and(|(next, _)| {
                matches!(
                    next,
                    Class::Small | Class::Ten | Class::OrdinalSmall | Class::OrdinalTen
                )
            }) && fraction_words(tokens, joined).is_none();
            if !fits {
                break;
            }
            at = joined;
        }
    }
    if end == start {
        return None;
    }
    let value = total.checked_add(group.unwrap_or_default())?;
    let form = if ordinal {
        Form::Ordinal
    } else {
        Form::Cardinal
    };
    let mut found = Numeral::new(end, value, form);
    found.scale = scale;
    if !ordinal && let Some((decimals, after)) = point(tokens, end) {
        found.value = value.checked_add(decimals)?;
        found.end = after;
    }
    Some(found)
}

/// "second" is a unit of time after a number.
fn lone_second(tokens: &Tokens, at: usize, within: bool) -> bool {
    let _ = within;
    tokens.word(at) == "second"
        && (tokens.any_back(at, 1, &["per", "each", "every", "split"])
            || at
                .checked_sub(1)
                .is_some_and(|b| tokens.is(b, Kind::Digits)))
}

/// "point zero three", "point seventy-one".
fn point(tokens: &Tokens, at: usize) -> Option<(Decimal, usize)> {
    if tokens.word(at) != "point" {
        return None;
    }
    let mut text = String::from("0.");
    let mut end = at + 1;
    while let Some((kind @ (Class::Small | Class::Ten), value)) =
        class(tokens, tokens.skip_hyphen(end))
    {
        let next = tokens.skip_hyphen(end);
        if kind == Class::Ten
            && let Some((Class::Small, unit)) = class(tokens, tokens.skip_hyphen(next + 1))
            && unit < Decimal::TEN
        {
            text.push_str(&(value + unit).to_string());
            end = tokens.skip_hyphen(next + 1) + 1;
            continue;
        }
        text.push_str(&value.to_string());
        end = next + 1;
    }
    (end > at + 1).then(|| text.parse().ok().map(|value| (value, end)))?
}
