"""What the CRF sees of a word: features as hashes. The counterpart of `src/tag/crf/`, which does the same over bytes.

A feature is a template and one or two values; a value is a string of bytes, and stands as its hash (FNV-1a). Template and values are
mixed into one hash, by which alone training, model file and program know the feature. Here a template is computed for all words of a
corpus at once.
"""

import csv
from functools import lru_cache
from pathlib import Path

import numpy

from words import DIGITS, LOWER, NONE, PUNCTUATION, UPPER, case_type, word_spans

ROOT = Path(__file__).resolve().parents[2]
MASK = (1 << 64) - 1
PRIME, MIX = 0x100000001B3, 0x9E3779B97F4A7C15
FOLDED = {**dict.fromkeys("‘’‛′`´", "'"), **dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
# Marks that may stand inside a run of capitalised words.
LINKS = {b"-", b"'", b"&", b".", b"/"}

TEMPLATES = [
    "bias", "w", "w-1", "w+1", "w-2", "w+2", "w-1,w", "w,w+1", "w-1,w+1", "cases3", "cases5", "suffix-1", "suffix+1",
    "listed", "listed,case", "listed-1", "listed+1", "cluster", "cluster-1", "cluster+1", "clusters,-1", "clusters,+1", "fine",
    "prefix2", "prefix3", "prefix4", "suffix2", "suffix3", "suffix4", "shape", "case,w-1", "case,w+1", "case,begins",
    "run_first", "run_last", "run_before", "run_after", "run_place", "run_last,place", "run_first,place", "run_before,place",
    "run_last_cluster,place", "run_first_cluster,place", "seen", "seen_after", "seen_after_cluster", "run_suffix",
    "cluster-2", "cluster+2", "fine-1", "fine+1", "style", "run", "run_before2", "run_after2", "run_before_cluster,place",
    "run_after_cluster,place", "seen_begins", "seen_begins_cluster", "seen_before", "seen_following", "defined", "defined_cluster",
]
NUMBER = {name: number for number, name in enumerate(TEMPLATES)}

# One letter a kind of actor of the book.
LISTED = {
    "armed_group": "A", "military": "F", "police": "F", "intelligence": "F", "government": "G", "ministry": "G", "legislature": "G",
    "court": "G", "party": "G", "igo": "I", "ngo": "I", "company": "C", "news_agency": "M", "newspaper": "M", "broadcaster": "M",
    "person": "P", "country": "L", "region": "R", "nationality": "N", "religion": "Q",
}


@lru_cache(maxsize=1 << 19)
def fnv(value):
    """FNV-1a, 64 bits (Fowler, Noll and Vo)."""
    state = 0xCBF29CE484222325
    for byte in value:
        state = ((state ^ byte) * PRIME) & MASK
    return state


EMPTY = fnv(b"")
BEFORE, AFTER = fnv(b"\x02"), fnv(b"\x03")  # the words beyond a sentence's ends


def mixed(state, value):
    """A hash with another put in; both may be arrays."""
    if isinstance(state, int) and isinstance(value, int):
        state = ((state ^ value) * MIX) & MASK
        return state ^ (state >> 32)
    state = (numpy.asarray(state, dtype=numpy.uint64) ^ numpy.asarray(value, dtype=numpy.uint64)) * numpy.uint64(MIX)
    return state ^ (state >> numpy.uint64(32))


def feature(template, *values):
    """The hashes of a template's features, from those of its values."""
    state = NUMBER[template] + 1
    for value in values:
        state = mixed(state, value)
    return mixed(state, 0)


def digits(*columns):
    """The hash of small numbers as digits."""
    state = numpy.full(len(columns[0]), EMPTY, dtype=numpy.uint64)
    for column in columns:
        state = (state ^ (column.astype(numpy.uint64) + numpy.uint64(48))) * numpy.uint64(PRIME)
    return state


@lru_cache(maxsize=1 << 19)
def normal(word):
    """A word's normal form: each character lower-cased alone, digits as 0, quotation marks and dashes as the plain ones."""
    return "".join("0" if c in "0123456789" else FOLDED.get(c) or c.lower() for c in word).encode()


def shape(word):
    """Its letters and digits as X, x and 0, a run of one kind as two at most, eight in all."""
    kinds = []
    for c in word:
        kind = b"0" if c.isnumeric() else b"X" if c.isupper() else b"x"
        if kinds[-2:] != [kind, kind]:
            kinds.append(kind)
    return b"".join(kinds[:8])


def capitalised(case):
    return case not in (LOWER, PUNCTUATION, DIGITS)


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
        """For each word of a sentence the hash of B, I or S (the whole name) with the kind's letter; 0 outside."""
        tags, at = [0] * len(words), 0
        while at < len(words):
            longest, kind = 0, None
            if capitalised(cases[at]):
                for stop in range(at + 1, len(words) + 1):
                    name = tuple(words[at:stop])
                    if name in self.kinds:
                        longest, kind = stop - at, self.kinds[name]
                    if name not in self.beginnings:
                        break
            for place in range(longest):
                mark = "S" if longest == 1 else "I" if place else "B"
                tags[at + place] = fnv((mark + kind).encode())
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

    def hashes(self, word):
        """Of the coarse and the fine cluster's number; of nothing where the word has none."""
        return tuple(fnv(b"%d" % number) for number in self.of[word]) if word in self.of else (EMPTY, EMPTY)


def runs(words, cases):
    """(first, stop) of each run of capitalised words; marks may link two of them."""
    found, start, stop = [], None, None
    for place, case in enumerate(cases):
        if capitalised(case) or (case == DIGITS and start is not None):
            start = place if start is None else start
            stop = place + 1
        elif not (case == PUNCTUATION and words[place] in LINKS and start is not None and stop == place):
            if start is not None:
                found.append((start, stop))
            start = None
    if start is not None:
        found.append((start, stop))
    return found


# What is known of a word by itself, by column. Affixes are 0 where the word has none.
OWN = ["hash", "shape", "prefix2", "prefix3", "prefix4", "suffix2", "suffix3", "suffix4", "suffix", "coarse", "fine"]
# What is known of a word's places in its article. 0 stands for nothing.
SEEN = ["after", "after_cluster", "begins", "begins_cluster", "before", "following", "defined", "defined_cluster"]


class Corpus:
    """Words of sentences of articles as columns of hashes, and their features."""

    def __init__(self, clusters, listed):
        self.clusters, self.listed = clusters, listed
        self.numbers, self.forms, self.cases_of, self.own = {}, [], [], []
        self.word, self.tag, self.run, self.run_hash, self.bits, self.seen = [], [], [], [], [], []
        self.starts = [0]

    def _number(self, word):
        """The row of a word in the table of what is known of it by itself."""
        number = self.numbers.get(word)
        if number is None:
            number = self.numbers[word] = len(self.own)
            form, case = normal(word), case_type(word)
            values = [fnv(form), 0, 0, 0, 0, 0, 0, 0, fnv(form[:-4:-1]), *self.clusters.hashes(form)]
            if case not in (LOWER, PUNCTUATION):
                values[1] = fnv(shape(word))
                for place, size in enumerate((2, 3, 4)):
                    if len(form) > size:
                        values[2 + place], values[5 + place] = fnv(form[:size]), fnv(form[: -size - 1 : -1])
            self.own.append(values)
            self.forms.append(form)
            self.cases_of.append(case)
        return number

    def add(self, sentences):
        """An article: its sentences, lists of words."""
        numbered = [[self._number(word) for word in sentence] for sentence in sentences]
        cases = [[self.cases_of[number] for number in sentence] for sentence in numbered]
        forms = [[self.forms[number] for number in sentence] for sentence in numbered]
        found = [runs(words, kinds) for words, kinds in zip(forms, cases)]
        lower, capital, seen = see(forms, cases, found, lambda word: self.clusters.hashes(word)[0])
        for words, kinds, sentence, own in zip(forms, cases, numbered, found):
            base = self.starts[-1]
            self.word += sentence
            self.tag += self.listed.tags(words, kinds)
            run, hashes = [(0, 0)] * len(words), [0] * len(words)
            bits, known = [0] * len(words), [()] * len(words)
            for first, stop in own:
                state = 0
                for word in words[first:stop]:
                    state = mixed(state, fnv(word))
                for place in range(first, stop):
                    word = words[place]
                    run[place], hashes[place] = (base + first, base + stop), state
                    bits[place] = (word in lower) + 2 * (word in capital) + 4 * (place == 0)
                    known[place] = seen.get(word, ())
            self.run += run
            self.run_hash += hashes
            self.bits += bits
            self.seen += known
            self.starts.append(base + len(words))

    def features(self):
        """(first feature of each word, and after all; hashes)."""
        parts = list(self._parts())
        counts = numpy.zeros(len(self.word), dtype=numpy.int64)
        for places, _ in parts:
            counts[places] += 1
        offsets = numpy.concatenate([[0], counts.cumsum()])
        at, hashes = offsets[:-1].copy(), numpy.empty(offsets[-1], dtype=numpy.uint64)
        while parts:
            places, values = parts.pop()
            hashes[at[places]] = values
            at[places] += 1
        return offsets, hashes

    def _parts(self):
        """Of each template the words that have it, and the hashes."""
        word, starts = numpy.array(self.word), numpy.array(self.starts)
        count = len(word)
        own = dict(zip(OWN, numpy.array(self.own, dtype=numpy.uint64).T))
        case = numpy.array(self.cases_of)[word]
        index = numpy.arange(count)
        sentence = numpy.repeat(numpy.arange(len(starts) - 1), numpy.diff(starts))
        first, stop = starts[sentence], starts[sentence + 1]

        def at(places, column):
            """The column of the words at these places, which may lie beyond the sentence's ends."""
            inside = (places >= first_of) & (places < stop_of)
            values = own[column][word[numpy.where(inside, places, 0)]]
            beyond = {"coarse": EMPTY, "fine": EMPTY}.get(column)
            before, after = (BEFORE, AFTER) if beyond is None else (beyond, beyond)
            return numpy.where(inside, values, numpy.where(places < first_of, numpy.uint64(before), numpy.uint64(after)))

        def near(values, step, otherwise=0):
            """A column of words shifted by steps within the sentence."""
            places = index + step
            inside = (places >= first) & (places < stop)
            return numpy.where(inside, values[numpy.where(inside, places, 0)], otherwise)

        first_of, stop_of = first, stop
        w, coarse = own["hash"][word], own["coarse"][word]
        w_1, w1, w_2, w2 = (at(index + step, "hash") for step in (-1, 1, -2, 2))
        k_1, k1 = at(index - 1, "coarse"), at(index + 1, "coarse")
        case_2, case_1, case1, case2 = (near(case, step, NONE) for step in (-2, -1, 1, 2))
        yield index, numpy.broadcast_to(numpy.uint64(feature("bias")), count)
        for name, values in [
            ("w", (w,)), ("w-1", (w_1,)), ("w+1", (w1,)), ("w-2", (w_2,)), ("w+2", (w2,)), ("w-1,w", (w_1, w)), ("w,w+1", (w, w1)),
            ("cases3", (digits(case_1, case, case1),)), ("cases5", (digits(case_2, case_1, case, case1, case2),)),
            ("cluster-1", (k_1,)), ("cluster+1", (k1,)), ("cluster", (coarse,)),
        ]:
            yield index, feature(name, *values)
        tag = numpy.array(self.tag, dtype=numpy.uint64)
        for name, column, beside in [
            ("listed", tag, ()), ("listed,case", tag, (digits(case),)), ("listed-1", near(tag, -1), ()), ("listed+1", near(tag, 1), ()),
        ]:
            has = numpy.flatnonzero(column)
            yield has, feature(name, column[has], *(values[has] for values in beside))
        # From here on words that may be names by their looks.
        has = numpy.flatnonzero((case != LOWER) & (case != PUNCTUATION))
        first_of, stop_of = first[has], stop[has]
        kind, k = digits(case[has]), coarse[has]
        letters = numpy.add.reduceat((case != PUNCTUATION) & (case != DIGITS), starts[:-1], dtype=numpy.int64)
        capitals = numpy.add.reduceat((case != PUNCTUATION) & (case != DIGITS) & (case != LOWER), starts[:-1], dtype=numpy.int64)
        upper = numpy.add.reduceat(case == UPPER, starts[:-1], dtype=numpy.int64)
        style = (4 * capitals // numpy.maximum(1, letters))[sentence], (2 * upper // numpy.maximum(1, letters))[sentence]
        for name, values in [
            ("w-1,w+1", (w_1[has], w1[has])), ("suffix-1", (at(has - 1, "suffix"),)), ("suffix+1", (at(has + 1, "suffix"),)),
            ("fine", (own["fine"][word[has]],)), ("clusters,-1", (k, k_1[has])), ("clusters,+1", (k, k1[has])),
            ("shape", (own["shape"][word[has]],)), ("case,w-1", (kind, w_1[has])), ("case,w+1", (kind, w1[has])),
            ("cluster-2", (at(has - 2, "coarse"),)), ("cluster+2", (at(has + 2, "coarse"),)),
            ("fine-1", (at(has - 1, "fine"),)), ("fine+1", (at(has + 1, "fine"),)),
            ("style", (digits(case[has], style[0][has], style[1][has]),)),
        ]:
            yield has, feature(name, *values)
        for name in ("prefix2", "prefix3", "prefix4", "suffix2", "suffix3", "suffix4"):
            values = own[name][word[has]]
            yield has[values != 0], feature(name, values[values != 0])
        begins = has[has == first[has]]
        yield begins, feature("case,begins", digits(case[begins]))
        # And in a run.
        run = numpy.array(self.run).reshape(-1, 2)
        has = has[run[has, 1] > 0]
        first_of, stop_of = first[has], stop[has]
        start, end = run[has].T
        place = digits(numpy.minimum(4, end - start), (has == start) + 2 * (has == end - 1))
        head, tail, before, after = (at(places, "hash") for places in (start, end - 1, start - 1, end))
        for name, values in [
            ("run_first", (head,)), ("run_last", (tail,)), ("run_before", (before,)), ("run_after", (after,)), ("run_place", (place,)),
            ("run_last,place", (tail, place)), ("run_first,place", (head, place)), ("run_before,place", (before, place)),
            ("run_last_cluster,place", (at(end - 1, "coarse"), place)), ("run_first_cluster,place", (at(start, "coarse"), place)),
            ("run_suffix", (at(end - 1, "suffix"), place)), ("run", (numpy.array(self.run_hash, dtype=numpy.uint64)[has], place)),
            ("run_before2", (at(start - 2, "hash"),)), ("run_after2", (at(end + 1, "hash"),)),
            ("run_before_cluster,place", (at(start - 1, "coarse"), place)), ("run_after_cluster,place", (at(end, "coarse"), place)),
            ("seen", (digits(numpy.array(self.bits)[has]),)),
        ]:
            yield has, feature(name, *values)
        known = [(place, self.seen[place]) for place in has.tolist() if self.seen[place]]
        places = numpy.array([place for place, _ in known], dtype=numpy.int64)
        columns = numpy.array([values for _, values in known], dtype=numpy.uint64).reshape(-1, len(SEEN))
        for name, column in zip(SEEN, columns.T):
            name = name if name.startswith("defined") else f"seen_{name}"
            yield places[column != 0], feature(name, column[column != 0])


def see(forms, cases, found, coarse):
    """What the places of a word tell of the others, over an article: the words that stand somewhere in lower case, those that stand
    capitalised within a sentence, and of words in runs the values that SEEN names: first word of the first run of several words that
    ends with it, last word of the first that begins with it, the words around its first run within a sentence, and the last word of
    the run that goes before it where it stands alone in brackets. `coarse` gives a word's cluster."""
    lower, capital, seen = set(), set(), {}
    for words, kinds, own in zip(forms, cases, found):
        lower.update(word for word, case in zip(words, kinds) if case == LOWER)
        capital.update(word for word, case in zip(words[1:], kinds[1:]) if capitalised(case))
        ends = set()
        for first, stop in own:
            if stop - first > 1:
                values = seen.setdefault(words[stop - 1], [0] * len(SEEN))
                if not values[0]:
                    values[0:2] = fnv(words[first]), coarse(words[first])
                values = seen.setdefault(words[first], [0] * len(SEEN))
                if not values[2]:
                    values[2:4] = fnv(words[stop - 1]), coarse(words[stop - 1])
            for place in range(max(1, first), stop):
                values = seen.setdefault(words[place], [0] * len(SEEN))
                if not values[4]:
                    values[4] = fnv(words[first - 1]) if first else BEFORE
                    values[5] = fnv(words[stop]) if stop < len(words) else AFTER
            if stop - first == 1 and first - 1 in ends and words[first - 1] == b"(" and words[stop : stop + 1] == [b")"]:
                values = seen.setdefault(words[first], [0] * len(SEEN))
                if not values[6]:
                    values[6:8] = fnv(words[first - 2]), coarse(words[first - 2])
            ends.add(stop)
    return lower, capital, seen


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
