//! The engine `libtorch` beside the default engine on the same windows, and beside the two ways in which it might have been built: one owner
//! of one network with all of libtorch's threads, window by window and in padded batches.
//!
//! `cargo bench --features libtorch --bench libtorch [-- INPUT [ROUNDS]]`. All take turns in a round, and ratios are taken within a round.

mod common;

use std::path::Path;

use common::{arguments, median, score, time, windows};
use headcount::actor::Book;
use headcount::annotate::Annotator;
use headcount::tag::Input;
use headcount::tag::engine::{Engine, EngineChoice, EngineName};
use rust_bert::Config;
use rust_bert::bert::{BertConfig, BertForTokenClassification};
use tch::{Device, Kind, Tensor, nn};

/// As many windows as make a round of some seconds.
const WINDOWS: usize = 600;
const MODEL: &str = "models/headcount-ner";

fn main() {
    let (input, rounds) = arguments();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let book = || Book::embedded().expect("the book");
    let engine = |engine| {
        let choice = EngineChoice {
            engine,
            model: Some(MODEL.into()),
            ..EngineChoice::default()
        };
        Annotator::new(Engine::load(&choice, cores).expect("the model"), book())
    };
    let (onnx, libtorch) = (engine(EngineName::Onnx), engine(EngineName::Libtorch));
    let mut windows = windows(&onnx, &input);
    windows.truncate(WINDOWS);
    // As the engines get them: the short ones first.
    windows.sort_by_key(|window| window.ids.len());
    let pieces: usize = windows.iter().map(|window| window.ids.len()).sum();
    println!(
        "{}: {} windows, {pieces} word pieces, {rounds} rounds in turns",
        input.display(),
        windows.len()
    );
    let owner = Owner::load(Path::new(MODEL));
    let mut jobs = vec![1];
    if cores > 1 {
        jobs.push(cores);
    }
    for jobs in jobs {
        let sides: [(&str, &dyn Fn()); 5] = [
            ("onnx", &|| score(&onnx, &windows, jobs)),
            ("libtorch", &|| {
                tch::set_num_threads(1);
                score(&libtorch, &windows, jobs);
            }),
            ("owner, alone", &|| owner.score(&windows, 1, jobs)),
            ("owner, batches of 16", &|| owner.score(&windows, 16, jobs)),
            ("owner, batches of 32", &|| owner.score(&windows, 32, jobs)),
        ];
        let mut seconds = vec![Vec::new(); sides.len()];
        for round in 0..=rounds {
            for ((_, act), seconds) in sides.iter().zip(&mut seconds) {
                let taken = time(act);
                // The first round warms up.
                if round > 0 {
                    seconds.push(taken);
                }
            }
        }
        println!("{jobs} threads:");
        for ((name, _), own) in sides.iter().zip(&seconds) {
            let mut ratios: Vec<f64> = seconds[1]
                .iter()
                .zip(own)
                .map(|(engine, own)| engine / own)
                .collect();
            let speed = pieces as f64 / median(&mut own.clone());
            println!(
                "  {name:22} {speed:8.0} word pieces a second, {:.2} times libtorch",
                median(&mut ratios)
            );
        }
    }
}

/// One network, and as many of libtorch's threads as asked for.
struct Owner {
    network: BertForTokenClassification,
}

impl Owner {
    fn load(folder: &Path) -> Self {
        let mut store = nn::VarStore::new(Device::Cpu);
        let config = BertConfig::from_file(folder.join("config.json"));
        let network = BertForTokenClassification::new(store.root(), &config).expect("a network");
        store
            .load(folder.join("model.safetensors"))
            .expect("weights");
        store.float();
        Self { network }
    }

    /// Scores all windows, so many together, padded to the longest of them.
    fn score(&self, windows: &[Input], together: usize, threads: usize) {
        tch::set_num_threads(threads as i32);
        for batch in windows.chunks(together) {
            let longest = batch
                .iter()
                .map(|window| window.ids.len())
                .max()
                .unwrap_or(0);
            let padded = |of: &dyn Fn(&Input) -> Vec<u32>| {
                let mut values = Vec::with_capacity(batch.len() * longest);
                for window in batch {
                    let own = of(window);
                    values.extend(own.iter().map(|&value| i64::from(value)));
                    values.resize(values.len() + longest - own.len(), 0);
                }
                Tensor::from_slice(&values).view([batch.len() as i64, longest as i64])
            };
            let ids = padded(&|window| window.ids.clone());
            let types = padded(&|window| window.cases.clone());
            let mask = padded(&|window| vec![1; window.ids.len()]);
            let logits = tch::no_grad(|| {
                let output = self.network.forward_t(
                    Some(&ids),
                    Some(&mask),
                    Some(&types),
                    None,
                    None,
                    false,
                );
                output.logits.to_kind(Kind::Float)
            });
            let values = Vec::<f32>::try_from(logits.flatten(0, -1)).expect("scores");
            std::hint::black_box(values);
        }
    }
}
