//! The weights of a model, read once and shared by all its networks.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use tch::nn::VarStore;
use tch::{Device, Kind, Tensor};

use super::ModelError;

/// Tensors by their names, in float32 on one device.
pub struct Weights {
    file: String,
    tensors: HashMap<String, Tensor>,
}

impl Weights {
    /// From `.safetensors` or `.ot` (libtorch's own archive, as rust-bert names it).
    ///
    /// # Errors
    /// The file cannot be read as what its name says.
    pub fn read(path: &Path, device: Device) -> Result<Self, ModelError> {
        let file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let is_safe = path.extension().is_some_and(|end| end == "safetensors");
        let read = super::guarded(|| {
            if is_safe {
                Tensor::read_safetensors(path)
            } else {
                Tensor::load_multi_with_device(path, device)
            }
        });
        let tensors = match read {
            Ok(read) => read.map_err(|error| error.to_string()),
            Err(panic) => Err(panic),
        };
        let tensors = tensors.map_err(|problem| {
            let first = problem.lines().next().unwrap_or_default();
            ModelError::in_file(&file, &format!("it cannot be read: {first}"))
        })?;
        // Half precision is for keeping; processors compute in float32.
        let ready = |(name, tensor): (String, Tensor)| {
            (name, tensor.to_kind(Kind::Float).to_device(device))
        };
        Ok(Self {
            file,
            tensors: tensors.into_iter().map(ready).collect(),
        })
    }

    /// The tensor of a name, which must have this shape. It is not copied.
    ///
    /// # Errors
    /// It is missing, or of another shape than `config.json` says.
    pub fn tensor(&self, name: &str, due: &[i64]) -> Result<Tensor, ModelError> {
        let fault = |problem: String| ModelError::in_file(&self.file, &problem);
        let given = self.tensors.get(name).ok_or_else(|| {
            fault(format!(
                "it has no tensor `{name}`, which config.json asks for"
            ))
        })?;
        let found = given.size();
        if found != due {
            return Err(fault(format!(
                "`{name}` has shape {found:?} where config.json asks for {due:?}"
            )));
        }
        Ok(given.shallow_clone())
    }

    /// Puts the weights in the place of a network's own, without copying them.
    ///
    /// # Errors
    /// A tensor is missing, or of another shape than `config.json` says.
    pub fn lend(&self, network: &VarStore) -> Result<(), ModelError> {
        // In order, so that the same fault is told in the same words.
        let variables: BTreeMap<String, Tensor> = network.variables().into_iter().collect();
        for (name, mut variable) in variables {
            let given = self.tensor(&name, &variable.size())?;
            tch::no_grad(|| variable.set_data(&given));
        }
        Ok(())
    }
}
