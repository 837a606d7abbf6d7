//! What every reader of records must do, format by format and fault by fault.

mod archive;
mod archives;
mod articles;
mod containers;
mod faults;
mod packing;
mod plans;
mod properties;

use std::io::{self, Cursor, Read};

use super::*;

type Item = Result<RawRecord, Reject>;

fn limits(max_record: usize) -> Limits {
    Limits {
        max_record,
        ..Limits::default()
    }
}

/// All that a file of these bytes gives.
fn items(bytes: &[u8], format: Format, limits: Limits) -> Vec<Item> {
    let reader = Cursor::new(bytes.to_vec());
    read(reader, "file", format, Compression::None, limits).collect()
}

/// The bytes of the records as text, and the codes of the rejects.
fn told(items: &[Item]) -> Vec<String> {
    items
        .iter()
        .map(|item| match item {
            Ok(raw) => String::from_utf8_lossy(&raw.bytes).into_owned(),
            Err(reject) => format!("!{}", reject.code),
        })
        .collect()
}

/// What becomes of a file: the texts of the articles, codes of rejects, and `-` for an empty one.
fn texts(bytes: &[u8], format: Format) -> Vec<String> {
    items(bytes, format, Limits::default())
        .into_iter()
        .map(
            |item| match item.map(|raw| article(&raw, &FieldOptions::default())) {
                Ok(Ok(article)) => article.text,
                Ok(Err(Refusal::Empty | Refusal::NoPage(_) | Refusal::NotRead(_))) => {
                    "-".to_owned()
                }
                Ok(Err(Refusal::Reject(reject))) | Err(reject) => format!("!{}", reject.code),
            },
        )
        .collect()
}

/// The one record of a file of JSON lines, as an article.
fn one(json: &str, options: &FieldOptions) -> Result<Article, Refusal> {
    let mut items = items(json.as_bytes(), Format::JsonLines, Limits::default());
    assert_eq!(items.len(), 1, "{json}");
    let raw = items.pop().expect("one").expect("a record");
    article(&raw, options)
}

/// A reader that gives one byte at a time and is interrupted in between.
struct Dribble {
    bytes: Cursor<Vec<u8>>,
    interrupt: bool,
}

impl Read for Dribble {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.interrupt = !self.interrupt;
        if self.interrupt {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let length = into.len().min(1);
        self.bytes.read(into.get_mut(..length).unwrap_or_default())
    }
}
