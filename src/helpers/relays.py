"""Who passes on whose words: "Reuters reported, citing a memo", "according to a memo seen by Reuters".

One who credits somebody for what he says is a relay, and who is credited its origin: the chain goes from the author to
the relay and on to the origin, and both hold the same content. What is credited has to be somebody or a paper that may
say something: "citing rising costs" gives a reason.
"""
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from helpers import lexicons, sources
from helpers.syntax import Range, child, is_name, is_verb
from helpers.voices import Attribution, listed, name

SAYING = ("verb-clause", "verb-object", "verb-infinitive", "parenthetical", "as-clause", "quotation", "according-to")


def find(doc: Doc, found: list[Attribution], names: sources.Names) -> list[Attribution]:
    """One more attribution for each of `found` that has a relay or an origin beside it, `under` set."""
    more = []
    for it in found:
        if it.rule not in SAYING or it.act in ("deny", "decline") or it.source is None:
            continue
        for verb, origin in _credited(doc, it):
            own = _made(it, verb, origin, names)
            own.under = it
            more.append(own)
        for verb, relay in _seen(doc, it):
            own = _made(it, verb, relay, names)
            it.under = own
            more.append(own)
    return more


def _made(it: Attribution, verb: Token, source: Token, names: sources.Names) -> Attribution:
    said = listed("say")
    own = Attribution(it.content, it.head, (verb.i, verb.i + 1), said, "relay", act=said["speech_act"],
                      value=said["source_value"], author_value=said["author_value"], verb=verb.i)
    name(own, source, names)
    return own


def _credited(doc: Doc, it: Attribution) -> Iterator[tuple[Token, Token]]:
    """ "citing" beside the verb of saying, or in a clause on its source, with whom it credits."""
    beside = [*(doc[it.verb].children if it.verb >= 0 else ()), *(c for t in _nouns(doc, it.source) for c in t.children)]
    for verb in beside:
        if verb.lemma_.lower() in lexicons.group("crediting") and verb.dep_ in ("advcl", "acl", "relcl", "prep") and (
                is_verb(verb) and (verb.tag_ == "VBG" or verb.dep_ == "relcl")):
            origin = child(verb, "dobj", "pobj")
            if origin is not None and not it.covers(verb.i) and _may_say(origin) and child(verb, "nsubjpass") is None:
                yield verb, origin
                return


def _seen(doc: Doc, it: Attribution) -> Iterator[tuple[Token, Token]]:
    """ "seen by" on the paper that says it, with who saw it; "shared with", "leaked to"; "quoted by" on anybody."""
    for source in _nouns(doc, it.source):
        paper = sources.is_listed(source.text) and not sources.is_somebody(source.text)
        ways = lexicons.group("crediting") | (lexicons.group("seen by") if paper else frozenset())
        for verb in (v for c in source.children if c.dep_ == "acl" for v in (c, *c.conjuncts)):
            if verb.tag_ != "VBN" or verb.lemma_.lower() not in ways:
                continue
            for by in verb.children:
                given = verb.lemma_.lower() in lexicons.group("given to")
                relay = child(by, "pobj") if by.lower_ in (("with", "to") if given else ("by",)) else None
                if relay is not None and (is_name(relay) or sources.is_listed(relay.text)):
                    yield verb, relay
                    return


def _nouns(doc: Doc, part: Range) -> list[Token]:
    return [t for t in doc[slice(*part)] if t.pos_ in ("NOUN", "PROPN")]


def _may_say(origin: Token) -> bool:
    plain = origin.ent_type_ not in ("DATE", "TIME", "LAW") and origin.pos_ in ("NOUN", "PROPN", "PRON")
    return plain and (is_name(origin) or sources.is_listed(origin.text))
