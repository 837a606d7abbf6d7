//! brat standoff: names (`T` lines) of an `.ann` beside its `.txt`. Discontinuous names are read as the
//! stretch from their first to their last character; relations, events and notes are left alone.

use std::path::Path;

use super::{ReadError, content, stem};
use crate::score::{Document, LabelMap, Mention};

pub(super) fn brat(
    path: &Path,
    annotations: &str,
    map: &LabelMap,
) -> Result<Vec<Document>, ReadError> {
    let beside = path.with_extension("txt");
    let text = content(&beside)?;
    let characters: Vec<char> = text.chars().collect();
    let length = characters.len();
    let mut mentions = Vec::new();
    for (index, line) in annotations.lines().enumerate() {
        if !line.starts_with('T') {
            continue;
        }
        let fault = |problem: &str| ReadError::line(path, index + 1, problem);
        let mut parts = line.split('\t').skip(1);
        let middle = parts.next().unwrap_or_default();
        let (label, places) = middle
            .split_once(' ')
            .ok_or_else(|| fault("not `Tn<TAB>LABEL START END<TAB>TEXT`"))?;
        let mut offsets = Vec::new();
        for number in places.split([' ', ';']) {
            let number = number.parse::<usize>();
            offsets.push(number.map_err(|_| fault("an offset is no number"))?);
        }
        let (start, end) = (offsets.first().copied(), offsets.last().copied());
        let (Some(start), Some(end)) = (start, end) else {
            return Err(fault("there are no offsets"));
        };
        if start >= end || end > length {
            return Err(fault(&format!(
                "[{start}, {end}) is not in the text of {length} characters"
            )));
        }
        // brat writes a line end inside a name as a blank.
        let here = characters.get(start..end).unwrap_or_default().iter();
        let here: String = here.map(|&c| if c == '\n' { ' ' } else { c }).collect();
        let contiguous = offsets.len() == 2;
        if contiguous
            && parts
                .next()
                .is_some_and(|written| written.trim_end() != here.trim_end())
        {
            return Err(fault(&format!("the text there is `{here}`")));
        }
        mentions.push(Mention::labelled(start, end, label, map));
    }
    Ok(vec![Document {
        id: stem(path),
        text,
        mentions,
        ..Document::default()
    }])
}
