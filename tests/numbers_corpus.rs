//! The project's own sentences with numbers, against floors; `--nocapture` prints every miss in its sentence.

use std::collections::BTreeSet;
use std::path::Path;

use headcount::number::{Number, extract};
use headcount::text::{Text, sentence::sentences};
use serde_json::{Value, json};

const MEASURES: [&str; 7] = [
    "span",
    "kind",
    "value",
    "unit",
    "modifier",
    "noun",
    "precision",
];

/// In the order of `MEASURES`, each just below what was reached.
const FLOORS: [(&str, [f64; 7]); 2] = [
    ("dev", [0.99, 0.99, 0.99, 0.98, 0.99, 0.98, 0.99]),
    ("test", [0.98, 0.97, 0.98, 0.92, 0.97, 0.93, 0.94]),
];

/// Hits and chances of each measure.
#[derive(Default)]
struct Tally([(usize, usize); 7]);

impl Tally {
    fn add(&mut self, measure: usize, hit: bool) {
        let (hits, chances) = &mut self.0[measure];
        *hits += usize::from(hit);
        *chances += 1;
    }

    fn rate(&self, measure: usize) -> f64 {
        let (hits, chances) = self.0[measure];
        hits as f64 / chances.max(1) as f64
    }
}

/// A number with the field names of the gold.
fn fields(text: &Text, number: &Number) -> Value {
    let (start, end) = text.char_offsets(number.span);
    json!({
        "start": start, "end": end, "text": text.slice(number.span), "kind": number.kind,
        "value": number.value, "low": number.low, "high": number.high, "unit": number.unit,
        "date": number.date, "timex": number.timex,
        "modifier": number.modifier.map(|(modifier, _)| modifier),
        "noun": number.noun.map(|noun| text.slice(noun)),
        "definite": number.definite, "part_of": number.part_of, "same_as": number.same_as,
        "changed_from": number.changed_from,
    })
}

fn offset(number: &Value, key: &str) -> u64 {
    number[key].as_u64().expect("an offset")
}

fn overlap(a: &Value, b: &Value) -> u64 {
    let end = offset(a, "end").min(offset(b, "end"));
    end.saturating_sub(offset(a, "start").max(offset(b, "start")))
}

/// Kinds that are told apart by taste count as one.
fn class(number: &Value) -> &str {
    match number["kind"].as_str() {
        Some("vague" | "multiple" | "fraction" | "score") => "cardinal",
        kind => kind.unwrap_or_default(),
    }
}

/// At least and more than are one family, at most and less than another.
fn family(number: &Value) -> &str {
    match number["modifier"].as_str() {
        Some("at_least" | "more_than") => "lower",
        Some("at_most" | "less_than") => "upper",
        modifier => modifier.unwrap_or("none"),
    }
}

fn same_amount(gold: &Value, found: &Value, key: &str) -> bool {
    let amount = |number: &Value| number[key].as_str().and_then(|text| text.parse().ok());
    let (Some(gold), found) = (amount(gold), amount(found)) else {
        return true;
    };
    let found: f64 = match found {
        Some(found) => found,
        None => return false,
    };
    let gold: f64 = gold;
    (gold - found).abs() <= 1e-6 * gold.abs().max(1.0)
        || gold.abs() < 1.0 && (gold - found).abs() < 2e-3 * gold.abs()
}

fn same_value(gold: &Value, found: &Value) -> bool {
    let other = gold["date_alt"].as_array().cloned().unwrap_or_default();
    let date =
        gold["date"].is_null() || gold["date"] == found["date"] || other.contains(&found["date"]);
    let timex = gold["timex"].is_null()
        || gold["timex"] == found["timex"]
        || other.contains(&found["timex"]);
    date && timex
        && ["value", "low", "high"]
            .iter()
            .all(|key| same_amount(gold, found, key))
}

fn score(half: &str) -> Tally {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("corpus/numbers/{half}.jsonl"));
    let cases = std::fs::read_to_string(path).expect("the corpus is in the repository");
    let mut tally = Tally::default();
    let (mut links, mut right) = (0, 0);
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let text = Text::new(case["text"].as_str().expect("a case has text").to_owned());
        let reference = case["reference_date"]
            .as_str()
            .and_then(|date| date.parse().ok());
        let spans = sentences(&text, text.whole());
        let found: Vec<Value> = extract(&text, &spans, &[], &[], reference)
            .iter()
            .map(|number| fields(&text, number))
            .collect();
        let gold = case["gold"].as_array().expect("a case has gold");
        // One to one, the larger overlap first in reading order.
        let mut taken = BTreeSet::new();
        let pairs: Vec<Option<usize>> = gold
            .iter()
            .map(|gold| {
                let best = (0..found.len())
                    .filter(|place| !taken.contains(place) && overlap(gold, &found[*place]) > 0)
                    .max_by_key(|place| overlap(gold, &found[*place]))?;
                taken.insert(best);
                Some(best)
            })
            .collect();
        let miss = |measure: &str, gold: &Value, found: &Value| {
            eprintln!(
                "{half} {} {measure}: {}\n    gold  {gold}\n    found {found}",
                case["id"],
                text.as_str()
            );
        };
        for (gold, pair) in gold.iter().zip(&pairs) {
            let found = pair.map_or(Value::Null, |place| found[place].clone());
            let matched = pair.is_some();
            let counts = matches!(
                gold["kind"].as_str(),
                Some("cardinal" | "vague" | "ordinal")
            );
            let checks = [
                Some(matched),
                Some(class(gold) == class(&found)),
                Some(same_value(gold, &found)),
                (!gold["unit"].is_null() && gold["unit_ambiguous"].is_null())
                    .then(|| gold["unit"] == found["unit"]),
                Some(family(gold) == family(&found)),
                (counts && gold["noun_free"].is_null()).then(|| gold["noun"] == found["noun"]),
            ];
            for (measure, check) in checks.into_iter().enumerate() {
                let Some(hit) = check else { continue };
                tally.add(measure, hit && matched);
                if !hit && (matched || measure == 0) {
                    miss(MEASURES[measure], gold, &found);
                }
            }
            for key in ["definite", "part_of", "same_as", "changed_from"] {
                if gold[key].is_null() {
                    continue;
                }
                // The gold's index says which gold number, the program's which found one.
                let aim = gold[key].as_u64().map_or(gold[key].clone(), |aim| {
                    json!(pairs.get(aim as usize).copied().flatten())
                });
                let hit = matched && aim == found[key];
                links += 1;
                right += usize::from(hit);
                if matched && !hit {
                    miss(key, gold, &found);
                }
            }
        }
        for (place, found) in found.iter().enumerate() {
            let hit = taken.contains(&place);
            tally.add(6, hit);
            if !hit {
                miss("too much", &Value::Null, found);
            }
        }
    }
    for (measure, name) in MEASURES.iter().enumerate() {
        let (hits, chances) = tally.0[measure];
        println!(
            "{half:5} {name:10} {:.3} ({hits}/{chances})",
            tally.rate(measure)
        );
    }
    println!("{half:5} links      {right}/{links}");
    tally
}

#[test]
fn the_corpus_reaches_its_floors() {
    let mut short = Vec::new();
    for (half, floors) in FLOORS {
        let tally = score(half);
        for (measure, floor) in floors.into_iter().enumerate() {
            if tally.rate(measure) < floor {
                short.push(format!(
                    "{half} {}: {:.3} below {floor}",
                    MEASURES[measure],
                    tally.rate(measure)
                ));
            }
        }
    }
    assert!(short.is_empty(), "{}", short.join("\n"));
}

#[test]
fn the_corpus_is_large_and_full_of_traps() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/numbers");
    let (mut cases, mut traps, mut kinds) = (0, 0, BTreeSet::new());
    for half in ["dev", "test"] {
        let lines = std::fs::read_to_string(folder.join(format!("{half}.jsonl"))).expect("a half");
        for line in lines.lines() {
            let case: Value = serde_json::from_str(line).expect("a case is JSON");
            let text: Vec<char> = case["text"].as_str().expect("text").chars().collect();
            let gold = case["gold"].as_array().expect("gold");
            cases += 1;
            traps +=
                usize::from(gold.is_empty() || !case["tags"].as_array().expect("tags").is_empty());
            for number in gold {
                kinds.insert(number["kind"].as_str().expect("a kind").to_owned());
                let span = offset(number, "start") as usize..offset(number, "end") as usize;
                assert_eq!(
                    text[span].iter().collect::<String>(),
                    number["text"].as_str().expect("text")
                );
            }
        }
    }
    assert!(
        cases >= 250 && traps * 4 >= cases,
        "{cases} cases, {traps} traps"
    );
    assert_eq!(kinds.len(), 14, "{kinds:?}");
}
