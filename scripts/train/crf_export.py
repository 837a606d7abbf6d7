#!/usr/bin/env python3
"""Turns a CRFsuite model into `model.crf`: features by hash with weights in steps, transitions, clusters, listed names, calibration.

The layout is told in `src/tag/crf/model.rs`. Outside has the weight 0 at every feature: the same added to all labels changes nothing.
Features whose weights round to nothing are left out, and those that say least where there are more than --most.
"""

import argparse
import json
import struct
from pathlib import Path

import numpy
import pycrfsuite

from crf_features import Clusters, Listed, feature_hash, fnv, mixed, normal
from crf_train import SEPARATOR
from labels import LABELS

MAGIC = b"HCCRF\0\x01\0"
GOES_ON = 0x80


def table(entries, per_bucket=4):
    """The bytes of a table from hashes to values, which are bytes of one length."""
    ordered = sorted(entries)
    bits = max(1, min(24, (max(1, len(ordered) // per_bucket)).bit_length()))
    hashes = numpy.array([entry for entry, _ in ordered], dtype=numpy.uint64)
    buckets = (hashes >> numpy.uint64(64 - bits)).astype(numpy.int64)
    prints = (hashes & numpy.uint64(0xFFFFFFFF)).astype(numpy.uint32)
    if len(set(zip(buckets.tolist(), prints.tolist()))) != len(ordered):
        raise ValueError("two entries cannot be told apart; change a hash")
    starts = numpy.searchsorted(buckets, numpy.arange((1 << bits) + 1)).astype("<u4")
    return b"".join([
        struct.pack("<II", bits, len(ordered)), starts.tobytes(), prints.astype("<u4").tobytes(), b"".join(value for _, value in ordered),
    ])


def weights_of(model):
    """({feature: row of weights, a label a column}, transitions from-to) of a CRFsuite model."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    info = tagger.info()
    column = {label: place for place, label in enumerate(LABELS)}
    rows = {}
    for (name, label), weight in info.state_features.items():
        rows.setdefault(name, numpy.zeros(len(LABELS)))[column[label]] = weight
    transitions = numpy.zeros((len(LABELS), len(LABELS)), dtype="<f4")
    for (before, after), weight in info.transitions.items():
        transitions[column[before], column[after]] = weight
    return rows, transitions


def in_steps(rows, most):
    """The step, and [(feature, row of steps)] of those features that say most."""
    beside = {name: row[1:] - row[0] for name, row in rows.items()}
    # A few weights are far larger than all others; they are cut rather than make every step coarse.
    largest = numpy.quantile(numpy.concatenate([numpy.abs(row[row != 0]) for row in beside.values()]), 0.9999)
    step = float(largest) / 127
    steps = {name: numpy.clip(numpy.rint(row / step), -127, 127).astype(numpy.int8) for name, row in beside.items()}
    kept = sorted((name for name, row in steps.items() if row.any()), key=lambda name: (-numpy.abs(beside[name]).max(), name))[:most]
    return step, [(name, steps[name]) for name in kept]


def feature_of(name):
    template, *values = name.split(SEPARATOR)
    return feature_hash(template, *(value.encode("latin-1") for value in values))


def listed_table(listed):
    """Every beginning of a listed name under the hash of its words: the kind's letter where it is a whole name, and whether it goes on."""
    entries = {}
    for words in {*listed.kinds, *listed.beginnings}:
        state = 0
        for word in words:
            state = mixed(state, fnv(word))
        kind = ord(listed.kinds[words]) if words in listed.kinds else 0
        entries[state] = bytes([kind | (GOES_ON if words in listed.beginnings else 0)])
    return table(entries.items())


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("trained", type=Path, help="what crf_train.py wrote")
    arguments.add_argument("--clusters", type=Path, required=True)
    arguments.add_argument("--knots", type=Path, help="what crf_calibrate.py wrote")
    arguments.add_argument("--most", type=int, default=350_000, help="so many features at most")
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    rows, transitions = weights_of(given.trained)
    step, kept = in_steps(rows, given.most)
    clusters = Clusters(given.clusters)
    knots = json.loads(given.knots.read_text()) if given.knots else []
    coarse = 1 + max((a for a, _ in clusters.of.values()), default=-1)
    fine = 1 + max((b for _, b in clusters.of.values()), default=-1)
    parts = [
        MAGIC, struct.pack("<I", len(knots)), *(struct.pack("<ff", *knot) for knot in knots),
        struct.pack("<f", step), transitions.tobytes(),
        table([(feature_of(name), row.tobytes()) for name, row in kept]),
        struct.pack("<II", coarse, fine), table([(fnv(normal(word.decode())), struct.pack("<HH", *of)) for word, of in clusters.of.items()]),
        listed_table(Listed()),
    ]
    given.out.write_bytes(b"".join(parts))
    print(f"{len(rows)} features, {len(kept)} kept, step {step:.4f}, {given.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
