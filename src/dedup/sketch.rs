//! MinHash (Broder 1997): how much of two sets of shingles is common, estimated from a few bytes of each.
//!
//! Of each of [`VALUES`] random orders of all shingles a sketch has the shingle that comes first, of which the lowest byte is kept
//! (b-bit minwise hashing, Li and König 2010). Two sketches agree in a value with the probability of the sets' Jaccard
//! similarity, or else by chance, once in 256. The orders are fixed for good: similarities are written into runs.

use xxhash_rust::xxh3::xxh3_64;

use crate::random::splitmix64;

/// Random orders in a sketch. The estimate of a similarity of 0.7 has a standard error of 0.04.
pub const VALUES: usize = 128;

/// Words in a shingle.
const SHINGLE: usize = 3;

/// The least similarity of near copies. Measured: see the README.
pub const THRESHOLD: f64 = 0.7;

/// Two values that agree by chance.
const BY_CHANCE: f64 = 1.0 / 256.0;

/// What is kept of a set of shingles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sketch(pub(super) [u8; VALUES]);

impl Sketch {
    /// The sketch of a list of words, each given by its hash; a list shorter than a shingle is one shingle.
    pub fn of(words: &[u64]) -> Self {
        let mut least = [u32::MAX; VALUES];
        let length = SHINGLE.min(words.len());
        for shingle in words.windows(length.max(1)) {
            let mut bytes = [0; SHINGLE * 8];
            for (slot, word) in bytes.chunks_exact_mut(8).zip(shingle) {
                slot.copy_from_slice(&word.to_le_bytes());
            }
            let hash = xxh3_64(&bytes);
            for (least, (factor, shift)) in least.iter_mut().zip(&ORDERS) {
                // Multiply and shift (Dietzfelbinger 1996).
                let place = hash.wrapping_mul(*factor).wrapping_add(*shift) >> 32;
                *least = (*least).min(place as u32);
            }
        }
        Self(least.map(|value| value as u8))
    }

    /// The estimated Jaccard similarity of two sets, 0 to 1, rounded to two places.
    pub fn similarity(&self, other: &Self) -> f64 {
        let equal = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        let share = equal as f64 / VALUES as f64;
        let estimate = ((share - BY_CHANCE) / (1.0 - BY_CHANCE)).max(0.0);
        (estimate * 100.0).round() / 100.0
    }
}

/// For each order an odd factor and a shift.
const ORDERS: [(u64, u64); VALUES] = orders();

const fn orders() -> [(u64, u64); VALUES] {
    let mut orders = [(0, 0); VALUES];
    let mut rest: &mut [(u64, u64)] = &mut orders;
    let mut number = 0;
    while let [first, others @ ..] = rest {
        *first = (splitmix64(0, number) | 1, splitmix64(0, number + 1));
        number += 2;
        rest = others;
    }
    orders
}
