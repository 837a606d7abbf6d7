#!/usr/bin/env python3
"""Writes `MODEL_CARD.md` of the CRF's folder from its training record and its figures. What needs words is in `crf_card.md`."""

import argparse
import json
from pathlib import Path

from card_template import filled, reliability
from crf_features import Clusters, Listed
from crf_label import SILVER, UNLABELLED
from crf_model import Crf
from measure import SETS
from sources import SOURCES


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("model", type=Path, help="the folder that has model.crf")
    arguments.add_argument("--trained", type=Path, required=True, help="what crf_train.py wrote")
    arguments.add_argument("--clusters", type=Path, required=True)
    arguments.add_argument("--most", type=int, default=330_000, help="as for crf_export.py")
    arguments.add_argument("--figures", type=Path, required=True, help="what crf_measure.py --json wrote")
    arguments.add_argument("--teacher", type=Path, required=True, help="what measure.py --json wrote of the transformer")
    given = arguments.parse_args()
    trained = json.loads(Path(f"{given.trained}.json").read_text())
    figures = json.loads(given.figures.read_text())
    teacher = next(iter(json.loads(given.teacher.read_text()).values()))
    crf = Crf(given.trained, Clusters(given.clusters), Listed())
    crf.rounded(given.most)
    parts = {
        **{name: trained[name] for name in ("l1", "rate", "rounds", "least", "own", "restyle", "seed")},
        "held": f"{float(trained['held']):.0%}",
        "words": f"{trained['words']:,}",
        "size": f"{(given.model / 'model.crf').stat().st_size / 1e6:.1f} MB",
        "features": f"{len(crf.hashes):,}",
        "clustered": f"{len(crf.clusters.of):,}",
        "sources": "\n".join(source(name) for name in [*SOURCES, *UNLABELLED] if f"'{name}'" in trained["sources"]),
        "figures": "\n".join(row(name, figures["sets"][name], teacher[name]) for name in SETS),
        "types": "\n".join(line for name in SETS for line in by_type(name, figures["sets"][name])),
        "reliability": reliability(figures["reliability"]),
    }
    (given.model / "MODEL_CARD.md").write_text(filled("crf_card.md", parts))


def source(name):
    """One line of a source: where it is published, its licence, whose labels are learned."""
    published, licence = UNLABELLED[name] if name in UNLABELLED else (SOURCES[name].published, SOURCES[name].licence)
    return f"| {name} | {published} | {licence} | {'teacher alone' if name in SILVER or name in UNLABELLED else 'annotated, the teacher fills in'} |"


def row(name, own, teacher):
    """One line of a set: this model with its interval, the transformer."""
    low, high = own["intervals"]["all"]
    return f"| {name} | {100 * own['f1']['all'][0]:.1f} [{100 * low:.1f}–{100 * high:.1f}] | {100 * teacher['f1']['all'][0]:.1f} |"


def by_type(name, own):
    """One line a type of a set: this model with its interval, how many the gold has."""
    for kind, (f1, due) in sorted(own["f1"].items()):
        if kind != "all" and due:
            low, high = own["intervals"][kind]
            yield f"| {name} | {kind} | {100 * f1:.1f} [{100 * low:.1f}–{100 * high:.1f}] | {due} |"


if __name__ == "__main__":
    main()
