"""Scores windows with ONNX Runtime for `benches/tagger.rs`: MODEL WINDOWS JOBS. Prints `ready`, then seconds for each line it reads.

Each thread computes alone, and windows go through the graph eight together, padded to the longest; they come sorted by length within
a call of the tagger's, so that padding is little. That is the quickest way found for it: on one core windows alone are 0.7 times as fast, four
together as fast, sixteen 0.9 times. (What eight together give is not what they give alone, because one scale serves the whole tensor; it is only
timed here.)
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy
import onnxruntime


TOGETHER = 8


def feed(rows):
    longest = max(len(ids) for ids, _ in rows)
    ids, cases, mask = (numpy.zeros((len(rows), longest), dtype=numpy.int64) for _ in range(3))
    for row, (own_ids, own_cases) in enumerate(rows):
        ids[row, : len(own_ids)] = own_ids
        cases[row, : len(own_cases)] = own_cases
        mask[row, : len(own_ids)] = 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": cases}


def main():
    model, windows, jobs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    rows = [[part.split() for part in line.split(";")] for line in open(windows)]
    feeds = [feed(rows[first : first + TOGETHER]) for first in range(0, len(rows), TOGETHER)]
    print("ready", flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(lambda worker: [session.run(["logits"], feed) for feed in feeds[worker::jobs]], range(jobs)))
        print(time.perf_counter() - begun, flush=True)


if __name__ == "__main__":
    main()
