//! Copies of one article: the same body, or nearly the same.
//!
//! An article is told by its *body*, the regions of that kind: agencies' copy stands in many outlets under other headlines,
//! bylines, datelines and teasers. The first in input order is the original, and a later article is its copy if
//!
//! - **exact**: the two bodies are the same but for white space; or
//! - **near**: both have at least [`NEAR_WORDS`] words, and of the shingles of three words that either has at least seven in
//!   ten are in both, as MinHash estimates it ([`sketch`]).
//!
//! A copy is compared with originals only, so no chain of small changes ever joins two articles that differ. Nothing here
//! decides what becomes of a copy, and nothing touches a file.

mod index;
mod signature;
mod sketch;
#[cfg(test)]
mod tests;

pub use index::{Index, Original};
pub use signature::{NEAR_WORDS, Signature};
pub use sketch::{Sketch, THRESHOLD};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which copies are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dedup {
    /// None.
    #[default]
    Off,
    /// Those with the same body.
    Exact,
    /// Those with nearly the same, too.
    Near,
}

/// In what way one article is another's copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sameness {
    /// The same body.
    Exact,
    /// Nearly the same.
    Near,
}
