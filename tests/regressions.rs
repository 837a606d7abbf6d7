//! The fuzzers' targets without a fuzzer: over all that a fuzzer ever found (`regressions/TARGET/`), over seeds from this
//! repository, and over a bounded number of mutations of both, the same in every run.
//!
//! `HEADCOUNT_MUTATIONS=100000 cargo test --test regressions` looks longer.

#[path = "../fuzz/bodies/mod.rs"]
mod bodies;
mod common;

use std::fs;
use std::io::{Cursor, Write};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::root;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// Mutations of each target where nothing else is asked for.
const MUTATIONS: usize = 400;

/// No input is larger.
const LONGEST: usize = 4096;

/// Seeds of a target: files of the repository, each with the bytes that choose how the target runs.
fn seeds(files: &[&str], choices: &[&[u8]]) -> Vec<Vec<u8>> {
    let mut found: Vec<PathBuf> = Vec::new();
    for file in files {
        let path = root().join(file);
        if path.is_dir() {
            let entries = fs::read_dir(path).expect("a folder");
            found.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else {
            found.push(path);
        }
    }
    found.sort();
    let mut seeds = Vec::new();
    for (number, path) in found.iter().enumerate() {
        let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let bytes = bytes.get(..LONGEST).unwrap_or(&bytes);
        seeds.push([choices[number % choices.len()], bytes].concat());
    }
    seeds
}

/// The lines of a file as seeds.
fn lines(file: &str) -> Vec<Vec<u8>> {
    let bytes = fs::read(root().join(file)).expect("read");
    let lines = bytes.split(|&byte| byte == b'\n').take(8);
    lines.map(<[u8]>::to_vec).collect()
}

/// A web archive of two pages.
fn archive() -> Vec<u8> {
    let page = fs::read(root().join("tests/pages/market.html")).expect("read");
    let page = page.get(..1200).unwrap_or(&page);
    let chunked = [b"200\r\n", &page[..512], b"\r\n0\r\n\r\n"].concat();
    let mut bytes = Vec::new();
    for (headers, body) in [("", page), ("Transfer-Encoding: chunked\r\n", &chunked)] {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n");
        let header = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://lake.example/1\r\n\
             WARC-Record-ID: <urn:x:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            head.len() + body.len()
        );
        bytes.extend([header.as_bytes(), head.as_bytes(), body, b"\r\n\r\n"].concat());
    }
    bytes
}

/// A tar, a zip and a table of a few articles, each behind the byte that chooses it.
fn archives() -> Vec<Vec<u8>> {
    let members = [
        ("a.txt", "KABUL: Six died in Kunduz on Monday."),
        ("b.jsonl", "{\"text\": \"Two were hurt.\"}\n{\"text\": 7}\n"),
        (
            "c.html",
            "<article><p>Nobody was hurt in Goma.</p></article>",
        ),
    ];
    let mut tar = tar::Builder::new(vec![0]);
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, name, content.as_bytes())
            .expect("a member");
        packed
            .start_file(name, zip::write::SimpleFileOptions::default())
            .expect("a member");
        packed.write_all(content.as_bytes()).expect("written");
    }
    let packed = packed.finish().expect("an archive").into_inner();
    vec![
        tar.into_inner().expect("an archive"),
        [&[1], packed.as_slice()].concat(),
        [&[2], table().as_slice()].concat(),
    ]
}

/// A Parquet file of two rows.
fn table() -> Vec<u8> {
    let schema = parse_message_type("message news { REQUIRED BYTE_ARRAY text (UTF8); }");
    let mut writer = SerializedFileWriter::new(
        Vec::new(),
        Arc::new(schema.expect("a schema")),
        Arc::default(),
    )
    .expect("a writer");
    let mut rows = writer.next_row_group().expect("a row group");
    let mut column = rows.next_column().expect("a column").expect("one more");
    let texts = ["Six died in Goma.", "Two were hurt."].map(ByteArray::from);
    column
        .typed::<ByteArrayType>()
        .write_batch(&texts, None, None)
        .expect("written");
    column.close().expect("closed");
    rows.close().expect("closed");
    writer.into_inner().expect("a file")
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) as usize % bound.max(1)
    }
}

/// Bytes that matter to one reader or another.
const TOKENS: [&str; 24] = [
    "\n",
    "\r\n",
    "\"",
    "{",
    "}",
    ",",
    "\u{feff}",
    "\0",
    "<",
    ">",
    "&#8217;",
    "é",
    "’",
    "–",
    "1,000",
    "½",
    "per cent",
    "Mr. ",
    "(IS)",
    "KABUL: ",
    "WARC/1.0\r\n",
    "Content-Length: 0",
    "\u{1F642}",
    "\u{a0}",
];

/// Some bytes changed, cut out, doubled, put in, or taken from another seed.
fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let to = (at + random.below(40)).min(bytes.len());
        match random.below(6) {
            0 if at < bytes.len() => bytes[at] = random.below(256) as u8,
            1 => drop(bytes.drain(at..to)),
            2 => {
                let again = bytes[at..to].to_vec();
                bytes.splice(at..at, again);
            }
            3 => bytes.truncate(at),
            4 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len());
                let piece = other[from..(from + 60).min(other.len())].to_vec();
                bytes.splice(at..to, piece);
            }
            _ => {
                let token = TOKENS[random.below(TOKENS.len())].as_bytes().to_vec();
                bytes.splice(at..at, token);
            }
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

/// Runs a target over regressions, seeds and mutations; what fails is kept as a file beside the test's binary.
fn replay(target: &str, body: fn(&[u8]), mut seeds: Vec<Vec<u8>>, mutations: usize) {
    let folder = root().join("tests/regressions").join(target);
    let mut found: Vec<PathBuf> = match fs::read_dir(&folder) {
        Ok(entries) => entries
            .map(|entry| entry.expect("an entry").path())
            .collect(),
        Err(_) => Vec::new(),
    };
    found.sort();
    for path in found {
        let bytes = fs::read(&path).expect("read");
        assert!(catch_unwind(|| body(&bytes)).is_ok(), "{}", path.display());
        seeds.push(bytes);
    }
    let mutations = match std::env::var("HEADCOUNT_MUTATIONS") {
        Ok(asked) => asked.parse().expect("HEADCOUNT_MUTATIONS is a number"),
        Err(_) => mutations,
    };
    let mut random = Random(mutations as u64);
    let mutants: Vec<Vec<u8>> = (0..mutations)
        .map(|_| mutated(&seeds, &mut random))
        .collect();
    for input in seeds.iter().chain(&mutants) {
        if catch_unwind(|| body(input)).is_err() {
            let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{target}-failed"));
            fs::write(&kept, input).expect("written");
            panic!(
                "{target} fails on {}: keep it in tests/regressions/{target}/",
                kept.display()
            );
        }
    }
}

#[test]
fn readers() {
    let mut inputs = seeds(&["corpus/articles"], &[&[0], &[10], &[15]]);
    for how in [1, 2, 11, 16, 129] {
        inputs.extend(seeds(&["corpus/wire.jsonl"], &[&[how]]));
    }
    for how in [3, 4, 13, 131] {
        inputs.extend(seeds(&["src/number/data/units.csv"], &[&[how]]));
    }
    replay("readers", bodies::readers, inputs, MUTATIONS);
}

#[test]
fn archives_of_articles() {
    replay("archives", bodies::archives, archives(), MUTATIONS);
}

#[test]
fn warc() {
    let archive = archive();
    let inputs = [[0], [1], [3]].map(|how| [&how, archive.as_slice()].concat());
    replay("warc", bodies::warc, inputs.to_vec(), MUTATIONS / 4);
}

#[test]
fn page() {
    replay(
        "page",
        bodies::page,
        seeds(&["tests/pages"], &[&[]]),
        MUTATIONS / 4,
    );
}

#[test]
fn text() {
    let inputs = seeds(&["corpus/articles"], &[&[0], &[1]]);
    replay("text", bodies::text, inputs, MUTATIONS / 4);
}

#[test]
fn numbers() {
    let mut inputs = seeds(&["corpus/articles"], &[&[0], &[1], &[2], &[3]]);
    inputs.extend(seeds(&["corpus/numbers"], &[&[1]]));
    replay("numbers", bodies::numbers, inputs, MUTATIONS / 4);
}

#[test]
fn resolver() {
    let inputs = seeds(&["corpus/articles"], &[&[0, 3], &[3, 1], &[7, 9]]);
    replay("resolver", bodies::resolver, inputs, MUTATIONS / 4);
}

#[test]
fn record() {
    let mut inputs = lines("corpus/gold/dev.jsonl");
    let same_as: &[u8] =
        br#"{"same_as":{"path":"a","record":1,"match":"near","similarity":0.71},"record":"#;
    inputs.extend(
        inputs
            .clone()
            .iter()
            .map(|line| [same_as, line.as_slice(), b"}"].concat()),
    );
    inputs.push(br#"{"code":"invalid_json","path":"a","record":0,"byte":0,"reason":"x","raw":"{","raw_bytes":1}"#.to_vec());
    inputs.push(br#"{"code":"x","path":"a","record":0,"byte":0,"reason":"x","raw_base64":"/w==","raw_bytes":1}"#.to_vec());
    replay("record", bodies::record, inputs, MUTATIONS);
}
