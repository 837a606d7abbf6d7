//! Parquet through the binary: columns to fields, row groups that are broken, and what is not read.

mod common;

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use common::{annotate, annotated, arg, counts, gzip, is_sound, parts, records};
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::Value;

/// Rows in a row group.
const ROWS: usize = 4;

const SCHEMA: &str = "message news {
    REQUIRED INT64 id;
    OPTIONAL BYTE_ARRAY title (UTF8);
    REQUIRED BYTE_ARRAY body (UTF8);
    REQUIRED INT64 date (TIMESTAMP(NANOS,false));
    OPTIONAL INT32 day (DATE);
    OPTIONAL GROUP source { OPTIONAL BYTE_ARRAY name (UTF8); }
    REPEATED BYTE_ARRAY tags (UTF8);
    REQUIRED DOUBLE score;
}";

fn article(number: usize) -> String {
    format!(
        "At least {} people were killed in Kunduz on Monday, officials said.",
        number + 2
    )
}

/// A file of so many row groups; `body` is what a row's text is.
fn write(path: &Path, groups: usize, packing: Compression, body: impl Fn(usize) -> Vec<u8>) {
    let schema = Arc::new(parse_message_type(SCHEMA).expect("a schema"));
    let properties = WriterProperties::builder()
        .set_compression(packing)
        .set_dictionary_enabled(false)
        .build();
    let file = File::create(path).expect("a file");
    let mut writer =
        SerializedFileWriter::new(file, schema, Arc::new(properties)).expect("a writer");
    let text = |value: String| ByteArray::from(value.into_bytes());
    for group in 0..groups {
        let numbers: Vec<usize> = (group * ROWS..(group + 1) * ROWS).collect();
        let mut rows = writer.next_row_group().expect("a row group");
        macro_rules! column {
            ($kind:ty, $values:expr, $defined:expr, $repeated:expr) => {
                let mut column = rows.next_column().expect("a column").expect("one more");
                column
                    .typed::<$kind>()
                    .write_batch(&$values, $defined, $repeated)
                    .expect("written");
                column.close().expect("closed");
            };
        }
        let ids: Vec<i64> = numbers.iter().map(|&number| number as i64).collect();
        column!(Int64Type, ids, None, None);
        // The first row of each group has no title.
        let titles: Vec<ByteArray> = numbers
            .iter()
            .skip(1)
            .map(|number| text(format!("Title {number}")))
            .collect();
        column!(ByteArrayType, titles, Some(&[0, 1, 1, 1]), None);
        let bodies: Vec<ByteArray> = numbers
            .iter()
            .map(|&number| ByteArray::from(body(number)))
            .collect();
        column!(ByteArrayType, bodies, None, None);
        column!(Int64Type, [1_729_424_700_000_000_000; ROWS], None, None);
        column!(Int32Type, [20_016; ROWS], Some(&[1; ROWS]), None);
        let names: Vec<ByteArray> = numbers
            .iter()
            .map(|_| text("Isthmus News".to_owned()))
            .collect();
        column!(ByteArrayType, names, Some(&[2; ROWS]), None);
        let tags: Vec<ByteArray> = numbers.iter().map(|_| text("war".to_owned())).collect();
        column!(ByteArrayType, tags, Some(&[1; ROWS]), Some(&[0; ROWS]));
        column!(DoubleType, [0.5; ROWS], None, None);
        rows.close().expect("closed");
    }
    writer.close().expect("closed");
}

/// Where the bytes of a column of a row group stand: the body.
fn place(path: &Path, group: usize) -> (usize, usize) {
    let reader = SerializedFileReader::new(File::open(path).expect("a file")).expect("a footer");
    let (start, length) = reader.metadata().row_group(group).column(2).byte_range();
    (
        usize::try_from(start).expect("small"),
        usize::try_from(length).expect("small"),
    )
}

fn zstd() -> Compression {
    Compression::ZSTD(ZstdLevel::default())
}

fn codes(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .map(|line| line["code"].as_str().expect("a code"))
        .collect()
}

#[test]
fn columns_become_fields_as_those_of_other_formats_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.parquet");
    let gzipped = Compression::GZIP(GzipLevel::default());
    let mut before: Option<Vec<Value>> = None;
    for packing in [
        zstd(),
        gzipped,
        Compression::SNAPPY,
        Compression::LZ4_RAW,
        Compression::UNCOMPRESSED,
    ] {
        write(&path, 3, packing, |number| article(number).into_bytes());
        let (_run, found, _) = annotated(&[&path], 0);
        assert!(before.is_none_or(|before| before == found), "{packing}");
        before = Some(found);
    }
    let found = before.expect("records");
    assert_eq!(found.len(), 3 * ROWS);
    for (number, record) in found.iter().enumerate() {
        assert_eq!(record["text"], article(number));
        assert_eq!(record["id"], number.to_string());
        assert_eq!(record["source"]["record"], number);
        assert!(record["source"].get("byte").is_none());
        let title = if number % ROWS == 0 {
            Value::Null
        } else {
            format!("Title {number}").into()
        };
        assert_eq!(record["title"], title);
        assert_eq!(record["published"], "2024-10-20");
        assert_eq!(record["outlet"], "Isthmus News");
        assert_eq!(record["meta"]["date"], "2024-10-20T11:45:00");
        assert_eq!(record["meta"]["day"], "2024-10-20");
        assert_eq!(record["meta"]["score"], 0.5);
        assert!(record["meta"].get("tags").is_none());
        let warning = &record["warnings"][0];
        assert_eq!(warning["code"], "column_not_read");
        assert!(
            warning["detail"]
                .as_str()
                .expect("a detail")
                .contains("`tags`")
        );
    }
    // Dotted names go into groups; rows are as deterministic and as easily resumed as lines are.
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let key = ["--text-key", "source.name", "--shard-size", "5"];
    annotate(
        &[&[arg(&path), "-o", arg(&one), "--jobs", "1"], &key[..]].concat(),
        0,
    );
    annotate(
        &[&[arg(&path), "-o", arg(&two), "--jobs", "2"], &key[..]].concat(),
        0,
    );
    assert_eq!(common::tree(&one), common::tree(&two));
    assert!(
        records(&one)
            .iter()
            .all(|record| record["text"] == "Isthmus News")
    );
    let kept = annotate(&[&[arg(&path), "-o", arg(&one)], &key[..]].concat(), 0);
    assert!(String::from_utf8_lossy(&kept.stderr).contains("3 of 3 shards were done before"));
    // Packed as a whole, which is unusual, and in an archive, which is not.
    let packed = folder.path().join("news.parquet.gz");
    fs::write(&packed, gzip(&fs::read(&path).expect("read"))).expect("written");
    let archive = folder.path().join("news.tar");
    let mut builder = tar::Builder::new(File::create(&archive).expect("a file"));
    builder
        .append_path_with_name(&path, "a/news.parquet")
        .expect("a member");
    builder.finish().expect("an archive");
    let (_run, again, _) = annotated(&[&packed, &archive], 0);
    assert_eq!(again.len(), 2 * found.len());
    assert_eq!(again[found.len()]["source"]["member"], "a/news.parquet");
    assert!(
        again
            .iter()
            .zip(found.iter().cycle())
            .all(|(one, other)| one["text"] == other["text"])
    );
}

#[test]
fn a_row_group_that_is_broken_costs_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.parquet");
    write(&path, 4, zstd(), |number| article(number).into_bytes());
    let sound = fs::read(&path).expect("read");
    let (start, length) = place(&path, 1);
    let mut broken = sound.clone();
    let magic = [0x28, 0xB5, 0x2F, 0xFD];
    let frame = (start..start + length)
        .find(|&at| broken[at..].starts_with(&magic))
        .expect("a frame");
    broken[frame] ^= 0xFF;
    fs::write(&path, &broken).expect("written");
    let first = folder.path().join("first");
    annotate(&[arg(&path), "-o", arg(&first)], 1);
    is_sound(&first);
    let found = records(&first);
    let numbers: Vec<u64> = found
        .iter()
        .map(|record| record["source"]["record"].as_u64().expect("a number"))
        .collect();
    assert_eq!(
        numbers,
        [0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15],
        "a row keeps its number"
    );
    let rejects = parts(&first, "rejects/");
    assert_eq!(codes(&rejects), ["parquet_row_group"]);
    assert_eq!(rejects[0]["record"], ROWS);
    let reason = rejects[0]["reason"].as_str().expect("a reason");
    assert!(
        reason.contains("row group 1")
            && reason.contains("`body`")
            && reason.contains("4 of its 4 rows"),
        "{reason}"
    );
    // Fetched again, the row group is had whole, and nothing else is.
    fs::write(&path, &sound).expect("written");
    let (again, full) = (folder.path().join("again"), folder.path().join("full"));
    annotate(&["--retry-rejects", arg(&first), "-o", arg(&again)], 0);
    annotate(&[arg(&path), "-o", arg(&full)], 0);
    assert_eq!(records(&again), records(&full)[ROWS..2 * ROWS]);

    // A footer that is cut off, and a file that is none.
    for bytes in [&sound[..sound.len() - 9], b"It rained.".as_slice(), b""] {
        fs::write(&path, bytes).expect("written");
        let (_run, found, rejects) = annotated(&[&path], 1);
        assert_eq!(
            (found.len(), codes(&rejects)),
            (0, vec!["parquet_unreadable"])
        );
        assert!(
            rejects[0]["reason"]
                .as_str()
                .expect("a reason")
                .contains("fetch the file again")
        );
    }
}

#[test]
fn a_row_at_fault_costs_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.parquet");
    write(&path, 1, zstd(), |number| match number {
        1 => b"Bogot\xE1".to_vec(),
        2 => vec![b'x'; 2 << 20],
        other => article(other).into_bytes(),
    });
    let out = folder.path().join("out");
    annotate(&[arg(&path), "-o", arg(&out), "--max-record", "1"], 1);
    is_sound(&out);
    assert_eq!(records(&out).len(), 2);
    let rejects = parts(&out, "rejects/");
    assert_eq!(codes(&rejects), ["invalid_encoding", "too_large"]);
    assert!(
        rejects[0]["reason"]
            .as_str()
            .expect("a reason")
            .contains("`body`")
    );
    // Other columns than those that are known; and a row that is longer than what a reject keeps.
    write(&path, 1, zstd(), |number| match number {
        1 => b"Bogot\xE1".to_vec(),
        2 => article(2).repeat(1000).into_bytes(),
        other => article(other).into_bytes(),
    });
    let other = folder.path().join("other");
    annotate(&[arg(&path), "-o", arg(&other), "--text-key", "story"], 1);
    let rejects = parts(&other, "rejects/");
    assert_eq!(
        codes(&rejects),
        ["no_text", "invalid_encoding", "no_text", "no_text"]
    );
    let again = folder.path().join("again");
    annotate(&["--retry-rejects", arg(&other), "-o", arg(&again)], 1);
    assert_eq!(
        counts(&again)["annotated"],
        3,
        "rows are taken again from their JSON, or from the file"
    );
}
