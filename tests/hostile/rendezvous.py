# Two of these run at the same time; each gets its own word and the other's.
import ctypes
import fcntl
import os
import socket
import time

libc = ctypes.CDLL(None, use_errno=True)
FOLDERS = ("/tmp", "/box", "/dev", "/dev/shm", "/var/tmp", "/run", "/run/lock", "/")


def tell_by_files(word):
    for folder in FOLDERS:
        try:
            with open(f"{folder}/{word}", "w") as file:
                file.write(word)
        except OSError:
            pass


def hear_by_files(other, heard):
    for folder in FOLDERS:
        if os.path.exists(f"{folder}/{other}"):
            heard.add(folder)


# A lock that the other holds is a message.
def hold_locks(heard):
    held = []
    for path in ("/usr/bin/env", "/usr/lib/os-release", "/dev/null", "/dev/urandom"):
        for lock in (fcntl.flock, fcntl.lockf):
            try:
                file = open(path, "r+b" if lock is fcntl.lockf else "rb")
                lock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                held.append(file)
            except BlockingIOError:
                heard.add(f"{lock.__name__} {path}")
            except OSError:
                pass
    return held


# A file that the other opens is one as well.
def watch_files():
    watcher = libc.inotify_init1(os.O_NONBLOCK)
    if watcher < 0 or libc.inotify_add_watch(watcher, b"/usr/lib/os-release", 0xFFF) < 0:
        return None
    return watcher


def solve(word, other):
    heard = set()
    end = time.monotonic() + 1.5
    sockets = []
    try:
        sockets.append(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        sockets[0].bind("\0" + word)
    except OSError:
        pass
    queue = libc.syscall(68, 4711, 0o1666)
    memory = libc.syscall(29, 4711, 4096, 0o1666)
    key = libc.syscall(248, b"user", word.encode(), word.encode(), len(word), -5)
    if queue >= 0 or memory >= 0 or key >= 0:
        heard.add("System V or keyring")
    held = hold_locks(heard)
    if watch_files() is not None:
        heard.add("inotify")
    while time.monotonic() < end:
        tell_by_files(word)
        hear_by_files(other, heard)
        for one in sockets:
            try:
                one.sendto(word.encode(), "\0" + other)
                heard.add("abstract socket")
            except OSError:
                pass
        time.sleep(0.05)
    del held
    return sorted(heard)
