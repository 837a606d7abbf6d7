//! The originals so far, and which of them an article is a copy of.
//!
//! Near copies are found by bands (locality-sensitive hashing, Indyk and Motwani 1998): two sketches that agree in all values
//! of a band are compared. A band remembers only the latest original with its values, so that an article is compared
//! with as many originals as there are bands at most, however many are alike.
//!
//! **Memory**, all of it in tables of fixed-size entries: for each original 32 bytes of digest and place and 6 to 12 of table,
//! and for near copies another 129, and 6 to 12 in each of 16 bands. A file's path is kept once. The tables double
//! as they grow.

use std::sync::Arc;

use hashbrown::HashTable;

use super::sketch::VALUES;
use super::{Sameness, Signature, Sketch};
use crate::random::splitmix64;

/// Bands, and values in a band: sketches of similarity 0.7 share a band with probability 0.988, of 0.8 with 0.9998.
const BANDS: usize = 16;
const ROWS: usize = 4;
const _: () = assert!(BANDS * ROWS <= VALUES);

/// The article of which another is a copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Original {
    /// Its file.
    pub path: Arc<str>,
    /// Its record in the file.
    pub record: u64,
    /// How the two are the same.
    pub sameness: Sameness,
    /// How similar, 0 to 1.
    pub similarity: f64,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Index {
    files: Vec<Arc<str>>,
    originals: Vec<Entry>,
    by_digest: HashTable<u32>,
    /// Of all originals, where near copies are looked for; none for one whose body is too short.
    sketches: Vec<Option<Sketch>>,
    bands: [HashTable<u32>; BANDS],
}

#[derive(Debug)]
struct Entry {
    digest: [u8; 16],
    record: u64,
    file: u32,
}

impl Index {
    /// The original of an article: the one with the same body, else the most similar, of these the first.
    pub fn find(&self, signature: &Signature) -> Option<Original> {
        let exact = self.by_digest.find(first_half(&signature.digest), |&slot| {
            digest(&self.originals, slot) == Some(&signature.digest)
        });
        if let Some(&slot) = exact {
            return self.original(slot, Sameness::Exact, 1.0);
        }
        let sketch = signature.sketch.as_ref()?;
        let mut best: Option<(f64, u32)> = None;
        for (number, (table, key)) in self.bands.iter().zip(keys(sketch)).enumerate() {
            let found = table.find(spread(key), |&slot| {
                band_key(&self.sketches, slot, number) == Some(key)
            });
            let Some((&slot, other)) =
                found.and_then(|slot| Some((slot, sketch_at(&self.sketches, *slot)?)))
            else {
                continue;
            };
            let similarity = sketch.similarity(other);
            let better = best.is_none_or(|(most, first)| {
                similarity > most || (similarity == most && slot < first)
            });
            if better && similarity >= super::THRESHOLD {
                best = Some((similarity, slot));
            }
        }
        let (similarity, slot) = best?;
        self.original(slot, Sameness::Near, similarity)
    }

    /// Adds an original. More than 2^32 of them are not remembered.
    pub fn add(&mut self, signature: &Signature, path: &str, record: u64) {
        let Ok(slot) = u32::try_from(self.originals.len()) else {
            return;
        };
        // Files are read one after the other.
        if self.files.last().is_none_or(|last| **last != *path) {
            self.files.push(path.into());
        }
        let Ok(file) = u32::try_from(self.files.len() - 1) else {
            return;
        };
        self.originals.push(Entry {
            digest: signature.digest,
            record,
            file,
        });
        self.by_digest
            .insert_unique(first_half(&signature.digest), slot, |&slot| {
                digest(&self.originals, slot).map_or(0, first_half)
            });
        let Some(sketch) = signature.sketch else {
            // Once there are sketches, their places are those of the originals.
            if !self.sketches.is_empty() {
                self.sketches.push(None);
            }
            return;
        };
        self.sketches.resize(self.originals.len() - 1, None);
        self.sketches.push(Some(sketch));
        let key_of = |slot, band| band_key(&self.sketches, slot, band);
        for (number, (table, key)) in self.bands.iter_mut().zip(keys(&sketch)).enumerate() {
            match table.find_mut(spread(key), |&other| key_of(other, number) == Some(key)) {
                Some(latest) => *latest = slot,
                None => {
                    table.insert_unique(spread(key), slot, |&other| {
                        key_of(other, number).map_or(0, spread)
                    });
                }
            }
        }
    }

    /// Originals.
    pub fn len(&self) -> usize {
        self.originals.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.originals.is_empty()
    }

    /// The bytes that the tables take, paths left out.
    pub fn bytes(&self) -> usize {
        let bands: usize = self.bands.iter().map(HashTable::allocation_size).sum();
        self.originals.capacity() * size_of::<Entry>()
            + self.sketches.capacity() * size_of::<Option<Sketch>>()
            + self.by_digest.allocation_size()
            + bands
    }

    #[cfg(test)]
    pub(super) fn files_kept(&self) -> usize {
        self.files.len()
    }

    fn original(&self, slot: u32, sameness: Sameness, similarity: f64) -> Option<Original> {
        let entry = self.originals.get(usize::try_from(slot).ok()?)?;
        let path = self.files.get(usize::try_from(entry.file).ok()?)?;
        Some(Original {
            path: Arc::clone(path),
            record: entry.record,
            sameness,
            similarity,
        })
    }
}

/// The digest of the original in a slot.
fn digest(originals: &[Entry], slot: u32) -> Option<&[u8; 16]> {
    let entry = originals.get(usize::try_from(slot).ok()?)?;
    Some(&entry.digest)
}

/// The sketch of the original in a slot.
fn sketch_at(sketches: &[Option<Sketch>], slot: u32) -> Option<&Sketch> {
    sketches.get(usize::try_from(slot).ok()?)?.as_ref()
}

/// The key of a band of the original in a slot.
fn band_key(sketches: &[Option<Sketch>], slot: u32, band: usize) -> Option<u32> {
    keys(sketch_at(sketches, slot)?).nth(band)
}

/// The values of each band as one number.
fn keys(sketch: &Sketch) -> impl Iterator<Item = u32> {
    let (bands, _) = sketch.0.as_chunks::<ROWS>();
    bands
        .iter()
        .take(BANDS)
        .map(|band| u32::from_le_bytes(*band))
}

/// A band's key as the hash of its table.
fn spread(key: u32) -> u64 {
    splitmix64(0, u64::from(key))
}

/// The digest's own first half is a hash.
fn first_half(digest: &[u8; 16]) -> u64 {
    let (first, _) = digest.split_at(8);
    first.try_into().map_or(0, u64::from_le_bytes)
}
