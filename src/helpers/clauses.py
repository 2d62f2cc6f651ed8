"""Where a claim may stand: the spans of a passage that state something, with the rule that found each.

finite        a clause with tense                       participle    ", resulting in ...", "forced to ..."
denial        the whole clause of a denial or refusal   content       what an attribution says, where it is no clause
event-noun    the death of two miners                   hedged-noun   the possible closure of ...
possessive    Peru's Cusco region (presupposed)         premodified   these badly paid workers (presupposed)
cause-phrase  due to ...                                with-clause   with some leaving early
evaluative    a judgement in a noun: "the shameful neglect of ..."      appositive   ", a town known for ..."
number        a number that no clause holds
"""
from spacy.tokens import Doc, Token

from helpers import declines, embedding, frames, lexicons, nominals, scopes
from helpers.nominals import Span
from helpers.quotations import OPEN, is_open, opens_another
from helpers.syntax import SUBJECTS, Range, child, extent, is_clause, is_finite, is_negated, is_verb, trimmed
from helpers.voices import Attribution, polled

REPORTING = ("verb-clause", "as-clause", "parenthetical", "quotation", "verb-infinitive", "attitude", "of-phrase", "relay",
             "headline")


def find(doc: Doc, found: list[Attribution]) -> list[Span]:
    """Every such span of a passage, in order; the first rule that finds a span keeps it."""
    spans: list[Span] = []
    told = {a.verb for a in found if _tells_of_a_thing(doc, a)}
    reporting = told | {a.verb for a in found if a.rule in REPORTING or a.rule in ("passive", "tagger") and (
        is_verb(doc[a.head]) or doc[a.head].dep_ in ("oprd", "pobj") or _exclaimed(doc, a)) or a.rule == "verb-object" and (
        "predicate" in lexicons.cells(a.entry["takes"]))}  # "called the plan a farce"
    reporting -= {a.verb for a in found if polled(doc, a)}
    denials = [a for a in found if a.refuses and a.verb >= 0 and a.rule != "noun"]
    reporting |= {over.i for n in reporting if n >= 0 and doc[n].dep_ == "pcomp" and doc[n].head.lower_ == "as" and (
        over := doc[n].head.head).lemma_.lower() in lexicons.group("crediting")}  # "was quoted as saying"
    relayed = {a.verb for a in found if a.rule == "relay"}
    inside_denial = {a.head for a in found if a.refuses}
    for token in doc:
        mine = [a for a in denials if a.verb == token.i]
        if mine:
            spans += [_denial(token, a) for a in mine]
        elif is_clause(token) and token.i not in reporting and token.i not in inside_denial and (
                token.dep_ != "conj" or not declines.is_part(token)) and not scopes.one_measure(token) and (
                not frames.wishes_no_name(token)):
            spans += _clause(token, found)
    for a in found:
        if a.rule == "headline" and not is_clause(doc[a.head]):
            spans.append(Span(*a.content[0], a.head, "content"))
        if a.rule == "noun" and a.act == "deny":
            clause = is_clause(doc[a.head])
            spans.append(_denial(doc[a.head], a) if clause else Span(*extent(doc[a.cue[0]]), a.cue[0], "denial", a))
        if a.verb in relayed and a.rule == "verb-object":
            continue  # "citing two aides": they are whose word it is
        if a.rule in ("adjective", "noun") and not is_clause(doc[a.head]) and not a.refuses or _tells_of_a_thing(doc, a):
            spans.append(Span(*_whole_noun(a, doc), a.head, "content"))
    reported = {a.head for a in found}  # "are said to be considering"
    silent = [doc[n] for n in reporting - {a.verb for a in denials} if is_clause(doc[n]) and (
        is_finite(doc[n]) or n in reported)]
    for verb in sorted(silent, key=lambda v: (-sum(1 for _ in v.ancestors), v.i)):  # the innermost first
        spans += _unheld(verb, found, spans)
    spans += nominals.find(doc)
    kept: dict[tuple, Span] = {}
    for span in spans:
        start, end = trimmed(doc, span.start, span.end)
        end += is_open(doc, start, end) or -opens_another(doc, start, end)
        if sum(t.is_alpha or t.like_num for t in doc[start:end]) >= 2:
            kept.setdefault((start, end, id(span.denial) if span.denial else 0), span._replace(start=start, end=end))
    return sorted(kept.values(), key=lambda s: (s.start, s.end, s.rule))


def _exclaimed(doc: Doc, a: Attribution) -> bool:
    """Whether a quotation without a verb stands before its cue: "No," said the bishop."""
    first = a.content[0][0]
    return first < a.verb and child(doc[a.verb], "nsubjpass") is None and any(
        doc[n].text in ('"', *OPEN) for n in range(max(0, first - 1), first + 1))


def _denial(verb: Token, denial: Attribution) -> Span:
    """What is denied or left open, where that is a clause that can be read by itself; else the clause that does so."""
    head = verb.doc[denial.head]
    if is_clause(head) and is_finite(head):
        return Span(*_clause_range(head), head.i, "denial", denial)
    return Span(*_clause_range(verb, content=True), verb.i, "denial", denial)


def _unheld(verb: Token, found: list[Attribution], spans: list[Span]) -> list[Span]:
    """A reporting clause that gives no claim otherwise: whole, if what its words report cannot be read by itself.

    "The clerk called the plan a farce" is on the clerk's word; "the clerk will find it hard to leave" is on nobody's.
    """
    mine, sent, low, high = [a for a in found if a.verb == verb.i], verb.sent, *extent(verb)
    asks = verb.dep_ != "relcl" and verb.doc[low].tag_ in ("WP", "WRB")  # "what they call ..."
    if asks or any(a.covers(s.head) for a in mine for s in spans if sent.start <= s.head < sent.end):
        return []
    here = [a for a in mine if any(verb.i < s < high for s, _ in a.content)]
    if here:
        head, modal = here[0].head, any(c.tag_ == "MD" for c in verb.children)
        told = (head, "content") if low <= head < high and not modal and not is_negated(verb) else (verb.i, "finite")
        return [Span(*_clause_range(verb, content=True), *told)]
    said = any(a.covers(verb.i) for a in found if a.verb != verb.i)
    listed = verb.lemma_.lower() in lexicons.by("reporting_cues", "lemma")
    return _clause(verb, found) if said or not listed and child(verb, "dobj", "attr", "acomp") is not None else []


def _tells_of_a_thing(doc: Doc, a: Attribution) -> bool:
    """Whether it reports something that is no clause and yet is a claim: "reported three deaths"."""
    return a.rule in ("verb-object", "of-phrase") and not is_clause(doc[a.head]) and not a.refuses and _eventful(doc, a)


def _eventful(doc: Doc, a: Attribution) -> bool:
    return any(scopes.of_word(t) or t.like_num for s, e in a.content for t in doc[s:e])


def _whole_noun(a: Attribution, doc: Doc) -> Range:
    """A noun's own range, its cue included, and what counts it ("the number of reported thefts")."""
    start, end = extent(doc[a.head])
    if a.rule == "adjective":
        over = doc[a.head].head
        if over.lower_ == "of" and over.head.lemma_.lower() in lexicons.group("many"):
            start = over.head.left_edge.i
        relative = child(doc[a.head], "relcl")
        return start, min(end, relative.left_edge.i) if relative is not None else end
    if a.rule == "verb-object" and a.verb >= 0 and a.verb < a.content[-1][0]:  # "reported faults at 14 stations in Marle"
        return a.content[-1][0], max(a.content[-1][1], _clause_range(doc[a.verb], content=True)[1])
    return a.content[-1] if a.rule != "of-phrase" else _clause_range(doc[a.verb], content=True)


def _clause(verb: Token, found: list[Attribution]) -> list[Span]:
    noun = verb.head
    own = any(a.head == verb.i and a.rule == "noun" for a in found)  # "repeated her claim that"
    if verb.dep_ == "acl" and (noun.pos_ in ("NOUN", "PROPN") and nominals.is_apposed(noun) or any(
            a.head == noun.i and not (own and a.rule == "tagger" and not a.refuses) for a in found)):
        return []  # the noun's claim holds it
    framed = verb.dep_ == "acl" and is_finite(verb) and embedding.frames(noun)  # "the possibility that"
    stated = framed or any(a.head == verb.i for a in found) or _apart(verb)
    if verb.dep_ in ("acl", "relcl") and not stated and not any(
            t.like_num or scopes.of_word(t) for t in verb.doc[slice(*extent(verb))]):
        return []
    if is_finite(verb):
        rule = "finite"
    elif verb.tag_ in ("VBG", "VBN") and verb.dep_ in ("acl", "advcl", "conj"):
        rule = "participle"
    elif any(a.head == verb.i for a in found):
        rule = "content"
    elif verb.dep_ == "conj" and is_clause(verb.head) and is_finite(verb.head):
        rule = "finite"
    elif verb.dep_ == "ROOT" and (verb.tag_ != "VB" or child(verb, "nsubj", "nsubjpass") is not None):
        rule = "finite" if child(verb, "nsubj", "nsubjpass") is not None else "participle"
    else:
        return []
    return [Span(*_clause_range(verb), verb.i, rule)]


def _apart(verb: Token) -> bool:
    """Whether a clause on a noun is set off by a comma or dash, or hangs on an apposition: it then states something."""
    before = verb.doc[verb.left_edge.i - 1] if verb.left_edge.i else verb
    return before.text in (",", "-", "–", "—", "(", "--") or verb.head.dep_ == "appos"


def _clause_range(verb: Token, content: bool = False) -> Range:
    """A clause without the clauses beside it that are claims of their own; of several parts, the one with its verb."""
    start, end = extent(verb)
    inner = (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") or scopes.one_measure(c))
    for c in [*verb.children, *(g for c in inner for g in c.children)]:
        beside = c.dep_ in ("advcl", "parataxis") and not content or (
            c.dep_ == "conj" and is_verb(c) and not scopes.one_measure(c))
        phrase = c.lower_ == "according" or nominals.is_cause(c) or nominals.brought_in(c) is not None
        aside = c.dep_ in ("acl", "relcl", "appos") and c.head.i != verb.i and c.i < verb.i and _long(c)
        if not (beside or phrase or aside):
            continue
        low, high = extent(c)
        if low > verb.i:
            end = min(end, low)
        elif high <= verb.i and (aside or not any(s.i < low for s in verb.lefts if s.dep_ in SUBJECTS)):
            start = max(start, high)
    doc = verb.doc
    start = max([start, *(t.i + 1 for t in doc[start:verb.i] if t.text == ";")])
    end = min([end, *(t.i for t in doc[verb.i + 1:end] if t.text == ";")])
    end = min([end, *(t.i for t in doc[verb.i + 1:end] if nominals.brought_in(t) is not None or nominals.is_cause(t) or nominals.judged_phrase(t))])
    if start < verb.i and doc[start].lower_ in ("only", "just") and doc[start + 1].lower_ == "that":
        start += 1
    while start < verb.i and (doc[start].dep_ in ("cc", "mark") or doc[start].is_punct and doc[start].text in ",;:-–—"):
        start += 1
    while end - 1 > verb.i and (doc[end - 1].dep_ == "cc" or doc[end - 1].is_punct and doc[end - 1].text in ",;:-–—"):
        end -= 1
    bare = start > verb.left_edge.i and child(verb, *SUBJECTS) is not None and (
        sum(t.is_alpha or t.like_num for t in doc[start:end]) < 2)
    return extent(verb) if bare else (start, end)  # "the minister, who met the families that fled, wept"


def _long(token: Token) -> bool:
    return token.right_edge.i - token.left_edge.i >= 5
