//! What the whole pipeline costs beside the tagger's own compute on the same text.
//!
//! Both are timed in turns in one process, so that a machine whose speed drifts does not change their
//! ratio. `cargo bench --bench pipeline [-- INPUT [ROUNDS]]`; without an INPUT it takes Reuters-21578
//! where that lies beside the project, else `corpus/`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use headcount::annotate::Annotator;
use headcount::input::{self, FieldOptions, Limits, PlanOptions};
use headcount::run::{self, Compress, Output, Progress, ProgressMode, Settings, Stop};
use headcount::tag::Input;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let input = arguments.first().map_or_else(default_input, PathBuf::from);
    let rounds = arguments
        .get(1)
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(5);
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let annotator = Annotator::embedded(jobs).expect("the model that is built in");
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

fn default_input() -> PathBuf {
    let reuters =
        Path::new("../shared/data/archives/reuters21578/json-data/reut2-000.json").to_owned();
    if reuters.exists() {
        reuters
    } else {
        PathBuf::from("corpus/")
    }
}

/// Every window of the input, in the order in which the run would score them.
fn windows(annotator: &Annotator, path: &Path) -> Vec<Input> {
    let plan = input::plan(&[path.to_owned()], &PlanOptions::default()).expect("inputs");
    let fields = FieldOptions::default();
    plan.files
        .iter()
        .flat_map(|file| input::open(file, Limits::default()))
        .flatten()
        .filter_map(|raw| input::article(&raw, &fields).ok())
        .flat_map(|article| annotator.inputs(article).expect("windows"))
        .collect()
}

/// Scores all windows on as many threads as the run has.
fn score(annotator: &Annotator, windows: &[Input], jobs: usize) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .build()
        .expect("threads");
    pool.broadcast(|worker| {
        for window in windows.iter().skip(worker.index()).step_by(jobs) {
            let scores = annotator.tagger().score(std::slice::from_ref(window));
            std::hint::black_box(scores.expect("scores"));
        }
    });
}

/// The whole run, from files to a committed folder.
fn annotate(annotator: &Annotator, path: &Path, jobs: usize) {
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
        jobs,
    };
    let progress = Progress::new(ProgressMode::Silent);
    run::run(&settings, annotator, &progress, &Stop::default()).expect("a run");
}

fn time(act: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    act();
    begun.elapsed().as_secs_f64()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
