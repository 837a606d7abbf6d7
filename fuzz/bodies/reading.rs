//! Files of every format, web archives and pages: items numbered and in order, each with the bytes that stand at its
//! place, the same in whatever portions they come, and articles that have a text.

use std::io::{Cursor, Read, Write};

use headcount::input::{
    Compression, FieldOptions, Format, Limits, RAW_KEPT, RawRecord, Refusal, Reject, article, read,
};

use super::{choices, stages};

type Item = Result<RawRecord, Reject>;

/// Any format of text, plain or packed.
pub fn readers(data: &[u8]) {
    let ([how], rest) = choices(data);
    let formats = [
        Format::Text,
        Format::JsonLines,
        Format::Json,
        Format::Csv,
        Format::Tsv,
    ];
    let packings = [
        Compression::None,
        Compression::None,
        Compression::Gzip,
        Compression::Zstd,
    ];
    let format = formats[usize::from(how % 5)];
    let packing = packings[usize::from(how / 5 % 4)];
    let limits = limits(if how & 0x80 == 0 { 1 << 16 } else { 40 });
    let packed = match packing {
        Compression::None => rest.to_vec(),
        // Bytes that no fuzzer would ever give a sound checksum, and some as they are.
        _ if rest.len().is_multiple_of(4) => rest.to_vec(),
        Compression::Gzip => gzip(rest),
        Compression::Zstd => zstd(rest),
    };
    let items = items(&packed, format, packing, limits);
    in_order(&items, limits);
    if packing == Compression::None && !is_packed(rest) {
        at_their_place(&items, rest);
    }
    in_any_portions(&items, &packed, format, packing, limits);
    for raw in items.iter().flatten() {
        has_text(raw);
    }
}

/// A web archive: as it is, or with each of its records in a gzip member.
pub fn warc(data: &[u8]) {
    let ([how], rest) = choices(data);
    let limits = limits(if how & 2 == 0 { 1 << 16 } else { 400 });
    let bytes = if how & 1 == 0 {
        rest.to_vec()
    } else {
        members(rest)
    };
    let items = items(&bytes, Format::Warc, Compression::None, limits);
    in_order(&items, limits);
    if !is_packed(&bytes) {
        at_their_place(&items, &bytes);
    }
    in_any_portions(&items, &bytes, Format::Warc, Compression::None, limits);
    for raw in items.iter().flatten() {
        has_text(raw);
    }
}

/// A tar, a zip or a table; what is in it says by its name what it is.
pub fn archives(data: &[u8]) {
    let ([how], rest) = choices(data);
    let format = [Format::Tar, Format::Zip, Format::Parquet][usize::from(how % 3)];
    let limits = limits(if how & 0x80 == 0 { 1 << 16 } else { 400 });
    let items = items(rest, format, Compression::None, limits);
    for item in &items {
        within_limits(item, limits);
    }
    in_any_portions(&items, rest, format, Compression::None, limits);
    for raw in items.iter().flatten() {
        has_text(raw);
    }
}

/// A page, and the regions and sentences of the text that it gives.
pub fn page(data: &[u8]) {
    let limits = limits(1 << 16);
    let items = items(data, Format::Html, Compression::None, limits);
    in_order(&items, limits);
    for raw in items.iter().flatten() {
        if let Some(text) = has_text(raw) {
            stages::text(&[&[0], text.as_bytes()].concat());
        }
    }
}

fn limits(max_record: usize) -> Limits {
    Limits {
        max_record,
        max_ratio: 50,
        ratio_from: 1 << 18,
        ..Limits::default()
    }
}

fn items(bytes: &[u8], format: Format, packing: Compression, limits: Limits) -> Vec<Item> {
    read(Cursor::new(bytes.to_vec()), "file", format, packing, limits).collect()
}

/// No larger than it may be; its number and its place.
fn within_limits(item: &Item, limits: Limits) -> (u64, u64) {
    match item {
        Ok(raw) => {
            assert!(raw.bytes.len() <= limits.max_record);
            (raw.record, raw.byte)
        }
        Err(reject) => {
            assert!(reject.raw.len() <= RAW_KEPT);
            assert!(reject.raw.len() as u64 <= reject.raw_bytes);
            assert!(!reject.reason.is_empty());
            (reject.record, reject.byte)
        }
    }
}

/// Numbered from 0, none before the one before it, none larger than it may be.
fn in_order(items: &[Item], limits: Limits) {
    let mut at = 0;
    for (number, item) in items.iter().enumerate() {
        let (record, byte) = within_limits(item, limits);
        assert_eq!(record, number as u64);
        assert!(
            byte >= at,
            "record {number} begins before the one before it"
        );
        at = byte;
    }
}

/// A record's bytes are the file's at its place.
fn at_their_place(items: &[Item], file: &[u8]) {
    for raw in items.iter().flatten().filter(|raw| !raw.transcoded) {
        let at = usize::try_from(raw.byte).unwrap();
        assert_eq!(
            file.get(at..at + raw.bytes.len()),
            Some(raw.bytes.as_slice())
        );
    }
}

/// The same items where the stream gives a few bytes at a time.
fn in_any_portions(
    items: &[Item],
    file: &[u8],
    format: Format,
    packing: Compression,
    limits: Limits,
) {
    if file.len() <= 4096 {
        let portions = Portions(Cursor::new(file.to_vec()));
        let again: Vec<Item> = read(portions, "file", format, packing, limits).collect();
        assert_eq!(items, again);
    }
}

struct Portions(Cursor<Vec<u8>>);

impl Read for Portions {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let few = buffer.len().min(7);
        self.0.read(&mut buffer[..few])
    }
}

/// A record is an article with a text, or is refused with a reason.
fn has_text(raw: &RawRecord) -> Option<String> {
    match article(raw, &FieldOptions::default()) {
        Ok(article) => {
            assert!(!article.text.trim().is_empty());
            assert!(!article.id.is_empty());
            assert_eq!(article.sha256.len(), 64);
            Some(article.text)
        }
        Err(Refusal::Reject(reject)) => {
            assert_eq!((reject.record, reject.byte), (raw.record, raw.byte));
            assert!(!reject.reason.is_empty());
            None
        }
        Err(Refusal::Empty | Refusal::NoPage(_) | Refusal::NotRead(_)) => None,
    }
}

fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1F, 0x8B]) || bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD])
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

/// Each stretch that begins as a WARC record does, in a gzip member.
fn members(bytes: &[u8]) -> Vec<u8> {
    let mut starts: Vec<usize> = (0..bytes.len())
        .filter(|&at| at == 0 || bytes[at..].starts_with(b"WARC/1"))
        .collect();
    starts.push(bytes.len());
    starts
        .windows(2)
        .flat_map(|ends| gzip(&bytes[ends[0]..ends[1]]))
        .collect()
}
