//! Where a name begins and ends: without "the", possessive, quotation marks and blanks at its edges.

use super::fold;
use crate::text::{Span, Text};

/// The span without what is no part of the name; empty if nothing of it is.
pub(super) fn trim(text: &Text, span: Span) -> Span {
    let surface = text.slice(span);
    let mut words = fold::words(surface).peekable();
    let Some(mut first) = words.next() else {
        return text.span(span.start()..span.start()).unwrap_or(span);
    };
    let article = match surface.get(first.start..first.end) {
        Some("the") => true,
        // In mid-sentence a capital makes it a part of the name: "in The Hague".
        Some("The" | "THE") => opens_sentence(text, span.start() + first.start),
        _ => false,
    };
    if article && let Some(second) = words.peek().filter(|second| second.glued) {
        first = *second;
    }
    let start = first.start;
    // What follows the last word is a possessive, a bracket or a mark: no part of the name, but for
    // brackets that the name itself opened.
    let end = words.last().unwrap_or(first).end;
    let tail = surface.get(end..).unwrap_or_default();
    let opened = surface
        .get(start..end)
        .is_some_and(|name| name.matches('(').count() > name.matches(')').count());
    let end = if opened && tail.starts_with(')') {
        end + 1
    } else {
        end
    };
    text.span(span.start() + start..span.start() + end)
        .unwrap_or(span)
}

/// True where no word of the same sentence stands directly before this byte.
fn opens_sentence(text: &Text, at: usize) -> bool {
    let before = text.as_str().get(..at).unwrap_or_default();
    let spaces = before.trim_end_matches(' ');
    !(spaces.len() < before.len() && spaces.ends_with(|c: char| c.is_alphanumeric() || c == ','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_trimmed() {
        for (before, after) in [
            ("the Red Front", "Red Front"),
            (" “Red Front’s” ", "Red Front"),
            ("Red Front (North)", "Red Front (North)"),
            ("the U.S.", "U.S."),
            ("The", "The"),
            ("…", ""),
            ("", ""),
        ] {
            let text = Text::new(before.to_owned());
            assert_eq!(text.slice(trim(&text, text.whole())), after);
        }
    }
}
