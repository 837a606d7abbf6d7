//! Accuracy: gold and predictions in many formats, compared, counted, and the doubt about the figures said.
//!
//! The files stand in the order in which a comparison travels: `read` makes [`Document`]s of files, `label`
//! maps their labels, `pair` puts gold and prediction side by side, `align` their mentions and numbers;
//! `mention`, `column`, `number` and `actor` count into [`Tally`]s; `bootstrap` says how sure the sums are;
//! `difference` lists what is not the same; `report` puts it together and `render` shows it.
//!
//! Every figure is a sum of tallies over documents, so that one resampling serves all of them. Nothing
//! depends on the order of files or annotations. It annotates nothing: whoever calls it brings both sides.

mod actor;
mod align;
mod bootstrap;
mod cluster;
mod column;
mod difference;
mod document;
mod label;
mod measure;
mod mention;
mod number;
mod pair;
pub mod read;
pub mod render;
mod report;
mod resampled;
mod scope;
mod tally;
#[cfg(test)]
mod tests;

pub use bootstrap::Interval;
pub use difference::{Difference, Side, differences};
pub use document::{Columns, Document, Link, Mention, Origin};
pub use label::LabelMap;
pub use measure::{Key, Metric, Section};
pub use pair::{Pairs, pair};
pub use report::{Compared, Comparison, Doubtful, Report, Worst, evaluate};
pub use scope::Scope;
pub use tally::{Figure, Tally};
