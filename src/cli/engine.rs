//! Which engine tags, and with which model: the arguments of all verbs that annotate.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::actor::Book;
use crate::annotate::Annotator;
#[cfg(feature = "libtorch")]
use crate::tag::engine::Device;
use crate::tag::engine::{DOUBT, Engine, EngineChoice, EngineName};

// No doc comment: clap would take it for that of the verb.
#[derive(Debug, Args)]
pub struct EngineArguments {
    /// What tags names [default: cascade; onnx for a model of yours]
    #[arg(long, value_name = "NAME", value_parser = engines(), help_heading = "Engine")]
    engine: Option<String>,

    #[command(flatten)]
    pub model: ModelArguments,
}

// Apart from the engine, of which `bench` takes several.
#[derive(Debug, Args)]
pub struct ModelArguments {
    #[cfg_attr(
        not(feature = "libtorch"),
        doc = "A model of yours: a folder with config.json, tokenizer.json and model.onnx; for crf with model.crf; for cascade the transformer's [default: the built-in one]"
    )]
    #[cfg_attr(
        feature = "libtorch",
        doc = "A model of yours: a folder with config.json, tokenizer.json and model.onnx; for libtorch model.safetensors or rust_model.ot; for crf with model.crf; for cascade the transformer's [default: the built-in one]"
    )]
    #[arg(long, value_name = "DIR", help_heading = "Engine")]
    model: Option<PathBuf>,
    /// What the labels of a model of yours mean, where their names do not say: lines `name,type` (GPE,LOC; LABEL_1,B-PERSON;
    /// DATE,O)
    #[arg(long, value_name = "FILE", requires = "model", help_heading = "Engine")]
    label_map: Option<PathBuf>,
    /// What libtorch computes on: cpu, cuda or cuda:N
    #[cfg(feature = "libtorch")]
    #[arg(
        long,
        value_name = "DEVICE",
        default_value = "cpu",
        help_heading = "Engine"
    )]
    device: Device,
    /// For cascade: the transformer reads a sentence too if any of its words is more doubtful, 0 to 1
    #[arg(long, value_name = "P", default_value_t = DOUBT, value_parser = doubt, help_heading = "Engine")]
    doubt: f32,
}

fn doubt(given: &str) -> Result<f32, String> {
    let value = given.parse::<f32>().ok();
    let value = value.filter(|value| (0.0..=1.0).contains(value));
    value.ok_or_else(|| "it must be a number from 0 to 1".to_owned())
}

/// The names that `--engine` takes.
pub fn engines() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(EngineName::ALL.iter().map(|name| name.as_str()))
}

impl EngineArguments {
    /// The engine with its model and a book, for so many threads.
    pub fn annotator(&self, threads: usize, book: Book) -> Result<Annotator, Failure> {
        let engine = self.engine.as_deref();
        let engine = engine.unwrap_or_else(|| self.model.standard_engine());
        self.model.annotator(engine, threads, book)
    }
}

impl ModelArguments {
    /// The engine where none is asked for.
    pub fn standard_engine(&self) -> &'static str {
        EngineChoice::standard_engine(self.model.as_ref()).as_str()
    }

    /// The engine of this name with the model and a book, for so many threads.
    pub fn annotator(
        &self,
        engine: &str,
        threads: usize,
        book: Book,
    ) -> Result<Annotator, Failure> {
        let choice = EngineChoice {
            engine: engine.parse().map_err(Failure::Told)?,
            model: self.model.clone(),
            doubt: self.doubt,
            label_map: self.label_map.clone(),
            #[cfg(feature = "libtorch")]
            device: self.device,
        };
        let engine =
            Engine::load(&choice, threads).map_err(|error| Failure::Told(error.to_string()))?;
        Ok(Annotator::new(engine, book))
    }
}
