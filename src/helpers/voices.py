"""One attribution, and how its source is named: source, cue and content, nested by parents into a chain.

A negated cue leaves its content open or turns it round.
"""
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from helpers import lexicons, sources
from helpers.mentions import meant
from helpers.syntax import Range, child, clause_of, extent, is_name, is_negated, mention, trimmed
from helpers.tagger import Tagged

SELF = ("~he", "~she", "~they")
DEEPEST = 5  # sources in a chain; deeper ones come from texts that are no prose


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
    itself: bool = False  # its source is a pronoun for whoever says so
    parent: "Attribution | None" = None
    under: "Attribution | None" = None  # the relay that passes the same content on

    def chain(self) -> list["Attribution"]:
        """From the one nearest the author to this; of a chain longer than DEEPEST the middle is left out."""
        way, above = [self], self.parent
        while above is not None:
            way, above = [above, *way], above.parent
        return way if len(way) <= DEEPEST else [*way[:DEEPEST - 1], self]

    @property
    def named_by_cue(self) -> bool:
        """Whether the cue is a noun that names the source ("reports of ..."): it then stands in the chain."""
        return self.rule == "noun" and self.source is None and self.source_id != "~unnamed"

    @property
    def refuses(self) -> bool:
        """Whether it denies something or leaves it open."""
        return self.act in ("deny", "decline") or self.entry["speech_act"] == "deny"

    @property
    def word(self) -> int:
        """The token that reports: the verb, else where the cue begins."""
        return self.verb if self.verb >= 0 else self.cue[0]

    def covers(self, token: int) -> bool:
        return any(a <= token < b for a, b in self.content)

    def size(self) -> int:
        return sum(b - a for a, b in self.content)


def listed(lemma: str) -> dict[str, str]:
    """What the list of cues says of a verb."""
    return next(r for r in lexicons.rows("reporting_cues") if r["lemma"] == lemma and r["part"] == "verb")


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
        it.source_type = "none" if entry["lemma"] in lexicons.group("no speaker") else it.source_type
    else:
        name(it, source, names)
    if verb is not None and (is_negated(verb) or refused(verb, entry)):
        if it.act == "deny" and any(c.lower_ in ("can", "ca", "could") for c in verb.children):  # "cannot be dismissed"
            it.entry = listed("rule out")
        negate(it)
        if it.act == "decline" and source is not None and (
                source.lower_ in lexicons.group("nobody") or source.left_edge.lower_ == "no"):
            it.source_type = "none"  # "nobody has confirmed"
    return [it]


def refused(verb: Token, entry: dict[str, str]) -> bool:
    """Whether somebody would not deny it: "refused to rule out"."""
    return entry["lemma"] in lexicons.group("left possible") and verb.lemma_.lower() in lexicons.group("refusal")


def name(it: Attribution, source: Token, names: sources.Names) -> None:
    """Sets source, source_id and source_type by the word that heads the source."""
    words, start_end = mention(source), extent(source)
    person = next((c for c in source.children if c.dep_ == "appos" and c.ent_type_ in ("PERSON", "ORG") and is_name(c)),
                  None)
    if person is not None and not is_name(source):  # "the union leader, Marta Oyelaran,", "the maker, Orrin Works,"
        words, source = mention(person), person
    elif (full := meant(source)) is not None:
        words, source = full.text, full.root
    it.source = trimmed(source.doc, *start_end)
    it.source_id = sources.resolve(words, names, source.text)
    plural = source.tag_ in ("NNS", "NNPS") or child(source, "conj") is not None or source.lower_ in ("they", "we")
    of = child(source, "prep") if source.like_num or source.pos_ in ("DET", "PRON") else None
    kind = child(of, "pobj") if of is not None and of.lower_ == "of" else None
    kind, plural = (source, plural) if kind is None else (kind, plural or not source.lower_ == "one")  # "two of the nurses"
    named = is_name(kind) and not (kind.i == kind.sent.start and kind.text == words and sources.is_listed(words))
    it.source_type = sources.source_type(words, it.source_id, kind.text, plural, named)
    bare = source.lemma_.lower() in lexicons.group("no speaker") and not any(
        t.i != source.i and (is_name(t) or sources.is_somebody(t.text)) for t in source.doc[slice(*extent(source))])
    if bare and it.entry["author_value"] != "Uu":
        it.source_type = "none"  # "data show": nobody says so


def negate(it: Attribution) -> None:
    """ "did not confirm" and "did not claim" leave the content open, "does not believe" turns it round, "does not doubt"
    affirms it; what somebody does not rule out is possible, what he does not know stays known to whoever says so.
    """
    if it.entry["lemma"] in lexicons.group("left possible"):
        it.act, it.value, it.author_value = "speculate", "PS+", "Uu" if it.source else "PS+"
    elif it.entry["lemma"] in lexicons.group("factive"):
        it.value, it.author_value = "Uu", "CT+"
    elif it.entry["lemma"] in lexicons.group("advising"):
        pass
    elif it.act in ("confirm", "deny", "say"):
        it.act, it.value, it.author_value = "decline", "Uu", "Uu"
    elif it.value.endswith("-"):
        it.value, it.author_value = "CT+", "Uu"
    elif it.value == "CT+":
        it.value, it.author_value = "Uu", "Uu"
    elif it.value.endswith("+"):
        it.value, it.author_value = it.value[:-1] + "-", "Uu"


def nested(found: list[Attribution]) -> list[Attribution]:
    """Sets each one's parent: its relay, else the smallest other content that holds the word that reports, and more.

    Of a relay and an origin with one content, the origin is the one within which others stand.
    """
    found = sorted(found, key=lambda a: (a.cue, a.source or (0, 0)))
    for it in found:
        if it.under is not None:
            it.content = it.under.content = max(it.content, it.under.content, key=len)
    for it in found:
        around = [a for a in found if a is not it and a.cue != it.cue and a.covers(it.word) and a.size() > it.size()]
        it.parent = it.under or min(around, key=innermost, default=None)
    return found


def themselves(doc: Doc, found: list[Attribution]) -> list[Attribution]:
    """Those of `found`, parents set, with "he", "she" and "they" as whoever says so, where nobody else stands between:
    "the minister said she feared that"; and with "we" in a quotation as its speaker."""
    for it in found:
        over = it.parent
        if over is not None and it.rule == "noun" and it.source == over.source and it.cue[0] <= over.head < it.cue[1]:
            it.parent = over = over.parent  # "repeated her claim": said once
        if over is not None and it.source_id == "~we" and over.source and over.source_id not in (*SELF, "~we") and any(
                t.text in ("“", '"', "``") for t in doc[max(0, over.content[0][0] - 1):it.source[0]]):
            it.source_id, it.source_type, it.itself = over.source_id, over.source_type, True  # for whom he speaks
            continue
        if over is None or not it.source or not over.source or it.source_id not in SELF or over.source_id in SELF or (
                (over.source_type == "collective") != (it.source_id == "~they")) or over.source[0] > it.source[0]:
            continue
        between = doc[over.source[1]:it.source[0]]
        if not any(t.pos_ in ("PROPN", "PRON") and t.tag_ not in ("WDT", "EX") or t.pos_ == "NOUN" and (
                sources.is_somebody(t.text)) and (t.tag_ != "NNS" or it.source_id == "~they") for t in between):
            it.source_id, it.source_type, it.itself = over.source_id, over.source_type, True
    return found


def holders(chain: list[Attribution]) -> list[int]:
    """Which steps of a chain have a holder of their own: data and evidence are nobody, and of two steps of one person's
    ("the minister said she feared that") the inner one counts, unless the outer one takes it back or leaves it open.
    """
    kept: list[int] = []
    for n, it in enumerate(chain):
        if it.source_type == "none":
            continue
        if kept and (before := chain[kept[-1]]).source_id == it.source_id and (
                it.itself or it.source == before.source or it.source_type in ("named", "role") or it.source_id in SELF[:2]):
            if before.refuses:
                continue
            kept.pop()
        kept.append(n)
    return kept


def polled(doc: Doc, a: Attribution) -> bool:
    """Whether a source is a share of people, so that how many think so is what is said: "61% of voters think"."""
    return a.source is not None and any(t.lower_ in lexicons.group("share of people") for t in doc[slice(*a.source)]) and any(
        t.lower_ == "of" for t in doc[slice(*a.source)])


def counts_speakers(number: Token, found: list[Attribution]) -> bool:
    """Whether a number stands in words that only say who speaks: "two people said", "doctors at two clinics said"."""
    clause = clause_of(number)
    found = [a for a in found if not polled(number.doc, a)]
    return any(a.source and a.source[0] <= number.i < a.source[1] and not a.source[0] <= clause.i < a.source[1]
               for a in found)


def innermost(it: Attribution) -> tuple:
    """What sorts attributions that hold a word, the one on whose word it is first."""
    return it.size(), it.under is None, it.cue
