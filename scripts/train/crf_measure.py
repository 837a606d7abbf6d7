#!/usr/bin/env python3
"""Strict F1 of a CRFsuite model on the development sets, counted as `measure.py` counts, and the calibration of its scores.

A mention's raw score is the mean over its words of the probability of its type, as in the program; the knots are fitted as
`calibrate.py` fits those of the transformer.
"""

import argparse
import json
from pathlib import Path

import numpy
import pycrfsuite

import calibrate
import measure
from crf_features import Article, Clusters, Listed, features, sentences
from crf_train import attribute
from labels import LABELS, spans_of


def evaluate(tagger, listed, clusters, data, name):
    """Of each document of a set the rows, as `measure.evaluate` gives them, and (raw score, right) of each mention found."""
    _, annotated = measure.SETS[name]
    results, scored = [], []
    for document in measure.read(Path(data) / f"{name}.jsonl", name):
        parts = [(line, start, stop) for line in document for start, stop in sentences(line.words)]
        article = Article([line.words[start:stop] for line, start, stop in parts], listed)
        found, sure = {id(line): [] for line in document}, {}
        for place, (line, start, _) in enumerate(parts):
            rows = [[attribute(f) for f in row] for row in features(article, place, clusters)]
            tagger.set(pycrfsuite.ItemSequence(rows))
            for first, end, kind in spans_of(repaired([LABELS.index(label) for label in tagger.tag()])):
                span = (start + first, start + end, kind)
                found[id(line)].append(span)
                words = [sum(tagger.marginal(f"{mark}-{kind}", word) for mark in "BI") for word in range(first, end)]
                sure[id(line), span] = float(numpy.mean(words))
        results.append([row for line in document for row in measure.tally(line, found[id(line)], annotated)])
        scored.append([
            (sure[id(line), span], right) for line in document for span, right in measure.judged(line, found[id(line)], annotated)[0]
        ])
    return results, scored


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
    arguments.add_argument("trained", type=Path)
    arguments.add_argument("--clusters", type=Path, required=True)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--sets", nargs="+", default=list(measure.SETS))
    arguments.add_argument("--json", type=Path, help="write the figures and the table of reliability there")
    arguments.add_argument("--knots", type=Path, help="write the calibration there")
    given = arguments.parse_args()
    listed, clusters, tagger = Listed(), Clusters(given.clusters), pycrfsuite.Tagger()
    tagger.open(str(given.trained))
    figures, pairs = {}, []
    for name in given.sets:
        rows, scored = evaluate(tagger, listed, clusters, given.data, name)
        values, (low, high) = measure.figures(rows), measure.interval(rows)
        figures[name] = {"f1": values, "interval": [low, high]}
        pairs += scored if name in calibrate.SETS else []
        by_type = "  ".join(f"{kind} {100 * f1:.1f} ({due})" for kind, (f1, due) in sorted(values.items()) if kind != "all")
        print(f"{name}: F1 {100 * values['all'][0]:.1f} [{100 * low:.1f}-{100 * high:.1f}]  {by_type}", flush=True)
    even, odd = ([pair for document in half for pair in document] for half in (pairs[::2], pairs[1::2]))
    if given.knots:
        given.knots.write_text(json.dumps(calibrate.knots(even + odd)))
    if given.json:
        reliability = calibrate.table(odd, calibrate.knots(even)) if even and odd else []
        given.json.write_text(json.dumps({"sets": figures, "reliability": reliability}, indent=1))


if __name__ == "__main__":
    main()
