# {"verdict": "accepted", "tests": [{"args": [1], "expected": []}], "absent": ["root:"]}
import os


def solve(x):
    breaches = []
    for path in ("/etc/passwd", "/etc/shadow", "/etc/group", "/etc/hostname", "/etc/resolv.conf", "/root",
                 "/home", "/var/log", "/proc/self/root/etc/passwd", "/usr/../etc/passwd", "/box/../etc/passwd"):
        try:
            if os.path.isdir(path):
                names = os.listdir(path)
                breaches += [f"{path}/{name}" for name in names]
            else:
                with open(path) as file:
                    breaches.append(file.read(40))
        except OSError:
            pass
    return breaches
