//! Which engine tags, with which model: the choice as plain data, and what it becomes.
//!
//! An output depends on the engine and on the bytes of its model, both of which a run's identity names; it
//! does not depend on what merely makes it faster.

use std::path::{Path, PathBuf};

use super::cascade::Cascade;
use super::crf::{self, Crf};
use super::folder::Folder;
use super::model::Model;
use super::native::NativeTagger;
use super::onnx::OnnxTagger;
use super::seen;
use super::transformer::Transformer;
use super::{Excerpt, LabelNames, Mention, ModelError, TagError, Tagger};
use crate::digest::Hasher;
use crate::stage::{Observer, Stage};

#[cfg(feature = "libtorch")]
pub use super::libtorch::Device;
#[cfg(feature = "libtorch")]
use super::libtorch::LibtorchTagger;

/// The engines of this build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EngineName {
    /// The CRF, and where it is in doubt the transformer beside it.
    #[default]
    Cascade,
    /// The transformer: the shipped network's arithmetic, written for it.
    Native,
    /// ONNX graphs in pure Rust.
    Onnx,
    /// A conditional random field.
    Crf,
    /// Hugging Face models through libtorch.
    #[cfg(feature = "libtorch")]
    Libtorch,
}

impl EngineName {
    /// All of them, the default first.
    pub const ALL: &'static [Self] = &[
        Self::Cascade,
        Self::Native,
        Self::Onnx,
        Self::Crf,
        #[cfg(feature = "libtorch")]
        Self::Libtorch,
    ];

    /// As the command line, manifests and reports name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Onnx => "onnx",
            Self::Crf => "crf",
            Self::Cascade => "cascade",
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

/// How doubtful the least certain word of a sentence may be before `cascade` asks the transformer as well.
pub const DOUBT: f32 = 0.3;

/// An engine and its model, not yet loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct EngineChoice {
    /// The engine.
    pub engine: EngineName,
    /// The model's folder; none for the model that is built in. Of `cascade` it is the transformer's.
    pub model: Option<PathBuf>,
    /// For `cascade`: see [`DOUBT`]. From 0, where both read all, to 1, where the transformer reads nothing.
    pub doubt: f32,
    /// A table of what the model's label names mean, laid over the built-in one.
    pub label_map: Option<PathBuf>,
    /// What libtorch computes on.
    #[cfg(feature = "libtorch")]
    pub device: Device,
}

impl EngineChoice {
    /// The engine where none is asked for: both models that are built in, or the one that reads any graph for a model of
    /// the user's.
    pub fn standard_engine(model: Option<&PathBuf>) -> EngineName {
        model.map_or(EngineName::Cascade, |_| EngineName::Onnx)
    }

    /// What runs the transformer of the cascade.
    fn transformer_engine(&self) -> EngineName {
        let own = self.model.as_ref();
        own.map_or(EngineName::Native, |_| EngineName::Onnx)
    }
}

impl Default for EngineChoice {
    fn default() -> Self {
        Self {
            engine: EngineName::default(),
            model: None,
            doubt: DOUBT,
            label_map: None,
            #[cfg(feature = "libtorch")]
            device: Device::default(),
        }
    }
}

/// An engine with its model, ready to tag. Shared by all workers.
pub struct Engine {
    name: EngineName,
    digest: String,
    way: Way,
}

/// How it gets from sentences to names.
enum Way {
    Transformer(Box<Transformer>),
    Crf(Box<Crf>),
    Cascade(Box<Cascade>),
}

impl Engine {
    /// Loads what was chosen, for so many threads that tag at the same time.
    ///
    /// # Errors
    /// Which file of the model is missing or at fault, and what is wrong with it.
    pub fn load(choice: &EngineChoice, threads: usize) -> Result<Self, ModelError> {
        let mut digest = Hasher::default();
        let names = label_names(choice.label_map.as_deref(), &mut digest)?;
        let chosen = |built_in: Folder| choice.model.clone().map_or(built_in, Folder::Disk);
        let mut transformer = |engine| {
            let folder = chosen(Folder::BuiltIn);
            let loaded = load_transformer(engine, choice, &folder, &names, threads, &mut digest);
            loaded.map_err(|error| folder.blame(error))
        };
        let way = match choice.engine {
            EngineName::Crf => {
                let crf = load_crf(&chosen(Folder::BuiltInCrf), &mut digest)?;
                Way::Crf(Box::new(crf))
            }
            EngineName::Cascade => {
                let transformer = transformer(choice.transformer_engine())?;
                let crf = load_crf(&Folder::BuiltInCrf, &mut digest)?;
                digest.field(choice.doubt.to_le_bytes());
                Way::Cascade(Box::new(Cascade::new(crf, transformer, choice.doubt)))
            }
            engine => Way::Transformer(Box::new(transformer(engine)?)),
        };
        Ok(Self {
            name: choice.engine,
            digest: digest.finish(),
            way,
        })
    }

    /// Its name.
    pub fn name(&self) -> EngineName {
        self.name
    }

    /// SHA-256 (hex) of the files of its models that it reads, of the label map, and of what else its names depend on.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The names in each excerpt, as they would be were it alone.
    ///
    /// # Errors
    /// The engine failed on one of them.
    pub fn names(
        &self,
        excerpts: &[Excerpt<'_>],
        observer: &mut impl Observer,
    ) -> Result<Vec<Vec<Mention>>, TagError> {
        match &self.way {
            Way::Transformer(transformer) => transformer.names(excerpts, observer),
            Way::Cascade(cascade) => cascade.names(excerpts, observer),
            Way::Crf(crf) => {
                let each = excerpts.iter();
                let names = each.map(|excerpt| {
                    let found = crf.read(excerpt.text, excerpt.sentences, f32::INFINITY);
                    found.into_iter().flat_map(|found| found.mentions).collect()
                });
                let names = names.collect();
                observer.ended(Stage::Tag);
                Ok(names)
            }
        }
    }

    /// Forgets the text that it has seen. Nothing that comes out depends on it, only the time that it takes.
    pub fn forget(&self) {
        if let Some(transformer) = self.transformer() {
            transformer.forget();
        }
    }

    /// Remembers no text from now on: for measuring with articles that come again and again.
    pub fn stop_remembering(&self) {
        if let Some(transformer) = self.transformer() {
            transformer.stop_remembering();
        }
    }

    /// The transformer, where it has one.
    pub fn transformer(&self) -> Option<&Transformer> {
        match &self.way {
            Way::Transformer(transformer) => Some(transformer),
            Way::Cascade(cascade) => Some(cascade.transformer()),
            Way::Crf(_) => None,
        }
    }
}

/// What label names mean: the built-in table, under that of a file.
fn label_names(map: Option<&Path>, digest: &mut Hasher) -> Result<LabelNames, ModelError> {
    let Some(path) = map else {
        return Ok(LabelNames::standard());
    };
    let fault = |error: &dyn std::fmt::Display| {
        ModelError(format!("label map {}: {error}", path.display()))
    };
    let table = std::fs::read(path).map_err(|error| fault(&error))?;
    digest.field(&table);
    LabelNames::with(&table).map_err(|error| fault(&error))
}

#[cfg_attr(
    not(feature = "libtorch"),
    expect(unused_variables, reason = "only libtorch has devices")
)]
fn load_transformer(
    engine: EngineName,
    choice: &EngineChoice,
    folder: &Folder,
    names: &LabelNames,
    threads: usize,
    digest: &mut Hasher,
) -> Result<Transformer, ModelError> {
    let (config, tokenizer) = (folder.read("config.json")?, folder.read("tokenizer.json")?);
    let model = Model::new(&config, &tokenizer, names)?;
    digest.field(&config).field(&tokenizer);
    let labels = model.labels.clone();
    let memory = threads.max(1).saturating_mul(seen::BYTES_PER_THREAD);
    #[cfg(feature = "libtorch")]
    if engine == EngineName::Libtorch {
        let path = folder.weights()?;
        folder.hash(&path, digest)?;
        let tagger = LibtorchTagger::load(&config, &path, labels, choice.device, threads)?;
        return Ok(Transformer::new(model, Box::new(tagger), memory));
    }
    let weights = folder.read("model.onnx")?;
    digest.field(&weights);
    let tagger: Box<dyn Tagger> = match engine {
        EngineName::Native => Box::new(NativeTagger::load(&config, &weights, labels, threads)?),
        _ => Box::new(OnnxTagger::load(weights, labels, threads)?),
    };
    Ok(Transformer::new(model, tagger, memory))
}

fn load_crf(folder: &Folder, digest: &mut Hasher) -> Result<Crf, ModelError> {
    let file = folder
        .read(crf::FILE)
        .map_err(|error| folder.blame(error))?;
    digest.field(&file);
    Crf::new(&file).map_err(|error| folder.blame(error))
}
