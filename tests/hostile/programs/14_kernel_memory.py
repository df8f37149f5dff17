# {"verdict": ["runtime_error", "runtime_error", "runtime_error"], "tests": [{"args": ["memfd"], "expected": 0}, {"args": ["shm"], "expected": 0}, {"args": ["pipes"], "expected": 0}]}
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def solve(what):
    if what == "memfd":
        files = [os.memfd_create(str(i)) for i in range(40)]
        for file in files:
            for _ in range(64):
                os.write(file, b"x" * (1 << 20))
    elif what == "shm":
        for i in range(64):
            if libc.shmget(0, 64 << 20, 0o1600) < 0:
                raise OSError(ctypes.get_errno(), "shmget")
    else:
        pipes = [os.pipe() for _ in range(5000)]
        return len(pipes)
    return 0
