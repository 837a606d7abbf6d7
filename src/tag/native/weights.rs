//! The network's weights out of an ONNX graph: that of `scripts/train/export.py`, a `BertForTokenClassification` after
//! `onnxruntime.quantization.quantize_dynamic`. Tensors are found by the names that PyTorch's exporter gives them.

use std::collections::HashMap;

use rten_onnx::onnx::{DataType, GraphProto, ModelProto, TensorProto};

use super::attention::{Attention, PAIR};
use super::encoder::{Encoder, Layer, Norm, Table};
use super::linear::{Linear, Products};
use super::vector::LANES;
use crate::tag::ModelError;

/// What `config.json` says of the network's shape.
#[derive(serde::Deserialize)]
struct Shape {
    model_type: String,
    hidden_act: String,
    hidden_size: usize,
    num_attention_heads: usize,
    num_hidden_layers: usize,
    layer_norm_eps: f32,
}

/// Reads the network.
///
/// # Errors
/// A graph or a configuration of another kind; which tensor or key is missing.
pub fn read(config: &[u8], graph: &[u8]) -> Result<Encoder, ModelError> {
    let shape: Shape = serde_json::from_slice(config)
        .map_err(|error| ModelError::in_file("config.json", &error))?;
    let blame = |problem: &dyn std::fmt::Display| {
        let remedy =
            "the engine `native` reads BERT in int8 alone; `--engine onnx` reads any graph";
        ModelError::in_file("model.onnx", &format!("{problem}; {remedy}"))
    };
    shape.check().map_err(|problem| blame(&problem))?;
    let graph = ModelProto::parse_buf(graph).map_err(|error| blame(&error))?;
    let graph = graph.graph.ok_or_else(|| blame(&"it holds no graph"))?;
    Tensors::new(graph)
        .and_then(|tensors| tensors.encoder(&shape))
        .map_err(|problem| blame(&problem))
}

impl Shape {
    fn check(&self) -> Result<(), String> {
        if self.model_type != "bert" || self.hidden_act != "gelu" {
            return Err(format!(
                "it is {} with {}, not BERT with GELU",
                self.model_type, self.hidden_act
            ));
        }
        let heads = self.num_attention_heads;
        if heads == 0 || !self.hidden_size.is_multiple_of(heads) {
            return Err(format!("{heads} heads cannot share {}", self.hidden_size));
        }
        let own = self.hidden_size / heads;
        if !own.is_multiple_of(PAIR) {
            return Err(format!("a head's width of {own} is no multiple of {PAIR}"));
        }
        width(self.hidden_size)
    }
}

/// Rows are taken a whole number of vectors at a time.
fn width(of: usize) -> Result<(), String> {
    if of == 0 || !of.is_multiple_of(LANES) {
        return Err(format!("a width of {of} is no multiple of {LANES}"));
    }
    Ok(())
}

/// The weights [inputs, outputs] of a layer, its scales and its biases.
type Parts = (Vec<i8>, Vec<f32>, Vec<f32>);

/// A graph's tensors by name, and the weights that each matrix product takes.
struct Tensors {
    tensors: HashMap<String, TensorProto>,
    weights: HashMap<String, String>,
    /// What stands before `embeddings.` in the names: "bert." in most.
    prefix: String,
    products: Products,
}

impl Tensors {
    fn new(graph: GraphProto) -> Result<Self, String> {
        const WORDS: &str = "embeddings.word_embeddings.weight_quantized";
        let mut weights = HashMap::new();
        for node in graph.node {
            if node.op_type.as_deref() == Some("MatMulInteger") {
                let weight = node.input.into_iter().nth(1);
                weights.insert(node.name.unwrap_or_default(), weight.unwrap_or_default());
            }
        }
        let tensors: HashMap<String, TensorProto> = graph
            .initializer
            .into_iter()
            .filter_map(|tensor| Some((tensor.name.clone()?, tensor)))
            .collect();
        let prefix = tensors.keys().find_map(|name| name.strip_suffix(WORDS));
        let prefix = prefix
            .ok_or_else(|| format!("it has no tensor {WORDS}"))?
            .to_owned();
        Ok(Self {
            tensors,
            weights,
            prefix,
            products: Products::default(),
        })
    }

    fn encoder(self, shape: &Shape) -> Result<Encoder, String> {
        let layers = (0..shape.num_hidden_layers)
            .map(|layer| self.layer(layer, shape))
            .collect::<Result<_, _>>()?;
        let before = self.prefix.strip_suffix("bert.").unwrap_or_default();
        let classifier = format!("{before}classifier");
        let classifier = self.linear(&[&classifier], shape.hidden_size)?;
        Ok(Encoder {
            words: self.table("word_embeddings")?,
            places: self.table("position_embeddings")?,
            types: self.table("token_type_embeddings")?,
            norm: self.norm("embeddings.LayerNorm", shape)?,
            layers,
            attention: Attention::new(shape.num_attention_heads, shape.hidden_size),
            classifier,
            width: shape.hidden_size,
        })
    }

    fn layer(&self, number: usize, shape: &Shape) -> Result<Layer, String> {
        let of = |part: &str| format!("{}encoder.layer.{number}.{part}", self.prefix);
        let hidden = shape.hidden_size;
        let up = self.linear(&[&of("intermediate.dense")], hidden)?;
        width(up.outputs())?;
        let (query, key, value) = (
            of("attention.self.query"),
            of("attention.self.key"),
            of("attention.self.value"),
        );
        let norm = |part: &str| self.norm(&format!("encoder.layer.{number}.{part}"), shape);
        Ok(Layer {
            joined: self.joined([&query, &key, &value], shape)?,
            mixed: self.square(&of("attention.output.dense"), hidden, hidden)?,
            mixed_norm: norm("attention.output.LayerNorm")?,
            down: self.square(&of("output.dense"), up.outputs(), hidden)?,
            up,
            down_norm: norm("output.LayerNorm")?,
        })
    }

    /// Queries, keys and values side by side, the queries divided by the root of a head's width.
    fn joined(&self, names: [&str; 3], shape: &Shape) -> Result<Linear, String> {
        let hidden = shape.hidden_size;
        let root = (hidden as f32 / shape.num_attention_heads as f32).sqrt();
        let (weights, mut scale, mut bias) = self.side_by_side(&names, hidden)?;
        if scale.len() != 3 * hidden || bias.len() != 3 * hidden {
            return Err(format!("{} is not {hidden} wide", names.join(", ")));
        }
        for value in scale
            .iter_mut()
            .take(hidden)
            .chain(bias.iter_mut().take(hidden))
        {
            *value /= root;
        }
        Linear::new(&self.products, &weights, scale, bias)
    }

    /// A layer that must be of this shape.
    fn square(&self, name: &str, inputs: usize, outputs: usize) -> Result<Linear, String> {
        let linear = self.linear(&[name], inputs)?;
        if linear.outputs() != outputs {
            return Err(format!(
                "{name} gives {} numbers, not {outputs}",
                linear.outputs()
            ));
        }
        Ok(linear)
    }

    fn linear(&self, names: &[&str], inputs: usize) -> Result<Linear, String> {
        let (weights, scale, bias) = self.side_by_side(names, inputs)?;
        Linear::new(&self.products, &weights, scale, bias)
    }

    /// The weights [inputs, outputs], scales and biases of layers with one input, their outputs one after another.
    fn side_by_side(&self, names: &[&str], inputs: usize) -> Result<Parts, String> {
        let (mut matrices, mut scale, mut bias) = (Vec::new(), Vec::new(), Vec::new());
        for name in names {
            // Nodes are named like tensors, with slashes; but a layer's number keeps its dot.
            let path = name.replace('.', "/").replace("layer/", "layer.");
            let node = format!("/{path}/MatMul_quant");
            let weights = self.weights.get(&node);
            let weights = weights.ok_or_else(|| format!("it has no product {node}"))?;
            let of = self.floats(&weights.replace("_quantized", "_scale"))?;
            let matrix = self.bytes(weights, DataType::INT8)?;
            let own = self.floats(&format!("{name}.bias"))?;
            if of.len() != own.len() || matrix.len() != inputs * own.len() || own.is_empty() {
                return Err(format!("{name} does not take {inputs} numbers"));
            }
            matrices.push((matrix, own.len()));
            scale.extend(of);
            bias.extend(own);
        }
        let mut weights = Vec::with_capacity(inputs * bias.len());
        for input in 0..inputs {
            for (matrix, outputs) in &matrices {
                let row = matrix.chunks_exact(*outputs).nth(input);
                weights.extend(row.unwrap_or_default().iter().map(|&byte| byte as i8));
            }
        }
        Ok((weights, scale, bias))
    }

    fn norm(&self, name: &str, shape: &Shape) -> Result<Norm, String> {
        let of = |part: &str| self.floats(&format!("{}{name}.{part}", self.prefix));
        let (gain, bias) = (of("weight")?, of("bias")?);
        if gain.len() != shape.hidden_size || bias.len() != shape.hidden_size {
            return Err(format!("{name} is not {} wide", shape.hidden_size));
        }
        Ok(Norm {
            gain,
            bias,
            epsilon: shape.layer_norm_eps,
        })
    }

    fn table(&self, name: &str) -> Result<Table, String> {
        let name = format!("{}embeddings.{name}.weight", self.prefix);
        let zero = format!("{name}_zero_point");
        let scale = self.floats(&format!("{name}_scale"))?.first().copied();
        Ok(Table {
            values: self.bytes(&format!("{name}_quantized"), DataType::UINT8)?,
            scale: scale.ok_or_else(|| format!("{name}_scale is empty"))?,
            zero: *self
                .bytes(&zero, DataType::UINT8)?
                .first()
                .ok_or_else(|| format!("{zero} is empty"))?,
        })
    }

    fn tensor(&self, name: &str, kind: DataType) -> Result<&TensorProto, String> {
        let tensor = self.tensors.get(name);
        let tensor = tensor.ok_or_else(|| format!("it has no tensor {name}"))?;
        if tensor.data_type != Some(kind) {
            return Err(format!("the tensor {name} is of another type"));
        }
        Ok(tensor)
    }

    /// A tensor of bytes. It is taken, not copied: no tensor is read twice.
    fn bytes(&self, name: &str, kind: DataType) -> Result<Vec<u8>, String> {
        let tensor = self.tensor(name, kind)?;
        Ok(match &tensor.raw_data {
            Some(raw) => raw.take(),
            // Small ones lie in 32 bits each; the lowest byte is the value.
            None => tensor.int32_data.iter().map(|&value| value as u8).collect(),
        })
    }

    fn floats(&self, name: &str) -> Result<Vec<f32>, String> {
        let tensor = self.tensor(name, DataType::FLOAT)?;
        Ok(match &tensor.raw_data {
            Some(raw) => raw
                .borrow()
                .chunks_exact(4)
                .filter_map(|bytes| Some(f32::from_le_bytes(bytes.try_into().ok()?)))
                .collect(),
            None => tensor.float_data.clone(),
        })
    }
}
