#!/usr/bin/env python3
"""Writes what the CRF is trained on: words with the labels that the annotators allow, and what a teacher thinks of each label.

The teacher is the transformer's `model.onnx`. What the annotators settled stands; what their rules leave open, and silver labels and
texts without any, are the teacher's (distillation: Hinton, Vinyals and Dean 2015), by its probabilities and not by one label a word.

Of each source a file of documents, one a line, lists of [words, masks of allowed labels], one pair a paragraph; and one of scores: a
row of log-probabilities a word, float16.
"""

import argparse
import html
import json
import re
import time
from pathlib import Path

import numpy

from labels import ANY
from sources import SOURCES, Paragraph, read
from teacher import Teacher
from windows import cut
from words import Pieces, word_spans

# Genres of GUM under CC BY or CC BY-SA; the others forbid commercial use or are not given away.
GUM_GENRES = {"news", "interview", "bio", "voyage", "court", "speech", "textbook"}
SILVER = {"gmb_silver"}
# Sets of which the teacher's labels are the only ones.
UNLABELLED = {
    "gum": ("Georgetown University Multilayer corpus, the genres under CC BY or CC BY-SA", "CC BY, CC BY-SA"),
    "reuters": ("Reuters-21578 (Lewis 1997), newswire of 1987", "given away for research; the copy used is under MIT"),
}


def gum(folder):
    """The texts of GUM in the genres that may be used, without their labels."""
    for line in (Path(folder) / "gum.jsonl").open():
        item = json.loads(line)
        if any(f"_{genre}_" in item["id"] for genre in GUM_GENRES):
            yield [unlabelled(text) for text in item["text"].split("\n") if text.strip()]


def reuters(files):
    """The bodies of Reuters-21578, a paragraph where a line is indented."""
    for path in files:
        for item in json.loads(Path(path).read_text()):
            body = html.unescape(item.get("body") or "")
            paragraphs = [text for text in re.split(r"\n(?=    )|\n\s*\n", body) if text.strip(" \n\x03")]
            if paragraphs:
                yield [unlabelled(text.replace("\x03", "")) for text in paragraphs]


def unlabelled(text):
    words = [text[a:b] for a, b in word_spans(text)]
    return Paragraph(words, [ANY] * len(words), [])


def documents_of(name, given):
    if name == "gum":
        return gum(given.data)
    return reuters(given.reuters) if name == "reuters" else read(name, given.data)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="the folder of the annotated sets")
    arguments.add_argument("--reuters", type=Path, nargs="*", default=[], help="files of Reuters-21578, as JSON")
    arguments.add_argument("--teacher", type=Path, required=True, help="a model folder: model.onnx with its tokenizer.json")
    arguments.add_argument("--out", type=Path, required=True, help="the folder that gets two files a source")
    arguments.add_argument("--sources", nargs="+", default=[*SOURCES, *UNLABELLED])
    arguments.add_argument("--threads", type=int, default=1)
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    pieces = Pieces(given.teacher / "tokenizer.json")
    teacher = Teacher(given.teacher / "model.onnx", pieces, given.threads)
    for name in given.sources:
        begun, count, rows = time.time(), 0, []
        unfinished = given.out / f"{name}.unfinished"
        with unfinished.open("w") as file:
            for document in documents_of(name, given):
                labelled = []
                for paragraph in document:
                    for start, stop in cut(paragraph, pieces):
                        words, allowed = paragraph.words[start:stop], paragraph.allowed[start:stop]
                        masks = [ANY] * len(words) if name in SILVER else [mask or ANY for mask in allowed]
                        rows.append(numpy.array(teacher.scores(words), dtype=numpy.float16))
                        labelled.append([words, masks])
                        count += len(words)
                file.write(json.dumps(labelled, ensure_ascii=False) + "\n")
        numpy.save(given.out / f"{name}.npy", numpy.concatenate(rows) if rows else numpy.zeros((0, 17), numpy.float16))
        unfinished.rename(given.out / f"{name}.jsonl")
        print(f"{name}: {count} words, {time.time() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
