//! The sample that is measured where no input is given: the project's own articles, built into the program.
//!
//! It is always the same, so that figures of two machines or two builds can be compared. It says nothing of memory
//! or of the disk on a large archive.

use std::sync::Arc;

use crate::input::{Compression, Format, Limits, Payload, RawRecord, read};
use crate::run::items::{Item, ItemSource};

/// How often the articles are in the sample: enough that a run takes longer than the clock or a busy machine blur.
const COPIES: usize = 10;

const WIRE: &str = include_str!("../../corpus/wire.jsonl");

/// Names and texts of `corpus/articles`.
macro_rules! articles {
    ($($name:literal)*) => {
        [$((
            concat!("corpus/articles/", $name, ".txt"),
            include_str!(concat!("../../corpus/articles/", $name, ".txt")),
        )),*]
    };
}

const ARTICLES: [(&str, &str); 12] = articles! {
    "afghan-bus-ambush_gulf-meridian"
    "afghan-bus-ambush_khyber-chronicle"
    "afghan-bus-ambush_northern-ledger"
    "colombia-police-post_andean-courier"
    "congo-village-raid_kivu-sentinel"
    "congo-village-raid_rift-valley-observer"
    "somalia-market-blast_coastal-herald"
    "somalia-market-blast_horn-dispatch"
    "somalia-market-blast_lagoon-post"
    "syria-market-rockets_bosphorus-standard"
    "syria-market-rockets_levant-monitor"
    "syria-market-rockets_red-sea-register"
};

/// The first records of the sample.
pub(super) struct Sample {
    records: std::vec::IntoIter<Item>,
}

impl Sample {
    /// All of them, or so many.
    pub(super) fn new(limit: Option<u64>) -> Self {
        let limit = limit.map_or(usize::MAX, |limit| {
            usize::try_from(limit).unwrap_or(usize::MAX)
        });
        let copies = (0..COPIES).flat_map(|_| texts().chain(wire()));
        let records: Vec<Item> = copies.take(limit).collect();
        Self {
            records: records.into_iter(),
        }
    }
}

fn texts() -> impl Iterator<Item = Item> {
    ARTICLES.into_iter().map(|(path, text)| {
        Ok(RawRecord {
            path: Arc::from(path),
            member: None,
            record: 0,
            byte: 0,
            bytes: text.as_bytes().to_vec(),
            payload: Payload::Text,
            warnings: Vec::new(),
            transcoded: false,
        })
    })
}

fn wire() -> impl Iterator<Item = Item> {
    read(
        WIRE.as_bytes(),
        "corpus/wire.jsonl",
        Format::JsonLines,
        Compression::None,
        Limits::default(),
    )
}

impl Iterator for Sample {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        self.records.next()
    }
}

impl ItemSource for Sample {
    fn bytes_read(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{FieldOptions, article};

    #[test]
    fn every_record_of_it_is_an_article() {
        let mut count = 0;
        for item in Sample::new(None) {
            let raw = item.expect("a record");
            assert!(article(&raw, &FieldOptions::default()).is_ok(), "{raw:?}");
            count += 1;
        }
        assert_eq!(count, COPIES * 18);
        assert_eq!(Sample::new(Some(7)).count(), 7);
    }
}
