//! WARC files: where records end, and how the next is found where one is damaged.

use std::io::Write;

use proptest::prelude::*;

use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

/// A record of some kind with this block.
fn record(kind: &str, block: &str) -> Vec<u8> {
    let length = block.len();
    format!("WARC/1.1\r\nWARC-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n")
        .into_bytes()
}

fn words(number: usize) -> String {
    (0..number % 7 + 3)
        .map(|word| format!("word {number}-{word} "))
        .collect()
}

/// The blocks of the records and the codes of the rejects, each with its place.
fn told_of(items: &[Item]) -> Vec<(u64, String)> {
    items
        .iter()
        .map(|item| match item {
            Ok(raw) => {
                let text = String::from_utf8_lossy(&raw.bytes).into_owned();
                (
                    raw.byte,
                    text.split_once("\r\n\r\n")
                        .map_or(text.clone(), |(_, block)| block.to_owned()),
                )
            }
            Err(reject) => (reject.byte, format!("!{}", reject.code)),
        })
        .collect()
}

fn warc(bytes: &[u8]) -> Vec<(u64, String)> {
    told_of(&items(bytes, Format::Warc, Limits::default()))
}

#[test]
fn only_records_that_may_hold_an_article_are_records() {
    let parts = [
        record("warcinfo", "x"),
        record("response", "a"),
        record("request", "x"),
        record("Resource", "b"),
        record("metadata", "x"),
    ];
    let places: Vec<u64> = parts
        .iter()
        .scan(0, |at, part| {
            let place = *at;
            *at += part.len() as u64;
            Some(place)
        })
        .collect();
    let expected = [(places[1], "a".to_owned()), (places[3], "b".to_owned())];
    assert_eq!(warc(&parts.concat()), expected);
    assert!(warc(b"").is_empty());
    assert!(warc(b"\r\n\r\n").is_empty());
}

#[test]
fn a_wrong_length_that_ends_on_a_later_empty_line_is_not_believed() {
    let whole = record("response", "a");
    let next = record("response", "bc");
    let header = next
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("a header");
    // As long as to the line ends that close the next record's header.
    let length = "a\r\n\r\n".len() + header;
    let wrong = String::from_utf8(whole).expect("text");
    let wrong = wrong.replace(
        "Content-Length: 1\r",
        &format!("Content-Length: {length}\r"),
    );
    let bytes = [wrong.as_bytes(), &next].concat();
    let told = warc(&bytes);
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], (0, "!warc_length".to_owned()));
    assert_eq!(told[1], (wrong.len() as u64, "bc".to_owned()));
}

#[test]
fn members_have_the_places_of_the_file_as_it_lies() {
    let members = [
        gzip(&record("warcinfo", "x")),
        gzip(&record("response", "a")),
        gzip(&record("response", "b")),
    ];
    let second = (members[0].len() + members[1].len()) as u64;
    let expected = [
        (members[0].len() as u64, "a".to_owned()),
        (second, "b".to_owned()),
    ];
    assert_eq!(warc(&members.concat()), expected);
    // One member for all of them, against the standard.
    let one = gzip(&[record("response", "a"), record("response", "b")].concat());
    assert_eq!(warc(&one), [(0, "a".to_owned()), (0, "b".to_owned())]);
}

#[test]
fn an_archive_in_one_member_that_is_cut_gives_what_is_whole() {
    let all: Vec<u8> = (0..3000)
        .flat_map(|number| record("response", &words(number)))
        .collect();
    let packed = gzip(&all);
    let told = warc(&packed[..packed.len() * 9 / 10]);
    let (last, whole) = told.split_last().expect("some");
    assert_eq!(last.1, "!truncated_stream");
    assert!(whole.len() > 2000);
    assert!(
        whole
            .iter()
            .enumerate()
            .all(|(number, (_, block))| *block == words(number))
    );
}

#[test]
fn a_record_without_line_ends_behind_it_is_whole() {
    let bare = |block: &str| {
        let bytes = record("response", block);
        bytes[..bytes.len() - 4].to_vec()
    };
    let told = warc(&[bare("a"), bare("b")].concat());
    assert_eq!(
        told.iter()
            .map(|(_, block)| block.as_str())
            .collect::<Vec<_>>(),
        ["a", "b"]
    );
}

#[test]
fn what_is_no_warc_is_one_reject() {
    assert_eq!(
        warc(&b"nothing of the kind ".repeat(20_000)),
        [(0, "!warc_header".to_owned())]
    );
    let junk = gzip(&b"nothing of the kind ".repeat(20_000));
    assert_eq!(warc(&junk), [(0, "!warc_header".to_owned())]);
    let promised = read(
        Cursor::new(b"plain".to_vec()),
        "f",
        Format::Warc,
        Compression::Gzip,
        Limits::default(),
    );
    assert_eq!(
        told_of(&promised.collect::<Vec<_>>()),
        [(0, "!warc_header".to_owned())]
    );
}

#[test]
fn a_record_over_the_limit_is_left_at_the_next() {
    for packed in [false, true] {
        let pack = |bytes: Vec<u8>| if packed { gzip(&bytes) } else { bytes };
        let parts = [
            pack(record("response", "a")),
            pack(record("response", &"long ".repeat(100_000))),
            pack(record("metadata", &"long ".repeat(100_000))),
            pack(record("response", "b")),
        ];
        let items = items(&parts.concat(), Format::Warc, limits(100_000));
        let blocks: Vec<String> = told_of(&items)
            .into_iter()
            .map(|(_, block)| block)
            .collect();
        assert_eq!(blocks, ["a", "!too_large", "b"]);
        let reject = items[1].as_ref().expect_err("a reject");
        assert_eq!(
            (reject.raw.len(), reject.raw_bytes > 500_000),
            (65536, true)
        );
    }
}

#[test]
fn a_bomb_among_the_members_is_passed() {
    let bomb = gzip(&record("response", &" ".repeat(3 << 20)));
    let bytes = [
        gzip(&record("response", "a")),
        bomb,
        gzip(&record("response", "b")),
    ]
    .concat();
    let limits = Limits {
        max_ratio: 50,
        ratio_from: 1 << 20,
        ..Limits::default()
    };
    let blocks: Vec<String> = told_of(&items(&bytes, Format::Warc, limits))
        .into_iter()
        .map(|(_, block)| block)
        .collect();
    assert_eq!(blocks, ["a", "!decompression_bomb", "b"]);
}

/// Records in order, packed or not, and where each begins.
fn archive(count: usize, packed: bool) -> (Vec<u8>, Vec<usize>) {
    let (mut bytes, mut places) = (Vec::new(), Vec::new());
    for number in 0..count {
        places.push(bytes.len());
        let record = record("response", &words(number));
        bytes.extend(if packed { gzip(&record) } else { record });
    }
    places.push(bytes.len());
    (bytes, places)
}

#[test]
fn a_header_that_runs_into_the_next_record_does_not_take_it_along() {
    let (bytes, places) = archive(12, false);
    for number in 0..11 {
        let (begins, next) = (places[number], places[number + 1]);
        let header = "WARC/1.1\r\nWARC-Type: response".len();
        // Cut out up to the last line end; and a blank line that is none any more.
        let cut = [&bytes[..begins + header - 1], &bytes[next - 2..]].concat();
        let mut joined = bytes.clone();
        let blank = memchr::memmem::find(&bytes[begins..], b"\r\n\r\n").expect("a header");
        joined[begins + blank + 3] ^= 1;
        for bytes in [cut, joined] {
            let told = warc(&bytes);
            for other in (0..12).filter(|other| *other != number) {
                let found = told.iter().any(|(_, block)| *block == words(other));
                assert!(found, "record {other}, where {number} is damaged: {told:?}");
            }
            assert_eq!(told.len(), 12);
        }
    }
}

#[test]
fn a_changed_member_that_runs_to_the_end_of_the_file_is_no_record() {
    let (bytes, places) = archive(12, true);
    let sound: Vec<String> = (0..12).map(words).collect();
    for at in places[10]..places[11] {
        let mut bytes = bytes.clone();
        bytes.drain(at..at + 70);
        for (_, block) in warc(&bytes) {
            assert!(
                block.starts_with('!') || sound.contains(&block),
                "{at}: {block}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A byte changed, or bytes taken out, cost the records that they were in and no other.
    #[test]
    fn damage_costs_only_what_it_touches(
        packed in any::<bool>(), at in 0.0..1.0f64, length in 0usize..90, flip in 1u8..255,
    ) {
        let (mut bytes, places) = archive(12, packed);
        let at = ((bytes.len() - 1) as f64 * at) as usize;
        let end = (at + length).min(bytes.len());
        let touched = |number: usize| places[number] <= end && at < places[number + 1];
        if length == 0 {
            bytes[at] ^= flip;
        } else {
            bytes.drain(at..end);
        }
        let told = warc(&bytes);
        for number in 0..12 {
            if !touched(number) {
                let found = told.iter().filter(|(_, block)| *block == words(number)).count();
                prop_assert_eq!(found, 1, "record {} of {:?}", number, told);
            }
        }
        let sound = (0..12).map(words).collect::<Vec<_>>();
        if packed {
            // A checksum guards each: nothing that is not sound may pass for a record.
            for (_, block) in &told {
                prop_assert!(block.starts_with('!') || sound.contains(block), "{block}");
            }
        }
    }

    #[test]
    fn however_the_bytes_come_the_records_are_the_same(packed in any::<bool>(), cut in 0.0..1.0f64) {
        let (bytes, _) = archive(5, packed);
        let bytes = &bytes[..(bytes.len() as f64 * cut) as usize];
        let reader = Dribble { bytes: Cursor::new(bytes.to_vec()), interrupt: false };
        let dribbled: Vec<Item> = read(reader, "file", Format::Warc, Compression::None, Limits::default()).collect();
        prop_assert_eq!(told_of(&dribbled), warc(bytes));
    }

    #[test]
    fn any_bytes_are_survived(noise in prop::collection::vec(any::<u8>(), 0..300), packed in any::<bool>()) {
        let (bytes, _) = archive(2, packed);
        let all = [bytes.as_slice(), &noise, &bytes].concat();
        let told = warc(&all);
        prop_assert!(told.iter().filter(|(_, block)| *block == words(1)).count() >= 1);
    }
}
