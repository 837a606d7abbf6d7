//! Figures from rounds: for the whole and for each stage, the time and what was done in it.

use std::fmt::Write;
use std::time::Duration;

use serde::Serialize;

use super::measure::{Round, Settings, Side, Volume};
use super::spread::Spread;
use crate::stage::Stage;

/// Everything that was measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The program's version.
    pub version: &'static str,
    /// What there was to do in each run.
    pub input: Volume,
    /// Runs that were counted.
    pub runs: u16,
    /// Runs before them that were not.
    pub warm_ups: u16,
    /// The highest resident memory of the program, in bytes, with the model, over all runs and sides; none where
    /// the system does not tell.
    pub peak_memory_bytes: Option<u64>,
    /// Those that took turns, in the order in which they were given.
    pub sides: Vec<SideReport>,
}

/// One of those that took turns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SideReport {
    /// The engine's name.
    pub engine: &'static str,
    /// Workers.
    pub jobs: usize,
    /// The run, by the clock on the wall.
    pub whole: Speed,
    /// The time of a run over that of the first side in the same round; none for the first side.
    pub ratio_to_first: Option<Spread>,
    /// The stages, in order.
    pub stages: Vec<StageReport>,
}

/// One stage, in time of the threads that it ran on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageReport {
    /// Its name.
    pub stage: &'static str,
    /// Its part of the time of all stages in all runs, 0 to 1.
    pub share: f64,
    /// How fast it is, by itself.
    #[serde(flatten)]
    pub speed: Speed,
}

/// The time for the input, and the input over the time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Speed {
    /// Seconds.
    pub seconds: Spread,
    /// Articles a second.
    pub articles_per_second: Spread,
    /// Words a second.
    pub words_per_second: Spread,
    /// Megabytes (10^6 bytes) of the articles' texts a second.
    pub megabytes_per_second: Spread,
}

impl Speed {
    fn of(volume: &Volume, times: &[Duration]) -> Self {
        let seconds: Vec<f64> = times.iter().map(Duration::as_secs_f64).collect();
        let rate = |amount: f64| Spread::of(seconds.iter().map(|time| amount / time).collect());
        Self {
            articles_per_second: rate(volume.articles as f64),
            words_per_second: rate(volume.words as f64),
            megabytes_per_second: rate(volume.text_bytes as f64 / 1e6),
            seconds: Spread::of(seconds),
        }
    }
}

impl Report {
    /// Of these rounds, in the order of the sides.
    pub fn new(
        settings: &Settings,
        sides: &[Side<'_>],
        volume: Volume,
        rounds: &[Vec<Round>],
        peak_memory_bytes: Option<u64>,
    ) -> Self {
        let first = rounds.first();
        Self {
            version: env!("CARGO_PKG_VERSION"),
            input: volume,
            runs: settings.runs,
            warm_ups: settings.warm_ups,
            peak_memory_bytes,
            sides: sides
                .iter()
                .zip(rounds)
                .enumerate()
                .map(|(index, (side, rounds))| SideReport {
                    engine: side.engine,
                    jobs: side.jobs,
                    whole: Speed::of(&volume, &wholes(rounds)),
                    ratio_to_first: first
                        .filter(|_| index > 0)
                        .map(|first| ratios(rounds, first)),
                    stages: stages(&volume, rounds),
                })
                .collect(),
        }
    }

    /// As tables of plain text.
    pub fn text(&self) -> String {
        let input = &self.input;
        let mut out = format!(
            "{} articles, {} words, {} MB of text",
            input.articles,
            input.words,
            figure(input.text_bytes as f64 / 1e6)
        );
        if input.records > input.articles {
            let (skipped, rejected) = (input.skipped, input.rejected);
            let _ = write!(out, " ({skipped} records skipped, {rejected} rejected)");
        }
        let _ = writeln!(
            out,
            "; {} runs after {} not counted",
            self.runs, self.warm_ups
        );
        if let Some(peak) = self.peak_memory_bytes {
            let _ = writeln!(out, "peak memory {} MB", figure(peak as f64 / 1e6));
        }
        for side in &self.sides {
            out += &side.text();
        }
        out
    }
}

impl SideReport {
    fn text(&self) -> String {
        let mut out = format!("\n{}, {} workers", self.engine, self.jobs);
        if let Some(ratio) = &self.ratio_to_first {
            let (median, least, most) = (ratio.median, ratio.minimum, ratio.maximum);
            let _ = write!(
                out,
                "; {median:.3} times the first ({least:.3} to {most:.3})"
            );
        }
        let _ = writeln!(
            out,
            "\n{:<10}{:>10}{:>10}{:>10}{:>10}{:>9}{:>8}{:>12}{:>12}{:>10}",
            "",
            "seconds",
            "IQR",
            "min",
            "max",
            "outliers",
            "share",
            "articles/s",
            "words/s",
            "MB/s"
        );
        out += &row("whole", None, &self.whole);
        for stage in &self.stages {
            out += &row(stage.stage, Some(stage.share), &stage.speed);
        }
        out
    }
}

fn row(name: &str, share: Option<f64>, speed: &Speed) -> String {
    let seconds = &speed.seconds;
    let share = share.map_or(String::new(), |share| format!("{:.1}%", share * 100.0));
    format!(
        "{name:<10}{:>10}{:>10}{:>10}{:>10}{:>9}{share:>8}{:>12}{:>12}{:>10}\n",
        figure(seconds.median),
        figure(seconds.interquartile_range),
        figure(seconds.minimum),
        figure(seconds.maximum),
        seconds.outliers.len(),
        figure(speed.articles_per_second.median),
        figure(speed.words_per_second.median),
        figure(speed.megabytes_per_second.median),
    )
}

/// A number with three significant digits at least, and no more than six decimals.
fn figure(value: f64) -> String {
    if !value.is_finite() {
        return "-".to_owned();
    }
    let decimals = (1..=6)
        .rev()
        .find(|&decimals| value < 10f64.powi(3 - decimals));
    format!("{value:.*}", decimals.unwrap_or(0) as usize)
}

fn wholes(rounds: &[Round]) -> Vec<Duration> {
    rounds.iter().map(|round| round.whole).collect()
}

/// Each run's time over that of its neighbour in the same round.
fn ratios(rounds: &[Round], first: &[Round]) -> Spread {
    let pairs = rounds.iter().zip(first);
    Spread::of(
        pairs
            .map(|(round, first)| round.whole.as_secs_f64() / first.whole.as_secs_f64())
            .collect(),
    )
}

fn stages(volume: &Volume, rounds: &[Round]) -> Vec<StageReport> {
    let spent =
        |stage: Stage| -> Duration { rounds.iter().map(|round| round.stages.of(stage)).sum() };
    let all: Duration = Stage::ALL.into_iter().map(spent).sum();
    Stage::ALL
        .into_iter()
        .map(|stage| {
            let times: Vec<Duration> = rounds.iter().map(|round| round.stages.of(stage)).collect();
            StageReport {
                stage: stage.name(),
                share: spent(stage).as_secs_f64() / all.as_secs_f64(),
                speed: Speed::of(volume, &times),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_three_digits() {
        let shown = [0.0, 0.0000004, 0.001234, 0.5, 1.0, 12.345, 123.4, 98765.4];
        assert_eq!(
            shown.map(figure).join(" "),
            "0.000000 0.000000 0.00123 0.500 1.00 12.3 123 98765"
        );
        assert_eq!(figure(f64::INFINITY), "-");
    }

    #[test]
    fn rates_are_the_input_over_the_time() {
        let volume = Volume {
            articles: 10,
            words: 4000,
            text_bytes: 3_000_000,
            ..Volume::default()
        };
        let speed = Speed::of(&volume, &[Duration::from_secs(2), Duration::from_secs(4)]);
        assert_eq!(speed.seconds.median, 3.0);
        assert_eq!(speed.articles_per_second.values, [5.0, 2.5]);
        assert_eq!(speed.words_per_second.maximum, 2000.0);
        assert_eq!(speed.megabytes_per_second.minimum, 0.75);
    }
}
