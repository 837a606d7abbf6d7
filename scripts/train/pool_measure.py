#!/usr/bin/env python3
"""F1 on the development sets of the transformer and the CRF pooled as the cascade pools them (`src/tag/pool.rs`), where both read
everything, by the weight of the CRF; counted as `measure.py` counts the transformer alone, with a bootstrap interval over documents."""

import argparse
from pathlib import Path

import numpy

import measure
from crf_features import Clusters, Listed, sentences
from crf_model import Crf
from teacher import Teacher
from words import Pieces

LEAST = 1e-5  # as in the program


def opinions(crf, data, name):
    """The CRF's log-probabilities of all words of a set, in its order."""
    documents = measure.read(data / f"{name}.jsonl", name)
    articles = [[line.words[a:b] for line in document for a, b in sentences(line.words)] for document in documents]
    rows = [probabilities for article in crf.read(articles) for _, probabilities in article]
    return numpy.log(numpy.maximum(numpy.concatenate(rows), LEAST))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("transformer", type=Path, help="a model folder: model.onnx with its tokenizer.json")
    arguments.add_argument("crf", type=Path, help="what crf_train.py wrote")
    arguments.add_argument("--clusters", type=Path, required=True)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--weights", type=float, nargs="+", default=[0, 0.1, 0.2, 0.3, 0.4, 0.5])
    given = arguments.parse_args()
    pieces = Pieces(given.transformer / "tokenizer.json")
    teacher = Teacher(given.transformer / "model.onnx", pieces)
    crf = Crf(given.crf, Clusters(given.clusters), Listed())
    for name in measure.SETS:
        other, own = opinions(crf, given.data, name), []

        def kept(words):
            own.append(numpy.array(teacher.scores(words)))
            return own[-1]

        measure.evaluate(kept, pieces, given.data, name)
        for weight in given.weights:
            # `evaluate` asks for the same words in the same order each time.
            parts, at = iter(own), 0

            def pooled(words):
                nonlocal at
                at += len(words)
                return (1 - weight) * next(parts) + weight * other[at - len(words) : at]

            rows = measure.evaluate(pooled, pieces, given.data, name)
            low, high = measure.interval(rows)
            print(f"{name} {weight}: F1 {100 * measure.figures(rows)['all'][0]:.1f} [{100 * low:.1f}-{100 * high:.1f}]", flush=True)


if __name__ == "__main__":
    main()
