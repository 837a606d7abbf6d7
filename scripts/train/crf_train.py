#!/usr/bin/env python3
"""Trains the CRF with CRFsuite (Okazaki 2007): L-BFGS with an L1 penalty (OWL-QN: Andrew and Gao 2007), which leaves few features.

Reads what `crf_label.py` and `crf_clusters.py` wrote; writes CRFsuite's own model, which `crf_export.py` turns into ours.
"""

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import pycrfsuite

from augment import Names, own_sentences, restyle
from crf_features import Article, Clusters, Listed, features, sentences
from labels import LABELS
from sources import SOURCES, read

SEPARATOR = "\x1f"


def attribute(feature):
    """A feature as CRFsuite's string; its bytes one character each."""
    template, *values = feature
    return SEPARATOR.join([template, *(value.decode("latin-1") for value in values)])


def documents(folder, sources, shares):
    """Documents as lists of (words, labels), one a sentence. `shares` says of a source which part of its documents is taken."""
    for name in sources:
        generator = random.Random(name)
        for line in (folder / f"{name}.jsonl").open():
            if generator.random() >= shares.get(name, 1.0):
                continue
            document = []
            for words, labels in json.loads(line):
                document += [(words[a:b], labels[a:b]) for a, b in sentences(words)]
            yield document


def own(data, count, seed):
    """Our own sentences, with names of the book and of the annotated sets put in, as documents."""
    names = Names([document for name in SOURCES if name != "gmb_silver" for document in read(name, data)])
    for paragraph in own_sentences(names, random.Random(seed), count):
        yield [(paragraph.words, [mask.bit_length() - 1 for mask in paragraph.allowed])]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--labels", type=Path, required=True, help="the folder that crf_label.py wrote")
    arguments.add_argument("--clusters", type=Path, required=True, help="the file that crf_clusters.py wrote")
    arguments.add_argument("--data", type=Path, required=True, help="the folder of the annotated sets")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--sources", nargs="+", default=[*SOURCES, "gum"])
    arguments.add_argument("--share", action="append", default=[], metavar="SOURCE=PART", help="only a part of this source's documents")
    arguments.add_argument("--own", type=int, default=2000, help="own sentences")
    arguments.add_argument("--restyle", type=float, default=0.15, help="share of the documents that may change case or quotation marks")
    arguments.add_argument("--least", type=int, default=3, help="features seen less often are left out")
    arguments.add_argument("--c1", type=float, default=0.5)
    arguments.add_argument("--c2", type=float, default=0.01)
    arguments.add_argument("--iterations", type=int, default=100)
    arguments.add_argument("--seed", type=int, default=20261120)
    given = arguments.parse_args()
    begun = time.time()
    generator, listed, clusters = random.Random(given.seed), Listed(), Clusters(given.clusters)
    shares = {name: float(part) for name, part in (entry.split("=") for entry in given.share)}
    counts, instances, words = Counter(), [], 0
    known = {}  # one string a feature, however often it occurs
    for part in (documents(given.labels, given.sources, shares), own(given.data, given.own, given.seed)):
        for document in part:
            if generator.random() < given.restyle:
                document = [(restyle(sentence, generator), labels) for sentence, labels in document]
            article = Article([sentence for sentence, _ in document], listed)
            for place, (sentence, labels) in enumerate(document):
                rows = [[known.setdefault(f, len(known)) for f in row] for row in features(article, place, clusters)]
                for row in rows:
                    counts.update(row)
                instances.append((rows, labels))
                words += len(sentence)
    print(f"{words} words, {len(known)} features, {time.time() - begun:.0f} s", flush=True)
    names = [attribute(f) if counts[index] >= given.least else None for f, index in known.items()]
    del known
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=True)
    trainer.set_params({
        "c1": given.c1, "c2": given.c2, "max_iterations": given.iterations, "feature.possible_transitions": True,
        "epsilon": 1e-4, "period": 10, "delta": 2e-4,
    })
    while instances:
        rows, labels = instances.pop()
        kept = [[name for name in (names[index] for index in row) if name] for row in rows]
        trainer.append(pycrfsuite.ItemSequence(kept), [LABELS[label] for label in labels])
    print(f"{sum(map(bool, names))} features seen {given.least} times, {time.time() - begun:.0f} s", flush=True)
    trainer.train(str(given.out))
    record = {**{key: str(value) for key, value in vars(given).items()}, "words": words, "seconds": round(time.time() - begun)}
    record["log"] = trainer.logparser.last_iteration
    Path(f"{given.out}.json").write_text(json.dumps(record, indent=1, default=str))


if __name__ == "__main__":
    main()
