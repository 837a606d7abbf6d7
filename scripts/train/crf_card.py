#!/usr/bin/env python3
"""Writes `MODEL_CARD.md` of the CRF's folder from its training record and its figures. What needs words is in `crf_card.md`."""

import argparse
import json
from pathlib import Path

from crf_export import in_steps, weights_of
from crf_features import Clusters
from crf_label import SILVER
from measure import SETS
from sources import SOURCES


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("model", type=Path, help="the folder that has model.crf")
    arguments.add_argument("--trained", type=Path, required=True, help="what crf_train.py wrote")
    arguments.add_argument("--clusters", type=Path, required=True)
    arguments.add_argument("--most", type=int, default=350_000, help="as for crf_export.py")
    arguments.add_argument("--figures", type=Path, required=True, help="what crf_measure.py --json wrote")
    arguments.add_argument("--teacher", type=Path, required=True, help="what measure.py --json wrote of the transformer")
    given = arguments.parse_args()
    trained = json.loads(Path(f"{given.trained}.json").read_text())
    figures = json.loads(given.figures.read_text())
    teacher = next(iter(json.loads(given.teacher.read_text()).values()))
    used = [name for name in SOURCES if f"'{name}'" in trained["sources"]]
    shares = [part.strip("' ") for part in trained["share"].strip("[]").split(",") if part]
    parts = {
        **{name: trained[name] for name in ("c1", "c2", "iterations", "least", "own", "restyle", "seed")},
        "words": f"{trained['words']:,}",
        "shares": "".join(f", of {name} {float(part):.0%} of the documents" for name, part in (share.split("=") for share in shares)),
        "size": f"{(given.model / 'model.crf').stat().st_size / 1e6:.1f} MB",
        "features": f"{len(in_steps(weights_of(given.trained)[0], given.most)[1]):,}",
        "clustered": f"{len(Clusters(given.clusters).of):,}",
        "sources": "\n".join(
            f"| {name} | {SOURCES[name].published} | {SOURCES[name].licence} | {'teacher alone' if name in SILVER else 'annotated, the teacher fills in'} |"
            for name in used
        ),
        "figures": "\n".join(
            f"| {name} | {100 * own['f1']['all'][0]:.1f} [{100 * own['interval'][0]:.1f}–{100 * own['interval'][1]:.1f}] "
            f"| {100 * teacher[name]['f1']['all'][0]:.1f} |"
            for name, own in ((name, figures["sets"][name]) for name in SETS)
        ),
        "types": "\n".join(
            f"| {name} | {kind} | {100 * f1:.1f} | {due} |"
            for name in SETS for kind, (f1, due) in sorted(figures["sets"][name]["f1"].items()) if kind != "all" and due
        ),
        "reliability": "\n".join(
            f"| {low:.1f} to {high:.1f} | {count} | {said:.3f} | {right:.3f} |" for low, high, count, said, right in figures["reliability"]
        ),
    }
    text = (Path(__file__).parent / "crf_card.md").read_text()
    for name, value in parts.items():
        text = text.replace("{{" + name + "}}", str(value))
    if "{{" in text:
        raise ValueError(f"crf_card.md names a part that is not known: {text[text.index('{{') :][:40]}")
    (given.model / "MODEL_CARD.md").write_text(text)


if __name__ == "__main__":
    main()
