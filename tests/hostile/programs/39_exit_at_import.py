# {"verdict": "runtime_error"}
import sys


def solve(x):
    return x


sys.exit(0)
