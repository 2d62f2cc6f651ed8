"""Whom a row of the ledger credits with what it says, and what else its paraphrase says that its columns leave blank.

"Citing the ministry", "Kirby credited with", "according to police": the phrases stand in lexicons/credits.csv, each with
the side on which the name stands; the names are those of sources.csv. A row that credits nobody is silent, and
silence is no claim that the number is the row's own.
"""
import re
from functools import cache, lru_cache

import pandas as pd

from helpers import days, lexicons, naming, sources

ONE_MORE = "~others"  # "the ministry and its partners": somebody beside the one who is named
_CLAUSE = re.compile(r"[.,;:()\n]")
_TOKEN = re.compile(r"[\w.'’&-]+")
_READ = ("paraphrase", "qualifier", "place", "measure", "stance", "low", "high")
_MANY = 8  # words of a name at most


def told(ledger: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """The ledger with four columns more, read from paraphrase and qualifier: credits (a tuple of source ids, see `of`),
    told_stance, told_place (where the cell is blank) and polarity (neg: stated not to be so).

    known: the table "sources". A place is one that the ledger's own column or the list of places names. A polarity that
    the ledger already has stays.
    """
    names, places, found = sources.index(known), _places(ledger.place), []
    for row in ledger[list(_READ)].astype(object).itertuples(index=False):
        said = _credited(row, names)
        found.append((_ids(said), _stance(said), "" if row.place else place(row, places), polarity(row)))
    columns = ("credits", "told_stance", "told_place", "polarity")
    return ledger.assign(**{c: pd.Series([f[n] for f in found], index=ledger.index, dtype=object)
                            for n, c in enumerate(columns) if c not in ledger})


def of(row, names: sources.Names) -> tuple[str, ...]:
    """The sources that a row's paraphrase or qualifier credits, sorted: ids, `~words` for a name that is not listed,
    `ONE_MORE` for unnamed others beside. Officials and spokesmen of nobody in particular are nobody.

    names: `sources.index` of the table "sources".
    """
    return _ids(_credited(row, names))


@lru_cache(65536)
def is_one(name: str) -> bool:
    """Whether a name that is not listed (`~words`) is somebody's own, so that two who credit it credit one: "Marta Quist",
    not "hospital officials"."""
    own = [w for w in name[1:].split("-") if w and not sources.is_listed(w)]
    return len(own) >= 2 and lexicons.group("without a name").union(lexicons.group("unnamed speaker")).isdisjoint(own)


def _ids(said: list[tuple[dict, tuple[str, ...]]]) -> tuple[str, ...]:
    return tuple(sorted({s for _, found in said for s in found}))


def _stance(said: list[tuple[dict, tuple[str, ...]]]) -> str:
    """The stance that a paraphrase gives to whom it credits ("the figure that the army itself confirmed"), or ""."""
    return next((phrase["stance"] for phrase, _ in said if phrase["stance"]), "")


def place(row, places: dict[tuple[str, ...], str]) -> str:
    """The first place that a paraphrase leads to ("moved into Orle"), or ""."""
    words = _TOKEN.findall(row.paraphrase)
    for n, word in enumerate(words):
        if word.casefold() in lexicons.group("place preposition") - {"of", "from", "to"}:
            ahead = _name(words[n + 1:n + 1 + _MANY])
            for size in range(len(ahead), 0, -1):
                if found := places.get(ahead[:size]):
                    return found
    return ""


def polarity(row) -> str:
    """neg where a row without a number states that its measure did not come about ("the road was not closed")."""
    if row.stance not in ("assert", "confirm", "correct", "predict") or row.low == row.low or row.high == row.high:
        return "pos"
    words = [w.casefold() for w in _TOKEN.findall(row.paraphrase)]
    wanted = naming.stems(row.measure)
    for n, word in enumerate(words):
        if word in lexicons.group("negating") and any(naming.stems(w) & wanted for w in words[n + 1:n + 5]):
            return "neg"
    return "pos"


def _places(column: pd.Series) -> dict[tuple[str, ...], str]:
    found = {tuple(sources.words(t)): r["place"] for r in lexicons.rows("places") for t in lexicons.cells(r["terms"])}
    for name in dict.fromkeys(column):
        found.setdefault(tuple(sources.words(name)), name)
    return {words: name for words, name in found.items() if words}


@cache
def _phrases() -> tuple[re.Pattern, dict[str, list[dict[str, str]]]]:
    rows: dict[str, list[dict[str, str]]] = {}
    for row in lexicons.rows("credits"):
        rows.setdefault(row["phrase"], []).append(row)
    either = "|".join(r"\s+".join(map(re.escape, p.split())) for p in sorted(rows, key=lambda p: (-len(p), p)))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.I), rows


def _credited(row, names: sources.Names) -> list[tuple[dict, tuple[str, ...]]]:
    """(phrase, sources) for each phrase of credit in a row's words."""
    pattern, rows = _phrases()
    found = []
    for words in (row.paraphrase, row.qualifier):
        for m in pattern.finditer(words):
            for phrase in rows[" ".join(m.group(0).lower().split())]:
                if phrase["name"] == "before":
                    near = _before(_CLAUSE.split(words[:m.start()])[-1], names)
                else:
                    near = _after(_CLAUSE.split(words[m.end():], maxsplit=1)[0], names, phrase["name"] == "data")
                if near:
                    found.append((phrase, near))
    return found


def _before(words: str, names: sources.Names) -> tuple[str, ...]:
    """Whom the end of some words names: "the White House itself", "the mayor and the police"."""
    tokens = _TOKEN.findall(words)[-2 * _MANY:]
    found, beside = [], False
    while tokens and tokens[-1].casefold() in lexicons.group("beside a name"):
        beside |= tokens.pop().casefold() in lexicons.group("others")
    if beside and tokens and tokens[-1].casefold() in ("and", "its", "their", "the"):
        while tokens and tokens[-1].casefold() in ("and", "its", "their", "the"):
            tokens.pop()
    while tokens:
        size = next((n for n in range(min(len(tokens), _MANY), 0, -1) if _id(tokens[-n:], names)), 0)
        if not size:
            break
        found.append(_id(tokens[-size:], names))
        del tokens[-size:]
        if not tokens or tokens[-1].casefold() != "and":
            break
        tokens.pop()
    if not found:
        size = next((n for n, t in enumerate(reversed(tokens)) if not _of_a_name(t)), len(tokens))
        found = _unlisted(tokens[len(tokens) - size:], names)
    return tuple(found) + ((ONE_MORE,) if beside and found else ())


def _after(words: str, names: sources.Names, data: bool) -> tuple[str, ...]:
    """Whom the beginning of some words names; `data`: only where a word such as "data" or "figures" follows."""
    tokens, found = _TOKEN.findall(words)[:2 * _MANY], []
    while tokens:
        size = next((n for n in range(min(len(tokens), _MANY), 0, -1) if _id(tokens[:n], names)), 0)
        if not size:
            break
        found.append(_id(tokens[:size], names))
        del tokens[:size]
        if not tokens or tokens[0].casefold() != "and":
            break
        tokens.pop(0)
        if {t.casefold() for t in tokens[:3]} & lexicons.group("others"):
            return (*found, ONE_MORE)
    if data:
        return tuple(found) if tokens and tokens[0].casefold() in lexicons.group("data") else ()
    if not found:
        while tokens and tokens[0].casefold() in ("the", "a", "an"):
            tokens.pop(0)
        size = next((n for n, t in enumerate(tokens) if not _of_a_name(t)), len(tokens))
        found = _unlisted(tokens[:size], names)
    return tuple(found)


def _id(tokens: list[str], names: sources.Names) -> str:
    """The source whose name some words are, an office of its own behind it ("Orle police spokesman"), or ""."""
    words = _name(tokens)
    while words:
        if found := names.get(words):
            return found
        if not _speaks_for(words[-1]):
            return ""
        words = words[:-1]
    return ""


def _name(tokens: list[str]) -> tuple[str, ...]:
    """Words as `sources.words` compares them."""
    found = [w for t in tokens for w in _words(t)]
    while len(found) > 1 and found[0] in ("the", "a", "an"):
        del found[0]
    return tuple(found)


@lru_cache(65536)
def _words(token: str) -> tuple[str, ...]:
    return tuple(sources.words(token))


_speaks_for = lru_cache(65536)(sources.speaks_for)


def _of_a_name(token: str) -> bool:
    return _capital(token) or sources.is_listed(token)


def _capital(token: str) -> bool:
    return token[:1].isupper() and token.casefold() not in days.MONTHS and token.casefold() not in days.WEEKDAYS


def _unlisted(tokens: list[str], names: sources.Names) -> list[str]:
    """A name as sources.csv does not write it: the one source whose name holds all its words ("the British ministry"),
    else `~words`; nothing for what is no name and no one's office."""
    words = frozenset(_name(tokens))
    if not words or words <= lexicons.group("unnamed speaker"):
        return []
    able = {own for alias, own in names.items() if words.issubset(alias)}
    if len(able) == 1:
        return sorted(able)
    entry = lexicons.by("source_words", "lemma").get(naming.plain(tokens[-1]))
    named = sum(map(_capital, tokens))
    if named < 2 and not (entry and entry["kind"] in ("role", "collective")) or (
            entry and not named and (entry["speaks_for"] or entry["kind"] != "role" and entry["kind"] != "collective")):
        return []
    return [sources.slug(" ".join(tokens))]
