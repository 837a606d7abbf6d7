#!/usr/bin/env python3
"""Trains the CRF (Lafferty, McCallum and Pereira 2001) on what `crf_label.py` wrote: on the teacher's probabilities where the annotators
leave labels open, by stochastic steps with an L1 penalty, which leaves few features (`crf_lattice.py`).

Writes hashes of features with their weights, which `crf_export.py` turns into the model file.
"""

import argparse
import json
import random
import time
from pathlib import Path

import numpy

from augment import Names, own_sentences, restyle
from crf_features import Clusters, Corpus, Listed, sentences
from crf_label import UNLABELLED
from crf_lattice import COUNT, VALID, epoch, rows_of, settle
from sources import SOURCES, read


class Lessons:
    """Sentences with what is to be learned of each word: masks of allowed labels, and the teacher's log-probabilities."""

    def __init__(self, clusters, listed):
        self.corpus = Corpus(clusters, listed)
        self.masks, self.teacher = [], []

    def add(self, document):
        """A document: (words, masks, rows of log-probabilities) of each sentence."""
        self.corpus.add([words for words, _, _ in document])
        for _, masks, rows in document:
            self.masks += masks
            self.teacher.append(rows)


def documents(folder, name):
    """Of each document of a source the sentences, as (words, masks, rows of the teacher's)."""
    scores, at = numpy.load(folder / f"{name}.npy"), 0
    for line in (folder / f"{name}.jsonl").open():
        document = []
        for words, masks in json.loads(line):
            for start, stop in sentences(words):
                document.append((words[start:stop], masks[start:stop], scores[at + start : at + stop]))
            at += len(words)
        yield document


def own(data, count, seed):
    """Our own sentences, with names of the book and of the annotated sets put in, as documents."""
    names = Names([document for name in SOURCES if name != "gmb_silver" for document in read(name, data)])
    for paragraph in own_sentences(names, random.Random(seed), count):
        yield [(paragraph.words, paragraph.allowed, numpy.zeros((len(paragraph.words), COUNT), numpy.float16))]


def gather(given):
    """The lessons of all sources but those documents that are held back."""
    lessons, generator = Lessons(Clusters(given.clusters), Listed()), random.Random(given.seed)
    for name in given.sources:
        share = next((float(part) for key, part in (entry.split("=") for entry in given.share) if key == name), 1.0)
        drawn = random.Random(name)
        for document in documents(given.labels, name):
            if given.held <= drawn.random() < given.held + (1 - given.held) * share:
                lessons.add(restyled(document, generator, given.restyle))
    for document in own(given.data, given.own, given.seed):
        lessons.add(restyled(document, generator, given.restyle))
    return lessons


def restyled(document, generator, share):
    if generator.random() >= share:
        return document
    return [(restyle(words, generator), masks, rows) for words, masks, rows in document]


def train(lessons, least, rounds, rate, l1, seed):
    """(hashes of features in order, their weights, transitions). `l1` is the penalty beside the loss of all sentences."""
    begun = time.time()
    offsets, hashes = lessons.corpus.features()
    known, counts = numpy.unique(hashes, return_counts=True)
    known = known[counts >= least]
    rows = rows_of(hashes, known)
    print(f"{len(offsets) - 1} words, {len(hashes)} features, {len(known)} of them apart, {time.time() - begun:.0f} s", flush=True)
    starts, teacher = numpy.array(lessons.corpus.starts), numpy.concatenate(lessons.teacher).astype(numpy.float32)
    masks = numpy.array(lessons.masks, dtype=numpy.int32)
    weights = numpy.zeros((len(known), COUNT - 1), numpy.float32)
    squares, last = numpy.ones_like(weights), numpy.zeros(len(known), numpy.int32)
    transitions, transition_squares = numpy.zeros((COUNT, COUNT), numpy.float32), numpy.ones((COUNT, COUNT), numpy.float32)
    generator, step, log = numpy.random.default_rng(seed), 0, []
    l1, rate = numpy.float32(l1 / (len(starts) - 1)), numpy.float32(rate)
    for number in range(rounds):
        order = generator.permutation(len(starts) - 1)
        step, size = epoch(
            order, starts, offsets, rows, teacher, masks, weights, squares, last, transitions, transition_squares, VALID, step, rate, l1
        )
        settle(weights, squares, last, step, rate, l1)
        kept = int(weights.any(1).sum())
        log.append(round(size, 5))
        print(f"round {number + 1}: mean slope {size:.5f}, {kept} features, {time.time() - begun:.0f} s", flush=True)
    used = weights.any(1)
    return known[used], weights[used], transitions, log


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--labels", type=Path, required=True, help="the folder that crf_label.py wrote")
    arguments.add_argument("--clusters", type=Path, required=True, help="the file that crf_clusters.py wrote")
    arguments.add_argument("--data", type=Path, required=True, help="the folder of the annotated sets")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--sources", nargs="+", default=[*SOURCES, *UNLABELLED])
    arguments.add_argument("--share", action="append", default=[], metavar="SOURCE=PART", help="only a part of this source's documents")
    arguments.add_argument("--held", type=float, default=0.04, help="share of the documents that are held back, for choosing what the cascade goes by")
    arguments.add_argument("--own", type=int, default=2000, help="own sentences")
    arguments.add_argument("--restyle", type=float, default=0.15, help="share of the documents that may change case or quotation marks")
    arguments.add_argument("--least", type=int, default=3, help="features seen less often are left out")
    arguments.add_argument("--l1", type=float, default=0.5, help="the penalty beside the loss of all sentences")
    arguments.add_argument("--rate", type=float, default=0.2)
    arguments.add_argument("--rounds", type=int, default=8)
    arguments.add_argument("--seed", type=int, default=20261120)
    given = arguments.parse_args()
    begun = time.time()
    lessons = gather(given)
    print(f"read, {time.time() - begun:.0f} s", flush=True)
    hashes, weights, transitions, log = train(lessons, given.least, given.rounds, given.rate, given.l1, given.seed)
    numpy.savez(given.out, hashes=hashes, weights=weights, transitions=transitions)
    record = {**{key: str(value) for key, value in vars(given).items()}, "words": len(lessons.corpus.word), "log": log}
    Path(f"{given.out}.json").write_text(json.dumps(record, indent=1))


if __name__ == "__main__":
    main()
