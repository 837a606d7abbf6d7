#!/usr/bin/env python3
"""Writes what the tests hold the program to: for our own sentences (`crf_parity.txt`, articles parted by empty lines) the sum of each
word's feature hashes, and its label by the rounded weights of the model file."""

import argparse
import json
from pathlib import Path

import numpy

from crf_export import in_steps, weights_of
from crf_features import MASK, Article, Clusters, Listed, feature_hash, features
from crf_label import COLUMNS, STEPS
from crf_train import attribute
from labels import LABELS
from words import word_spans


def best(scores, transitions):
    """The best valid sequence of labels (Viterbi 1967) for rows of scores; outside goes before the first word."""
    total, back = scores[0] + STEPS[0], []
    for row in scores[1:]:
        through = total[:, None] + transitions + STEPS
        steps = through.argmax(0)
        back.append(steps)
        total = through[steps, COLUMNS] + row
    path = [int(total.argmax())]
    for steps in reversed(back):
        path.append(int(steps[path[-1]]))
    return path[::-1]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("trained", type=Path)
    arguments.add_argument("--clusters", type=Path, required=True)
    arguments.add_argument("--most", type=int, default=350_000, help="as for crf_export.py")
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    rows_of, transitions = weights_of(given.trained)
    step, kept = in_steps(rows_of, given.most)
    weights = {name: numpy.concatenate([[0.0], step * row]) for name, row in kept}
    nothing = numpy.zeros(len(LABELS))
    listed, clusters = Listed(), Clusters(given.clusters)
    lines = []
    for block in (Path(__file__).parent / "crf_parity.txt").read_text().split("\n\n"):
        sentences = [line for line in block.splitlines() if line]
        article = Article([[line[a:b] for a, b in word_spans(line)] for line in sentences], listed)
        sums, labels = [], []
        for place in range(len(sentences)):
            rows = features(article, place, clusters)
            sums.append([f"{sum(feature_hash(*feature) for feature in row) & MASK:016x}" for row in rows])
            scores = [sum((weights.get(attribute(feature), nothing) for feature in row), nothing) for row in rows]
            labels.append([LABELS[label] for label in best(scores, transitions)])
        lines.append(json.dumps({"sentences": sentences, "features": sums, "labels": labels}, ensure_ascii=False))
    given.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
