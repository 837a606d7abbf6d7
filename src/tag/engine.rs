//! Which engine tags, with which model: the choice as plain data, and what it becomes.
//!
//! An output depends on the engine and on the bytes of its model, both of which a run's identity names; it
//! does not depend on what merely makes it faster.

use std::path::PathBuf;

use super::folder::Folder;
use super::model::Model;
use super::onnx::OnnxTagger;
use super::{LabelNames, ModelError, Tagger};
use crate::digest::Hasher;

#[cfg(feature = "libtorch")]
pub use super::libtorch::Device;
#[cfg(feature = "libtorch")]
use super::libtorch::LibtorchTagger;

/// The engines of this build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EngineName {
    /// ONNX graphs in pure Rust.
    #[default]
    Onnx,
    /// Hugging Face models through libtorch.
    #[cfg(feature = "libtorch")]
    Libtorch,
}

impl EngineName {
    /// All of them, the default first.
    pub const ALL: &'static [Self] = &[
        Self::Onnx,
        #[cfg(feature = "libtorch")]
        Self::Libtorch,
    ];

    /// As the command line, manifests and reports name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Onnx => "onnx",
            #[cfg(feature = "libtorch")]
            Self::Libtorch => "libtorch",
        }
    }
}

impl std::str::FromStr for EngineName {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .iter()
            .copied()
            .find(|engine| engine.as_str() == name)
            .ok_or_else(|| format!("this build has no engine `{name}`"))
    }
}

/// An engine and its model, not yet loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EngineChoice {
    /// The engine.
    pub engine: EngineName,
    /// The model's folder; none for the model that is built in.
    pub model: Option<PathBuf>,
    /// A table of what the model's label names mean, laid over the built-in one.
    pub label_map: Option<PathBuf>,
    /// What libtorch computes on.
    #[cfg(feature = "libtorch")]
    pub device: Device,
}

/// An engine with its model, ready to tag. Shared by all workers.
pub struct Engine {
    name: EngineName,
    digest: String,
    model: Model,
    tagger: Box<dyn Tagger>,
}

impl Engine {
    /// Loads what was chosen, for so many threads that tag at the same time.
    ///
    /// # Errors
    /// Which file of the model is missing or at fault, and what is wrong with it.
    pub fn load(choice: &EngineChoice, threads: usize) -> Result<Self, ModelError> {
        let mut digest = Hasher::default();
        let names = match &choice.label_map {
            None => LabelNames::standard(),
            Some(path) => {
                let fault = |error: &dyn std::fmt::Display| {
                    ModelError(format!("label map {}: {error}", path.display()))
                };
                let table = std::fs::read(path).map_err(|error| fault(&error))?;
                digest.field(&table);
                LabelNames::with(&table).map_err(|error| fault(&error))?
            }
        };
        let folder = match &choice.model {
            Some(path) => Folder::Disk(path.clone()),
            None => Folder::BuiltIn,
        };
        Self::from_folder(choice, &folder, &names, digest, threads)
            .map_err(|error| folder.blame(error))
    }

    fn from_folder(
        choice: &EngineChoice,
        folder: &Folder,
        names: &LabelNames,
        mut digest: Hasher,
        threads: usize,
    ) -> Result<Self, ModelError> {
        let (config, tokenizer) = (folder.read("config.json")?, folder.read("tokenizer.json")?);
        let model = Model::new(&config, &tokenizer, names)?;
        digest.field(&config).field(&tokenizer);
        let tagger: Box<dyn Tagger> = match choice.engine {
            EngineName::Onnx => {
                let weights = folder.read("model.onnx")?;
                digest.field(&weights);
                Box::new(OnnxTagger::load(weights, model.labels.clone(), threads)?)
            }
            #[cfg(feature = "libtorch")]
            EngineName::Libtorch => {
                let path = folder.weights()?;
                folder.hash(&path, &mut digest)?;
                let labels = model.labels.clone();
                Box::new(LibtorchTagger::load(
                    &config,
                    &path,
                    labels,
                    choice.device,
                    threads,
                )?)
            }
        };
        Ok(Self {
            name: choice.engine,
            digest: digest.finish(),
            model,
            tagger,
        })
    }

    /// Its name.
    pub fn name(&self) -> EngineName {
        self.name
    }

    /// SHA-256 (hex) of the files of its model that it reads, and of the label map.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Labels, calibration and tokenizer.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What scores windows.
    pub fn tagger(&self) -> &dyn Tagger {
        self.tagger.as_ref()
    }
}
