"""Whom a statement of the ledger names as its source: "citing Marle Hospital", "according to the ministry".

The phrases stand in lexicons/credits.csv.
"""
from helpers import lexicons, sources


def of(row, names: sources.Names) -> set[str]:
    """The source ids that a statement's paraphrase or qualifier credits.

    row: a dict-like of the table `statements`. names: from `sources.index`. A name counts right after the phrase.
    """
    found = set()
    longest = max(map(len, names), default=0)
    for text in (row["paraphrase"], row["qualifier"]):
        for m in lexicons.pattern("credits", "phrase").finditer(text):
            said = sources.words(text[m.end():m.end() + 120])
            size = next((n for n in range(min(longest, len(said)), 0, -1) if tuple(said[:n]) in names), 0)
            if size:
                found.add(names[tuple(said[:size])])
    return found
