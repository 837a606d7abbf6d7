//! Recounts and re-checks a finished run from its bytes, trusting nothing that it says of itself.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use super::finished::{lines, manifest, part_files, receipt};
use super::receipt::{Manifest, RUN_SCHEMA, Receipt};
use super::sink::FileSeal;
use super::verify_dups::{Claim, check_claims};
use super::{Counts, RunError, disk};
use crate::dedup::Dedup;
use crate::record::{DuplicateLine, Record, RejectLine, check};

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file inside the run folder.
    pub file: String,
    /// The line, from 1, where it is one line's fault.
    pub line: Option<u64>,
    /// What is wrong.
    pub problem: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.problem),
            None => write!(f, "{}: {}", self.file, self.problem),
        }
    }
}

/// The result of `verify`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// What was counted, line by line.
    pub counts: Counts,
    /// Shards looked at.
    pub shards: u64,
    /// Everything that is wrong; empty for a sound run.
    pub findings: Vec<Finding>,
}

/// Re-checks a run folder: hashes and sizes of all files, one line for each record that came in, every
/// record against its contract, every copy against its original, counts per shard and in sum, and nothing there that no
/// receipt names.
/// `advance` is called after each shard with the number of all.
///
/// # Errors
/// The folder is no finished run or cannot be read.
pub fn verify(root: &Path, advance: impl Fn(u64) + Sync) -> Result<Verified, RunError> {
    let manifest = manifest(root)?;
    let mut findings = whole_run(root, &manifest)?;
    let all = manifest.shards.len() as u64;
    let shards: Vec<(Counts, Vec<Finding>, Vec<Claim>)> = manifest
        .shards
        .par_iter()
        .map(|shard| {
            let result = one_shard(root, shard, manifest.identity.dedup);
            advance(all);
            result
        })
        .collect();
    let mut counts = Counts::default();
    let mut claims = Vec::new();
    for (counted, found, claimed) in shards {
        counts += counted;
        findings.extend(found);
        claims.extend(claimed);
    }
    findings.extend(check_claims(root, &manifest, &claims));
    if counts != manifest.counts {
        findings.push(of_run(format!(
            "the manifest says {}, but the shards have {counts}",
            manifest.counts
        )));
    }
    Ok(Verified {
        counts,
        shards: all,
        findings,
    })
}

fn of_run(problem: String) -> Finding {
    Finding {
        file: "MANIFEST.json".to_owned(),
        line: None,
        problem,
    }
}

/// What concerns no single shard.
fn whole_run(root: &Path, manifest: &Manifest) -> Result<Vec<Finding>, RunError> {
    let mut findings = Vec::new();
    if manifest.schema != RUN_SCHEMA {
        findings.push(of_run(format!("its schema is not {RUN_SCHEMA}")));
    }
    let read: u64 = manifest.inputs.iter().map(|input| input.records).sum();
    if read != manifest.counts.read {
        findings.push(of_run(format!(
            "its inputs have {read} records, its counts {}",
            manifest.counts.read
        )));
    }
    for (place, shard) in manifest.shards.iter().enumerate() {
        if shard.shard != place as u64 {
            findings.push(of_run(format!("shard {place} is missing")));
        }
    }
    let named: BTreeSet<&str> = manifest
        .shards
        .iter()
        .flat_map(|shard| shard.files.iter().map(|seal| seal.name.as_str()))
        .collect();
    for stray in part_files(root)? {
        if !named.contains(stray.as_str()) {
            findings.push(Finding {
                file: stray,
                line: None,
                problem: "no receipt names this file".to_owned(),
            });
        }
    }
    Ok(findings)
}

fn one_shard(root: &Path, shard: &Receipt, dedup: Dedup) -> (Counts, Vec<Finding>, Vec<Claim>) {
    let mut found = Found {
        shard: shard.shard,
        dedup,
        ..Found::default()
    };
    if receipt(root, shard.shard).as_ref() != Some(shard) {
        found.findings.push(of_run(format!(
            "the receipt of shard {} says something else or is missing",
            shard.shard
        )));
    }
    for seal in &shard.files {
        if let Err(problem) = one_file(root, seal, &mut found) {
            found.problem(&seal.name, None, problem);
        }
    }
    let Found {
        mut counts,
        mut findings,
        claims,
        ..
    } = found;
    counts.read = counts.annotated + counts.rejected + counts.skipped + counts.duplicates;
    if counts != shard.counts {
        findings.push(of_run(format!(
            "shard {} has {counts}, but its receipt says {}",
            shard.shard, shard.counts
        )));
    }
    (counts, findings, claims)
}

/// What a shard has, file by file.
#[derive(Default)]
struct Found {
    shard: u64,
    dedup: Dedup,
    counts: Counts,
    findings: Vec<Finding>,
    claims: Vec<Claim>,
}

impl Found {
    fn problem(&mut self, file: &str, line: Option<u64>, problem: String) {
        self.findings.push(Finding {
            file: file.to_owned(),
            line,
            problem,
        });
    }

    /// Counts a line of a file and says what is wrong with it.
    fn line(&mut self, file: &str, number: u64, line: &[u8]) -> Vec<String> {
        match file.split_once('/') {
            None => {
                self.counts.annotated += 1;
                match Record::from_line(line) {
                    Ok(record) => check(&record),
                    Err(error) => vec![format!("not a record: {error}")],
                }
            }
            Some(("dups", _)) => {
                self.counts.duplicates += 1;
                match DuplicateLine::from_line(line) {
                    Ok(duplicate) => {
                        let faults = check(&duplicate.record);
                        let claim = Claim::new(self.shard, file, number, duplicate, self.dedup);
                        self.claims.push(claim);
                        faults
                    }
                    Err(error) => vec![format!("not a copy: {error}")],
                }
            }
            Some((place, _)) => {
                if place == "skipped" {
                    self.counts.skipped += 1;
                } else {
                    self.counts.rejected += 1;
                }
                match serde_json::from_slice::<RejectLine>(line) {
                    Ok(_) => Vec::new(),
                    Err(error) => vec![format!("not a reject: {error}")],
                }
            }
        }
    }
}

/// Checks one file; what it has is added to `found`.
fn one_file(root: &Path, seal: &FileSeal, found: &mut Found) -> Result<(), String> {
    let path = root.join(&seal.name);
    let in_words = |error: std::io::Error| error.to_string();
    let size = disk::size(&path).map_err(in_words)?;
    if size != seal.bytes {
        return Err(format!(
            "{size} bytes, where its receipt says {}",
            seal.bytes
        ));
    }
    if disk::digest(&path).map_err(in_words)? != seal.sha256 {
        return Err("its SHA-256 is not that of its receipt".to_owned());
    }
    lines(root, seal, |number, line| {
        for problem in found.line(&seal.name, number, line) {
            found.problem(&seal.name, Some(number), problem);
        }
        Ok(())
    })
    .map_err(in_words)
}
