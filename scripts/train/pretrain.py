#!/usr/bin/env python3
"""Masked-language training of the encoder on news with the case types in place, which it never saw.

Whole words are masked, 20% of them (Devlin et al. 2019; Cui et al. 2021). The case of a masked word stays visible.
"""

import argparse
import math
import time
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from model import encoder_folder, for_language
from sources import read
from windows import batches, encode, pack, seeded
from words import Pieces

TEXTS = ["worldwide_train", "gmb_silver", "redocred", "grobid_ner"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="the folder of the annotated sets; only their texts are used")
    arguments.add_argument("--out", type=Path, required=True, help="the encoder to write (safetensors)")
    arguments.add_argument("--start", type=Path, help="go on from this encoder, an earlier --out")
    arguments.add_argument("--epochs", type=float, default=1.0)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=20261120)
    given = arguments.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    pieces = Pieces(encoder_folder() / "tokenizer.json")
    documents = join_sentences([document for name in TEXTS for document in read(name, given.data)])
    network = for_language(load_file(given.start) if given.start else None).train()
    optimizer = torch.optim.AdamW(network.parameters(), lr=3e-4, weight_decay=0.01, fused=True)
    steps, done, begun, mean = None, 0, time.time(), 7.0
    for epoch in range(math.ceil(given.epochs)):
        generator = seeded(given.seed, "language", epoch)
        windows = pack(documents, pieces, 0.8, generator)
        groups = list(batches(windows, pieces, 2048, generator))
        steps = steps or int(len(groups) * given.epochs)
        for batch in groups:
            if done >= steps:
                break
            rate = min(1.0, (done + 1) / (0.06 * steps)) * max(0.0, 1 - done / steps)
            for group in optimizer.param_groups:
                group["lr"] = 3e-4 * rate
            mean = 0.99 * mean + 0.01 * step(network, optimizer, batch, pieces)
            done += 1
            if done % 100 == 0:
                print(f"{done}/{steps} loss {mean:.3f} {time.time() - begun:.0f} s", flush=True)
    save_file({name: value.contiguous() for name, value in network.state_dict().items() if name.startswith("bert.")}, given.out)


def join_sentences(documents):
    """Sets that come sentence by sentence, as documents of twenty: their sentences follow one another in the source."""
    joined, run = [], []
    for document in documents:
        if len(document) > 1:
            joined.append(document)
            continue
        run.extend(document)
        if len(run) >= 20:
            joined.append(run)
            run = []
    return [*joined, run] if run else joined


def step(network, optimizer, batch, pieces):
    """One step; returns the loss. Every word's first piece has a mark in `allowed`, so words are known here."""
    ids, real = batch["input_ids"], batch["attention_mask"].bool()
    special = (ids == pieces.cls) | (ids == pieces.sep) | ~real
    starts = (batch["allowed"] != 0) | special
    word = starts.cumsum(1)
    chosen = torch.rand(ids.shape[0], int(word.max()) + 1) < 0.2
    target = chosen.gather(1, word) & ~special
    hidden = ids.clone()
    draw = torch.rand(ids.shape)
    hidden[target & (draw < 0.8)] = pieces.mask
    other = target & (draw >= 0.9)
    hidden[other] = torch.randint(1000, 30522, (int(other.sum()),))
    with torch.autocast("cpu", torch.bfloat16):
        states = network.bert(
            input_ids=hidden, attention_mask=batch["attention_mask"], token_type_ids=batch["token_type_ids"]
        ).last_hidden_state[target]
        logits = network.cls(states)
    loss = torch.nn.functional.cross_entropy(logits.float(), ids[target])
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return loss.item()


if __name__ == "__main__":
    main()
