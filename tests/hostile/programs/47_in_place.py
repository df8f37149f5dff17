# {"verdict": ["accepted", "accepted"], "in_place": true, "tests": [{"args": [[3, 1, 2]], "expected": [1, 2, 3]}, {"args": [[2, 1]], "expected": [1, 2]}]}
def solve(items):
    items.sort()
