//! The sentences of a region.
//!
//! A window of the tagger and a phrase of the number grammar never cross a sentence, so two faults
//! cost differently: a cut inside "Gen. Lee" or "1.2bn" loses a name or a number, while two
//! sentences left together lose nothing. In doubt it does not cut. It drops no character and changes
//! none; it knows nothing of regions.

mod abbreviation;
mod length;
mod line;
mod mark;
#[cfg(test)]
mod tests;

use super::{Reading, Span, Text};

/// The sentences inside `within`, in order, disjoint and without white space at their ends. Together
/// they hold every character of `within` that is not white space. None is longer than 2,000 bytes.
pub fn sentences(text: &Text, within: Span) -> Vec<Span> {
    let slice = text.slice(within);
    let mut sentences = Vec::new();
    for stretch in line::stretches(slice) {
        let content = slice.get(stretch.clone()).unwrap_or_default();
        let mut start = stretch.start;
        let reading = Reading::new(content);
        let ends = mark::ends(reading.as_str()).into_iter();
        let ends = ends.map(|end| stretch.start + reading.original_place(end));
        for end in ends.chain([stretch.end]) {
            for piece in length::cut(slice, start..end) {
                let bytes = within.start() + piece.start..within.start() + piece.end;
                let trimmed = text.span(bytes).map(|span| text.trim(span));
                sentences.extend(trimmed.filter(|span| !span.is_empty()));
            }
            start = end;
        }
    }
    sentences
}
