//! Signatures, sketches and the index, on invented bodies and on any words.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::random::splitmix64;

/// A body of so many words, which has no shingle in common with one of another seed.
fn words(seed: u64, count: usize) -> Vec<String> {
    (0..count)
        .map(|place| format!("w{:x}", splitmix64(0, seed << 32 | place as u64) % 100_000))
        .collect()
}

fn near(words: &[String]) -> Signature {
    Signature::of_body([words.join(" ").as_str()].into_iter(), Dedup::Near).expect("a body")
}

fn exact(body: &str) -> Option<Signature> {
    Signature::of_body([body].into_iter(), Dedup::Exact)
}

/// The share of shingles in common, counted.
fn jaccard(a: &[String], b: &[String]) -> f64 {
    let shingles = |words: &[String]| words.windows(3).map(<[_]>::to_vec).collect::<HashSet<_>>();
    let (a, b) = (shingles(a), shingles(b));
    a.intersection(&b).count() as f64 / a.union(&b).count() as f64
}

#[test]
fn white_space_makes_no_difference_and_any_other_character_does() {
    let one = exact("Six died.\n\nTen fled.");
    assert!(one.is_some());
    assert_eq!(one, exact(" Six  died.\u{a0}Ten fled. "));
    let pieces = Signature::of_body(["Six died.", "Ten fled."].into_iter(), Dedup::Exact);
    assert_eq!(one, pieces);
    assert_ne!(one, exact("Six died. Ten fled!"));
    assert_ne!(one, exact("Sixdied. Ten fled."));
    assert_eq!(exact(" \n"), None);
    assert_eq!(Signature::of_body(["x"].into_iter(), Dedup::Off), None);
}

#[test]
fn a_short_body_has_no_near_copies() {
    let (mut body, whole) = (words(1, NEAR_WORDS - 1), words(1, NEAR_WORDS));
    assert_eq!(near(&body).sketch, None);
    assert!(near(&whole).sketch.is_some());
    let mut index = Index::default();
    index.add(&near(&body), "a", 0);
    body.pop();
    assert_eq!(index.find(&near(&body)), None);
}

#[test]
fn the_original_is_the_most_similar_and_then_the_first() {
    let base = words(1, 200);
    let changed = |places: &[usize]| {
        let mut body = base.clone();
        places
            .iter()
            .for_each(|&place| body[place] = "changed".to_owned());
        body
    };
    let mut index = Index::default();
    index.add(&near(&changed(&[10, 50, 90, 130, 170])), "far", 0);
    index.add(&near(&changed(&[100])), "close", 4);
    index.add(&near(&words(2, 200)), "other", 0);
    let found = index.find(&near(&base)).expect("a copy");
    assert_eq!((&*found.path, found.record), ("close", 4));
    assert_eq!(found.sameness, Sameness::Near);
    assert!(found.similarity > 0.9, "{found:?}");
    index.add(&near(&base), "same", 7);
    let found = index.find(&near(&base)).expect("a copy");
    assert_eq!((&*found.path, found.sameness), ("same", Sameness::Exact));
    assert!((found.similarity - 1.0).abs() < f64::EPSILON);
    assert_eq!(index.find(&near(&words(3, 200))), None);
}

#[test]
fn the_hashes_are_those_of_every_version() {
    let sketch = near(&words(1, 50)).sketch.expect("a sketch");
    let sum = sketch.0.iter().fold(0u64, |sum, &value| {
        sum.wrapping_mul(31).wrapping_add(u64::from(value))
    });
    // Runs have similarities: they must not change from one version to the next.
    assert_eq!(sum, 13_491_092_771_707_480_586);
}

#[test]
fn the_index_takes_no_more_memory_than_it_says() {
    for (dedup, most) in [
        (Dedup::Exact, 43 * 2),
        (Dedup::Near, (32 + 129) * 2 + 17 * 12),
    ] {
        let mut index = Index::default();
        let count = 3000;
        for seed in 0..count {
            let body = words(seed, NEAR_WORDS).join(" ");
            let signature = Signature::of_body([body.as_str()].into_iter(), dedup);
            index.add(&signature.expect("a body"), "file", seed);
        }
        let each = index.bytes() / index.len();
        println!("{dedup:?}: {each} bytes an article");
        assert!(each <= most, "{dedup:?}: {each}");
        assert_eq!(index.files_kept(), 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_estimate_is_close_to_the_share_that_is_common(
        seed in any::<u32>(), count in 60usize..400, changes in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
    ) {
        let body = words(u64::from(seed), count);
        let mut other = body.clone();
        for place in changes {
            *place.get_mut(&mut other) = "changed".to_owned();
        }
        let counted = jaccard(&body, &other);
        let (a, b) = (near(&body), near(&other));
        let estimate = a.sketch.expect("long").similarity(&b.sketch.expect("long"));
        // Five standard errors.
        prop_assert!((estimate - counted).abs() < 0.22, "{estimate} for {counted}");
        prop_assert_eq!(a.same_as(&b), b.same_as(&a));
        prop_assert_eq!(a.same_as(&a), Some((Sameness::Exact, 1.0)));
    }

    #[test]
    fn a_body_is_found_again_among_any_others(seeds in prop::collection::hash_set(any::<u32>(), 1..40), many in 40usize..90) {
        let mut index = Index::default();
        for (record, &seed) in (0..).zip(&seeds) {
            let signature = near(&words(u64::from(seed), many));
            prop_assert_eq!(index.find(&signature), None);
            index.add(&signature, "file", record);
        }
        prop_assert_eq!(index.len(), seeds.len());
        for (record, &seed) in (0..).zip(&seeds) {
            let mut body = words(u64::from(seed), many);
            let found = index.find(&near(&body)).expect("itself");
            prop_assert_eq!((found.record, found.sameness), (record, Sameness::Exact));
            body.push("more".to_owned());
            let found = index.find(&near(&body)).expect("nearly itself");
            prop_assert_eq!((found.record, found.sameness), (record, Sameness::Near));
        }
    }
}
