# {"verdict": "wrong_answer", "tests": [{"args": [1], "expected": "@PLANTED@"}], "limits": {"cpu_ms": 10000, "wall_ms": 15000, "memory_mb": 512}, "absent": ["@PLANTED@"]}
import gc
import sys

PARTS = ("PLANTED", "MARKER")


def solve(x):
    found = []
    marker = "-".join(PARTS)
    frame = sys._getframe()
    while frame:
        for name, value in list(frame.f_locals.items()) + list(frame.f_globals.items()):
            if isinstance(value, (str, bytes, list, dict)) and marker in repr(value)[:100000]:
                if name not in ("marker", "PARTS"):
                    found.append(name)
        frame = frame.f_back
    for thing in gc.get_objects():
        if isinstance(thing, (list, tuple, dict)) and thing is not found:
            try:
                if any(isinstance(item, str) and item.startswith(marker + "-") for item in thing):
                    found.append(str(thing)[:200])
            except Exception:
                pass
    return found or "nothing"
