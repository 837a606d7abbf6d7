//! The network: BERT (Devlin et al. 2019) with a label head, over several windows at once.
//!
//! Windows lie one after another without padding. The layers see rows and know nothing of windows; attention stays
//! within each. So a window gives the same scores, to the last bit, alone and among others.

use rten_simd::SimdOp;

use super::attention::{self, Attention};
use super::linear::{Linear, Products, Rows};
use super::vector::{Normalise, Then};
use crate::tag::{Input, TagError};

/// A table of embeddings in 8 bits with one scale and zero point.
pub struct Table {
    /// Row after row.
    pub values: Vec<u8>,
    /// The distance of two neighbours.
    pub scale: f32,
    /// What stands for 0.
    pub zero: u8,
}

/// A layer normalisation.
pub struct Norm {
    /// A factor for each number.
    pub gain: Vec<f32>,
    /// What is added to each.
    pub bias: Vec<f32>,
    /// Added to the variance.
    pub epsilon: f32,
}

/// One layer of the encoder.
pub struct Layer {
    /// Queries (divided by the root of a head's width), keys and values in one.
    pub joined: Linear,
    /// What comes after attention.
    pub mixed: Linear,
    /// After it was added to the layer's input.
    pub mixed_norm: Norm,
    /// To the wide inner layer.
    pub up: Linear,
    /// Back from it.
    pub down: Linear,
    /// After it was added.
    pub down_norm: Norm,
}

/// The network with its weights.
pub struct Encoder {
    /// Embeddings of pieces.
    pub words: Table,
    /// Of their places in the window.
    pub places: Table,
    /// Of their token types.
    pub types: Table,
    /// After their sum.
    pub norm: Norm,
    /// The layers in order.
    pub layers: Vec<Layer>,
    /// The heads, alike in all layers.
    pub attention: Attention,
    /// To a score for each label.
    pub classifier: Linear,
    /// Numbers for each piece.
    pub width: usize,
}

/// Memory that is used again from run to run.
#[derive(Default)]
pub struct Scratch {
    states: Vec<f32>,
    joined: Vec<f32>,
    context: Vec<f32>,
    wide: Vec<f32>,
    sums: Vec<i32>,
    rows: Rows,
    inner: Rows,
    attention: attention::Scratch,
}

impl Table {
    /// Adds a row to `out`; false where there is no such row.
    fn add(&self, row: usize, out: &mut [f32]) -> bool {
        let from = row.saturating_mul(out.len());
        let Some(values) = self.values.get(from..from.saturating_add(out.len())) else {
            return false;
        };
        for (out, &value) in out.iter_mut().zip(values) {
            *out += (f32::from(value) - f32::from(self.zero)) * self.scale;
        }
        true
    }
}

impl Norm {
    fn apply(&self, row: &mut [f32]) {
        let (gain, bias, epsilon) = (&self.gain, &self.bias, self.epsilon);
        Normalise {
            row,
            gain,
            bias,
            epsilon,
        }
        .dispatch();
    }
}

impl Encoder {
    /// The labels' scores (logits) for every piece of every window, special ones too, row after row.
    ///
    /// # Errors
    /// A piece, place or case that the model does not have.
    pub fn run(
        &self,
        products: &Products,
        windows: &[Input],
        scratch: &mut Scratch,
    ) -> Result<Vec<f32>, TagError> {
        self.embed(windows, scratch)?;
        for layer in &self.layers {
            self.attend(layer, products, windows, scratch)?;
            self.feed_forward(layer, products, scratch)?;
        }
        let head = &self.classifier;
        let sums = head.sums(products, &scratch.rows, &mut scratch.sums)?;
        let columns = head.columns();
        let mut logits = Vec::with_capacity(sums.len());
        for (sums, rounding) in sums
            .chunks_exact(head.outputs())
            .zip(scratch.rows.roundings())
        {
            let columns = columns.scale.iter().zip(columns.bias).zip(columns.total);
            for (sum, ((scale, bias), total)) in sums.iter().zip(columns) {
                let sum = sum - total * i32::from(rounding.zero);
                logits.push((sum as f32).mul_add(rounding.scale * scale, *bias));
            }
        }
        Ok(logits)
    }

    /// Pieces to states: the sum of their three embeddings, normalised.
    fn embed(&self, windows: &[Input], scratch: &mut Scratch) -> Result<(), TagError> {
        let count: usize = windows.iter().map(|window| window.ids.len()).sum();
        scratch.states.clear();
        scratch.states.resize(count * self.width, 0.0);
        scratch.rows.clear();
        let mut rows = scratch.states.chunks_exact_mut(self.width);
        for window in windows {
            for (place, (&id, &case)) in window.ids.iter().zip(&window.cases).enumerate() {
                let Some(row) = rows.next() else { break };
                let known = self.words.add(id as usize, row)
                    && self.types.add(case as usize, row)
                    && self.places.add(place, row);
                if !known {
                    return Err(TagError(format!(
                        "the model has no piece {id} of case {case} at place {place}"
                    )));
                }
                self.norm.apply(row);
                scratch.rows.push(row);
            }
        }
        Ok(())
    }

    /// Attention, added to the states and normalised.
    fn attend(
        &self,
        layer: &Layer,
        products: &Products,
        windows: &[Input],
        scratch: &mut Scratch,
    ) -> Result<(), TagError> {
        let (width, wide) = (self.width, layer.joined.outputs());
        let sums = layer
            .joined
            .sums(products, &scratch.rows, &mut scratch.sums)?;
        scratch.joined.resize(sums.len(), 0.0);
        for ((sums, &rounding), out) in sums
            .chunks_exact(wide)
            .zip(scratch.rows.roundings())
            .zip(scratch.joined.chunks_exact_mut(wide))
        {
            layer.joined.to_real(sums, rounding, Then::Write, out);
        }
        scratch.context.resize(scratch.states.len(), 0.0);
        let mut joined = scratch.joined.as_slice();
        let mut context = scratch.context.as_mut_slice();
        for window in windows {
            let count = window.ids.len();
            let (own, rest) = joined.split_at_checked(count * wide).unwrap_or_default();
            let taken = std::mem::take(&mut context);
            let (mixed, others) = taken
                .split_at_mut_checked(count * width)
                .unwrap_or_default();
            self.attention
                .mix(products, own, mixed, &mut scratch.attention)?;
            (joined, context) = (rest, others);
        }
        scratch.inner.clear();
        for row in scratch.context.chunks_exact(width) {
            scratch.inner.push(row);
        }
        self.add(&layer.mixed, &layer.mixed_norm, products, scratch)
    }

    /// The wide inner layer, added to the states and normalised.
    fn feed_forward(
        &self,
        layer: &Layer,
        products: &Products,
        scratch: &mut Scratch,
    ) -> Result<(), TagError> {
        let wide = layer.up.outputs();
        let sums = layer.up.sums(products, &scratch.rows, &mut scratch.sums)?;
        scratch.wide.resize(wide, 0.0);
        scratch.inner.clear();
        for (sums, &rounding) in sums.chunks_exact(wide).zip(scratch.rows.roundings()) {
            let out = scratch.wide.as_mut_slice();
            layer.up.to_real(sums, rounding, Then::Gelu, out);
            scratch.inner.push(&scratch.wide);
        }
        self.add(&layer.down, &layer.down_norm, products, scratch)
    }

    /// Adds what a layer makes of the inner rows to the states, normalises them, and rounds them for the next layer.
    fn add(
        &self,
        linear: &Linear,
        norm: &Norm,
        products: &Products,
        scratch: &mut Scratch,
    ) -> Result<(), TagError> {
        let sums = linear.sums(products, &scratch.inner, &mut scratch.sums)?;
        scratch.rows.clear();
        for ((sums, &rounding), out) in sums
            .chunks_exact(self.width)
            .zip(scratch.inner.roundings())
            .zip(scratch.states.chunks_exact_mut(self.width))
        {
            linear.to_real(sums, rounding, Then::Add, out);
            norm.apply(out);
            scratch.rows.push(out);
        }
        Ok(())
    }
}
