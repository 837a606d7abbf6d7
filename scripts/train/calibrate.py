#!/usr/bin/env python3
"""Makes a model's scores say how often it is right, and shows whether they do.

A mention's raw score is the mean over its words of the probability of its type. Isotonic regression (Zadrozny and Elkan 2002, by
pool-adjacent-violators) of right against raw, on quantile bins of the development sets, gives the knots of a piecewise-linear map, which
goes into `config.json` as `_score_knots`. The table printed is honest: fitted on the even documents, counted on the odd ones.
"""

import argparse
import json
from pathlib import Path

import numpy

import measure
from labels import LABELS, best_path, spans_of
from teacher import Teacher
from words import Pieces

SETS = ["worldwide_dev", "uner_pud"]
BINS = 16  # quantiles


def scored(teacher, pieces, data, name):
    """(raw score, right) of each mention found, by document."""
    _, annotated = measure.SETS[name]
    documents = []
    for document in measure.read(Path(data) / f"{name}.jsonl", name):
        pairs = []
        for line in document:
            scores = [row for start, stop in measure.cut(line, pieces) for row in teacher.scores(line.words[start:stop])]
            counted, _ = measure.judged(line, spans_of(best_path(scores)), annotated)
            for (first, stop, kind), right in counted:
                columns = [LABELS.index(f"B-{kind}"), LABELS.index(f"I-{kind}")]
                raw = float(numpy.mean([numpy.exp(row[columns]).sum() for row in scores[first:stop]]))
                pairs.append((raw, right))
        documents.append(pairs)
    return documents


def knots(pairs):
    """[[raw, calibrated], ...], rising, from (0, 0) to (1, last)."""
    ordered = sorted(pairs)
    bins = [part for part in numpy.array_split(numpy.array(ordered, dtype=float), BINS) if len(part)]
    blocks = [[part[:, 0].mean(), part[:, 1].mean(), len(part)] for part in bins]
    merged = []
    for block in blocks:
        merged.append(block)
        while len(merged) > 1 and merged[-2][1] >= merged[-1][1]:
            (x2, y2, n2), (x1, y1, n1) = merged.pop(), merged.pop()
            merged.append([(x1 * n1 + x2 * n2) / (n1 + n2), (y1 * n1 + y2 * n2) / (n1 + n2), n1 + n2])
    line = [[0.0, 0.0], *([round(x, 4), round(y, 4)] for x, y, _ in merged)]
    return [*line, [1.0, line[-1][1]]] if line[-1][0] < 1 else line


def table(pairs, line):
    """Rows (said from, to, mentions, mean said, share right) by calibrated score."""
    xs, ys = zip(*line)
    said = numpy.interp([raw for raw, _ in pairs], xs, ys)
    right = numpy.array([right for _, right in pairs], dtype=float)
    rows = []
    for low, high in [(0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)]:
        chosen = (said >= low) & (said < high)
        if chosen.any():
            rows.append((low, min(high, 1.0), int(chosen.sum()), round(float(said[chosen].mean()), 3), round(float(right[chosen].mean()), 3)))
    return rows


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("model", type=Path, help="the model folder; its config.json gets the knots")
    arguments.add_argument("--data", type=Path, required=True)
    given = arguments.parse_args()
    pieces = Pieces(given.model / "tokenizer.json")
    teacher = Teacher(given.model / "model.onnx", pieces)
    documents = [document for name in SETS for document in scored(teacher, pieces, given.data, name)]
    even = [pair for document in documents[::2] for pair in document]
    odd = [pair for document in documents[1::2] for pair in document]
    rows = table(odd, knots(even))
    for low, high, count, said, right in rows:
        print(f"{low:.1f}-{high:.1f}  {count:5d} mentions  said {said:.3f}  right {right:.3f}")
    described = json.loads((given.model / "config.json").read_text())
    described["_score_knots"] = knots(even + odd)
    (given.model / "config.json").write_text(json.dumps(described, indent=1, sort_keys=True) + "\n")
    (given.model / "reliability.json").write_text(json.dumps(rows))


if __name__ == "__main__":
    main()
