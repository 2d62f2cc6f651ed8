"""Small questions to a dependency parse, shared by the rules. Ranges are (first, last + 1) token numbers in the doc."""
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from helpers import lexicons

Range = tuple[int, int]
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
CLAUSES = ("ROOT", "ccomp", "advcl", "relcl", "parataxis", "conj", "acl", "xcomp", "pcomp", "csubj")
NAMES = ("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC")


def extent(token: Token) -> Range:
    """The words that hang on a token, and itself."""
    return token.left_edge.i, token.right_edge.i + 1


def child(token: Token, *deps: str) -> Token | None:
    for c in token.children:  # a generator would take twice as long, and this is asked of every word many times
        if c.dep_ in deps:
            return c
    return None


def is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def is_clause(token: Token) -> bool:
    """Whether a token heads a clause: a verb, or what has an auxiliary or, as the root, a subject like one."""
    return token.dep_ in CLAUSES and (is_verb(token) or child(token, "aux", "auxpass") is not None or (
        token.dep_ == "ROOT" and child(token, "nsubj", "nsubjpass") is not None))


def phrasal(verb: Token) -> str:
    """The lemma of a verb with its particle: "rule out"; without one the lemma."""
    particle = child(verb, "prt")
    return f"{verb.lemma_.lower()} {particle.lower_}" if particle is not None else verb.lemma_.lower()


def is_finite(token: Token) -> bool:
    """A verb with tense: its own or an auxiliary's."""
    return token.tag_ in ("VBD", "VBP", "VBZ", "MD") or any(
        c.dep_ in ("aux", "auxpass", "cop") and c.tag_ in ("VBD", "VBP", "VBZ", "MD") for c in token.children)


def is_passive(token: Token) -> bool:
    return token.tag_ == "VBN" and (child(token, "auxpass", "nsubjpass", "agent") is not None or token.dep_ == "acl")


def negation(token: Token) -> list[Token]:
    """The words that negate a clause or a noun: its own ("not", "never", "no"), its subject's ("nobody", "not all", "no
    nurse"), its object's ("killed nobody"), "at no time", and those of a clause that it shares them with ("did not pay or tell"). "Not only" negates
    nothing, nor does "not until".
    """
    helpers = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    found = [c for over in (token, *helpers) for c in over.children
             if _negates(c) and (c.dep_ != "cc" or c.i < token.i)]
    for c in token.children:
        if c.dep_ == "advmod" and c.lower_ in ("longer", "more") and c.left_edge.lower_ == "no":
            found.append(c.left_edge)  # "no longer"
        if c.dep_ == "advmod" and c.lower_ == "yet" and child(token, "xcomp") is not None:
            found.append(c)  # "has yet to pay"
        thing = child(c, "pobj") if c.dep_ == "prep" else None
        if thing is not None and thing.lemma_.lower() in lexicons.group("at no") and thing.left_edge.lower_ == "no":
            found.append(thing.left_edge)
    found += [c for c in token.children if c.dep_ in ("dobj", "attr") and c.lower_ in lexicons.group("nobody")]
    own = child(token, "nsubj", "nsubjpass")
    who = own if own is not None else subject(token) if token.dep_ == "conj" else None
    if who is not None and who.lower_ in lexicons.group("nobody"):
        found.append(who)
    elif who is not None and _negates(who.left_edge):
        found.append(who.left_edge)
    if (first := lead(token)).i != token.i:
        found += [c for c in first.children if c.i < first.i and _negates(c)]
    if token.dep_ == "conj":
        joined = {c.lower_ for c in token.head.children if c.dep_ == "cc" and c.i < token.i}
        either = child(token, *SUBJECTS) is None and not joined.isdisjoint(("or", "nor"))
        found += [c for c in token.head.children if c.i < token.i and _negates(c) and (
            either or c.lower_ == "nor" and c.i > token.head.i)]
    return list(dict.fromkeys(found))


def is_negated(token: Token) -> bool:
    """Whether any word negates it."""
    return bool(negation(token))


def lead(token: Token) -> Token:
    """The verb whose auxiliaries a verb stands under: of several joined, the first ("may be closed, moved or sold")."""
    verb = token
    for _ in range(12):
        above = verb.head
        if verb.dep_ != "conj" or child(verb, *SUBJECTS, "aux", "auxpass") is not None:
            break
        perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in above.children)  # "may have paid and left"
        if not (verb.tag_ == above.tag_ and verb.tag_ in ("VB", "VBN", "VBG") or perfect and verb.tag_ == "VBD"):
            break
        verb = above
    return verb


def _negates(word: Token) -> bool:
    if word.dep_ in ("neg", "preconj", "advmod", "det", "cc") and word.lower_ in lexicons.group("negation"):
        after = word.doc[word.i + 1].lower_ if word.i + 1 < len(word.doc) else ""
        return after not in lexicons.group("no negation")
    return False


def clause_of(token: Token) -> Token:
    """The nearest token upward, itself included, that heads a clause (else the sentence's root)."""
    while not is_clause(token) and token.head.i != token.i:
        token = token.head
    return token


def subject(verb: Token) -> Token | None:
    """The head word of a verb's subject; a shared or understood one too (conjoined, participial, relative clauses)."""
    for _ in range(12):
        own = child(verb, *SUBJECTS)
        if own is not None and own.tag_ not in ("WDT", "WP"):
            return own
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return verb.head
        if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and (of := child(verb.head.head, "dobj")) is not None:
            return of  # "quoted the governor as saying"
        if verb.dep_ not in ("conj", "xcomp", "acomp", "advcl", "pcomp", "prep", "dep", "ccomp") or own is not None:
            return own
        if verb.dep_ == "ccomp" and is_finite(verb):
            return None
        verb = verb.head
    return None


def trimmed(doc: Doc, start: int, end: int, off: Iterable[str] = (",", ";", ":", ".", "-", "--", "–", "—")) -> Range:
    """A range without blanks, commas and dashes at its ends, and without a mark or bracket that lost its partner."""
    while start < end and (doc[start].is_space or doc[start].text in off or doc[start].text in ")”]"):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].text in off or doc[end - 1].text in "(“[" or (
            doc[end - 1].text == "”" and all(t.text != "“" for t in doc[start:end]))):
        end -= 1
    return start, end


def without(whole: Range, holes: Iterable[Range]) -> list[Range]:
    """A range less other ranges."""
    left = [whole]
    for a, b in sorted(holes):
        left = [part for s, e in left
                for part in (((s, min(e, a)), (max(s, b), e)) if a < e and b > s else ((s, e),)) if part[0] < part[1]]
    return left


def mention(head: Token) -> str:
    """A noun's own words: from its left edge to itself, and the phrase after it that says whom it speaks for."""
    end = head.i + 1
    for c in head.children:
        named = c.dep_ == "prep" and c.lower_ in ("of", "for", "at", "in", "with", "from") and child(c, "pcomp") is None
        if c.i == end and (named or c.dep_ == "amod"):
            end = c.right_edge.i + 1
    return head.doc[head.left_edge.i:end].text if end - head.left_edge.i < 40 else head.text


def is_name(head: Token) -> bool:
    return head.pos_ == "PROPN" or head.ent_type_ in NAMES
