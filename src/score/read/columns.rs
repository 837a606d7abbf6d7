//! A token a line: CoNLL-2002, CoNLL-2003 and what took after them.
//!
//! The text is the tokens joined by blanks, sentences joined by line ends. Documents begin at -DOCSTART-;
//! in a file without it every sentence is a document.

use std::path::Path;

use super::{ReadError, stem};
use crate::score::column::{lenient, split_tag};
use crate::score::{Columns, Document, LabelMap, Mention};

/// Cells of a line: at tabs where it has any, else at white space.
fn cells(line: &str) -> Vec<&str> {
    if line.contains('\t') {
        line.trim_end_matches(['\r', '\n']).split('\t').collect()
    } else {
        line.split_whitespace().collect()
    }
}

/// True for `# key = value` and other notes; a row of the token `#` is none.
fn is_comment(line: &str) -> bool {
    let cells: Vec<&str> = line.split_whitespace().collect();
    line.starts_with("# ")
        && (cells.get(2) == Some(&"=") || !cells.last().is_some_and(|cell| is_tag(cell)))
}

fn is_tag(cell: &str) -> bool {
    let (prefix, kind) = split_tag(cell);
    match prefix {
        "O" => kind.is_empty(),
        "B" | "I" | "E" | "S" | "L" | "U" => !kind.is_empty(),
        _ => false,
    }
}

fn is_docstart(line: &str) -> bool {
    line.starts_with("-DOCSTART-")
}

/// The column of tags, counted from 0: the last of which every cell is a tag. None where there is none.
pub(super) fn tag_column(content: &str) -> Option<usize> {
    let mut candidates: Option<Vec<usize>> = None;
    for line in content.lines() {
        if line.trim().is_empty() || is_docstart(line) || is_comment(line) {
            continue;
        }
        let cells = cells(line);
        let tags = |&column: &usize| cells.get(column).is_some_and(|cell| is_tag(cell));
        match &mut candidates {
            None => candidates = Some((1..cells.len()).filter(tags).collect()),
            Some(candidates) => candidates.retain(tags),
        }
    }
    candidates?.pop()
}

/// The documents of a file. `iob1`: rewrite its tags to IOB2.
pub(super) fn columns(
    path: &Path,
    content: &str,
    iob1: bool,
    map: &LabelMap,
) -> Result<Vec<Document>, ReadError> {
    let tags = tag_column(content).ok_or_else(|| {
        ReadError::new(
            path.display(),
            "no column has an IOB tag (O, B-TYPE, I-TYPE, E-, S-) on every line",
        )
    })?;
    let has_docstart = content.lines().any(is_docstart);
    // CoNLL-U and its kin count the tokens in the first column.
    let counted = tags > 1
        && content
            .lines()
            .filter(|line| !line.trim().is_empty() && !is_docstart(line) && !is_comment(line))
            .all(|line| {
                cells(line)
                    .first()
                    .is_some_and(|cell| cell.parse::<u32>().is_ok())
            });
    let token_column = usize::from(counted);
    let mut documents: Vec<Vec<Sentence>> = Vec::new();
    let mut sentence: Sentence = Vec::new();
    let mut starts = true;
    for line in content.lines().chain([""]) {
        if !(line.trim().is_empty() || is_docstart(line)) {
            if !is_comment(line) {
                let cells = cells(line);
                if let (Some(token), Some(tag)) = (cells.get(token_column), cells.get(tags)) {
                    sentence.push((token, (*tag).to_owned()));
                }
            }
            continue;
        }
        if !sentence.is_empty() {
            if starts || !has_docstart {
                documents.push(Vec::new());
                starts = false;
            }
            let ended = std::mem::take(&mut sentence);
            if let Some(document) = documents.last_mut() {
                document.push(ended);
            }
        }
        starts |= is_docstart(line);
    }
    Ok(documents
        .into_iter()
        .enumerate()
        .map(|(index, sentences)| Document {
            id: format!("{}#{index}", stem(path)),
            ..document(sentences, iob1, map)
        })
        .collect())
}

/// Tokens with their tags.
type Sentence<'a> = Vec<(&'a str, String)>;

fn document(sentences: Vec<Sentence>, iob1: bool, map: &LabelMap) -> Document {
    let (mut text, mut at) = (String::new(), 0);
    let mut mentions = Vec::new();
    let mut columns = Columns::default();
    for sentence in sentences {
        if at > 0 {
            text.push('\n');
            at += 1;
        }
        let mut places = Vec::with_capacity(sentence.len());
        for (index, (token, _)) in sentence.iter().enumerate() {
            if index > 0 {
                text.push(' ');
                at += 1;
            }
            text.push_str(token);
            let start = at;
            at += token.chars().count();
            places.push((start, at));
        }
        let mut tags: Vec<String> = sentence.into_iter().map(|(_, tag)| tag).collect();
        let chunks = lenient(&tags);
        if iob1 {
            for (start, _, _) in &chunks {
                if let Some(tag) = tags.get_mut(*start) {
                    *tag = format!("B-{}", split_tag(tag).1);
                }
            }
        }
        for (first, last, label) in chunks {
            if let (Some(&(start, _)), Some(&(_, end))) = (places.get(first), places.get(last - 1))
            {
                mentions.push(Mention::labelled(start, end, &label, map));
            }
        }
        columns.sentences.push(
            places
                .into_iter()
                .zip(tags)
                .map(|((start, end), tag)| (start, end, mapped(&tag, map)))
                .collect(),
        );
    }
    Document {
        text,
        mentions,
        columns: Some(columns),
        ..Document::default()
    }
}

/// The tag with its type mapped; that of a masked type stays as it is.
fn mapped(tag: &str, map: &LabelMap) -> String {
    let (prefix, kind) = split_tag(tag);
    if kind.is_empty() {
        return tag.to_owned();
    }
    match map.read(kind) {
        (_, true) => tag.to_owned(),
        (types, false) => format!("{prefix}-{}", types.join("|")),
    }
}
