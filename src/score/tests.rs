//! Properties of the measures, and cases counted by hand.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::actor;
use super::cluster::{Grouping, b_cubed, ceaf_e};
use super::column::{lenient, strict};
use super::measure::{Key, Metric, Tallies};
use super::mention::{Confusion, count};
use super::*;

fn mention(start: usize, end: usize, label: &str) -> Mention {
    let (types, masked) = LabelMap::standard().read(label);
    Mention {
        start,
        end,
        types,
        masked,
        actor: None,
    }
}

fn tallies(gold: &[Mention], predicted: &[Mention]) -> Tallies {
    let mut tallies = Tallies::default();
    count(gold, predicted, &mut tallies, &mut Confusion::new());
    tallies
}

fn micro(tallies: &Tallies, metric: Metric) -> Tally {
    let key = Key {
        metric,
        class: None,
    };
    tallies.0.get(&key).copied().unwrap_or_default()
}

/// Up to a dozen names, which may overlap but not share a span.
fn mentions() -> impl Strategy<Value = Vec<Mention>> {
    let one = (
        0usize..30,
        1usize..6,
        prop::sample::select(vec!["PERSON", "ORG", "LOC"]),
    );
    prop::collection::vec(one, 0..12).prop_map(|spans| {
        let mut document = Document {
            mentions: spans
                .into_iter()
                .map(|(start, length, label)| mention(start, start + length, label))
                .collect(),
            ..Document::default()
        };
        document.mentions.sort();
        document.mentions.dedup_by_key(|m| (m.start, m.end));
        document.mentions
    })
}

fn grouping() -> impl Strategy<Value = Grouping> {
    prop::collection::btree_map(0usize..9, 0usize..4, 0..9).prop_map(|raw| {
        let groups: BTreeSet<usize> = raw.values().copied().collect();
        let number = |group| groups.iter().position(|&g| g == group).unwrap_or_default();
        raw.into_iter()
            .map(|(place, group)| ((place, place + 1), number(group)))
            .collect()
    })
}

/// The best one-to-one pairing by trying all.
fn all_pairings(weights: &[Vec<f64>], used: &mut Vec<bool>) -> f64 {
    let Some((row, rest)) = weights.split_first() else {
        return 0.0;
    };
    let mut best = all_pairings(rest, used);
    for (column, weight) in row.iter().enumerate() {
        if !used[column] {
            used[column] = true;
            best = best.max(weight + all_pairings(rest, used));
            used[column] = false;
        }
    }
    best
}

proptest! {
    #[test]
    fn exchanging_the_sides_exchanges_precision_and_recall(a in mentions(), b in mentions()) {
        let (there, back) = (tallies(&a, &b), tallies(&b, &a));
        for metric in [Metric::Strict, Metric::Exact, Metric::Partial, Metric::Type] {
            let (there, back) = (micro(&there, metric), micro(&back, metric));
            prop_assert_eq!(there.right_gold, back.right_predicted, "{:?}", metric);
            prop_assert_eq!(there.right_predicted, back.right_gold, "{:?}", metric);
            prop_assert_eq!((there.gold, there.predicted), (back.predicted, back.gold));
        }
    }

    #[test]
    fn what_is_perfect_counts_as_perfect(a in mentions()) {
        prop_assume!(!a.is_empty());
        for metric in [Metric::Strict, Metric::Exact, Metric::Partial, Metric::Type] {
            prop_assert_eq!(micro(&tallies(&a, &a), metric).figure().f1, 1.0);
        }
    }

    #[test]
    fn strict_is_the_number_of_same_spans_and_types(a in mentions(), b in mentions()) {
        let set = |side: &[Mention]| -> BTreeSet<Mention> { side.iter().cloned().collect() };
        let same = set(&a).intersection(&set(&b)).count();
        prop_assert_eq!(micro(&tallies(&a, &b), Metric::Strict).right_gold, same as f64);
        let strict = micro(&tallies(&a, &b), Metric::Strict).right_gold;
        let exact = micro(&tallies(&a, &b), Metric::Exact).right_gold;
        let partial = micro(&tallies(&a, &b), Metric::Partial).right_gold;
        prop_assert!(strict <= exact && exact <= partial);
    }

    #[test]
    fn ceaf_finds_the_best_pairing(a in grouping(), b in grouping()) {
        let groups = |side: &Grouping| side.values().max().map_or(0, |last| last + 1);
        let members = |side: &Grouping, group| -> BTreeSet<(usize, usize)> {
            side.iter().filter(|(_, g)| **g == group).map(|(place, _)| *place).collect()
        };
        let weights: Vec<Vec<f64>> = (0..groups(&a)).map(|g| {
            let gold = members(&a, g);
            (0..groups(&b)).map(|p| {
                let said = members(&b, p);
                2.0 * gold.intersection(&said).count() as f64 / (gold.len() + said.len()) as f64
            }).collect()
        }).collect();
        let expected = all_pairings(&weights, &mut vec![false; groups(&b)]);
        prop_assert!((ceaf_e(&a, &b).right_gold - expected).abs() < 1e-9);
        prop_assert!((ceaf_e(&b, &a).right_gold - expected).abs() < 1e-9);
        let (there, back) = (b_cubed(&a, &b), b_cubed(&b, &a));
        prop_assert!((there.right_gold - back.right_predicted).abs() < 1e-9);
    }

    #[test]
    fn valid_iob2_gives_the_same_chunks_either_way(raw in prop::collection::vec(0usize..5, 0..20)) {
        let mut tags: Vec<String> = Vec::new();
        for tag in raw {
            let tag = ["O", "B-X", "B-Y", "I-X", "I-Y"][tag];
            let before = tags.last().map_or("O", String::as_str);
            let valid = !tag.starts_with('I') || before.get(1..) == tag.get(1..);
            tags.push(if valid { tag.to_owned() } else { "O".to_owned() });
        }
        prop_assert_eq!(Some(lenient(&tags)), strict(&tags));
    }

    #[test]
    fn documents_find_each_other_in_any_order(ids in prop::collection::vec(0usize..6, 0..12), turn in 0usize..12) {
        let documents: Vec<Document> = ids.iter().map(|id| Document {
            id: format!("d{}", id % 4),
            text: format!("text {id}"),
            ..Document::default()
        }).collect();
        let mut turned = documents.clone();
        turned.rotate_left(turn % documents.len().max(1));
        let pairs = pair(&documents, &turned);
        prop_assert_eq!(pairs.both.len(), documents.len());
        for (l, r) in pairs.both {
            prop_assert_eq!(&documents[l], &turned[r]);
        }
    }
}

#[test]
fn chunks_of_all_schemes() {
    let chunks = |tags: &str| -> Vec<(usize, usize, String)> {
        lenient(&tags.split(' ').collect::<Vec<_>>())
    };
    let expected = vec![
        (0, 2, "X".to_owned()),
        (2, 3, "X".to_owned()),
        (4, 5, "Y".to_owned()),
    ];
    assert_eq!(chunks("B-X I-X B-X O B-Y"), expected, "IOB2");
    assert_eq!(chunks("I-X I-X B-X O I-Y"), expected, "IOB1");
    assert_eq!(chunks("B-X E-X S-X O S-Y"), expected, "BIOES");
    assert_eq!(chunks("B-X L-X U-X O U-Y"), expected, "BILOU");
    assert_eq!(
        strict(&["I-X", "B-X", "I-Y", "I-Y"]),
        Some(vec![(1, 2, "X".to_owned())])
    );
    assert_eq!(strict(&["B-X", "E-X"]), None);
}

#[test]
fn clusters_counted_by_hand() {
    let grouping = |groups: [usize; 4]| -> Grouping {
        groups
            .into_iter()
            .enumerate()
            .map(|(place, group)| ((place, place + 1), group))
            .collect()
    };
    let (gold, said) = (grouping([0, 0, 0, 1]), grouping([0, 0, 1, 1]));
    let b = b_cubed(&gold, &said).figure();
    assert!((b.precision - 0.75).abs() < 1e-9 && (b.recall - 2.0 / 3.0).abs() < 1e-9);
    let ceaf = ceaf_e(&gold, &said).figure();
    assert!((ceaf.f1 - (0.8 + 2.0 / 3.0) / 2.0).abs() < 1e-9);
}

#[test]
fn a_name_that_only_one_side_has_is_wrong_there_alone() {
    let linked = |start, id: &str, known| Mention {
        actor: Some(Link {
            id: id.to_owned(),
            known,
        }),
        ..mention(start, start + 1, "ORG")
    };
    let gold = [
        linked(0, "a", true),
        linked(1, "b", true),
        linked(2, "new:x", false),
    ];
    let said = [
        linked(0, "a", true),
        linked(1, "c", true),
        linked(2, "new:y", false),
        linked(3, "a", true),
    ];
    let mut tallies = Tallies::default();
    actor::count(&gold, &said, &mut tallies);
    assert_eq!(micro(&tallies, Metric::Accuracy), Tally::of_counts(2, 3, 3));
    assert_eq!(micro(&tallies, Metric::KnownId), Tally::of_counts(1, 3, 2));
    assert_eq!(micro(&tallies, Metric::Nil), Tally::of_counts(1, 1, 1));
}

#[test]
fn labels_have_alternatives_and_masks() {
    let map = LabelMap::standard();
    let read = |label| map.read(label);
    let types = |types: &[&str]| {
        types
            .iter()
            .map(|kind| kind.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(read("GPE|LOC|FAC"), (types(&["LOC", "FAC"]), false));
    assert_eq!(read("NORP|?PERSON_TYPE"), (types(&["NORP"]), true));
    assert_eq!(read("?X"), (Vec::new(), true));
    let own = LabelMap::with(&["none".to_owned(), "DEMONYM=NORP".to_owned()]).expect("a map");
    assert_eq!(own.read("GPE"), (types(&["GPE"]), false));
    assert_eq!(own.read("DEMONYM"), (types(&["NORP"]), false));
    assert!(LabelMap::with(&["GPE".to_owned()]).is_err());
}

#[test]
fn a_mask_hides_what_touches_it_but_not_a_name_at_its_very_span() {
    let scope = Scope {
        types: ["ORG".to_owned()].into(),
        ..Scope::default()
    };
    let gold = [
        mention(0, 4, "?X"),
        mention(2, 6, "ORG"),
        mention(8, 9, "ORG|LOC"),
    ];
    let said = [
        mention(0, 3, "ORG"),
        mention(2, 6, "ORG"),
        mention(6, 7, "ORG"),
        mention(8, 9, "ORG"),
    ];
    let (gold, said) = scope.narrow(&gold, &said);
    assert_eq!(gold, [mention(2, 6, "ORG")]);
    assert_eq!(said, [mention(2, 6, "ORG"), mention(6, 7, "ORG")]);
}

#[test]
fn intervals_enclose_the_figure_and_are_the_same_each_time() {
    let documents: Vec<bootstrap::Sparse> = (0..40)
        .map(|index| vec![(0, Tally::of_counts(index % 3, 2, 3))])
        .collect();
    let samples = bootstrap::resample(&documents, 1);
    assert_eq!(samples, bootstrap::resample(&documents, 1));
    let f1: Vec<f64> = samples.iter().map(|sums| sums[0].figure().f1).collect();
    let interval = bootstrap::interval(f1.clone());
    let right: usize = (0..40).map(|index| index % 3).sum();
    let whole = Tally::of_counts(right, 80, 120).figure().f1;
    assert!(interval.low < whole && whole < interval.high);
    let inside = f1
        .iter()
        .filter(|f| (interval.low..=interval.high).contains(f))
        .count();
    assert!(inside >= 950, "{inside}");
    assert_eq!(
        bootstrap::interval((0..1000).map(f64::from).collect()).low,
        25.0
    );
    assert_eq!(bootstrap::p_value(&[0.0; 10]), 1.0);
    assert_eq!(bootstrap::p_value(&[1.0, 1.0, 1.0, -1.0]), 0.5);
}
