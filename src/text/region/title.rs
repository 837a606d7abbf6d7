//! Whether a line, or its beginning, is the record's own title.

use std::collections::HashMap;

/// Fewest words of a title that is looked for at the beginning of a longer line.
const WORDS: usize = 3;

/// Share of words in common at which a whole line is the title.
const ALIKE: f64 = 0.8;

/// Length in bytes of the title at the start of `line`, with the marks and white space after it; the
/// whole line where it is the title, or nearly.
pub(super) fn length(line: &str, title: &str) -> Option<usize> {
    let title = title.trim();
    let parts = [" | ", " - ", " – ", " — "];
    let without_site = parts
        .iter()
        .find_map(|mark| title.rsplit_once(mark).map(|(own, _)| own));
    [Some(title), without_site]
        .into_iter()
        .flatten()
        .find_map(|title| {
            if is_alike(line, title) {
                return Some(line.len());
            }
            if title.split_whitespace().count() < WORDS {
                return None;
            }
            let end = common(line, title)?;
            let rest = line.get(end..)?;
            let after =
                rest.trim_start_matches(|c: char| c.is_whitespace() || ".:|–—-".contains(c));
            // A sentence that begins with the title's words runs on: "Two killed in blast" and "Two
            // killed in blast near Kabul, police said".
            let apart = after.starts_with(|c: char| !c.is_lowercase() && c != ',' && c != ';');
            let touching = rest.starts_with(char::is_alphanumeric);
            (after.is_empty() || (apart && !touching)).then_some(line.len() - after.len())
        })
}

/// Letters and digits, in small letters.
fn plain(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
        .flat_map(|(at, c)| {
            c.to_lowercase()
                .map(move |lower| (at + c.len_utf8(), lower))
        })
}

/// The byte of `line` at which all letters and digits of `title` have been met, in order.
fn common(line: &str, title: &str) -> Option<usize> {
    let mut found = plain(line);
    let mut end = None;
    for (_, wanted) in plain(title) {
        let (at, met) = found.next()?;
        if met != wanted {
            return None;
        }
        end = Some(at);
    }
    end
}

/// True where the two have most of their words in common.
fn is_alike(line: &str, title: &str) -> bool {
    if line.len() > 2 * title.len() + 8 {
        return false;
    }
    let words = |text: &str| -> Vec<String> {
        let clean = text.to_lowercase().replace(['\'', '’', '‘'], "");
        clean
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (own, wanted) = (words(line), words(title));
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in &wanted {
        *counts.entry(word).or_default() += 1;
    }
    let mut shared = 0_u32;
    for word in &own {
        if let Some(left) = counts.get_mut(word.as_str()).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    let total = u32::try_from(own.len() + wanted.len()).unwrap_or(u32::MAX);
    total > 0 && f64::from(2 * shared) / f64::from(total) >= ALIKE
}
