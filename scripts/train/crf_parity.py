#!/usr/bin/env python3
"""Writes what the tests hold the program to: for our own sentences (`crf_parity.txt`, articles parted by empty lines) the sum of each
word's feature hashes, and its label by the rounded weights of the model file."""

import argparse
import json
from pathlib import Path

import numpy

from crf_features import Clusters, Listed
from crf_model import Crf
from labels import LABELS
from words import word_spans


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("trained", type=Path)
    arguments.add_argument("--clusters", type=Path, required=True)
    arguments.add_argument("--most", type=int, default=330_000, help="as for crf_export.py")
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    crf = Crf(given.trained, Clusters(given.clusters), Listed())
    crf.rounded(given.most)
    lines = []
    for block in (Path(__file__).parent / "crf_parity.txt").read_text().split("\n\n"):
        sentences = [line for line in block.splitlines() if line]
        article = [[line[a:b] for a, b in word_spans(line)] for line in sentences]
        corpus = crf.corpus([article])
        offsets, hashes = corpus.features()
        sums = [f"{int(hashes[a:b].sum(dtype=numpy.uint64)):016x}" for a, b in zip(offsets[:-1], offsets[1:])]
        lines.append(json.dumps({
            "sentences": sentences,
            "features": [sums[a:b] for a, b in zip(corpus.starts[:-1], corpus.starts[1:])],
            "labels": [[LABELS[label] for label in path] for path, _ in crf.read([article])[0]],
        }, ensure_ascii=False))
    given.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
