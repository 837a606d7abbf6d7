//! Names by token tags, exactly as two programs count that everybody cites.
//!
//! `conlleval` (Tjong Kim Sang and Buchholz 2000) cuts chunks from any tags; seqeval's strict mode with
//! IOB2 sees no chunk without its B. Scope and masks do not apply here, for they do not there.

use std::collections::BTreeSet;

use super::measure::{Metric, Tallies};
use super::{Columns, Document, Mention, Tally};

/// A chunk: first token, one past the last, type.
pub(super) type Chunk = (usize, usize, String);

/// Prefix and type of a tag; BILOU's L and U as E and S.
pub(super) fn split_tag(tag: &str) -> (&str, &str) {
    let (prefix, kind) = tag.split_once('-').unwrap_or((tag, ""));
    let prefix = match prefix {
        "L" => "E",
        "U" => "S",
        prefix => prefix,
    };
    (prefix, kind)
}

/// The chunks as conlleval's startOfChunk and endOfChunk cut them: IOB1, IOB2 and BIOES alike.
pub(super) fn lenient<T: AsRef<str>>(tags: &[T]) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let (mut before, mut kind_before) = ("O", "");
    let ended = ("O", "");
    let all = tags
        .iter()
        .map(|tag| split_tag(tag.as_ref()))
        .chain([ended]);
    for (place, (tag, kind)) in all.enumerate() {
        let ends = before != "O"
            && (matches!(before, "E" | "S")
                || matches!(tag, "B" | "S" | "O")
                || kind_before != kind);
        let starts = tag != "O"
            && (matches!(tag, "B" | "S")
                || matches!(before, "O" | "E" | "S")
                || kind_before != kind);
        if ends && let Some((start, kind)) = open.take() {
            chunks.push((start, place, kind.to_owned()));
        }
        if starts {
            open = Some((place, kind));
        }
        (before, kind_before) = (tag, kind);
    }
    chunks
}

/// The chunks of strict IOB2: B, then I of the same type. None where a tag has another prefix, for which
/// seqeval's IOB2 raises an error.
pub(super) fn strict<T: AsRef<str>>(tags: &[T]) -> Option<Vec<Chunk>> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut open = false;
    for (place, tag) in tags.iter().enumerate() {
        match split_tag(tag.as_ref()) {
            ("B", kind) => {
                chunks.push((place, place + 1, kind.to_owned()));
                open = true;
            }
            ("I", kind) => match chunks.last_mut() {
                Some(chunk) if open && chunk.2 == kind => chunk.1 = place + 1,
                _ => open = false,
            },
            ("O", "") => open = false,
            _ => return None,
        }
    }
    Some(chunks)
}

/// The tags, in IOB2, of tokens in which these mentions are. A mention takes every token that it touches.
fn tagged(columns: &Columns, mentions: &[Mention]) -> Vec<Vec<String>> {
    let mut first = 0;
    columns
        .sentences
        .iter()
        .map(|sentence| {
            let mut last = None;
            sentence
                .iter()
                .map(|&(start, end, _)| {
                    while mentions
                        .get(first)
                        .is_some_and(|mention| mention.end <= start)
                    {
                        first += 1;
                    }
                    match mentions.get(first).filter(|mention| mention.start < end) {
                        None => "O".to_owned(),
                        Some(mention) => {
                            let prefix = if last == Some(first) { "I" } else { "B" };
                            last = Some(first);
                            format!("{prefix}-{}", mention.label())
                        }
                    }
                })
                .collect()
        })
        .collect()
}

fn tags_of(columns: &Columns) -> Vec<Vec<String>> {
    let tags = columns.sentences.iter();
    tags.map(|sentence| sentence.iter().map(|(_, _, tag)| tag.clone()).collect())
        .collect()
}

/// Counts a document whose gold has columns. A prediction without columns is written into the gold's.
/// False where seqeval could not count it.
pub(super) fn count(gold: &Document, predicted: &Document, tallies: &mut Tallies) -> bool {
    let Some(columns) = &gold.columns else {
        return true;
    };
    let right = tags_of(columns);
    let said = match &predicted.columns {
        Some(columns) => tags_of(columns),
        None => tagged(columns, &predicted.mentions),
    };
    let mut is_iob2 = true;
    for (right, said) in right.iter().zip(&said) {
        add(Metric::Conlleval, lenient(right), lenient(said), tallies);
        match (strict(right), strict(said)) {
            (Some(right), Some(said)) => add(Metric::SeqevalStrict, right, said, tallies),
            _ => is_iob2 = false,
        }
    }
    is_iob2
}

fn add(metric: Metric, gold: Vec<Chunk>, predicted: Vec<Chunk>, tallies: &mut Tallies) {
    let said: BTreeSet<&Chunk> = predicted.iter().collect();
    for chunk in &predicted {
        tallies.add_class(metric, &chunk.2, Tally::of_counts(0, 1, 0));
    }
    for chunk in &gold {
        let right = usize::from(said.contains(chunk));
        tallies.add_class(metric, &chunk.2, Tally::of_counts(right, 0, 1));
    }
}
