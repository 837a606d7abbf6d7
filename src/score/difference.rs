//! What two sides say differently, one by one, with the words around it.

use serde_json::{Map, Value};

use super::actor::known;
use super::{Document, Mention, mention, number};
use crate::record::NumberEntry;

/// What one side says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// The types, the value, or the actor's id.
    pub label: String,
}

/// Something that two sides say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// `mention`, `number` or `actor`.
    pub what: &'static str,
    /// In what they differ: nothing where one side has it alone.
    pub fields: Vec<&'static str>,
    /// The gold, or the first run.
    pub left: Option<Side>,
    /// The prediction, or the second run.
    pub right: Option<Side>,
    /// The words around it; the place itself in `[` and `]`.
    pub context: String,
}

/// What two sides of one text say differently, in the order of the text. The mentions are given apart,
/// because an evaluation leaves some out.
pub fn differences(
    left: &Document,
    right: &Document,
    left_mentions: &[Mention],
    right_mentions: &[Mention],
) -> Vec<Difference> {
    let text: Vec<char> = left.text.chars().collect();
    let mut found = Vec::new();
    let mut add = |what, fields, left: Option<Side>, right: Option<Side>| {
        let places = [left.as_ref(), right.as_ref()];
        let places = || places.into_iter().flatten();
        let start = places().map(|side| side.start).min().unwrap_or_default();
        let end = places().map(|side| side.end).max().unwrap_or_default();
        found.push((
            (start, end),
            Difference {
                what,
                fields,
                left,
                right,
                context: context(&text, start, end),
            },
        ));
    };
    let side = |mention: &Mention| Side {
        start: mention.start,
        end: mention.end,
        text: words(&text, mention.start, mention.end),
        label: mention.label(),
    };
    let pairs = mention::pairs(left_mentions, right_mentions);
    let pairs = |at: usize| pairs.get(at).copied();
    for (a, b) in partners(left_mentions, right_mentions, pairs) {
        let mut fields = Vec::new();
        if let (Some(a), Some(b)) = (a, b) {
            if (a.start, a.end) != (b.start, b.end) {
                fields.push("boundary");
            }
            if mention::shared(a, b).is_none() {
                fields.push("type");
            }
            let linked = left.has_actors && right.has_actors && !fields.contains(&"boundary");
            let actor = |m: &Mention| m.actor.as_ref().map(|link| link.id.clone());
            let same = match (known(a), known(b)) {
                (Some(a), Some(b)) => a == b,
                // Ids of actors outside the book mean something in one run only, unless they are the same.
                (None, None) => actor(a).is_some() == actor(b).is_some(),
                _ => false,
            };
            if linked && !same {
                let link = |m: &Mention| Side {
                    label: actor(m).unwrap_or_else(|| "nobody".to_owned()),
                    ..side(m)
                };
                add("actor", vec!["actor"], Some(link(a)), Some(link(b)));
            }
            if fields.is_empty() {
                continue;
            }
        }
        add("mention", fields, a.map(side), b.map(side));
    }
    if let (Some(a), Some(b)) = (&left.numbers, &right.numbers) {
        let side = |number: &NumberEntry| Side {
            start: number.start,
            end: number.end,
            text: words(&text, number.start, number.end),
            label: describe(number),
        };
        let pairs = number::pairs(a, b);
        for (a, b) in partners(a, b, |at| pairs.get(at).copied()) {
            let fields = match (a, b) {
                (Some(a), Some(b)) => number::differing(a, b),
                _ => Vec::new(),
            };
            if a.is_none() || b.is_none() || !fields.is_empty() {
                let names = fields.into_iter().map(|metric| metric.name()).collect();
                add("number", names, a.map(side), b.map(side));
            }
        }
    }
    found.sort_by(|(a, x), (b, y)| (a, x.what).cmp(&(b, y.what)));
    found
        .into_iter()
        .map(|(_, difference)| difference)
        .collect()
}

/// What a side has with its partner on the other; what has none, alone.
fn partners<'a, T>(
    left: &'a [T],
    right: &'a [T],
    pair: impl Fn(usize) -> Option<(usize, usize)>,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let mut partner = vec![None; left.len()];
    let mut alone = vec![true; right.len()];
    let mut at = 0;
    while let Some((l, r)) = pair(at) {
        if let (Some(partner), Some(alone)) = (partner.get_mut(l), alone.get_mut(r)) {
            *partner = right.get(r);
            *alone = false;
        }
        at += 1;
    }
    let alone = right.iter().zip(alone).filter(|(_, alone)| *alone);
    left.iter()
        .zip(partner)
        .map(|(item, partner)| (Some(item), partner))
        .chain(alone.map(|(item, _)| (None, Some(item))))
        .collect()
}

/// A number in words: `money 5 to 6 USD, at_least, of "barrels"`.
fn describe(number: &NumberEntry) -> String {
    let mut words = vec![number::kind_name(number)];
    words.extend(number.value.clone());
    if let (None, low, high) = (&number.value, &number.low, &number.high)
        && (low.is_some() || high.is_some())
    {
        let end = |end: &Option<String>| end.clone().unwrap_or_default();
        words.push(format!("{}..{}", end(low), end(high)));
    }
    words.extend(number.date.clone().or_else(|| number.timex.clone()));
    words.extend(number.unit.clone());
    words.extend(number.per.as_ref().map(|per| format!("per {per}")));
    if let Some(serde_json::Value::String(modifier)) = number
        .modifier
        .and_then(|modifier| serde_json::to_value(modifier).ok())
    {
        words.push(modifier);
    }
    words.extend(number.noun.as_ref().map(|noun| format!("of `{noun}`")));
    words.join(" ")
}

/// Characters that are shown on each side.
const AROUND: usize = 40;

fn words(text: &[char], start: usize, end: usize) -> String {
    text.get(start..end).unwrap_or_default().iter().collect()
}

/// The words around a place, on one line.
fn context(text: &[char], start: usize, end: usize) -> String {
    let shown = format!(
        "{}[{}]{}",
        words(text, start.saturating_sub(AROUND), start),
        words(text, start, end),
        words(text, end, (end + AROUND).min(text.len())),
    );
    one_line(&shown)
}

/// Without line ends and other control characters, which could do things to a terminal.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

impl Difference {
    /// In one word for one side alone, else what differs. `names` are those of the two sides alone.
    pub fn kind(&self, names: [&str; 2]) -> String {
        match (&self.left, &self.right) {
            (Some(_), None) => names[0].to_owned(),
            (None, _) => names[1].to_owned(),
            _ => self.fields.join("+"),
        }
    }

    /// As an object of JSON, with these names for what one side has alone, and for the sides.
    pub fn json(&self, alone: [&str; 2], sides: [&str; 2]) -> Map<String, Value> {
        let side = |side: &Option<Side>| match side {
            None => Value::Null,
            Some(side) => serde_json::json!({
                "start": side.start, "end": side.end, "text": side.text, "label": side.label,
            }),
        };
        let mut object = Map::new();
        object.insert("what".into(), self.what.into());
        object.insert("kind".into(), self.kind(alone).into());
        object.insert(sides[0].into(), side(&self.left));
        object.insert(sides[1].into(), side(&self.right));
        object.insert("context".into(), self.context.clone().into());
        object
    }

    /// Two or three lines for a reader.
    pub fn lines(&self, alone: [&str; 2], sides: [&str; 2]) -> String {
        let width = sides[0].len().max(sides[1].len());
        let mut lines = format!("  {} {}: {}\n", self.what, self.kind(alone), self.context);
        for (name, side) in sides.iter().zip([&self.left, &self.right]) {
            if let Some(side) = side {
                let (text, label) = (one_line(&side.text), one_line(&side.label));
                lines += &format!(
                    "    {name:width$}  {label}  `{text}` [{}, {})\n",
                    side.start, side.end
                );
            }
        }
        lines
    }
}
