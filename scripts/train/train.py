#!/usr/bin/env python3
"""Trains the tagger: the encoder, under a fresh label head, on all sources with partial labels.

Writes `model.safetensors` (float32, averaged weights) and `training.json` (what was done) into the folder --out.
"""

import argparse
import json
import pickle
import time
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

import measure
from augment import Names, own_sentences, restyle, swap
from model import encoder_folder, for_labels, partial_label_loss
from pretrain import join_sentences
from sources import SOURCES, read
from teacher import Teacher
from windows import batches, encode, pack, rows_of_words, seeded
from words import Pieces

HEAD_FACTOR, WARM_UP = 5, 0.06  # the head learns so many times faster than the encoder
BUDGET = 1536  # pieces in a batch
SILVER_SHARES = 3  # each epoch sees another third of the silver sentences
AVERAGE = 0.999


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="the folder of the annotated sets")
    arguments.add_argument("--encoder", type=Path, help="what pretrain.py wrote")
    arguments.add_argument("--start", type=Path, help="go on from this folder's model.safetensors instead")
    arguments.add_argument("--rate", type=float, default=2e-4, help="the encoder's highest learning rate")
    arguments.add_argument("--teacher", type=Path, help="model.onnx of an earlier model, to clean silver labels")
    arguments.add_argument("--cache", type=Path, help="keeps the cleaned silver set between runs")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--epochs", type=int, default=4)
    arguments.add_argument("--only-head", action="store_true", help="the encoder stays as it is")
    arguments.add_argument("--own", type=int, default=1500, help="own sentences an epoch")
    arguments.add_argument("--swap", type=float, default=0.12, help="share of mentions that get another name")
    arguments.add_argument("--join", type=float, default=0.35, help="how often a paragraph joins the window before it")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=20261120)
    given = arguments.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    given.out.mkdir(parents=True, exist_ok=True)
    pieces = Pieces(encoder_folder() / "tokenizer.json")
    gold = {name: read(name, given.data) for name in SOURCES if name != "gmb_silver"}
    silver = clean_silver(given, pieces)
    names = Names([document for documents in gold.values() for document in documents])
    network = for_labels(load_file(given.start / "model.safetensors" if given.start else given.encoder)).train()
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    head = [value for name, value in network.named_parameters() if name.startswith("classifier")]
    body = [value for name, value in network.named_parameters() if not name.startswith("classifier")]
    if given.only_head:
        for value in body:
            value.requires_grad_(False)
        body = []
    optimizer = torch.optim.AdamW(
        [{"params": body, "rate": given.rate}, {"params": head, "rate": HEAD_FACTOR * given.rate}],
        lr=given.rate, weight_decay=0.01, fused=True,
    )
    steps, done, begun, history = None, 0, time.time(), []
    for epoch in range(given.epochs):
        groups = list(epoch_batches(gold, silver, names, pieces, given, epoch))
        steps = steps or len(groups) * given.epochs
        mean = 0.0
        for at, batch in enumerate(groups):
            rate = min(1.0, (done + 1) / (WARM_UP * steps)) * max(0.0, 1 - done / steps)
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * rate
            with torch.autocast("cpu", torch.bfloat16):
                logits = network(**{key: batch[key] for key in ("input_ids", "attention_mask", "token_type_ids")}).logits
            loss = partial_label_loss(logits, batch["allowed"], batch["weight"])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            done += 1
            mean += loss.item()
            if done % 5 == 0:
                follow(average, network, min(AVERAGE, done / (done + 50)) ** 5)
            if done % 100 == 0:
                print(f"{done}/{steps} loss {mean / (at + 1):.4f} {time.time() - begun:.0f} s", flush=True)
        figures = score(average, pieces, given.data, ["worldwide_dev", "uner_pud"])
        history.append({"epoch": epoch + 1, "loss": mean / max(1, len(groups)), "seconds": round(time.time() - begun), "f1": figures})
        print(json.dumps(history[-1]), flush=True)
        save_file(average, given.out / "model.safetensors")
    record = {**{key: str(value) for key, value in vars(given).items()}, "steps": done, "history": history}
    (given.out / "training.json").write_text(json.dumps(record, indent=1))


def clean_silver(given, pieces):
    """The silver documents, cleaned by the teacher where one is given."""
    if given.cache and given.cache.exists():
        return pickle.loads(given.cache.read_bytes())
    silver = read("gmb_silver", given.data)
    if given.teacher:
        teacher = Teacher(given.teacher, pieces, given.threads)
        opened = sum(teacher.clean(paragraph) for document in silver for paragraph in document)
        print(f"silver: {opened} words opened", flush=True)
    silver = join_sentences(silver)
    if given.cache:
        given.cache.write_bytes(pickle.dumps(silver))
    return silver


def epoch_batches(gold, silver, names, pieces, given, epoch):
    """The batches of an epoch, with names swapped, own sentences and restyled windows."""
    generator = seeded(given.seed, "labels", epoch)
    documents = [document for documents in gold.values() for document in documents]
    documents += silver[epoch % SILVER_SHARES :: SILVER_SHARES]
    documents += [[paragraph] for paragraph in own_sentences(names, generator, given.own)]
    windows = []
    for words, allowed, weight in pack(documents, pieces, given.join, generator):
        if generator.random() < 0.5:
            words, allowed = swap(words, allowed, names, generator, 2 * given.swap)
        windows.extend(fitting(restyle(words, generator), allowed, weight, pieces))
    return batches(windows, pieces, BUDGET, generator)


def fitting(words, allowed, weight, pieces):
    """The window, or its two halves where longer names made it too long."""
    if len(encode(words, pieces)[0]) <= 256 or len(words) < 2:
        return [(words, allowed, weight)]
    half = len(words) // 2
    return [(words[:half], allowed[:half], weight), (words[half:], allowed[half:], weight)]


def follow(average, network, keep):
    """Exponential moving average of the weights (Polyak and Juditsky 1992)."""
    with torch.no_grad():
        for name, value in network.state_dict().items():
            if value.dtype.is_floating_point:
                average[name].lerp_(value, 1 - keep)


def score(weights, pieces, data, sets):
    """Micro F1 of these weights on development sets, paragraph by paragraph."""
    network = for_labels(weights)
    network.load_state_dict(weights)
    network.eval()

    def rows(words):
        ids, cases, first = encode(words, pieces)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            logits = network(input_ids=torch.tensor([ids]), token_type_ids=torch.tensor([cases])).logits[0]
        return rows_of_words(logits.float().log_softmax(-1).tolist(), first)

    return {name: round(measure.figures(measure.evaluate(rows, pieces, data, name))["all"][0], 4) for name in sets}


if __name__ == "__main__":
    main()
