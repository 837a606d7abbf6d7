"""A token-classification network as an ONNX graph, in float32 and in int8.

The int8 weights of layers are per channel and in reduced range (7 bits), so that no dot product of 8-bit hardware saturates; embeddings, which
enter none, have all 8 bits; activations are quantised as they come (dynamic).
"""

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

INPUTS = ["input_ids", "attention_mask", "token_type_ids"]


class Graph(torch.nn.Module):
    """The network with its inputs in the order of the graph."""

    def __init__(self, network, inputs):
        super().__init__()
        self.network = network
        self.inputs = inputs

    def forward(self, *values):
        """Logits of shape [windows, pieces, labels]."""
        return self.network(**dict(zip(self.inputs, values))).logits


def write_float32(network, path, inputs=INPUTS, sample=(101, 2000, 2001, 102)):
    """Writes the graph of a network in float32, for any number of windows and pieces. `sample` is ids to trace it with."""
    sample = torch.tensor([list(sample)])
    values = {"input_ids": sample, "attention_mask": torch.ones_like(sample), "token_type_ids": torch.zeros_like(sample)}
    axes = {0: "windows", 1: "pieces"}
    with torch.no_grad():
        torch.onnx.export(
            Graph(network, inputs), tuple(values[name] for name in inputs), str(path), dynamo=False, opset_version=17,
            input_names=list(inputs), output_names=["logits"], dynamic_axes={name: axes for name in [*inputs, "logits"]},
        )


def quantise(float32, int8):
    """Writes the int8 graph of a float32 one."""
    ready = float32.with_suffix(".ready.onnx")
    quant_pre_process(str(float32), str(ready), skip_symbolic_shape=True)
    layers = float32.with_suffix(".layers.onnx")
    quantize_dynamic(
        str(ready), str(layers), op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
    )
    quantize_dynamic(str(layers), str(int8), op_types_to_quantize=["Gather"], weight_type=QuantType.QUInt8)
    ready.unlink()
    layers.unlink()
