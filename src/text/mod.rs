//! The article's text: the immutable original, spans into it, its regions and its sentences.
//!
//! Nothing here changes a character: every later stage points into the same [`Text`], so that
//! what is written can always be traced to its exact place.

pub mod calendar;
mod document;
mod reading;
pub mod region;
pub mod sentence;
mod span;

pub use document::Text;
pub use reading::Reading;
pub use span::Span;
