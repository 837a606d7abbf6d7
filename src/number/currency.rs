//! Money: a currency's sign, code or name before or after its amount.
//!
//! Refuses codes that are words (ALL, TRY) unless they are written in capitals beside a number, and
//! pounds that are a weight.

use super::cue::{CURRENCY_LETTERS, MONEY_OR_WORD, POUND_OF_WEIGHT};
use rust_decimal::Decimal;

use super::lexer::{Kind, Tokens};
use super::measure::{Measure, Measured};
use super::table::{CURRENCY_PREFIXES, CURRENCY_WORDS, Currency, NUMERALS, UNITS, Unit};

/// A currency's name, sign or code after the amount: "dollars", "€", "USD million", "MUSD".
pub fn money_after(tokens: &Tokens, at: usize, value: Decimal, hyphen: bool) -> Option<Measured> {
    let million = Decimal::from(1_000_000);
    if let Some(code) = tokens
        .word(at)
        .strip_prefix('m')
        .filter(|code| matches!(*code, "usd" | "eur" | "gbp"))
        && let Some(currency) = by_code(code)
    {
        return Some(Measured {
            measure: Measure::Money(currency),
            end: at + 1,
            factor: million,
        });
    }
    let (currency, mut end) = CURRENCY_WORDS.find(tokens, at)?;
    let word = tokens.word(at);
    let code = currency.code.eq_ignore_ascii_case(word) && end == at + 1 && word.len() == 3;
    if code && !tokens.raw(at).bytes().all(|b| b.is_ascii_uppercase()) && word != "won" {
        return None;
    }
    if MONEY_OR_WORD.contains(word) && value < 50.into() {
        return None;
    }
    if word == "c" && !(tokens.glued(at) && tokens.raw(at) == "c") {
        return None;
    }
    if matches!(word, "£" | "€" | "¥" | "₹") && tokens.is(end, Kind::Digits) && tokens.glued(end)
    {
        return None;
    }
    if matches!(word, "pound" | "pounds") && weight(tokens, at, end, hyphen) {
        let (unit, _) = POUND.as_ref()?;
        return Some(Measured {
            measure: Measure::Quantity(unit),
            end,
            factor: Decimal::ONE,
        });
    }
    let mut factor = Decimal::ONE;
    if code && let Some((super::table::Class::Scale, scale)) = NUMERALS.get(tokens.word(end)) {
        factor = *scale;
        end += 1;
    }
    Some(Measured {
        measure: Measure::Money(currency),
        end,
        factor,
    })
}

pub fn by_code(code: &str) -> Option<&'static Currency> {
    let upper = code.to_ascii_uppercase();
    let mut list = Vec::new();
    super::lexer::lex(&upper, &mut list);
    CURRENCY_WORDS
        .find(&Tokens::new(&upper, code, &list, &[]), 0)
        .map(|found| found.0)
}

/// A currency before an amount: the currency and the index of the amount.
pub fn money_before(tokens: &Tokens, at: usize) -> Option<(&'static Currency, usize)> {
    let (currency, end) = CURRENCY_PREFIXES.find(tokens, at)?;
    let word = tokens.word(at);
    let letters_only =
        (at..end).all(|index| tokens.is(index, Kind::Word) || tokens.word(index) == ".");
    // "R120 000": the rand's letter must touch digits that no model's name has.
    if matches!(tokens.raw(at), "R" | "P" | "N") {
        let long = if tokens.raw(at) == "R" {
            tokens.raw(end).len() > 2
        } else {
            tokens.raw(end).contains(',')
        };
        let large = long
            || NUMERALS
                .get(tokens.word(end + 1))
                .is_some_and(|(class, _)| *class == super::table::Class::Scale);
        return (tokens.glued(end) && tokens.is(end, Kind::Digits) && large)
            .then_some((currency, end));
    }
    if letters_only {
        let raw = tokens.raw(at);
        let written = raw.bytes().all(|b| b.is_ascii_uppercase()) || CURRENCY_LETTERS.contains(raw);
        if !written {
            return None;
        }
    }
    // "S/45": the letter, the stroke and the amount hold together, and nothing stands before them.
    if word == "s" && tokens.word(at + 1) == "/" {
        let whole = (at + 1..=end).all(|index| tokens.glued(index)) && !tokens.glued(at);
        return (whole && tokens.capital(at) && tokens.is(end, Kind::Digits))
            .then_some((currency, end));
    }
    // "a $5 note": a lone letter must touch the sign.
    if word == "a" && end > at + 1 && !tokens.glued(at + 1) {
        return None;
    }
    // A letter before the sign belongs to it (US$) or is a word's end.
    if tokens.glued(at)
        && at > 0
        && tokens.is(at - 1, Kind::Word)
        && !tokens.is(at, Kind::Word)
        && word != "$"
    {
        return None;
    }
    let next = tokens.any(end, &["-", "−"]) && tokens.is(end + 1, Kind::Digits);
    let amount = tokens.is(end, Kind::Digits)
        || next
        || (!letters_only && NUMERALS.contains_key(tokens.word(end)));
    amount.then_some((currency, end))
}

pub static POUND: std::sync::LazyLock<Option<(&'static Unit, usize)>> =
    std::sync::LazyLock::new(|| {
        let mut list = Vec::new();
        super::lexer::lex("lb", &mut list);
        UNITS.find(&Tokens::new("lb", "lb", &list, &[]), 0)
    });

/// True where pounds are a weight: of a stuff, of a body, or as an attribute.
fn weight(tokens: &Tokens, at: usize, end: usize, hyphen: bool) -> bool {
    let cue = |word: &str| word.starts_with("weigh") || POUND_OF_WEIGHT.contains(word);
    let money = (1..=4).any(|back| {
        matches!(
            tokens.back(at, back),
            "million" | "billion" | "bn" | "crore"
        )
    });
    (hyphen
        || tokens.word(end) == "of"
        || (1..=8).any(|step| cue(tokens.back(at, step)) || cue(tokens.word(at + step))))
        && !money
}
