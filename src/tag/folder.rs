//! A model's files, from a folder or from the program itself.
//!
//! A folder is as Hugging Face lays it out: `config.json`, `tokenizer.json` and weights. Nothing is fetched: what
//! is not there is an error that names it.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::ModelError;

/// The model that is built in, in the same layout.
const BUILT_IN: [(&str, &[u8]); 3] = [
    (
        "config.json",
        include_bytes!("../../models/headcount-ner/config.json"),
    ),
    (
        "tokenizer.json",
        include_bytes!("../../models/headcount-ner/tokenizer.json"),
    ),
    (
        "model.onnx",
        include_bytes!("../../models/headcount-ner/model.onnx"),
    ),
];

/// The CRF that is built in.
const BUILT_IN_CRF: [(&str, &[u8]); 1] = [(
    "model.crf",
    include_bytes!("../../models/headcount-crf/model.crf"),
)];

/// Where a model's files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folder {
    /// The shipped model (see its card in `models/headcount-ner`).
    BuiltIn,
    /// The shipped CRF (see its card in `models/headcount-crf`).
    BuiltInCrf,
    /// A folder on the disk.
    Disk(PathBuf),
}

impl Folder {
    /// The bytes of a file.
    ///
    /// # Errors
    /// The folder, or the file in it, is missing or cannot be read.
    pub fn read(&self, name: &str) -> Result<Cow<'static, [u8]>, ModelError> {
        match self {
            Folder::BuiltIn => built_in(&BUILT_IN, name),
            Folder::BuiltInCrf => built_in(&BUILT_IN_CRF, name),
            Folder::Disk(folder) => read(folder, name).map(Cow::Owned),
        }
    }

    /// Says in an error which model it is about.
    pub fn blame(&self, error: ModelError) -> ModelError {
        match self {
            Folder::BuiltIn | Folder::BuiltInCrf => {
                ModelError(format!("the built-in model: {error}; this build is broken"))
            }
            Folder::Disk(folder) => ModelError(format!("model {}: {error}", folder.display())),
        }
    }
}

fn built_in(files: &[(&str, &'static [u8])], name: &str) -> Result<Cow<'static, [u8]>, ModelError> {
    let found = files.iter().find(|(file, _)| *file == name);
    found
        .map(|(_, bytes)| Cow::Borrowed(*bytes))
        .ok_or_else(|| ModelError::in_file(name, &"it is not built into the program"))
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, ModelError> {
    if !folder.is_dir() {
        let problem = "there is no such folder; --model takes a folder with config.json, tokenizer.json and weights";
        return Err(ModelError(problem.to_owned()));
    }
    std::fs::read(folder.join(name)).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ModelError::in_file(name, &"the folder has no such file"),
        _ => ModelError::in_file(name, &error),
    })
}
