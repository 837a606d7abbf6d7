#!/usr/bin/env python3
"""What Hugging Face's transformers compute for the models of `tiny.rs`, for `main.rs` to compare with.

    TINY_MODELS=DIR cargo test --features libtorch --test libtorch -- --ignored write_the_models
    python tests/libtorch/reference.py DIR > tests/libtorch/reference.json
    python tests/libtorch/reference.py DIR 6 > LONG     # windows of up to 188 pieces: TINY_REFERENCE=LONG cargo test …

Needs torch and transformers. Of each model the log probabilities of every piece but the first and last, for the first two (or so many) windows in its folder.
A tensor that is missing or left over is an error: the folders must be what a real checkpoint is.
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForTokenClassification

count = int(sys.argv[2]) if len(sys.argv) > 2 else 2
reference = {}
for folder in sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir()):
    network, told = AutoModelForTokenClassification.from_pretrained(folder, output_loading_info=True, attn_implementation="eager")
    assert not told["missing_keys"] and not told["unexpected_keys"], (folder, told)
    network.eval()
    windows = json.loads((folder / "windows.json").read_text())[:count]
    with torch.no_grad():
        scores = [network(input_ids=torch.tensor([ids])).logits.log_softmax(-1)[0, 1:-1] for ids in windows]
    reference[folder.name] = [[[round(value, 5) for value in row] for row in window.tolist()] for window in scores]
json.dump(reference, sys.stdout, separators=(",", ":"))
print()
