"""Attributions by a trained tagger: the model in models/tagger, run on one core without the library that trained it.

What it was trained on, how good it is and where it fails stands in models/tagger/MODEL_CARD.md; scripts/train_tagger.py
makes it. The rules of `helpers.attributions` are the second voice, and the only one where the model is not there.
"""
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from helpers import decoding, trust, windows

FOLDER = Path(__file__).parent / "models" / "tagger"
HINT = 0.02  # the least chance of a cue that counts as some
EAGER = 2.0  # what every tag but O is worth more when looking for what is faint
Span = tuple[int, int]


class Model(NamedTuple):
    session: Any  # onnxruntime.InferenceSession
    tokenizer: Any  # tokenizers.Tokenizer
    bias: np.ndarray  # arcs by buckets of distance


class Seen(NamedTuple):
    """What the tagger makes of the units of a text, beside its attributions."""

    hints: list[int]  # the places of all units that have some chance of standing in a cue, in order
    odds: dict[str, dict[int, float]]  # by role and a unit's place: the log odds that it stands in a source, a content
    faint: list["Tagged"]  # what it all but passed over, beside its attributions


class Tagged(NamedTuple):
    """Spans in code points of the text, cut at words; a source or a cue may be missing, a content in several parts."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    signs: trust.Signs | None = None  # for and against its being one


def nothing_seen() -> Seen:
    """For `tag` to fill."""
    return Seen([], {"source": {}, "content": {}}, [])


def load(folder: Path | None = None, threads: int = 1) -> Model | None:
    """The model of a folder (FOLDER), loaded once a process; None if its files or the libraries for it are missing."""
    return _load(folder or FOLDER, threads)


@functools.cache
def _load(folder: Path, threads: int) -> Model | None:
    if not (folder / "tagger.onnx").is_file() or not (folder / "tokenizer.json").is_file():
        return None
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError:
        return None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(folder / "tagger.onnx"), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    kept = session.get_modelmeta().custom_metadata_map["bias"]
    return Model(session, tokenizer, np.array([[float(x) for x in row.split()] for row in kept.split(";")]))


def feed(window: windows.Window) -> dict[str, np.ndarray]:
    """What the model reads of a window."""
    return {"ids": np.asarray(window.ids, np.int64), "kinds": np.asarray(window.kinds, np.int64)}


def tag(text: str, model: Model, seen: Seen | None = None) -> Iterator[Tagged]:
    """Every attribution of a text, window by window; within one, in order of the cues. `seen`, if given, is filled."""
    last, end = None, -1  # what the window before ended with: a quotation may go on
    for window in windows.cut(text, model.tokenizer):
        tags, states = model.session.run(None, feed(window))
        scores = tags[window.first].astype(np.float64)
        sure = attributions(window, scores, states, model.bias)
        if seen is not None:
            _see(seen, window, scores, states, model.bias, sure)
        for n, found in enumerate(sure):
            if last is not None:
                if n == 0 and found.cue is None and found.content[0][0] == window.units[0][0] and (
                        last.content[-1][1] == end):
                    last = last._replace(content=(*last.content, *found.content))
                    continue
                yield last
            last = found
        end = window.units[-1][1]
    if last is not None:
        yield last


def _see(seen: Seen, window: windows.Window, scores: np.ndarray, states: np.ndarray, bias: np.ndarray,
         sure: list[Tagged]) -> None:
    own, places = trust.odds(scores), [start for start, _ in window.units]
    least = np.log(HINT / (1 - HINT))
    seen.hints.extend(place for place, x in zip(places, own["cue"].tolist()) if x >= least)
    for role, kept in seen.odds.items():
        kept.update(zip(places, own[role].tolist()))
    eager = scores.copy()
    eager[:, 0] -= EAGER
    held = sorted(span for t in sure for span in (t.cue, *t.content) if span)
    seen.faint.extend(t._replace(signs=t.signs | {"faint": 1.0}) for t in _placed(window, eager, own, states, bias)
                      if not any(_meet(held, span) for span in (t.cue, *t.content) if span))


def _meet(held: list[Span], span: Span) -> bool:
    return any(start < span[1] and span[0] < end for start, end in held)


def attributions(window: windows.Window, scores: np.ndarray, states: np.ndarray, bias: np.ndarray) -> list[Tagged]:
    """The attributions of one window by its scores, units by TAGS, and the model's other output."""
    return _placed(window, scores, trust.odds(scores), states, bias)


def _placed(window: windows.Window, scores: np.ndarray, own: dict[str, np.ndarray], states: np.ndarray,
            bias: np.ndarray) -> list[Tagged]:
    def place(span: Span) -> Span:
        return window.units[span[0]][0], window.units[span[1] - 1][1]

    return [Tagged(place(a.source) if a.source else None, place(a.cue) if a.cue else None,
                   tuple(place(part) for part in a.content), trust.of_scores(a, own))
            for a in decoding.link(decoding.spans(scores), window.first, states, bias)]
