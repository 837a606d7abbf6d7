#!/usr/bin/env python3
"""Strict span and type F1 of models on the development sets, per type, with bootstrap intervals over documents.

A mention's edges are trimmed on both sides alike: titles before persons, articles, possessive 's. Labels that a source leaves open
are right either way; types that it does not annotate do not count.
"""

import argparse
import json
import random
from dataclasses import dataclass
from pathlib import Path

from labels import TYPES, best_path, spans_of
from sources import TITLES
from windows import cut, encode
from words import Pieces, word_spans

PLACES = {"GPE": {"LOC"}, "GPE|LOC": {"LOC"}, "LOC": {"LOC"}, "GPE|LOC|FAC": {"LOC", "FAC"}}
PLAIN = {kind: {kind} for kind in ("PERSON", "ORG", "NORP", "FAC", "EVENT", "PRODUCT")}
OTHER = {"EVENT|LAW|WORK_OF_ART|LANGUAGE|?OTHER": {"EVENT", "MISC"}}
WORKS = {"WORK_OF_ART": {"MISC"}, "LAW": {"MISC"}, "LANGUAGE": {"MISC"}, "ORG|WORK_OF_ART": {"ORG", "MISC"}}
# For each set: how to read its labels (others mask their place), and the types that it annotates.
SETS = {
    "worldwide_dev": ({**PLACES, **PLAIN, **OTHER}, set(TYPES)),
    "crossner_politics_dev": ({**PLACES, **PLAIN}, {"PERSON", "ORG", "LOC", "FAC", "EVENT"}),
    "uner_pud": ({**PLACES, **PLAIN}, {"PERSON", "ORG", "LOC", "FAC"}),
    "nne_wsj": ({**PLACES, **PLAIN, **WORKS}, {"PERSON", "ORG", "LOC", "NORP", "FAC", "PRODUCT", "MISC"}),
}
NO_NAMES = {"DATE", "DATE|TIME", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"}


@dataclass
class Gold:
    """Words of a line, its mentions (first word, end word, types), and the words that are masked."""

    words: list
    spans: list
    masked: set


def read(path, name):
    """The documents of a set: lists of lines."""
    labels, _ = SETS[name]
    return [_document(json.loads(line), labels) for line in Path(path).open()]


def _document(item, labels):
    lines, start = [], 0
    for line in item["text"].split("\n"):
        end = start + len(line)
        places = [(a + start, b + start) for a, b in word_spans(line)]
        words, spans, masked = [item["text"][a:b] for a, b in places], [], set()
        for first, stop, label, _ in item["spans"]:
            inside = [i for i, (a, b) in enumerate(places) if first <= a and b <= stop]
            if not inside or label in NO_NAMES:
                continue
            if label in labels:
                spans.append((inside[0], inside[-1] + 1, labels[label]))
            else:
                masked.update(inside)
        if words:
            lines.append(Gold(words, outermost(spans), masked))
        start = end + 1
    return lines


def outermost(spans):
    """Without the mentions that lie within another."""
    return [s for s in spans if not any(o is not s and o[0] <= s[0] and s[1] <= o[1] and o[:2] != s[:2] for o in spans)]


def trimmed(words, first, stop, person):
    """A mention's edges without titles, articles and possessive 's."""
    while stop - first > 1 and (words[first].lower() in {"the", "a", "an"} or person and words[first].lower() in TITLES | {"."}):
        first += 1
    while stop - first > 1 and words[stop - 1] in {"s", "'", "’"}:
        stop -= 1
    return first, stop


def judged(line, found, annotated):
    """(mention found, whether it is right) for those that count, and the gold that none of them matches, by its edges."""
    rows, due = [], {}
    for first, stop, types in line.spans:
        due[trimmed(line.words, first, stop, "PERSON" in types)] = types
    for first, stop, kind in found:
        if kind not in annotated or line.masked & set(range(first, stop)):
            continue
        edges = trimmed(line.words, first, stop, kind == "PERSON")
        right = kind in due.get(edges, ())
        if right:
            del due[edges]
        rows.append(((first, stop, kind), right))
    return rows, due


def tally(line, found, annotated):
    """(type, right, found, due) for one line. The type of a miss is the gold's."""
    counted, due = judged(line, found, annotated)
    rows = [(merged(kind), int(right), 1, int(right)) for (_, _, kind), right in counted]
    rows.extend((merged(sorted(types)[0]), 0, 0, 1) for edges, types in due.items() if types & annotated)
    return rows


def merged(kind):
    """EVENT and MISC count as one."""
    return "EVENT+MISC" if kind in ("EVENT", "MISC") else kind


def figures(documents):
    """F1 by type and over all, from the rows of documents."""
    sums = {}
    for rows in documents:
        for kind, right, found, due in rows:
            for key in (kind, "all"):
                r, f, d = sums.get(key, (0, 0, 0))
                sums[key] = (r + right, f + found, d + due)
    return {key: (2 * r / (f + d) if f + d else 0.0, d) for key, (r, f, d) in sums.items()}


def interval(documents, kind="all", rounds=1000, seed=1):
    """95% bootstrap interval of a type's F1, or of the micro F1, over documents."""
    generator = random.Random(seed)
    counted = [[row[1:] for row in rows if kind in (row[0], "all")] for rows in documents]
    totals = [tuple(map(sum, zip(*rows))) if rows else (0, 0, 0) for rows in counted]
    values = []
    for _ in range(rounds):
        r, f, d = map(sum, zip(*generator.choices(totals, k=len(totals))))
        values.append(2 * r / max(1, f + d))
    values.sort()
    return values[int(0.025 * rounds)], values[int(0.975 * rounds) - 1]


def evaluate(scorer, pieces, data, name, join=False):
    """The rows of each document of a set. `scorer(words)` gives rows of log-probabilities; `join` reads several lines at once."""
    _, annotated = SETS[name]
    results = []
    for document in read(Path(data) / f"{name}.jsonl", name):
        rows = []
        for group in grouped(document, pieces, join):
            words = [word for line in group for word in line.words]
            scores = []
            for start, stop in cut(Gold(words, [], set()), pieces):
                scores.extend(scorer(words[start:stop]))
            at = 0
            for line in group:
                path = best_path(scores[at : at + len(line.words)])
                rows.extend(tally(line, spans_of(path), annotated))
                at += len(line.words)
        results.append(rows)
    return results


def grouped(document, pieces, join):
    """Lines of a document one by one, or as many in a row as a window holds."""
    groups, room = [], 0
    for line in document:
        size = len(encode(line.words, pieces)[0]) - 2
        if join and groups and size <= room:
            groups[-1].append(line)
            room -= size
        else:
            groups.append([line])
            room = 190 - size
    return groups


def main():
    from teacher import Teacher

    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("models", nargs="+", type=Path, help="model.onnx files, with tokenizer.json beside the first")
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--join", action="store_true", help="windows of several paragraphs")
    arguments.add_argument("--json", type=Path, help="write the figures there")
    given = arguments.parse_args()
    pieces = Pieces(given.models[0].parent / "tokenizer.json")
    report = {}
    for model in given.models:
        teacher = Teacher(model, pieces)
        for name in SETS:
            rows = evaluate(teacher.scores, pieces, given.data, name, given.join)
            values = figures(rows)
            intervals = {kind: interval(rows, kind) for kind in values}
            low, high = intervals["all"]
            print(f"{model} {name}: F1 {100 * values['all'][0]:.1f} [{100 * low:.1f}-{100 * high:.1f}]", end="  ")
            print("  ".join(f"{kind} {100 * f1:.1f} ({due})" for kind, (f1, due) in sorted(values.items()) if kind != "all"), flush=True)
            report.setdefault(str(model), {})[name] = {"f1": values, "intervals": intervals}
    if given.json:
        given.json.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
