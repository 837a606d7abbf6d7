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

    /// The path of the weights as PyTorch has them: `model.safetensors`, else `rust_model.ot`.
    ///
    /// # Errors
    /// Neither is there; or the folder is not on the disk, for that is where libtorch reads them.
    #[cfg(feature = "libtorch")]
    pub fn weights(&self) -> Result<PathBuf, ModelError> {
        let Folder::Disk(folder) = self else {
            return Err(ModelError(
                "the engine libtorch reads weights from a folder; give --model DIR (the built-in model's is \
                 models/headcount-ner of the sources)"
                    .to_owned(),
            ));
        };
        let weights = ["model.safetensors", "rust_model.ot"].map(|name| folder.join(name));
        let found = weights.into_iter().find(|path| path.is_file());
        found.ok_or_else(|| {
            let problem = "the folder has no such file, and no rust_model.ot; a pytorch_model.bin can be \
                           converted with scripts/convert-model";
            ModelError::in_file("model.safetensors", &problem)
        })
    }

    /// Adds a file of the folder to a digest, without holding it whole.
    ///
    /// # Errors
    /// It cannot be read.
    #[cfg(feature = "libtorch")]
    pub fn hash(&self, path: &Path, digest: &mut crate::digest::Hasher) -> Result<(), ModelError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let failed = |error: std::io::Error| ModelError::in_file(&name, &error);
        let file = std::fs::File::open(path).map_err(failed)?;
        let mut file = std::io::BufReader::with_capacity(1 << 20, file);
        loop {
            use std::io::BufRead;
            let bytes = file.fill_buf().map_err(failed)?;
            if bytes.is_empty() {
                return Ok(());
            }
            digest.update(bytes);
            let length = bytes.len();
            file.consume(length);
        }
    }

    /// Says in an error which model it is about.
    pub fn blame(&self, error: ModelError) -> ModelError {
        match self {
            Folder::BuiltIn | Folder::BuiltInCrf => {
                ModelError(format!("the built-in model: {error}"))
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
