"""Other names in the same sentences, our own sentences with names put in, and the case and quotation marks of other pages."""

import csv
from pathlib import Path

from labels import LABELS, OUTSIDE, begin, inside
from sources import BOOK, Paragraph
from words import word_spans

HERE = Path(__file__).resolve().parent
KINDS = {
    "ARMED": ("ORG", {"armed_group"}), "FORCE": ("ORG", {"military", "police", "intelligence"}),
    "BODY": ("ORG", {"ministry", "government", "court", "legislature", "party"}), "AID": ("ORG", {"igo", "ngo"}),
    "MEDIA": ("ORG", {"news_agency", "newspaper", "broadcaster"}), "PEOPLE": ("NORP", {"nationality", "religion"}),
    "COUNTRY": ("LOC", {"country"}),
}


class Names:
    """Names to put in, by kind: those of the actor book, and persons and places from the annotated sets."""

    def __init__(self, documents):
        self.of = {kind: [] for kind in KINDS}
        kind_of = {actor: kind for kind, (_, actors) in KINDS.items() for actor in actors}
        for path in sorted(Path(BOOK).glob("*.csv")):
            if path.name in {"listed_groups.csv", "offices_held.csv", "retired_ids.csv"}:
                continue  # firms and charities, checked by nobody; no actors
            for row in csv.DictReader(path.open()):
                kind = kind_of.get(row["type"])
                if kind:
                    self.of[kind].append([name for name in self._forms(row) if name])
        persons, places = set(), set()
        for document in documents:
            for paragraph in document:
                for first, stop, types in paragraph.spans:
                    name = tuple(paragraph.words[first:stop])
                    if types == ("PERSON",) and 2 <= len(name) <= 3 and all(word[:1].isupper() for word in name):
                        persons.add(name)
                    if types == ("LOC",) and len(name) <= 2 and all(word[:1].isupper() for word in name):
                        places.add(name)
        self.persons, self.places = sorted(persons), sorted(places)

    @staticmethod
    def _forms(row):
        """The name and its aliases, save those that only context makes a name."""
        forms = [row["name"]]
        for alias in row["aliases"].split(";"):
            name, _, flags = alias.partition("[")
            if not {"weak", "ambiguous"} & set(flags.rstrip("] ").split()):
                forms.append(name.strip())
        return forms

    def draw(self, kind, generator):
        """The words of a name of this kind. Persons are put together from first names and surnames of different people."""
        if kind == "PERSON":
            first, last = generator.choice(self.persons), generator.choice(self.persons)
            return [first[0], *last[1:]]
        if kind == "SURNAME":
            return [generator.choice(self.persons)[-1]]
        if kind == "PLACE":
            return list(generator.choice(self.places))
        name = generator.choice(generator.choice(self.of[kind]))
        return [name[a:b] for a, b in word_spans(name)]


def swap(words, allowed, names, generator, share):
    """A window in which some mentions of one known type bear another name of that type."""
    replaced, masks, at = [], [], 0
    while at < len(words):
        types = [kind for kind in ("PERSON", "ORG", "LOC") if allowed[at] == begin((kind,))]
        if not types or generator.random() >= share:
            replaced.append(words[at])
            masks.append(allowed[at])
            at += 1
            continue
        kind, stop = types[0], at + 1
        while stop < len(words) and allowed[stop] == inside((kind,)):
            stop += 1
        if kind == "ORG":
            name = names.draw(generator.choice(["ARMED", "ARMED", "FORCE", "BODY", "AID", "MEDIA"]), generator)
        elif kind == "LOC":
            name = names.draw(generator.choice(["PLACE", "PLACE", "COUNTRY"]), generator)
        else:
            name = names.draw("SURNAME" if stop - at == 1 else "PERSON", generator)
        replaced.extend(name)
        masks.extend([begin((kind,))] + [inside((kind,))] * (len(name) - 1))
        at = stop
    return replaced, masks


def own_sentences(names, generator, count):
    """`count` paragraphs from `own_sentences.txt`, with names put into its slots: `{ARMED}`, or `[Basra|LOC]` for a fixed name."""
    lines = [line for line in (HERE / "own_sentences.txt").read_text().splitlines() if line and not line.startswith("#")]
    return [_fill(generator.choice(lines), names, generator) for _ in range(count)]


def _fill(line, names, generator):
    words, allowed, spans = [], [], []
    while line:
        before, opening, rest = _next_slot(line)
        plain = [before[a:b] for a, b in word_spans(before)]
        words += plain
        allowed += [OUTSIDE] * len(plain)
        if not opening:
            break
        inner, line = rest
        if opening == "{":
            kind = {"PERSON": "PERSON", "SURNAME": "PERSON", "PLACE": "LOC"}.get(inner) or KINDS[inner][0]
            name = names.draw(inner, generator)
        else:
            text, kind = inner.rsplit("|", 1)
            name = [text[a:b] for a, b in word_spans(text)]
        assert f"B-{kind}" in LABELS, line
        spans.append((len(words), len(words) + len(name), (kind,)))
        words += name
        allowed += [begin((kind,))] + [inside((kind,))] * (len(name) - 1)
    return Paragraph(words, allowed, spans)


def _next_slot(line):
    places = [(line.find(mark), mark) for mark in "{[" if mark in line]
    if not places:
        return line, None, None
    place, opening = min(places)
    inner, _, rest = line[place + 1 :].partition("}" if opening == "{" else "]")
    return line[:place], opening, (inner, rest)


QUOTES = {"'": "’", '"': "”", "’": "'", "‘": "'", "“": '"', "”": '"'}


def restyle(words, generator):
    """One window in eight in capitals, lower case or headline case; one in four with the other quotation marks."""
    draw = generator.random()
    if draw < 0.05:
        words = [word.upper() for word in words]
    elif draw < 0.09:
        words = [word.lower() for word in words]
    elif draw < 0.12:
        words = [word if len(word) < 4 and word.islower() else word[:1].upper() + word[1:] for word in words]
    if generator.random() < 0.25:
        words = [QUOTES.get(word, word) for word in words]
    return words
