#!/usr/bin/env python3
"""Fits how probable it is that the names in a sentence would be others, were the transformer asked as well: what the cascade goes by
(learning to defer: Madras, Pitassi and Zemel 2018).

Nobody has to annotate for it: it is fitted on the documents that `crf_train.py` held back, where `crf_label.py` has the transformer's
labels. A logistic regression on what the CRF knows of a sentence (`signs`); the program computes the same in `src/tag/crf/doubt.rs`.
"""

import argparse
import json
import random
from pathlib import Path

import numpy

from crf_features import Clusters, Listed
from crf_lattice import pooled
from crf_model import Crf
from crf_train import documents
from labels import TYPES, spans_of
from sources import SOURCES

LEAST = 1e-4  # doubt below this is none


def signs(path, probabilities):
    """What a sentence says of itself: logarithms of its doubt (1 less the probability of a word's label), summed over all words, over
    words of names and over others, and of the largest; and how many names of each type there are."""
    doubt = 1 - probabilities[numpy.arange(len(path)), path]
    named = path > 0
    logs = [numpy.log(LEAST + value) for value in (doubt.sum(), doubt[named].sum(), doubt[~named].sum(), doubt.max())]
    begins = numpy.bincount((path[(path % 2) == 1] - 1) // 2, minlength=len(TYPES))
    return [1.0, *logs, *numpy.log1p(begins)]


def probability(rows, weights):
    return 1 / (1 + numpy.exp(-rows @ weights))


def fitted(rows, changed, penalty=1.0, rounds=25):
    """Weights of a logistic regression with an L2 penalty, by Newton's method."""
    weights = numpy.zeros(rows.shape[1])
    for _ in range(rounds):
        said = probability(rows, weights)
        slope = rows.T @ (changed - said) - penalty * weights
        bend = (rows * (said * (1 - said))[:, None]).T @ rows + penalty * numpy.eye(rows.shape[1])
        weights += numpy.linalg.solve(bend, slope)
    return weights


def held_back(folder, sources, share):
    """The documents that `crf_train.py` did not learn from, those without words left out."""
    for name in sources:
        drawn = random.Random(name)
        yield from (document for document in documents(folder, name) if drawn.random() < share and document)


def compared(crf, held):
    """For each sentence its signs, and whether the names by both models are others than the CRF's."""
    rows, changed = [], []
    for document, read in zip(held, crf.read([[words for words, _, _ in document] for document in held])):
        for (_, _, scores), (path, probabilities) in zip(document, read):
            rows.append(signs(path, probabilities))
            both = pooled(scores.astype(numpy.float32), probabilities)
            changed.append(spans_of(both.tolist()) != spans_of(path.tolist()))
    return numpy.array(rows), numpy.array(changed, dtype=float)


def table(said, changed):
    """Rows (said from, to, sentences, mean said, share changed)."""
    rows = []
    for low, high in [(0, 0.02), (0.02, 0.05), (0.05, 0.1), (0.1, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)]:
        chosen = (said >= low) & (said < high)
        if chosen.any():
            rows.append((low, min(high, 1.0), int(chosen.sum()), float(said[chosen].mean()), float(changed[chosen].mean())))
    return rows


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("trained", type=Path)
    arguments.add_argument("--labels", type=Path, required=True, help="the folder that crf_label.py wrote")
    arguments.add_argument("--clusters", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    record = json.loads(Path(f"{given.trained}.json").read_text())
    sources = [name for name in [*SOURCES, "gum", "reuters"] if f"'{name}'" in record["sources"]]
    held = list(held_back(given.labels, sources, float(record["held"])))
    rows, changed = compared(Crf(given.trained, Clusters(given.clusters), Listed()), held)
    half = numpy.arange(len(rows)) % 2 == 0
    said = probability(rows[~half], fitted(rows[half], changed[half]))
    for low, high, count, mean, share in table(said, changed[~half]):
        print(f"{low:.2f}-{high:.2f}  {count:6d} sentences  said {mean:.3f}  changed {share:.3f}")
    words = sum(len(sentence) for document in held for sentence, _, _ in document)
    given.out.write_text(json.dumps({
        "weights": fitted(rows, changed).tolist(), "words": words, "sentences": len(rows), "reliability": table(said, changed[~half]),
    }, indent=1))


if __name__ == "__main__":
    main()
