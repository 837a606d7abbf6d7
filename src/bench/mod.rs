//! How fast the program annotates: repeated runs over the same input, timed as a whole and by stage.
//!
//! What is timed is what `annotate` does, by the same code, from files to finished lines; only writing them is left out. The
//! clock comes from the caller, and nothing here looks at the machine. It refuses to judge: it
//! gives figures with their spread, and the ratio of what ran in turns.
//!
//! ```text
//! input → survey (what there is to do) → rounds: every side once, in turns → report
//! ```

mod laps;
mod measure;
mod memory;
mod report;
mod sample;
mod spread;

pub use laps::{Clock, Laps, Times};
pub use measure::{BenchError, Input, Round, Settings, Side, Volume, measure};
pub use memory::peak;
pub use report::{Report, SideReport, Speed, StageReport};
pub use spread::Spread;
