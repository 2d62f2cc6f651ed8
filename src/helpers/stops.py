"""Words made a sentence of their own: a capital, a full stop, no quotation mark or bracket without its partner."""
import re

_MARK = re.compile(r"``|''|[\"“”«»‘’()\[\]]|(?<!\w)'(?=\w)|(?<=\S)'(?!\w)")
_CLOSES = {"”": "“", "»": "«", ")": "(", "]": "[", "’": "‘", "''": ("``", "''"), '"': '"', "'": "'"}
_BEFORE = re.compile(r"^(?:[,;:!?…\s]|\.(?!\d)|[-–—―](?!\d))+")
_AFTER = re.compile(r"[,;:!…\s–—―-]+$")
_STOPPED = re.compile(r"[.?!][\"”’»')\]]*$")


def sentence(words: str, inside: bool = False) -> str:
    """The words with a capital and a full stop; of a question, its mark. Nothing stays nothing.

    `inside`: whether a straight quotation mark is open before them, so that the first one in them closes it.
    """
    plain = " ".join(paired(words, inside).split())
    plain = re.sub(r",(?: ,)+", ",", re.sub(r" ([,.;:!?])(?!\w)", r"\1", plain))
    plain = _AFTER.sub("", _BEFORE.sub("", plain))
    first = re.search(r"\w+", plain)
    if first and first.group().islower() and len(first.group()[0].upper()) == 1:
        plain = plain[:first.start()] + first.group()[0].upper() + plain[first.start() + 1:]
    return plain if not plain or _STOPPED.search(plain) else plain + "."


def paired(words: str, inside: bool = False) -> str:
    """The words without marks that lost their partner; an apostrophe needs none."""
    waiting: list[tuple[str, tuple[int, int]]] = []
    lost: list[tuple[int, int]] = []
    for m in _MARK.finditer(words):
        mark = m.group()
        opened = [n for n, (other, _) in enumerate(waiting) if other in _CLOSES.get(mark, ())]
        if opened:
            lost += [place for _, place in waiting[opened[-1] + 1:]]
            del waiting[opened[-1]:]
        elif mark in ("”", "»", ")", "]") or mark == '"' and inside:
            lost.append(m.span())
        elif mark != "’" and (mark != "'" or words[m.end():m.end() + 1].isalnum()):
            waiting.append((mark, m.span()))
        inside = inside and mark != '"'
    for start, end in sorted([*lost, *(place for _, place in waiting)], reverse=True):
        words = words[:start] + words[end:]
    return words
