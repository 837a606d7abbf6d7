//! What became of the records: the arithmetic of promise 1.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many records came in and what became of them. `in` is always the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Records read.
    #[serde(rename = "in")]
    pub read: u64,
    /// Records annotated: lines of `part-*.jsonl`.
    pub annotated: u64,
    /// Records at fault: lines of `rejects/*.jsonl`.
    pub rejected: u64,
    /// Records without text: lines of `skipped/*.jsonl`.
    pub skipped: u64,
    /// Copies of articles that came before: lines of `dups/*.jsonl`.
    pub duplicates: u64,
}

impl Counts {
    /// True where every record that came in is accounted for.
    pub fn balance(self) -> bool {
        self.read == self.annotated + self.rejected + self.skipped + self.duplicates
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.annotated += other.annotated;
        self.rejected += other.rejected;
        self.skipped += other.skipped;
        self.duplicates += other.duplicates;
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} in = {} annotated + {} rejected + {} skipped + {} duplicates",
            self.read, self.annotated, self.rejected, self.skipped, self.duplicates
        )
    }
}
