"""Attributions by dependency rules: who is said to have said what, and by which words.

An attribution is a *source*, a *cue* and a *content* (Pareti 2012). The rules look for a word of
lexicons/reporting_cues.csv and take its content and source from the parse; each result names its rule:

verb-clause      officials said that ...       verb-object    they deny the charge
verb-infinitive  he claims to ...              passive        it is believed that ...
of-phrase        accused of ...                noun           the claim that ...
according-to     according to the court        as-clause      as the clerk noted
parenthetical    ..., he said, ...             adverb         was allegedly sold
adjective        the reported theft            quotation      "..." beside a cue
attitude         the union is sure that ...      relay          ..., citing a memo
headline         two dead, officials say
"""
from spacy.tokens import Doc, Token

from helpers import declines, frames, lexicons, quotations, relays, scopes, sources
from helpers.language import Passage
from helpers.syntax import (Range, child, clause_of, extent, is_clause, is_name, is_negated, is_passive, is_verb,
                            negation, phrasal, subject, trimmed, without)
from helpers.voices import Attribution, made, nested, themselves


def find(passage: Passage, names: sources.Names) -> list[Attribution]:
    """Every attribution of a passage in order of its cue, parents set; `names` from sources.index."""
    doc, found = passage.doc, []
    cues = lexicons.by("reporting_cues", "lemma")
    entries = {(r["lemma"], r["part"]): r for r in lexicons.rows("reporting_cues")}
    for token in doc:
        lemma = token.lemma_.lower()
        if token.lower_ == "according":
            found += _according(token, names)
        elif token.lower_ == "words" and (whose := frames.in_the_words(token)) is not None:
            found += _in_words(token, whose, names)
        elif lemma not in cues and token.lower_ not in cues:
            continue
        elif (token.lower_, "predicate") in entries and token.dep_ != "amod":
            found += _attitude(token, entries[token.lower_, "predicate"], names)
        elif token.dep_ == "amod" and (token.lower_, "adjective") in entries:
            found += _adjective(token, entries[token.lower_, "adjective"], names)
        elif (lemma, "verb") in entries and (is_verb(token) or child(token, "nsubj") and child(token, "ccomp")):
            found += _verb(token, entries.get((phrasal(token), "verb"), entries[lemma, "verb"]), names)
        elif token.pos_ == "NOUN" and (lemma, "noun") in entries:
            found += _noun(token, entries[lemma, "noun"], names)
        elif (token.lower_, "adverb") in entries:
            found += _adverb(token, entries[token.lower_, "adverb"], names)
    found = _split(doc, quotations.extend(doc, found, names), names)
    return themselves(doc, nested(found + relays.find(doc, found, names)))


def _entry(lemma: str) -> dict[str, str]:
    return next(r for r in lexicons.rows("reporting_cues") if r["lemma"] == lemma and r["part"] == "verb")


def _inside(part: Token, holes: list[Range]) -> list[Range]:
    start, end = extent(part)
    if part.doc[start].lower_ in ("only", "just") and part.doc[start + 1:end][:1].text == "that":
        start += 1
    if part.doc[start].lower_ == "that" and part.doc[start].dep_ not in ("nsubj", "nsubjpass", "det"):
        start += 1
    return without((start, end), holes)


def _cue(verb: Token) -> Range:
    """The verb with its auxiliaries, negation, adverbs and particle, where they stand together."""
    start, end, cues = verb.i, verb.i + 1, lexicons.by("reporting_cues", "lemma")
    helpers = {c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "prt", "advmod") and not c.is_punct
               and c.lower_ not in cues}
    while start - 1 in helpers:
        start -= 1
    while end in helpers and verb.doc[end].dep_ in ("prt", "neg"):
        end += 1
    return start, end


def _verb(verb: Token, entry: dict[str, str], names: sources.Names) -> list[Attribution]:
    if verb.dep_ in ("aux", "auxpass", "amod", "compound") or declines.is_part(verb):
        return []
    if (out := declines.left_possible(verb)) is not None:
        return _left_possible(verb, out, names)
    if (both := declines.neither(verb)) is not None:
        return _neither(verb, *both, names)
    takes, passive, cue = lexicons.cells(entry["takes"]), is_passive(verb), _cue(verb)
    who = subject(verb)
    agent = child(verb, "agent")
    source = child(agent, "pobj") if agent is not None else None
    source = None if source is not None and source.lemma_.lower() in lexicons.group("means") else source
    if not passive:
        source = who
        if entry["subject"] == "information" and (who is None or not (sources.speaks_for(who.text) or is_name(who))):
            return []
        if who is None and verb.dep_ != "ROOT":
            return []
    if "particle out" in takes and not any(c.lower_ == "out" for c in verb.children):
        return []
    holes = [cue] + ([extent(source)] if source is not None and source.head.i == verb.i else [])
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    clause = next((c for c in clauses if c.i > verb.i and len(clauses) > 1), child(verb, "ccomp"))
    if clause is not None and any(t.text == ";" for t in verb.doc[min(clause.i, verb.i):max(clause.i, verb.i)]):
        clause = None  # a sentence of its own: "the court accused him; he denies it"
    inverted = passive and clause is not None and clause.i < verb.i and who is not None and who.lower_ != "it"
    if clause is not None and not inverted:
        rest = [c for c in clause.children if c.dep_ == "dobj" and c.tag_ in ("WP", "WDT")]
        if not rest or clause.i > verb.i:
            rule = "passive" if passive else "verb-clause"
            return made(_inside(clause, holes), clause, cue, entry, rule, source, names, verb)
    if verb.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.children):
        main = verb.head
        return made(without(extent(main), [extent(verb)]), main, cue, entry, "as-clause", source, names, verb)
    if verb.dep_ in ("parataxis", "ccomp") and is_clause(verb) and who is not None and verb.head.i != verb.i and (
            not passive or who.lower_ == "it"):
        inner = extent(verb)
        text = verb.doc[inner[0]:inner[1]]
        if verb.dep_ == "parataxis" or (len(text) < 8 and verb.head.i > verb.i and child(verb, "dobj") is None):
            parts = without(extent(verb.head), [inner])
            return made(parts, verb.head, cue, entry, "parenthetical", source, names, verb)
    if verb.dep_ in ("relcl", "appos") and "clause" in takes and frames.between_commas(verb, who):
        main = verb.head.head
        return made(without(extent(main), [extent(verb)]), main, cue, entry, "parenthetical", source, names, verb)
    if verb.lemma_.lower() in lexicons.group("crediting") and (what := frames.as_saying(verb)) is not None:
        low = (who if passive else child(verb, "dobj")).left_edge.i
        parts = without((low, extent(what)[1]), [cue] if passive else [])
        return [] if passive and source is None else made(parts, what, cue, entry, "verb-clause", source, names, verb)
    if declines.is_refusal(verb) and (clause := declines.left_open(verb)) is not None:
        return made([extent(clause)], clause, cue, entry, "verb-clause", source, names, verb)
    if declines.is_of_deeds(verb):
        return []
    if verb.lemma_ == "put" and (amount := child(verb, "prep")) is not None and (amount.lower_ == "at") and (
            thing := child(verb, "dobj")) is not None and any(t.like_num for t in amount.subtree):
        whole = (extent(thing)[0], extent(amount)[1])
        return made([whole], thing, cue, entry, "verb-object", source, names, verb)
    open_clause = child(verb, "xcomp")
    if open_clause is not None and open_clause.lemma_ in lexicons.group("unnamed by wish") and is_negated(open_clause):
        return []
    if open_clause is not None and "infinitive" in takes:
        parts = _inside(open_clause, holes)
        if passive and who is not None:
            parts = [extent(who), *parts]
        return made(parts, open_clause, cue, entry, "passive" if passive else "verb-infinitive", source, names, verb)
    for c in [*verb.children, *frames.of_doing(verb)]:
        bare = passive or entry["speech_act"] == "allege" or child(verb, "dobj") is None
        if c.dep_ == "prep" and c.lower_ in takes and c.i > verb.i and (bare or c.head.i != verb.i):
            parts = [extent(c)]
            accused = who if passive else child(verb, "dobj")
            if accused is not None and ("object" not in takes or entry["speech_act"] == "allege"):
                parts = [extent(accused), *parts]
            inner = child(c, "pcomp", "pobj")
            return made(parts, inner if inner is not None else c, cue, entry, "of-phrase", source, names, verb)
    if (headline := frames.headline(verb)) is not None:
        (start, end), speaker = headline
        return made([(start, end)], verb.doc[start:end].root, cue, entry, "headline", speaker, names, verb)
    thing = who if passive else child(verb, "dobj", "attr", "oprd")
    if thing is not None and not declines.is_turned_down(entry, thing) and ("object" in takes or "predicate" in takes):
        parts = [extent(thing)] if passive or "object" in takes and "predicate" not in takes else [
            (thing.left_edge.i, max(verb.right_edge.i, thing.right_edge.i) + 1)]
        return made(parts, thing, cue, entry, "passive" if passive else "verb-object", source, names, verb)
    return []


def _attitude(word: Token, entry: dict[str, str], names: sources.Names) -> list[Attribution]:
    """Somebody is sure, afraid, aware that; the clause hangs on the word or on its verb."""
    verb = word.head if word.dep_ in ("acomp", "oprd") else word
    clause = child(word, "ccomp") or child(verb, "ccomp")
    if clause is None or clause.i < word.i or not is_verb(verb) or (who := subject(verb)) is None:
        return []
    start = _cue(verb)[0]
    cue = (start if word.i - verb.i <= 3 and who.i < start else word.i, word.i + 1)
    return made(_inside(clause, [cue]), clause, cue, entry, "attitude", who, names, verb)


def _neither(verb: Token, cue: Range, second: Token, names: sources.Names) -> list[Attribution]:
    """ "neither confirmed nor denied": the content of either verb, left open."""
    content = child(second, "ccomp", "dobj") or child(verb, "ccomp", "dobj")
    entry = _entry("decline")
    if content is None:
        return []
    rule = "verb-clause" if is_clause(content) else "verb-object"
    return made([extent(content)], content, cue, entry, rule, subject(verb), names, verb)


def _left_possible(verb: Token, out: Token, names: sources.Names) -> list[Attribution]:
    """ "Declined to rule out": what is possible."""
    content, last = child(out, "ccomp", "dobj"), child(out, "prt")
    if content is None or last is None:
        return []
    cue, rule = (_cue(verb)[0], last.i + 1), "verb-clause" if is_clause(content) else "verb-object"
    return made([_inside(content, [cue])[0]], content, cue, _entry(phrasal(out)), rule, subject(verb), names, verb)


def _noun(noun: Token, entry: dict[str, str], names: sources.Names) -> list[Attribution]:
    takes = lexicons.cells(entry["takes"])
    source = child(noun, "poss")
    clause, about, announcing = None, None, lexicons.group("announcing verb") | {"say"}
    for c in noun.children:
        if c.dep_ in ("acl", "ccomp", "relcl") and c.i > noun.i and is_verb(c) and c.left_edge.lower_ == "that":
            who = child(c, "nsubj", "nsubjpass")  # of a relative clause: "the claim that he made" has no content
            relates = who is None or who.lower_ == "that" or c.lemma_ in announcing
            if (c.dep_ != "relcl" or not relates) and not frames.has_gap(c):
                clause = c
        elif c.dep_ == "prep" and c.i > noun.i and (inner := child(c, "pobj", "pcomp")) is not None:
            if c.lower_ in ("by", "from") or c.lower_ == "of" and is_name(inner) and child(inner, "acl") is None:
                source = source if source is not None else inner
            elif c.lower_ in takes:
                about = about if about is not None else inner
    if source is None:
        source = next((c for c in noun.children if c.dep_ in ("amod", "compound", "nmod") and is_name(c)), None)
    own = source is None or source.tag_ == "PRP$"  # "repeated her claim"
    if own and noun.dep_ == "dobj" and noun.head.lemma_ in lexicons.group("announcing verb"):
        source = subject(noun.head)
    part = clause if clause is not None else about
    none = bool(negation(noun)) or noun.head.lower_ == "without" or any(
        c.lower_ in lexicons.group("scarce") for c in noun.lefts) or frames.unfound(noun)
    if part is None or none and entry["lemma"] == "doubt":  # "no doubt that": nobody doubts
        return []
    made_of = made(_inside(part, [(noun.i, noun.i + 1)]), part, (noun.i, noun.i + 1), entry, "noun", source, names)
    for it in made_of if none else ():
        it.value, it.author_value = "Uu", "Uu"
    return made_of


def _according(token: Token, names: sources.Names) -> list[Attribution]:
    to = child(token, "prep")
    source = child(to, "pobj") if to is not None else None
    if source is None:
        return []
    head = token.head if token.head.i != token.i else source
    main = head if is_verb(head) else clause_of(head)
    entry = {**_entry("say"), "speech_act": "say"}
    noun = lexicons.by("reporting_cues", "lemma").get(source.lemma_.lower())
    if noun is not None and noun["speech_act"] == "estimate":
        entry = {**noun, "unnamed_as": "estimates"}
    parts = without(extent(main), [extent(token)])
    return made(parts, main, (token.i, to.i + 1), entry, "according-to", source, names)


def _in_words(words: Token, whose: Token, names: sources.Names) -> list[Attribution]:
    """ "In the words of the chair, ..."."""
    phrase = words.head
    main = clause_of(phrase)
    cue = (phrase.i, (whose.head.i if whose.dep_ == "pobj" else words.i) + 1)
    parts = without(extent(main), [extent(phrase)])
    return made(parts, main, cue, _entry("say"), "according-to", whose, names)


def _adverb(token: Token, entry: dict[str, str], names: sources.Names) -> list[Attribution]:
    head = token.head
    whole = clause_of(head) if is_verb(head) or head.dep_ == "acomp" else head
    beside = [extent(c) for c in whole.children if c.i > token.i and frames.stands_beside(c)]
    return made(without(extent(whole), [(token.i, token.i + 1), *beside]), whole, (token.i, token.i + 1), entry, "adverb", None,
                names)


def _adjective(token: Token, entry: dict[str, str], names: sources.Names) -> list[Attribution]:
    noun = token.head
    if noun.pos_ not in ("NOUN", "PROPN") or scopes.is_expression(token, noun):  # "suspected cases" are counted as such
        return []
    start, end = extent(noun)
    relative = child(noun, "relcl")
    if relative is not None:
        end = min(end, relative.left_edge.i)
    return made(without((start, end), [(token.i, token.i + 1)]), noun, (token.i, token.i + 1), entry, "adjective", None,
                names)


def _split(doc: Doc, found: list[Attribution], names: sources.Names) -> list[Attribution]:
    """One attribution a source where proper names share a cue ("Both A and B deny ...")."""
    out = []
    for it in found:
        heads = [t for t in doc[slice(*it.source)] if t.dep_ in ("nsubj", "pobj", "nsubjpass")][:1] if it.source else []
        group = [*heads, *(heads[0].conjuncts if heads else ())]
        if len(group) < 2 or not all(is_name(t) for t in group):
            out.append(it)
            continue
        for token in group:
            own = Attribution(**{k: v for k, v in vars(it).items()})
            own.source_id = sources.resolve(doc[token.left_edge.i:token.i + 1].text, names, token.text)
            own.source = next((trimmed(doc, a, b) for a, b in [(token.left_edge.i, token.i + 1)]))
            own.source_type = "named"
            out.append(own)
    return out
