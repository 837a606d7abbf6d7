"""The labels, and sets of them as bit masks: a word's mask has a bit for each label that its source allows."""

TYPES = ["PERSON", "ORG", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "MISC"]
LABELS = ["O"] + [f"{prefix}-{kind}" for kind in TYPES for prefix in "BI"]
OUTSIDE = 1
ANY = (1 << len(LABELS)) - 1


def begin(types):
    """The mask of B- for these types."""
    return sum(1 << LABELS.index(f"B-{kind}") for kind in types)


def inside(types):
    """The mask of I- for these types."""
    return sum(1 << LABELS.index(f"I-{kind}") for kind in types)


def either(types):
    """The mask of B- and I- for these types: what a word may be that a source without these types calls outside."""
    return begin(types) | inside(types)


def best_path(scores):
    """The best valid BIO sequence of label indexes for rows of log-probabilities (Viterbi 1967)."""
    total, back = None, []
    columns = range(len(LABELS))
    before = [[previous for previous in columns if _may_follow(label, previous)] for label in columns]
    for row in scores:
        if total is None:
            total = [row[c] if not LABELS[c].startswith("I-") else float("-inf") for c in columns]
            continue
        steps = [max(before[c], key=total.__getitem__) for c in columns]
        total = [row[c] + total[steps[c]] for c in columns]
        back.append(steps)
    if total is None:
        return []
    path = [max(columns, key=total.__getitem__)]
    for steps in reversed(back):
        path.append(steps[path[-1]])
    return path[::-1]


def _may_follow(label, previous):
    name = LABELS[label]
    return not name.startswith("I-") or LABELS[previous][2:] == name[2:]


def spans_of(path):
    """(first word, end word, type) of each mention in a valid sequence of label indexes."""
    spans, start = [], None
    for place, label in enumerate([*path, 0]):
        name = LABELS[label]
        if start is not None and not name.startswith("I-"):
            spans.append((start, place, LABELS[path[start]][2:]))
            start = None
        if name.startswith("B-"):
            start = place
    return spans
