//! Where a name begins and ends: without "the", possessive, quotation marks and blanks at its edges, and without an "of" that
//! nothing follows.

use super::fold;
use super::lexicon::LEXICON;
use crate::text::{Span, Text};

/// The span without what is no part of the name; empty if nothing of it is.
pub(super) fn trim(text: &Text, span: Span) -> Span {
    let surface = text.slice(span);
    let mut name = surface.trim_matches(is_mark);
    if let Some(at) = name.rfind(fold::is_apostrophe)
        && name
            .get(at..)
            .is_some_and(|end| end.chars().skip(1).eq(['s']) || end.chars().skip(1).eq(['S']))
        && !LEXICON
            .possessive
            .contains(fold::folded_words(name).join(" ").as_str())
    {
        name = name.get(..at).unwrap_or_default();
    }
    if !name.contains(')') {
        name = name.trim_start_matches('(');
    }
    if !name.contains('(') {
        name = name.trim_end_matches(')');
    }
    // "Tanzania, United Republic of" is turned round.
    while let Some((rest, last)) = name.rsplit_once(char::is_whitespace)
        && LEXICON.dangling.contains(last)
        && !rest.contains(", ")
    {
        name = rest.trim_end();
    }
    // `name` is a part of `surface`: nothing but its ends was cut.
    let offset = |name: &str| name.as_ptr().addr() - surface.as_ptr().addr();
    let article = match name.split(char::is_whitespace).next() {
        Some("the") => true,
        // In mid-sentence a capital makes it a part of the name: "in The Hague".
        Some("The" | "THE") => opens_sentence(text, span.start() + offset(name)),
        _ => false,
    };
    if article && let Some((_, rest)) = name.split_once(char::is_whitespace) {
        name = rest.trim_start();
    }
    if !name.contains(char::is_alphanumeric) {
        name = name.get(..0).unwrap_or_default();
    }
    let start = span.start() + offset(name);
    text.span(start..start + name.len()).unwrap_or(span)
}

/// The name with the bracket that it opens and the text closes: "JD(S)".
pub(super) fn closed(text: &Text, span: Span) -> Span {
    let surface = text.slice(span);
    let opens = surface.matches('(').count() > surface.matches(')').count();
    let follows = text
        .as_str()
        .get(span.end()..)
        .is_some_and(|rest| rest.starts_with(')'));
    let glued = surface.rfind('(').is_some_and(|at| {
        let before = surface.get(..at).unwrap_or_default();
        before.ends_with(char::is_alphanumeric)
    });
    let whole = (opens && follows && glued).then(|| text.span(span.start()..span.end() + 1));
    whole.flatten().unwrap_or(span)
}

/// Blanks, quotation marks and what parts clauses.
fn is_mark(c: char) -> bool {
    c.is_whitespace() || fold::is_apostrophe(c) || "\"“”„«»‹›,;:…".contains(c)
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
    fn a_bracket_within_a_word_is_closed() {
        let text = Text::new("JD(S) and Red Front (North) met".to_owned());
        let close = |range| text.slice(closed(&text, text.span(range).expect("inside")));
        assert_eq!(close(0..4), "JD(S)");
        assert_eq!(close(0..2), "JD");
        assert_eq!(close(10..26), "Red Front (North");
    }

    #[test]
    fn edges_are_trimmed() {
        for (before, after) in [
            ("McDonald's", "McDonald's"),
            ("the Red Front", "Red Front"),
            (" “Red Front’s” ", "Red Front"),
            ("Red Front (North)", "Red Front (North)"),
            ("the U.S.", "U.S."),
            ("(Red Front)", "(Red Front)"),
            ("(Red Front", "Red Front"),
            ("Red Front+", "Red Front+"),
            ("Red Front for the", "Red Front"),
            ("of", "of"),
            ("Aland, Republic of", "Aland, Republic of"),
            ("The", "The"),
            ("…", ""),
            ("", ""),
        ] {
            let text = Text::new(before.to_owned());
            assert_eq!(text.slice(trim(&text, text.whole())), after);
        }
    }
}
