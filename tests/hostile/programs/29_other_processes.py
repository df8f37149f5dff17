# {"verdict": "accepted", "tests": [{"args": [[1, "@PARENT@"]], "expected": []}]}
import os
import resource


def solve(pids):
    breaches = []
    for pid in {int(pid) for pid in pids} | {os.getppid()} - {0}:
        for name, action in (("setpriority", lambda: os.setpriority(os.PRIO_PROCESS, pid, 19)),
                             ("prlimit", lambda: resource.prlimit(pid, resource.RLIMIT_NOFILE, (10, 10))),
                             ("sched_setaffinity", lambda: os.sched_setaffinity(pid, {0})),
                             ("kill", lambda: os.kill(pid, 0))):
            try:
                action()
                breaches.append(f"{name} {pid}")
            except OSError:
                pass
    return breaches
