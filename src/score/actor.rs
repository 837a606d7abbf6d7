//! Who is meant: links to the actor book, and names grouped by who they are.
//!
//! A name is linked rightly where both its span and its actor are right (strong annotation match). Ids of
//! actors outside the book are made up by whoever writes them, so they are compared as groups only.

use std::collections::{BTreeMap, HashMap};

use super::cluster::{Grouping, b_cubed, ceaf_e};
use super::measure::{Metric, Tallies};
use super::{Mention, Tally};

/// The actor's id in the book; none for anybody else.
pub(super) fn known(mention: &Mention) -> Option<&str> {
    let link = mention.actor.as_ref().filter(|link| link.known)?;
    Some(&link.id)
}

/// Counts the links of one document.
pub(super) fn count(gold: &[Mention], predicted: &[Mention], tallies: &mut Tallies) {
    let place = |mention: &Mention| (mention.start, mention.end);
    let by_place: HashMap<(usize, usize), &Mention> = predicted
        .iter()
        .map(|mention| (place(mention), mention))
        .collect();
    let (mut same, mut pairs) = (0, 0);
    let (mut known_right, mut nil_right) = (0, 0);
    for mention in gold {
        let Some(other) = by_place.get(&place(mention)) else {
            continue;
        };
        pairs += 1;
        match (known(mention), known(other)) {
            (Some(a), Some(b)) if a == b => known_right += 1,
            (None, None) => nil_right += 1,
            _ => continue,
        }
        same += 1;
    }
    let of_book = |side: &[Mention]| side.iter().filter(|m| known(m).is_some()).count();
    let (gold_known, predicted_known) = (of_book(gold), of_book(predicted));
    tallies.add(Metric::Accuracy, Tally::of_counts(same, pairs, pairs));
    tallies.add(
        Metric::KnownId,
        Tally::of_counts(known_right, predicted_known, gold_known),
    );
    tallies.add(
        Metric::Nil,
        Tally::of_counts(
            nil_right,
            predicted.len() - predicted_known,
            gold.len() - gold_known,
        ),
    );
    let (gold, predicted) = (grouping(gold), grouping(predicted));
    tallies.add(Metric::BCubed, b_cubed(&gold, &predicted));
    tallies.add(Metric::CeafE, ceaf_e(&gold, &predicted));
}

/// Names by actor; a name of nobody is alone.
fn grouping(mentions: &[Mention]) -> Grouping {
    let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
    let mut grouping = Grouping::new();
    let mut count = 0;
    for mention in mentions {
        let mut new = || {
            count += 1;
            count - 1
        };
        let group = match &mention.actor {
            Some(link) => *groups.entry(&link.id).or_insert_with(new),
            None => new(),
        };
        grouping.insert((mention.start, mention.end), group);
    }
    grouping
}
