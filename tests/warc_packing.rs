//! How pages in web archives may be packed: Brotli and Zstandard as codings of the response, and the archive itself in
//! Zstandard frames, with or without a dictionary.

mod common;

use std::fs;

use common::{annotated, gzip};
use serde_json::Value;

fn page(number: usize) -> Vec<u8> {
    let body = format!(
        "<html><body><article><p>At least {} people were killed in Kunduz on Monday, officials said. Ahmad Karimi, a \
         spokesman for the governor, blamed the Taliban for the attack.</p></article></body></html>",
        number + 2
    );
    body.into_bytes()
}

fn record(coding: &str, body: &[u8]) -> Vec<u8> {
    let mut block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n".to_vec();
    block.extend(format!("Content-Encoding: {coding}\r\n\r\n").bytes());
    block.extend_from_slice(body);
    let mut record =
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n".to_vec();
    record.extend(format!("Content-Length: {}\r\n\r\n", block.len()).bytes());
    record.extend(block);
    record.extend(b"\r\n\r\n");
    record
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).expect("packed")
}

/// As Brotli (RFC 7932) has bytes that are not compressed: a window of 16 bits, one meta-block, and an empty last one.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let header = ((u32::try_from(bytes.len()).expect("small") - 1) << 4) | (1 << 20);
    let mut out = header.to_le_bytes()[..3].to_vec();
    out.extend_from_slice(bytes);
    out.push(3);
    out
}

fn texts(records: &[Value]) -> Vec<bool> {
    let texts = records.iter().enumerate().map(|(number, record)| {
        let text = record["text"].as_str().expect("a text");
        text.contains(&format!("At least {} people", number + 2))
    });
    texts.collect()
}

#[test]
fn brotli_and_zstandard_bodies_are_unpacked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.warc");
    // The last two have headers of codings that the crawler has undone.
    let sound = [
        record("br", &brotli(&page(0))),
        record("zstd", &zst(&page(1))),
        record("gzip, br", &brotli(&gzip(&page(2)))),
        record("br", &page(3)),
        record("zstd", &page(4)),
    ];
    fs::write(&path, sound.concat()).expect("written");
    let (_run, found, _) = annotated(&[&path], 0);
    assert_eq!(texts(&found), [true; 5]);
    let (packed, zipped) = (brotli(&page(0)), zst(&page(1)));
    let broken = [
        record("br", &packed[..packed.len() - 30]),
        record("zstd", &zipped[..zipped.len() - 30]),
        record("br", b"\xFF\xFF\xFF\xFF"),
        sound[0].clone(),
    ];
    fs::write(&path, broken.concat()).expect("written");
    let (_run, found, rejects) = annotated(&[&path], 1);
    assert_eq!(found.len(), 1);
    assert_eq!(rejects.len(), 3);
    assert!(
        rejects.iter().all(|reject| reject["code"] == "http_body"),
        "{rejects:?}"
    );
}

#[test]
fn a_warc_in_zstandard_frames_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.warc.zst");
    let records: Vec<Vec<u8>> = (0..6)
        .map(|number| record("identity", &page(number)))
        .collect();
    let dictionary = records[5].repeat(4);
    let frames = |dictionary: &[u8]| -> Vec<u8> {
        let mut packer = zstd::bulk::Compressor::with_dictionary(3, dictionary).expect("a packer");
        let frames = records
            .iter()
            .map(|record| packer.compress(record).expect("packed"));
        frames.collect::<Vec<_>>().concat()
    };
    let skipped = |kind: u8, bytes: &[u8]| -> Vec<u8> {
        let length = u32::try_from(bytes.len()).expect("small").to_le_bytes();
        [&[kind, 0x2A, 0x4D, 0x18][..], &length, bytes].concat()
    };
    let with_dictionary = frames(&dictionary);
    for bytes in [
        frames(&[]),
        [skipped(0x50, b"a note"), frames(&[])].concat(),
        [skipped(0x5D, &dictionary), with_dictionary.clone()].concat(),
        [skipped(0x5D, &zst(&dictionary)), with_dictionary.clone()].concat(),
    ] {
        fs::write(&path, bytes).expect("written");
        let (_run, found, _) = annotated(&[&path], 0);
        assert_eq!(texts(&found), [true; 6]);
        // Places are those of the unpacked file.
        assert_eq!(
            found[2]["source"]["byte"],
            records[0].len() + records[1].len()
        );
    }
    // Cut, damaged, or without its dictionary: one fault is one reject.
    let whole = frames(&[]);
    let mut damaged = whole.clone();
    let mut begin =
        (0..whole.len()).filter(|&at| whole[at..].starts_with(&[0x28, 0xB5, 0x2F, 0xFD]));
    damaged[begin.nth(3).expect("a fourth frame")] ^= 0xFF;
    for (bytes, code) in [
        (&whole[..whole.len() - 30], "truncated_stream"),
        (&damaged, "corrupt_stream"),
        (
            &[skipped(0x50, b"no dictionary"), with_dictionary].concat(),
            "corrupt_stream",
        ),
    ] {
        fs::write(&path, bytes).expect("written");
        let (_run, found, rejects) = annotated(&[&path], 1);
        assert!(
            found.len() < 6 && texts(&found).iter().all(|sound| *sound),
            "{code}"
        );
        assert_eq!(rejects.len(), 1, "{rejects:?}");
        assert_eq!(rejects[0]["code"], code);
    }
}
