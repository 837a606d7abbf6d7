#!/usr/bin/env python3
"""Writes the training sets with one label a word, for the CRF, which cannot learn from partial labels.

A teacher (the transformer's `model.onnx`) reads every paragraph, and the word's label is that of the teacher's best valid sequence
among those that the source's annotators allow: what they annotated stands, and what their rules leave open the teacher settles.
Silver labels and texts without any are the teacher's alone (distillation: Hinton, Vinyals and Dean 2015).

One file a source: a document a line, a list of [words, label indexes], one pair a paragraph.
"""

import argparse
import json
import time
from pathlib import Path

import numpy

from labels import ANY, LABELS, _may_follow
from sources import SOURCES, Paragraph, read
from teacher import Teacher
from windows import cut
from words import Pieces, word_spans

# Genres of GUM under CC BY or CC BY-SA; the others forbid commercial use or are not given away.
GUM_GENRES = {"news", "interview", "bio", "voyage", "court", "speech", "textbook"}
SILVER = {"gmb_silver"}
COLUMNS = range(len(LABELS))
STEPS = numpy.array([[0.0 if _may_follow(label, previous) else -1e9 for label in COLUMNS] for previous in COLUMNS])
BITS = numpy.array([1 << column for column in COLUMNS])


def best_allowed(scores, allowed):
    """The best valid sequence of labels (Viterbi 1967) among those allowed; a mask of 0 allows any."""
    rows = numpy.array(scores)
    masks = numpy.array([mask or ANY for mask in allowed])
    rows = numpy.where(masks[:, None] & BITS, rows, rows - 1e6)
    total, back = rows[0] + STEPS[0], []
    for row in rows[1:]:
        through = total[:, None] + STEPS
        steps = through.argmax(0)
        back.append(steps)
        total = through[steps, COLUMNS] + row
    path = [int(total.argmax())]
    for steps in reversed(back):
        path.append(int(steps[path[-1]]))
    return path[::-1]


def gum(folder):
    """The texts of GUM in the genres that may be used, without their labels."""
    documents = []
    for line in (Path(folder) / "gum.jsonl").open():
        item = json.loads(line)
        if any(f"_{genre}_" in item["id"] for genre in GUM_GENRES):
            lines = [[text[a:b] for a, b in word_spans(text)] for text in item["text"].split("\n") if text.strip()]
            documents.append([Paragraph(words, [ANY] * len(words), []) for words in lines])
    return documents


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="the folder of the annotated sets")
    arguments.add_argument("--teacher", type=Path, required=True, help="a model folder: model.onnx with its tokenizer.json")
    arguments.add_argument("--out", type=Path, required=True, help="the folder that gets one file a source")
    arguments.add_argument("--threads", type=int, default=1)
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    pieces = Pieces(given.teacher / "tokenizer.json")
    teacher = Teacher(given.teacher / "model.onnx", pieces, given.threads)
    sources = [name for name in SOURCES if name not in SILVER] + ["gum", *sorted(SILVER)]
    for name in sources:
        begun, words = time.time(), 0
        documents = gum(given.data) if name == "gum" else read(name, given.data)
        unfinished = given.out / f"{name}.unfinished"
        with unfinished.open("w") as file:
            for document in documents:
                labelled = []
                for paragraph in document:
                    for start, stop in cut(paragraph, pieces):
                        part = paragraph.words[start:stop]
                        allowed = [ANY] * len(part) if name in SILVER else paragraph.allowed[start:stop]
                        labelled.append([part, best_allowed(teacher.scores(part), allowed)])
                        words += len(part)
                file.write(json.dumps(labelled, ensure_ascii=False) + "\n")
        unfinished.rename(given.out / f"{name}.jsonl")
        print(f"{name}: {len(documents)} documents, {words} words, {time.time() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
