//! The network: BERT (Devlin et al. 2019) with a label head, over several windows at once.
//!
//! Windows lie one after another without padding. The layers see rows and know nothing of windows; attention stays
//! within each. So a window gives the same scores, to the last bit, alone and among others.

use rten_simd::SimdOp;

use super::attention::{self, Attention};
use super::linear::{Linear, Products, Rows};
use super::vector::{Embed, Round, Shift, ToInner, ToReal, ToState};
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
    /// The states, rounded.
    rows: Rows,
    /// What attention gives, rounded.
    mixed: Rows,
    /// The wide inner layer, rounded.
    inner: Rows,
    attention: attention::Scratch,
}

impl Table {
    /// A row of so many numbers, its scale and its zero; none where there is no such row.
    fn row(&self, row: usize, width: usize) -> Option<(&[u8], f32, u8)> {
        let from = row.checked_mul(width)?;
        let values = self.values.get(from..from.checked_add(width)?)?;
        Some((values, self.scale, self.zero))
    }
}

impl Norm {
    fn shift(&self) -> Shift<'_> {
        Shift {
            gain: &self.gain,
            bias: &self.bias,
            epsilon: self.epsilon,
        }
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
        let mut logits = Vec::new();
        let Scratch { rows, sums, .. } = scratch;
        self.classifier.times(products, rows, sums, |row| {
            let columns = row.columns.scale.iter().zip(row.columns.bias);
            let columns = columns.zip(row.columns.total);
            for (sum, ((scale, bias), total)) in row.sums.iter().zip(columns) {
                let sum = sum - total * i32::from(row.rounding.zero);
                logits.push((sum as f32).mul_add(row.rounding.scale * scale, *bias));
            }
        })?;
        Ok(logits)
    }

    /// Pieces to states: the sum of their three embeddings, normalised.
    fn embed(&self, windows: &[Input], scratch: &mut Scratch) -> Result<(), TagError> {
        let count: usize = windows.iter().map(|window| window.ids.len()).sum();
        let width = self.width;
        scratch.states.resize(count * width, 0.0);
        let (rows, roundings) = scratch.rows.room(count, width);
        let mut states = scratch.states.chunks_exact_mut(width).zip(rows);
        for window in windows {
            for (place, (&id, &case)) in window.ids.iter().zip(&window.cases).enumerate() {
                let word = self.words.row(id as usize, width);
                let kind = self.types.row(case as usize, width);
                let place_of = self.places.row(place, width);
                let (Some(word), Some(kind), Some(place_of)) = (word, kind, place_of) else {
                    return Err(TagError(format!(
                        "the model has no piece {id} of case {case} at place {place}"
                    )));
                };
                let Some((state, bytes)) = states.next() else {
                    break;
                };
                let embed = Embed {
                    parts: [word, kind, place_of],
                    shift: self.norm.shift(),
                    state,
                    bytes,
                };
                roundings.push(embed.dispatch());
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
        let Scratch {
            states,
            joined,
            context,
            sums,
            rows,
            mixed,
            attention,
            ..
        } = scratch;
        let longest = windows.iter().map(|window| window.ids.len()).max();
        let longest = longest.unwrap_or_default();
        joined.resize(longest * wide, 0.0);
        context.resize(longest * width, 0.0);
        let (mut places, roundings) = mixed.room(states.len() / width.max(1), width);
        // A window is mixed as soon as its rows are there: while they are in the nearest caches.
        let mut counts = windows
            .iter()
            .map(|window| window.ids.len())
            .filter(|&count| count > 0);
        let mut count = counts.next().unwrap_or_default();
        let mut ready = 0;
        layer.joined.times(products, rows, sums, |sums| {
            if let Some(out) = joined.get_mut(ready * wide..(ready + 1) * wide) {
                ToReal { sums, out }.dispatch();
            }
            ready += 1;
            if ready == count {
                let joined = joined.get(..count * wide).unwrap_or_default();
                let context = context.get_mut(..count * width).unwrap_or_default();
                self.attention.mix(joined, context, attention);
                for (row, bytes) in context.chunks_exact(width).zip(&mut places) {
                    roundings.push(Round { row, bytes }.dispatch());
                }
                (count, ready) = (counts.next().unwrap_or_default(), 0);
            }
        })?;
        add(
            &layer.mixed,
            &layer.mixed_norm,
            products,
            mixed,
            sums,
            states,
            rows,
        )
    }

    /// The wide inner layer, added to the states and normalised.
    fn feed_forward(
        &self,
        layer: &Layer,
        products: &Products,
        scratch: &mut Scratch,
    ) -> Result<(), TagError> {
        let wide = layer.up.outputs();
        let count = scratch.states.len() / self.width.max(1);
        scratch.wide.resize(wide, 0.0);
        let Scratch {
            wide: room,
            inner,
            states,
            rows,
            sums,
            ..
        } = scratch;
        let (mut places, roundings) = inner.room(count, wide);
        layer.up.times(products, rows, sums, |sums| {
            if let Some(bytes) = places.next() {
                let room = room.as_mut_slice();
                roundings.push(ToInner { sums, room, bytes }.dispatch());
            }
        })?;
        add(
            &layer.down,
            &layer.down_norm,
            products,
            inner,
            sums,
            states,
            rows,
        )
    }
}

/// Adds what a layer makes of the inner rows to the states, normalises them, and rounds them for the next layer.
fn add(
    linear: &Linear,
    norm: &Norm,
    products: &Products,
    inner: &Rows,
    sums: &mut Vec<i32>,
    states: &mut [f32],
    rows: &mut Rows,
) -> Result<(), TagError> {
    let (width, shift) = (linear.outputs(), norm.shift());
    let (places, roundings) = rows.room(states.len() / width.max(1), width);
    let mut places = states.chunks_exact_mut(width).zip(places);
    linear.times(products, inner, sums, |sums| {
        if let Some((state, bytes)) = places.next() {
            let sum = ToState {
                sums,
                shift,
                state,
                bytes,
            };
            roundings.push(sum.dispatch());
        }
    })
}
