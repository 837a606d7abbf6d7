//! The middle, the spread and the outliers of a few measurements.
//!
//! No mean and no standard deviation: run times have a long right tail, which would rule both.

use serde::Serialize;

/// How far beyond the quartiles a value must lie to be an outlier, in interquartile ranges (Tukey, *Exploratory
/// Data Analysis*, 1977: the inner fences).
const FENCE: f64 = 1.5;

/// See the module. Of no values everything is not a number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Half of the values are below it.
    pub median: f64,
    /// A quarter of the values are below it.
    pub lower_quartile: f64,
    /// Three quarters of the values are below it.
    pub upper_quartile: f64,
    /// The upper quartile less the lower.
    pub interquartile_range: f64,
    /// The least.
    pub minimum: f64,
    /// The greatest.
    pub maximum: f64,
    /// Values beyond Tukey's fences, in the order of the runs. They are in all the figures above.
    pub outliers: Vec<f64>,
    /// All values, in the order of the runs.
    pub values: Vec<f64>,
}

impl Spread {
    /// Of these values.
    pub fn of(values: Vec<f64>) -> Self {
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let (lower, upper) = (quantile(&sorted, 0.25), quantile(&sorted, 0.75));
        let range = upper - lower;
        let fences = lower - FENCE * range..=upper + FENCE * range;
        Self {
            median: quantile(&sorted, 0.5),
            lower_quartile: lower,
            upper_quartile: upper,
            interquartile_range: range,
            minimum: quantile(&sorted, 0.0),
            maximum: quantile(&sorted, 1.0),
            outliers: values
                .iter()
                .copied()
                .filter(|value| !fences.contains(value))
                .collect(),
            values,
        }
    }
}

/// The quantile of sorted values, linear between two of them (type 7 of Hyndman and Fan, "Sample Quantiles
/// in Statistical Packages", 1996; the default of R and NumPy).
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * sorted.len().saturating_sub(1) as f64;
    let below = place.floor();
    let value = |index: f64| sorted.get(index as usize).copied();
    match (value(below), value(place.ceil())) {
        (Some(low), Some(high)) if low != high => low + (high - low) * (place - below),
        (low, _) => low.unwrap_or(f64::NAN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counted_by_hand() {
        let spread = Spread::of(vec![5.0, 1.0, 2.0, 4.0, 3.0, 100.0]);
        assert_eq!(spread.median, 3.5);
        assert_eq!((spread.lower_quartile, spread.upper_quartile), (2.25, 4.75));
        assert_eq!(spread.interquartile_range, 2.5);
        assert_eq!((spread.minimum, spread.maximum), (1.0, 100.0));
        // The fences are at -1.5 and 8.5.
        assert_eq!(spread.outliers, [100.0]);
        assert_eq!(spread.values, [5.0, 1.0, 2.0, 4.0, 3.0, 100.0]);
    }

    #[test]
    fn one_value_is_all_of_them_and_none_is_no_number() {
        let one = Spread::of(vec![7.0]);
        assert_eq!((one.minimum, one.median, one.maximum), (7.0, 7.0, 7.0));
        assert!(one.interquartile_range == 0.0 && one.outliers.is_empty());
        let none = Spread::of(Vec::new());
        assert!(none.median.is_nan() && none.outliers.is_empty());
    }

    proptest! {
        #[test]
        fn figures_come_in_order_whatever_the_order_of_the_runs(
            values in prop::collection::vec(0.0f64..1e6, 1..40),
            turn in 0usize..40,
        ) {
            let spread = Spread::of(values.clone());
            prop_assert!(spread.minimum <= spread.lower_quartile);
            prop_assert!(spread.lower_quartile <= spread.median);
            prop_assert!(spread.median <= spread.upper_quartile);
            prop_assert!(spread.upper_quartile <= spread.maximum);
            prop_assert!(spread.outliers.len() * 2 <= values.len());
            let mut turned = values.clone();
            turned.rotate_left(turn % values.len());
            let turned = Spread::of(turned);
            prop_assert_eq!(turned.median, spread.median);
            prop_assert_eq!(turned.outliers.len(), spread.outliers.len());
            let below = values.iter().filter(|&&value| value < spread.median).count();
            let above = values.iter().filter(|&&value| value > spread.median).count();
            prop_assert!(below * 2 <= values.len() && above * 2 <= values.len());
        }
    }
}
