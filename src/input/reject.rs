//! What could not be used: the code, the place, the reason with its remedy, and the bytes themselves.
//!
//! The table of codes below is the only place that says what a code means.

use std::sync::Arc;

/// How many of a reject's bytes are kept.
pub const RAW_KEPT: usize = 64 * 1024;

/// A record, or a stretch of a file, that is no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// What kind of fault.
    pub code: RejectCode,
    /// The file, as records name it.
    pub path: Arc<str>,
    /// Of an archive, the path of the member that it is in; none for what stands between members.
    pub member: Option<Arc<str>>,
    /// Its number in the file, or in the member, from 0; rejects count. Between members: how many records and
    /// rejects were before it.
    pub record: u64,
    /// Where it begins in the decompressed (and, for UTF-16, decoded) file, or member; in a `.warc.gz`, where its
    /// gzip member begins in the file as it lies; in a Parquet file, where its row group begins.
    pub byte: u64,
    /// What is wrong, the byte where that shows if it is not the first, and the remedy.
    pub reason: String,
    /// Its bytes, or the first 64 KiB of them.
    pub raw: Vec<u8>,
    /// How many bytes it has in all.
    pub raw_bytes: u64,
}

macro_rules! codes {
    ($($variant:ident $code:literal $meaning:literal $remedy:literal)*) => {
        /// Why something was rejected; stable snake_case names, for those who filter on them.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        pub enum RejectCode {
            $(#[doc = $meaning] #[serde(rename = $code)] $variant,)*
        }

        impl RejectCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as it is written.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What it means, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// What to do about it.
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy,)* }
            }
        }
    };
}

codes! {
    OpenFailed "open_failed"
        "The file could not be opened."
        "check that it exists and may be read"
    ReadFailed "read_failed"
        "The system failed to read the file; what came before was used."
        "check the disk or the pipe, then run again"
    TruncatedStream "truncated_stream"
        "The compressed file, or member, ends too early; the records before the cut were used."
        "fetch the file again"
    CorruptStream "corrupt_stream"
        "The compressed file, or member, is damaged, or not what its name says; the records before the damage were used."
        "fetch the file again, or name it by what it is"
    DecompressionBomb "decompression_bomb"
        "The file swells beyond any natural ratio; the records before were used."
        "look at the file; if it is sound, decompress it yourself"
    UnpackedTooLarge "unpacked_too_large"
        "The file unpacks to more bytes, in all, than the limit; the records before were used."
        "look at the file; if it is sound, raise `--max-unpacked`"
    ArchiveCut "archive_cut"
        "The archive ends too early; what stands before the cut was used."
        "fetch the file again"
    ArchiveBroken "archive_broken"
        "The archive is packed, and its packing is damaged, or swells beyond any natural ratio; what stands before was used."
        "fetch the file again"
    ArchiveUnreadable "archive_unreadable"
        "The archive has no directory that can be read to its end."
        "fetch the file again; `zip -FF` may mend a zip"
    ArchiveDamaged "archive_damaged"
        "No member of the archive begins here; reading went on at the next member."
        "fetch the file again"
    MemberUnreadable "member_unreadable"
        "The member of the archive is encrypted, or packed in a way that is not known here."
        "unpack the archive yourself"
    NestedArchive "nested_archive"
        "The member of the archive is an archive itself."
        "unpack the outer archive yourself"
    ParquetUnreadable "parquet_unreadable"
        "The footer of the Parquet file, which says where everything is, cannot be read."
        "fetch the file again"
    ParquetRowGroup "parquet_row_group"
        "A row group of the Parquet file cannot be read from here on; reading went on at the next row group."
        "fetch the file again, or write it anew with Zstandard"
    TooLarge "too_large"
        "The record is larger than the limit."
        "split it, or raise `--max-record`"
    TooLong "too_long"
        "The article's text has more characters than the limit."
        "split it, or raise `--max-article`"
    SourceChanged "source_changed"
        "The record was to be taken again, but its bytes were not all kept, and its file is gone or has changed."
        "annotate the file itself"
    CutShort "cut_short"
        "The file ends inside a record or an array; the records before were used."
        "fetch the file again, or look for a missing bracket or quote"
    NulBytes "nul_bytes"
        "The record has NUL bytes, as binary files and files broken by a crash have."
        "give text; a file in another charset must be converted to UTF-8"
    InvalidEncoding "invalid_encoding"
        "The record is neither UTF-8 nor plausibly Windows-1252."
        "convert it to UTF-8"
    InvalidJson "invalid_json"
        "The record is not JSON."
        "mend the program that wrote it"
    NotAnObject "not_an_object"
        "The record is JSON, but not an object with named fields."
        "write one object for each article; read a file that is one array with `--format json`"
    CsvWidth "csv_width"
        "The row has another number of cells than the header."
        "quote the cells that hold separators, quotes or line ends"
    HtmlTooComplex "html_too_complex"
        "The page is nested, or crowded, far beyond what articles are."
        "look at the page; if it is sound, take its text out yourself"
    HtmlFailed "html_failed"
        "The extractor of the main text failed on the page."
        "report it, with this page"
    WarcHeader "warc_header"
        "No WARC record, or none with a length, begins here; reading went on at the next record."
        "fetch the file again"
    WarcLength "warc_length"
        "The record does not end where its Content-Length says; reading went on at the next record."
        "fetch the file again, or mend the program that wrote it"
    HttpBody "http_body"
        "The body of the HTTP response is broken, or in a coding that is not known here."
        "fetch the page again"
    NoText "no_text"
        "The record has no field that is known to hold the text."
        "name the field with `--text-key`"
    TextNotAString "text_not_a_string"
        "The field that should hold the text holds something else."
        "name another field with `--text-key`"
}

impl std::fmt::Display for RejectCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl std::fmt::Display for Reject {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            code,
            path,
            member,
            record,
            byte,
            reason,
            ..
        } = self;
        write!(formatter, "{path}: ")?;
        if let Some(member) = member {
            write!(formatter, "{member}: ")?;
        }
        write!(
            formatter,
            "record {record} at byte {byte}: {code}: {reason}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_by_serde_as_it_is_by_us() {
        for code in RejectCode::ALL {
            let written = serde_json::to_value(code).expect("a code is a string");
            assert_eq!(written, code.as_str());
            assert!(code.meaning().ends_with('.') && !code.remedy().is_empty());
        }
    }
}
