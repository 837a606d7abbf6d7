//! The line of a copy: its own record, whole, and of which article it is a copy.
//!
//! The mark stands beside the record and not in it, because a record depends on nothing but its article.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Record;
use crate::dedup::Sameness;

/// One line of `dups/*.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicateLine {
    /// The original, which came before.
    pub same_as: SameAs,
    /// The copy's own record, like any other.
    pub record: Record,
}

/// An original as its copies name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SameAs {
    /// `source.path` of the original.
    pub path: String,
    /// `source.record` of the original.
    pub record: u64,
    /// How the bodies of the two are the same.
    #[serde(rename = "match")]
    pub sameness: Sameness,
    /// The estimated share of their shingles that is common, rounded to two places; 1 for the same body.
    #[schemars(range(min = 0, max = 1))]
    pub similarity: f64,
}

impl SameAs {
    /// The line of a copy of this original whose record is already a line, without the line end.
    ///
    /// # Errors
    /// None is known: every field has a JSON form.
    pub fn line(&self, record: &[u8]) -> Result<Vec<u8>, serde_json::Error> {
        let mut line = b"{\"same_as\":".to_vec();
        serde_json::to_writer(&mut line, self)?;
        line.extend_from_slice(b",\"record\":");
        line.extend_from_slice(record);
        line.push(b'}');
        Ok(line)
    }
}

impl DuplicateLine {
    /// Reads a line that [`SameAs::line`] wrote. Unknown or missing keys are errors.
    ///
    /// # Errors
    /// The line is none; the message has the column.
    pub fn from_line(line: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(line)
    }
}
