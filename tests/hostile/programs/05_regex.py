# {"verdict": "time_limit", "limits": {"cpu_ms": 500, "wall_ms": 5000}}
import re


def solve(x):
    return bool(re.match(r"(a+)+$", "a" * 60 + "b"))
