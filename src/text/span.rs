//! A stretch of a [`Text`](super::Text) in bytes, which only a `Text` can make.
//!
//! There is no public constructor from two numbers: a span is checked against its text once, where
//! it is made, and combining spans of one text keeps it on character boundaries.

use std::ops::Range;

/// A half-open byte range `[start, end)` that lies on character boundaries of the text that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// For `Text` alone, which has checked the range.
    pub(super) fn checked(range: Range<usize>) -> Self {
        Self {
            start: range.start,
            end: range.end,
        }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True for a span of no bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The byte range, for slicing what runs parallel to the text.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// True where the other span of the same text lies wholly inside this one.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True where the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both (of one text).
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// What lies between the end of this span and the start of a later one; empty if they touch or
    /// overlap.
    pub fn gap_to(self, later: Span) -> Span {
        Span {
            start: self.end,
            end: later.start.max(self.end),
        }
    }
}
