//! The line that stands for a record which could not be annotated.

use base64::Engine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One line of `rejects/*.jsonl` (a fault) or `skipped/*.jsonl` (no text in it).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RejectLine {
    /// What is wrong, in snake_case; stable.
    pub code: String,
    /// The file.
    pub path: String,
    /// Of an archive, the path of the member that it is in; absent for what stands between members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The record's number in its file, or in its member, from 0; between the members of an archive, how many records
    /// and rejects were before it.
    pub record: u64,
    /// Where the record begins, in bytes of the decompressed file or member (of a `.warc.gz`: where its gzip member
    /// begins in the file as it lies; of Parquet: where its row group begins); the fault's own byte is in `reason`.
    pub byte: u64,
    /// In words, with the remedy.
    pub reason: String,
    /// The record's bytes, where they are UTF-8; at most the first 64 KiB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// The same as base64 (RFC 4648), where they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_base64: Option<String>,
    /// How many bytes the record has, of which `raw` may be the beginning.
    pub raw_bytes: u64,
}

impl RejectLine {
    /// Puts the raw bytes in the form that loses none of them.
    pub fn with_raw(mut self, raw: Vec<u8>) -> Self {
        match String::from_utf8(raw) {
            Ok(text) => self.raw = Some(text),
            Err(error) => {
                let bytes = error.into_bytes();
                self.raw_base64 = Some(base64::engine::general_purpose::STANDARD.encode(bytes));
            }
        }
        self
    }
    /// The bytes that were kept; nothing where neither form has them.
    pub fn kept(&self) -> Option<Vec<u8>> {
        match (&self.raw, &self.raw_base64) {
            (Some(text), _) => Some(text.clone().into_bytes()),
            (None, Some(code)) => base64::engine::general_purpose::STANDARD.decode(code).ok(),
            (None, None) => None,
        }
    }
}
