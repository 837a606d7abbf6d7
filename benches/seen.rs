//! How much of an input is windows seen before, and what remembering them gains or costs.
//!
//! `cargo bench --bench seen [-- INPUT [ROUNDS]]`. The whole run's engine, from sentences to names, on one thread: in turns as it is and
//! with the memory emptied before each chunk of 16 articles, which is a run's chunk. The share of windows is counted apart, without an engine.

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};

use common::{TOGETHER, arguments, articles, median, time, windows};
use headcount::annotate::Annotator;
use headcount::tag::seen::{BYTES_PER_THREAD, Seen};
use headcount::tag::{Input, LabelSet, Scores, TagError, Tagger};

/// Articles in a run's chunk.
const CHUNK: usize = 16;

fn main() {
    let (path, rounds) = arguments();
    let annotator = Annotator::embedded(1).expect("the model that is built in");
    let windows = windows(&annotator, &path);
    let counting = Counting {
        labels: annotator.tagger().expect("windows").labels().clone(),
        windows: AtomicUsize::new(0),
        pieces: AtomicUsize::new(0),
    };
    let pieces: usize = windows.iter().map(|window| window.ids.len()).sum();
    println!(
        "{}: {} windows, {pieces} word pieces",
        path.display(),
        windows.len()
    );
    for (name, bytes) in [
        ("no bound", 1 << 40),
        ("four threads' memory", 4 * BYTES_PER_THREAD),
        ("one thread's memory", BYTES_PER_THREAD),
    ] {
        let seen = Seen::new(bytes);
        counting.windows.store(0, Ordering::Relaxed);
        counting.pieces.store(0, Ordering::Relaxed);
        for call in windows.chunks(TOGETHER) {
            seen.score(&counting, call).expect("scores");
        }
        let share = |computed: &AtomicUsize, all: usize| {
            100.0 - 100.0 * computed.load(Ordering::Relaxed) as f64 / all as f64
        };
        println!(
            "{name:20}  seen before: {:5.2}% of the windows, {:5.2}% of the pieces",
            share(&counting.windows, windows.len()),
            share(&counting.pieces, pieces)
        );
    }
    if rounds == 0 {
        return;
    }
    let articles = articles(&path);
    let mut ratios = Vec::new();
    for round in 0..=rounds {
        // Now one goes first, now the other.
        let order = [round % 2 == 0, round % 2 == 1];
        let mut took = order.map(|remembers| {
            annotator.engine().forget();
            time(|| {
                for chunk in articles.chunks(CHUNK) {
                    if !remembers {
                        annotator.engine().forget();
                    }
                    for record in annotator.annotate(chunk.to_vec()) {
                        std::hint::black_box(record.expect("a record"));
                    }
                }
            })
        });
        if !order[0] {
            took.reverse();
        }
        if round > 0 {
            ratios.push(took[1] / took[0]);
        }
    }
    println!(
        "{} articles: remembering is {:.3} times as fast as forgetting (median of {rounds} rounds)",
        articles.len(),
        median(&mut ratios)
    );
}

/// An engine that computes nothing, and counts what it is asked for.
struct Counting {
    labels: LabelSet,
    windows: AtomicUsize,
    pieces: AtomicUsize,
}

impl Tagger for Counting {
    fn labels(&self) -> &LabelSet {
        &self.labels
    }

    fn score(&self, windows: &[Input]) -> Result<Vec<Scores>, TagError> {
        let pieces = windows.iter().map(|window| window.ids.len()).sum();
        self.windows.fetch_add(windows.len(), Ordering::Relaxed);
        self.pieces.fetch_add(pieces, Ordering::Relaxed);
        let columns = self.labels.columns();
        let each = windows.iter();
        let each = each
            .map(|window| Scores::of_window(&self.labels, &vec![0.0; window.ids.len() * columns]));
        Ok(each.collect())
    }
}
