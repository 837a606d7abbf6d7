//! Numbers: found or not, and of those that are found, what they say.
//!
//! Kind and value are right or wrong for every number. Unit, modifier and noun are slots: only numbers
//! that have one count, on either side.

use rust_decimal::Decimal;

use super::Tally;
use super::align::align;
use super::measure::{Metric, Tallies};
use crate::number::NumberKind;
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

/// Decimal places below which a rounded fraction is another number: 0.33 is no third.
const ROUNDED: u32 = 4;

/// The same decimal. A fraction that does not come out even is the same however far it is written out:
/// 0.6667 is 0.666666667.
fn same_decimal(a: Option<&str>, b: Option<&str>, fraction: bool) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return a == b;
    };
    if plain(a) == plain(b) {
        return true;
    }
    let (Ok(a), Ok(b)) = (a.parse::<Decimal>(), b.parse::<Decimal>()) else {
        return false;
    };
    let places = a.scale().min(b.scale());
    fraction && places >= ROUNDED && a.round_dp(places) == b.round_dp(places)
}

/// True for a TIMEX value that leaves open which day or year is meant, and so says no more than none.
fn is_open(number: &NumberEntry) -> bool {
    let timed = matches!(number.kind, NumberKind::Date | NumberKind::Time);
    number.timex.as_deref().is_none_or(|timex| {
        timed && (timex.starts_with(['X', 'P', '-']) || timex.ends_with("_REF"))
    })
}

/// TIMEX values say the same, or one is left out that would have left the date open.
fn same_timex(a: &NumberEntry, b: &NumberEntry) -> bool {
    match (&a.timex, &b.timex) {
        (Some(a), Some(b)) => a == b,
        _ => is_open(a) && is_open(b),
    }
}

/// Value and range, the date, the two sides of a score. The TIMEX value repeats in another form what
/// value and unit or the date say, and is compared only where there is neither.
fn same_value(a: &NumberEntry, b: &NumberEntry) -> bool {
    let has_amount = |number: &NumberEntry| {
        number.value.is_some() || number.low.is_some() || number.high.is_some()
    };
    let fraction = a.kind == NumberKind::Fraction || b.kind == NumberKind::Fraction;
    let same =
        |a: &Option<String>, b: &Option<String>| same_decimal(a.as_deref(), b.as_deref(), fraction);
    same(&a.value, &b.value)
        && same(&a.low, &b.low)
        && same(&a.high, &b.high)
        && a.date == b.date
        && (a.exact == b.exact || ![a.kind, b.kind].contains(&NumberKind::Score))
        && (a.date.is_some() || has_amount(a) || same_timex(a, b))
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A number with these fields.
    fn number(fields: serde_json::Value) -> NumberEntry {
        let mut number = json!({"start": 0, "end": 1, "text": "x", "region": "body"});
        if let (Some(number), serde_json::Value::Object(fields)) = (number.as_object_mut(), fields)
        {
            number.extend(fields);
        }
        serde_json::from_value(number).expect("a number of the record")
    }

    #[track_caller]
    fn check(a: serde_json::Value, b: serde_json::Value, same: bool) {
        let (a, b) = (number(a), number(b));
        assert_eq!(same_value(&a, &b), same, "{a:?} {b:?}");
        assert_eq!(same_value(&b, &a), same, "exchanged: {a:?} {b:?}");
    }

    #[test]
    fn a_fraction_is_compared_as_rounded_and_nothing_else_is() {
        let fraction = |value: &str| json!({"kind": "fraction", "value": value});
        check(fraction("0.6667"), fraction("0.6666666667"), true);
        check(
            fraction("0.333333"),
            fraction("0.3333333333333333333333333333"),
            true,
        );
        check(fraction("0.5"), fraction("0.50"), true);
        check(fraction("0.33"), fraction("0.3333"), false);
        check(fraction("0.6667"), fraction("0.6665"), false);
        check(fraction("0.5"), fraction("0.45"), false);
        let cardinal = |value: &str| json!({"kind": "cardinal", "value": value});
        check(cardinal("0.66667"), cardinal("0.666666"), false);
    }

    #[test]
    fn the_timex_value_counts_where_nothing_else_says_it() {
        let months = json!({"kind": "duration", "value": "2", "unit": "month"});
        let timed = json!({"kind": "duration", "value": "2", "unit": "month", "timex": "P2M"});
        check(months, timed, true);
        let day = json!({"kind": "date", "date": "2024-05-24"});
        let week_day = json!({"kind": "date", "date": "2024-05-24", "timex": "XXXX-WXX-5"});
        check(day, week_day.clone(), true);
        check(
            json!({"kind": "date", "date": "2024-05-31"}),
            week_day,
            false,
        );
        let time = |timex: &str| json!({"kind": "time", "timex": timex});
        check(time("T10:20"), time("T10:20"), true);
        check(time("T10:20"), time("T22:20"), false);
        check(time("T10:20"), json!({"kind": "time"}), false);
        // What leaves the date open says no more than none; two open ones must agree.
        let open = |timex: &str| json!({"kind": "date", "timex": timex});
        check(json!({"kind": "date"}), open("XXXX-WXX-4"), true);
        check(open("XXXX-10-02"), open("XXXX-10-03"), false);
        let every = json!({"kind": "set", "timex": "XXXX-WXX-4"});
        check(every, json!({"kind": "set"}), false);
    }

    #[test]
    fn both_sides_of_a_score_count() {
        let score = |exact: &str| json!({"kind": "score", "value": "3", "exact": exact});
        check(score("3-1"), score("3-1"), true);
        check(score("3-1"), score("3-2"), false);
    }
}
