//! Numbers: found or not, and of those that are found, what they say.
//!
//! Kind and value are right or wrong for every number. Unit, modifier and noun are slots: only numbers
//! that have one count, on either side.

use super::Tally;
use super::align::align;
use super::measure::{Metric, Tallies};
use crate::record::NumberEntry;

/// Pairs of numbers whose cores overlap, one to one.
pub(super) fn pairs(gold: &[NumberEntry], predicted: &[NumberEntry]) -> Vec<(usize, usize)> {
    align(gold, predicted, |a, b| a.kind == b.kind)
}

/// The name of a kind as JSON has it.
pub(super) fn kind_name(number: &NumberEntry) -> String {
    match serde_json::to_value(number.kind) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A decimal without what does not change it: `+007.50` is `7.5`.
fn plain(decimal: &str) -> String {
    let (sign, rest) = match decimal.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", decimal.strip_prefix('+').unwrap_or(decimal)),
    };
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    match (whole, fraction) {
        ("", "") => "0".to_owned(),
        (whole, "") => format!("{sign}{whole}"),
        (whole, fraction) => format!("{sign}{whole}.{fraction}"),
    }
}

/// Value, range, date or, where neither has a date, TIMEX value.
fn same_value(a: &NumberEntry, b: &NumberEntry) -> bool {
    let decimal = |value: &Option<String>| value.as_deref().map(plain);
    decimal(&a.value) == decimal(&b.value)
        && decimal(&a.low) == decimal(&b.low)
        && decimal(&a.high) == decimal(&b.high)
        && a.date == b.date
        && (a.date.is_some() || a.timex == b.timex)
}

/// A slot: whether a number fills it, and whether two fill it alike.
struct Slot {
    metric: Metric,
    filled: fn(&NumberEntry) -> bool,
    same: fn(&NumberEntry, &NumberEntry) -> bool,
}

const SLOTS: [Slot; 3] = [
    Slot {
        metric: Metric::Unit,
        filled: |number| number.unit.is_some() || number.per.is_some(),
        same: |a, b| a.unit == b.unit && a.per == b.per,
    },
    Slot {
        metric: Metric::Modifier,
        filled: |number| number.modifier.is_some(),
        same: |a, b| a.modifier == b.modifier,
    },
    Slot {
        metric: Metric::Noun,
        filled: |number| number.noun_start.is_some(),
        same: |a, b| (a.noun_start, a.noun_end) == (b.noun_start, b.noun_end),
    },
];

/// In what two numbers that overlap differ, as measures.
pub(super) fn differing(a: &NumberEntry, b: &NumberEntry) -> Vec<Metric> {
    let mut metrics = Vec::new();
    let mut expect = |same: bool, metric: Metric| {
        if !same {
            metrics.push(metric);
        }
    };
    expect((a.start, a.end) == (b.start, b.end), Metric::Span);
    expect(a.kind == b.kind, Metric::Kind);
    expect(same_value(a, b), Metric::Value);
    for slot in SLOTS {
        expect((slot.same)(a, b), slot.metric);
    }
    metrics
}

/// Counts the numbers of one document.
pub(super) fn count(gold: &[NumberEntry], predicted: &[NumberEntry], tallies: &mut Tallies) {
    const ALL: [Metric; 4] = [Metric::Found, Metric::Span, Metric::Kind, Metric::Value];
    let pairs = pairs(gold, predicted);
    let pairs = pairs
        .iter()
        .filter_map(|&(g, p)| Some((gold.get(g)?, predicted.get(p)?)));
    for number in gold {
        sides(number, tallies, &ALL, Tally::of_counts(0, 0, 1));
    }
    for number in predicted {
        sides(number, tallies, &ALL, Tally::of_counts(0, 1, 0));
    }
    for (a, b) in pairs {
        let wrong = differing(a, b);
        for metric in ALL {
            if !wrong.contains(&metric) {
                credit(a, b, metric, tallies);
            }
        }
        for slot in SLOTS {
            if (slot.filled)(a) && (slot.filled)(b) && (slot.same)(a, b) {
                credit(a, b, slot.metric, tallies);
            }
        }
    }
}

/// Adds a number to all measures that concern it, without credit.
fn sides(number: &NumberEntry, tallies: &mut Tallies, all: &[Metric], tally: Tally) {
    let kind = kind_name(number);
    for &metric in all {
        tallies.add_class(metric, &kind, tally);
    }
    for slot in SLOTS {
        if (slot.filled)(number) {
            tallies.add_class(slot.metric, &kind, tally);
        }
    }
}

fn credit(gold: &NumberEntry, predicted: &NumberEntry, metric: Metric, tallies: &mut Tallies) {
    let right_gold = Tally {
        right_gold: 1.0,
        ..Tally::default()
    };
    let right_predicted = Tally {
        right_predicted: 1.0,
        ..Tally::default()
    };
    tallies.add_class(metric, &kind_name(gold), right_gold);
    tallies.add_class(metric, &kind_name(predicted), right_predicted);
}
