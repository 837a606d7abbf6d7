//! What the whole pipeline costs beside the transformer's own compute on the same text.
//!
//! Both are timed in turns in one process, so that a machine whose speed drifts does not change their
//! ratio. `cargo bench --bench pipeline [-- INPUT [ROUNDS]]`; without an INPUT it takes Reuters-21578
//! where that lies beside the project, else `corpus/`.

mod common;

use std::path::Path;

use common::{arguments, median, score, time, transformer, windows};
use headcount::annotate::Annotator;
use headcount::dedup::Dedup;
use headcount::input::{FieldOptions, Limits};
use headcount::run::{self, Compress, Output, Progress, ProgressMode, Settings, Stop};

fn main() {
    let (input, rounds) = arguments();
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let annotator = transformer(jobs);
    let windows = windows(&annotator, &input);
    let pieces: usize = windows.iter().map(|window| window.ids.len()).sum();
    println!(
        "{}: {} windows, {pieces} word pieces, {jobs} workers, {rounds} rounds in turns",
        input.display(),
        windows.len()
    );

    let (mut tagger, mut whole) = (Vec::new(), Vec::new());
    // The first round warms up and is not counted.
    for round in 0..=rounds {
        let alone = time(|| score(&annotator, &windows, jobs));
        let together = time(|| annotate(&annotator, &input, jobs));
        if round > 0 {
            tagger.push(alone);
            whole.push(together);
        }
    }
    let mut ratios: Vec<f64> = whole.iter().zip(&tagger).map(|(w, t)| w / t).collect();
    println!(
        "tagger alone   {:8.3} s  {:9.0} pieces/s",
        median(&mut tagger),
        pieces as f64 / median(&mut tagger)
    );
    println!("whole annotate {:8.3} s", median(&mut whole));
    println!(
        "ratio          {:8.3}    median of the rounds",
        median(&mut ratios)
    );
}

/// The whole run, from files to a committed folder, by an engine that has seen nothing yet.
fn annotate(annotator: &Annotator, path: &Path, jobs: usize) {
    annotator.engine().forget();
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings {
        inputs: vec![path.to_owned()],
        retry_rejects: false,
        output: Output::Folder(folder.path().join("out")),
        format: None,
        limits: Limits::default(),
        fields: FieldOptions::default(),
        shard_size: 1000,
        compress: Compress::None,
        limit: None,
        dedup: Dedup::Off,
        jobs,
    };
    let progress = Progress::new(ProgressMode::Silent);
    run::run(&settings, annotator, &progress, &Stop::default()).expect("a run");
}
