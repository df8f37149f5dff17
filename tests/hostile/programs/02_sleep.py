# {"verdict": "time_limit", "limits": {"cpu_ms": 1000, "wall_ms": 1000}, "cpu_at_most_ms": 300, "wall_at_most_ms": 2500}
import time


def solve(x):
    time.sleep(60)
    return x
