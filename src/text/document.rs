//! The immutable original and its byte and code-point index.
//!
//! Inside the program offsets are bytes; in the record they are Unicode code points. This is the one
//! place that converts between the two.

use std::ops::Range;

use super::Span;

/// Bytes between two entries of the index: a compromise between memory (4 bytes an entry) and the
/// bytes that a look-up must count.
const STRIDE: usize = 64;

/// A decoded text that never changes, with an index from bytes to code points.
#[derive(Clone, Debug)]
pub struct Text {
    content: String,
    /// Code points that begin before byte `i * STRIDE`; empty where the text is ASCII, in which the
    /// two offsets are the same.
    starts: Vec<usize>,
}

impl Text {
    /// Takes the text as it is: nothing is trimmed or normalised.
    pub fn new(content: String) -> Self {
        let starts = if content.is_ascii() {
            Vec::new()
        } else {
            let mut total = 0;
            content
                .as_bytes()
                .chunks(STRIDE)
                .map(|chunk| {
                    let before = total;
                    total += count_starts(chunk);
                    before
                })
                .collect()
        };
        Self { content, starts }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.content.len()
    }

    /// True for a text of no bytes.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// The span of the whole text.
    pub fn whole(&self) -> Span {
        Span::checked(0..self.content.len())
    }

    /// The span of these bytes, if they lie inside the text and on character boundaries.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        self.content
            .get(range.clone())
            .map(|_| Span::checked(range))
    }

    /// The text of a span. A span of another text gives the empty string rather than a panic.
    pub fn slice(&self, span: Span) -> &str {
        self.content.get(span.range()).unwrap_or_default()
    }

    /// The span without white space at its two ends; empty at its start if it is nothing else.
    pub fn trim(&self, span: Span) -> Span {
        let slice = self.slice(span);
        let front = slice.len() - slice.trim_start().len();
        let length = slice.trim().len();
        Span::checked(span.start() + front..span.start() + front + length)
    }

    /// The span as code-point offsets `[start, end)`, as the record has them.
    pub fn char_offsets(&self, span: Span) -> (usize, usize) {
        (self.char_at(span.start()), self.char_at(span.end()))
    }

    /// How many code points begin before this byte.
    fn char_at(&self, byte: usize) -> usize {
        if self.starts.is_empty() {
            return byte;
        }
        let byte = byte.min(self.content.len());
        let slot = (byte / STRIDE).min(self.starts.len() - 1);
        let before = self.starts.get(slot).copied().unwrap_or_default();
        let rest = self.content.as_bytes().get(slot * STRIDE..byte);
        before + rest.map_or(0, count_starts)
    }

    /// The span from code point `start` to code point `end`, if both lie inside the text.
    pub fn span_of_chars(&self, start: usize, end: usize) -> Option<Span> {
        self.span(self.byte_at(start)?..self.byte_at(end)?)
    }

    /// The byte at which this code point begins; the text's length for the one past the last.
    fn byte_at(&self, character: usize) -> Option<usize> {
        if self.starts.is_empty() {
            return (character <= self.content.len()).then_some(character);
        }
        let slot = self
            .starts
            .partition_point(|&before| before <= character)
            .checked_sub(1)?;
        let mut left = character - self.starts.get(slot)?;
        let from = slot * STRIDE;
        for (offset, &byte) in self.content.as_bytes().get(from..)?.iter().enumerate() {
            if is_start(byte) {
                if left == 0 {
                    return Some(from + offset);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(self.content.len())
    }
}

/// True for the first byte of a UTF-8 sequence.
fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn count_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| is_start(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn char_offsets_agree_with_counting(content in "\\PC{0,200}", a in 0usize..220, b in 0usize..220) {
            let characters: Vec<char> = content.chars().collect();
            let (a, b) = (a.min(characters.len()), b.min(characters.len()));
            let (a, b) = (a.min(b), a.max(b));
            let text = Text::new(content.clone());
            let span = text.span_of_chars(a, b).expect("inside the text");
            let expected: String = characters.get(a..b).expect("inside").iter().collect();
            prop_assert_eq!(text.slice(span), expected);
            prop_assert_eq!(text.char_offsets(span), (a, b));
        }

        #[test]
        fn a_span_off_a_boundary_is_refused(content in "\\PC{0,80}", a in 0usize..400, b in 0usize..400) {
            let text = Text::new(content.clone());
            prop_assert_eq!(text.span(a..b).is_some(), content.get(a..b).is_some());
        }
    }

    #[test]
    fn a_place_past_the_end_is_none() {
        for content in ["", "abc", "naïve café"] {
            let text = Text::new(content.to_owned());
            let length = content.chars().count();
            assert!(text.span_of_chars(length, length).is_some());
            assert!(text.span_of_chars(length, length + 1).is_none());
        }
    }

    #[test]
    fn trim_leaves_the_words() {
        let text = Text::new("  \u{a0}two words\n ".to_owned());
        assert_eq!(text.slice(text.trim(text.whole())), "two words");
        let blank = Text::new(" \n".to_owned());
        assert!(blank.trim(blank.whole()).is_empty());
    }
}
