//! Every number in a text as a value a program can use.
//!
//! The files stand in the order in which a sentence travels: `lexer` makes tokens; `numeral` and
//! `measure` read values and units; `date`, `relative`, `clock`, `recurrence` and `when` read times;
//! `trap` refuses what is no number; `quantity` adds range and hedge, `noun` what is counted, `link`
//! what belongs together; `reader` drives them. What words mean stands in the tables in `data/`.
//! Nothing here looks beyond a sentence, so that one never changes another's numbers.

mod age;
mod age_list;
mod calendar;
mod clock;
mod coming;
mod compound;
mod counted;
mod country;
mod cue;
mod currency;
mod date;
mod day_part;
mod days;
mod digit_run;
mod digits;
mod duration;
mod far;
mod fraction;
mod hash;
mod holiday;
mod hours;
mod lasting;
mod lexer;
mod link;
mod measure;
mod model;
mod moment;
mod moved;
mod noun;
mod nth;
mod numeral;
mod numeric;
mod owner;
mod page;
mod period;
mod phrase;
mod place;
#[cfg(test)]
mod properties;
mod proportion;
mod quantity;
mod range;
mod reader;
mod recurrence;
mod relative;
mod service;
mod step;
mod stretch;
mod table;
#[cfg(test)]
mod table_tests;
#[cfg(test)]
mod tests;
mod trap;
mod trap_word;
mod vocabulary;
mod when;
mod words;
mod year;

pub use country::settle_currencies;

use crate::text::{Span, Text};
use jiff::civil::Date;

/// What a number is (see the marking guide).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum NumberKind {
    Cardinal,
    Ordinal,
    Fraction,
    Percent,
    Money,
    Quantity,
    Duration,
    Date,
    Time,
    Set,
    Age,
    Multiple,
    Score,
    Vague,
}

/// How the writer hedged a number, or which side of a date is meant.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Modifier {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Approx,
    PlusMinus,
    Before,
    After,
    Since,
    Until,
    Start,
    Mid,
    End,
}

/// One number: three disjoint spans (modifier, core, noun) and what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The core: numeral, scale, unit or symbol.
    pub span: Span,
    /// What it is.
    pub kind: NumberKind,
    /// The value as a decimal string without exponent, where it is one value.
    pub value: Option<String>,
    /// The lower end of a range, inclusive.
    pub low: Option<String>,
    /// The upper end of a range, inclusive.
    pub high: Option<String>,
    /// The exact value beside a rounded one ("2/3").
    pub exact: Option<String>,
    /// The hedge and where it stands.
    pub modifier: Option<(Modifier, Span)>,
    /// ISO 4217, or the unit's singular US English name.
    pub unit: Option<String>,
    /// The unit of a rate ("hour" in "km an hour").
    pub per: Option<String>,
    /// True where the unit's sign stands for several currencies ($, Rs, pounds).
    pub unit_ambiguous: bool,
    /// What is counted.
    pub noun: Option<Span>,
    /// "the two gunmen": said again, not to be added up.
    pub definite: bool,
    /// Index of the whole of which this is a part ("44 of the 50").
    pub part_of: Option<usize>,
    /// Index of the number that says the same in another unit.
    pub same_as: Option<usize>,
    /// Index of the number that this one changed from ("fell from 12 to 9": 9 has 12's index).
    pub changed_from: Option<usize>,
    /// ISO date, or an interval `a/b`.
    pub date: Option<String>,
    /// TIMEX value where no single ISO date fits (2016-W33, 199X, P2D).
    pub timex: Option<String>,
    /// The other reading of an ambiguous date.
    pub date_alt: Option<String>,
}

/// A part of a page that is not the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagePart {
    /// Header and byline: a date, a time or a bare figure there is the page's own, and no number.
    Top,
    /// Boilerplate: a line that gives the page's own date is no number, and "last November" is not
    /// settled against the article's date.
    Trailer,
}

/// A stretch of a page that is not the article.
#[derive(Clone, Copy, Debug)]
pub struct Furniture {
    /// Where.
    pub span: Span,
    /// What.
    pub part: PagePart,
}

/// All numbers of a text, in order, spans disjoint. `sentences` are those of every region, in order;
/// no number crosses a sentence. `names` are the mentions' spans, in order: a numeral inside a name is
/// the name's. `published` is what "yesterday" and a date without a year are relative to. `furniture`
/// are the stretches that are not the article's own words, in order.
pub fn extract(
    text: &Text,
    sentences: &[Span],
    furniture: &[Furniture],
    names: &[Span],
    published: Option<Date>,
) -> Vec<Number> {
    let mut reader = reader::Reader::default();
    let mut numbers = Vec::new();
    let (mut from, mut hush) = (0, 0);
    for &sentence in sentences {
        while names
            .get(from)
            .is_some_and(|name| name.end() <= sentence.start())
        {
            from += 1;
        }
        while furniture
            .get(hush)
            .is_some_and(|stretch| stretch.span.end() <= sentence.start())
        {
            hush += 1;
        }
        let page = furniture
            .get(hush)
            .filter(|stretch| stretch.span.start() < sentence.end());
        let place = reader::Sentence {
            span: sentence,
            names: names.get(from..).unwrap_or_default(),
            page: page.map(|stretch| stretch.part),
            reference: published.filter(|_| page.is_none()),
        };
        let found = reader.read(text, place, numbers.len());
        numbers.extend(found);
    }
    numbers
}
