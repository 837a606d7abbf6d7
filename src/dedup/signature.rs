//! What is compared of an article: a digest of its body and, for near copies, a sketch of the body's shingles.
//!
//! It depends on the record alone, so that it is the same whether the article was just annotated or is read back from a
//! finished shard.

use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::xxh3_64;

use super::{Dedup, Sameness, Sketch, THRESHOLD};
use crate::record::Record;
use crate::text::Text;
use crate::text::region::RegionKind;

/// The least words of a body with near copies: in a shorter one a single figure that differs may be all that it says.
pub const NEAR_WORDS: usize = 40;

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    pub(super) digest: [u8; 16],
    pub(super) sketch: Option<Sketch>,
}

impl Signature {
    /// Of an article; none where none is asked for, and for an article without a body.
    pub fn of(record: &Record, dedup: Dedup) -> Option<Self> {
        if dedup == Dedup::Off {
            return None;
        }
        let text = Text::new(record.text.clone());
        let body = record
            .regions
            .iter()
            .filter(|region| region.kind == RegionKind::Body)
            .filter_map(|region| text.span_of_chars(region.start, region.end));
        Self::of_body(body.map(|span| text.slice(span)), dedup)
    }

    /// Of a body in one or more pieces.
    pub fn of_body<'a>(
        pieces: impl Iterator<Item = &'a str> + Clone,
        dedup: Dedup,
    ) -> Option<Self> {
        let mut hasher = Sha256::new();
        let mut empty = true;
        for word in pieces.clone().flat_map(str::split_whitespace) {
            hasher.update(word);
            hasher.update(b" ");
            empty = false;
        }
        if empty || dedup == Dedup::Off {
            return None;
        }
        let mut digest = [0; 16];
        let whole = hasher.finalize();
        digest
            .iter_mut()
            .zip(whole)
            .for_each(|(to, from)| *to = from);
        let words: Vec<u64> = match dedup {
            Dedup::Near => pieces.flat_map(words).collect(),
            Dedup::Off | Dedup::Exact => Vec::new(),
        };
        Some(Self {
            digest,
            sketch: (words.len() >= NEAR_WORDS).then(|| Sketch::of(&words)),
        })
    }

    /// How the two are the same, if they are, and their similarity.
    pub fn same_as(&self, other: &Self) -> Option<(Sameness, f64)> {
        if self.digest == other.digest {
            return Some((Sameness::Exact, 1.0));
        }
        let similarity = self.sketch?.similarity(other.sketch.as_ref()?);
        (similarity >= THRESHOLD).then_some((Sameness::Near, similarity))
    }
}

/// The hashes of the words: runs of letters and digits in lower case, so that neither marks nor quotes count.
fn words(piece: &str) -> impl Iterator<Item = u64> {
    piece
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| xxh3_64(word.to_lowercase().as_bytes()))
}
