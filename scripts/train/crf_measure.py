#!/usr/bin/env python3
"""Strict F1 of a CRFsuite model on the development sets, counted as `measure.py` counts: for choosing features and training data."""

import argparse
from pathlib import Path

import pycrfsuite

import measure
from crf_features import Article, Clusters, Listed, features, sentences
from crf_train import attribute
from labels import LABELS, spans_of


def evaluate(tagger, listed, clusters, data, name):
    """The rows of each document of a set, as `measure.evaluate` gives them."""
    _, annotated = measure.SETS[name]
    results = []
    for document in measure.read(Path(data) / f"{name}.jsonl", name):
        parts = [(line, start, stop) for line in document for start, stop in sentences(line.words)]
        article = Article([line.words[start:stop] for line, start, stop in parts], listed)
        found = {id(line): [] for line in document}
        for place, (line, start, _) in enumerate(parts):
            rows = [[attribute(f) for f in row] for row in features(article, place, clusters)]
            path = repaired([LABELS.index(label) for label in tagger.tag(pycrfsuite.ItemSequence(rows))])
            found[id(line)] += [(start + first, start + end, kind) for first, end, kind in spans_of(path)]
        results.append([row for line in document for row in measure.tally(line, found[id(line)], annotated)])
    return results


def repaired(path):
    """An inside without its begin becomes the begin: CRFsuite does not know what is valid."""
    before = 0
    for place, label in enumerate(path):
        name = LABELS[label]
        if name.startswith("I-") and LABELS[before][2:] != name[2:]:
            path[place] = LABELS.index("B-" + name[2:])
        before = path[place]
    return path


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("models", nargs="+", type=Path)
    arguments.add_argument("--clusters", type=Path, required=True)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--sets", nargs="+", default=list(measure.SETS))
    given = arguments.parse_args()
    listed, clusters = Listed(), Clusters(given.clusters)
    for model in given.models:
        tagger = pycrfsuite.Tagger()
        tagger.open(str(model))
        for name in given.sets:
            values = measure.figures(evaluate(tagger, listed, clusters, given.data, name))
            by_type = "  ".join(f"{kind} {100 * f1:.1f} ({due})" for kind, (f1, due) in sorted(values.items()) if kind != "all")
            print(f"{model.name} {name}: F1 {100 * values['all'][0]:.1f}  {by_type}", flush=True)


if __name__ == "__main__":
    main()
