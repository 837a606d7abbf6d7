//! The project's own sentences on who is meant (corpus/actors): each rule must do what it says.
//!
//! A sentence marks its names as `[name|TYPE|actor]`, with `-` where nobody is to be linked. Where it also
//! has `mended`, the marks are what a tagger saw, and that is what must come of them, as `name|TYPE|actor`.
//! Floors are what the rules reached when they were written; a rule that falls below its floor fails.

use std::collections::BTreeMap;
use std::path::Path;

use headcount::actor::{Book, Context};
use headcount::tag::{EntityType, Mention};
use headcount::text::{Span, Text, region};
use serde_json::Value;

/// The share of all names that must be right, and of the names of each rule.
const FLOORS: (f64, f64) = (0.99, 0.85);

struct Sample {
    text: Text,
    mentions: Vec<Mention>,
    gold: Vec<String>,
}

fn sample(marked: &str) -> Option<Sample> {
    let (mut source, mut marks, mut gold, mut rest) =
        (String::new(), Vec::new(), Vec::new(), marked);
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, after) = after.split_once(']')?;
        let mut parts = inside.split('|');
        let (name, kind, actor) = (parts.next()?, parts.next()?, parts.next().unwrap_or("-"));
        gold.push(format!("{name}|{kind}|{actor}"));
        let kind: EntityType = serde_json::from_value(kind.into()).ok()?;
        source.push_str(before);
        marks.push((source.len()..source.len() + name.len(), kind));
        source.push_str(name);
        rest = after;
    }
    source.push_str(rest);
    let text = Text::new(source);
    let mentions = marks
        .into_iter()
        .map(|(range, kind)| {
            Some(Mention {
                span: text.span(range)?,
                kind,
                score: 0.9,
            })
        })
        .collect::<Option<Vec<_>>>()?;
    Some(Sample {
        text,
        mentions,
        gold,
    })
}

#[test]
fn every_rule_does_what_it_says() {
    let book = Book::embedded().expect("the book is sound");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/actors/rules.jsonl");
    let lines = std::fs::read_to_string(path).expect("the corpus");
    let mut tally: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let (mut sentences, mut wrong) = (0, Vec::new());
    for line in lines.lines() {
        let row: Value = serde_json::from_str(line).expect("a JSON line");
        let rule = row.get("rule").and_then(Value::as_str).expect("a rule");
        let marked = row.get("text").and_then(Value::as_str).expect("a text");
        let published = row.get("published").and_then(Value::as_str);
        let sample = sample(marked).unwrap_or_else(|| panic!("marks: {marked}"));
        let whole: [Span; 1] = [sample.text.whole()];
        let layout = region::layout(&sample.text, None);
        let datelines = layout.regions.iter().filter(|r| r.rule == "dateline");
        let datelines: Vec<Span> = datelines.map(|r| r.span).collect();
        let context = Context {
            published: published.and_then(|date| date.parse().ok()),
            datelines: &datelines,
            outlet: row.get("outlet").and_then(Value::as_str),
            ..Context::bare(&sample.text, &whole)
        };
        let wanted = row.get("mended").and_then(Value::as_array);
        let mentions = match wanted {
            Some(_) => book.mend(context, sample.mentions.clone()),
            None => sample.mentions.clone(),
        };
        let resolution = book.resolve(context, &mentions);
        sentences += 1;
        let found: Vec<String> = resolution
            .mentions
            .iter()
            .map(|mention| {
                let actor = mention.actor.and_then(|at| resolution.actors.get(at));
                let id = actor.map_or("-", |actor| actor.id.as_str());
                let name = sample.text.slice(mention.mention.span);
                let kind = serde_json::to_value(mention.mention.kind).expect("a type");
                format!("{name}|{}|{id}", kind.as_str().unwrap_or_default())
            })
            .collect();
        let gold: Vec<String> = match wanted {
            Some(names) => names
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            None => sample.gold.clone(),
        };
        let pairs = found.len().max(gold.len());
        for at in 0..pairs {
            let (is, should) = (found.get(at), gold.get(at));
            let (right, all) = tally.entry(rule.to_owned()).or_default();
            *all += 1;
            *right += usize::from(is == should);
            if is != should {
                wrong.push(format!("{rule}: {is:?}, not {should:?}"));
            }
        }
    }
    assert!(sentences >= 200, "{sentences} sentences");
    let (right, all) = tally
        .values()
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let share = |right: usize, all: usize| right as f64 / all as f64;
    let wrong = wrong.join("\n");
    assert!(
        share(right, all) >= FLOORS.0,
        "{right} of {all} names\n{wrong}"
    );
    for (rule, (right, all)) in tally {
        assert!(
            share(right, all) >= FLOORS.1,
            "{rule}: {right} of {all} names\n{wrong}"
        );
    }
}
