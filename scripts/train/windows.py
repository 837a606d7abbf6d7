"""Windows: paragraphs of one document in a row, as the program reads them, and batches of windows of nearly one length."""

import random

import numpy
import torch

from words import NONE, case_type

MAX_PIECES = 190
SENTENCE_END = {".", "!", "?"}


def cut(paragraph, pieces, limit=MAX_PIECES):
    """(first word, end word) of the parts of a paragraph of at most `limit` pieces, cut after a sentence where there is one."""
    parts, start, size, last = [], 0, 0, None
    sizes = [len(pieces.of(word)) for word in paragraph.words]
    index = 0
    while index < len(sizes):
        if size + sizes[index] > limit and index > start:
            stop = last if last and last > start else index
            parts.append((start, stop))
            start, size, last = stop, sum(sizes[stop:index]), None
        size += sizes[index]
        if paragraph.words[index] in SENTENCE_END:
            last = index + 1
        index += 1
    if start < len(sizes):
        parts.append((start, len(sizes)))
    return parts


def pack(documents, pieces, join, generator, limit=MAX_PIECES):
    """Windows of each document: lists of (words, allowed, weight). A paragraph joins the window before it with the
    probability `join` where it fits, so that the model learns to read one paragraph as well as several."""
    windows = []
    for paragraphs in documents:
        room = 0
        for paragraph in paragraphs:
            for start, stop in cut(paragraph, pieces, limit):
                words, allowed = paragraph.words[start:stop], paragraph.allowed[start:stop]
                size = sum(len(pieces.of(word)) for word in words)
                if size <= room and generator.random() < join:
                    windows[-1][0].extend(words)
                    windows[-1][1].extend(allowed)
                    room -= size
                else:
                    windows.append((list(words), list(allowed), paragraph.weight))
                    room = limit - size
    return windows


def encode(words, pieces):
    """ids, cases, and the place of each word's first piece (None for a word without pieces), with [CLS] and [SEP]."""
    ids, cases, first = [pieces.cls], [NONE], []
    for word in words:
        of = pieces.of(word)
        first.append(len(ids) if of else None)
        ids.extend(of)
        cases.extend([case_type(word)] * len(of))
    return [*ids, pieces.sep], [*cases, NONE], first


def rows_of_words(rows, first):
    """The row of label scores of each word, that of its first piece; a word without pieces is outside."""
    outside = numpy.array([0.0] + [-20.0] * (len(rows[0]) - 1))
    return [rows[place] if place is not None else outside for place in first]


def batches(windows, pieces, budget, generator):
    """Batches of about `budget` pieces, of windows of nearly one length, in random order."""
    encoded = []
    for words, allowed, weight in windows:
        ids, cases, first = encode(words, pieces)
        masks = [0] * len(ids)
        for place, mask in zip(first, allowed):
            if place is not None:
                masks[place] = mask
        encoded.append((ids, cases, masks, weight))
    generator.shuffle(encoded)
    block = 4096  # sorted within blocks, so that a batch is not of one kind of source only
    groups = []
    for at in range(0, len(encoded), block):
        part = sorted(encoded[at : at + block], key=lambda window: len(window[0]))
        group, longest = [], 0
        for window in part:
            longest = max(longest, len(window[0]))
            if group and longest * (len(group) + 1) > budget:
                groups.append(group)
                group, longest = [], len(window[0])
            group.append(window)
        if group:
            groups.append(group)
    generator.shuffle(groups)
    return (tensors(group) for group in groups)


def tensors(group):
    """input_ids, attention_mask, token_type_ids, allowed masks and weights of a batch, padded."""
    length = max(len(ids) for ids, _, _, _ in group)

    def padded(rows):
        return torch.tensor([list(row) + [0] * (length - len(row)) for row in rows])

    return {
        "input_ids": padded([ids for ids, _, _, _ in group]),
        "attention_mask": padded([[1] * len(ids) for ids, _, _, _ in group]),
        "token_type_ids": padded([cases for _, cases, _, _ in group]),
        "allowed": padded([masks for _, _, masks, _ in group]),
        "weight": torch.tensor([weight for _, _, _, weight in group]),
    }


def seeded(*parts):
    """A generator that depends on these parts alone."""
    return random.Random("/".join(map(str, parts)))
