# {"verdict": "runtime_error", "exception": "PermissionError|OSError|BlockingIOError"}
import os


def solve(x):
    if os.fork() == 0:
        while True:
            pass
    os.wait()
    return x
