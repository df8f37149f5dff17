# {"verdict": "memory_limit", "limits": {"memory_mb": 128, "cpu_ms": 10000, "wall_ms": 15000}}
def solve(x):
    items = []
    while True:
        items.append("x" * 1000 + str(len(items)))
