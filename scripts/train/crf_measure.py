#!/usr/bin/env python3
"""F1 of a trained CRF on the development sets, counted as `measure.py` counts the transformer, and the calibration of its scores.

A mention's raw score is the mean over its words of the probability of its type, as in the program; the knots are fitted as
`calibrate.py` fits those of the transformer.
"""

import argparse
import json
from pathlib import Path

import calibrate
import measure
from crf_features import Clusters, Listed, sentences
from crf_model import Crf
from labels import TYPES, spans_of


def evaluate(crf, data, name):
    """Of each document of a set the rows, as `measure.evaluate` gives them, and (raw score, right) of each mention found."""
    _, annotated = measure.SETS[name]
    documents = measure.read(Path(data) / f"{name}.jsonl", name)
    cuts = [[(line, start, stop) for line in document for start, stop in sentences(line.words)] for document in documents]
    results, scored = [], []
    read = crf.read([[line.words[start:stop] for line, start, stop in parts] for parts in cuts])
    for document, parts, labelled in zip(documents, cuts, read):
        found, sure = {id(line): [] for line in document}, {}
        for (line, start, _), (path, probabilities) in zip(parts, labelled):
            for first, end, kind in spans_of(path.tolist()):
                span, column = (start + first, start + end, kind), 1 + 2 * TYPES.index(kind)
                found[id(line)].append(span)
                sure[id(line), span] = float(probabilities[first:end, column : column + 2].sum(1).mean())
        results.append([row for line in document for row in measure.tally(line, found[id(line)], annotated)])
        scored.append([
            (sure[id(line), span], right) for line in document for span, right in measure.judged(line, found[id(line)], annotated)[0]
        ])
    return results, scored


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("trained", type=Path)
    arguments.add_argument("--clusters", type=Path, required=True)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--sets", nargs="+", default=list(measure.SETS))
    arguments.add_argument("--json", type=Path, help="write the figures and the table of reliability there")
    arguments.add_argument("--knots", type=Path, help="write the calibration there")
    given = arguments.parse_args()
    crf = Crf(given.trained, Clusters(given.clusters), Listed())
    figures, pairs = {}, []
    for name in given.sets:
        rows, scored = evaluate(crf, given.data, name)
        values = measure.figures(rows)
        intervals = {kind: measure.interval(rows, kind) for kind in values}
        low, high = intervals["all"]
        figures[name] = {"f1": values, "intervals": intervals}
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
