//! Whether each copy's original is there, came before, and is as similar as the copy's line says.
//!
//! The records are read a second time for it, and only where the run has copies. In memory are the copies' marks and
//! signatures, some 300 bytes each.

use std::collections::HashMap;
use std::path::Path;

use rayon::prelude::*;
use serde::Deserialize;

use super::finished;
use super::receipt::{Manifest, Receipt};
use super::verify::Finding;
use crate::dedup::{Dedup, Signature};
use crate::record::{DuplicateLine, Record, SameAs};

/// What a line of `dups/` says.
pub struct Claim {
    shard: u64,
    file: String,
    line: u64,
    same_as: SameAs,
    signature: Option<Signature>,
}

/// Of a record only its place.
#[derive(Deserialize)]
struct Placed {
    source: Place,
}

#[derive(Deserialize, PartialEq, Eq, Hash)]
struct Place {
    path: String,
    record: u64,
}

impl Claim {
    /// The claim of a line.
    pub fn new(shard: u64, file: &str, line: u64, duplicate: DuplicateLine, dedup: Dedup) -> Self {
        Self {
            shard,
            file: file.to_owned(),
            line,
            signature: Signature::of(&duplicate.record, dedup),
            same_as: duplicate.same_as,
        }
    }

    /// Why a record is not the original that is claimed.
    fn fault(&self, shard: u64, original: Option<&Signature>) -> Option<String> {
        if shard > self.shard {
            return Some("its original comes later".to_owned());
        }
        let same = self.signature.as_ref().zip(original);
        let same = same.and_then(|(copy, original)| copy.same_as(original));
        let claimed = (self.same_as.sameness, self.same_as.similarity);
        (same != Some(claimed))
            .then(|| "it is not as similar to its original as it says".to_owned())
    }

    fn finding(&self, problem: String) -> Finding {
        let SameAs { path, record, .. } = &self.same_as;
        Finding {
            file: self.file.clone(),
            line: Some(self.line),
            problem: format!("{problem}: {path} record {record}"),
        }
    }
}

/// What is wrong with these claims.
pub fn check_claims(root: &Path, manifest: &Manifest, claims: &[Claim]) -> Vec<Finding> {
    if claims.is_empty() {
        return Vec::new();
    }
    let mut by_original: HashMap<Place, Vec<usize>> = HashMap::new();
    for (number, claim) in claims.iter().enumerate() {
        let SameAs { path, record, .. } = &claim.same_as;
        let place = Place {
            path: path.clone(),
            record: *record,
        };
        by_original.entry(place).or_default().push(number);
    }
    let dedup = manifest.identity.dedup;
    let looked_at: Vec<(usize, Option<String>)> = manifest
        .shards
        .par_iter()
        .flat_map_iter(|shard| one_shard(root, shard, dedup, claims, &by_original))
        .collect();
    let missing = || Some("its original is not among the records".to_owned());
    let mut problems: Vec<Option<String>> = claims.iter().map(|_| missing()).collect();
    for (claim, fault) in looked_at {
        if let Some(slot) = problems.get_mut(claim).filter(|slot| slot.is_some()) {
            *slot = fault;
        }
    }
    claims
        .iter()
        .zip(problems)
        .filter_map(|(claim, problem)| Some(claim.finding(problem?)))
        .collect()
}

/// The claims whose originals are in this shard, with their faults. What cannot be read here has been found already.
fn one_shard(
    root: &Path,
    shard: &Receipt,
    dedup: Dedup,
    claims: &[Claim],
    by_original: &HashMap<Place, Vec<usize>>,
) -> Vec<(usize, Option<String>)> {
    let mut found = Vec::new();
    let Some(seal) = finished::records(shard) else {
        return found;
    };
    let _ = finished::lines(root, seal, |_, line| {
        let placed = serde_json::from_slice::<Placed>(line).ok();
        let claimed = placed.and_then(|placed| by_original.get(&placed.source));
        if let (Some(claimed), Ok(record)) = (claimed, Record::from_line(line)) {
            let signature = Signature::of(&record, dedup);
            for &number in claimed {
                let claim = claims.get(number);
                found.extend(
                    claim.map(|claim| (number, claim.fault(shard.shard, signature.as_ref()))),
                );
            }
        }
        Ok(())
    });
    found
}
