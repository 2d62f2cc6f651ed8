"""The engine that papermill executes our notebooks with: a kernel that may not overstay, overeat or print without end.

The kernel gets its folder and its environment from here and not from the process around it, so that several notebooks
can be executed in one process, one after another or in threads.
"""
import contextlib
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from queue import Empty

import psutil
import zmq
from jupyter_client.asynchronous import AsyncKernelClient
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from traitlets.config import Config

from helpers.ending import end, family

NAME = "retold"
LONGEST = 80  # characters of a folder that may hold a socket; some systems allow 104 for the whole path
STEP = 0.2  # seconds between two looks at a kernel


@dataclass(frozen=True)
class Limits:
    """What one notebook may take: seconds, bytes of memory (its kernel and what that started; 0: a fair share of this
    machine's) and characters that its cells print or show."""

    seconds: float = float("inf")
    memory: int = 0
    printed: int = 50_000_000


class Watch:
    """Ends a kernel that goes beyond its limits, and keeps the reason."""

    def __init__(self, limits: Limits):
        self.limits, self.reason, self.printed = limits, "", 0
        self.memory = limits.memory or psutil.virtual_memory().total // ((os.cpu_count() or 1) + 1)
        self._over, self._kernel = threading.Event(), 0
        self._until = time.monotonic() + limits.seconds

    def begin(self, kernel: int) -> None:
        self._kernel = kernel
        threading.Thread(target=self._look, daemon=True).start()

    def close(self) -> None:
        self._over.set()

    def count(self, characters: int) -> bool:
        """Whether the kernel may still print; the first time that it may not, it is ended."""
        self.printed += characters
        if self.printed > self.limits.printed:
            self._end(f"printed more than {self.limits.printed:,} characters; it was ended")
        return self.printed <= self.limits.printed

    def _look(self) -> None:
        while not self._over.wait(STEP):
            if time.monotonic() > self._until:
                self._end(f"not done after {self.limits.seconds:g} s, its deadline; it was ended")
            elif (taken := sum(map(_resident, family(self._kernel)))) > self.memory:
                self._end(f"took {taken / 2**20:,.0f} MB of memory where {self.memory / 2**20:,.0f} are allowed; it was ended")

    def _end(self, reason: str) -> None:
        self.reason = self.reason or reason
        self._over.set()
        end(family(self._kernel))


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


class _Asking(AsyncKernelClient):
    """Knows that a kernel is ready by its own word. jupyter_client's waits for a fifth of a second of silence besides."""

    async def wait_for_ready(self, timeout: "float | None" = None) -> None:
        until = time.monotonic() + (timeout or float("inf"))
        while True:
            asked = self.kernel_info()
            with contextlib.suppress(Empty):  # it has not begun, or is not heard yet: ask again
                await self.get_shell_msg(timeout=1)
                while True:
                    said = await self.get_iopub_msg(timeout=0.03)
                    if said["parent_header"].get("msg_id") == asked and said["content"].get("execution_state") == "idle":
                        return
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it was ready")
            if time.monotonic() > until:
                raise RuntimeError(f"the kernel was not ready after {timeout:g} seconds")


class _Client(PapermillNotebookClient):
    watch: Watch

    def create_kernel_manager(self):
        found = super().create_kernel_manager()
        found.client_class = f"{__name__}.{_Asking.__name__}"
        found.context.setsockopt(zmq.RECONNECT_IVL, 10)  # milliseconds: the kernel is not there yet when it is first called
        return found

    def papermill_execute_cells(self):
        self.watch.begin(self.km.provisioner.pid)
        try:
            super().papermill_execute_cells()
        finally:
            self.watch.close()

    def output(self, outs, msg, display_id, cell_index):
        said = msg["content"]
        shown = [said.get("text", ""), *said.get("data", {}).values()]
        if self.watch.count(sum(len(part) for part in shown if isinstance(part, str))):
            return super().output(outs, msg, display_id, cell_index)
        return None


def _sockets(home: str) -> Config:
    """Talk to the kernel by sockets in its home, not by ports: a port that was free when it was chosen may be another
    kernel's when it is opened, and one start in some hundreds fails when many start at once."""
    if os.name != "posix" or len(home) > LONGEST:
        return Config()
    return Config(KernelManager={"transport": "ipc", "ip": os.path.join(home, "kernel")})


class Engine(NBClientEngine):
    """papermill's own engine, with a kernel that is watched and told where it is."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, *, watch: Watch, folder: Path, home: str,
                                 environment: dict[str, str], start_timeout=60, **options):
        client = _Client(nb_man, kernel_name=kernel_name, startup_timeout=start_timeout, config=_sockets(home),
                         **{k: v for k, v in options.items() if k in ("store_widget_state", "iopub_timeout",
                                                                      "shutdown_kernel")})
        client.watch = watch
        # papermill writes the whole notebook twice a cell, pictures and all; once, at the end, is enough: it is built in
        # a folder that counts for nothing until then.
        kept, nb_man.output_path = nb_man.output_path, None
        # what a kernel prints beside its cells are notices of its own
        try:
            return client.execute(cwd=str(folder), env=os.environ | environment | {"IPYTHONDIR": home},
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        finally:
            nb_man.output_path = kept


papermill_engines.register(NAME, Engine)
