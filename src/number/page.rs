//! A page's own dates: "Updated 27 Mar, 2024", "Published in ..., August 10th, 2016".
//!
//! Looks only at what trails or heads an article. Such a date says when the page was made and is no
//! event of the article; a date in the running text never comes here.

use super::lexer::Tokens;
use super::noun::noun;
use super::quantity::Found;
use super::{NumberKind, PagePart};
use std::sync::LazyLock;

use super::hash::WordSet;
use super::table::list;

/// Words that begin a line with a date of the page.
static PAGE_CUES: LazyLock<WordSet<&'static str>> =
    LazyLock::new(|| list(include_str!("data/page_cues.txt")).collect());

/// True for what a page says of itself: at its top every date and time, reading times and bare figures;
/// after the article only what is a date of the page.
pub fn of_page(part: PagePart, line: &str, tokens: &Tokens, found: &Found) -> bool {
    let bare =
        matches!(found.kind, NumberKind::Cardinal) && noun(tokens, found.after, false).is_none();
    let timed = matches!(
        found.kind,
        NumberKind::Date | NumberKind::Time | NumberKind::Duration
    );
    part == PagePart::Top && (timed || bare) || page_date(line, tokens, found)
}

/// True for a date that is all its line says, whose line begins with a word of publishing, or that
/// follows a sign of copyright.
fn page_date(line: &str, tokens: &Tokens, found: &Found) -> bool {
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
    let owned = before.trim_end().to_ascii_lowercase();
    if owned.trim_start().starts_with(['©', '\u{24b8}'])
        || owned.ends_with('©')
        || owned.ends_with("(c)")
        || owned.ends_with("copyright")
    {
        return true;
    }
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
    use crate::number::{Furniture, Number, PagePart, extract};
    use crate::text::{Text, sentence::sentences};

    /// The numbers of a body and of the boilerplate after it.
    fn read(body: &str, tail: &str) -> (Text, Vec<Number>) {
        let text = Text::new(format!("{body}\n\n{tail}"));
        let span = text.span(body.len() + 2..text.len()).expect("the tail");
        let part = PagePart::Trailer;
        let quiet = Furniture { span, part };
        let spans = sentences(&text, text.whole());
        let published = Some(jiff::civil::date(2016, 8, 10));
        let found = extract(&text, &spans, &[quiet], &[], published);
        (text, found)
    }

    #[test]
    fn a_pages_own_date_is_no_number_and_its_teasers_are_not_settled() {
        let body = "Ten died yesterday. It was updated on 3 May 2015.";
        let tail = "A new wave\nUpdated 27 Mar, 2024\n\nA new wave\n\n27 Mar, 2024\n\n© 2024 The Page\n\nThey left last November, 40 of them.";
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

    #[test]
    fn the_figures_at_the_top_of_a_page_are_its_own() {
        let text = Text::new("Jane Doe | 3 May 2015, 08.15 | 3 min read | 0\n".to_owned());
        let part = PagePart::Top;
        let top = Furniture {
            span: text.whole(),
            part,
        };
        let found = extract(&text, &[text.whole()], &[top], &[], None);
        assert!(found.is_empty(), "{found:?}");
    }
}
