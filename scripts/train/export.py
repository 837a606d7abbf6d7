#!/usr/bin/env python3
"""A trained network as a model folder: float16 `model.safetensors`, int8 `model.onnx`, `config.json`, `tokenizer.json`.

How the int8 weights are made is in `graph.py`. `--float32` keeps the float graph too, for measuring what int8 costs.
"""

import argparse
import json
from pathlib import Path

from safetensors.torch import load_file, save_file
from transformers import BertForTokenClassification

from graph import quantise, write_float32
from model import config, encoder_folder
from words import CASE_TYPES, Pieces


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
    write_float32(network, graph)
    quantise(graph, given.out / "model.onnx")
    if not given.float32:
        graph.unlink()


if __name__ == "__main__":
    main()
