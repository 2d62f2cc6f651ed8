"""Words between quotation marks that somebody is said to have spoken. Scare quotes are not quotations.

A quotation has at least four words, or two and a comma or full stop before the closing mark. It belongs to an
attribution that already has part of it, else to the reporting verb beside it in its sentence, else to the speaker of
the quotation before it in the same paragraph.
"""
from spacy.tokens import Doc

from helpers import lexicons, sources
from helpers.syntax import Range, child, is_verb, subject
from helpers.voices import Attribution, made

OPEN, CLOSE = ("“", "``", "«", "„"), ("”", "''", "»")


def spans(doc: Doc) -> list[Range]:
    """Quotations as token ranges between the marks."""
    found, start = [], None
    for token in doc:
        if token.text in OPEN or (token.text == '"' and start is None):
            start = token.i + 1
        elif start is not None and (token.text in CLOSE or token.text == '"'):
            words = [t for t in doc[start:token.i] if not t.is_punct and not t.is_space]
            spoken = token.i > start and doc[token.i - 1].text in (",", ".", "!", "?", "…")
            if len(words) >= 4 or len(words) >= 2 and spoken:
                found.append((start, token.i))
            start = None
    if start is not None and len(doc) - start >= 4:  # a quotation that goes on in the next paragraph
        found.append((start, len(doc)))
    return found


def is_open(doc: Doc, start: int, end: int) -> bool:
    """Whether a part of a sentence has an opening mark whose closing one is the token behind it."""
    if end >= len(doc) or doc[end].is_sent_start:
        return False
    words = [t.text for t in doc[start:end]]
    if doc[end].text == '"':
        return words.count('"') % 2 == 1
    return doc[end].text in CLOSE and sum(w in OPEN for w in words) > sum(w in CLOSE for w in words)


def opens_another(doc: Doc, start: int, end: int) -> bool:
    """Whether the last token of a part of a sentence is a straight mark that opens what comes after it."""
    words = [t.text for t in doc[start:end]]
    return len(words) > 1 and words[-1] == '"' and words.count('"') % 2 == 1 and end < len(doc) and not doc[end].is_sent_start


def extend(doc: Doc, found: list[Attribution], names: sources.Names) -> list[Attribution]:
    """Gives every quotation to an attribution: one of `found`, lengthened, or a new one."""
    cues = {r["lemma"]: r for r in lexicons.rows("reporting_cues") if r["part"] == "verb"}
    last = None
    for start, end in spans(doc):
        own = next((a for a in found if any(s < end and e > start and s >= start - 1 for s, e in a.content)
                    and not start <= a.cue[0] < end), None)
        inside = [a for a in found if any(s <= start and end <= e + 1 for s, e in a.content)]
        if own is None and inside:  # a part of what is reported: that the crew "had no idea"
            last = min(inside, key=Attribution.size)
            continue
        if own is None:
            around = doc[max(doc[start].sent.start, start - 60):min(doc[end - 1].sent.end, end + 60)]
            verbs = [t for t in around if is_verb(t) and t.lemma_.lower() in cues and not start <= t.i < end
                     and subject(t) is not None and not start <= subject(t).i < end and child(t, "ccomp") is None]
            verb = min(verbs, key=lambda t: (min(abs(t.i - start), abs(t.i - end)), t.i), default=None)
            if verb is not None:
                new = made([(start, end)], doc[start:end].root, (verb.i, verb.i + 1), cues[verb.lemma_.lower()],
                           "quotation", subject(verb), names, verb)
                found += new
                last = new[0] if new else last
            elif last is not None:
                last.content.append((start, end))
            continue
        inner = [r for r in own.content if r[1] <= start or r[0] >= end]
        rest = [r for r in own.content if r not in inner]
        low, high = min([start, *(r[0] for r in rest)]), max([end, *(r[1] for r in rest)])
        cut = own.cue[0] if low <= own.cue[0] < high else None
        own.content = sorted([*inner, (start, end)] if cut is not None else [*inner, (low, high)])
        last = own
    return found
