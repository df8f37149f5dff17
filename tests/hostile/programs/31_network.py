# {"verdict": "accepted", "tests": [{"args": [1], "expected": []}]}
import ctypes
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)


def attempt(breaches, name, action):
    try:
        action()
        breaches.append(name)
    except OSError:
        pass


def solve(x):
    breaches = []
    attempt(breaches, "tcp", lambda: socket.create_connection(("127.0.0.1", 80), 1))
    attempt(breaches, "tcp6", lambda: socket.create_connection(("::1", 80), 1))
    attempt(breaches, "udp", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("8.8.8.8", 53)))
    attempt(breaches, "dns", lambda: socket.getaddrinfo("example.org", 80))
    attempt(breaches, "raw", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))
    attempt(breaches, "packet", lambda: socket.socket(17, socket.SOCK_RAW, 3))
    attempt(breaches, "abstract", lambda: socket.socket(socket.AF_UNIX).bind("\0viva"))
    attempt(breaches, "unix", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
    attempt(breaches, "vsock", lambda: socket.socket(40, socket.SOCK_STREAM))
    attempt(breaches, "netlink", lambda: socket.socket(16, socket.SOCK_RAW, 0))
    attempt(breaches, "alg", lambda: socket.socket(38, 5, 0))
    return breaches
