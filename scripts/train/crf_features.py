"""What the CRF sees of a word: names of features and their values. The counterpart of `src/tag/crf/`, which does the same over bytes.

A feature is a template and one or two values; a value is a string of bytes. Values and features are hashed (FNV-1a and a
multiplicative mix), and in the model file a feature is its hash alone.
"""

import csv
from functools import lru_cache
from pathlib import Path

from words import DIGITS, LOWER, PUNCTUATION, case_type, word_spans

ROOT = Path(__file__).resolve().parents[2]
MASK = (1 << 64) - 1
FOLDED = {**dict.fromkeys("‘’‛′`´", "'"), **dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
BEFORE, AFTER = b"\x02", b"\x03"  # the words beyond a sentence's ends
NO_CASE = 0
# Marks that may stand inside a run of capitalised words.
LINKS = {b"-", b"'", b"&", b".", b"/"}

TEMPLATES = [
    "bias", "w", "w-1", "w+1", "w-2", "w+2", "w-1,w", "w,w+1", "w-1,w+1", "cases3", "cases5", "suffix-1", "suffix+1",
    "listed", "listed,case", "listed-1", "listed+1", "cluster", "cluster-1", "cluster+1", "clusters,-1", "clusters,+1", "fine",
    "prefix2", "prefix3", "prefix4", "suffix2", "suffix3", "suffix4", "shape", "case,w-1", "case,w+1", "case,begins",
    "run_first", "run_last", "run_before", "run_after", "run_place", "run_last,place", "run_first,place", "run_before,place",
    "run_last_cluster,place", "run_first_cluster,place", "seen", "seen_after", "seen_after_cluster", "run_suffix",
]
NUMBER = {name: number for number, name in enumerate(TEMPLATES)}

# One letter a kind of actor of the book.
LISTED = {
    "armed_group": "A", "military": "F", "police": "F", "intelligence": "F", "government": "G", "ministry": "G", "legislature": "G",
    "court": "G", "party": "G", "igo": "I", "ngo": "I", "company": "C", "news_agency": "M", "newspaper": "M", "broadcaster": "M",
    "person": "P", "country": "L", "region": "R", "nationality": "N", "religion": "Q",
}


def fnv(value):
    """FNV-1a, 64 bits (Fowler, Noll and Vo)."""
    state = 0xCBF29CE484222325
    for byte in value:
        state = ((state ^ byte) * 0x100000001B3) & MASK
    return state


def mixed(state, value):
    """A hash with another put in."""
    state = ((state ^ value) * 0x9E3779B97F4A7C15) & MASK
    return state ^ (state >> 32)


def feature_hash(template, *values):
    """The hash of a feature, by which the model file knows it. `values` are bytes."""
    state = NUMBER[template] + 1
    for value in values:
        state = mixed(state, fnv(value))
    return mixed(state, 0)


@lru_cache(maxsize=1 << 19)
def normal(word):
    """A word's normal form: each character lower-cased alone, digits as 0, quotation marks and dashes as the plain ones."""
    return "".join("0" if c in "0123456789" else FOLDED.get(c) or c.lower() for c in word).encode()


@lru_cache(maxsize=1 << 19)
def shape(word):
    """Its letters and digits as X, x and 0, a run of one kind as two at most, eight in all."""
    kinds = []
    for c in word:
        kind = b"0" if c.isnumeric() else b"X" if c.isupper() else b"x"
        if kinds[-2:] != [kind, kind]:
            kinds.append(kind)
    return b"".join(kinds[:8])


class Listed:
    """The names of the actor book, as sequences of normal forms: the longest that begins at a word."""

    def __init__(self, folder=ROOT / "models" / "actors"):
        self.kinds, self.beginnings = {}, set()
        for path in sorted(Path(folder).glob("*.csv")):
            if path.name in {"offices_held.csv", "retired_ids.csv"}:
                continue
            for row in csv.DictReader(path.open()):
                kind = LISTED.get(row["type"])
                for alias in [row["name"], *row["aliases"].split(";")] if kind else []:
                    name, _, flags = alias.partition("[")
                    if {"weak", "ambiguous", "cue", "word"} & set(flags.rstrip("] ").split()):
                        continue
                    words = tuple(normal(name[a:b]) for a, b in word_spans(name))
                    if not words or len(b"".join(words)) < 2:
                        continue
                    self.kinds.setdefault(words, kind)
                    self.beginnings.update(words[:length] for length in range(1, len(words)))

    def tags(self, words, cases):
        """For each word of a sentence B, I or S (the whole name) with the kind's letter; empty outside."""
        tags, at = [b""] * len(words), 0
        while at < len(words):
            longest, kind = 0, None
            if cases[at] not in (LOWER, PUNCTUATION, DIGITS):
                for stop in range(at + 1, len(words) + 1):
                    name = tuple(words[at:stop])
                    if name in self.kinds:
                        longest, kind = stop - at, self.kinds[name]
                    if name not in self.beginnings:
                        break
            for place in range(longest):
                mark = "S" if longest == 1 else "I" if place else "B"
                tags[at + place] = (mark + kind).encode()
            at += max(1, longest)
        return tags


class Clusters:
    """Clusters of common words, coarse and fine, as `crf_clusters.py` made them."""

    def __init__(self, path):
        self.of = {}
        if path:
            for line in Path(path).read_text().splitlines():
                word, coarse, fine = line.split("\t")
                self.of[word.encode()] = (int(coarse), int(fine))

    def coarse(self, word):
        found = self.of.get(word)
        return b"%d" % found[0] if found else b""

    def fine(self, word):
        found = self.of.get(word)
        return b"%d" % found[1] if found else b""


def runs(words, cases):
    """(first, stop) of each run of capitalised words; marks may link two of them."""
    found, start, stop = [], None, None
    for place, case in enumerate(cases):
        if case not in (LOWER, PUNCTUATION, DIGITS) or (case == DIGITS and start is not None):
            start = place if start is None else start
            stop = place + 1
        elif not (case == PUNCTUATION and words[place] in LINKS and start is not None and stop == place):
            if start is not None:
                found.append((start, stop))
            start = None
    if start is not None:
        found.append((start, stop))
    return found


class Article:
    """What an article's words tell of each other: sentences of normal forms, with case types, runs and listed names."""

    def __init__(self, sentences, listed):
        self.words = [[normal(word) for word in sentence] for sentence in sentences]
        self.cases = [[case_type(word) for word in sentence] for sentence in sentences]
        self.shapes = [[shape(word) for word in sentence] for sentence in sentences]
        self.runs = [runs(words, cases) for words, cases in zip(self.words, self.cases)]
        self.listed = [listed.tags(words, cases) for words, cases in zip(self.words, self.cases)]
        # For a word: whether it stands somewhere in lower case, somewhere capitalised within a sentence; and the first word of the
        # first run of several words that ends with it.
        self.lower, self.capital, self.after = set(), set(), {}
        for words, cases, found in zip(self.words, self.cases, self.runs):
            self.lower.update(word for word, case in zip(words, cases) if case == LOWER)
            self.capital.update(word for word, case in zip(words[1:], cases[1:]) if case not in (LOWER, PUNCTUATION, DIGITS))
            for first, stop in found:
                if stop - first > 1:
                    self.after.setdefault(words[stop - 1], words[first])


def features(article, sentence, clusters):
    """For each word of a sentence its features, as tuples (template, value[, value])."""
    words, cases = article.words[sentence], article.cases[sentence]
    shapes, listed = article.shapes[sentence], article.listed[sentence]
    run_of = {}
    for first, stop in article.runs[sentence]:
        run_of.update(dict.fromkeys(range(first, stop), (first, stop)))

    def word(place):
        return BEFORE if place < 0 else AFTER if place >= len(words) else words[place]

    def at(values, place, otherwise):
        return values[place] if 0 <= place < len(values) else otherwise

    rows = []
    for i, (w, case) in enumerate(zip(words, cases)):
        w1, w_1 = word(i + 1), word(i - 1)
        around = bytes(48 + at(cases, place, NO_CASE) for place in range(i - 2, i + 3))
        own = around[2:3]
        k, k_1, k1 = clusters.coarse(w), clusters.coarse(w_1), clusters.coarse(w1)
        row = [
            ("bias",), ("w", w), ("w-1", w_1), ("w+1", w1), ("w-2", word(i - 2)), ("w+2", word(i + 2)),
            ("w-1,w", w_1, w), ("w,w+1", w, w1), ("cases3", around[1:4]), ("cases5", around),
            ("cluster-1", k_1), ("cluster+1", k1),
        ]
        if listed[i]:
            row += [("listed", listed[i]), ("listed,case", listed[i], own)]
        if i and listed[i - 1]:
            row.append(("listed-1", listed[i - 1]))
        if at(listed, i + 1, b""):
            row.append(("listed+1", listed[i + 1]))
        if case in (LOWER, PUNCTUATION):
            row.append(("cluster", k))
            rows.append(row)
            continue
        row += [
            ("w-1,w+1", w_1, w1), ("suffix-1", w_1[:-4:-1]), ("suffix+1", w1[:-4:-1]), ("cluster", k), ("fine", clusters.fine(w)),
            ("clusters,-1", k, k_1), ("clusters,+1", k, k1), ("shape", shapes[i]),
            ("case,w-1", own, w_1), ("case,w+1", own, w1),
        ]
        row += [(f"prefix{n}", w[:n]) for n in (2, 3, 4) if len(w) > n]
        row += [(f"suffix{n}", w[: -n - 1 : -1]) for n in (2, 3, 4) if len(w) > n]
        if i == 0:
            row.append(("case,begins", own))
        if i in run_of:
            first, stop = run_of[i]
            head, tail = words[first], words[stop - 1]
            place = bytes([48 + min(4, stop - first), 48 + (i == first) + 2 * (i == stop - 1)])
            row += [
                ("run_first", head), ("run_last", tail), ("run_before", word(first - 1)), ("run_after", word(stop)), ("run_place", place),
                ("run_last,place", tail, place), ("run_first,place", head, place), ("run_before,place", word(first - 1), place),
                ("run_last_cluster,place", clusters.coarse(tail), place), ("run_first_cluster,place", clusters.coarse(head), place),
                ("run_suffix", tail[:-4:-1], place),
            ]
            seen = bytes([48 + (w in article.lower) + 2 * (w in article.capital) + 4 * (i == 0)])
            row.append(("seen", seen))
            if w in article.after:
                row += [("seen_after", article.after[w]), ("seen_after_cluster", clusters.coarse(article.after[w]))]
        rows.append(row)
    return rows


def _abbreviations():
    rows = csv.reader((ROOT / "src" / "text" / "data" / "abbreviations.csv").open())
    return {row[0] for row in rows if len(row) > 1 and row[1] in ("never", "sometimes", "not_before_digit")}


ABBREVIATIONS = _abbreviations()


def sentences(words):
    """(start, stop) of a paragraph's sentences: nearly as `src/text/sentence` cuts them, without knowing the white space."""
    found, start, at = [], 0, 0
    while at < len(words):
        at += 1
        if words[at - 1] not in {".", "!", "?"}:
            continue
        before = words[at - 2] if at >= 2 else ""
        if words[at - 1] == "." and (before in ABBREVIATIONS or len(before) == 1):
            continue
        while at < len(words) and words[at] in {'"', "”", "’", "''", ")", "]"}:
            at += 1
        if at < len(words) and words[at][:1].islower():
            continue
        found.append((start, at))
        start = at
    if start < len(words):
        found.append((start, len(words)))
    return found
