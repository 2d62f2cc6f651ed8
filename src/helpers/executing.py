"""One piece of work many times, on the processes of this machine or on a cluster: written against concurrent.futures.

Here it is ProcessPoolExecutor, with workers that live as long as the batch; there the executor of Dask's client. Who waits
for what, and what a dead worker means, is one code path.
"""
import multiprocessing
import os
import platform
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import Any

from helpers.ending import end, family
from helpers.paths import InputError

try:
    import fcntl
except ImportError:  # Windows: two batches over one folder are not kept apart there
    fcntl = None


class Processes:
    """A pool of processes on this machine. `alone` is one of them with nobody beside it."""

    def __init__(self, workers: int):
        self.width = workers
        self.executor = self._pool(workers)  # its processes begin with the first work

    def _pool(self, workers: int) -> Executor:
        return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin)

    def renew(self) -> None:
        self.executor.shutdown(wait=True)
        self.executor = self._pool(self.width)

    def alone(self, work: Callable[[Any], Any], payload: Any) -> Any:
        with self._pool(1) as pool:
            return pool.submit(work, payload).result()

    def close(self, done: bool) -> None:
        if not done:
            for process in multiprocessing.active_children():
                process.terminate()
        self.executor.shutdown(wait=True, cancel_futures=True)


class Cluster:
    """The workers of a Dask scheduler, which replaces those that die and does their work again."""

    def __init__(self, scheduler: str, timeout: float = 30):
        try:
            from distributed import Client
        except ImportError:
            raise InputError("--scheduler needs Dask: pip install 'retold[dask]'") from None
        try:
            self.client = Client(scheduler, timeout=timeout, set_as_default=False)
        except (OSError, ValueError) as e:
            raise InputError(f"--scheduler {scheduler}: no Dask scheduler answers there "
                             f"({str(e).strip().splitlines()[0] if str(e).strip() else type(e).__name__})") from None
        self.executor: Executor = self.client.get_executor(pure=False)

    @property
    def width(self) -> int:
        return 2 * max(1, sum(self.client.nthreads().values()))  # workers come and go

    def renew(self) -> None:
        self.executor = self.client.get_executor(pure=False)

    def alone(self, work: Callable[[Any], Any], payload: Any) -> Any:
        return self.executor.submit(work, payload).result()

    def close(self, done: bool) -> None:
        self.executor.shutdown(wait=done)
        self.client.close()  # what it still had to do is taken back


@contextmanager
def engine(workers: int, scheduler: str = "") -> Iterator["Processes | Cluster"]:
    """The engine to work on; if the block ends by an exception, what is at work is ended, not waited for."""
    found, done = Cluster(scheduler) if scheduler else Processes(workers), False
    try:
        yield found
        done = True
    finally:
        found.close(done)


def each(work: Callable[[Any], Any], payloads: Iterable[Any], on: "Processes | Cluster",
         announce: Callable[[int], None] = lambda running: None) -> Iterator[tuple[Any, Any]]:
    """Do `work` (a function of a module) on each payload; yields payload and result, or exception, as they are done.

    No more are handed out than there are workers, so memory does not grow with their number. When a process of a pool dies, all
    that were at work in it are suspects: each is done again with a process to itself, and has failed if that dies twice.
    """
    waiting, running = iter(payloads), {}
    more = True
    while True:
        suspects = []
        while more and len(running) < on.width:
            try:
                payload = next(waiting)
            except StopIteration:
                more = False
                break
            try:
                running[on.executor.submit(work, payload)] = payload
            except BrokenExecutor:
                suspects.append(payload)
                break
        announce(len(running))
        if not running and not suspects:
            return
        done = wait(running, return_when=FIRST_COMPLETED).done if not suspects else set()
        if suspects or any(isinstance(future.exception(), BrokenExecutor) for future in done):
            done = wait(running).done  # a broken pool ends every future
        for future in done:
            payload, error = running.pop(future), future.exception()
            if isinstance(error, BrokenExecutor):
                suspects.append(payload)
            else:
                yield payload, error or future.result()
        if suspects:
            on.renew()
        for payload in suspects:
            yield payload, _alone(work, payload, on)


def _alone(work: Callable[[Any], Any], payload: Any, on: "Processes | Cluster") -> Any:
    for _ in range(2):
        try:
            return on.alone(work, payload)
        except BrokenExecutor:
            continue
        except Exception as error:
            return error
    return RuntimeError("the process that executed it died, and again when it had a process to itself")


def _begin() -> None:
    """A process of a pool begins: it is ended by who started it, and ends with it, and its kernels too."""
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # the workers are as many as the cores
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: _leave())
    parent = multiprocessing.parent_process()
    threading.Thread(target=lambda: (wait_for([parent.sentinel]), _leave()), daemon=True).start()


def _leave() -> None:
    end(family(os.getpid())[:-1])
    os._exit(1)


@contextmanager
def sole(folder: Path) -> Iterator[None]:
    """Hold a folder against a second batch. Raises InputError that names who holds it, or if it cannot be written.

    The lock is the open file's, so it ends with its process, however that ends.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = (folder / ".batch.lock").open("a+", encoding="utf-8")
    except OSError as e:
        raise InputError(f"{folder}: cannot be written ({e.strerror})") from None
    with held:
        if fcntl:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.seek(0)
                raise InputError(f"{folder}: another batch is at work there ({held.read().strip() or 'just begun'}); wait "
                                 "for it, or end it") from None
            except OSError:
                pass  # a file system without locks
        try:
            held.seek(0)
            held.truncate()
            held.write(f"process {os.getpid()} on {platform.node()}, since {time.strftime('%Y-%m-%d %H:%M')}\n")
            held.flush()
        except OSError as e:
            raise InputError(f"{folder}: cannot be written ({e.strerror})") from None
        yield
