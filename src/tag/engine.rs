//! Which engine tags, with which model: the choice as plain data, and what it becomes.
//!
//! An output depends on the engine and on the bytes of its model, both of which a run's identity names; it
//! does not depend on what merely makes it faster.

use std::path::PathBuf;

use super::folder::Folder;
use super::model::Model;
use super::onnx::OnnxTagger;
use super::{ModelError, Tagger};
use crate::digest::Hasher;

/// The engines of this build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EngineName {
    /// ONNX graphs in pure Rust.
    #[default]
    Onnx,
}

impl EngineName {
    /// All of them, the default first.
    pub const ALL: [Self; 1] = [Self::Onnx];

    /// As the command line, manifests and reports name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Onnx => "onnx",
        }
    }
}

impl std::str::FromStr for EngineName {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
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
        let folder = match &choice.model {
            Some(path) => Folder::Disk(path.clone()),
            None => Folder::BuiltIn,
        };
        Self::from_folder(choice.engine, &folder, threads).map_err(|error| folder.blame(error))
    }

    fn from_folder(name: EngineName, folder: &Folder, threads: usize) -> Result<Self, ModelError> {
        let (config, tokenizer) = (folder.read("config.json")?, folder.read("tokenizer.json")?);
        let model = Model::new(&config, &tokenizer)?;
        let mut digest = Hasher::default();
        digest.field(&config).field(&tokenizer);
        let tagger: Box<dyn Tagger> = match name {
            EngineName::Onnx => {
                let weights = folder.read("model.onnx")?;
                digest.field(&weights);
                Box::new(OnnxTagger::load(weights, model.labels.clone(), threads)?)
            }
        };
        Ok(Self {
            name,
            digest: digest.finish(),
            model,
            tagger,
        })
    }

    /// Its name.
    pub fn name(&self) -> EngineName {
        self.name
    }

    /// SHA-256 (hex) of the files of its model that it reads.
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
