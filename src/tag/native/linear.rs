//! Layers of int8 weights, and the rows of activations that are multiplied with them.

use std::slice::ChunksExactMut;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmUninitOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

use super::vector::{Columns, Rounding, Sums};
use crate::tag::TagError;

/// What multiplies matrices of 8-bit numbers into 32-bit sums. No thread may lend it to another; making one costs little.
pub type Products = GemmExecutor<u8, i8, i32>;

/// Rows that are multiplied at a time: their sums stay in the cache until they are real numbers. A multiple of the rows of all
/// of `rten-gemm`'s tiles, which for other counts computes rows that nobody needs.
const STRIP: usize = 48;

/// A layer of int8 weights, packed as the processor likes them, with a scale and a bias for each output.
pub struct Linear {
    packed: PackedBMatrix<i8>,
    scale: Vec<f32>,
    bias: Vec<f32>,
    total: Vec<i32>,
}

impl Linear {
    /// From weights of shape [inputs, outputs], row after row.
    ///
    /// # Errors
    /// The shapes do not fit one another.
    pub fn new(
        products: &Products,
        weights: &[i8],
        scale: Vec<f32>,
        bias: Vec<f32>,
    ) -> Result<Self, String> {
        let outputs = bias.len();
        let inputs = weights.len().checked_div(outputs).unwrap_or_default();
        if inputs == 0 || scale.len() != outputs || inputs * outputs != weights.len() {
            return Err(format!(
                "{} weights, {} scales and {outputs} biases make no layer",
                weights.len(),
                scale.len()
            ));
        }
        let mut total = vec![0; outputs];
        for row in weights.chunks_exact(outputs) {
            for (total, &weight) in total.iter_mut().zip(row) {
                *total += i32::from(weight);
            }
        }
        let packed = products.prepack_b(NdTensorView::from_data([inputs, outputs], weights));
        Ok(Self {
            packed,
            scale,
            bias,
            total,
        })
    }

    /// How many numbers it takes.
    pub fn inputs(&self) -> usize {
        self.packed.rows()
    }

    /// How many numbers it gives.
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// The rows times the weights, each row of [`Linear::outputs`] sums given to `take`, in order; `room` is reused.
    ///
    /// The rows' zero points are not in the sums: `Columns::total` takes them out later, since the kernels of `rten-gemm` 0.27
    /// do not honour a zero point of each row's own.
    ///
    /// # Errors
    /// Rows of another width.
    pub fn times(
        &self,
        products: &Products,
        rows: &Rows,
        room: &mut Vec<i32>,
        mut take: impl FnMut(Sums<'_>),
    ) -> Result<(), TagError> {
        let failed = |problem: &dyn std::fmt::Debug| TagError(format!("a layer: {problem:?}"));
        let (inputs, outputs) = (self.inputs(), self.outputs());
        let columns = Columns {
            scale: &self.scale,
            bias: &self.bias,
            total: &self.total,
        };
        let strips = rows.values.chunks(STRIP * inputs);
        for (values, roundings) in strips.zip(rows.roundings.chunks(STRIP)) {
            let view = NdTensorView::try_from_data([roundings.len(), inputs], values);
            let view = view.map_err(|error| failed(&error))?;
            // Else it is packed anew for every 1,024 columns.
            let packed = products.prepack_a(view);
            let size = roundings.len() * outputs;
            room.clear();
            room.reserve(size);
            let spare = room.spare_capacity_mut().get_mut(..size);
            let sums = products.gemm_uninit(
                spare.unwrap_or_default(),
                GemmInputA::Packed(&packed),
                GemmInputB::Packed(&self.packed),
                GemmUninitOptions::default(),
            );
            let sums = sums.map_err(|error| failed(&error))?;
            for (sums, &rounding) in sums.chunks_exact(outputs).zip(roundings) {
                take(Sums {
                    sums,
                    rounding,
                    columns,
                });
            }
        }
        Ok(())
    }
}

/// Rows of activations in 8 bits, each rounded by its own scale.
///
/// A scale for each row and not for all of them together (as ONNX `DynamicQuantizeLinear` has it): so what comes of a
/// row does not depend on the rows beside it, and windows may be computed together.
#[derive(Default)]
pub struct Rows {
    values: Vec<u8>,
    roundings: Vec<Rounding>,
}

impl Rows {
    /// Forgets the rows, and gives room for so many of this width, and where to push how each was rounded.
    pub fn room(
        &mut self,
        count: usize,
        width: usize,
    ) -> (ChunksExactMut<'_, u8>, &mut Vec<Rounding>) {
        self.values.resize(count * width, 0);
        self.roundings.clear();
        (self.values.chunks_exact_mut(width), &mut self.roundings)
    }
}
