# {"verdict": "runtime_error", "exception": "ValueError", "message_at_most": 2100, "tests": [{"args": ["secret input"], "expected": 1}]}
def solve(text):
    raise ValueError(f"the input was {text} " + "x" * 100000)
