# {"verdict": ["runtime_error", "runtime_error", "runtime_error", "accepted"], "tests": [{"args": [1], "expected": 1}, {"args": [2], "expected": 2}, {"args": [3], "expected": 3}, {"args": [4], "expected": 4}]}
import os
import sys


def solve(x):
    if x == 1:
        sys.exit(0)
    if x == 2:
        os._exit(0)
    if x == 3:
        raise SystemExit
    return x
