//! What an output depends on besides its input: program, engine, model, actor book and options.
//!
//! Two runs with the same identity over the same input give the same bytes; a shard made under another
//! identity is made again. What a run is computed on (`--jobs`, `--device`) is no part of it.

use serde::{Deserialize, Serialize};

use super::sink::Compress;
use crate::annotate::Annotator;
use crate::digest::sha256;
use crate::input::{FieldOptions, Limits};
use crate::record::SCHEMA;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The program's version.
    pub headcount: String,
    /// Digest of its sources.
    pub code: String,
    /// The contract.
    pub schema: String,
    /// Name of the engine.
    pub engine: String,
    /// Digest of the model.
    pub model: String,
    /// Digest of the actor book.
    pub actors: String,
    /// Records in a shard.
    pub shard_size: u64,
    /// Compression of the shards.
    pub compress: Compress,
    /// Which fields of a record are what.
    pub fields: FieldOptions,
    /// How large things may be.
    pub limits: Limits,
}

impl Identity {
    /// The identity of a run.
    pub fn new(
        annotator: &Annotator,
        fields: &FieldOptions,
        limits: Limits,
        shard_size: u64,
        compress: Compress,
    ) -> Self {
        Self {
            headcount: env!("CARGO_PKG_VERSION").to_owned(),
            code: env!("HEADCOUNT_CODE").to_owned(),
            schema: SCHEMA.to_owned(),
            engine: annotator.engine().name().as_str().to_owned(),
            model: annotator.engine().digest().to_owned(),
            actors: annotator.book_digest().to_owned(),
            shard_size,
            compress,
            fields: fields.clone(),
            limits,
        }
    }

    /// Its digest, which receipts name.
    pub fn digest(&self) -> String {
        // A struct of strings and integers always has a JSON form.
        sha256(&serde_json::to_vec(self).unwrap_or_default())
    }
}
