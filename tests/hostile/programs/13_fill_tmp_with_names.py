# {"verdict": "runtime_error", "tests": [{"args": [1], "expected": 0}], "limits": {"cpu_ms": 10000, "wall_ms": 15000}}
def solve(x):
    for number in range(100000):
        open(f"/tmp/f{number}", "wb").close()
    return number
