# {"verdict": "output_limit|accepted", "limits": {"cpu_ms": 10000, "wall_ms": 10000, "output_kb": 64}, "stderr_at_most": 70000}
import sys


def solve(x):
    for _ in range(100000):
        sys.stderr.write("x" * 1000)
    return 1
