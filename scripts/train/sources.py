"""The annotated sets, each read into paragraphs of words with the labels that its annotators' rules allow.

A source that does not annotate a type must not teach that such names are outside. Nor may the type be allowed on every
outside word: a model trained so paints whole windows with it. So it is allowed on capitalised words that are no function words.
"""

import csv
import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from labels import OUTSIDE, begin, either, inside
from words import word_spans

BOOK = Path(__file__).resolve().parents[2] / "models" / "actors"
HERE = Path(__file__).resolve().parent


def _lines(name):
    return {line.strip() for line in (HERE / name).read_text().splitlines() if line.strip() and not line.startswith("#")}


FUNCTION_WORDS = _lines("function_words.txt")
TITLES = _lines("titles.txt")
WEEKDAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}


def _names(*files):
    """The sure names, lower case, in these files of the actor book."""
    names = set()
    for name in files:
        for row in csv.DictReader((BOOK / name).open()):
            aliases = [alias for alias in row["aliases"].split(";") if "[" not in alias]
            names.update(alias.strip().lower() for alias in [row["name"], *aliases] if alias.strip())
    return names


COUNTRIES, PEOPLES = _names("states.csv"), _names("nationalities.csv", "religions.csv")


@dataclass
class Paragraph:
    """Words in a row. `allowed` has a mask of labels for each; `spans` (first word, end word, types) are the mentions."""

    words: list
    allowed: list
    spans: list
    weight: float = 1.0


@dataclass
class Source:
    """How to read a set. `types` maps its labels to the types that they may be (none: outside; absent: any label; None among
    them: or outside); `lacks` are the types that it does not annotate; `mixes_peoples`: peoples are among its places."""

    file: str
    types: dict
    lacks: tuple = ()
    mixes_peoples: bool = False
    joins_lists: bool = False
    weight: float = 1.0
    published: str = ""
    licence: str = ""


def _country_or_people(text, types):
    """Sets right, in a source that has peoples among its places or organisations, a name that is a country's or a people's alone."""
    name = text.lower()
    if name in PEOPLES and name not in COUNTRIES:
        return ("NORP",)
    return ("LOC",) if "LOC" in types and name in COUNTRIES and name not in PEOPLES else types


ANY_MISC = ("EVENT", "PRODUCT", "MISC")
PLACE = ("LOC", "FAC")
NUMBERS = {name: () for name in [
    "DATE", "DATE|TIME", "MONEY", "CARDINAL|ORDINAL|QUANTITY|PERCENT|MONEY", "CARDINAL|PERCENT|MONEY|QUANTITY|ORDINAL",
]}

SOURCES = {
    "worldwide_train": Source(
        "worldwide_train.jsonl",
        {"PERSON": ("PERSON",), "ORG": ("ORG",), "GPE|LOC": ("LOC",), "NORP": ("NORP",), "FAC": ("FAC",),
         "PRODUCT": ("PRODUCT",), "EVENT|LAW|WORK_OF_ART|LANGUAGE|?OTHER": ("EVENT", "MISC"), **NUMBERS},
        published="stanfordnlp/en-worldwide-newswire on GitHub, its official training split",
        licence="none stated for the texts; Stanza gives away models trained on it under Apache-2.0",
    ),
    "gmb_silver": Source(
        "gmb_silver.jsonl.gz",
        {"PERSON": ("PERSON",), "ORG": ("ORG",), "GPE|LOC": ("LOC",), "NORP|GPE": ("NORP", "LOC"), "EVENT": ("EVENT",),
         "WORK_OF_ART|PRODUCT": ("PRODUCT", "MISC"), **NUMBERS},
        lacks=("FAC", "EVENT", "PRODUCT", "MISC"), mixes_peoples=True, weight=0.5,
        published="Groningen Meaning Bank 2.2 (gmb.let.rug.nl)", licence="public domain texts; labels are silver",
    ),
    "grobid_ner": Source(
        "grobid_ner.jsonl",
        {"PERSON": ("PERSON",), "ORG": ("ORG",), "GPE|LOC": ("LOC",), "NORP": ("NORP",), "NORP|?PERSON_TYPE": ("NORP", None),
         "ORG|NORP": ("ORG", "NORP"), "EVENT": ("EVENT",), "FAC": ("FAC",), "LAW": ("MISC",), "WORK_OF_ART": ("MISC",),
         "PRODUCT": ("PRODUCT",), "ORG|WORK_OF_ART": ("ORG", "MISC"), "?TITLE": (), **NUMBERS},
        joins_lists=True, published="kermitt2/grobid-ner on GitHub", licence="Apache-2.0, text CC BY-SA",
    ),
    "redocred": Source(
        "redocred.jsonl",
        {"PERSON": ("PERSON",), "ORG": ("ORG",), "GPE|LOC|FAC|NORP": ("LOC", "FAC", "NORP"), "?MISC": (*ANY_MISC, "FAC"), **NUMBERS},
        lacks=("NORP", "FAC", *ANY_MISC), mixes_peoples=True, published="tonytan48/Re-DocRED on GitHub", licence="MIT, text CC BY-SA",
    ),
    "crossner_politics_train": Source(
        "crossner_politics_train.jsonl",
        {"PERSON": ("PERSON",), "ORG": ("ORG",), "GPE": ("LOC",), "GPE|LOC|FAC": PLACE, "EVENT": ("EVENT",),
         "?MISC": ("NORP", "FAC", "PRODUCT", "MISC")},
        lacks=("NORP", "FAC", "PRODUCT", "MISC"), published="zliucr/CrossNER on GitHub", licence="MIT",
    ),
    "uner_ewt_dev": Source(
        "uner_ewt_dev.jsonl", {"PERSON": ("PERSON",), "ORG": ("ORG",), "GPE|LOC|FAC": PLACE},
        lacks=("NORP", "FAC", *ANY_MISC), published="UniversalNER/UNER_English-EWT on GitHub, its dev split", licence="CC BY-SA 4.0",
    ),
    "wikigold": Source(
        "wikigold.jsonl",
        {"PERSON": ("PERSON",), "ORG": ("ORG",), "GPE|LOC|FAC": PLACE, "?MISC": ("NORP", "FAC", *ANY_MISC)},
        lacks=("NORP", "FAC", *ANY_MISC), published="Balasuriya et al. 2009, Wikigold", licence="CC BY 4.0",
    ),
}


def read(name, folder):
    """The documents of a set, each a list of paragraphs."""
    source = SOURCES[name]
    path = Path(folder) / source.file
    opened = gzip.open(path, "rt") if path.suffix == ".gz" else path.open()
    with opened as lines:
        return [_document(json.loads(line), source) for line in lines]


def _document(item, source):
    text, paragraphs, start = item["text"], [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            spans = [span for span in item["spans"] if start <= span[0] and span[1] <= end]
            paragraphs.append(_paragraph(line, start, spans, source))
        start = end + 1
    return paragraphs


def _paragraph(line, offset, spans, source):
    places = word_spans(line)
    words = [line[a:b] for a, b in places]
    outside = OUTSIDE | either(source.lacks)
    allowed = []
    for index, word in enumerate(words):
        # A sentence's first word is capitalised whatever it is: there a function word alone is excluded as well.
        name_like = word[:1].isupper() and word.lower() not in FUNCTION_WORDS and word.lower() not in WEEKDAYS
        allowed.append(outside if name_like else OUTSIDE)
    kept = []
    for start, end, label, _ in spans:
        inner = [i for i, (a, b) in enumerate(places) if a + offset >= start and b + offset <= end]
        if not inner:
            continue
        first, stop = inner[0], inner[-1] + 1
        types = source.types.get(label)
        # A label that maps to nothing, or one span over several names ("Belgium and Luxembourg"): no lesson.
        if types is None or (source.joins_lists and {"and", ",", ";"} & set(words[first:stop])):
            for i in range(first, stop):
                allowed[i] = 0
            continue
        if not types or (stop - first == 1 and words[first].lower() in WEEKDAYS):
            for i in range(first, stop):
                allowed[i] = OUTSIDE
            continue
        while "PERSON" in types and stop - first > 1 and words[first].lower() in TITLES | {"."}:
            allowed[first] = OUTSIDE
            first += 1
        while stop - first > 1 and words[first].lower() in {"the", "a", "an"} and (line[places[first][0]].islower() or first == 0):
            allowed[first] = OUTSIDE
            first += 1
        while stop - first > 1 and words[stop - 1] in {"s", "'", "’", '"', "”", ",", "."} and not _abbreviated(words, stop):
            allowed[stop - 1] = OUTSIDE
            stop -= 1
        either_way = OUTSIDE if None in types else 0
        types = tuple(kind for kind in types if kind)
        if source.mixes_peoples:
            types = _country_or_people(" ".join(words[first:stop]), types)
        allowed[first] = begin(types) | either_way
        for i in range(first + 1, stop):
            allowed[i] = inside(types) | either_way
        kept.append((first, stop, types))
    return Paragraph(words, allowed, kept, source.weight)


def _abbreviated(words, stop):
    """True where a closing point belongs to an abbreviation ("Inc.", "U.S.")."""
    return words[stop - 1] == "." and len(words[stop - 2]) <= 4
