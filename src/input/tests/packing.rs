//! Compressed files: sound, cut, damaged, misnamed, and bombs.

use std::io::Write;

use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).expect("in memory")
}

fn unpack(bytes: Vec<u8>, compression: Compression, limits: Limits) -> Vec<Item> {
    read(
        Cursor::new(bytes),
        "file",
        Format::JsonLines,
        compression,
        limits,
    )
    .collect()
}

/// Lines that do not compress well.
fn lines(count: u32) -> String {
    let mut state = 1u32;
    let mut number = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state
    };
    (0..count)
        .map(|n| {
            format!(
                "{{\"id\":{n},\"text\":\"{:x}{:x}{:x}\"}}\n",
                number(),
                number(),
                number()
            )
        })
        .collect()
}

#[test]
fn packed_files_give_what_plain_ones_give() {
    let file = lines(3000);
    let plain = items(file.as_bytes(), Format::JsonLines, Limits::default());
    assert_eq!(plain.len(), 3000);
    let (first, second) = file.split_at(1000);
    let members = [gzip(first.as_bytes()), gzip(second.as_bytes())].concat();
    let frames = [zstd(first.as_bytes()), zstd(second.as_bytes())].concat();
    for (bytes, promised) in [
        (members.clone(), Compression::Gzip),
        (frames.clone(), Compression::Zstd),
        // The bytes decide.
        (members.clone(), Compression::None),
        (members, Compression::Zstd),
        (frames, Compression::Gzip),
    ] {
        assert_eq!(unpack(bytes.clone(), promised, Limits::default()), plain);
        let dribble = Dribble {
            bytes: Cursor::new(bytes),
            interrupt: false,
        };
        let portions: Vec<Item> = read(
            dribble,
            "file",
            Format::JsonLines,
            promised,
            Limits::default(),
        )
        .collect();
        assert_eq!(portions, plain);
    }
}

#[test]
fn a_cut_stream_gives_all_before_the_cut() {
    let file = lines(30_000);
    for (bytes, compression) in [
        (gzip(file.as_bytes()), Compression::Gzip),
        (zstd(file.as_bytes()), Compression::Zstd),
    ] {
        for cut in [
            0,
            1,
            3,
            4,
            10,
            20,
            bytes.len() / 2,
            bytes.len() - 9,
            bytes.len() - 1,
        ] {
            let part = bytes.get(..cut).expect("shorter").to_vec();
            let items = unpack(part, compression, Limits::default());
            let (last, before) = items.split_last().expect("an item");
            let last = last.as_ref().expect_err("a reject");
            assert_eq!(
                last.code,
                RejectCode::TruncatedStream,
                "{compression:?} {cut}"
            );
            let delivered: usize = before
                .iter()
                .map(|item| item.as_ref().expect("good").bytes.len() + 1)
                .sum();
            let all = [told(before).join("\n").as_bytes(), &last.raw].concat();
            assert_eq!(
                all.len() as u64 + u64::from(!before.is_empty()),
                delivered as u64 + last.raw_bytes
            );
            assert!(file.starts_with(&told(before).join("\n")));
            if cut == bytes.len() / 2 {
                assert!(before.len() > 1000, "{compression:?}: {}", before.len());
            }
        }
    }
}

#[test]
fn damage_is_a_reject_after_what_could_be_read() {
    let file = lines(3000);
    for (mut bytes, compression) in [
        (gzip(file.as_bytes()), Compression::Gzip),
        (zstd(file.as_bytes()), Compression::Zstd),
    ] {
        let middle = bytes.len() * 3 / 4;
        for byte in bytes.iter_mut().skip(middle).take(40) {
            *byte ^= 0x5A;
        }
        let items = unpack(bytes, compression, Limits::default());
        let reject = items
            .last()
            .expect("an item")
            .as_ref()
            .expect_err("a reject");
        assert_eq!(reject.code, RejectCode::CorruptStream, "{compression:?}");
    }
}

/// What an encoder writes that is often told to flush, and a block of a kind that there is not.
fn broken_behind<E: Write>(
    mut encoder: E,
    text: &str,
    written: impl Fn(&E) -> &Vec<u8>,
) -> Vec<u8> {
    for some in text.as_bytes().chunks(3000) {
        encoder.write_all(some).expect("in memory");
        encoder.flush().expect("in memory");
    }
    [written(&encoder).as_slice(), &[0xFF; 40]].concat()
}

#[test]
fn nothing_in_front_of_damage_is_lost() {
    let file = lines(2000);
    let level = flate2::Compression::default();
    let in_gzip = flate2::write::GzEncoder::new(Vec::new(), level);
    let in_zstd = zstd::Encoder::new(Vec::new(), 3).expect("in memory");
    for (bytes, compression) in [
        (
            broken_behind(in_gzip, &file, |e| e.get_ref()),
            Compression::Gzip,
        ),
        (
            broken_behind(in_zstd, &file, |e| e.get_ref()),
            Compression::Zstd,
        ),
    ] {
        let limits = Limits::default();
        let whole = unpack(bytes.clone(), compression, limits);
        let dribble = Dribble {
            bytes: Cursor::new(bytes),
            interrupt: false,
        };
        let portions = read(dribble, "file", Format::JsonLines, compression, limits);
        for items in [whole, portions.collect()] {
            let (last, before) = items.split_last().expect("an item");
            let last = last.as_ref().expect_err("a reject");
            assert_eq!(last.code, RejectCode::CorruptStream);
            assert_eq!((before.len(), last.raw_bytes), (2000, 0), "{compression:?}");
        }
    }
}

#[test]
fn a_plain_file_with_a_packed_name_is_a_reject() {
    for compression in [Compression::Gzip, Compression::Zstd] {
        let items = unpack(
            b"{\"text\":\"a\"}\n".to_vec(),
            compression,
            Limits::default(),
        );
        assert_eq!(told(&items), ["!corrupt_stream"]);
    }
}

#[test]
fn a_bomb_is_stopped() {
    let mut file = lines(10);
    file.push_str(&" ".repeat(3_000_000));
    let limits = Limits {
        ratio_from: 1_000_000,
        max_ratio: 100,
        ..Limits::default()
    };
    for (bytes, compression) in [
        (gzip(file.as_bytes()), Compression::Gzip),
        (zstd(file.as_bytes()), Compression::Zstd),
    ] {
        let items = unpack(bytes.clone(), compression, limits);
        assert_eq!(items.len(), 11);
        assert_eq!(
            told(&items).last().map(String::as_str),
            Some("!decompression_bomb")
        );
        assert_eq!(unpack(bytes, compression, Limits::default()).len(), 10);
    }
}

#[test]
fn a_failing_disk_is_a_reject() {
    struct Failing(Cursor<Vec<u8>>);
    impl Read for Failing {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            match self.0.read(into)? {
                0 => Err(io::Error::from_raw_os_error(5)),
                length => Ok(length),
            }
        }
    }
    let file = lines(3);
    for (bytes, records) in [(file.clone().into_bytes(), 3), (gzip(file.as_bytes()), 3)] {
        let failing = Failing(Cursor::new(bytes));
        let limits = Limits::default();
        let items: Vec<Item> = read(
            failing,
            "file",
            Format::JsonLines,
            Compression::None,
            limits,
        )
        .collect();
        assert_eq!(items.len(), records + 1);
        assert_eq!(
            told(&items).last().map(String::as_str),
            Some("!read_failed")
        );
    }
}

#[test]
fn a_file_that_is_not_there_is_a_reject() {
    let file = InputFile {
        path: "no/such/file.jsonl".into(),
        name: "no/such/file.jsonl".into(),
        format: Format::JsonLines,
        members: None,
        compression: Compression::None,
        bytes: None,
    };
    let items: Vec<Item> = open(&file, Limits::default()).collect();
    assert_eq!(told(&items), ["!open_failed"]);
}

#[test]
fn progress_ends_at_the_size_of_the_file() {
    let file = lines(3000);
    for bytes in [
        file.clone().into_bytes(),
        gzip(file.as_bytes()),
        zstd(file.as_bytes()),
    ] {
        let size = bytes.len() as u64;
        let mut records = read(
            Cursor::new(bytes),
            "file",
            Format::JsonLines,
            Compression::None,
            Limits::default(),
        );
        assert_eq!(records.by_ref().count(), 3000);
        assert_eq!(records.bytes_read(), size);
    }
}

#[test]
fn a_header_row_without_end_is_one_reject() {
    let names = ",".repeat(1 << 20);
    let items = items(
        format!("a{names}\n1,2\n").as_bytes(),
        Format::Csv,
        Limits::default(),
    );
    assert_eq!(told(&items), ["!too_large"]);
}

#[test]
fn the_total_is_that_of_the_file_to_the_byte() {
    let file = lines(3000);
    let bytes = file.as_bytes();
    let warc: Vec<u8> = (0..3)
        .flat_map(|_| {
            gzip(b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n")
        })
        .collect();
    let total = |max_unpacked: usize| Limits {
        max_unpacked: max_unpacked as u64,
        ..Limits::default()
    };
    for packed in [
        gzip(bytes),
        zstd(bytes),
        [gzip(&bytes[..9]), gzip(&bytes[9..])].concat(),
    ] {
        let enough = unpack(packed.clone(), Compression::None, total(bytes.len()));
        assert!(enough.len() == 3000 && enough.iter().all(Result::is_ok));
        let items = unpack(packed, Compression::None, total(bytes.len() - 1));
        let (last, before) = items.split_last().expect("an item");
        assert_eq!(before.len(), 2999);
        let last = last.as_ref().expect_err("a reject");
        assert_eq!(last.code, RejectCode::UnpackedTooLarge);
        assert!(last.reason.contains("--max-unpacked"), "{}", last.reason);
    }
    // What is not packed may be as long as it likes.
    let plain = unpack(bytes.to_vec(), Compression::None, total(1));
    assert_eq!(plain.len(), 3000);
    // Members of a WARC file spend from the same budget; after it is spent none is tried.
    let of_warc = |limits| -> Vec<Item> {
        let reader = Cursor::new(warc.clone());
        read(reader, "file", Format::Warc, Compression::None, limits).collect()
    };
    assert_eq!(of_warc(total(1000)).len(), 3);
    let told = told(&of_warc(total(100)));
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[1], "!unpacked_too_large");
}
