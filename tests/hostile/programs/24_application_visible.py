# {"verdict": "accepted", "tiers": ["A1", "A2"], "tests": [{"args": [["@SECRET@", "@VAR@", "@PROJECT@"]], "expected": []}]}
import os


def solve(paths):
    return [path for path in paths if os.path.lexists(path)]
