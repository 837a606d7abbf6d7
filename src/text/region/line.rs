//! The lines of a page with what is asked of them again and again.

use std::ops::Range;

use crate::text::calendar;

/// Shortest line in bytes that counts as a paragraph of prose.
const PROSE: usize = 80;

/// Longest headline in bytes.
const HEADLINE: usize = 130;

/// A line that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Line<'t> {
    /// Its bytes in the text, without white space and control characters at its ends.
    pub range: Range<usize>,
    pub content: &'t str,
    /// A blank line stands before it.
    pub gap: bool,
    /// White space before its first word, in bytes.
    pub indent: usize,
}

/// The lines of a text that are not blank, in order.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    let mut lines = Vec::new();
    let mut start = 0;
    let mut gap = false;
    for raw in text.split_inclusive(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        let content = raw.trim_matches(is_blank);
        let indent = raw.len() - raw.trim_start_matches(is_blank).len();
        if content.is_empty() {
            let second_half = raw == "\n" && text.get(..start).is_some_and(|t| t.ends_with('\r'));
            gap |= !second_half;
        } else {
            let from = start + indent;
            lines.push(Line {
                range: from..from + content.len(),
                content,
                gap,
                indent,
            });
            gap = false;
        }
        start += raw.len();
    }
    lines
}

impl Line<'_> {
    /// True for a full stop or the like at the end, closing quotes and brackets aside.
    pub fn ends_sentence(&self) -> bool {
        self.content
            .trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' '])
            .ends_with(['.', '!', '?', '…', '。'])
    }

    /// True for a paragraph: long and ended, but not cut short with dots as teasers are.
    pub fn is_prose(&self) -> bool {
        let cut_short = self.content.ends_with("...") || self.content.ends_with('…');
        self.content.len() >= PROSE && self.ends_sentence() && !cut_short
    }

    /// True for a short line without end mark, or with a question mark, as headlines are.
    pub fn is_heading(&self) -> bool {
        let words = self.content.split_whitespace().take(26).count();
        let first = self
            .content
            .trim_start_matches(['"', '\'', '“', '‘', '#', '(', '«']);
        let bare = self
            .content
            .trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ']);
        self.content.len() <= HEADLINE
            && (2..=25).contains(&words)
            && !self.content.contains(". ")
            && !bare.ends_with(['.', '!', ',', ':', ';', '…', '-'])
            && first.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    }

    /// True for a heading, or for a single word that could be one ("ISTANBUL").
    pub fn is_heading_or_word(&self) -> bool {
        let word = !self.content.contains(char::is_whitespace) && self.content.len() <= 30;
        self.is_heading() || (word && self.content.starts_with(char::is_uppercase))
    }

    /// True for a line that is a date, perhaps with a word before it ("Updated 3 Mar, 2024").
    pub fn is_date(&self) -> bool {
        self.content.len() <= 64
            && calendar::find(self.content)
                .is_some_and(|(range, _)| range.end == self.content.len() && range.start <= 24)
    }

    /// True for an address and nothing else.
    pub fn is_address(&self) -> bool {
        let host = self.content.split('/').next().unwrap_or_default();
        let bare = self.content.matches('/').count() >= 2
            && host.contains('.')
            && host
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
            && host.contains(|c: char| c.is_ascii_alphabetic());
        (bare
            || ["http://", "https://", "www."]
                .iter()
                .any(|&start| self.content.starts_with(start)))
            && !self.content.contains(char::is_whitespace)
    }
}
