"""One attribution, and how its source is named: source, cue and content, nested by parents into a chain.

A negated cue leaves its content open or turns it round; "he" and "she" are followed back only where nobody else could
be meant.
"""
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from helpers import sources
from helpers.syntax import Range, child, extent, is_name, is_negated, mention, trimmed
from helpers.tagger import Tagged


@dataclass
class Attribution:
    """One attribution in one passage; ranges are token numbers."""

    content: list[Range]
    head: int  # the token that heads the content
    cue: Range
    entry: dict[str, str]
    rule: str
    source: Range | None = None
    source_id: str = ""
    source_type: str = "unnamed"
    act: str = "say"
    value: str = "CT+"  # of the content, for the source
    author_value: str = "Uu"
    verb: int = -1  # the clause that reports
    voice: str = "rules"
    speaks: bool = True  # False of "I think" and "this suggests": no claim rests on it
    tagged: "Tagged | None" = None  # where the tagger sees it
    parent: "Attribution | None" = None
    number: str = field(default="", compare=False)

    def chain(self) -> list["Attribution"]:
        """From the one nearest the author to this."""
        return [*(self.parent.chain() if self.parent else []), self]

    def covers(self, token: int) -> bool:
        return any(a <= token < b for a, b in self.content)

    def size(self) -> int:
        return sum(b - a for a, b in self.content)


def made(content: list[Range], head: Token, cue: Range, entry: dict[str, str], rule: str, source: Token | None,
         names: sources.Names, verb: Token | None = None) -> list[Attribution]:
    """An attribution with its source resolved, as a list of one; none if nothing is left of its content."""
    doc = head.doc
    content = [r for r in (trimmed(doc, *part) for part in content) if r[0] < r[1]]
    if not content or (source is not None and source.lower_ in ("i", "it", "that", "this", "which", "there")):
        return []
    it = Attribution(content, head.i, cue, entry, rule, act=entry["speech_act"], value=entry["source_value"],
                     author_value=entry["author_value"], verb=verb.i if verb is not None else -1)
    if source is None:
        it.source_id = "~" + entry["unnamed_as"]
    else:
        name(it, source, names)
    if verb is not None and is_negated(verb):
        negate(it)
    return [it]


def name(it: Attribution, source: Token, names: sources.Names) -> None:
    """Sets source, source_id and source_type by the word that heads the source."""
    words, start_end = mention(source), extent(source)
    if (person := _meant(source)) is not None:
        words, source = person.text, person.root
    it.source = trimmed(source.doc, *start_end)
    it.source_id = sources.resolve(words, names, source.text)
    plural = source.tag_ in ("NNS", "NNPS") or child(source, "conj") is not None or source.lower_ in ("they", "we")
    it.source_type = sources.source_type(words, it.source_id, source.text, plural, is_name(source))


def _meant(pronoun: Token) -> Span | None:
    """Whom "he" or "she" means, only where one person and no other has been named in the paragraph so far."""
    if pronoun.lower_ not in ("he", "she"):
        return None
    names = [t for t in pronoun.doc[:pronoun.i] if t.pos_ == "PROPN" and t.dep_ != "compound"
             and t.ent_type_ in ("PERSON", "")]
    full = next((t for t in names if child(t, "compound") is not None), None)
    if full is None or len({t.lower_ for t in names}) > 1:
        return None
    return pronoun.doc[full.left_edge.i:full.i + 1]


def negate(it: Attribution) -> None:
    """ "did not confirm" and "did not deny" leave the content open; "does not believe" turns it round."""
    if it.act in ("confirm", "deny", "say"):
        it.act, it.value, it.author_value = "decline", "Uu", "Uu"
    elif it.value.endswith("+"):
        it.value, it.author_value = it.value[:-1] + "-", "Uu"


def nested(found: list[Attribution]) -> list[Attribution]:
    """Sets each one's parent: the smallest other content that holds its cue and more."""
    found = sorted(found, key=lambda a: (a.cue, a.source or (0, 0)))
    for it in found:
        around = [a for a in found if a is not it and a.cue != it.cue and a.covers(it.cue[0]) and a.size() > it.size()]
        it.parent = min(around, key=lambda a: (a.size(), a.cue), default=None)
    return found
