//! Layers of int8 weights, and the rows of activations that are multiplied with them.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmUninitOptions, PackedBMatrix};
use rten_simd::SimdOp;
use rten_tensor::NdTensorView;

use super::vector::{Bounds, Columns, Rounding, Then, ToBytes, ToReal};
use crate::tag::TagError;

/// What multiplies matrices. No thread may lend it to another; making one costs nothing.
#[derive(Default)]
pub struct Products {
    /// Of 8-bit numbers, into 32-bit sums.
    pub whole: GemmExecutor<u8, i8, i32>,
    /// Of real numbers.
    pub real: GemmExecutor,
}

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
        let packed = products
            .whole
            .prepack_b(NdTensorView::from_data([inputs, outputs], weights));
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

    /// What its sums need to become real numbers.
    pub fn columns(&self) -> Columns<'_> {
        Columns {
            scale: &self.scale,
            bias: &self.bias,
            total: &self.total,
        }
    }

    /// A row of its sums as real numbers.
    pub fn to_real(&self, sums: &[i32], rounding: Rounding, then: Then, out: &mut [f32]) {
        let columns = self.columns();
        ToReal {
            sums,
            rounding,
            columns,
            then,
            out,
        }
        .dispatch();
    }

    /// The rows times the weights as whole numbers, one row of [`Linear::outputs`] sums for each; `room` is reused.
    ///
    /// The rows' zero points are not in the sums: `Columns::total` takes them out later, since the kernels of `rten-gemm` 0.27
    /// do not honour a zero point of each row's own.
    ///
    /// # Errors
    /// Rows of another width.
    pub fn sums<'a>(
        &self,
        products: &Products,
        rows: &Rows,
        room: &'a mut Vec<i32>,
    ) -> Result<&'a [i32], TagError> {
        let failed = |problem: &dyn std::fmt::Debug| TagError(format!("a layer: {problem:?}"));
        let count = rows.roundings.len();
        let view = NdTensorView::try_from_data([count, self.inputs()], rows.values.as_slice());
        let view = view.map_err(|error| failed(&error))?;
        let size = count * self.outputs();
        room.clear();
        room.reserve(size);
        let spare = room.spare_capacity_mut().get_mut(..size);
        let sums = products.whole.gemm_uninit(
            spare.unwrap_or_default(),
            GemmInputA::Unpacked(view),
            GemmInputB::Packed(&self.packed),
            GemmUninitOptions::default(),
        );
        sums.map(|sums| &*sums).map_err(|error| failed(&error))
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
    /// Forgets the rows.
    pub fn clear(&mut self) {
        self.values.clear();
        self.roundings.clear();
    }

    /// How each was rounded.
    pub fn roundings(&self) -> &[Rounding] {
        &self.roundings
    }

    /// Rounds one more row.
    pub fn push(&mut self, row: &[f32]) {
        let (low, high) = Bounds(row).dispatch();
        // A row of zeros has no width to divide by.
        let scale = ((high - low) / 255.0).max(f32::MIN_POSITIVE);
        let rounding = Rounding {
            scale,
            zero: (-low / scale).round_ties_even().clamp(0.0, 255.0) as u8,
        };
        let from = self.values.len();
        self.values.resize(from + row.len(), rounding.zero);
        let out = self.values.get_mut(from..).unwrap_or_default();
        ToBytes { row, rounding, out }.dispatch();
        self.roundings.push(rounding);
    }
}
