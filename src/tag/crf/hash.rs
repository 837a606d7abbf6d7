//! The hashes by which words, values and features are known: those of `scripts/train/crf_features.py`.
//!
//! They are not meant to withstand an adversary; what a hostile text could gain is a wrong feature.

const BASIS: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0100_0000_01B3;
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The state of FNV-1a, 64 bits (Fowler, Noll and Vo), before the first byte; also the hash of no bytes.
pub const EMPTY: u64 = BASIS;

/// The state after one more byte.
pub const fn step(state: u64, byte: u8) -> u64 {
    (state ^ byte as u64).wrapping_mul(PRIME)
}

/// The hash of some bytes, in the order of the iterator.
pub fn fnv<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> u64 {
    bytes
        .into_iter()
        .fold(EMPTY, |state, &byte| step(state, byte))
}

/// A hash with another put in (a multiplication by the golden ratio: Knuth, volume 3, 6.4).
pub const fn mixed(state: u64, value: u64) -> u64 {
    let state = (state ^ value).wrapping_mul(GOLDEN);
    state ^ (state >> 32)
}

/// A digit as a byte.
pub fn digit(value: usize) -> u8 {
    b'0' + value.min(9) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnv_gives_its_published_vectors() {
        assert_eq!(fnv(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
