//! What happens to a row of numbers between two matrix products, each step a pass while the row lies in the nearest cache.
//!
//! Portable SIMD through `rten-simd`: AVX-512, AVX2, NEON, or plain code. Rows must be whole numbers of [`LANES`] long, which the
//! loader sees to; what stands beyond is left out. No closures here: code in one is compiled without the processor's wide
//! instructions and called number by number.

use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps, ToFloat};
use rten_simd::{Isa, Simd, SimdOp, SimdUnaryOp};
use rten_vecmath::Gelu;

/// All widths are multiples of this: four of the widest vectors of 32-bit numbers.
pub const LANES: usize = 64;

/// How a row of real numbers was rounded to 8 bits: `real = (rounded - zero) * scale`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounding {
    /// The distance of two neighbours.
    pub scale: f32,
    /// What stands for 0.
    pub zero: u8,
}

/// What turns a row of whole sums of products back into real numbers, a value for each column.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    /// The scale of the column's weights.
    pub scale: &'a [f32],
    /// What is added in the end.
    pub bias: &'a [f32],
    /// The sum of the column's weights: what a zero point of 1 adds to a sum.
    pub total: &'a [i32],
}

/// What is done with the real numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// They are written.
    Write,
    /// Their GELU is written (Hendrycks and Gimpel 2016, with the error function).
    Gelu,
    /// They are added to what is there.
    Add,
}

/// Whole sums of a row to real numbers in `out`.
pub struct ToReal<'a> {
    /// The sums.
    pub sums: &'a [i32],
    /// How the row that was multiplied had been rounded.
    pub rounding: Rounding,
    /// The columns.
    pub columns: Columns<'a>,
    /// What is done with them.
    pub then: Then,
    /// Where to.
    pub out: &'a mut [f32],
}

impl SimdOp for ToReal<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (real, whole) = (isa.f32(), isa.i32());
        let width = real.len();
        let row_scale = real.splat(self.rounding.scale);
        let zero = whole.splat(i32::from(self.rounding.zero));
        let columns = (self.columns.scale.chunks_exact(width))
            .zip(self.columns.bias.chunks_exact(width))
            .zip(self.columns.total.chunks_exact(width));
        let places = (self.sums.chunks_exact(width)).zip(self.out.chunks_exact_mut(width));
        for ((sums, out), ((scale, bias), total)) in places.zip(columns) {
            let sum = whole.sub(whole.load(sums), whole.mul(zero, whole.load(total)));
            let scale = real.mul(row_scale, real.load(scale));
            let value = real.mul_add(whole.to_float(sum), scale, real.load(bias));
            let value = match self.then {
                Then::Write => value,
                Then::Gelu => Gelu {}.eval(isa, value),
                Then::Add => real.add(value, real.load(out)),
            };
            real.store(value, out);
        }
    }
}

/// Layer normalisation of a row in place (Ba, Kiros and Hinton 2016).
pub struct Normalise<'a> {
    /// The row.
    pub row: &'a mut [f32],
    /// What each number is multiplied with in the end.
    pub gain: &'a [f32],
    /// What is added then.
    pub bias: &'a [f32],
    /// Added to the variance.
    pub epsilon: f32,
}

impl SimdOp for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let real = isa.f32();
        let width = real.len();
        let count = self.row.len().max(1) as f32;
        let mut sum = real.zero();
        for part in self.row.chunks_exact(width) {
            sum = real.add(sum, real.load(part));
        }
        let mean = real.splat(real.sum(sum) / count);
        let mut squares = real.zero();
        for part in self.row.chunks_exact(width) {
            let off = real.sub(real.load(part), mean);
            squares = real.mul_add(off, off, squares);
        }
        let inverse = real.splat(1.0 / (real.sum(squares) / count + self.epsilon).sqrt());
        let columns = (self.gain.chunks_exact(width)).zip(self.bias.chunks_exact(width));
        for (row, (gain, bias)) in self.row.chunks_exact_mut(width).zip(columns) {
            let off = real.mul(real.sub(real.load(row), mean), inverse);
            real.store(real.mul_add(off, real.load(gain), real.load(bias)), row);
        }
    }
}

/// The least and the greatest number of a row, with 0 among them.
pub struct Bounds<'a>(pub &'a [f32]);

impl SimdOp for Bounds<'_> {
    type Output = (f32, f32);

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) -> (f32, f32) {
        let real = isa.f32();
        let (mut low, mut high) = (real.zero(), real.zero());
        for part in self.0.chunks_exact(real.len()) {
            let part = real.load(part);
            low = real.min(low, part);
            high = real.max(high, part);
        }
        let (low, high) = (low.to_array(), high.to_array());
        let low = low.as_ref().iter().copied().fold(0.0, f32::min);
        (low, high.as_ref().iter().copied().fold(0.0, f32::max))
    }
}

/// A row in 8 bits: `round(x / scale) + zero`, ties to even, held within 0 and 255 (ONNX `QuantizeLinear`).
pub struct ToBytes<'a> {
    /// The row.
    pub row: &'a [f32],
    /// How.
    pub rounding: Rounding,
    /// Where to.
    pub out: &'a mut [u8],
}

impl SimdOp for ToBytes<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (real, whole, half, bytes) = (isa.f32(), isa.i32(), isa.i16(), isa.u8());
        let width = 4 * real.len();
        let inverse = real.splat(1.0 / self.rounding.scale);
        let zero = whole.splat(i32::from(self.rounding.zero));
        for (row, out) in (self.row.chunks_exact(width)).zip(self.out.chunks_exact_mut(width)) {
            let [a, b, c, d] = real.load_many::<4>(row);
            let a = whole.add(real.to_int_round(real.mul(a, inverse)), zero);
            let b = whole.add(real.to_int_round(real.mul(b, inverse)), zero);
            let c = whole.add(real.to_int_round(real.mul(c, inverse)), zero);
            let d = whole.add(real.to_int_round(real.mul(d, inverse)), zero);
            let (low, high) = (whole.narrow_saturate(a, b), whole.narrow_saturate(c, d));
            bytes.store(half.narrow_saturate(low, high), out);
        }
    }
}
