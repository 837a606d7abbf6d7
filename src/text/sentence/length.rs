//! Cuts what is too long to be a sentence, so that nothing downstream meets an unbounded one.

use std::ops::Range;

/// Longest sentence in bytes.
pub(super) const LONGEST: usize = 2_000;

/// Cuts `range` of `text` into pieces of at most [`LONGEST`] bytes: after a semicolon or colon, else
/// a comma, else at a blank, else between two characters.
pub(super) fn cut(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = range.start;
    while range.end.saturating_sub(start) > LONGEST {
        let end = start + best(text.get(start..range.end).unwrap_or_default());
        if end <= start {
            break;
        }
        pieces.push(start..end);
        start = end;
    }
    pieces.push(start..range.end);
    pieces
}

/// Length of the piece to cut off a text that is longer than [`LONGEST`]: never under half of that,
/// so that cutting takes linear time.
fn best(text: &str) -> usize {
    let limit = text.floor_char_boundary(LONGEST);
    let half = text.floor_char_boundary(LONGEST / 2);
    let window = text.get(half..limit).unwrap_or_default();
    let mut places = [None; 3];
    let mut previous = ' ';
    for (at, c) in window.char_indices() {
        if c.is_whitespace() {
            let [colon, comma, blank] = &mut places;
            *blank = Some(half + at);
            match previous {
                ';' | ':' => *colon = Some(half + at),
                ',' => *comma = Some(half + at),
                _ => {}
            }
        }
        previous = c;
    }
    places.into_iter().flatten().next().unwrap_or(limit)
}
