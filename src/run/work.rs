//! What a worker does with a chunk: every item becomes one line, of one kind or another.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::Counts;
use super::items::{Chunk, Item, fingerprint};
use crate::annotate::Annotator;
use crate::dedup::{Dedup, Signature};
use crate::input::{self, Article, FieldOptions, Limits, RAW_KEPT, RawRecord};
use crate::input::{Refusal, Reject, RejectCode};
use crate::record::RejectLine;
use crate::stage::{Observer, Stage};
use crate::tag::TagError;

/// What became of one item, as the line that is written for it (without a line end).
pub enum Outcome {
    /// A record, and what tells its copies, where they are looked for.
    Annotated(Vec<u8>, Option<Box<Candidate>>),
    /// A copy of an article that came before.
    Duplicate(Vec<u8>),
    /// A fault.
    Rejected(Vec<u8>),
    /// No text.
    Skipped(Vec<u8>),
}

/// An article that may be a copy, or have copies.
pub struct Candidate {
    /// What is compared.
    pub signature: Signature,
    /// Its file.
    pub path: Arc<str>,
    /// Its record in the file.
    pub record: u64,
}

/// A chunk that is worked on.
pub struct Done {
    /// The shard's number.
    pub shard: u64,
    /// How many items it had, counted before anything was done with them.
    pub read: u64,
    /// For each item its fingerprint and outcome, in order.
    pub outcomes: Vec<(String, Outcome)>,
    /// The reader's position after it.
    pub position: u64,
    /// Bytes of the records.
    pub bytes: u64,
}

impl Done {
    /// What became of its items.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            read: self.read,
            ..Counts::default()
        };
        for (_, outcome) in &self.outcomes {
            match outcome {
                Outcome::Annotated(..) => counts.annotated += 1,
                Outcome::Duplicate(_) => counts.duplicates += 1,
                Outcome::Rejected(_) => counts.rejected += 1,
                Outcome::Skipped(_) => counts.skipped += 1,
            }
        }
        counts
    }
}

/// Annotates a chunk, telling an observer as each stage ends.
pub fn chunk(
    annotator: &Annotator,
    fields: &FieldOptions,
    limits: Limits,
    dedup: Dedup,
    chunk: Chunk,
    observer: &mut impl Observer,
) -> Done {
    let read_items = chunk.items.len() as u64;
    let bytes = chunk
        .items
        .iter()
        .flatten()
        .map(|raw| raw.bytes.len() as u64)
        .sum();
    let mut outcomes: Vec<(String, Option<Outcome>)> = Vec::with_capacity(chunk.items.len());
    let mut articles = Vec::new();
    let mut raws = Vec::new();
    for item in chunk.items {
        let print = fingerprint(&item);
        let outcome = match read(item, fields, limits) {
            Ok((raw, article)) => {
                raws.push(raw);
                articles.push(article);
                None
            }
            Err(outcome) => Some(outcome),
        };
        outcomes.push((print, outcome));
    }
    let mut annotated = annotate(annotator, articles, raws, dedup, observer).into_iter();
    let done = Done {
        shard: chunk.shard,
        read: read_items,
        outcomes: outcomes
            .into_iter()
            .filter_map(|(print, outcome)| Some((print, outcome.or_else(|| annotated.next())?)))
            .collect(),
        position: chunk.position,
        bytes,
    };
    observer.ended(Stage::Record);
    done
}

fn read(
    item: Item,
    fields: &FieldOptions,
    limits: Limits,
) -> Result<(RawRecord, Article), Outcome> {
    let raw = item.map_err(rejected)?;
    match input::article(&raw, fields) {
        Ok(article) => match too_long(&article, limits) {
            Some(reason) => {
                let line = reject_line(RejectCode::TooLong.as_str(), &raw, reason);
                Err(Outcome::Rejected(to_json(&line)))
            }
            None => Ok((raw, article)),
        },
        Err(Refusal::Reject(reject)) => Err(rejected(reject)),
        Err(Refusal::Empty) => {
            let line = reject_line(
                "empty_text",
                &raw,
                "the record has no text but white space; there is nothing to annotate".to_owned(),
            );
            Err(Outcome::Skipped(to_json(&line)))
        }
        Err(Refusal::NotRead(why)) => {
            let line = reject_line(
                "member_not_read",
                &raw,
                format!("this member is not read: {why}"),
            );
            Err(Outcome::Skipped(to_json(&line)))
        }
        Err(Refusal::NoPage(what)) => {
            let line = reject_line("not_a_page", &raw, format!("this is no page: {what}"));
            Err(Outcome::Skipped(to_json(&line)))
        }
    }
}

/// Why an article is longer than it may be.
fn too_long(article: &Article, limits: Limits) -> Option<String> {
    let limit = limits.max_article?;
    let characters = article.text.chars().count() as u64;
    (characters > limit).then(|| {
        format!(
            "the text has {characters} characters, the limit is {limit}; {}",
            RejectCode::TooLong.remedy()
        )
    })
}

/// Annotates articles together; if that panics, one by one, so that a bug costs one record and not its
/// neighbours.
fn annotate(
    annotator: &Annotator,
    articles: Vec<Article>,
    raws: Vec<RawRecord>,
    dedup: Dedup,
    observer: &mut impl Observer,
) -> Vec<Outcome> {
    let copies = articles.clone();
    observer.ended(Stage::Parse);
    let mut guarded = |articles: Vec<Article>| {
        catch_unwind(AssertUnwindSafe(|| {
            annotator.annotate_observed(articles, observer)
        }))
    };
    let results = match guarded(copies) {
        Ok(results) => results.into_iter().map(Ok).collect(),
        Err(_) => articles
            .into_iter()
            .map(|article| guarded(vec![article]).map(|mut alone| alone.pop()))
            .map(|result| result.map(|alone| alone.unwrap_or(Err(TagError(String::new())))))
            .collect::<Vec<_>>(),
    };
    results
        .into_iter()
        .zip(raws)
        .map(|(result, raw)| {
            let fault = match result {
                Ok(Ok(record)) => match record.to_line() {
                    Ok(line) => {
                        let signature = Signature::of(&record, dedup);
                        let candidate = signature.map(|signature| Candidate {
                            signature,
                            path: raw.path,
                            record: raw.record,
                        });
                        return Outcome::Annotated(line, candidate.map(Box::new));
                    }
                    Err(error) => ("internal_error", error.to_string()),
                },
                Ok(Err(error)) => ("tagger_failed", error.to_string()),
                Err(_) => ("internal_error", "annotating it panicked".to_owned()),
            };
            let reason = format!(
                "{}; this is a bug in headcount: please report it with this record",
                fault.1
            );
            Outcome::Rejected(to_json(&reject_line(fault.0, &raw, reason)))
        })
        .collect()
}

fn rejected(reject: Reject) -> Outcome {
    let line = RejectLine {
        code: reject.code.as_str().to_owned(),
        path: reject.path.to_string(),
        member: reject.member.as_deref().map(str::to_owned),
        record: reject.record,
        byte: reject.byte,
        reason: reject.reason,
        raw: None,
        raw_base64: None,
        raw_bytes: reject.raw_bytes,
    };
    Outcome::Rejected(to_json(&line.with_raw(reject.raw)))
}

fn reject_line(code: &str, raw: &RawRecord, reason: String) -> RejectLine {
    let kept = raw.bytes.get(..RAW_KEPT).unwrap_or(&raw.bytes);
    RejectLine {
        code: code.to_owned(),
        path: raw.path.to_string(),
        member: raw.member.as_deref().map(str::to_owned),
        record: raw.record,
        byte: raw.byte,
        reason,
        raw: None,
        raw_base64: None,
        raw_bytes: raw.bytes.len() as u64,
    }
    .with_raw(kept.to_vec())
}

fn to_json(line: &RejectLine) -> Vec<u8> {
    // A struct of strings and integers always has a JSON form.
    serde_json::to_vec(line).unwrap_or_default()
}
