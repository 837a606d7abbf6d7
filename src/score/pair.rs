//! Which document of one side is which of the other: by id and text, else by text.

use std::collections::{HashMap, VecDeque};

use super::Document;

/// Indexes into the two sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// Documents of both sides, sorted by id and text.
    pub both: Vec<(usize, usize)>,
    /// Documents of one id whose texts differ.
    pub different_text: Vec<(usize, usize)>,
    /// Documents of the left side only.
    pub left_only: Vec<usize>,
    /// Documents of the right side only.
    pub right_only: Vec<usize>,
}

/// By what documents find each other, first to last.
#[derive(Clone, Copy)]
enum Step {
    IdAndText,
    Text,
    Id,
}

impl Step {
    fn key(self, document: &Document) -> String {
        match self {
            Self::IdAndText => format!("{}\u{0}{}", document.id, document.text),
            Self::Text => document.text.clone(),
            Self::Id => document.id.clone(),
        }
    }
}

/// Puts two sides together; what comes out does not depend on their order.
pub fn pair(left: &[Document], right: &[Document]) -> Pairs {
    let (left_order, right_order) = (order(left), order(right));
    let mut pairs = Pairs::default();
    let mut taken = vec![false; right.len()];
    let mut rest = left_order;
    for step in [Step::IdAndText, Step::Text, Step::Id] {
        let mut waiting: HashMap<String, VecDeque<usize>> = HashMap::new();
        for &r in &right_order {
            if let (Some(false), Some(document)) = (taken.get(r), right.get(r)) {
                waiting.entry(step.key(document)).or_default().push_back(r);
            }
        }
        rest.retain(|&l| {
            let found = left
                .get(l)
                .map(|document| step.key(document))
                .and_then(|key| waiting.get_mut(&key)?.pop_front());
            let Some(r) = found else { return true };
            if let Some(taken) = taken.get_mut(r) {
                *taken = true;
            }
            let list = match step {
                Step::Id => &mut pairs.different_text,
                _ => &mut pairs.both,
            };
            list.push((l, r));
            false
        });
    }
    pairs.left_only = rest;
    pairs.right_only = right_order
        .into_iter()
        .filter(|&r| taken.get(r) == Some(&false))
        .collect();
    pairs.both.sort_by(|a, b| {
        let id = |pair: &(usize, usize)| left.get(pair.0).map(|d| (&d.id, &d.text));
        id(a).cmp(&id(b))
    });
    pairs
}

/// The order of documents, by all that is in them: twins are told apart by their annotations.
fn order(documents: &[Document]) -> Vec<usize> {
    let mut order: Vec<(usize, &Document)> = documents.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| {
        (&a.id, &a.text, &a.mentions)
            .cmp(&(&b.id, &b.text, &b.mentions))
            .then_with(|| {
                let numbers = |document: &Document| format!("{:?}", document.numbers);
                numbers(a).cmp(&numbers(b))
            })
    });
    order.into_iter().map(|(index, _)| index).collect()
}
