//! Sentences of a region (stub: helper fills).
use super::{Span, Text};
/// Sentences of `within`.
pub fn sentences(text: &Text, within: Span) -> Vec<Span> {
    let trimmed = text.trim(within);
    if trimmed.is_empty() {
        Vec::new()
    } else {
        vec![trimmed]
    }
}
