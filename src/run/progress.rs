//! How a run shows that it goes on: a bar on a terminal, plain lines in a log, or nothing.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Counts;
use super::work::Done;

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressMode {
    /// A bar that is drawn again and again.
    Bar,
    /// A line every ten seconds, and one at the end.
    Plain,
    /// Nothing.
    Silent,
}

const PLAIN_EVERY: Duration = Duration::from_secs(10);

/// Shows how far a run is, on standard error.
pub struct Progress {
    mode: ProgressMode,
    bar: ProgressBar,
    state: Mutex<State>,
}

struct State {
    begun: Instant,
    told: Instant,
    total: Option<u64>,
    /// Records of this run, without those of kept shards.
    counts: Counts,
    kept: u64,
    bytes: u64,
}

impl Progress {
    /// Nothing is drawn before `begin`.
    pub fn new(mode: ProgressMode) -> Self {
        let now = Instant::now();
        Self {
            mode,
            bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            state: Mutex::new(State {
                begun: now,
                told: now,
                total: None,
                counts: Counts::default(),
                kept: 0,
                bytes: 0,
            }),
        }
    }

    /// The run begins; `total` bytes will be read, where that is known.
    pub fn begin(&self, total: Option<u64>) {
        self.with(|state| {
            state.begun = Instant::now();
            state.told = state.begun;
            state.total = total;
        });
        if self.mode != ProgressMode::Bar {
            return;
        }
        // Both templates are constants; were one at fault, indicatif's own style would stand in.
        let template = match total {
            Some(_) => "{bar:16} {percent:>3}% ETA {eta} {msg}",
            None => "{spinner} {msg}",
        };
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar.set_style(style);
        match total {
            Some(total) => self.bar.set_length(total),
            None => self.bar.unset_length(),
        }
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
    }

    /// A shard of an earlier run is kept.
    pub fn keep(&self, counts: Counts) {
        self.with(|state| state.kept += counts.read);
    }

    /// A chunk is done.
    pub(super) fn advance(&self, done: &Done) {
        let line = self.with(|state| {
            state.counts += done.counts();
            state.bytes += done.bytes;
            let due = state.told.elapsed() >= PLAIN_EVERY;
            if due {
                state.told = Instant::now();
            }
            (due || self.mode == ProgressMode::Bar).then(|| state.line())
        });
        match (self.mode, line) {
            (ProgressMode::Bar, Some(line)) => {
                self.bar.set_message(line);
                self.bar.set_position(done.position);
            }
            (ProgressMode::Plain, Some(line)) => eprintln!("headcount: {line}"),
            _ => {}
        }
    }

    /// The run is over; the bar goes.
    pub fn end(&self) {
        self.bar.finish_and_clear();
        if self.mode == ProgressMode::Plain {
            eprintln!("headcount: {}", self.with(|state| state.line()));
        }
    }

    fn with<R>(&self, act: impl FnOnce(&mut State) -> R) -> R {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn line(&self) -> String {
        let seconds = self.begun.elapsed().as_secs_f64().max(1e-3);
        let mut line = format!(
            "{} articles, {:.1} MB, {:.1} articles/s, {} rejected",
            self.counts.annotated,
            self.bytes as f64 / 1e6,
            self.counts.annotated as f64 / seconds,
            self.counts.rejected,
        );
        if self.kept > 0 {
            line += &format!(", {} kept", self.kept);
        }
        line
    }
}
