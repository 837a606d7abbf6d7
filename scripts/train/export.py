#!/usr/bin/env python3
"""A trained network as a model folder: float16 `model.safetensors`, int8 `model.onnx`, `config.json`, `tokenizer.json`.

The int8 weights of layers are per channel and in reduced range (7 bits), so that no dot product of 8-bit hardware saturates; embeddings, which
enter none, have all 8 bits; activations are quantised as they come (dynamic). `--float32` keeps the float graph too, for measuring what int8 costs.
"""

import argparse
import json
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from safetensors.torch import load_file, save_file
from transformers import BertForTokenClassification

from model import config, encoder_folder
from words import CASE_TYPES, Pieces


class Graph(torch.nn.Module):
    """The network with its inputs in the order of the graph."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, input_ids, attention_mask, token_type_ids):
        """Logits of shape [windows, pieces, labels]."""
        return self.network(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).logits


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("trained", type=Path, help="the folder that train.py wrote")
    arguments.add_argument("--out", type=Path, required=True, help="the model folder")
    arguments.add_argument("--float32", type=Path, help="write the float graph there as well")
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    settings = config()
    settings._attn_implementation = "eager"
    network = BertForTokenClassification(settings).eval()
    weights = load_file(given.trained / "model.safetensors")
    # As shipped: in float16, so that every engine computes with the same weights.
    half = {name: value.half().contiguous() for name, value in weights.items() if value.dtype.is_floating_point}
    network.load_state_dict({name: value.float() for name, value in half.items()}, strict=False)
    save_file(half, given.out / "model.safetensors", metadata={"format": "pt"})
    described = json.loads(settings.to_json_string())
    described |= {"architectures": ["BertForTokenClassification"], "_case_types": CASE_TYPES}
    (given.out / "config.json").write_text(json.dumps(described, indent=1, sort_keys=True) + "\n")
    Pieces(encoder_folder() / "tokenizer.json").tokenizer.save(str(given.out / "tokenizer.json"), pretty=False)
    graph = given.float32 or given.out / "float32.onnx"
    sample = torch.tensor([[101, 2000, 2001, 102]])
    axes = {0: "windows", 1: "pieces"}
    with torch.no_grad():
        torch.onnx.export(
            Graph(network), (sample, torch.ones_like(sample), torch.zeros_like(sample)), str(graph), dynamo=False, opset_version=17,
            input_names=["input_ids", "attention_mask", "token_type_ids"], output_names=["logits"],
            dynamic_axes={name: axes for name in ("input_ids", "attention_mask", "token_type_ids", "logits")},
        )
    ready = graph.with_suffix(".ready.onnx")
    quant_pre_process(str(graph), str(ready), skip_symbolic_shape=True)
    layers = graph.with_suffix(".layers.onnx")
    quantize_dynamic(
        str(ready), str(layers), op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
    )
    quantize_dynamic(str(layers), str(given.out / "model.onnx"), op_types_to_quantize=["Gather"], weight_type=QuantType.QUInt8)
    ready.unlink()
    layers.unlink()
    if not given.float32:
        graph.unlink()


if __name__ == "__main__":
    main()
