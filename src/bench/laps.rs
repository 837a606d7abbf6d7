//! A stopwatch that gives every moment to the stage that ends it, so that nothing falls between two stages.

use std::time::Duration;

use crate::stage::{Observer, Stage};

/// The time since a fixed moment; it never goes back. Whoever measures hands it in.
pub type Clock<'a> = dyn Fn() -> Duration + Sync + 'a;

/// How long each stage took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times([Duration; Stage::ALL.len()]);

impl Times {
    /// How long one took.
    pub fn of(&self, stage: Stage) -> Duration {
        self.0.get(stage as usize).copied().unwrap_or_default()
    }

    fn add(&mut self, stage: Stage, time: Duration) {
        if let Some(sum) = self.0.get_mut(stage as usize) {
            *sum += time;
        }
    }
}

impl std::ops::AddAssign for Times {
    fn add_assign(&mut self, other: Self) {
        for stage in Stage::ALL {
            self.add(stage, other.of(stage));
        }
    }
}

/// The stopwatch of one thread.
pub struct Laps<'a> {
    clock: &'a Clock<'a>,
    last: Duration,
    times: Times,
}

impl<'a> Laps<'a> {
    /// Starts it.
    pub fn new(clock: &'a Clock<'a>) -> Self {
        Self {
            clock,
            last: clock(),
            times: Times::default(),
        }
    }

    /// Starts it again: what was since the last stage belongs to none.
    pub fn resume(&mut self) {
        self.last = (self.clock)();
    }

    /// What it counted so far.
    pub fn times(&self) -> Times {
        self.times
    }
}

impl Observer for Laps<'_> {
    fn ended(&mut self, stage: Stage) {
        let now = (self.clock)();
        self.times.add(stage, now.saturating_sub(self.last));
        self.last = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn every_moment_goes_to_the_stage_that_ends_it() {
        let now = AtomicU64::new(100);
        let wait = |seconds| now.fetch_add(seconds, Ordering::SeqCst);
        let clock = || Duration::from_secs(now.load(Ordering::SeqCst));
        let mut laps = Laps::new(&clock);
        wait(1);
        laps.ended(Stage::Parse);
        wait(5);
        laps.ended(Stage::Tag);
        wait(1000);
        laps.resume();
        wait(2);
        laps.ended(Stage::Parse);
        let mut times = laps.times();
        times += laps.times();
        assert_eq!(times.of(Stage::Parse), Duration::from_secs(6));
        assert_eq!(times.of(Stage::Tag), Duration::from_secs(10));
        assert_eq!(times.of(Stage::Read), Duration::ZERO);
    }

    #[test]
    fn stages_stand_in_their_order() {
        for (index, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(stage as usize, index, "{}", stage.name());
        }
    }
}
