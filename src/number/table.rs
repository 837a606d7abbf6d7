//! The tables of words, read once from the files in `data/`, which anyone can edit.
//!
//! A line that cannot be read is left out rather than a panic; the tests check that none is.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Modifier;
use super::hash::{WordMap, WordSet};
use super::phrase::Phrases;

/// What a number word does in a numeral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// zero to nineteen
    Small,
    /// twenty to ninety
    Ten,
    Hundred,
    /// thousand, lakh, million
    Scale,
    Dozen,
    /// first to nineteenth
    OrdinalSmall,
    /// twentieth to ninetieth
    OrdinalTen,
    /// hundredth, millionth
    OrdinalScale,
    /// half, quarter
    Part,
    /// halves, thirds
    Parts,
    /// dozens, thousands
    Vague,
}

/// A unit of the table `units.csv`.
#[derive(Debug)]
pub struct Unit {
    pub name: &'static str,
    /// Empty for a physical unit; of a duration the ISO 8601 designator with its factor (10Y).
    pub designator: &'static str,
    pub duration: bool,
}

/// A currency of the table `currencies.csv`.
#[derive(Debug)]
pub struct Currency {
    pub code: &'static str,
    pub ambiguous: bool,
}

/// The lines of a table after its header, as fields.
pub fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines()
        .skip(1)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split(',').collect())
}

/// The lines of a plain list.
pub fn list(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn field(row: &[&'static str], at: usize) -> &'static str {
    row.get(at).copied().unwrap_or_default()
}

pub static NUMERALS: LazyLock<WordMap<&'static str, (Class, Decimal)>> = LazyLock::new(|| {
    rows(include_str!("data/numerals.csv"))
        .filter_map(|row| {
            let class = match field(&row, 1) {
                "small" => Class::Small,
                "ten" => Class::Ten,
                "hundred" => Class::Hundred,
                "scale" => Class::Scale,
                "dozen" => Class::Dozen,
                "ordinal_small" => Class::OrdinalSmall,
                "ordinal_ten" => Class::OrdinalTen,
                "ordinal_scale" => Class::OrdinalScale,
                "part" => Class::Part,
                "parts" => Class::Parts,
                "vague" => Class::Vague,
                _ => return None,
            };
            Some((field(&row, 0), (class, field(&row, 2).parse().ok()?)))
        })
        .collect()
});

/// Suffixes of a digit run (1.2bn), as written: their case matters.
pub static SUFFIXES: LazyLock<WordMap<&'static str, Decimal>> = LazyLock::new(|| {
    rows(include_str!("data/suffixes.csv"))
        .filter_map(|row| Some((field(&row, 0), field(&row, 1).parse().ok()?)))
        .collect()
});

fn modifier(name: &str) -> Option<Modifier> {
    Some(match name {
        "at_least" => Modifier::AtLeast,
        "more_than" => Modifier::MoreThan,
        "at_most" => Modifier::AtMost,
        "less_than" => Modifier::LessThan,
        "approx" => Modifier::Approx,
        "plus_minus" => Modifier::PlusMinus,
        "before" => Modifier::Before,
        "after" => Modifier::After,
        "since" => Modifier::Since,
        "until" => Modifier::Until,
        "start" => Modifier::Start,
        "mid" => Modifier::Mid,
        "end" => Modifier::End,
        _ => return None,
    })
}

fn modifiers(file: &'static str, place: &str) -> Vec<(&'static str, Modifier)> {
    rows(file)
        .filter(|row| field(row, 1) == place)
        .filter_map(|row| Some((field(&row, 0), modifier(field(&row, 2))?)))
        .collect()
}

const HEDGES: &str = include_str!("data/modifiers.csv");
const DATE_SIDES: &str = include_str!("data/date_modifiers.csv");

pub static HEDGE_BEFORE: LazyLock<Phrases<Modifier>> =
    LazyLock::new(|| Phrases::backwards(modifiers(HEDGES, "before")));
pub static HEDGE_AFTER: LazyLock<Phrases<Modifier>> =
    LazyLock::new(|| Phrases::forwards(modifiers(HEDGES, "after")));
pub static SIDE_BEFORE: LazyLock<Phrases<Modifier>> =
    LazyLock::new(|| Phrases::backwards(modifiers(DATE_SIDES, "before")));
pub static SIDE_AFTER: LazyLock<Phrases<Modifier>> =
    LazyLock::new(|| Phrases::forwards(modifiers(DATE_SIDES, "after")));

static UNIT_LIST: LazyLock<Vec<(Unit, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("data/units.csv"))
        .map(|row| {
            let unit = Unit {
                name: field(&row, 0),
                duration: field(&row, 1) == "duration",
                designator: field(&row, 2),
            };
            (unit, field(&row, 3))
        })
        .collect()
});

pub static UNITS: LazyLock<Phrases<&'static Unit>> = LazyLock::new(|| {
    Phrases::forwards(
        UNIT_LIST
            .iter()
            .flat_map(|(unit, forms)| forms.split('|').map(move |form| (form, unit))),
    )
});

pub static PERCENTS: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    Phrases::forwards(rows(include_str!("data/percents.csv")).flat_map(|row| {
        field(&row, 1)
            .split('|')
            .map(move |form| (form, field(&row, 0)))
    }))
});

static CURRENCY_LIST: LazyLock<Vec<(Currency, &'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("data/currencies.csv"))
        .map(|row| {
            let currency = Currency {
                code: field(&row, 0),
                ambiguous: field(&row, 1) == "yes",
            };
            (currency, field(&row, 2), field(&row, 3))
        })
        .collect()
});

/// Signs and codes that stand before an amount.
pub static CURRENCY_PREFIXES: LazyLock<Phrases<&'static Currency>> = LazyLock::new(|| {
    Phrases::forwards(CURRENCY_LIST.iter().flat_map(|(currency, prefixes, _)| {
        prefixes
            .split('|')
            .filter(|form| !form.is_empty())
            .map(move |form| (form, currency))
    }))
});

/// Names, signs and codes that stand after an amount.
pub static CURRENCY_WORDS: LazyLock<Phrases<&'static Currency>> = LazyLock::new(|| {
    Phrases::forwards(CURRENCY_LIST.iter().flat_map(|(currency, _, words)| {
        words
            .split('|')
            .filter(|form| !form.is_empty())
            .map(move |form| (form, currency))
    }))
});

/// Sequences that look like numbers and are none (zero tolerance).
pub static IDIOMS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::forwards(list(include_str!("data/idioms.txt")).map(|line| (line, ())))
});

/// Phrases for the moment of writing.
pub static PRESENT: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::forwards(list(include_str!("data/present.txt")).map(|line| (line, ())))
});

/// Words before a number that make it a name's (Resolution 2254).
pub static IDENTIFIERS: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/identifiers.txt")).collect());

/// Words that end a street's name.
pub static STREETS: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/streets.txt")).collect());

/// Verbs after which "from A to B" is a change of one value, not a range.
pub static CHANGES: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/change_verbs.txt")).collect());

/// Words that end a noun phrase.
pub static NOUN_STOPS: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/noun_stops.txt")).collect());

/// Words after a four-digit number that it counts (people, soldiers).
pub static COUNTED: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/counted_nouns.txt")).collect());

/// Words of sport, near which "2-0" is a score.
pub static SPORT: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/sport_words.txt")).collect());

/// Words of votes and rulings, near which "65-55" is their outcome.
pub static VOTES: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/vote_words.txt")).collect());

/// Words for a person, whose "is 39" is an age.
pub static PERSONS: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/persons.txt")).collect());

/// January is 1; short forms too.
pub static MONTHS: LazyLock<WordMap<&'static str, i8>> = LazyLock::new(|| {
    rows(include_str!("data/months.csv"))
        .filter_map(|row| Some((field(&row, 0), field(&row, 1).parse().ok()?)))
        .collect()
});

/// Monday is 1; short forms too.
pub static WEEKDAYS: LazyLock<WordMap<&'static str, i8>> = LazyLock::new(|| {
    rows(include_str!("data/weekdays.csv"))
        .filter_map(|row| Some((field(&row, 0), field(&row, 1).parse().ok()?)))
        .collect()
});

/// Holidays: their rule (see `holiday.rs`).
pub static HOLIDAYS: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    Phrases::forwards(rows(include_str!("data/holidays.csv")).flat_map(|row| {
        field(&row, 1)
            .split('|')
            .map(move |form| (form, field(&row, 0)))
    }))
});

/// Words that a sentence must have, unless it has a digit, for any rule to find anything in it.
pub static STARTERS: LazyLock<WordSet<&'static str>> = LazyLock::new(|| {
    let first = |file: &'static str, at: usize| {
        rows(file).flat_map(move |row| {
            field(&row, at)
                .split('|')
                .filter_map(|form| form.split(' ').next())
                .collect::<Vec<_>>()
        })
    };
    NUMERALS
        .keys()
        .chain(MONTHS.keys())
        .chain(WEEKDAYS.keys())
        .copied()
        .chain(first(include_str!("data/holidays.csv"), 1))
        .chain(list(include_str!("data/starters.txt")))
        .collect()
});
