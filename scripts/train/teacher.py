"""Silver labels held against an earlier model's reading of the same words (self-training).

Where both agree, the label stands alone, also for the types that the source lacks. Where the model is sure of something else,
both are allowed, and the network may choose.
"""

import numpy
import onnxruntime

from labels import OUTSIDE, best_path
from windows import cut, encode, rows_of_words

SURE, QUITE_SURE = 0.9, 0.98


class Teacher:
    """A model folder's `model.onnx`, run by ONNX Runtime."""

    def __init__(self, model_onnx, pieces, threads=2):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(model_onnx), options, providers=["CPUExecutionProvider"])
        self.pieces = pieces

    def scores(self, words):
        """Log-probabilities of the labels of each word; a row for outside where a word has no pieces."""
        ids, cases, first = encode(words, self.pieces)
        feed = {"input_ids": [ids], "attention_mask": [[1] * len(ids)], "token_type_ids": [cases]}
        logits = self.session.run(["logits"], {name: numpy.array(rows, dtype=numpy.int64) for name, rows in feed.items()})[0][0]
        logits = logits - logits.max(-1, keepdims=True)
        return rows_of_words(logits - numpy.log(numpy.exp(logits).sum(-1, keepdims=True)), first)

    def clean(self, paragraph):
        """Changes `allowed` in place; returns how many words it opened."""
        opened = 0
        for start, stop in cut(paragraph, self.pieces):
            scores = self.scores(paragraph.words[start:stop])
            for index, label, row in zip(range(start, stop), best_path(scores), scores):
                silver, seen, sure = paragraph.allowed[index], 1 << label, float(numpy.exp(row[label]))
                if silver == 0:
                    continue
                if silver & seen:
                    only_lacking = silver & OUTSIDE and not seen & OUTSIDE
                    if sure > SURE and not only_lacking:
                        paragraph.allowed[index] = seen
                elif sure > QUITE_SURE:
                    paragraph.allowed[index] = silver | seen
                    opened += 1
        return opened
