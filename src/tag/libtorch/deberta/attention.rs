//! Disentangled attention: a score is the sum of what to what, what to where, and where to what.
//!
//! He et al. 2021, section 3.1. In the published models both positional products take the distance of the piece that asks to the one
//! that is asked; the paper's formula (4) turns it round in the third.

use tch::{Kind, Tensor};

use super::super::weights::Weights;
use super::config::{Config, Version};
use super::linear::Linear;
use super::relative::Distances;
use crate::tag::ModelError;

/// The attention of one layer.
pub struct Attention {
    content: Content,
    /// Of distances: what content asks, and what asks content.
    distance_keys: Option<Linear>,
    distance_queries: Option<Linear>,
    heads: i64,
    /// What scores are divided by.
    scale: f64,
}

/// Queries, keys and values of pieces.
enum Content {
    /// v1: one matrix, in which each head has its rows for the three one after the other.
    Packed {
        map: Linear,
        query_bias: Tensor,
        value_bias: Tensor,
    },
    /// v2.
    Separate {
        query: Linear,
        key: Linear,
        value: Linear,
    },
}

impl Attention {
    /// That of the layer of this name.
    ///
    /// # Errors
    /// A tensor is missing, or of another shape.
    pub fn new(config: &Config, weights: &Weights, layer: &str) -> Result<Self, ModelError> {
        let hidden = config.hidden_size;
        let own = |part: &str| format!("{layer}.attention.self.{part}");
        let linear = |part: &str| Linear::new(weights, &own(part), hidden, hidden);
        let relative = config.is_relative();
        let asks = relative && config.content_to_position();
        let asked = relative && config.position_to_content();
        let (content, distance_keys, distance_queries) = match config.version {
            Version::V1 => {
                let bias = |part| weights.tensor(&own(part), &[hidden]);
                let content = Content::Packed {
                    map: Linear::unbiased(weights, &own("in_proj"), hidden, 3 * hidden)?,
                    query_bias: bias("q_bias")?,
                    value_bias: bias("v_bias")?,
                };
                let keys =
                    asks.then(|| Linear::unbiased(weights, &own("pos_proj"), hidden, hidden));
                (content, keys, asked.then(|| linear("pos_q_proj")))
            }
            Version::V2 => {
                let (query, key) = (linear("query_proj")?, linear("key_proj")?);
                let shared = |map: &Linear, part| {
                    if config.share_att_key {
                        Ok(map.shared())
                    } else {
                        linear(part)
                    }
                };
                let keys = asks.then(|| shared(&key, "pos_key_proj"));
                let queries = asked.then(|| shared(&query, "pos_query_proj"));
                let value = linear("value_proj")?;
                (Content::Separate { query, key, value }, keys, queries)
            }
        };
        Ok(Self {
            content,
            distance_keys: distance_keys.transpose()?,
            distance_queries: distance_queries.transpose()?,
            heads: config.num_attention_heads,
            scale: (config.head_size() as f64 * f64::from(config.score_terms())).sqrt(),
        })
    }

    /// What each piece takes of the others: from [pieces, hidden] to the same shape.
    pub fn forward(&self, hidden: &Tensor, distances: Option<&Distances>) -> Tensor {
        let [queries, keys, values] = self.content(hidden);
        let mut scores = product(&queries, &keys);
        if let Some(Distances { embeddings, places }) = distances {
            let places = places.expand_as(&scores);
            if let Some(map) = &self.distance_keys {
                let to_all = product(&queries, &self.by_head(&map.forward(embeddings)));
                scores += to_all.gather(-1, &places, false);
            }
            if let Some(map) = &self.distance_queries {
                let to_all = product(&keys, &self.by_head(&map.forward(embeddings)));
                let asked = to_all.gather(-1, &places.transpose(-1, -2), false);
                scores += asked.transpose(-1, -2);
            }
        }
        let shares = (scores / self.scale).softmax(-1, Kind::Float);
        let taken = shares.matmul(&values);
        taken.transpose(0, 1).flatten(1, -1)
    }

    /// Queries, keys and values, each of shape [heads, pieces, head width].
    fn content(&self, hidden: &Tensor) -> [Tensor; 3] {
        match &self.content {
            Content::Packed {
                map,
                query_bias,
                value_bias,
            } => {
                let packed = self.by_head(&map.forward(hidden));
                let width = packed.size().last().map_or(0, |width| width / 3);
                let part = |place: i64| packed.narrow(-1, place * width, width);
                let bias = |bias: &Tensor| bias.view([self.heads, 1, -1]);
                [
                    part(0) + bias(query_bias),
                    part(1),
                    part(2) + bias(value_bias),
                ]
            }
            Content::Separate { query, key, value } => {
                [query, key, value].map(|map| self.by_head(&map.forward(hidden)))
            }
        }
    }

    /// From [rows, heads × width] to [heads, rows, width].
    fn by_head(&self, rows: &Tensor) -> Tensor {
        rows.unflatten(-1, [self.heads, -1]).transpose(0, 1)
    }
}

/// Of each row of one with each row of the other, head by head.
fn product(left: &Tensor, right: &Tensor) -> Tensor {
    left.matmul(&right.transpose(-1, -2))
}
