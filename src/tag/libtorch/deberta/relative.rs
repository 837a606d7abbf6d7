//! How far apart the pieces of a window are, as trained embeddings of distances.
//!
//! A distance is the place of the piece that asks less that of the piece that is asked. Of a table's rows only those
//! are touched whose distances occur: of a window of n pieces 2n - 1.

use tch::{Device, Kind, Tensor};

use super::super::weights::Weights;
use super::config::Config;
use super::layer_norm::LayerNorm;
use crate::tag::ModelError;

/// The table of distances of a network; all layers have the same.
pub struct RelativePositions {
    table: Tensor,
    norm: Option<LayerNorm>,
    rows: Rows,
}

/// The distances in one window.
pub struct Distances {
    /// Of shape [2n - 1, hidden], from the distance -(n - 1) to n - 1.
    pub embeddings: Tensor,
    /// Of shape [n, n]: which of those rows is the distance of each piece (row) to each other (column).
    pub places: Tensor,
}

impl RelativePositions {
    /// That of a network.
    ///
    /// # Errors
    /// A tensor is missing, or of another shape.
    pub fn new(config: &Config, weights: &Weights) -> Result<Self, ModelError> {
        let rows = Rows::new(config.furthest(), config.buckets());
        let norm = config.has_relative_norm();
        let norm = norm.then(|| LayerNorm::new(weights, "deberta.encoder.LayerNorm", config));
        let shape = [2 * rows.span, config.hidden_size];
        Ok(Self {
            table: weights.tensor("deberta.encoder.rel_embeddings.weight", &shape)?,
            norm: norm.transpose()?,
            rows,
        })
    }

    /// The distances in a window of so many pieces.
    pub fn of(&self, pieces: i64, device: Device) -> Distances {
        let last = pieces - 1;
        let rows: Vec<i64> = (-last..=last)
            .map(|distance| self.rows.row(distance))
            .collect();
        let rows = Tensor::from_slice(&rows).to_device(device);
        let embeddings = self.table.index_select(0, &rows);
        let normed = self.norm.as_ref().map(|norm| norm.forward(&embeddings));
        let places = Tensor::arange(pieces, (Kind::Int64, device));
        Distances {
            embeddings: normed.unwrap_or(embeddings),
            places: places.unsqueeze(1) - places.unsqueeze(0) + last,
        }
    }
}

/// Which row of the table a distance has.
#[derive(Clone, Copy, Debug)]
struct Rows {
    /// Half of the table's rows: the first of them is the largest distance backward.
    span: i64,
    logarithmic: Option<Logarithmic>,
}

/// Small distances each have a bucket; larger ones share them, evenly by their logarithm.
#[derive(Clone, Copy, Debug)]
struct Logarithmic {
    /// Up to here each has its own.
    middle: i64,
    /// The largest distance that is told from larger ones.
    furthest: i64,
}

impl Rows {
    fn new(furthest: i64, buckets: Option<i64>) -> Self {
        let logarithmic = |buckets| Logarithmic {
            middle: buckets / 2,
            furthest,
        };
        Self {
            span: buckets.unwrap_or(furthest),
            logarithmic: buckets.map(logarithmic),
        }
    }

    fn row(self, distance: i64) -> i64 {
        let bucket = self
            .logarithmic
            .map_or(distance, |some| some.bucket(distance));
        (bucket + self.span).clamp(0, 2 * self.span - 1)
    }
}

impl Logarithmic {
    /// In float32, in which the models were trained.
    fn bucket(self, distance: i64) -> i64 {
        let Self { middle, furthest } = self;
        let apart = distance.abs();
        if apart <= middle {
            return distance;
        }
        let from_middle = |apart: i64| (apart as f32 / middle as f32).ln();
        let part = from_middle(apart) / from_middle(furthest - 1);
        // By way of i32, so that what is not finite is merely large.
        let beyond = (part * (middle - 1) as f32).ceil() as i32;
        (i64::from(beyond) + middle) * distance.signum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn buckets_are_those_of_transformers() {
        // build_relative_position of transformers' modeling_deberta_v2, for the published v3 (256, 512) and for a small table.
        let large = Rows::new(512, Some(256)).logarithmic.expect("buckets");
        let small = Rows::new(32, Some(8)).logarithmic.expect("buckets");
        let of = |table: Logarithmic, distances: &[i64]| -> Vec<i64> {
            distances
                .iter()
                .map(|&distance| table.bucket(distance))
                .collect()
        };
        let distances = [1, 127, 128, 129, 130, 150, 193, 300, 511, 600, -150];
        let buckets = [1, 127, 128, 129, 130, 143, 166, 207, 255, 270, -143];
        assert_eq!(of(large, &distances), buckets);
        let distances = [3, 4, 5, 6, 7, 9, 12, 20, 31, 40, -9];
        assert_eq!(of(small, &distances), [3, 4, 5, 5, 5, 6, 6, 7, 7, 8, -6]);
    }

    #[test]
    fn without_buckets_each_distance_has_a_row_up_to_the_ends() {
        let rows = Rows::new(24, None);
        let found = [-30, -24, -1, 0, 1, 23, 24, 30].map(|distance| rows.row(distance));
        assert_eq!(found, [0, 0, 23, 24, 25, 47, 47, 47]);
    }

    proptest! {
        #[test]
        fn rows_are_in_the_table_and_in_order(
            furthest in 1i64..2000, buckets in proptest::option::of(2i64..600), distance in -1999i64..1999,
        ) {
            let rows = Rows::new(furthest, buckets);
            let (row, next) = (rows.row(distance), rows.row(distance + 1));
            prop_assert!((0..2 * rows.span).contains(&row));
            // Where the buckets hold more than all distances, logarithms have no order to give.
            if buckets.is_none_or(|buckets| furthest - 1 > buckets / 2) {
                prop_assert!(row <= next);
            }
        }
    }
}
