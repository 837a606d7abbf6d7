"""The arithmetic of the CRF: scores of words, the best labels, the probability of each label, and a step of training.

Compiled by Numba. Outside, column 0, has no weights: the same added to all labels of a word changes nothing.
"""

import numpy
from numba import njit

from labels import LABELS, _may_follow

COUNT = len(LABELS)
VALID = numpy.array([[_may_follow(label, previous) for label in range(COUNT)] for previous in range(COUNT)])
# What a label is worth that the annotators do not allow: nearly nothing, so that no sentence becomes impossible.
NOT_ALLOWED = 1e-12


def valid_only(transitions):
    """Scores of transitions, minus infinity where they are not valid."""
    return numpy.where(VALID, transitions, -numpy.inf).astype(numpy.float32)


@njit(fastmath=True, cache=True)
def add_weights(rows, weights, score):
    """Adds to a word's scores those of its features; -1 is a feature that the model does not have."""
    for row in rows:
        if row >= 0:
            for column in range(weights.shape[1]):
                score[column + 1] += weights[row, column]


@njit(cache=True)
def best(scores, transitions):
    """The best valid sequence of labels (Viterbi 1967)."""
    length, count = scores.shape
    back = numpy.zeros((length, count), numpy.int8)
    total = scores[0].copy()
    for label in range(count):
        if transitions[0, label] == -numpy.inf:
            total[label] = -numpy.inf
    for place in range(1, length):
        after = numpy.empty(count, numpy.float32)
        for label in range(count):
            highest, at = -numpy.inf, 0
            for before in range(count):
                through = total[before] + transitions[before, label]
                if through > highest:
                    highest, at = through, before
            after[label] = highest + scores[place, label]
            back[place, label] = at
        total = after
    path = numpy.zeros(length, numpy.int64)
    path[-1] = total.argmax()
    for place in range(length - 1, 0, -1):
        path[place - 1] = back[place, path[place]]
    return path


@njit(fastmath=True, cache=True)
def sum_over(own, factors, forward, backward, pairs):
    """Forward and backward sums (Rabiner 1989, V.A) for the factors of words and transitions; the probabilities of each word's labels
    go to `backward`, and the expected number of each transition is added to `pairs`."""
    length, count = own.shape
    for place in range(length):
        total = numpy.float32(0)
        for label in range(count):
            value = numpy.float32(0)
            if place == 0:
                value = numpy.float32(1) if factors[0, label] > 0 else numpy.float32(0)
            else:
                for before in range(count):
                    value += forward[place - 1, before] * factors[before, label]
            forward[place, label] = value * own[place, label]
            total += forward[place, label]
        for label in range(count):
            forward[place, label] /= total
    for label in range(count):
        backward[length - 1, label] = 1
    for place in range(length - 2, -1, -1):
        total = numpy.float32(0)
        for before in range(count):
            value = numpy.float32(0)
            for label in range(count):
                value += factors[before, label] * own[place + 1, label] * backward[place + 1, label]
            backward[place, before] = value
            total += value
        for before in range(count):
            backward[place, before] /= total
    for place in range(length - 1, -1, -1):
        if place > 0:
            total = numpy.float32(0)
            for before in range(count):
                for label in range(count):
                    total += forward[place - 1, before] * factors[before, label] * own[place, label] * backward[place, label]
            for before in range(count):
                for label in range(count):
                    pairs[before, label] += (
                        forward[place - 1, before] * factors[before, label] * own[place, label] * backward[place, label] / total
                    )
        total = numpy.float32(0)
        for label in range(count):
            backward[place, label] *= forward[place, label]
            total += backward[place, label]
        for label in range(count):
            backward[place, label] /= total


@njit(fastmath=True, cache=True)
def factors_of(scores, own):
    """The factors of words from their scores, the greatest of each word 1."""
    for place in range(scores.shape[0]):
        highest = scores[place].max()
        for label in range(scores.shape[1]):
            own[place, label] = numpy.exp(scores[place, label] - highest)


@njit(cache=True)
def label_all(starts, offsets, rows, weights, transitions, path, probabilities):
    """For all sentences the best labels and the probabilities of the labels."""
    factors = numpy.exp(transitions)
    for sentence in range(len(starts) - 1):
        first, stop = starts[sentence], starts[sentence + 1]
        scores = numpy.zeros((stop - first, transitions.shape[0]), numpy.float32)
        for word in range(first, stop):
            add_weights(rows[offsets[word] : offsets[word + 1]], weights, scores[word - first])
        path[first:stop] = best(scores, transitions)
        own, forward = numpy.empty_like(scores), numpy.empty_like(scores)
        factors_of(scores, own)
        sum_over(own, factors, forward, probabilities[first:stop], numpy.zeros_like(factors))


@njit(fastmath=True, cache=True)
def shrunk(value, by):
    """A weight so much nearer to 0, and not beyond it."""
    return max(value - by, numpy.float32(0)) + min(value + by, numpy.float32(0))


@njit(fastmath=True, cache=True)
def epoch(order, starts, offsets, rows, teacher, masks, weights, squares, last, transitions, transition_squares, valid, step, rate, l1):
    """One round over the sentences: steps of AdaGrad with an L1 penalty (Duchi, Hazan and Singer 2011, composite mirror descent), where
    a feature's penalty is made up for when it is met again. The loss of a sentence is the cross entropy of the model's sequences beside
    the teacher's among those allowed. Returns the number of the last step and the mean size of a word's gradient."""
    count = transitions.shape[0]
    valid_factors = numpy.where(valid, numpy.float32(1), numpy.float32(0))
    size, words = 0.0, 0
    for sentence in order:
        first, stop = starts[sentence], starts[sentence + 1]
        length = stop - first
        step += 1
        scores = numpy.zeros((length, count), numpy.float32)
        for word in range(first, stop):
            score = scores[word - first]
            for at in range(offsets[word], offsets[word + 1]):
                row = rows[at]
                if row < 0:
                    continue
                owed = numpy.float32(step - last[row]) * l1 * rate
                if owed > 0:
                    last[row] = step
                    for column in range(count - 1):
                        weights[row, column] = shrunk(weights[row, column], owed / numpy.sqrt(squares[row, column]))
                for column in range(count - 1):
                    score[column + 1] += weights[row, column]
        own, forward = numpy.empty_like(scores), numpy.empty_like(scores)
        found, wanted = numpy.empty_like(scores), numpy.empty_like(scores)
        pairs, wanted_pairs = numpy.zeros((count, count), numpy.float32), numpy.zeros((count, count), numpy.float32)
        factors_of(scores, own)
        sum_over(own, numpy.exp(transitions) * valid_factors, forward, found, pairs)
        for word in range(length):
            mask = masks[first + word]
            for label in range(count):
                value = numpy.exp(numpy.float32(teacher[first + word, label]))
                own[word, label] = value if mask >> label & 1 else value * numpy.float32(NOT_ALLOWED)
            highest = own[word].max()
            for label in range(count):
                own[word, label] = own[word, label] / highest + numpy.float32(1e-20)
        sum_over(own, valid_factors, forward, wanted, wanted_pairs)
        for before in range(count):
            for label in range(count):
                slope = pairs[before, label] - wanted_pairs[before, label]
                transition_squares[before, label] += slope * slope
                transitions[before, label] -= rate * slope / numpy.sqrt(transition_squares[before, label])
        for word in range(length):
            largest = numpy.float32(0)
            for label in range(1, count):
                forward[word, label] = found[word, label] - wanted[word, label]
                largest = max(largest, abs(forward[word, label]))
            size += largest
            words += 1
            if largest < 1e-4:
                continue
            slopes = forward[word, 1:]
            for at in range(offsets[first + word], offsets[first + word + 1]):
                row = rows[at]
                if row < 0:
                    continue
                for column in range(count - 1):
                    slope = slopes[column]
                    square = squares[row, column] + slope * slope
                    squares[row, column] = square
                    weights[row, column] -= rate * slope / numpy.sqrt(square)
    return step, size / max(1, words)


@njit(fastmath=True, cache=True)
def settle(weights, squares, last, step, rate, l1):
    """What is still owed of the penalty, for all features."""
    for row in range(weights.shape[0]):
        for column in range(weights.shape[1]):
            owed = numpy.float32(step - last[row]) * l1 * rate
            weights[row, column] = shrunk(weights[row, column], owed / numpy.sqrt(squares[row, column]))
        last[row] = step


@njit(cache=True)
def find(hashes, known, bits, begins):
    """The row of each hash among the known ones, which are in order; -1 where it is not. `begins` has where each value of the first bits begins."""
    rows = numpy.empty(len(hashes), numpy.int32)
    for at in range(len(hashes)):
        value = hashes[at]
        bucket = numpy.int64(value >> numpy.uint64(64 - bits))
        row = -1
        for place in range(begins[bucket], begins[bucket + 1]):
            if known[place] == value:
                row = place
                break
        rows[at] = row
    return rows


def rows_of(hashes, known):
    """See `find`."""
    bits = max(1, min(24, len(known).bit_length() - 1))
    buckets = (known >> numpy.uint64(64 - bits)).astype(numpy.int64)
    begins = numpy.searchsorted(buckets, numpy.arange((1 << bits) + 1))
    return find(hashes, known, bits, begins)
