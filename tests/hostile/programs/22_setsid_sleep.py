# {"verdict": "time_limit", "limits": {"cpu_ms": 1000, "wall_ms": 1000}, "wall_at_most_ms": 2500}
import os
import signal
import time


def solve(x):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        os.setsid()
    except OSError:
        pass
    time.sleep(60)
    return x
