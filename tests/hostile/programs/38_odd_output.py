# {"verdict": "accepted", "tests": [{"args": [1], "expected": 1}], "stdout": "</script>"}
import os


def solve(x):
    os.write(1, b"\xff\xfe\x80 \x00 \x1b[31mred\x1b[0m </script><b>bold</b> \xed\xa0\x80\n")
    return 1
