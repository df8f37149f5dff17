# {"verdict": "time_limit", "limits": {"cpu_ms": 500, "wall_ms": 6000}, "wall_at_most_ms": 3000}
import signal


def solve(x):
    for number in (signal.SIGXCPU, signal.SIGALRM, signal.SIGTERM, signal.SIGINT, signal.SIGPROF):
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass
