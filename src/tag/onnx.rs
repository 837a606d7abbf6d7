//! The engine for any ONNX graph, in pure Rust through `rten`.
//!
//! One window is one run of the graph. Weights as `scripts/train/export.py` writes them are int8 with dynamic quantisation, whose
//! scale is taken from the whole activation tensor (ONNX `DynamicQuantizeLinear`): windows that share a
//! tensor change each other's last bits, so a batch would break "together equals one by one". With
//! prepacked weights a window alone is also as fast as a padded batch; ARCHITECTURE.md has the figures.
//! What is parallel is windows, not the inside of a matrix product: each worker thread computes alone.

use std::borrow::Cow;
use std::sync::Arc;

use rten::{Model as Graph, ModelOptions, NodeId, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

use super::{Input, LabelSet, ModelError, Scores, TagError, Tagger, own};

/// A token-classification graph with inputs `input_ids`, `attention_mask` and, where the model has token types,
/// `token_type_ids`; its output is `logits`.
pub struct OnnxTagger {
    graph: Graph,
    labels: LabelSet,
    input_ids: NodeId,
    attention_mask: NodeId,
    token_type_ids: Option<NodeId>,
    logits: NodeId,
    /// A pool of one thread for each worker that may call at the same time; taken in turns.
    pools: Vec<Arc<ThreadPool>>,
}

impl OnnxTagger {
    /// Loads a graph. `threads` is how many callers will score at the same time.
    ///
    /// # Errors
    /// Bytes that are no ONNX graph of this shape.
    pub fn load(
        weights: Cow<'static, [u8]>,
        labels: LabelSet,
        threads: usize,
    ) -> Result<Self, ModelError> {
        let failed = |error: &dyn std::fmt::Display| ModelError::in_file("model.onnx", error);
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let graph = match weights {
            Cow::Borrowed(bytes) => options.load_static_slice(bytes),
            Cow::Owned(bytes) => options.load(bytes),
        };
        let graph = graph.map_err(|error| failed(&error))?;
        let node = |name: &str| graph.node_id(name).map_err(|error| failed(&error));
        let (input_ids, attention_mask, token_type_ids, logits) = (
            node("input_ids")?,
            node("attention_mask")?,
            graph.find_node("token_type_ids"),
            node("logits")?,
        );
        Ok(Self {
            graph,
            labels,
            input_ids,
            attention_mask,
            token_type_ids,
            logits,
            pools: (0..threads.max(1))
                .map(|_| Arc::new(ThreadPool::with_num_threads(1)))
                .collect(),
        })
    }

    fn score_one(&self, window: &Input) -> Result<Scores, TagError> {
        let failed = |error: &dyn std::fmt::Display| TagError(error.to_string());
        let length = window.ids.len();
        let row = |values: &[u32]| {
            let values: Vec<i32> = values.iter().map(|&value| value as i32).collect();
            NdTensor::from_data([1, length], values)
        };
        let (ids, cases) = (row(&window.ids), row(&window.cases));
        let mask = NdTensor::full([1, length], 1i32);
        let pool = own(&self.pools).cloned();
        let mut inputs = vec![
            (self.input_ids, ids.view().into()),
            (self.attention_mask, mask.view().into()),
        ];
        inputs.extend(self.token_type_ids.map(|node| (node, cases.view().into())));
        let [logits] = self
            .graph
            .run_n(
                inputs,
                [self.logits],
                Some(RunOptions::default().with_thread_pool(pool)),
            )
            .map_err(|error| failed(&error))?;
        let logits: Tensor<f32> = logits
            .try_into()
            .map_err(|_| TagError("the graph's logits are not float32".to_owned()))?;
        let columns = self.labels.columns();
        if logits.shape() != [1, length, columns] {
            return Err(TagError(format!(
                "the graph gives logits of shape {:?} where [1, {length}, {columns}] is due",
                logits.shape(),
            )));
        }
        Ok(Scores::of_window(&self.labels, &logits.into_data()))
    }
}

impl Tagger for OnnxTagger {
    fn labels(&self) -> &LabelSet {
        &self.labels
    }

    fn score(&self, windows: &[Input]) -> Result<Vec<Scores>, TagError> {
        windows
            .iter()
            .map(|window| self.score_one(window))
            .collect()
    }
}
