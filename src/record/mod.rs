//! The record: the contract between Headcount and whoever reads its output, as types.
//!
//! This is the one place that knows JSON's keys. All offsets are Unicode code points, `[start, end)`, into
//! `text`: in Python `text[start:end] == span["text"]` for every span. Keys come in the order in which
//! the fields stand here.

mod assemble;
mod check;
mod duplicate;
mod reject;

pub use assemble::{Parts, assemble};
pub use check::check;
pub use duplicate::{DuplicateLine, SameAs};
pub use reject::RejectLine;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::number::{Modifier, NumberKind};
use crate::tag::EntityType;
use crate::text::region::RegionKind;

/// The version of the contract; the value of `schema`.
pub const SCHEMA: &str = "headcount/1";

/// One article, annotated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Always `headcount/1`.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// The input's own id, else `path#record`.
    pub id: String,
    /// Where the article came from.
    pub source: Source,
    /// The input's title.
    pub title: Option<String>,
    /// The article's date, ISO 8601.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub published: Option<Date>,
    /// Where `published` was found.
    pub published_from: Option<PublishedFrom>,
    /// The input's URL.
    pub url: Option<String>,
    /// The input's outlet.
    pub outlet: Option<String>,
    /// The input's other fields, untouched.
    pub meta: serde_json::Map<String, serde_json::Value>,
    /// The decoded input text, never normalised, that all offsets index; of a page, the main text that
    /// was extracted from it.
    pub text: String,
    /// A partition of `text`.
    pub regions: Vec<RegionEntry>,
    /// Names, in order, disjoint.
    pub mentions: Vec<MentionEntry>,
    /// Numbers, in order, their cores disjoint.
    pub numbers: Vec<NumberEntry>,
    /// Who is named, in order of first mention.
    pub actors: Vec<ActorEntry>,
    /// What was odd about the input and how it was read.
    pub warnings: Vec<Warning>,
}

/// The raw input record behind an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The file, as it was given or found; `-` for standard input.
    pub path: String,
    /// Of an archive (tar, zip), the path of the member that it is in; U+FFFD stands for what of it is not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The record's number in its file, or in its member, from 0.
    pub record: u64,
    /// Where the record begins in its file, in bytes, where it comes from a WARC file (in a `.warc.gz`,
    /// where its gzip member begins in the file as it lies); in an archive, where it begins in its member, unpacked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// SHA-256 of the raw bytes of the record: of a page as it was fetched, of a WARC record with its
    /// header, of a row of Parquet as JSON.
    pub sha256: String,
}

/// Where an article's date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PublishedFrom {
    /// A field of the input.
    Field,
    /// The lines before the article.
    Header,
    /// The lines after it ("Published in ...").
    Footer,
    /// The article's URL or the input's path.
    Path,
}

/// A stretch of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionEntry {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it is.
    pub kind: RegionKind,
    /// The rule that said so.
    pub rule: String,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MentionEntry {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The name as written.
    pub text: String,
    /// What kind of name.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// The tagger's probability, 0 to 1, rounded to four places.
    #[schemars(range(min = 0, max = 1))]
    pub score: f64,
    /// The kind of region that it stands in.
    pub region: RegionKind,
    /// Id of the actor in `actors`, or null.
    pub actor: Option<String>,
    /// What linked it, or why it was left alone.
    pub rule: String,
    /// The words that prove the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Who else might have been meant, where the choice was close; three at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<AlternativeEntry>,
}

/// Somebody else who might have been meant. Not in `actors` unless named elsewhere in the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlternativeEntry {
    /// The actor's id.
    pub id: String,
    /// What speaks for them, in snake_case.
    pub reason: String,
}

/// Words of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// As written.
    pub text: String,
}

/// A number: three disjoint spans, the modifier, the core and the noun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberEntry {
    /// First code point of the core.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// The core as written: numeral, scale, unit or symbol.
    pub text: String,
    /// What it is.
    pub kind: NumberKind,
    /// The value, a decimal string without exponent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The lower end of a range, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// The upper end of a range, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
    /// The exact value beside a rounded one ("2/3"); both sides of a score ("3-1"), whose `value` is the
    /// first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// The hedge, or the side of a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
    /// First code point of the modifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modifier_start: Option<usize>,
    /// One past its last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modifier_end: Option<usize>,
    /// ISO 4217, or the singular US English name of the unit, that of a rate included ("mile per hour").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What an amount of money is per ("$8 a barrel": barrel).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// True where the sign stands for several units.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unit_ambiguous: bool,
    /// What is counted, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noun: Option<String>,
    /// First code point of the noun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noun_start: Option<usize>,
    /// One past its last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noun_end: Option<usize>,
    /// Said again ("the two gunmen"), not to be added up.
    #[serde(default, skip_serializing_if = "is_false")]
    pub definite: bool,
    /// Index in `numbers` of the whole of which this is a part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<usize>,
    /// Index in `numbers` of the same amount in another unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<usize>,
    /// A change between two numbers, on both of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// ISO 8601 date, month, year, or interval `a/b`, with the time of day where one is said. A time of
    /// day alone has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// TIMEX3 value: of a time of day alone (T10:20), a length (P2M), a recurrence, and of a date as it was
    /// said (XXXX-WXX-5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timex: Option<String>,
    /// The other reading of an ambiguous date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_alt: Option<String>,
    /// The kind of region that it stands in.
    pub region: RegionKind,
}

/// "fell from 12 to 9".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Index in `numbers` of the value before.
    pub from: usize,
    /// Index in `numbers` of the value after.
    pub to: usize,
}

/// Someone who is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActorEntry {
    /// The book's slug; for an actor that the book does not know, an id made from the full name.
    pub id: String,
    /// The canonical name; for an unknown actor the full name as first written.
    pub name: String,
    /// armed_group, government, person, country, ...
    #[serde(rename = "type")]
    pub kind: String,
    /// ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Wikidata id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qid: Option<String>,
    /// Id of the actor of which this is a part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// True for an actor of the book.
    pub known: bool,
    /// Indexes in `mentions`.
    pub mentions: Vec<usize>,
}

/// Something odd that did not cost the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// What, in snake_case.
    pub code: String,
    /// First code point, where it has a place in `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// One past the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// In words.
    pub detail: String,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// The JSON Schema (draft 2020-12) of a record.
pub fn json_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Record);
    schema.insert("title".to_owned(), "Headcount record".into());
    schema.to_value()
}

impl Record {
    /// The record as one line of JSON, without the line end.
    ///
    /// # Errors
    /// None is known: every field has a JSON form.
    pub fn to_line(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// Reads a line that `to_line` wrote. Unknown or missing keys are errors.
    ///
    /// # Errors
    /// The line is not a record; the message has the column.
    pub fn from_line(line: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(line)
    }
}
