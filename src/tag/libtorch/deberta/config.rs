//! What a `config.json` says of a DeBERTa, with what Hugging Face takes where it says nothing.
//!
//! A key that asks for what is not built here is an error, never passed over.

use std::collections::HashMap;

use rust_bert::Activation;
use serde::de::IgnoredAny;

use crate::tag::ModelError;

/// Which of the two networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `deberta`.
    V1,
    /// `deberta-v2`, which v3 is too.
    V2,
}

/// The keys of `config.json` that say what is computed.
#[derive(Debug, serde::Deserialize)]
pub struct Config {
    #[serde(skip, default = "first")]
    pub version: Version,
    pub vocab_size: i64,
    pub hidden_size: i64,
    pub intermediate_size: i64,
    pub num_hidden_layers: u32,
    pub num_attention_heads: i64,
    pub max_position_embeddings: i64,
    pub hidden_act: Activation,
    id2label: HashMap<String, IgnoredAny>,
    #[serde(default = "epsilon")]
    pub layer_norm_eps: f64,
    #[serde(default)]
    pub type_vocab_size: i64,
    #[serde(default = "yes")]
    pub position_biased_input: bool,
    embedding_size: Option<i64>,
    attention_head_size: Option<i64>,
    #[serde(default)]
    relative_attention: bool,
    max_relative_positions: Option<i64>,
    position_buckets: Option<i64>,
    norm_rel_ebd: Option<String>,
    pos_att_type: Option<Terms>,
    #[serde(default)]
    pub share_att_key: bool,
    #[serde(default)]
    talking_head: bool,
    conv_kernel_size: Option<i64>,
    conv_groups: Option<i64>,
    conv_act: Option<Activation>,
}

/// `pos_att_type`, in either of the ways in which it is written: `"c2p|p2c"` or `["c2p", "p2c"]`.
#[derive(Debug, serde::Deserialize)]
#[serde(untagged)]
enum Terms {
    Joined(String),
    Listed(Vec<String>),
}

/// The convolution beside the first layer, which the larger models of v2 have.
#[derive(Clone, Copy, Debug)]
pub struct ConvolutionConfig {
    /// Pieces that it looks at: an odd number.
    pub kernel: i64,
    pub groups: i64,
    pub activation: Activation,
}

/// The largest size that is believed: so that no product of sizes overflows.
const LARGEST: i64 = 1 << 24;

fn first() -> Version {
    Version::V1
}

fn epsilon() -> f64 {
    1e-7
}

fn yes() -> bool {
    true
}

impl Config {
    /// From the bytes of the file.
    ///
    /// # Errors
    /// A key that is missing, or asks for what is not built.
    pub fn read(bytes: &[u8], version: Version) -> Result<Self, ModelError> {
        let fault = |problem: &dyn std::fmt::Display| ModelError::in_file("config.json", problem);
        let mut config: Self = serde_json::from_slice(bytes).map_err(|error| fault(&error))?;
        config.version = version;
        config.check().map_err(|problem| fault(&problem))?;
        Ok(config)
    }

    /// How many columns the output has.
    pub fn labels(&self) -> i64 {
        self.id2label.len() as i64
    }

    /// The width of the embeddings, before they are widened to that of the layers.
    pub fn embedding_size(&self) -> i64 {
        self.embedding_size.unwrap_or(self.hidden_size)
    }

    /// The width of one head.
    pub fn head_size(&self) -> i64 {
        self.hidden_size / self.num_attention_heads
    }

    /// Whether what a piece is asks where the others are (content to position).
    pub fn content_to_position(&self) -> bool {
        self.has("c2p")
    }

    /// Whether where a piece is asks what the others are (position to content).
    pub fn position_to_content(&self) -> bool {
        self.has("p2c")
    }

    /// How many products are added up in a score. It counts even where `relative_attention` is off.
    pub fn score_terms(&self) -> u8 {
        1 + u8::from(self.has("c2p")) + u8::from(self.has("p2c"))
    }

    /// Whether scores depend on how far apart pieces are.
    pub fn is_relative(&self) -> bool {
        self.relative_attention && (self.has("c2p") || self.has("p2c"))
    }

    /// The largest distance, in pieces, that is told from larger ones.
    pub fn furthest(&self) -> i64 {
        let given = self.max_relative_positions.filter(|&given| given > 0);
        given.unwrap_or(self.max_position_embeddings)
    }

    /// In how many buckets distances in one direction fall; none where each distance is its own.
    pub fn buckets(&self) -> Option<i64> {
        let given = self.position_buckets.filter(|&given| given > 0);
        given.filter(|_| self.version == Version::V2)
    }

    /// Whether the embeddings of distances are normalised.
    pub fn has_relative_norm(&self) -> bool {
        let given = self.norm_rel_ebd.as_deref().unwrap_or_default();
        let mut parts = given.split('|').map(str::trim);
        self.version == Version::V2 && parts.any(|part| part.eq_ignore_ascii_case("layer_norm"))
    }

    /// The convolution, where there is one.
    pub fn convolution(&self) -> Option<ConvolutionConfig> {
        let kernel = self.conv_kernel_size.filter(|&kernel| kernel > 0)?;
        (self.version == Version::V2).then_some(ConvolutionConfig {
            kernel,
            groups: self.conv_groups.unwrap_or(1),
            activation: self.conv_act.unwrap_or(Activation::tanh),
        })
    }

    fn terms(&self) -> Vec<String> {
        let tidy = |term: &str| term.trim().to_ascii_lowercase();
        match &self.pos_att_type {
            None => Vec::new(),
            Some(Terms::Joined(terms)) => terms.split('|').map(tidy).collect(),
            Some(Terms::Listed(terms)) => terms.iter().map(|term| tidy(term)).collect(),
        }
    }

    fn has(&self, term: &str) -> bool {
        self.terms().iter().any(|given| given == term)
    }

    fn check(&self) -> Result<(), String> {
        let sizes = [
            ("vocab_size", self.vocab_size),
            ("hidden_size", self.hidden_size),
            ("intermediate_size", self.intermediate_size),
            ("num_attention_heads", self.num_attention_heads),
            ("max_position_embeddings", self.max_position_embeddings),
            ("max_relative_positions", self.furthest()),
            ("embedding_size", self.embedding_size()),
            ("type_vocab_size", self.type_vocab_size.max(1)),
            ("position_buckets", self.buckets().unwrap_or(1)),
        ];
        for (key, size) in sizes {
            if !(1..=LARGEST).contains(&size) {
                return Err(format!(
                    "`{key}` is {size}, and must be from 1 to {LARGEST}"
                ));
            }
        }
        let (hidden, heads) = (self.hidden_size, self.num_attention_heads);
        if hidden % heads != 0 {
            return Err(format!(
                "`hidden_size` {hidden} is no multiple of `num_attention_heads` {heads}"
            ));
        }
        let elsewhere = "is not built for libtorch; convert the model with scripts/convert-model and use the engine onnx";
        if self
            .attention_head_size
            .is_some_and(|size| size != self.head_size())
        {
            return Err(format!("an `attention_head_size` of its own {elsewhere}"));
        }
        if self.version == Version::V1 && self.talking_head {
            return Err(format!("`talking_head` {elsewhere}"));
        }
        let mut terms = self.terms().into_iter();
        if let Some(other) = terms.find(|term| term != "c2p" && term != "p2c") {
            return Err(format!(
                "`pos_att_type` {other:?} {elsewhere}; c2p and p2c are"
            ));
        }
        if self.buckets() == Some(1) {
            return Err(
                "`position_buckets` is 1, and must be 2 or more, or -1 for none".to_owned(),
            );
        }
        if let Some(ConvolutionConfig { kernel, groups, .. }) = self.convolution() {
            if kernel % 2 == 0 || kernel > LARGEST {
                return Err(format!("`conv_kernel_size` is {kernel}, and must be odd"));
            }
            if groups < 1 || hidden % groups != 0 {
                return Err(format!(
                    "`conv_groups` {groups} does not divide `hidden_size` {hidden}"
                ));
            }
        }
        Ok(())
    }
}
