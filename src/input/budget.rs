//! How many bytes one input file may be unpacked to, in all.
//!
//! Every decoder that works on the file spends from the same budget: that of the file itself, those of an
//! archive's members, and those of what is packed in them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is left. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    left: Arc<AtomicU64>,
    limit: u64,
}

impl Budget {
    /// So many bytes.
    pub(super) fn new(limit: u64) -> Self {
        Self {
            left: Arc::new(AtomicU64::new(limit)),
            limit,
        }
    }

    /// The bytes that may still be unpacked.
    pub(super) fn left(&self) -> u64 {
        self.left.load(Ordering::Relaxed)
    }

    /// Takes these bytes away; false, and nothing is left, where there are not so many.
    pub(super) fn spend(&self, bytes: u64) -> bool {
        let left = self.left();
        self.left
            .store(left.saturating_sub(bytes), Ordering::Relaxed);
        bytes <= left
    }

    /// That it does not suffice, in words.
    pub(super) fn exceeded(&self) -> String {
        format!(
            "it unpacks to more than {} bytes in all, which is the limit",
            self.limit
        )
    }
}
