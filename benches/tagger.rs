//! The tagger's speed beside ONNX Runtime on the same `model.onnx` and the same windows, on one core and on all: each as it is
//! quickest, the tagger as in a run, by 128 windows a call, ONNX Runtime by padded batches (`benches/onnx_runtime.py`).
//!
//! `cargo bench --bench tagger [-- INPUT [ROUNDS]]`. ONNX Runtime is the PyPI package `onnxruntime`: the bench asks `$PYTHON` (else
//! `python3`) for it and goes without where it is missing. Both are timed in turns in one run, and the ratio is taken within a round.

mod common;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use common::{arguments, median, score, time, windows};
use headcount::annotate::Annotator;
use headcount::tag::Input;

/// As many windows as make a round of some seconds.
const WINDOWS: usize = 1500;

fn main() {
    let (input, rounds) = arguments();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let annotator = Annotator::embedded(cores).expect("the model that is built in");
    let mut windows = windows(&annotator, &input);
    windows.truncate(WINDOWS);
    let pieces: usize = windows.iter().map(|window| window.ids.len()).sum();
    println!(
        "{}: {} windows, {pieces} word pieces, {rounds} rounds in turns",
        input.display(),
        windows.len()
    );
    let file = tempfile::NamedTempFile::new().expect("a file");
    write(&windows, file.path());
    for jobs in [1, cores] {
        let mut other = OnnxRuntime::start(file.path(), jobs);
        let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        // The first round warms up and is not counted.
        for round in 0..=rounds {
            let own = time(|| score(&annotator, &windows, jobs));
            let runtime = other.as_mut().map(OnnxRuntime::round);
            if round == 0 {
                continue;
            }
            ours.push(pieces as f64 / own);
            if let Some(runtime) = runtime {
                theirs.push(pieces as f64 / runtime);
                ratios.push(runtime / own);
            }
        }
        println!(
            "{jobs} core(s)  headcount    {:9.0} pieces/s",
            median(&mut ours)
        );
        if other.is_some() {
            println!(
                "{jobs} core(s)  ONNX Runtime {:9.0} pieces/s   headcount is {:.3} times as fast (median of the rounds)",
                median(&mut theirs),
                median(&mut ratios)
            );
        } else {
            println!("ONNX Runtime is not here: `pip install onnxruntime numpy`");
        }
    }
}

/// One window a line: ids, then cases, parted by a semicolon.
fn write(windows: &[Input], path: &Path) {
    let mut lines = String::new();
    for window in windows {
        let row = |values: &[u32]| {
            values
                .iter()
                .map(u32::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        };
        lines += &format!("{};{}\n", row(&window.ids), row(&window.cases));
    }
    std::fs::write(path, lines).expect("written");
}

/// `benches/onnx_runtime.py`, which scores all windows each time it is told to.
struct OnnxRuntime {
    child: Child,
    tell: ChildStdin,
    hear: BufReader<ChildStdout>,
}

impl OnnxRuntime {
    fn start(windows: &Path, jobs: usize) -> Option<Self> {
        let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let mut child = Command::new(python)
            .arg("benches/onnx_runtime.py")
            .arg("models/headcount-ner/model.onnx")
            .arg(windows)
            .arg(jobs.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let tell = child.stdin.take()?;
        let mut hear = BufReader::new(child.stdout.take()?);
        let mut line = String::new();
        hear.read_line(&mut line).ok()?;
        (line.trim() == "ready").then_some(Self { child, tell, hear })
    }

    /// Seconds for all windows.
    fn round(&mut self) -> f64 {
        let mut line = String::new();
        writeln!(self.tell, "go").expect("it listens");
        self.hear.read_line(&mut line).expect("it answers");
        line.trim().parse().expect("seconds")
    }
}

impl Drop for OnnxRuntime {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
