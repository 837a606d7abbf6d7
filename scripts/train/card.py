#!/usr/bin/env python3
"""Writes `MODEL_CARD.md` of a model folder from its training record and its figures. What needs words is in `card.md`."""

import argparse
import json
from pathlib import Path

from card_template import filled, reliability
from measure import SETS
from sources import SOURCES


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("model", type=Path)
    arguments.add_argument("--trained", type=Path, nargs="+", required=True, help="the folders that train.py wrote, stage by stage")
    arguments.add_argument("--figures", type=Path, required=True, help="what measure.py --json wrote: this model, its float32 graph, the earlier model")
    given = arguments.parse_args()
    stages = [json.loads((folder / "training.json").read_text()) for folder in given.trained]
    ours, float32, earlier = json.loads(given.figures.read_text()).values()
    parts = {
        "size": f"{(given.model / 'model.onnx').stat().st_size / 1e6:.1f} MB",
        "weights": f"{(given.model / 'model.safetensors').stat().st_size / 1e6:.1f} MB",
        "sources": "\n".join(f"| {name} | {source.published} | {source.licence} |" for name, source in SOURCES.items()),
        "stages": "\n".join(map(stage, stages)),
        "figures": "\n".join(rows(ours, float32, earlier)),
        "types": "\n".join(by_type(ours, earlier)),
        "reliability": reliability(json.loads((given.model / "reliability.json").read_text())),
    }
    (given.model / "MODEL_CARD.md").write_text(filled("card.md", parts))
    (given.model / "reliability.json").unlink()


def stage(record):
    """One line of what a stage did."""
    reached = ", ".join(f"{100 * epoch['f1']['worldwide_dev']:.1f}" for epoch in record["history"])
    part = "head" if record.get("only_head") == "True" else "all"
    return (
        f"| {part} | {record['epochs']} | {record['steps']} | {record['rate']} | {record['own']} | {record['swap']} | {record['join']} "
        f"| {record['seed']} | {reached} |"
    )


def rows(ours, float32, earlier):
    """One line a set: this model with its interval, float32, the earlier model."""
    for name in SETS:
        low, high = ours[name]["intervals"]["all"]
        f1, plain, before = (100 * model[name]["f1"]["all"][0] for model in (ours, float32, earlier))
        yield f"| {name} | {f1:.1f} [{100 * low:.1f}–{100 * high:.1f}] | {plain:.1f} | {before:.1f} | {f1 - before:+.1f} |"


def by_type(ours, earlier):
    """One line a set and type: this model, the earlier one, how many the gold has."""
    for name in SETS:
        for kind, (f1, due) in sorted(ours[name]["f1"].items()):
            if kind != "all" and due:
                low, high = ours[name]["intervals"][kind]
                yield f"| {name} | {kind} | {100 * f1:.1f} [{100 * low:.1f}–{100 * high:.1f}] | {100 * earlier[name]['f1'].get(kind, (0, 0))[0]:.1f} | {due} |"


if __name__ == "__main__":
    main()
