# {"verdict": "time_limit", "limits": {"cpu_ms": 500, "wall_ms": 5000}, "cpu_at_least_ms": 400, "wall_at_most_ms": 2500}
def solve(x):
    while True:
        pass
