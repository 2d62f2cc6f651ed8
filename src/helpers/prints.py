"""Whether a run is current: fingerprints of all that its outcome depends on, one a notebook, each over the one before.

The first covers what the run reads, its parameters, our own source with its word lists and models, and the versions of the
packages; each notebook adds itself. So the first print that differs names the notebook to begin with.
"""
import functools
import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from helpers import record
from helpers.inputs import Order

OURS = Path(__file__).parent


@functools.cache
def program() -> str:
    """One hash of our source, word lists and models and of the packages' versions, as this process found them."""
    files = sorted(f for f in OURS.rglob("*") if f.is_file() and "__pycache__" not in f.parts)
    return of([[f.relative_to(OURS).as_posix(), record.sha256(f)] for f in files], record.versions())


def of(*things: object) -> str:
    """The SHA-256 of things that can be said in JSON."""
    return hashlib.sha256(json.dumps(things, sort_keys=True).encode()).hexdigest()


def chain(order: Order, parameters: dict[str, str], read: dict[str, str], notebooks: Iterable[str]) -> list[str]:
    """One print a notebook of a walk, from the SHA-256 of each file that the order reads (`inputs.files`) and of each
    notebook."""
    found, last = [], of(program(), order.row, parameters, read)
    for notebook in notebooks:
        found.append(last := of(last, notebook))
    return found


def stale(folder: Path, prints: Sequence[str]) -> str:
    """Why the run in this folder is not current, in words; empty if it is."""
    if not (kept := record.read(folder)):
        return "not there yet"
    steps = [n.get("print") for n in kept["notebooks"]]
    if steps != list(prints):
        same = _common(steps, prints)
        return f"{kept['notebooks'][same]['notebook']} changed" if 0 < same < len(steps) else "something that it reads changed"
    path = record.touched(folder, kept)
    return f"{path} changed in it" if path else ""


def resume(folder: Path, building: Path, prints: Sequence[str]) -> list[dict]:
    """Copy what the notebooks made that need not be executed again from a whole run to a new one; returns their records.

    That is as far as the prints agree, and as a later notebook did not change what an earlier one wrote.
    """
    if not (kept := record.read(folder)) or record.touched(folder, kept):
        return []
    steps = kept["notebooks"]
    for count in range(_common([n.get("print") for n in steps], prints), 0, -1):
        wrote = {path: digest for step in steps[:count] for path, digest in step["wrote"].items()}
        if all(kept["outputs"].get(path) == digest for path, digest in wrote.items()):
            for path in wrote:
                (building / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / path, building / path)
            return steps[:count]
    return []


def _common(a: Sequence, b: Sequence) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
