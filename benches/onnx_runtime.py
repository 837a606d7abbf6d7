"""Scores windows with ONNX Runtime for `benches/tagger.rs`: MODEL WINDOWS JOBS. Prints `ready`, then seconds for each line it reads.

As in the tagger, windows are not padded and each thread computes alone: so both do the same arithmetic, and neither waits for the other's
threads within a matrix product. Strategies that share a product between threads are slower on windows of this size.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy
import onnxruntime


def main():
    model, windows, jobs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    feeds = []
    for line in open(windows):
        ids, cases = (numpy.array([part.split()], dtype=numpy.int64) for part in line.split(";"))
        feeds.append({"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": cases})
    print("ready", flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(lambda worker: [session.run(["logits"], feed) for feed in feeds[worker::jobs]], range(jobs)))
        print(time.perf_counter() - begun, flush=True)


if __name__ == "__main__":
    main()
