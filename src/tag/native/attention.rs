//! Self-attention within one window (Vaswani et al. 2017), in float32: little work beside the layers'.

use rten_gemm::{GemmInputA, GemmInputB, GemmUninitOptions};
use rten_simd::SimdOp;
use rten_tensor::NdTensorView;
use rten_vecmath::Softmax;

use super::linear::Products;
use crate::tag::TagError;

/// The heads of a layer.
#[derive(Clone, Copy, Debug)]
pub struct Attention {
    heads: usize,
    width: usize,
}

/// Memory that is used again from head to head.
#[derive(Default)]
pub struct Scratch {
    shares: Vec<f32>,
    mixed: Vec<f32>,
}

impl Attention {
    /// `width` numbers for each piece, parted among `heads`.
    pub fn new(heads: usize, width: usize) -> Self {
        Self { heads, width }
    }

    /// Mixes the values of a window's pieces. A row of `joined` holds a piece's query (already divided by the root of a
    /// head's width), key and value; a row of `context` takes what comes out.
    ///
    /// # Errors
    /// Rows that do not fit one another.
    pub fn mix(
        &self,
        products: &Products,
        joined: &[f32],
        context: &mut [f32],
        scratch: &mut Scratch,
    ) -> Result<(), TagError> {
        let failed = |problem: &dyn std::fmt::Debug| TagError(format!("attention: {problem:?}"));
        let (width, size) = (self.width, self.width / self.heads.max(1));
        let count = context.len() / width.max(1);
        let joined = NdTensorView::try_from_data([count, 3 * width], joined);
        let joined = joined.map_err(|error| failed(&error))?;
        for head in 0..self.heads {
            let part = |of: usize| {
                let from = of * width + head * size;
                joined.slice((.., from..from + size))
            };
            let (query, key, value) = (part(0), part(1), part(2));
            let shares = room(&mut scratch.shares, count * count);
            let (a, b) = (
                GemmInputA::Unpacked(query),
                GemmInputB::Unpacked(key.transposed()),
            );
            let shares = products
                .real
                .gemm_uninit(shares, a, b, GemmUninitOptions::default());
            let shares = shares.map_err(|error| failed(&error))?;
            for row in shares.chunks_exact_mut(count) {
                Softmax::new_mut(row).dispatch();
            }
            let shares = NdTensorView::from_data([count, count], &*shares);
            let mixed = room(&mut scratch.mixed, count * size);
            let (a, b) = (GemmInputA::Unpacked(shares), GemmInputB::Unpacked(value));
            let mixed = products
                .real
                .gemm_uninit(mixed, a, b, GemmUninitOptions::default());
            let mixed = mixed.map_err(|error| failed(&error))?;
            for (row, context) in mixed
                .chunks_exact(size)
                .zip(context.chunks_exact_mut(width))
            {
                if let Some(place) = context.get_mut(head * size..(head + 1) * size) {
                    place.copy_from_slice(row);
                }
            }
        }
        Ok(())
    }
}

/// So much unwritten room.
fn room(of: &mut Vec<f32>, size: usize) -> &mut [std::mem::MaybeUninit<f32>] {
    of.clear();
    of.reserve(size);
    of.spare_capacity_mut().get_mut(..size).unwrap_or_default()
}
