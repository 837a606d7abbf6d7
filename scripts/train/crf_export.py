#!/usr/bin/env python3
"""Turns a trained CRF into `model.crf`: features by hash with weights in steps, transitions, clusters, listed names, calibration.

The layout is told in `src/tag/crf/model.rs`. Outside has the weight 0 at every feature. Features whose weights round to nothing are
left out, and those that say least where there are more than --most.
"""

import argparse
import json
import struct
from pathlib import Path

import numpy

from crf_features import Clusters, Listed, fnv, mixed, normal
from crf_model import Crf

MAGIC = b"HCCRF\0\x01\0"
GOES_ON = 0x80


def table(hashes, values, per_bucket=4):
    """The bytes of a table from hashes to values, which are bytes of one length."""
    order = numpy.argsort(numpy.array(hashes, dtype=numpy.uint64))
    hashes = numpy.array(hashes, dtype=numpy.uint64)[order]
    bits = max(1, min(24, (max(1, len(hashes) // per_bucket)).bit_length()))
    buckets = (hashes >> numpy.uint64(64 - bits)).astype(numpy.int64)
    prints = (hashes & numpy.uint64(0xFFFFFFFF)).astype("<u4")
    if len(set(zip(buckets.tolist(), prints.tolist()))) != len(hashes):
        raise ValueError("two entries cannot be told apart; change a hash")
    starts = numpy.searchsorted(buckets, numpy.arange((1 << bits) + 1)).astype("<u4")
    return b"".join([struct.pack("<II", bits, len(hashes)), starts.tobytes(), prints.tobytes(), b"".join(values[place] for place in order)])


def listed_table(listed):
    """Every beginning of a listed name under the hash of its words: the kind's letter where it is a whole name, and whether it goes on."""
    entries = {}
    for words in {*listed.kinds, *listed.beginnings}:
        state = 0
        for word in words:
            state = mixed(state, fnv(word))
        kind = ord(listed.kinds[words]) if words in listed.kinds else 0
        entries[state] = bytes([kind | (GOES_ON if words in listed.beginnings else 0)])
    return table(list(entries), list(entries.values()))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("trained", type=Path, help="what crf_train.py wrote")
    arguments.add_argument("--clusters", type=Path, required=True)
    arguments.add_argument("--knots", type=Path, help="the calibration that crf_measure.py wrote")
    arguments.add_argument("--most", type=int, default=330_000, help="so many features at most")
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    clusters, listed = Clusters(given.clusters), Listed()
    crf = Crf(given.trained, clusters, listed)
    step = crf.rounded(given.most)
    steps = numpy.rint(crf.weights / step).astype(numpy.int8)
    knots = json.loads(given.knots.read_text()) if given.knots else []
    coarse = 1 + max((a for a, _ in clusters.of.values()), default=-1)
    fine = 1 + max((b for _, b in clusters.of.values()), default=-1)
    words = list(clusters.of.items())
    parts = [
        MAGIC, struct.pack("<I", len(knots)), *(struct.pack("<ff", *knot) for knot in knots),
        struct.pack("<f", step), crf.transitions.astype("<f4").tobytes(),
        table(crf.hashes, [row.tobytes() for row in steps]),
        struct.pack("<II", coarse, fine), table([fnv(normal(word.decode())) for word, _ in words], [struct.pack("<HH", *of) for _, of in words]),
        listed_table(listed),
    ]
    given.out.write_bytes(b"".join(parts))
    print(f"{len(crf.hashes)} features, step {step:.4f}, {given.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
