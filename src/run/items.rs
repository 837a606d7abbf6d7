//! The run's input as one stream of records, in an order that depends on nothing but the input.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::retry::Retry;
use super::stop::{Stop, Stoppable};
use crate::digest::Hasher;
use crate::input::{self, Format, InputFile, Limits, Payload, RawRecord, Records, Reject};

/// One record of the input, or what stands for it where it could not be read.
pub type Item = Result<RawRecord, Reject>;

/// Items read and how many, by file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTally {
    /// The file, as records name it.
    pub path: Arc<str>,
    /// Its records, rejects included.
    pub records: u64,
}

/// Items, and how far their reader is.
pub trait ItemSource: Iterator<Item = Item> {
    /// How many bytes of the input are read, as they lie on the disk.
    fn bytes_read(&self) -> u64;
}

/// All records of all files, one after the other.
pub struct Items {
    files: std::vec::IntoIter<InputFile>,
    open: Option<(Open, InputFile)>,
    limits: Limits,
    left: u64,
    tally: Vec<FileTally>,
    finished_bytes: u64,
    retried: Option<Option<Format>>,
    stop: Stop,
    cut: bool,
}

enum Open {
    Records(Box<Records>),
    Rejects(Box<Retry>),
}

impl Items {
    /// The first `limit` records of these files.
    pub fn new(files: Vec<InputFile>, limits: Limits, limit: Option<u64>) -> Self {
        Self {
            files: files.into_iter(),
            open: None,
            limits,
            left: limit.unwrap_or(u64::MAX),
            tally: Vec::new(),
            finished_bytes: 0,
            retried: None,
            stop: Stop::default(),
            cut: false,
        }
    }

    /// Takes the files for rejects, and the records behind them; `format` is that of the records' own files.
    pub fn retrying(mut self, format: Option<Format>) -> Self {
        self.retried = Some(format);
        self
    }

    /// Ends early when it is asked to.
    pub fn until(mut self, stop: &Stop) -> Self {
        self.stop = stop.clone();
        self
    }

    /// True where it ended early.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    fn begin(&self, file: &InputFile) -> Open {
        let records = if file.is_stdin() {
            let stream = Stoppable::new(std::io::stdin(), self.stop.clone());
            input::read(
                stream,
                &file.name,
                file.format,
                file.compression,
                self.limits,
            )
        } else {
            input::open(file, self.limits)
        };
        match self.retried {
            Some(format) => Open::Rejects(Box::new(Retry::new(records, format, self.limits))),
            None => Open::Records(Box::new(records)),
        }
    }

    /// How many records each file had so far; files not yet begun are missing.
    pub fn tally(&self) -> &[FileTally] {
        &self.tally
    }
}

impl ItemSource for Items {
    fn bytes_read(&self) -> u64 {
        let current = self.open.as_ref().map_or(0, |(open, file)| {
            let read = match open {
                Open::Records(records) => records.bytes_read(),
                Open::Rejects(rejects) => rejects.bytes_read(),
            };
            read.min(file.bytes.unwrap_or(u64::MAX))
        });
        self.finished_bytes + current
    }
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.left > 0 {
            if self.open.is_none() {
                let file = self.files.next()?;
                self.tally.push(FileTally {
                    path: Arc::clone(&file.name),
                    records: 0,
                });
                self.open = Some((self.begin(&file), file));
            }
            let (open, file) = self.open.as_mut()?;
            let item = match open {
                Open::Records(records) => records.next(),
                Open::Rejects(rejects) => rejects.next(),
            };
            // Asked after the read, which may have been given up.
            if self.stop.is_requested() {
                self.cut = true;
                return None;
            }
            match item {
                Some(item) => {
                    self.left -= 1;
                    if let Some(tally) = self.tally.last_mut() {
                        tally.records += 1;
                    }
                    return Some(item);
                }
                None => {
                    self.finished_bytes += file.bytes.unwrap_or_default();
                    self.open = None;
                }
            }
        }
        None
    }
}

/// What an item is to the run: the same fingerprint means the same outcome under the same settings.
pub fn fingerprint(item: &Item) -> String {
    let mut hasher = Hasher::default();
    match item {
        Ok(raw) => {
            hasher.field("record").field(&*raw.path);
            hasher.field(raw.member.as_deref().unwrap_or_default());
            if raw.member.is_some() {
                hasher.field(raw.byte.to_le_bytes());
            }
            hasher.field(raw.record.to_le_bytes());
            hasher.field([u8::from(raw.transcoded)]);
            match &raw.payload {
                Payload::Text => hasher.field("text"),
                Payload::Html => hasher.field("html"),
                // Its place in the file is in the record.
                Payload::Warc => hasher.field(raw.byte.to_le_bytes()).field("warc"),
                Payload::Json => hasher.field("json"),
                Payload::Row => hasher.field(raw.byte.to_le_bytes()).field("row"),
                Payload::NotRead(why) => hasher.field(why).field("not_read"),
                Payload::Csv { header, delimiter } => {
                    header.iter().for_each(|name| {
                        hasher.field(name);
                    });
                    hasher.field([*delimiter]).field("csv")
                }
            };
            hasher.field(&raw.bytes);
        }
        Err(reject) => {
            hasher.field("reject").field(&*reject.path);
            hasher.field(reject.member.as_deref().unwrap_or_default());
            hasher.field(reject.record.to_le_bytes());
            hasher.field(reject.byte.to_le_bytes());
            hasher.field(reject.code.as_str()).field(&reject.reason);
            hasher.field(reject.raw_bytes.to_le_bytes());
            hasher.field(&reject.raw);
        }
    }
    hasher.finish()
}

/// Items that are worked on together, all of one shard.
pub struct Chunk {
    /// The shard's number.
    pub shard: u64,
    /// The items.
    pub items: Vec<Item>,
    /// The reader's position in bytes, for the progress bar.
    pub position: u64,
}

/// Cuts the stream into chunks and leaves out the shards that are done.
pub struct Chunks<'a> {
    items: &'a mut dyn ItemSource,
    shard_size: u64,
    done: &'a BTreeSet<u64>,
    index: u64,
    held: Option<Item>,
}

/// A chunk is closed when it has so many items or bytes, whichever comes first.
const CHUNK_ITEMS: usize = 16;
const CHUNK_BYTES: usize = 256 << 10;

impl<'a> Chunks<'a> {
    /// Chunks of these items in shards of `shard_size` records.
    pub fn new(items: &'a mut dyn ItemSource, shard_size: u64, done: &'a BTreeSet<u64>) -> Self {
        Self {
            items,
            shard_size: shard_size.max(1),
            done,
            index: 0,
            held: None,
        }
    }
}

impl Iterator for Chunks<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let mut chunk: Option<Chunk> = None;
        let mut bytes = 0;
        loop {
            let Some(item) = self.held.take().or_else(|| self.items.next()) else {
                return chunk;
            };
            let shard = self.index / self.shard_size;
            if self.done.contains(&shard) {
                self.index += 1;
                if chunk.is_some() {
                    return chunk;
                }
                continue;
            }
            let open = chunk.get_or_insert_with(|| Chunk {
                shard,
                items: Vec::new(),
                position: 0,
            });
            let full = open.items.len() >= CHUNK_ITEMS || bytes >= CHUNK_BYTES;
            if open.shard != shard || full {
                self.held = Some(item);
                return chunk;
            }
            bytes += item.as_ref().map_or(0, |raw| raw.bytes.len());
            open.items.push(item);
            open.position = self.items.bytes_read();
            self.index += 1;
        }
    }
}
