"""Runs Python solutions for the judge: python3 -I -S -B zygote.py function|stdin

A warm interpreter that never sees a candidate's code. For each test it forks a child;
lib/judge/box/protocol.h says how. The child reads the solution beside it and, for a function, the
call as JSON from descriptor 3, and writes one frame to 4: {"ok": value} or {"exc": class,
"msg": text, "line": n}. A program that reads its input gives only the latter. References
that the end of a test needs are taken before the solution runs: not for safety, but so that
a patched module does not look like a fault of the judge.
"""
# Some for what follows, all as a warm start of what solutions import.
import abc, array, atexit, bisect, builtins, collections, collections.abc, copy, ctypes  # noqa
import dataclasses, datetime, decimal, enum, fractions, functools, gc, heapq, io, itertools  # noqa
import json, linecache, math, operator, os, queue, random, re, resource, socket, statistics  # noqa
import string, struct, sys, textwrap, threading, time, traceback, types, typing  # noqa
import _sitebuiltins

__builtins__ = dict(vars(builtins))  # of the functions below; a solution may patch its own

SOLUTION = "solution.py"  # as it stands in messages
SOLUTION_PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), SOLUTION)
MAX_DEPTH = 60  # of an answer; the judge reads 64 with what stands around it
MAX_NODES = 1_000_000
MAX_MESSAGE = 2000
MAX_RECURSION = 20_000
STACK_BYTES = 64 << 20  # so deep a recursion through C functions ends as RecursionError
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 4, 22, 38
SECCOMP_MODE_FILTER = 2
SOCKET, FILTER = 3, 4
PLAIN = {int, str, bool, type(None)}
ITERABLES = (list, tuple, range, collections.deque, collections.abc.Iterator, array.array,
             collections.abc.KeysView, collections.abc.ValuesView, collections.abc.ItemsView,
             bytes, bytearray)

decode, pack, isfinite = json.loads, struct.pack, math.isfinite
write, leave = os.write, os._exit
has_nul = re.compile(r"(?<!\\)(?:\\\\)*\\u0000").search
as_ascii, as_unicode = (
    json.encoder.c_make_encoder(None, None, escape, None, ": ", ", ", False, False, False)
    for escape in (json.encoder.encode_basestring_ascii, json.encoder.encode_basestring))
ballast = bytearray(1 << 20)  # given back when memory ran out, to have some to say so


class NoAnswer(Exception):
    """What the function returned cannot be an answer."""


class ListNode:
    def __init__(self, val=0, next=None):
        self.val, self.next = val, next


class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val, self.left, self.right = val, left, right


# --- arguments and answers ----------------------------------------------------


def list_from(values, node):
    head = None
    for value in reversed(values):
        head = node(value, head)
    return head


def tree_from(values, node):
    """A tree given level by level, None for a missing child."""
    if not values or values[0] is None:
        return None
    rest = iter(values)
    root = node(next(rest))
    parents = collections.deque([root])
    for left in rest:
        parent = parents.popleft()
        for side, value in (("left", left), ("right", next(rest, None))):
            if value is not None:
                child = node(value)
                setattr(parent, side, child)
                parents.append(child)
    return root


def argument(value, kind, nodes):
    if kind.endswith("[]"):
        return [argument(item, kind[:-2], nodes) for item in value]
    if kind == "list_node":
        return list_from(value or [], nodes[0])
    if kind == "tree_node":
        return tree_from(value, nodes[1])
    if kind == "double" and type(value) is int:
        return float(value)
    return value


def list_values(head):
    values = []
    while head is not None:
        if len(values) == MAX_NODES:
            raise NoAnswer("the list is too long or has a cycle")
        values.append(head.val)
        head = head.next
    return values


def tree_values(root):
    values, level = [], collections.deque([root])
    while level:
        if len(values) == MAX_NODES:
            raise NoAnswer("the tree is too large or has a cycle")
        node = level.popleft()
        values.append(None if node is None else node.val)
        if node is not None:
            level.extend((node.left, node.right))
    while values and values[-1] is None:
        values.pop()
    return values


def result(value, kind):
    """Nodes as arrays; all else stays, whatever the signature promised."""
    if kind.endswith("[]") and isinstance(value, (list, tuple)):
        return [result(item, kind[:-2]) for item in value]
    if kind == "list_node" and not isinstance(value, list):
        return list_values(value)
    if kind == "tree_node" and not isinstance(value, list):
        return tree_values(value)
    return value


def sorted_set(values):
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=repr)


def normal(value, depth=0):
    """The value in terms of what JSON has; never the object itself if it is mutable."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if depth > MAX_DEPTH:
        raise NoAnswer("the answer nests too deep or contains itself")
    if issubclass(kind, float):
        value = float(value)
        return value if isfinite(value) else {"$float": repr(value)}
    if issubclass(kind, int):
        return int(value)
    if issubclass(kind, str):
        return str.__str__(value)
    if issubclass(kind, dict):
        return {key if type(key) in PLAIN or type(key) is float else key_text(key):
                normal(item, depth + 1) for key, item in dict.items(value)}
    if issubclass(kind, (set, frozenset)):
        value = sorted_set(value)
    elif not issubclass(kind, ITERABLES):
        raise NoAnswer(f"a value of type {kind.__name__} cannot be an answer")
    value = list(value)
    if set(map(type, value)) <= PLAIN:
        return value
    return [normal(item, depth + 1) for item in value]


def key_text(key):
    if isinstance(key, (str, int)):
        return normal(key)
    raise NoAnswer(f"a key of type {type(key).__name__} cannot be in an answer")


def answer_text(value):
    try:
        text = "".join(as_unicode({"ok": normal(value)}, 0)).encode()
    except UnicodeEncodeError:
        raise NoAnswer("a text of the answer is not valid Unicode") from None
    if b"\\u0000" in text and has_nul(text.decode()):
        raise NoAnswer("a text of the answer has a NUL character")
    return text


# --- frames -------------------------------------------------------------------


def send(text):
    rest = memoryview(pack(">I", len(text)) + text)
    while rest:
        rest = rest[write(4, rest):]


def line_of(error):
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == SOLUTION:
            line = trace.tb_lineno
        trace = trace.tb_next
    if line == 0 and isinstance(error, SyntaxError):
        line = error.lineno or 0
    return line


def message_of(error):
    try:
        text = str(error.msg if isinstance(error, SyntaxError) else error)[:MAX_MESSAGE]
        return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    except BaseException:
        return "(an exception whose text cannot be read)"


def send_exception(error, line, is_compile=False):
    fault = {"exc": type(error).__name__[:200], "msg": message_of(error), "line": line}
    if is_compile:
        fault["compile"] = True
    send("".join(as_ascii(fault, 0)).encode())


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass


# --- the child ----------------------------------------------------------------


def lock_in(descriptors, libc, program):
    """Descriptors 0 to 4 in place, nothing else open, no more processes from here on."""
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
    os.closerange(5, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    if (libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
            or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(program), 0, 0)):
        leave(120)


def open_streams():
    """Anew: those of the zygote have looked at other files than these descriptors are now."""
    settings = {"encoding": "utf-8", "closefd": False}
    sys.stdin = sys.__stdin__ = open(0, errors="surrogateescape", **settings)
    sys.stdout = sys.__stdout__ = open(1, "w", errors="surrogateescape", **settings)
    sys.stderr = sys.__stderr__ = open(2, "w", errors="backslashreplace", buffering=1, **settings)


def compiled():
    with open(SOLUTION_PATH, "rb") as file:
        source = file.read()
    try:
        return compile(source, SOLUTION, "exec", dont_inherit=True)
    except BaseException as error:
        send_exception(error, line_of(error), is_compile=True)
        print(f'  File "{SOLUTION}", line {line_of(error)}\n{type(error).__name__}: '
              f"{message_of(error)}", file=sys.stderr)
        flush()
        leave(1)


def new_module(name):
    module = types.ModuleType(name)
    module.__file__ = SOLUTION
    module.__builtins__ = builtins
    sys.modules[name] = sys.modules["__main__"] = module
    return module.__dict__


def awaited(value):
    if isinstance(value, types.CoroutineType):
        import asyncio
        return asyncio.run(value)
    return value


def call(code, job):
    names = new_module("solution")
    names.update(ListNode=ListNode, TreeNode=TreeNode)
    exec(code, names)
    function = names.get(job["function"])
    if function is None and isinstance(names.get("Solution"), type):
        function = getattr(names["Solution"](), job["function"], None)
    if function is None:
        raise NameError(f"the function {job['function']} is not defined")
    types_of = job["types"] or [""] * len(job["args"])
    nodes = names.get("ListNode", ListNode), names.get("TreeNode", TreeNode)
    arguments = [argument(*pair, nodes) for pair in zip(job["args"], types_of)]
    value = awaited(function(*arguments))
    if job["in_place"]:
        return result(arguments[0], types_of[0])
    return result(value, job["returns"])


def run_function(code):
    global ballast
    with open(3, "rb") as file:
        job = decode(file.read())
    try:
        text = answer_text(call(code, job))
    except SystemExit:
        flush()
        leave(1)
    except BaseException as error:
        ballast = None
        line = line_of(error)
        send_exception(BaseException.with_traceback(error, None), line)
    else:
        flush()
        send(text)
        leave(0)
    flush()
    leave(1)


def exit_status(error):
    """As the interpreter ends a program that raised SystemExit."""
    if error.code is None or isinstance(error.code, int):
        return (error.code or 0) & 255
    print(error.code, file=sys.stderr)
    return 1


def print_trace(error):
    """As the interpreter does, but without the zygote."""
    with open(SOLUTION_PATH, "rb") as file:
        lines = file.read().decode("utf-8", "replace").splitlines(True)
    linecache.cache[SOLUTION] = (0, None, lines, SOLUTION)
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename != SOLUTION:
        trace = trace.tb_next
    error.__traceback__ = trace
    traceback.print_exception(error, file=sys.__stderr__)


def run_program(code):
    """The solution as a script, with the end of a real one: threads, exit handlers, status."""
    global ballast
    status = 0
    try:
        exec(code, new_module("__main__"))
    except SystemExit as error:
        status = exit_status(error)
    except BaseException as error:
        ballast, status = None, 1
        send_exception(error, line_of(error))
        print_trace(error)
    threading._shutdown()
    atexit._run_exitfuncs()
    flush()
    leave(status)


def run_child(kind, libc, program, descriptors):
    try:
        if os.read(descriptors[5], 1) != b"":
            lock_in(descriptors[:5], libc, program)
            open_streams()
            code = compiled()
            run_program(code) if kind == "stdin" else run_function(code)
    finally:
        leave(121)


# --- the zygote ---------------------------------------------------------------


class SockFprog(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def fork_child(box, kind, libc, program, descriptors):
    """Forks twice, so that the child belongs to the init of the box."""
    middle = os.fork()
    if middle != 0:
        os.waitpid(middle, 0)
        return
    try:
        child = os.fork()
        if child == 0:
            run_child(kind, libc, program, descriptors)
        box.send(struct.pack("=i", child))
    except OSError:
        box.send(struct.pack("=i", -1))
    finally:
        leave(0)


def serve(kind):
    libc = ctypes.CDLL(None)
    libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    hard = resource.getrlimit(resource.RLIMIT_STACK)[1]
    resource.setrlimit(resource.RLIMIT_STACK, (STACK_BYTES, hard))
    rules = os.pread(FILTER, 1 << 16, 0)
    program = SockFprog(len(rules) // 8, rules)
    box = socket.socket(fileno=SOCKET)
    while True:
        message, descriptors, _, _ = socket.recv_fds(box, 64, 6)
        if not message:
            return
        try:
            fork_child(box, kind, libc, program, descriptors)
        except OSError:
            box.send(struct.pack("=i", -1))
        for descriptor in descriptors:
            os.close(descriptor)


if __name__ == "__main__":
    builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D")
    builtins.quit = _sitebuiltins.Quitter("quit", "Ctrl-D")
    if hasattr(sys, "set_int_max_str_digits"):  # an older Python has no such limit
        sys.set_int_max_str_digits(100_000)
    sys.setrecursionlimit(MAX_RECURSION)
    mode, sys.argv = sys.argv[1], [SOLUTION]
    gc.collect()
    gc.freeze()
    serve(mode)
