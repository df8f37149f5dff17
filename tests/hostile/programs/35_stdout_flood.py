# {"verdict": "output_limit", "limits": {"cpu_ms": 10000, "wall_ms": 10000, "output_kb": 64}, "wall_at_most_ms": 1500}
def solve(x):
    while True:
        print("x" * 1000)
