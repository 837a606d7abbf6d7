#!/usr/bin/env python3
"""Clusters of common words for the CRF: what the transformer's word embeddings hold of words that no annotated sentence has.

Spherical k-means (Dhillon and Modha 2001) over the embeddings of the whole words of the teacher's vocabulary; the centres of the fine
clusters are clustered again into the coarse ones. A line a word: word, coarse cluster, fine cluster.
"""

import argparse
import json
from pathlib import Path

import numpy
from safetensors.numpy import load_file

ROUNDS = 12


def k_means(rows, count, generator):
    """The index of each row's cluster, and the centres. Rows have length 1."""
    centres = rows[generator.choice(len(rows), count, replace=False)]
    for _ in range(ROUNDS):
        nearest = (rows @ centres.T).argmax(1)
        sums = numpy.zeros_like(centres)
        numpy.add.at(sums, nearest, rows)
        empty = ~sums.any(1)
        sums[empty] = rows[generator.choice(len(rows), int(empty.sum()))]
        centres = sums / numpy.linalg.norm(sums, axis=1, keepdims=True)
    return (rows @ centres.T).argmax(1), centres


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--teacher", type=Path, required=True, help="a model folder: model.safetensors and tokenizer.json")
    arguments.add_argument("--coarse", type=int, default=256)
    arguments.add_argument("--fine", type=int, default=1024)
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    weights = load_file(given.teacher / "model.safetensors")
    table = next(value for name, value in weights.items() if name.endswith("word_embeddings.weight")).astype(numpy.float32)
    vocabulary = json.loads((given.teacher / "tokenizer.json").read_text())["model"]["vocab"]
    words = sorted((index, word) for word, index in vocabulary.items() if word.isalpha() and word.isascii())
    rows = table[[index for index, _ in words]]
    rows = rows - rows.mean(0)
    rows /= numpy.linalg.norm(rows, axis=1, keepdims=True)
    generator = numpy.random.default_rng(20261120)
    fine, centres = k_means(rows, given.fine, generator)
    coarse, _ = k_means(centres, given.coarse, generator)
    lines = [f"{word}\t{coarse[cluster]}\t{cluster}" for (_, word), cluster in zip(words, fine)]
    given.out.write_text("\n".join(lines) + "\n")
    print(f"{len(lines)} words")


if __name__ == "__main__":
    main()
