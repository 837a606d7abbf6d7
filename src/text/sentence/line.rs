//! Which line ends are ends of sentences.
//!
//! A scraped text has one paragraph a line, or blank lines between paragraphs, or lines wrapped at a
//! fixed width (news wires), or all of these. The width of a block of lines tells them apart. What a
//! full stop means is not decided here.

use std::ops::Range;

/// Widths in characters at which text is wrapped by hand or by wire; longer lines are paragraphs.
const WRAP: std::ops::RangeInclusive<usize> = 40..=120;

/// Words that leave a line unfinished.
const UNFINISHED: [&str; 35] = [
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or",
    "but", "as", "that", "than", "is", "are", "was", "were", "be", "been", "has", "have", "had",
    "its", "his", "her", "their", "will", "would", "between", "into",
];

/// The stretches of a text inside which no line end ends a sentence, in order and disjoint; between
/// them there is nothing but white space.
pub(super) fn stretches(text: &str) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut block = Vec::new();
    for line in lines(text) {
        if line.content.trim().is_empty() {
            close(&mut block, &mut stretches);
        } else {
            block.push(line);
        }
    }
    close(&mut block, &mut stretches);
    stretches
}

/// A line without its end.
struct Line<'t> {
    start: usize,
    content: &'t str,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.content.len()
    }

    /// White space before the first word, in bytes.
    fn indent(&self) -> usize {
        self.content.len() - self.content.trim_start().len()
    }
}

/// True for a character that ends a line.
pub(in crate::text) fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The lines of a text; `\r\n` is one line end.
fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let rest = text.get(start..)?;
        let content = rest.split(is_line_end).next().unwrap_or_default();
        let line = Line { start, content };
        let tail = rest.get(content.len()..).unwrap_or_default();
        let mark = if tail.starts_with("\r\n") {
            2
        } else {
            tail.chars().next().map_or(0, char::len_utf8)
        };
        done = mark == 0;
        start = line.end() + mark;
        Some(line)
    })
}

/// Divides a block of lines that no blank line interrupts, and empties it.
fn close(block: &mut Vec<Line<'_>>, stretches: &mut Vec<Range<usize>>) {
    let width = block
        .iter()
        .map(|line| line.content.trim_end().chars().count())
        .max();
    let margin = block.iter().map(Line::indent).min().unwrap_or_default();
    let shape = Shape {
        width: width.unwrap_or_default(),
        margin,
    };
    let mut open: Option<Range<usize>> = None;
    let mut previous: Option<Line<'_>> = None;
    for line in block.drain(..) {
        let joined = previous
            .as_ref()
            .is_some_and(|before| shape.joins(before, &line));
        match &mut open {
            Some(stretch) if joined => stretch.end = line.end(),
            _ => stretches.extend(open.replace(line.start..line.end())),
        }
        previous = Some(line);
    }
    stretches.extend(open);
}

/// The shape of a block of lines.
struct Shape {
    /// Characters in its longest line.
    width: usize,
    /// Indent that all its lines have.
    margin: usize,
}

impl Shape {
    /// True where the text runs on from one line into the next.
    fn joins(&self, line: &Line<'_>, next: &Line<'_>) -> bool {
        let before = line.content.trim_end();
        let after = next.content.trim_start();
        if is_list_item(after) {
            return false;
        }
        let wrapped = WRAP.contains(&self.width);
        let indented = next.indent() > self.margin + 1;
        let length = before.chars().count();
        let word = after.split_whitespace().next().unwrap_or_default();
        if ends_with_mark(before) {
            let full = length + 1 + word.chars().count() > self.width;
            return wrapped && !indented && full;
        }
        let runs_on = after
            .chars()
            .next()
            .is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';' | ')' | ']' | '%'));
        if runs_on || is_unfinished(before) {
            return true;
        }
        wrapped && !indented && length >= self.width / 2
    }
}

/// True for a line that cannot be the end of a sentence.
fn is_unfinished(line: &str) -> bool {
    line.ends_with([',', '(', '&'])
        || line
            .split_whitespace()
            .next_back()
            .is_some_and(|word| UNFINISHED.contains(&word))
}

/// True for a line that ends with a full stop or the like, or a colon, and perhaps closing quotes.
fn ends_with_mark(line: &str) -> bool {
    line.trim_end_matches(super::mark::is_closer)
        .ends_with(|c| super::mark::is_mark(c) || c == ':')
}

/// True for a line that begins with a bullet.
fn is_list_item(line: &str) -> bool {
    let mut characters = line.chars();
    match characters.next() {
        Some('•' | '◦' | '▪' | '●' | '■' | '·' | '‣' | '*') => true,
        Some('-' | '–' | '—') => {
            let rest = characters.as_str();
            rest.starts_with(char::is_whitespace)
                && rest
                    .trim_start()
                    .starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        }
        _ => false,
    }
}
