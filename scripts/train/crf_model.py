"""A trained CRF: reading articles with it, and its weights as the model file has them, in steps."""

import numpy

from crf_features import Corpus
from crf_lattice import COUNT, label_all, rows_of, valid_only


class Crf:
    """What `crf_train.py` wrote. Features and weights are in the order of the hashes."""

    def __init__(self, trained, clusters, listed):
        with numpy.load(trained) as parts:
            self.hashes, self.weights, self.transitions = parts["hashes"], parts["weights"], parts["transitions"]
        self.clusters, self.listed = clusters, listed

    def rounded(self, most):
        """The step, and the same with weights in whole steps: without features that round to nothing or, where there are more than
        `most`, say least."""
        # A few weights are far larger than all others; they are cut rather than make every step coarse.
        step = float(numpy.quantile(numpy.abs(self.weights[self.weights != 0]), 0.9999)) / 127
        steps = numpy.clip(numpy.rint(self.weights / step), -127, 127)
        kept = numpy.flatnonzero(steps.any(1))
        kept = numpy.sort(kept[numpy.argsort(-numpy.abs(self.weights[kept]).max(1), kind="stable")[:most]])
        self.hashes, self.weights = self.hashes[kept], (steps[kept] * step).astype(numpy.float32)
        return step

    def read(self, articles):
        """For each article, a list of sentences, and each sentence: the path of labels, and the probabilities of the labels by word."""
        corpus = self.corpus(articles)
        offsets, hashes = corpus.features()
        starts = numpy.array(corpus.starts)
        path, probabilities = numpy.zeros(len(offsets) - 1, numpy.int64), numpy.zeros((len(offsets) - 1, COUNT), numpy.float32)
        label_all(starts, offsets, rows_of(hashes, self.hashes), self.weights, valid_only(self.transitions), path, probabilities)
        parts = iter(zip(starts[:-1], starts[1:]))
        return [[(path[a:b], probabilities[a:b]) for a, b in (next(parts) for _ in article)] for article in articles]

    def corpus(self, articles):
        """Articles, lists of sentences, as columns of hashes."""
        corpus = Corpus(self.clusters, self.listed)
        for article in articles:
            corpus.add(article)
        return corpus
