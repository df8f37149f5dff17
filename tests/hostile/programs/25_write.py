# {"verdict": "accepted", "tests": [{"args": [1], "expected": []}]}
import os


def solve(x):
    breaches = []
    for folder in ("/", "/usr", "/usr/bin", "/usr/lib", "/lib", "/etc", "/dev", "/box", "/root", "/var", "/proc", "/dev/shm"):
        path = folder.rstrip("/") + "/planted"
        try:
            with open(path, "w") as file:
                file.write("x")
            breaches.append(path)
        except OSError:
            pass
        try:
            os.mkdir(path + "-folder")
            breaches.append(path + "-folder")
        except OSError:
            pass
    for path in ("/box/solution.py", "/usr/bin/env", "/dev/null"):
        for action in (lambda: os.truncate(path, 0), lambda: os.remove(path), lambda: os.rename(path, "/tmp/x")):
            try:
                action()
                if path != "/dev/null" or not os.path.exists(path):
                    breaches.append(path)
            except OSError:
                pass
        if path == "/dev/null":
            continue
        try:
            open(path, "ab").close()
            breaches.append("append " + path)
        except OSError:
            pass
    return breaches
