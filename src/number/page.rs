//! A page's own dates: "Updated 27 Mar, 2024", "Published in ..., August 10th, 2016".
//!
//! Looks only at what trails or heads an article. Such a date says when the page was made and is no
//! event of the article; a date in the running text never comes here.

use super::NumberKind;
use super::lexer::Tokens;
use super::quantity::Found;
use std::sync::LazyLock;

use super::hash::WordSet;
use super::table::list;

/// Words that begin a line with a date of the page.
static PAGE_CUES: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/page_cues.txt")).collect());

/// True for a date that is all its line says, or whose line begins with a word of publishing.
pub fn page_date(line: &str, tokens: &Tokens, found: &Found) -> bool {
    if !matches!(found.kind, NumberKind::Date | NumberKind::Time) {
        return false;
    }
    let (start, end) = (
        tokens.start(found.first),
        tokens.end(found.end.saturating_sub(1)),
    );
    let before = line.get(..start).unwrap_or_default();
    let before = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let after = line.get(end..).unwrap_or_default();
    let after = after.split(['\n', '\r']).next().unwrap_or_default();
    let opening = before
        .split(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_empty());
    match opening {
        None => !after.contains(char::is_alphabetic),
        Some(word) => PAGE_CUES.contains(word.to_ascii_lowercase().as_str()),
    }
}

#[cfg(test)]
mod tests {
    use crate::number::{Number, extract};
    use crate::text::{Text, sentence::sentences};

    /// The numbers of a body and of the boilerplate after it.
    fn read(body: &str, tail: &str) -> (Text, Vec<Number>) {
        let text = Text::new(format!("{body}\n\n{tail}"));
        let quiet = text.span(body.len() + 2..text.len()).expect("the tail");
        let spans = sentences(&text, text.whole());
        let published = Some(jiff::civil::date(2016, 8, 10));
        let found = extract(&text, &spans, &[quiet], &[], published);
        (text, found)
    }

    #[test]
    fn a_pages_own_date_is_no_number_and_its_teasers_are_not_settled() {
        let body = "Ten died yesterday. It was updated on 3 May 2015.";
        let tail = "A new wave\nUpdated 27 Mar, 2024\n\nA new wave\n\n27 Mar, 2024\n\nThey left last November, 40 of them.";
        let (text, found) = read(body, tail);
        let told: Vec<(&str, Option<&str>)> = found
            .iter()
            .map(|number| (text.slice(number.span), number.date.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("Ten", None),
                ("yesterday", Some("2016-08-09")),
                ("3 May 2015", Some("2015-05-03")),
                ("November", None),
                ("40", None),
            ]
        );
    }
}
