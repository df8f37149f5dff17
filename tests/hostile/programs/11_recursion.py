# {"verdict": "runtime_error", "exception": "RecursionError"}
def solve(x):
    return solve(x + 1) + 1
