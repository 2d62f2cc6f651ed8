"""Claims: one a clause or a noun that states something, with who says it, how surely, of whom and of what.

The chain goes from the author outward: `author > reports > us-government`. A claim is on the word of the smallest
attribution that holds its head. Conventions for a denial: the claim is the whole clause of the denial, one for each who
denies; the denier ends the chain; measure, population and place are those of what is denied; polarity is neg and the
source's value CT-, since what is denied is what the source asserts to be false; the author stays uncommitted to it.
"""
from dataclasses import dataclass, field

from spacy.tokens import Token

from helpers import clauses, factuality, lexicons, locating, populations, scopes
from helpers.commitment import entry
from helpers.language import Passage
from helpers.nominals import Span
from helpers.quantities import Quantity
from helpers.syntax import child, clause_of, extent, is_negated, is_verb, lead, subject, trimmed
from helpers.voices import Attribution, holders, innermost


@dataclass
class Claim:
    """One claim of one passage; start and end in characters of the view."""

    start: int
    end: int
    head: int
    rule: str
    kind: str
    attribution: Attribution | None
    own: factuality.Reading
    hedges: list[str]
    measure: str
    population: str
    place: str
    quantities: list[Quantity] = field(default_factory=list)

    @property
    def chain(self) -> list[Attribution]:
        return self.attribution.chain() if self.attribution else []


def find(passage: Passage, attributions: list[Attribution], quantities: list[Quantity],
         memory: populations.Memory) -> list[Claim]:
    """Every claim of a passage, in order; each quantity lies with the smallest claim that holds it."""
    doc = passage.doc
    spans = clauses.find(doc, attributions)
    holders: dict[int, list[Quantity]] = {n: [] for n in range(len(spans))}
    for q in quantities:
        around = [n for n, s in enumerate(spans) if doc[s.start].idx <= q.start and q.end <= _end(doc[s.end - 1])]
        if not around and q.aside:
            continue
        if not around:
            whole = doc[q.token].sent
            spans.append(Span(whole.start, whole.end, whole.root.i, "number"))
            around = [len(spans) - 1]
            holders[around[0]] = []
        best = min(around, key=lambda n: (spans[n].end - spans[n].start, n))
        for n in around:  # both claims of a shared denial hold its numbers
            if (spans[n].start, spans[n].end) == (spans[best].start, spans[best].end):
                holders[n].append(q)
    found = []
    for n, span in enumerate(spans):
        sharing = [span.denial] if span.denial else _on_whose_word(span, attributions)
        for attribution in sharing or [None]:
            found.append(_claim(passage, span, attribution, holders[n], memory, attributions))
    return sorted(found, key=lambda c: (c.start, c.end))


def _end(token: Token) -> int:
    return token.idx + len(token)


def _on_whose_word(span: Span, attributions: list[Attribution]) -> list[Attribution]:
    if span.rule in ("possessive", "premodified"):  # presupposed: the author's own, whoever is quoted around it
        return []
    around = [a for a in attributions
              if a.covers(span.head) and a.verb != span.head and not a.refuses]
    if not around:
        return []
    best = min(around, key=innermost)
    return [a for a in around if (a.cue, a.content) == (best.cue, best.content)]


def _claim(passage: Passage, span: Span, attribution: Attribution | None, quantities: list[Quantity],
           memory: populations.Memory, attributions: list[Attribution]) -> Claim:
    doc = passage.doc
    said_by = attribution.source if attribution else None
    within = said_by and span.head < said_by[0] < span.end <= said_by[1] + 1  # whoever said it was taken for a part of it
    span = span._replace(end=max(span.head + 1, trimmed(doc, span.start, said_by[0] if within else span.end)[1]))
    head, tokens = doc[span.head], doc[span.start:span.end]
    measure, population, place = _about(span, head, quantities, memory)
    if population and measure and not span.denial:
        memory.by_measure.setdefault(measure, population)
    counts = [q for q in quantities if not q.aside]
    kind = _kind(span, head, tokens, counts, attribution)
    above = attribution.chain() if attribution else []
    cues = [n for a in above if a.entry["part"] != "adverb" for n in range(*a.cue)]  # "reportedly" is cue and hedge
    stated = doc[span.denial.head] if span.denial else head
    reporting = {n for a in attributions if a.word != stated.i for n in range(*a.cue)}
    own = factuality.own(stated, reporting)
    return Claim(tokens.start_char, tokens.end_char, span.head, span.rule, kind, attribution, own,
                 factuality.hedges(tokens, cues), "" if kind == "opinion" else measure,
                 population, place, quantities)


def _is_amount(noun: Token) -> bool:
    """Whether a noun of what happened to people has a word of amount: "heavy losses", "the number of arrests"."""
    if not scopes.of_word(noun):
        return False
    over = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return over.i != noun.i and over.lemma_.lower() in lexicons.group("many") or any(
        c.dep_ == "amod" and c.lower_ in lexicons.group("amount") for c in noun.lefts)


def _kind(span: Span, head: Token, tokens, quantities: list[Quantity], attribution: Attribution | None) -> str:
    """The first kind that fits: what is ahead is a prediction, whether or not it is counted."""
    if span.rule == "cause-phrase":
        return "cause"
    if span.denial:
        return "quantity" if quantities else "event"
    cue = attribution.entry["lemma"] if attribution is not None else ""
    planned = cue in lexicons.group("planning") and any(c.tag_ == "TO" and c.dep_ == "aux" for c in head.children)
    if _ahead(head, attribution is not None) or cue in lexicons.group("ahead") or planned:
        return "prediction"
    if quantities:
        return "quantity"
    if _causes(head):
        return "cause"
    after = tokens if not is_verb(head) else [t for t in tokens if t.i >= head.i]
    if any(map(_is_amount, after)):
        return "quantity"
    called = attribution is not None and "predicate" in lexicons.cells(attribution.entry["takes"])
    judged = span.rule == "evaluative" or any(_is_judgement(t, called) for t in after)
    if judged or cue in lexicons.group("opinion") or _held(head):
        return "opinion"
    return "quantity" if any(map(_is_amount, tokens)) else "event"


def _is_judgement(word: Token, called: bool) -> bool:
    """Whether a word judges: any of the list; of some, only what something is said to be, or `called` ("called the recall
    a disaster", not "a disaster zone")."""
    told = called and word.dep_ != "compound" or word.dep_ in ("attr", "oprd") or word.dep_ == "pobj" and word.head.lower_ == "as"
    return word.lemma_.lower() in lexicons.by("evaluative", "lemma") or told and (
        word.lemma_.lower() in lexicons.group("verdict"))


def _held(head: Token) -> bool:
    """Whether a clause says that it is somebody's view: "in the union's view", "to my mind", "I think that"."""
    over = head.head
    who = child(over, "nsubj") if head.dep_ == "ccomp" and over.lemma_.lower() in lexicons.group("own opinion") else None
    views = (child(c, "pobj") for c in head.children if c.dep_ == "prep" and c.lower_ in ("in", "to"))
    return who is not None and who.lower_ == "i" or any(
        v is not None and v.lemma_.lower() in lexicons.group("view") and (
            child(v, "poss") is not None or any(c.lower_ == "of" for c in v.children)) for v in views)


def _ahead(head: Token, reported: bool) -> bool:
    """Will, is likely to, is about to; would in reported speech; may and could of what happens, not of what is."""
    first = lead(head)  # "will close two wards and lay off 40 nurses"
    helpers = [c for c in first.children if c.dep_ == "aux" and c.i < first.i and first.i != head.i]
    beside = {c.lower_ for c in (*helpers, *(c for c in head.children if c.dep_ in ("aux", "acomp", "amod")))}
    words = beside & lexicons.group("future") or reported and "would" in beside and "have" not in beside
    if is_verb(head) and beside & {"may", "might", "could"} and not beside & {"have", "be"}:
        words = words or head.lemma_ not in ("be", "have") and not is_negated(head)
    going = any(entry(w, "to") and child(w, "xcomp") is not None for w in (head, *head.children)
                if w.i == head.i or w.dep_ in ("acomp", "oprd"))  # "is set to"
    return bool(words) or going or head.lemma_ in lexicons.group("ahead")


def _causes(head: Token) -> bool:
    entries = lexicons.by("causes", "phrase")
    lemma = head.lemma_.lower()
    marks = [lemma, *(f"{lemma} {c.lower_}" for c in head.children if c.dep_ in ("prep", "prt"))]
    if any(entries.get(m, {"kind": ""})["kind"] == "verb" for m in marks):
        return True
    if any(c.dep_ == "mark" and c.lower_ == "because" for c in head.children):
        return True
    thing = child(head, "attr", "oprd")
    return thing is not None and entries.get(thing.lemma_.lower(), {"kind": ""})["kind"] == "noun"


def _about(span: Span, head: Token, quantities: list[Quantity], memory: populations.Memory) -> tuple[str, str, str]:
    """Measure, population and place: those of its first number that has a measure, else of what it is about."""
    doc = head.doc
    for q in sorted(quantities, key=lambda q: q.aside):
        if q.measure:
            return q.measure, q.population, q.place or locating.place(span.start, span.end, doc)
    place = locating.place(span.start, span.end, doc)
    if span.denial:
        return *_denied(span.denial, head, memory), place
    if is_verb(head):
        measure, thing = scopes.measure(None, head), child(head, "dobj", "nsubjpass")
        if not scopes.of_word(head):
            inside = next((t for t in doc[span.start:span.end] if t.pos_ == "NOUN" and scopes.of_word(t)
                           and clause_of(t).i == head.i and (t.i > head.i or t.head.i == head.i)), None)
            if inside is not None:
                return scopes.measure(inside, head), _bearer(inside, head, memory), place
        who = thing if thing is not None else subject(head)
        people = populations.find(who, head, memory) if who is not None and _counts(who) else ""
        return measure, people if scopes.is_listed(measure) or people in populations.listed() else "", place
    verb = clause_of(head)
    measure = scopes.measure(head, verb) if scopes.of_word(head) else head.lemma_.lower()
    return measure, populations.named(doc[span.start:span.end].text) or (
        populations.find(head, verb, memory) if scopes.of_word(head) else ""), place


def _counts(noun: Token) -> bool:
    return noun.pos_ in ("NOUN", "PROPN") and not scopes.of_word(noun)


def _bearer(noun: Token, verb: Token, memory: populations.Memory) -> str:
    """Who bears what a noun names; after "resulting in", those whom the clause above was about."""
    if _causes(verb) and verb.dep_ == "advcl":
        above = child(verb.head, "dobj", "nsubjpass")
        own = populations.named(noun.doc[noun.left_edge.i:noun.right_edge.i + 1].text)
        who = populations.find(above, verb.head, memory) if above is not None else ""
        counted = above is not None and child(above, "nummod") is not None
        return own or (who if counted or who in populations.listed() else "")
    return populations.find(noun, verb, memory)


def _denied(denial: Attribution, verb: Token, memory: populations.Memory) -> tuple[str, str]:
    thing = verb.doc[denial.head]
    clause = clause_of(thing)
    if is_verb(thing):
        who = child(thing, "dobj", "nsubjpass") or subject(thing)
        measure = scopes.measure(None, thing)
        return measure, populations.find(who, thing, memory) if who is not None and _counts(who) else ""
    if thing.pos_ in ("PRON", "DET"):
        return "", ""
    measure = scopes.measure(thing, clause) if scopes.of_word(thing) else thing.lemma_.lower()
    named = populations.named(verb.doc[slice(*extent(thing))].text)
    definite = any(c.lower_ in ("the", "these", "those") for c in thing.children)
    return measure, named or (memory.by_measure.get(measure, "") if definite else "")


def chain_ids(claim: Claim) -> str:
    """The claim's chain as the tables write it."""
    return " > ".join(["author", *(claim.chain[n].source_id for n in holders(claim.chain))])


def checkable(claim: Claim) -> str:
    """yes, partly or no: judgements cannot be checked, causes and what is ahead only in part."""
    return {"opinion": "no", "prediction": "partly", "cause": "partly"}.get(claim.kind, "yes")
