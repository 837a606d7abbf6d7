//! Files to raw records, and raw records to articles.
//!
//! The way in: [`plan`] says which files a run reads, [`open`] cuts one file (an archive: member by member) into [`RawRecord`]s in
//! constant memory, [`article`] makes an [`Article`] of one raw record. The first two touch files;
//! the third is pure. Every byte of a file ends up in a record, in a [`Reject`] or in what stands
//! between records (white space, commas, a header row); nothing is dropped in silence, and nothing
//! is repaired without a warning.

mod archive;
mod article;
mod budget;
mod capture;
mod decode;
mod decompress;
mod fields;
mod format;
mod json;
mod list;
mod page;
mod parquet;
mod pieces;
mod plan;
mod raw;
mod records;
mod reject;
mod repair;
mod row;
mod source;
mod split;
mod unpack;
mod utf16;
mod warc;
mod warning;

#[cfg(test)]
mod tests;

pub use article::{Article, FieldOptions, Refusal, article};
pub use format::{Compression, Format, format_of};
pub use plan::{InputError, InputFile, Plan, PlanOptions, plan};
pub use raw::{Payload, RawRecord};
pub use records::{Limits, Records, open, read};
pub use reject::{RAW_KEPT, Reject, RejectCode};
pub use warning::{InputWarning, WarningCode};
