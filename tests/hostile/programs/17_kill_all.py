# {"verdict": ["runtime_error", "runtime_error", "accepted"], "tests": [{"args": [1], "expected": 1}, {"args": [2], "expected": 2}, {"args": [3], "expected": 3}]}
import os
import signal


def solve(x):
    if x == 1:
        os.kill(-1, signal.SIGKILL)
    if x == 2:
        os.kill(os.getppid(), signal.SIGKILL)
    return x
