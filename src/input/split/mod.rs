//! Where one record ends and the next begins, format by format.
//!
//! A splitter looks at bytes as little as it can: whether a record makes sense is for the parser.

mod gzip;
mod lines;
mod members;
mod rows;
mod values;
mod warc;
mod whole;

use super::capture::Capture;
use super::source::Source;
use super::warning::InputWarning;
use super::{Format, Limits, Payload, RejectCode};

/// What a splitter found; the bytes are in the capture that it was given.
pub(super) enum Outcome {
    /// A record.
    Record(Payload, Vec<InputWarning>),
    /// No record; the next one can be found.
    Reject(RejectCode, String),
    /// No record, and no next one.
    Fatal(RejectCode, String),
    /// The file is done.
    End,
}

/// Cuts records off a stream.
pub(super) trait Splitter {
    /// Takes the next record's bytes into `piece`, which is empty and begins at the stream's offset.
    /// A splitter need not mind the stream's faults nor a record's size: its caller does.
    fn split(&mut self, source: &mut Source, piece: &mut Capture) -> Outcome;
}

/// The splitter of a format.
pub(super) fn splitter(format: Format, limits: Limits) -> Box<dyn Splitter + Send> {
    match format {
        Format::Text => Box::new(whole::Whole::new(Payload::Text)),
        Format::Html => Box::new(whole::Whole::new(Payload::Html)),
        Format::Warc => Box::new(warc::Archive::new(limits)),
        Format::JsonLines => Box::new(lines::Lines),
        Format::Json => Box::new(values::Values::default()),
        Format::Csv => Box::new(rows::Rows::new(None)),
        Format::Tsv => Box::new(rows::Rows::new(Some(b'\t'))),
        // They are no streams of records, and have readers of their own; none asks for this.
        Format::Parquet | Format::Tar | Format::Zip => {
            let why = "it is no stream of records".to_owned();
            Box::new(whole::Whole::new(Payload::NotRead(why)))
        }
    }
}
