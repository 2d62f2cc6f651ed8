"""Warm kernels: each is forked from a process that has made the heavy imports and loaded the language model already.

`WarmProvisioner` is a plug-in of jupyter_client's; the kernelspec `retold-warm` names it, so `papermill --kernel
retold-warm` works by hand. A process that starts kernels has one server, begun with its first kernel and ended with it,
SIGKILL included: the server sees the end of its pipe. A kernel is a process of its own, in a session of its own, and
does what `python -m ipykernel_launcher` would do. Where forking is not to be had, or the server cannot start, ordinary
kernels are started.

The protocol: a byte on the server's socket, with one end of a channel. The child reads its request from the channel (a
line of JSON) and writes its process id; when it has ended, the server writes its exit code.
"""
import asyncio
import atexit
import builtins
import contextlib
import gc
import importlib.util
import json
import os
import random
import selectors
import signal
import socket
import subprocess
import sys
import time
from importlib.metadata import EntryPoint
from types import SimpleNamespace

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

NAME = "retold-warm"
LAUNCHER = "ipykernel_launcher"
# What every kernel imports as it starts, whatever its notebook.
STARTING = ("ipykernel.ipkernel", "ipykernel.kernelapp", "ipykernel.zmqshell", "ipykernel.debugger",
            "IPython.core.completerlib", "IPython.core.debugger", "IPython.extensions.storemagic", "sqlite3",
            "tornado.platform.asyncio")
# What the notebooks import. (The tagger's session has one thread, the caller's, so a child can use its parent's.) First
# helpers.tables, for pandera goes by the storage of strings that it sets (in every warm kernel, asked for or not).
PRELOAD = ("helpers.tables", "pandera.pandas", "pandas.io.formats.html", "matplotlib.pyplot", "krippendorff",
           "networkx", "scipy.special", "jinja2", "onnxruntime", "tokenizers", "helpers.agreement",
           "helpers.annotations", "helpers.assessment", "helpers.corpus_page", "helpers.figures_survey",
           "helpers.figures", "helpers.hypotheses", "helpers.inside", "helpers.positions", "helpers.proposals",
           "helpers.reading", "helpers.report", "helpers.retelling", "helpers.survey", "helpers.tipping", "helpers.truth",
           "helpers.visible", "helpers.watching")
INLINE = "module://matplotlib_inline.backend_inline"  # what ipykernel sets before a notebook imports matplotlib
# What a process takes from its environment once and for all, when it starts or imports: kernels that differ in one of
# these do not share a server.
_LASTING = ("PYTHON", "LD_", "DYLD_", "LC_", "LANG", "TZ", "OMP_", "OPENBLAS_", "MKL_", "VIRTUAL_ENV", "MPL", "HOME")
PATIENCE = 60.0  # seconds that a server may take to load and fork; then an ordinary kernel serves
_servers: "dict[tuple, Server]" = {}


def use() -> None:
    """From now on each kernel that this process starts is warm, unless its kernelspec names another provisioner."""
    factory = KernelProvisionerFactory.instance()
    factory.provisioners.setdefault(NAME, EntryPoint(NAME, f"{__name__}:WarmProvisioner", factory.GROUP_NAME))
    factory.default_provisioner_name = NAME


class WarmProvisioner(LocalProvisioner):
    """Starts kernels of ipykernel's by forking; in all else the provisioner that jupyter_client has."""

    async def launch_kernel(self, cmd: list[str], **kwargs) -> dict:
        """Start the kernel that `cmd` would start, as an ordinary one if it must be."""
        ends = [kwargs.get(name) for name in ("stdout", "stderr")]
        plain = not kwargs.get("stdin") and not kwargs.get("independent") and set(ends) <= {None, subprocess.DEVNULL}
        if plain and LAUNCHER in cmd and hasattr(os, "fork") and hasattr(socket, "send_fds"):
            at, env = cmd.index(LAUNCHER), dict(kwargs.get("env") or os.environ)
            with contextlib.suppress(OSError, ValueError):
                self.process = await asyncio.to_thread(
                    _fork, cmd[:at - 1], cmd[at + 1:], str(kwargs.get("cwd") or os.getcwd()), env,
                    [number for number, end in enumerate(ends, 1) if end is not None])
                self.pid = self.pgid = self.process.pid
                self.cwd = kwargs.get("cwd") or os.getcwd()
                return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)

    async def kill(self, restart: bool = False) -> None:
        """Kill it and see it end: jupyter_client would look again after a tenth of a second."""
        await super().kill(restart)
        if isinstance(self.process, Kernel):
            await asyncio.to_thread(_ready, self.process.channel, 0.1)


def _fork(python: list[str], args: list[str], cwd: str, env: dict[str, str], silent: list[int]) -> "Kernel":
    lasting = tuple(sorted(item for item in env.items() if item[0].startswith(_LASTING)))
    key = (os.getpid(), *python, lasting)  # a fork of this process has servers of its own
    if key not in _servers or _servers[key].process.poll() is not None:
        _servers[key] = Server(python, env)
    return _servers[key].kernel({"args": args, "cwd": cwd, "env": env, "silent": silent})


class Server:
    """The process that kernels are forked from, as seen by the one that started it."""

    def __init__(self, python: list[str], env: dict[str, str]):
        """Raises OSError if it cannot be started. It says so later, to `kernel`, if it cannot import this module."""
        self.socket, theirs = socket.socketpair()
        with theirs:
            # What lies in the folder that a person is in is not imported; -P would stay a flag of the kernels.
            code = (f"import sys; sys.path[:1] = [p for p in sys.path[:1] if p]; "
                    f"from {__name__} import serve; serve({theirs.fileno()})")
            self.process = subprocess.Popen([*python, "-c", code], env=env, stdin=subprocess.DEVNULL,
                                            pass_fds=[theirs.fileno()], start_new_session=True)
        self.owner = os.getpid()
        atexit.register(self.stop)

    def stop(self, patience: float = 10) -> None:
        """End it and its kernels, and wait until it has ended; without this it ends with its owner all the same."""
        if os.getpid() != self.owner:
            return
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)  # closing is not enough where a fork of the owner has it open
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:  # it hangs
            self.process.kill()
            self.process.wait()

    def kernel(self, request: dict) -> "Kernel":
        """A new kernel, once it is there. Raises OSError or ValueError if it cannot be had, or not in time."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self.socket, [b"k"], [theirs.fileno()])
        ours.settimeout(PATIENCE)
        ours.sendall(json.dumps(request).encode() + b"\n")
        found = Kernel(ours)
        ours.settimeout(None)
        return found


class Kernel:
    """A kernel's process, with as much of subprocess.Popen as LocalProvisioner asks for."""

    stdin = stdout = stderr = None

    def __init__(self, channel: socket.socket):
        self.lines = channel.makefile("rb")
        self.channel, self.returncode = channel, None
        first = self.lines.readline()
        if not first.startswith(b"pid "):  # an exit code, or nothing: the child ended before it was a kernel
            raise ValueError("no kernel was forked")
        self.pid = int(first[4:])

    def poll(self) -> "int | None":
        """The exit code, None as long as it runs; -SIGKILL if the server is gone, whose end ends its kernels."""
        if self.returncode is None and _ready(self.channel):
            self.returncode = int(self.lines.readline() or -signal.SIGKILL)
            self.lines.close()
            self.channel.close()
        return self.returncode

    def wait(self) -> int:
        """Wait for its end and return the exit code."""
        while self.poll() is None:
            time.sleep(0.02)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Nothing is sent to a process that has ended: its id may be another's."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _ready(channel: socket.socket, patience: float = 0) -> bool:
    if channel.fileno() < 0:  # its end has been read
        return True
    with selectors.DefaultSelector() as selector:
        selector.register(channel, selectors.EVENT_READ)
        return bool(selector.select(patience))


def preload() -> dict[str, str]:
    """Import and load what kernels and notebooks will ask for; what is not installed is left out.

    Returns the variables that a kernel's own start sets in its environment.
    """
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # or the debugger prints advice that nobody asked for
    before = dict(os.environ)
    for name in STARTING:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    made = {name: value for name, value in os.environ.items() if name not in before}
    given = os.environ.get("MPLBACKEND")
    os.environ["MPLBACKEND"] = given or INLINE
    # pandas asks, when it is imported, whether it is in a notebook, and fits its tables to a terminal if it is not.
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)
    with contextlib.suppress(ImportError):
        importlib.import_module("pandas")
    del builtins.get_ipython
    for name in PRELOAD:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    if given is None:
        del os.environ["MPLBACKEND"]
    with contextlib.suppress(Exception):  # a notebook that needs what is missing says what is wrong with it
        from helpers import rehearsing
        rehearsing.rehearse()
    gc.collect()
    gc.freeze()  # the collector would write to pages that are shared with every kernel
    return made


def serve(fd: int) -> None:
    """The server: preload, then fork a kernel for each request until the other end is gone; then end all of them.

    Returns in the child, when its kernel has been shut down.
    """
    control, channels = socket.socket(fileno=fd), {}
    control.set_inheritable(False)
    made = preload()
    awake, wake = socket.socketpair()
    for end in (awake, wake):
        end.setblocking(False)
    signal.set_wakeup_fd(wake.fileno())
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    selector.register(awake, selectors.EVENT_READ)
    while True:
        ready = [key.fileobj for key, _ in selector.select()]
        if awake in ready:
            with contextlib.suppress(BlockingIOError):
                awake.recv(4096)
            _reap(channels)
        if control not in ready:
            continue
        _, fds, _, _ = socket.recv_fds(control, 1, 1)
        if not fds:
            for child in channels:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child, signal.SIGKILL)
            os._exit(0)
        channel = socket.socket(fileno=fds[0])
        if child := os.fork():
            channels[child] = channel
            continue
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        selector.close()
        for other in (control, awake, wake, *channels.values()):
            other.close()
        return _become(channel, made)


def _reap(channels: dict[int, socket.socket]) -> None:
    while channels:
        child, status = os.waitpid(-1, os.WNOHANG)
        if not child:
            return
        with channels.pop(child) as channel, contextlib.suppress(OSError):
            channel.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def _become(channel: socket.socket, made: dict[str, str]) -> None:
    """What `python -m ipykernel_launcher` does, in a forked child."""
    server = os.getppid()
    with channel, channel.makefile("rb") as lines:
        request = json.loads(lines.readline())
        os.environ.clear()
        os.environ.update(made | request["env"], JPY_PARENT_PID=str(server))
        try:
            os.chdir(request["cwd"])
            nowhere = os.open(os.devnull, os.O_WRONLY)
            for end in request["silent"]:
                os.dup2(nowhere, end)
            os.close(nowhere)
        except OSError:
            os._exit(1)
        channel.sendall(b"pid %d\n" % os.getpid())
    time.tzset()
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # every child would draw the same numbers
    launcher = importlib.util.find_spec(LAUNCHER)
    sys.argv = [launcher.origin, *request["args"], f"--IPKernelApp.parent_handle={server}"]
    from ipykernel import kernelapp
    kernelapp.launch_new_instance()
