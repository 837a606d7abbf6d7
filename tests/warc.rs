//! Web archives of 500 pages through the binary, sound and damaged in each way that the tests of warcio know: every sound
//! record is annotated, every damaged one told with its place.

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{annotated, gzip, parts};
use serde_json::Value;

const TOWNS: [&str; 5] = ["Kunduz", "Mosul", "Bamako", "Goma", "Sanaa"];
const BODIES: [&str; 4] = ["Red Cross", "Taliban", "United Nations", "World Bank"];

/// A page of its own, told from all others by its number.
fn page(number: usize) -> String {
    let (town, body) = (TOWNS[number % 5], BODIES[number % 4]);
    format!(
        "<html><head><title>Report {number} from {town}</title><meta property=\"og:site_name\" content=\"Gazette\">\
         <meta property=\"article:published_time\" content=\"2020-01-{:02}T08:00:00Z\"></head><body>\
         <nav><a href=\"/\">Home</a> <a href=\"/world\">World</a></nav><article><h1>Report {number} from {town}</h1>\
         <p>About {} people left their homes near {town} on Tuesday after two days of fighting, the {body} said in report \
         {number}, which was published before the talks.</p>\
         <p>The road to the airport was closed in the morning, and the hospital took in {} wounded civilians, most of them \
         farmers from the villages along the river that runs past the town.</p>\
         <p>Officials in {town} could not be reached for comment – caf\u{e9}s and shops stayed shut for the whole day.</p>\
         </article><footer>All rights reserved</footer></body></html>",
        number % 28 + 1,
        number + 10,
        number % 40 + 2
    )
}

/// A record with these headers and block.
fn record(kind: &str, number: usize, more: &str, block: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://gazette.example/reports/{number}\r\n\
         WARC-Date: 2020-02-03T04:05:06Z\r\nWARC-Record-ID: <urn:x:{kind}-{number}>\r\n{more}Content-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    bytes.extend_from_slice(block);
    bytes.extend_from_slice(b"\r\n\r\n");
    bytes
}

/// In chunks of 100 bytes.
fn chunked(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in body.chunks(100) {
        out.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        out.extend_from_slice(chunk);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"0\r\n\r\n");
    out
}

fn response_of(number: usize, status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut block = format!("HTTP/1.1 {status}\r\n{headers}\r\n").into_bytes();
    block.extend_from_slice(body);
    let more = "Content-Type: application/http; msgtype=response\r\n";
    record("response", number, more, &block)
}

/// A page as a server would send it, in one way or another.
fn response(number: usize) -> Vec<u8> {
    let html = page(number);
    let html = html.as_bytes();
    let latin: Vec<u8> = page(number)
        .chars()
        .map(|c| u8::try_from(c).unwrap_or(b'-'))
        .collect();
    let (headers, body) = match number % 5 {
        0 => ("Content-Type: text/html; charset=UTF-8\r\n", html.to_vec()),
        1 => (
            "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
            chunked(html),
        ),
        2 => (
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
            gzip(html),
        ),
        3 => (
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
            chunked(&gzip(html)),
        ),
        // Headers of codings that the crawler has undone, and another charset.
        _ => (
            "Content-Type: text/html; charset=iso-8859-1\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
            latin,
        ),
    };
    response_of(number, "200 OK", headers, &body)
}

/// What is done to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Damage {
    Cut,
    LengthTooLong,
    LengthTooShort,
    LengthHuge,
    LengthNoNumber,
    BadChunk,
    ChunksEndEarly,
    BodyGzipCut,
    NoVersion,
    Member(Member),
}

/// What is done to a gzip member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Member {
    Cut,
    Flipped,
    Checksum,
}

fn with_length(bytes: &[u8], length: impl Fn(usize) -> String) -> Vec<u8> {
    let text: Vec<u8> = bytes.to_vec();
    let key = b"Content-Length: ";
    let at = text
        .windows(key.len())
        .position(|window| window == key)
        .expect("a length")
        + key.len();
    let end = at
        + text[at..]
            .iter()
            .position(|&byte| byte == b'\r')
            .expect("a line end");
    let own: usize = std::str::from_utf8(&text[at..end])
        .expect("digits")
        .parse()
        .expect("a number");
    [&text[..at], length(own).as_bytes(), &text[end..]].concat()
}

fn damaged(number: usize, damage: Damage) -> Vec<u8> {
    let sound = response(number);
    let html = page(number);
    let chunked_with = |body: Vec<u8>| {
        let headers = "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n";
        response_of(number, "200 OK", headers, &body)
    };
    match damage {
        Damage::Cut => sound[..sound.len() / 2].to_vec(),
        Damage::LengthTooLong => with_length(&sound, |length| (length + 700).to_string()),
        Damage::LengthTooShort => with_length(&sound, |length| (length - 300).to_string()),
        Damage::LengthHuge => with_length(&sound, |_| "99999999999".to_owned()),
        Damage::LengthNoNumber => with_length(&sound, |_| "many".to_owned()),
        Damage::BadChunk => chunked_with(
            String::from_utf8_lossy(&chunked(html.as_bytes()))
                .replacen("\r\n64\r\n", "\r\nxyz\r\n", 1)
                .into_bytes(),
        ),
        Damage::ChunksEndEarly => {
            let body = chunked(html.as_bytes());
            chunked_with(body[..body.len() / 2].to_vec())
        }
        Damage::BodyGzipCut => {
            let body = gzip(html.as_bytes());
            let headers = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n";
            response_of(number, "200 OK", headers, &body[..body.len() / 2])
        }
        Damage::NoVersion => sound[4..].to_vec(),
        Damage::Member(_) => sound,
    }
}

/// An archive: its bytes, and where in it which number stands, good or bad.
struct Archive {
    bytes: Vec<u8>,
    good: BTreeMap<usize, u64>,
    bad: BTreeMap<u64, &'static str>,
}

impl Archive {
    /// Pages 0 to 499, after each what a crawler writes besides.
    fn new(packed: bool, damages: &BTreeMap<usize, (Damage, &'static str)>) -> Self {
        let mut archive = Self {
            bytes: Vec::new(),
            good: BTreeMap::new(),
            bad: BTreeMap::new(),
        };
        archive.add(
            packed,
            &record(
                "warcinfo",
                0,
                "Content-Type: application/warc-fields\r\n",
                b"software: x\r\n",
            ),
            None,
        );
        for number in 0..500 {
            archive.add(
                packed,
                &record("request", number, "", b"GET / HTTP/1.1\r\n\r\n"),
                None,
            );
            let at = archive.bytes.len() as u64;
            match damages.get(&number) {
                Some((damage, code)) => {
                    archive.bad.insert(at, code);
                    archive.add(packed, &damaged(number, *damage), Some(*damage));
                }
                None => {
                    archive.good.insert(number, at);
                    archive.add(packed, &response(number), None);
                }
            }
        }
        archive
    }

    fn add(&mut self, packed: bool, record: &[u8], damage: Option<Damage>) {
        if !packed {
            self.bytes.extend_from_slice(record);
            return;
        }
        let mut member = gzip(record);
        let length = member.len();
        match damage {
            Some(Damage::Member(Member::Cut)) => member.truncate(length / 2),
            Some(Damage::Member(Member::Flipped)) => member[length / 2] ^= 0x55,
            Some(Damage::Member(Member::Checksum)) => member[length - 8] ^= 1,
            _ => {}
        }
        self.bytes.extend(member);
    }

    /// Annotates it; every good page must come out, from its place, and every bad one be told.
    fn check(&self, name: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, &self.bytes).expect("written");
        let (_out, records, rejects) = annotated(&[&path], 1);
        let found: BTreeMap<usize, u64> = records
            .iter()
            .map(|record| {
                let title = record["title"].as_str().expect("a title");
                let number = title
                    .split(' ')
                    .nth(1)
                    .expect("a number")
                    .parse()
                    .expect("a number");
                let text = record["text"].as_str().expect("a text");
                assert!(
                    text.contains(&format!("in report {number}, which")),
                    "{text}"
                );
                assert!(
                    text.contains("caf\u{e9}s") && text.ends_with("whole day."),
                    "{text}"
                );
                assert_eq!(record["outlet"], "Gazette");
                assert_eq!(
                    record["url"],
                    format!("https://gazette.example/reports/{number}")
                );
                (number, record["source"]["byte"].as_u64().expect("a place"))
            })
            .collect();
        assert_eq!(found.len(), records.len());
        assert_eq!(found, self.good);
        let told: BTreeMap<u64, &str> = rejects
            .iter()
            .map(|reject| {
                (
                    reject["byte"].as_u64().expect("a place"),
                    reject["code"].as_str().expect("a code"),
                )
            })
            .collect();
        assert_eq!(told.len(), rejects.len());
        assert_eq!(told, self.bad);
    }
}

#[test]
fn a_warc_of_500_pages_loses_only_its_damaged_records() {
    let damages = BTreeMap::from([
        (7, (Damage::Cut, "warc_length")),
        (30, (Damage::LengthTooLong, "warc_length")),
        (31, (Damage::LengthTooShort, "warc_length")),
        (60, (Damage::LengthHuge, "too_large")),
        (61, (Damage::LengthNoNumber, "warc_header")),
        (100, (Damage::BadChunk, "http_body")),
        (101, (Damage::ChunksEndEarly, "http_body")),
        (150, (Damage::BodyGzipCut, "http_body")),
        (151, (Damage::NoVersion, "warc_header")),
        (499, (Damage::Cut, "cut_short")),
    ]);
    Archive::new(false, &damages).check("pages.warc");
}

#[test]
fn a_warc_gz_of_500_pages_loses_only_its_damaged_members() {
    let damages = BTreeMap::from([
        (7, (Damage::Member(Member::Cut), "corrupt_stream")),
        (30, (Damage::Member(Member::Flipped), "corrupt_stream")),
        (31, (Damage::Member(Member::Checksum), "corrupt_stream")),
        (60, (Damage::LengthTooLong, "warc_length")),
        (61, (Damage::LengthTooShort, "warc_length")),
        (62, (Damage::LengthHuge, "too_large")),
        (100, (Damage::BadChunk, "http_body")),
        (150, (Damage::BodyGzipCut, "http_body")),
        (200, (Damage::Cut, "warc_length")),
        (499, (Damage::Member(Member::Cut), "truncated_stream")),
    ]);
    Archive::new(true, &damages).check("pages.warc.gz");
}

#[test]
fn what_is_no_page_is_skipped_with_its_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.warc");
    let bytes = [
        response_of(
            1,
            "404 Not Found",
            "Content-Type: text/html\r\n",
            page(1).as_bytes(),
        ),
        response_of(2, "200 OK", "Content-Type: image/png\r\n", b"\x89PNG"),
        record(
            "resource",
            3,
            "Content-Type: text/html\r\n",
            page(3).as_bytes(),
        ),
        record(
            "conversion",
            4,
            "Content-Type: text/plain\r\n",
            b"Two men from Kunduz were killed.",
        ),
        record("revisit", 5, "", b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    ]
    .concat();
    fs::write(&path, bytes).expect("written");
    let (out, records, _) = annotated(&[&path], 0);
    let numbers: Vec<&Value> = records
        .iter()
        .map(|record| &record["source"]["record"])
        .collect();
    assert_eq!(numbers, [2, 3]);
    assert_eq!(records[1]["text"], "Two men from Kunduz were killed.");
    let skipped = parts(&out.path().join("out"), "skipped/");
    let told: Vec<(&str, &str)> = skipped
        .iter()
        .map(|line| {
            (
                line["code"].as_str().unwrap_or(""),
                line["reason"].as_str().unwrap_or(""),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("not_a_page", "this is no page: HTTP status 404"),
            ("not_a_page", "this is no page: image/png")
        ]
    );
}
