//! Numbers without a pattern that are the same everywhere and for good: what is written into runs and reports rests on them.
//! Nothing here is secret or takes entropy from anywhere.

/// The number at a place, from 0, of the sequence that SplitMix64 (Steele, Lea and Flood 2014) makes from a seed.
pub(crate) const fn splitmix64(seed: u64, place: u64) -> u64 {
    let step = place.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut mixed = seed.wrapping_add(step);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the seed 1234567, as other implementations have them (Rosetta Code, Splitmix64).
    #[test]
    fn the_sequence_is_the_published_one() {
        let first = [0, 1, 2].map(|place| splitmix64(1_234_567, place));
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }
}
