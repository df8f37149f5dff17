# {"verdict": "output_limit", "limits": {"memory_mb": 512, "cpu_ms": 10000, "wall_ms": 15000}}
def solve(x):
    return "x" * (64 << 20)
