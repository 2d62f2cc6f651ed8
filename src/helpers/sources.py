"""Who is meant: from the words that name a source to a source id, and what kind of source the words show.

A mention resolves to a row of the table "sources" when a name or alias of it stands in the mention as whole words (the
longest wins, case and a leading "the" aside) and is what the mention is about: it covers the head word ("the White
House"), or the head word is one that speaks for others ("White House officials", "a spokesman for the ministry"), or
somebody who works there ("doctors at the hospital"). Anything else becomes `~` and the words themselves.
"""
import re
import unicodedata

import pandas as pd

from helpers import lexicons, naming

MEDIA = ("outlet", "wire", "aggregator")  # kinds of source that pass on others' words
Names = dict[tuple[str, ...], str]
_WORD = re.compile(r"\w+")
_LEADING = ("the", "a", "an", "both", "either", "neither", "its", "this", "that", "these", "those")


def words(mention: str) -> list[str]:
    """Lower-case words for comparison: dotted abbreviations joined, possessive endings off, "the" off the front."""
    plain = unicodedata.normalize("NFKC", mention).casefold().replace("’", "'")
    plain = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", plain)
    found = _WORD.findall(re.sub(r"'s?(?!\w)", " ", plain))
    while len(found) > 1 and found[0] in _LEADING:
        found = found[1:]
    return found


def index(sources: pd.DataFrame | None) -> Names:
    """Names and aliases of the table "sources", as words, with source ids; the first row with a name keeps it."""
    names: Names = {}
    if sources is not None:
        for own, name, aliases in zip(sources["source_id"], sources["name"], sources["aliases"]):
            for alias in (name, *lexicons.cells(aliases)):
                if found := tuple(words(alias)):
                    names.setdefault(found, own)
    return names


def find(mention: str, names: Names) -> tuple[str, range] | None:
    """The longest name inside a mention: its source id, and which of the mention's words it covers."""
    if mention == "us" or not names:
        return None
    said = words(mention)
    for size in range(min(len(said), max(map(len, names))), 0, -1):
        for start in range(len(said) - size + 1):
            own = names.get(tuple(said[start:start + size]))
            if own:
                return own, range(start, start + size)
    return None


def names_in(mention: str, names: Names) -> frozenset[str]:
    """The source ids of all names that stand in some words; of names within names, the longest."""
    said, found, n = words(mention) if names else [], set(), 0
    longest = max(map(len, names), default=0)
    while n < len(said):
        size = next((k for k in range(min(longest, len(said) - n), 0, -1) if tuple(said[n:n + k]) in names), 0)
        if size:
            found.add(names[tuple(said[n:n + size])])
        n += size or 1
    return frozenset(found)


def resolve(mention: str, names: Names, head: str = "") -> str:
    """The source id of a mention, or `~slug`. `head` is the mention's head word (as written); empty: its last word."""
    said = words(mention)
    head = (words(head) or said[-1:] or [""])[-1]
    hit = find(mention, names)
    if hit and (speaks_for(head) or head not in said or any(said[i] == head for i in hit[1])
                or _of_a_house(said, head, hit[1])):
        return hit[0]
    return slug(mention)


def _of_a_house(said: list[str], head: str, name: range) -> bool:
    """Whether somebody is at or of the house that is named last: "doctors at the Marle Hospital". Critics of it are not,
    nor is its former director."""
    between = said[said.index(head) + 1:name.start]
    return (name.stop == len(said) and bool(between) and set(between) <= lexicons.group("at a house")
            and naming.plain(head) in lexicons.group("of a house") and lexicons.group("no longer").isdisjoint(said))


def publishing_house(publisher: str, sources: pd.DataFrame) -> str:
    """The source whose own word a text with this publisher is, as in a press release; "" for a medium, which passes on
    others' words, and for a publisher that is not listed."""
    listed = find(publisher, index(sources)) if publisher else None
    if not listed or len(listed[1]) < len(words(publisher)):
        return ""
    kind = dict(zip(sources.source_id, sources.kind))
    return "" if kind[listed[0]] in MEDIA else listed[0]


def slug(mention: str) -> str:
    """`~` and the mention's words with hyphens between, eight words at most: an id for a source nobody has listed."""
    return "~" + ("-".join(words(mention)[:8])[:60].strip("-") or "unnamed")


def is_pronoun(source_id: str) -> bool:
    """Whether a source is only "it" or "they": somebody who was named before."""
    return source_id.startswith("~") and set(source_id[1:].split("-")) <= lexicons.group("somebody") | {"it"}


def as_written(source_id: str, text: str) -> str:
    """The name of a source that nobody has listed, in quotation marks and in the letters of a text: of several ways those
    with the fewest capitals, for the head of a sentence has one too. Its words alone where the text does not have them in
    a row; "somebody unnamed" for nobody in particular."""
    if source_id == "~unnamed":
        return "somebody unnamed"
    said = source_id.removeprefix("~").split("-")
    found = re.findall(r"(?<!\w)" + r"[\W_]{1,3}".join(map(re.escape, said)) + r"(?!\w)", text, re.I)
    return f"“{' '.join(min(found, key=lambda f: (sum(map(str.isupper, f)), f), default=' '.join(said)).split())}”"


def speaks_for(word: str) -> bool:
    """Whether a head word ("spokesman", "estimates") stands for whoever is named beside it."""
    row = _entry(word)
    return bool(row) and row["speaks_for"] == "yes"


def is_listed(word: str) -> bool:
    """Whether the list of source words has a head word: somebody or some paper that may say something."""
    return _entry(word) is not None


def is_somebody(word: str) -> bool:
    """Whether it has it as somebody, not as a paper."""
    row = _entry(word)
    return bool(row) and row["kind"] != "document"


def _entry(word: str) -> dict[str, str] | None:
    entries, low = lexicons.by("source_words", "lemma"), word.casefold()
    endings = (("$", ""), ("s$", ""), ("ies$", "y"), ("men$", "man"), ("es$", ""))
    forms = [re.sub(plural, single, low) for plural, single in endings]
    return next((entries[form] for form in forms if form in entries), None)


def source_type(mention: str, source_id: str, head: str = "", plural: bool = False, name: bool = False) -> str:
    """named, role, collective or unnamed, of a mention.

    `name`: the parser takes the head for (part of) a proper name. A name or a listed source is named; one holder of an
    office is a role; several people are collective; papers, rumours and whoever "told us" without a name are unnamed.
    """
    if not mention:
        return "unnamed"
    said = words(mention)
    head = (words(head) or said[-1:] or [""])[-1]
    entry = _entry(head)
    if not name and not lexicons.group("without a name").isdisjoint(said):
        return "unnamed"
    if entry and entry["kind"] == "unnamed_person" and not name:
        return "collective" if plural else "unnamed"
    if any(w in lexicons.by("source_words", "lemma") and _entry(w)["kind"] == "unnamed" for w in said):
        return "unnamed"
    if name:
        return "named"
    if entry and entry["kind"] == "role":
        if plural:
            return "collective"
        return "role" if not entry["speaks_for"] or source_id.startswith("~") else "named"
    if entry and entry["kind"] == "collective":
        return "collective"
    if not source_id.startswith("~"):
        return "named"
    if entry and entry["kind"] == "document":
        return "unnamed"
    return "collective" if plural else "unnamed"
