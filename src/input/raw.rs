//! One record as it stands in its file: bytes, place, and how to read them.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::capture::Capture;
use super::page;
use super::warning::InputWarning;
use super::{Reject, RejectCode};

/// A record cut out of its file, not yet looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRecord {
    /// The file, as records name it.
    pub path: Arc<str>,
    /// Of an archive, the path of the member that it is in.
    pub member: Option<Arc<str>>,
    /// Its number in the file, or in the member, from 0; rejects count.
    pub record: u64,
    /// Where it begins in the decompressed file, or member; in UTF-16 files, in the file decoded to UTF-8
    /// without its byte-order mark. In `.warc.gz` files, where the gzip member begins that it is in; in
    /// Parquet files, where its row group begins.
    pub byte: u64,
    /// The record without the line end or comma after it; of UTF-16 files decoded to UTF-8.
    pub bytes: Vec<u8>,
    /// How the bytes are to be read.
    pub payload: Payload,
    /// What the reader noticed.
    pub warnings: Vec<InputWarning>,
    /// True where the bytes were decoded from UTF-16, so that no other charset may be guessed.
    pub transcoded: bool,
}

/// How a record's bytes are to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// As the text itself.
    Text,
    /// As a page, from whose HTML the text is taken.
    Html,
    /// As a WARC record that may hold a page.
    Warc,
    /// As one JSON value.
    Json,
    /// As one row of a table that is stored column by column, written as a JSON object.
    Row,
    /// As one row of cells.
    Csv {
        /// The columns' names, all different.
        header: Arc<Vec<String>>,
        /// The byte between two cells.
        delimiter: u8,
    },
    /// Not at all, for this reason: what stands in an archive and is no file of articles.
    NotRead(String),
}

impl RawRecord {
    /// SHA-256 of the record's bytes.
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }

    /// This record, rejected because its page cannot be read.
    pub(super) fn reject_page(&self, fault: page::Fault) -> Reject {
        match fault {
            page::Fault::TooComplex(reason) => self.reject(RejectCode::HtmlTooComplex, reason),
            page::Fault::Failed(reason) => self.reject(RejectCode::HtmlFailed, reason),
        }
    }

    /// This record, rejected.
    pub(super) fn reject(&self, code: RejectCode, reason: impl Into<String>) -> Reject {
        let mut capture = Capture::new(self.byte, 0);
        capture.push(&self.bytes);
        Reject {
            member: self.member.clone(),
            ..capture.reject(code, &self.path, self.record, reason)
        }
    }
}
