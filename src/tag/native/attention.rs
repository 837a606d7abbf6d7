//! Self-attention within one window (Vaswani et al. 2017), in float32, written for windows of some thirty pieces.
//!
//! A general matrix product for each head spends most of its time on packing and calling at that size. Here a head's keys are
//! turned once, and the queries then go over them, and their shares over the values, four rows at a time. What comes of a row
//! does not depend on the three beside it.

use std::ops::Range;

use rten_simd::ops::{BitOps, FloatOps, MaskOps, NumOps};
use rten_simd::{Isa, SimdOp, SimdUnaryOp};
use rten_vecmath::Exp;

use super::vector::{WIDEST, greatest};

/// A head's width is a multiple of this: two of the widest vectors.
pub const PAIR: usize = 2 * WIDEST;

/// Rows that are computed together, as many as leave the processor no idle time between two additions to one sum.
const ROWS: usize = 4;

/// Scores up to this may be exponentiated as they are: e to it, as often as a window has pieces, is within a float's range.
const SAFE: f32 = 60.0;

/// The heads of a layer.
#[derive(Clone, Copy, Debug)]
pub struct Attention {
    heads: usize,
    width: usize,
}

/// Memory that is used again from head to head.
#[derive(Default)]
pub struct Scratch {
    /// A head's keys, by blocks of two vectors' pieces: in a block, number by number, the pieces' values side by side.
    keys: Vec<f32>,
    /// How much of each piece's value four pieces take.
    shares: Vec<f32>,
}

impl Attention {
    /// `width` numbers for each piece, parted among `heads`.
    pub fn new(heads: usize, width: usize) -> Self {
        Self { heads, width }
    }

    /// Mixes the values of a window's pieces. A row of `joined` holds a piece's query (already divided by the root of a
    /// head's width), key and value; a row of `context` takes what comes out.
    pub fn mix(&self, joined: &[f32], context: &mut [f32], scratch: &mut Scratch) {
        let Self { heads, width } = *self;
        Mix {
            size: width / heads.max(1),
            width,
            joined,
            context,
            scratch,
        }
        .dispatch();
    }
}

/// [`Attention::mix`] for the processor at hand.
struct Mix<'a> {
    /// The width of a head.
    size: usize,
    width: usize,
    joined: &'a [f32],
    context: &'a mut [f32],
    scratch: &'a mut Scratch,
}

impl SimdOp for Mix<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Self { size, width, .. } = self;
        let pair = 2 * isa.f32().len();
        let row = 3 * width;
        let count = self.joined.len() / row.max(1);
        let padded = count.next_multiple_of(pair);
        let Scratch { keys, shares } = self.scratch;
        keys.resize(padded * size, 0.0);
        shares.resize(padded * ROWS, 0.0);
        for head in (0..width).step_by(size.max(1)) {
            let (key, value) = (width + head, 2 * width + head);
            turn(self.joined, row, key..key + size, pair, keys);
            let queries = self.joined.chunks(ROWS * row);
            let blocks = keys.chunks_exact(size * pair);
            for (queries, context) in queries.zip(self.context.chunks_mut(ROWS * width)) {
                let queries = four(queries, row, head..head + size);
                for (block, keys) in blocks.clone().enumerate() {
                    let sums = products(isa, queries, keys, pair);
                    store(isa, sums, shares, padded, block * pair);
                }
                let mut rest = shares.as_mut_slice();
                while let Some((shares, others)) = rest.split_at_mut_checked(padded) {
                    soften(isa, shares, count);
                    rest = others;
                }
                let shares = four(shares, padded, 0..count);
                for part in (0..size).step_by(pair) {
                    let values = self.joined.get(value + part..).unwrap_or_default();
                    let sums = products(isa, shares, values, row);
                    store(isa, sums, context, width, head + part);
                }
            }
        }
    }
}

/// Lays a head's keys, which are the `part` of each row, number by number into blocks of `pair` pieces.
#[inline(always)]
fn turn(joined: &[f32], row: usize, part: Range<usize>, pair: usize, keys: &mut [f32]) {
    let blocks = keys.chunks_exact_mut(part.len() * pair);
    for (rows, block) in joined.chunks(row * pair).zip(blocks) {
        for (place, rows) in rows.chunks(ROWS * row).enumerate() {
            let [first, second, third, fourth] = four(rows, row, part.clone());
            let (from, to) = (place * ROWS, (place + 1) * ROWS);
            let places = block.chunks_exact_mut(pair);
            for ((((out, first), second), third), fourth) in
                places.zip(first).zip(second).zip(third).zip(fourth)
            {
                if let Some(out) = out.get_mut(from..to) {
                    out.copy_from_slice(&[*first, *second, *third, *fourth]);
                }
            }
        }
    }
}

/// The first `count` numbers of a row by softmax; those behind them, which mean nothing, become 0.
#[inline(always)]
fn soften<I: Isa>(isa: I, row: &mut [f32], count: usize) {
    let real = isa.f32();
    let width = real.len();
    let lowest = real.splat(f32::MIN);
    let mut high = lowest;
    let mut left = count;
    for part in row.chunks_exact_mut(width) {
        let within = real.first_n_mask(left.min(width));
        left = left.saturating_sub(width);
        let own = real.select(real.load(part), lowest, within);
        high = real.max(high, own);
        real.store(own, part);
    }
    // Any shift gives the same shares. The greatest number is looked for among the lanes only where others would overflow or vanish.
    let (some, mask) = (real.splat(SAFE), isa.m32());
    let safe = mask.any(real.ge(high, real.neg(some))) && !mask.any(real.gt(high, some));
    let shift = if safe { 0.0 } else { greatest(isa, high) };
    let shift = real.splat(shift);
    let mut total = real.zero();
    for part in row.chunks_exact_mut(width) {
        let share = Exp::apply(isa, real.sub(real.load(part), shift));
        total = real.add(total, share);
        real.store(share, part);
    }
    let inverse = real.splat(1.0 / real.sum(total));
    for part in row.chunks_exact_mut(width) {
        real.store(real.mul(real.load(part), inverse), part);
    }
}

/// A part of each of four rows; where there are fewer, of the first again. Here and below rows are split off one by one: to
/// reckon how many there are takes a division, and there are too few to pay for it.
#[inline(always)]
fn four(rows: &[f32], row: usize, part: Range<usize>) -> [&[f32]; ROWS] {
    let first = rows.get(part.clone()).unwrap_or_default();
    let (mut four, mut rest) = ([first; ROWS], rows);
    for four in &mut four {
        let Some((row, others)) = rest.split_at_checked(row) else {
            break;
        };
        *four = row.get(part.clone()).unwrap_or_default();
        rest = others;
    }
    four
}

/// For each of four rows its numbers times the beginnings of the rows on the right, which lie `stride` apart, added up: two vectors.
#[inline(always)]
fn products<I: Isa>(
    isa: I,
    left: [&[f32]; ROWS],
    right: &[f32],
    stride: usize,
) -> [[I::F32; 2]; ROWS] {
    let real = isa.f32();
    let pair = 2 * real.len();
    let [mut a, mut b, mut c, mut d] = [[real.zero(); 2]; ROWS];
    let [first, second, third, fourth] = left;
    let rows = right.chunks(stride);
    for ((((row, first), second), third), fourth) in
        rows.zip(first).zip(second).zip(third).zip(fourth)
    {
        let Some(row) = row.get(..pair) else { break };
        let row = real.load_many::<2>(row);
        a = add(isa, a, *first, row);
        b = add(isa, b, *second, row);
        c = add(isa, c, *third, row);
        d = add(isa, d, *fourth, row);
    }
    [a, b, c, d]
}

/// So many times the two vectors of `row`, added to `sums`.
#[inline(always)]
fn add<I: Isa>(isa: I, sums: [I::F32; 2], times: f32, row: [I::F32; 2]) -> [I::F32; 2] {
    let real = isa.f32();
    let times = real.splat(times);
    let ([first, second], [left, right]) = (sums, row);
    [
        real.mul_add(times, left, first),
        real.mul_add(times, right, second),
    ]
}

/// Writes two vectors into each of so many of four rows as there are, from a place on.
#[inline(always)]
fn store<I: Isa>(isa: I, sums: [[I::F32; 2]; ROWS], rows: &mut [f32], row: usize, place: usize) {
    let real = isa.f32();
    let (width, mut rest) = (real.len(), rows);
    for [left, right] in sums {
        let Some((row, others)) = rest.split_at_mut_checked(row) else {
            break;
        };
        if let Some(out) = row.get_mut(place..place + 2 * width) {
            let (first, second) = out.split_at_mut(width);
            real.store(left, first);
            real.store(right, second);
        }
        rest = others;
    }
}
