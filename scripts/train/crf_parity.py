#!/usr/bin/env python3
"""Writes what the tests hold the program to: for our own sentences (`crf_parity.txt`, articles parted by empty lines) the sum of each
word's feature hashes and its label by CRFsuite."""

import argparse
import json
from pathlib import Path

import pycrfsuite

from crf_features import MASK, Article, Clusters, Listed, feature_hash, features
from crf_measure import repaired
from crf_train import attribute
from labels import LABELS
from words import word_spans


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("trained", type=Path)
    arguments.add_argument("--clusters", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    tagger = pycrfsuite.Tagger()
    tagger.open(str(given.trained))
    listed, clusters = Listed(), Clusters(given.clusters)
    lines = []
    for block in (Path(__file__).parent / "crf_parity.txt").read_text().split("\n\n"):
        sentences = [line for line in block.splitlines() if line]
        article = Article([[line[a:b] for a, b in word_spans(line)] for line in sentences], listed)
        sums, labels = [], []
        for place in range(len(sentences)):
            rows = features(article, place, clusters)
            sums.append([f"{sum(feature_hash(*feature) for feature in row) & MASK:016x}" for row in rows])
            path = tagger.tag(pycrfsuite.ItemSequence([[attribute(feature) for feature in row] for row in rows]))
            labels.append([LABELS[label] for label in repaired([LABELS.index(label) for label in path])])
        lines.append(json.dumps({"sentences": sentences, "features": sums, "labels": labels}, ensure_ascii=False))
    given.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
