//! What must hold of any bytes: one function for each part of the program that meets bytes of strangers.
//!
//! libFuzzer calls them (`fuzz_targets/`), and so does an ordinary test (`tests/regressions.rs`), which is why
//! nothing here knows libFuzzer. They assert what the parts promise, not only that nothing panics.
#![allow(dead_code, unused_imports, reason = "each target calls one of them")]

mod reading;
mod records;
mod stages;

pub use reading::{archives, page, readers, warc};
pub use records::record;
pub use stages::{numbers, resolver, text};

/// The first bytes choose how a target runs; the rest is what it reads.
fn choices<const N: usize>(data: &[u8]) -> ([u8; N], &[u8]) {
    match data.split_first_chunk::<N>() {
        Some((choices, rest)) => (*choices, rest),
        None => ([0; N], &[]),
    }
}
