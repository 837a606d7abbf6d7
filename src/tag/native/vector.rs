//! What happens to a row of numbers between two matrix products, each step a pass while the row lies in the nearest cache.
//!
//! Portable SIMD through `rten-simd`: AVX-512, AVX2, NEON, or plain code. Rows must be whole numbers of [`LANES`] long, which the
//! loader sees to; what stands beyond is left out. No closures here: code in one is compiled without the processor's wide
//! instructions and called number by number.

use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps, ToFloat};
use rten_simd::{Isa, SimdOp};

/// As many 32-bit numbers as the widest vector has.
pub const WIDEST: usize = 16;

/// All widths are multiples of this: four of the widest vectors.
pub const LANES: usize = 4 * WIDEST;

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

/// A row of whole sums, and what makes real numbers of it.
#[derive(Clone, Copy, Debug)]
pub struct Sums<'a> {
    /// The sums.
    pub sums: &'a [i32],
    /// How the row that was multiplied had been rounded.
    pub rounding: Rounding,
    /// The columns.
    pub columns: Columns<'a>,
}

/// What a layer normalisation multiplies with and adds in the end, and what it adds to the variance.
#[derive(Clone, Copy, Debug)]
pub struct Shift<'a> {
    /// A factor for each number.
    pub gain: &'a [f32],
    /// What is added to each.
    pub bias: &'a [f32],
    /// Added to the variance.
    pub epsilon: f32,
}

/// Sums to real numbers.
pub struct ToReal<'a> {
    /// The sums.
    pub sums: Sums<'a>,
    /// Where to.
    pub out: &'a mut [f32],
}

/// Sums to the GELU of their real numbers, rounded.
pub struct ToInner<'a> {
    /// The sums.
    pub sums: Sums<'a>,
    /// Room for the row of real numbers.
    pub room: &'a mut [f32],
    /// The rounded row.
    pub bytes: &'a mut [u8],
}

/// Sums to real numbers that are added to a state, which is then normalised and rounded.
pub struct ToState<'a> {
    /// The sums.
    pub sums: Sums<'a>,
    /// The normalisation.
    pub shift: Shift<'a>,
    /// What is added to.
    pub state: &'a mut [f32],
    /// The rounded state.
    pub bytes: &'a mut [u8],
}

/// A row of embeddings: the sum of three rows of 8-bit numbers, each with its scale and its zero, normalised and rounded.
pub struct Embed<'a> {
    /// The rows.
    pub parts: [(&'a [u8], f32, u8); 3],
    /// The normalisation.
    pub shift: Shift<'a>,
    /// Where to.
    pub state: &'a mut [f32],
    /// The rounded state.
    pub bytes: &'a mut [u8],
}

/// A row rounded.
pub struct Round<'a> {
    /// The row.
    pub row: &'a [f32],
    /// The rounded row.
    pub bytes: &'a mut [u8],
}

impl SimdOp for ToReal<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let real = isa.f32();
        for (sums, out) in self
            .sums
            .by(real.len())
            .zip(self.out.chunks_exact_mut(real.len()))
        {
            real.store(self.sums.value(isa, sums), out);
        }
    }
}

impl SimdOp for ToInner<'_> {
    type Output = Rounding;

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) -> Rounding {
        let real = isa.f32();
        let mut bounds = [real.zero(); 2];
        let places = self.room.chunks_exact_mut(real.len());
        for (sums, out) in self.sums.by(real.len()).zip(places) {
            let value = gelu(isa, self.sums.value(isa, sums));
            bounds = widen(isa, bounds, value);
            real.store(value, out);
        }
        round(isa, self.room, bounds, self.bytes)
    }
}

impl SimdOp for ToState<'_> {
    type Output = Rounding;

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) -> Rounding {
        let real = isa.f32();
        let mut total = real.zero();
        let places = self.state.chunks_exact_mut(real.len());
        for (sums, out) in self.sums.by(real.len()).zip(places) {
            let value = real.add(self.sums.value(isa, sums), real.load(out));
            total = real.add(total, value);
            real.store(value, out);
        }
        let bounds = normalise(isa, total, self.shift, self.state);
        round(isa, self.state, bounds, self.bytes)
    }
}

impl SimdOp for Embed<'_> {
    type Output = Rounding;

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) -> Rounding {
        let real = isa.f32();
        self.state.fill(0.0);
        for (values, scale, zero) in self.parts {
            let zero = f32::from(zero);
            for (out, &value) in self.state.iter_mut().zip(values) {
                *out += (f32::from(value) - zero) * scale;
            }
        }
        let mut total = real.zero();
        for part in self.state.chunks_exact(real.len()) {
            total = real.add(total, real.load(part));
        }
        let bounds = normalise(isa, total, self.shift, self.state);
        round(isa, self.state, bounds, self.bytes)
    }
}

impl SimdOp for Round<'_> {
    type Output = Rounding;

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) -> Rounding {
        let real = isa.f32();
        let mut bounds = [real.zero(); 2];
        for part in self.row.chunks_exact(real.len()) {
            bounds = widen(isa, bounds, real.load(part));
        }
        round(isa, self.row, bounds, self.bytes)
    }
}

/// A vector of sums with its scales, and its biases with its totals.
type Part<'a> = ((&'a [i32], &'a [f32]), (&'a [f32], &'a [i32]));

impl<'a> Sums<'a> {
    /// Vector by vector of so many numbers.
    #[inline(always)]
    fn by(self, width: usize) -> impl Iterator<Item = Part<'a>> {
        let Columns { scale, bias, total } = self.columns;
        let sums = self.sums.chunks_exact(width);
        let added = bias.chunks_exact(width).zip(total.chunks_exact(width));
        sums.zip(scale.chunks_exact(width)).zip(added)
    }

    /// A vector of real numbers.
    #[inline(always)]
    fn value<I: Isa>(self, isa: I, ((sums, scale), (bias, total)): Part<'_>) -> I::F32 {
        let (real, whole) = (isa.f32(), isa.i32());
        let zero = whole.splat(i32::from(self.rounding.zero));
        let sums = whole.sub(whole.load(sums), whole.mul(zero, whole.load(total)));
        let scale = real.mul(real.splat(self.rounding.scale), real.load(scale));
        real.mul_add(whole.to_float(sums), scale, real.load(bias))
    }
}

/// GELU with the error function (Hendrycks and Gimpel 2016): `x Φ(x)`, where `Φ(x) - 1/2` is `x` times a polynomial in `x²`, fitted
/// by weighted least squares on 4,000 Chebyshev nodes to 4.5, beyond which `Φ` is taken to be what it is there. Within 5e-5 of the
/// function up to 8, a hundredth of a step of the rounding that follows.
#[inline(always)]
fn gelu<I: Isa>(isa: I, x: I::F32) -> I::F32 {
    const COEFFICIENTS: [f32; 10] = [
        -1.4066969e-12,
        1.7041851e-10,
        -9.224221e-09,
        2.9664048e-07,
        -6.376496e-06,
        9.797631e-05,
        -1.1232806e-03,
        9.83519e-3,
        -6.634047e-02,
        3.9888597e-01,
    ];
    let real = isa.f32();
    let inner = real.clamp(x, real.splat(-4.5), real.splat(4.5));
    let square = real.mul(inner, inner);
    let mut sum = real.zero();
    for coefficient in COEFFICIENTS {
        sum = real.mul_add(sum, square, real.splat(coefficient));
    }
    real.mul(x, real.mul_add(inner, sum, real.splat(0.5)))
}

/// Bounds, lane by lane, with one more vector within.
#[inline(always)]
fn widen<I: Isa>(isa: I, [low, high]: [I::F32; 2], value: I::F32) -> [I::F32; 2] {
    let real = isa.f32();
    [real.min(low, value), real.max(high, value)]
}

/// Layer normalisation of a row in place (Ba, Kiros and Hinton 2016), of which the total is known; the bounds of what comes out.
#[inline(always)]
fn normalise<I: Isa>(isa: I, total: I::F32, shift: Shift<'_>, row: &mut [f32]) -> [I::F32; 2] {
    let real = isa.f32();
    let width = real.len();
    let count = row.len().max(1) as f32;
    let mean = real.splat(real.sum(total) / count);
    let mut squares = real.zero();
    for part in row.chunks_exact(width) {
        let off = real.sub(real.load(part), mean);
        squares = real.mul_add(off, off, squares);
    }
    let inverse = real.splat(1.0 / (real.sum(squares) / count + shift.epsilon).sqrt());
    let columns = (shift.gain.chunks_exact(width)).zip(shift.bias.chunks_exact(width));
    let mut bounds = [real.zero(); 2];
    for (row, (gain, bias)) in row.chunks_exact_mut(width).zip(columns) {
        let off = real.mul(real.sub(real.load(row), mean), inverse);
        let value = real.mul_add(off, real.load(gain), real.load(bias));
        bounds = widen(isa, bounds, value);
        real.store(value, row);
    }
    bounds
}

/// A row within these bounds, lane by lane, in 8 bits: `round(x / scale) + zero`, ties to even, held within 0 and 255 (ONNX
/// `QuantizeLinear`); the scale is such that the least and the greatest number, and 0, are met.
#[inline(always)]
fn round<I: Isa>(isa: I, row: &[f32], [low, high]: [I::F32; 2], bytes: &mut [u8]) -> Rounding {
    let (real, whole, half, byte) = (isa.f32(), isa.i32(), isa.i16(), isa.u8());
    let (least, greatest) = (-greatest(isa, real.neg(low)), greatest(isa, high));
    // A row of zeros has no width to divide by.
    let scale = ((greatest - least) / 255.0).max(f32::MIN_POSITIVE);
    let rounding = Rounding {
        scale,
        zero: (-least / scale).round_ties_even().clamp(0.0, 255.0) as u8,
    };
    let width = 4 * real.len();
    let inverse = real.splat(1.0 / scale);
    let zero = whole.splat(i32::from(rounding.zero));
    for (row, out) in (row.chunks_exact(width)).zip(bytes.chunks_exact_mut(width)) {
        let [a, b, c, d] = real.load_many::<4>(row);
        let a = whole.add(real.to_int_round(real.mul(a, inverse)), zero);
        let b = whole.add(real.to_int_round(real.mul(b, inverse)), zero);
        let c = whole.add(real.to_int_round(real.mul(c, inverse)), zero);
        let d = whole.add(real.to_int_round(real.mul(d, inverse)), zero);
        let (low, high) = (whole.narrow_saturate(a, b), whole.narrow_saturate(c, d));
        byte.store(half.narrow_saturate(low, high), out);
    }
    rounding
}

/// The greatest number of a vector, by halves, since one after the other each waits for the one before.
#[inline(always)]
pub fn greatest<I: Isa>(isa: I, vector: I::F32) -> f32 {
    let real = isa.f32();
    let mut numbers = [0.0; WIDEST];
    let mut rest = numbers.get_mut(..real.len()).unwrap_or_default();
    real.store(vector, rest);
    while rest.len() > 1 {
        let (left, right) = rest.split_at_mut(rest.len() / 2);
        for (left, &mut right) in left.iter_mut().zip(right) {
            *left = if right > *left { right } else { *left };
        }
        rest = left;
    }
    rest.first().copied().unwrap_or_default()
}
