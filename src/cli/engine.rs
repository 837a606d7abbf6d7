//! Which engine tags, and with which model: the arguments of all verbs that annotate.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::actor::Book;
use crate::annotate::Annotator;
use crate::tag::engine::{Engine, EngineChoice, EngineName};

// No doc comment: clap would take it for that of the verb.
#[derive(Debug, Args)]
pub struct EngineArguments {
    /// What tags names [default: native; onnx for a model of yours]
    #[arg(long, value_name = "NAME", value_parser = engines(), help_heading = "Engine")]
    engine: Option<String>,

    #[command(flatten)]
    pub model: ModelArguments,
}

// Apart from the engine, of which `bench` takes several.
#[derive(Debug, Args)]
pub struct ModelArguments {
    /// A model of yours: a folder with config.json, tokenizer.json and model.onnx [default: the built-in one]
    #[arg(long, value_name = "DIR", help_heading = "Engine")]
    model: Option<PathBuf>,
}

/// The names that `--engine` takes.
pub fn engines() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(EngineName::ALL.map(EngineName::as_str))
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
        };
        let engine =
            Engine::load(&choice, threads).map_err(|error| Failure::Told(error.to_string()))?;
        Ok(Annotator::new(engine, book))
    }
}
