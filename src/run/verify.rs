//! Recounts and re-checks a finished run from its bytes, trusting nothing that it says of itself.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use rayon::prelude::*;

use super::folder::{manifest, part_files, receipt};
use super::receipt::{Manifest, RUN_SCHEMA, Receipt};
use super::sink::{Compress, FileSeal};
use super::{Counts, RunError, disk};
use crate::record::{Record, RejectLine, check};

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
/// record against its contract, counts per shard and in sum, and nothing there that no receipt names.
/// `advance` is called after each shard with the number of all.
///
/// # Errors
/// The folder is no finished run or cannot be read.
pub fn verify(root: &Path, advance: impl Fn(u64) + Sync) -> Result<Verified, RunError> {
    let manifest = manifest(root)?;
    let mut findings = whole_run(root, &manifest)?;
    let all = manifest.shards.len() as u64;
    let shards: Vec<(Counts, Vec<Finding>)> = manifest
        .shards
        .par_iter()
        .map(|shard| {
            let result = one_shard(root, shard);
            advance(all);
            result
        })
        .collect();
    let mut counts = Counts::default();
    for (counted, found) in shards {
        counts += counted;
        findings.extend(found);
    }
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

fn one_shard(root: &Path, shard: &Receipt) -> (Counts, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut counts = Counts::default();
    if receipt(root, shard.shard).as_ref() != Some(shard) {
        findings.push(of_run(format!(
            "the receipt of shard {} says something else or is missing",
            shard.shard
        )));
    }
    for seal in &shard.files {
        if let Err(problem) = one_file(root, seal, &mut counts, &mut findings) {
            findings.push(Finding {
                file: seal.name.clone(),
                line: None,
                problem,
            });
        }
    }
    counts.read = counts.annotated + counts.rejected + counts.skipped + counts.duplicates;
    if counts != shard.counts {
        findings.push(of_run(format!(
            "shard {} has {counts}, but its receipt says {}",
            shard.shard, shard.counts
        )));
    }
    (counts, findings)
}

/// Checks one file; what it has is added to `counts`.
fn one_file(
    root: &Path,
    seal: &FileSeal,
    counts: &mut Counts,
    findings: &mut Vec<Finding>,
) -> Result<(), String> {
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
    let mut reader = BufReader::new(unpacked(&path).map_err(in_words)?);
    let mut line = Vec::new();
    let mut number = 0;
    let is_records = !seal.name.contains('/');
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line).map_err(in_words)? == 0 {
            return Ok(());
        }
        number += 1;
        let body = line.strip_suffix(b"\n").unwrap_or(&line);
        let faults = if is_records {
            counts.annotated += 1;
            match Record::from_line(body) {
                Ok(record) => check(&record),
                Err(error) => vec![format!("not a record: {error}")],
            }
        } else {
            if seal.name.starts_with("skipped/") {
                counts.skipped += 1;
            } else {
                counts.rejected += 1;
            }
            match serde_json::from_slice::<RejectLine>(body) {
                Ok(_) => Vec::new(),
                Err(error) => vec![format!("not a reject: {error}")],
            }
        };
        findings.extend(faults.into_iter().map(|problem| Finding {
            file: seal.name.clone(),
            line: Some(number),
            problem,
        }));
    }
}

fn unpacked(path: &Path) -> std::io::Result<Box<dyn Read>> {
    let file = disk::open(path)?;
    Ok(match Compress::of(path) {
        Compress::None => Box::new(file),
        Compress::Gz => Box::new(flate2::read::MultiGzDecoder::new(file)),
        Compress::Zst => Box::new(zstd::Decoder::new(file)?),
    })
}
