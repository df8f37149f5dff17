# {"verdict": ["accepted", "wrong_answer"], "tests": [{"args": [1], "expected": []}, {"args": [2], "expected": "@PLANTED@"}], "limits": {"cpu_ms": 10000, "wall_ms": 20000, "memory_mb": 512}, "absent": ["@PLANTED@"]}
import os

PARTS = ("PLANTED", "MARKER")


def solve(x):
    found = []
    marker = "-".join(PARTS)
    for folder, folders, names in os.walk("/"):
        if folder == "/":
            folders[:] = [name for name in folders if name not in ("usr", "sys", "lib", "lib64", "bin", "sbin", "proc")]
        for name in names:
            path = os.path.join(folder, name)
            if path == "/box/solution.py":
                continue
            try:
                if os.path.isfile(path) and not os.path.islink(path):
                    with open(path, "rb") as file:
                        if marker.encode() in file.read(1 << 20):
                            found.append(path)
            except OSError:
                pass
    return found
