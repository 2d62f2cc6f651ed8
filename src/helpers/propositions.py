"""A claim's proposition: its own words made to stand alone where that is safe, else as they are.

relative       the mill, which burned down          The mill burned down.
shared         the mayor resigned and left town     The mayor left town.
infinitive     she claims to have won               She has won.
participle     a firm employing 300 people          A firm employing 300 people.
possessive     Peru's Cusco region                  The Cusco region belongs to Peru.
premodified    these badly paid workers             These workers are badly paid.
pronoun        he resigned                          Ruben Tamm resigned.
cut in two     the dam, he said, will break         The dam will break.

What is put in stands in the same paragraph, but for a form of "be", "have" or "belongs to" where the text takes
something for granted or has an infinitive. In doubt the words stay: where verb and noun disagree, where nobody is meant
("no man who"), where a participle may belong to the whole clause before it (", resulting in").
"""
from spacy.tokens import Token

from helpers import lexicons, stops, subjects
from helpers.claims import Claim
from helpers.language import Passage
from helpers.putting_in import POINTING, Edit, Words, in_straight_marks, meant, name
from helpers.syntax import Range, child, is_clause, is_negated, is_passive, trimmed

LONGEST = 100  # words of a clause that is told whole for one of its parts
_NOMINAL = ("event-noun", "hedged-noun", "evaluative", "appositive", "with-clause", "cause-phrase", "number")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")


def stand_alone(passage: Passage, text: str, claim: Claim) -> str:
    """What a claim of a passage of `text` says, as one sentence with a capital and a full stop.

    Negations, hedges and numbers stay as they are, and a question keeps its mark. Never raises.
    """
    words = Words(passage, text)
    span = passage.doc.char_span(claim.start, claim.end, alignment_mode="expand")
    whole = (span.start, span.end)
    told = _possessive(words, claim, whole) or _premodified(words, claim, whole) or _clause(words, claim, whole)
    return stops.sentence(told, inside=in_straight_marks(span[0]))


def _possessive(words: Words, claim: Claim, whole: Range) -> str:
    place = words.doc[claim.head]
    owner = child(place, "poss")
    mark = child(owner, "case") if owner is not None else None
    if claim.rule != "possessive" or mark is None or subjects.plural(place) or (
            owner.left_edge.i, mark.i, place.i + 1) != (whole[0], owner.right_edge.i, whole[1]):
        return ""
    return f"the {words(mark.i + 1, whole[1]).strip()} belongs to {words.inner(whole[0], mark.i)}"


def _premodified(words: Words, claim: Claim, whole: Range) -> str:
    """ "the", an owner or "these" says who is meant; without them the adjective does ("badly paid workers")."""
    noun, doc = words.doc[claim.head], words.doc
    described = [c for c in noun.lefts if c.dep_ == "amod"]
    if claim.rule != "premodified" or len(described) != 1 or (noun.left_edge.i, noun.i + 1) != whole:
        return ""
    low, high = described[0].left_edge.i, described[0].right_edge.i + 1
    first = doc[whole[0]]
    owner = child(noun, "poss")
    known = first.lower_ in POINTING or owner is not None and owner.left_edge.i == first.i
    new = {t.lower_ for t in doc[low:high]} & lexicons.group("time adverb")
    ranked = any(t.tag_ in ("JJR", "JJS", "RBR", "RBS") for t in doc[low:high])
    said = words(low, high).strip()
    if not known or new or ranked or low == whole[0] or any(t.lower_ == "only" for t in doc[whole[0]:low]) or (
            "".join(said.lower().split()) in lexicons.by("reporting_cues", "lemma")):
        return ""
    past = bool(subjects.past(noun.head))
    be = ("were" if past else "are") if subjects.plural(noun) else ("was" if past else "is")
    return f"{words(whole[0], low)}{words(high, noun.i)}{words(noun.i, noun.i + 1).strip()} {be} {said}"


def _clause(words: Words, claim: Claim, whole: Range) -> str:
    start = whole[0]
    while start < whole[1] and _joins(words.doc[start]):
        start += 1
    named: set[str] = set()
    edits = _cut(words, claim, (start, whole[1]))
    verb = _verb(words, claim, (start, whole[1]))
    if verb is not None:
        told = _with_subject(words, claim, verb, start, named)
        if not told and _lacks_subject(verb) and (whole_clause := _governing(words, verb)):
            return whole_clause
        edits += told
    edits += meant(words, start, whole[1], named)
    out, at = [], start
    for a, b, new in sorted(edits):
        if a < at:
            continue
        out += [words(at, a), new, words.doc[b - 1].whitespace_ if new and b > a else " "]
        at = b
    return "".join([*out, words(at, whole[1])])


def _lacks_subject(verb: Token) -> bool:
    """Whether a clause does not name whom it is about; an order or a headline ("Read on") has nobody to name."""
    own = child(verb, *_SUBJECTS)
    return verb.dep_ != "ROOT" and (own is None or own.tag_ in ("WDT", "WP") and own.i < verb.i)


def _governing(words: Words, verb: Token) -> str:
    """The clause above with a subject of its own, whole, else the sentence: what hangs on it can be read with it.

    "" where that is longer than anybody reads as one claim.
    """
    at = verb
    while at.head.i != at.i:
        at = at.head
        own = child(at, *_SUBJECTS)
        named = own is not None and own.tag_ not in ("WDT", "WP") and own.i < at.i
        if named and is_clause(at) and at.dep_ != "parataxis":
            break
    start, end = trimmed(words.doc, at.left_edge.i, at.right_edge.i + 1, ",;:-–—")
    while start < end - 1 and _joins(words.doc[start]):
        start += 1
    return words(start, end) if end - start <= LONGEST else ""


def _joins(token: Token) -> bool:
    """Whether a first word only ties a clause to another: "and", "but", "that", or "when" of what was so."""
    if token.dep_ in ("cc", "mark"):
        return token.lower_ == "that" or token.dep_ == "cc" and token.lower_ not in ("nor", "neither")
    return token.tag_ == "WRB" and token.lower_ in ("when", "where") and token.dep_ == "advmod" and (
        token.head.dep_ in ("relcl", "advcl")) and bool(subjects.past(token.head))


def _verb(words: Words, claim: Claim, whole: Range) -> Token | None:
    """The verb of a claim that is a clause: its head, or the reporting verb where the claim holds that too."""
    held = [n for n in (claim.head, claim.attribution.verb if claim.attribution else -1) if whole[0] <= n < whole[1]]
    verb = next((words.doc[n] for n in held if is_clause(words.doc[n])), None)
    return verb if verb is not None and verb.left_edge.i >= whole[0] - 1 and claim.rule not in _NOMINAL else None


def _with_subject(words: Words, claim: Claim, verb: Token, start: int, named: set[str]) -> list[Edit]:
    """What gives a verb the subject that it lacks or has in a relative pronoun."""
    own = child(verb, *_SUBJECTS)
    if verb.dep_ == "acl" and own is None and verb.left_edge.i == start:
        found = subjects.of_participle(verb)
        return [(start, start, name(words, found, named))] if found else []
    if verb.dep_ == "relcl" and own is not None:
        found = subjects.of_relative(verb)
        if not found or own.i < start or verb.left_edge.i > start + 1 or not own.whitespace_:
            return []
        if found.picks_out:
            return [(start, start, name(words, found, named))] if own.i == start else []
        return [(own.i, own.i + 1, name(words, found, named))]
    if own is not None or start > verb.i:
        return []
    if verb.dep_ == "xcomp" and claim.rule == "content":
        return _from_infinitive(words, claim, verb, start, named)
    found = subjects.shared(verb)
    if not found:
        return []
    at = verb.i
    while at > start and words.doc[at - 1].head.i == verb.i and words.doc[at - 1].dep_ in (
            "aux", "auxpass", "neg", "advmod") and words.doc[at - 1].n_lefts + words.doc[at - 1].n_rights == 0:
        at -= 1
    if words.doc[at].text[0] in "'’":
        return []
    return [(at, at, f"{name(words, found, named)} {words(*found.helping)}".strip())]


def _from_infinitive(words: Words, claim: Claim, verb: Token, start: int, named: set[str]) -> list[Edit]:
    """ "to have won", "to be the owner" with a subject and in the tense of the cue."""
    said, above = claim.attribution, verb.head
    if not said or said.verb != above.i or above.lemma_.lower() not in lexicons.group("what is") or not (
            is_passive(above) or said.act in ("allege", "confirm")) or is_negated(above) or (
                child(above, "dobj", "dative") is not None):
        return []
    to = next((c for c in verb.lefts if c.lower_ == "to" and c.dep_ == "aux"), None)
    found = subjects.of_verb(above)
    if to is None or found is None or to.i + 1 > verb.i or found.noun.lower_ in ("i", "you"):
        return []
    helping, many = words.doc[to.i + 1], subjects.plural(found.noun)
    helps = helping.dep_ in ("aux", "auxpass") and helping.head.i == verb.i or helping.i == verb.i
    if many is None or not helps or helping.lower_ not in ("have", "be") or helping.lower_ == "have" and (
            helping.i == verb.i) or any(t.head.i != verb.i for t in words.doc[start:to.i]):
        return []
    past = bool(subjects.past(above))
    form = {"have": ("has", "have", "had", "had"), "be": ("is", "are", "was", "were")}[helping.lower_][2 * past + many]
    return [(start, helping.i + 1, f"{name(words, found, named)} {form} {words(start, to.i)}".strip())]


def _cut(words: Words, claim: Claim, whole: Range) -> list[Edit]:
    """Takes out a source that stands in the middle of what it says, with the marks around it; never a number."""
    said = claim.attribution
    if said is None or said.act in ("deny", "decline"):
        return []
    parts = [p for p in sorted(said.content) if p[0] < whole[1] and p[1] > whole[0]]
    edits: list[Edit] = []
    for (_, low), (high, _) in zip(parts, parts[1:]):
        held = words.doc[low:high]
        aside = said.source and low <= said.source[0] < high and low <= said.cue[0] < high
        own = any(t.head.i == claim.head and t.dep_ in ("neg", "aux", "auxpass", "advmod") for t in held)
        if own or not aside or not whole[0] < low < high < whole[1] or any(
                t.like_num or any(c.isdigit() for c in t.text) for t in held):
            continue
        while low > whole[0] and words.doc[low - 1].is_punct and words.doc[low - 1].text != ")":
            low -= 1
        while high < whole[1] and words.doc[high].is_punct and words.doc[high].text != "(":
            high += 1
        edits.append((low, high, ""))
    return edits
