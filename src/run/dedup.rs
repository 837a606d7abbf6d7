//! Tells copies from originals while a run writes, in the order of the input.
//!
//! Articles are annotated before anyone asks whether they are copies: a near copy may name other figures, which is why its
//! record goes out whole, and asking where results come in order makes the answer the same for any number of workers.
//! What earlier shards had is read back from their own records; nothing else is kept between two runs.

use std::path::Path;

use super::finished;
use super::receipt::Receipt;
use super::work::{Candidate, Done, Outcome};
use super::{RunError, Settings};
use crate::dedup::{Dedup, Index, Signature};
use crate::record::{Record, SameAs};

/// See the module.
pub struct Duplicates {
    dedup: Dedup,
    index: Index,
}

impl Duplicates {
    /// Nothing is known yet.
    pub fn new(settings: &Settings) -> Self {
        Self {
            dedup: settings.dedup,
            index: Index::default(),
        }
    }

    /// True where copies are told.
    pub fn are_told(&self) -> bool {
        self.dedup != Dedup::Off
    }

    /// Makes copies of what it knows duplicates, and remembers all others.
    pub fn settle(&mut self, mut done: Done) -> Done {
        for (_, outcome) in &mut done.outcomes {
            let Outcome::Annotated(line, candidate) = outcome else {
                continue;
            };
            // An article without a body is nobody's copy.
            let Some(candidate) = candidate.take() else {
                continue;
            };
            let Candidate {
                signature,
                path,
                record,
            } = *candidate;
            let original = self.index.find(&signature).map(|original| SameAs {
                path: original.path.to_string(),
                record: original.record,
                sameness: original.sameness,
                similarity: original.similarity,
            });
            match original.and_then(|original| original.line(line).ok()) {
                Some(line) => *outcome = Outcome::Duplicate(line),
                None => self.index.add(&signature, &path, record),
            }
        }
        done
    }

    /// Remembers the originals of a shard that is kept.
    ///
    /// # Errors
    /// Its file cannot be read.
    pub fn remember(&mut self, root: &Path, receipt: &Receipt) -> Result<(), RunError> {
        let (true, Some(seal)) = (self.are_told(), finished::records(receipt)) else {
            return Ok(());
        };
        finished::lines(root, seal, |_, line| {
            let record = Record::from_line(line)?;
            if let Some(signature) = Signature::of(&record, self.dedup) {
                let source = &record.source;
                self.index.add(&signature, &source.path, source.record);
            }
            Ok(())
        })
        .map_err(|error| RunError::read(&root.join(&seal.name), error))
    }
}
