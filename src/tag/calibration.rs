//! From what a network says of its own certainty to how often it is right.
//!
//! A network's probabilities run too high. `scripts/train/calibrate.py` fits, by isotonic regression on
//! development data (Zadrozny and Elkan 2002), a rising line from raw scores to shares of right mentions;
//! it travels in the model's `config.json` as `_score_knots`. A model without them keeps its raw scores.

/// A rising, piecewise linear map of scores from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    /// (raw, calibrated), both rising.
    knots: Vec<(f32, f32)>,
}

impl Calibration {
    /// From the knots of a `config.json`; none leave scores as they are.
    ///
    /// # Errors
    /// Knots that leave 0 to 1, fall, or are fewer than two.
    pub fn new(knots: Vec<(f32, f32)>) -> Result<Self, String> {
        let inside = |value: f32| (0.0..=1.0).contains(&value);
        let rising = knots.windows(2).all(|pair| match pair {
            [(raw, value), (next_raw, next_value)] => raw < next_raw && value <= next_value,
            _ => false,
        });
        let valid = knots
            .iter()
            .all(|(raw, value)| inside(*raw) && inside(*value))
            && rising;
        if valid && knots.len() != 1 {
            Ok(Self { knots })
        } else {
            Err("_score_knots must be two or more rising pairs within 0 and 1".to_owned())
        }
    }

    /// The calibrated score. Beyond the outer knots it stays as they are.
    pub fn apply(&self, raw: f32) -> f32 {
        let (Some(first), Some(last)) = (self.knots.first(), self.knots.last()) else {
            return raw;
        };
        if raw <= first.0 {
            return first.1;
        }
        for pair in self.knots.windows(2) {
            if let [(from_raw, from), (to_raw, to)] = pair
                && raw <= *to_raw
            {
                return from + (to - from) * (raw - from_raw) / (to_raw - from_raw);
            }
        }
        last.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn between_knots_the_line_is_straight() {
        let line = Calibration::new(vec![(0.0, 0.0), (0.5, 0.2), (1.0, 0.9)]).expect("knots");
        for (raw, expected) in [
            (0.0, 0.0),
            (0.25, 0.1),
            (0.5, 0.2),
            (0.75, 0.55),
            (1.0, 0.9),
        ] {
            assert!((line.apply(raw) - expected).abs() < 1e-6, "{raw}");
        }
    }

    #[test]
    fn no_knots_change_nothing() {
        let line = Calibration::new(Vec::new()).expect("none");
        assert!((line.apply(0.37) - 0.37).abs() < f32::EPSILON);
    }

    #[test]
    fn knots_that_fall_or_leave_the_range_are_refused() {
        for knots in [
            vec![(0.0, 0.0)],
            vec![(0.0, 0.5), (1.0, 0.4)],
            vec![(0.5, 0.1), (0.5, 0.2)],
            vec![(0.0, 0.0), (1.0, 1.2)],
            vec![(0.0, f32::NAN), (1.0, 1.0)],
        ] {
            assert!(Calibration::new(knots.clone()).is_err(), "{knots:?}");
        }
    }

    proptest! {
        #[test]
        fn a_higher_score_never_becomes_the_lower(
            mut raw in prop::collection::vec(0.0f32..=1.0, 2..8),
            mut value in prop::collection::vec(0.0f32..=1.0, 8),
            a in 0.0f32..=1.0,
            b in 0.0f32..=1.0,
        ) {
            raw.sort_by(f32::total_cmp);
            raw.dedup();
            value.sort_by(f32::total_cmp);
            prop_assume!(raw.len() > 1);
            let line = Calibration::new(raw.into_iter().zip(value).collect()).expect("rising");
            let (low, high) = if a <= b { (a, b) } else { (b, a) };
            prop_assert!(line.apply(low) <= line.apply(high) + 1e-6);
            prop_assert!((0.0..=1.0).contains(&line.apply(a)));
        }
    }
}
