//! JSON lines: our records, and texts with spans.

use std::path::Path;

use serde_json::Value;

use super::{ReadError, stem};
use crate::record::{Record, check};
use crate::score::{Document, LabelMap, Mention};

/// Our records. They are held to their contract, for gold that is edited by hand slips easily.
pub(super) fn records(
    path: &Path,
    content: &str,
    map: &LabelMap,
) -> Result<Vec<Document>, ReadError> {
    let mut documents = Vec::new();
    for (index, line) in lines(content) {
        let record = Record::from_line(line.as_bytes())
            .map_err(|error| ReadError::line(path, index, format!("not a record: {error}")))?;
        if let Some(fault) = check(&record).into_iter().next() {
            return Err(ReadError::line(path, index, fault));
        }
        let mut document = Document::from(record);
        for mention in &mut document.mentions {
            let (types, masked) = map.read(&mention.label());
            (mention.types, mention.masked) = (types, masked);
        }
        documents.push(document);
    }
    Ok(documents)
}

/// `{id, text, spans}`. Lines that an annotator of Prodigy rejected or ignored are no gold.
pub(super) fn spans(
    path: &Path,
    content: &str,
    map: &LabelMap,
) -> Result<Vec<Document>, ReadError> {
    let mut documents = Vec::new();
    for (index, line) in lines(content) {
        let fault = |problem: &str| ReadError::line(path, index, problem);
        let value: Value = serde_json::from_str(line)
            .map_err(|error| ReadError::line(path, index, format!("not JSON: {error}")))?;
        let answer = value.get("answer").and_then(Value::as_str);
        if matches!(answer, Some("reject" | "ignore")) {
            continue;
        }
        let text = value.get("text").and_then(Value::as_str);
        let text = text.ok_or_else(|| fault("there is no string `text`"))?;
        let spans = value.get("spans").and_then(Value::as_array);
        let spans = spans.ok_or_else(|| fault("there is no list `spans`"))?;
        let length = text.chars().count();
        let mut mentions = Vec::with_capacity(spans.len());
        for span in spans {
            let (start, end, label) =
                place(span).ok_or_else(|| fault("a span has no start, end and label"))?;
            if start >= end || end > length {
                let problem = format!("the span [{start}, {end}) is not in the text of {length}");
                return Err(fault(&problem));
            }
            mentions.push(Mention::labelled(start, end, label, map));
        }
        documents.push(Document {
            id: match value.get("id") {
                Some(Value::String(id)) => id.clone(),
                Some(Value::Number(id)) => id.to_string(),
                _ => format!("{}#{}", stem(path), index - 1),
            },
            text: text.to_owned(),
            mentions,
            ..Document::default()
        });
    }
    Ok(documents)
}

fn place(span: &Value) -> Option<(usize, usize, &str)> {
    let (start, end, label) = match span {
        Value::Array(parts) => (parts.first()?, parts.get(1)?, parts.get(2)?),
        _ => (span.get("start")?, span.get("end")?, span.get("label")?),
    };
    let offset = |value: &Value| usize::try_from(value.as_u64()?).ok();
    Some((offset(start)?, offset(end)?, label.as_str()?))
}

/// Lines that are not blank, with their numbers from 1.
fn lines(content: &str) -> impl Iterator<Item = (usize, &str)> {
    content
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim().is_empty())
}
