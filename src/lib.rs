//! Headcount: who is named in news articles, and every number in them, each traceable to its exact place.
//!
//! The modules stand in the order in which an article travels:
//! `input` → `text` → `tag` → `actor` → `number` → `record` → `run`.
//! See ARCHITECTURE.md for the map and the invariants.
#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

pub mod actor;
pub mod annotate;
pub mod bench;
pub mod cli;
pub mod dedup;
pub mod digest;
pub mod input;
pub mod number;
mod random;
pub mod record;
pub mod run;
pub mod score;
pub mod stage;
pub mod tag;
pub mod text;
