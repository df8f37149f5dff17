# {"verdict": "memory_limit"}
import mmap


def solve(x):
    block = mmap.mmap(-1, 1 << 30)
    for at in range(0, 1 << 30, 4096):
        block[at] = 1
    return x
