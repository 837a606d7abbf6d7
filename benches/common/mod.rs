//! What the benches share: an input, its windows, and time measured in turns.
#![allow(dead_code, reason = "each bench uses its own part")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use headcount::actor::Book;
use headcount::annotate::Annotator;
use headcount::input::{self, Article, FieldOptions, Limits, PlanOptions};
use headcount::tag::Input;
use headcount::tag::engine::{Engine, EngineChoice, EngineName};

/// The input and the number of rounds that the command line gives after `--`, else the usual ones.
pub fn arguments() -> (PathBuf, usize) {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let input = arguments.first().map_or_else(default_input, PathBuf::from);
    let rounds = arguments.get(1).and_then(|rounds| rounds.parse().ok());
    (input, rounds.unwrap_or(5))
}

/// Reuters-21578 where it lies beside the project, else `corpus/`.
fn default_input() -> PathBuf {
    let reuters =
        Path::new("../shared/data/archives/reuters21578/json-data/reut2-000.json").to_owned();
    if reuters.exists() {
        reuters
    } else {
        PathBuf::from("corpus/")
    }
}

/// The transformer and the actor book that are built in, for so many threads.
pub fn transformer(threads: usize) -> Annotator {
    let choice = EngineChoice {
        engine: EngineName::Native,
        ..EngineChoice::default()
    };
    let engine = Engine::load(&choice, threads).expect("the model that is built in");
    Annotator::new(engine, Book::embedded().expect("the book that is built in"))
}

/// Every article of the input.
pub fn articles(path: &Path) -> Vec<Article> {
    let plan = input::plan(&[path.to_owned()], &PlanOptions::default()).expect("inputs");
    let fields = FieldOptions::default();
    plan.files
        .iter()
        .flat_map(|file| input::open(file, Limits::default()))
        .flatten()
        .filter_map(|raw| input::article(&raw, &fields).ok())
        .collect()
}

/// Windows that go to the engine in one call: as many as 16 articles of Reuters have, which is a run's chunk.
pub const TOGETHER: usize = 128;

/// Every window of the input, in the order in which the run would score them: within a call the short ones first.
pub fn windows(annotator: &Annotator, path: &Path) -> Vec<Input> {
    let articles = articles(path).into_iter();
    let mut windows: Vec<Input> = articles
        .flat_map(|article| annotator.inputs(article).expect("windows"))
        .collect();
    for call in windows.chunks_mut(TOGETHER) {
        call.sort_by_key(|window| window.ids.len());
    }
    windows
}

/// Scores all windows as the run does, on as many threads, but each anew.
pub fn score(annotator: &Annotator, windows: &[Input], jobs: usize) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .build()
        .expect("threads");
    pool.broadcast(|worker| {
        let calls = windows.chunks(TOGETHER);
        for call in calls.skip(worker.index()).step_by(jobs) {
            let tagger = annotator.tagger().expect("an engine with windows");
            let scores = tagger.score(call);
            std::hint::black_box(scores.expect("scores"));
        }
    });
}

/// Seconds.
pub fn time(act: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    act();
    begun.elapsed().as_secs_f64()
}

/// The middle one.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
