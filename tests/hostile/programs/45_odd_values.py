# {"verdict": "wrong_answer|runtime_error", "tests": [{"args": [1], "expected": 1}, {"args": [2], "expected": 1}, {"args": [3], "expected": 1}, {"args": [4], "expected": 1}, {"args": [5], "expected": 1}, {"args": [6], "expected": 1}, {"args": [7], "expected": 1}, {"args": [8], "expected": 1}, {"args": [9], "expected": 1}]}
class Liar:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


class LyingInt(int):
    def __eq__(self, other):
        return True

    def __repr__(self):
        return "1"

    __str__ = __repr__


def solve(x):
    if x == 1:
        return Liar()
    if x == 2:
        loop = []
        loop.append(loop)
        return loop
    if x == 3:
        deep = []
        for _ in range(100000):
            deep = [deep]
        return deep
    if x == 4:
        return float("nan")
    if x == 5:
        return 10**5000
    if x == 6:
        return {1: "a", "1": "b", True: "c"}
    if x == 7:
        return "\ud800"
    if x == 8:
        return LyingInt(5)
    return {"ok": 1}
