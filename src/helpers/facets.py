"""What the report's filters offer, and what each claim's card answers to: plain dicts, made from the cards."""
from collections import Counter

from helpers.ceilings import CREDIBILITY

DRIFT = {"changed": "changed on the way", "contradicted": "contradicted", "kept": "traced and unchanged",
         "untraced": "not traced to a statement"}


def of_cards(made: list[dict]) -> tuple[dict[str, list[tuple[str, str, int]]], list[dict[str, str]]]:
    """(filter -> its options as (value, words, how many claims), per card filter -> its values, a space between).

    Values are the page's own words and numbers, never a text's: a source goes by its place in the list.
    """
    sources = sorted({(s["name"].casefold(), s["name"], s["id"]) for c in made for s in c["chain"]})
    number = {source_id: str(n) for n, (_, _, source_id) in enumerate(sources)}
    answers = [{"source": [number[s["id"]] for s in c["chain"]], "kind": [c["kind"]], "drift": _drift(c),
                "grade": [c["grade"]["value"]] if c["grade"]["value"] else []} for c in made]
    count = {name: Counter(v for a in answers for v in set(a[name])) for name in ("source", "kind", "drift", "grade")}
    fields = sorted(v for v in count["drift"] if v not in DRIFT)
    words = {"source": [(number[i], name) for _, name, i in sources], "kind": [(k, k) for k in sorted(count["kind"])],
             "drift": [*DRIFT.items(), *((f, f"{f} changed") for f in fields)],
             "grade": [(g, f"{g} · {CREDIBILITY[g]}") for g in sorted(count["grade"])]}
    options = {name: [(v, label, count[name][v]) for v, label in found if count[name][v]]
               for name, found in words.items()}
    return options, [{name: " ".join(dict.fromkeys(values)) for name, values in a.items()} for a in answers]


def _drift(card: dict) -> list[str]:
    found = ["changed", *(change["field"] for change in card["net"])] if card["net"] else []
    found += ["contradicted"] if card["contradicted"] else []
    return found or (["kept"] if card["matches"] else ["untraced"])
