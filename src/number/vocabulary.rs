//! What one look-up tells of a token: the class of a number word, and which rules may begin at it.
//!
//! Most words of an article begin no rule. They are told apart here, once each, so that no rule is
//! tried on them; the words themselves stand in the tables.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::digits;
use super::hash::{WordMap, WordSet};
use super::lexer::{Kind, Token};
use super::table::{CURRENCY_PREFIXES, Class, HOLIDAYS, IDIOMS, NUMERALS, STARTERS, list};

/// What is known of a token by itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// What a number word does in a numeral, and its value.
    pub class: Option<(Class, Decimal)>,
    /// A number, or a word that makes its sentence worth reading.
    pub hot: bool,
    /// A rule may begin here if a hot token is near.
    pub opens: bool,
    /// A sequence that counts nothing may begin here.
    pub idiom: bool,
}

/// Words and marks that a rule may begin with if a number is near.
static OPENERS: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/openers.txt")).collect());

static WORDS: LazyLock<WordMap<&'static str, Known>> = LazyLock::new(|| {
    let mut words: WordMap<&'static str, Known> = WordMap::default();
    for (word, class) in NUMERALS.iter() {
        words.entry(word).or_default().class = Some(*class);
    }
    for word in STARTERS.iter() {
        words.entry(word).or_default().hot = true;
    }
    let opening = OPENERS
        .iter()
        .copied()
        .chain(CURRENCY_PREFIXES.firsts())
        .chain(HOLIDAYS.firsts());
    for word in opening {
        words.entry(word).or_default().opens = true;
    }
    for word in IDIOMS.firsts() {
        words.entry(word).or_default().idiom = true;
    }
    words
});

/// What is known of the token that reads `lower` in lower case.
pub fn known(token: &Token, lower: &str) -> Known {
    let mut found = match token.kind {
        Kind::Opaque => return Known::default(),
        _ => WORDS.get(lower).copied().unwrap_or_default(),
    };
    match token.kind {
        Kind::Digits => found.hot = true,
        Kind::Mark => {
            found.class = None;
            found.hot = lower.len() > 1 && digits::sign(lower).is_some();
        }
        _ => {}
    }
    found.opens |= found.hot;
    found
}
