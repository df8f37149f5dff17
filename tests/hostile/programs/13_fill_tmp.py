# {"verdict": ["runtime_error", "accepted"], "tests": [{"args": [1], "expected": 0}, {"args": [2], "expected": []}], "limits": {"memory_mb": 512, "cpu_ms": 10000, "wall_ms": 15000}}
import os


def solve(x):
    if x == 2:
        try:
            return os.listdir("/tmp")
        except OSError:
            return []
    number = 0
    while True:
        with open(f"/tmp/f{number}", "wb") as file:
            file.write(b"x" * (1 << 20))
        number += 1
        if number > 2000:
            return number
