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
headline         two dead, officials say           silence        they evaded questions about the leak
"""
from spacy.tokens import Doc, Token

from helpers import declines, frames, lexicons, quotations, relays, reporting_nouns, silences, sources
from helpers.language import Passage
from helpers.syntax import (Range, child, extent, is_clause, is_name, is_negated, is_passive, is_verb, phrasal, subject,
                            trimmed, without)
from helpers.voices import Attribution, listed, made, nested, themselves


def find(passage: Passage, names: sources.Names) -> list[Attribution]:
    """Every attribution of a passage in order of its cue, parents set; `names` from sources.index."""
    doc, found = passage.doc, []
    cues = lexicons.by("reporting_cues", "lemma")
    entries = {(r["lemma"], r["part"]): r for r in lexicons.rows("reporting_cues")}
    for token in doc:
        lemma = token.lemma_.lower()
        if token.lower_ == "according":
            found += reporting_nouns.according(token, names)
        elif token.lower_ == "words" and (whose := frames.in_the_words(token)) is not None:
            found += reporting_nouns.in_words(token, whose, names)
        elif (silence := silences.find(token)) is not None:
            found += made([silence.content], silence.head, silence.cue, listed("decline"), "silence",
                          subject(silence.verb), names, silence.verb)
        elif lemma not in cues and token.lower_ not in cues:
            continue
        elif (token.lower_, "predicate") in entries and token.dep_ != "amod":
            found += _attitude(token, entries[token.lower_, "predicate"], names)
        elif token.dep_ == "amod" and (token.lower_, "adjective") in entries:
            found += reporting_nouns.adjective(token, entries[token.lower_, "adjective"], names)
        elif (lemma, "verb") in entries and (is_verb(token) or child(token, "nsubj") and child(token, "ccomp")):
            found += _verb(token, entries.get((phrasal(token), "verb"), entries[lemma, "verb"]), names)
        elif token.pos_ == "NOUN" and (lemma, "noun") in entries:
            found += reporting_nouns.noun(token, entries[lemma, "noun"], names)
        elif (token.lower_, "adverb") in entries:
            found += reporting_nouns.adverb(token, entries[token.lower_, "adverb"], names)
    found = _split(doc, quotations.extend(doc, found, names), names)
    return themselves(doc, nested(found + relays.find(doc, found, names)))


def _verb(verb: Token, entry: dict[str, str], names: sources.Names) -> list[Attribution]:
    if verb.dep_ in ("aux", "auxpass", "amod", "compound") or declines.is_part(verb) or (
            (declines.is_asked(verb) or verb.dep_ == "xcomp") and silences.answers(verb.head)):
        return []
    if (out := declines.left_possible(verb)) is not None:
        return _left_possible(verb, out, names)
    if (both := declines.neither(verb)) is not None:
        return _neither(verb, *both, names)
    takes, cue = lexicons.cells(entry["takes"]), frames.cue(verb)
    passive = is_passive(verb) or declines.is_asked(verb)
    if frames.is_other_verb(verb, takes) or frames.is_eloquent(verb):
        return []
    who = frames.speaker_before(verb) or subject(verb)
    agent = child(verb, "agent")
    source = child(agent, "pobj") if agent is not None else None
    source = None if source is not None and source.lemma_.lower() in lexicons.group("means") else source
    if not passive:
        source = who
        if entry["subject"] == "information" and (who is None or not (sources.speaks_for(who.text) or is_name(who))):
            return []
        if who is None and verb.dep_ != "ROOT" or entry["subject"] == "it" and who.lower_ != "it":
            return []
        source = None if entry["subject"] == "it" else who  # "it emerged that": nobody is said to say so
    if "particle out" in takes and not any(c.lower_ == "out" for c in verb.children):
        return []
    holes = [cue] + ([extent(source)] if source is not None and source.head.i == verb.i else [])
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    clause = next((c for c in clauses if c.i > verb.i and len(clauses) > 1), child(verb, "ccomp"))
    if clause is not None and any(t.text == ";" for t in verb.doc[min(clause.i, verb.i):max(clause.i, verb.i)]):
        clause = None  # a sentence of its own: "the court accused him; he denies it"
    if passive and clause is not None and child(clause, "mark") is None and who is not None and any(
            c.dep_ == "mark" and c.lower_ in lexicons.group("condition") for c in verb.children):
        return []  # "if no buyer is found | the mill will close"
    inverted = passive and clause is not None and clause.i < verb.i and who is not None and who.lower_ != "it"
    if clause is not None and not inverted:
        rest = [c for c in clause.children if c.dep_ == "dobj" and c.tag_ in ("WP", "WDT")]
        if not rest or clause.i > verb.i:
            rule = "passive" if passive else "verb-clause"
            return made(frames.reported(clause, holes), clause, cue, entry, rule, source, names, verb)
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
    if frames.wishes_no_name(verb):
        return []
    if open_clause is not None and "infinitive" in takes:
        parts = frames.reported(open_clause, holes)
        if passive and who is not None:
            parts = [extent(who), *parts]
        return made(parts, open_clause, cue, entry, "passive" if passive else "verb-infinitive", source, names, verb)
    if passive and who is not None and "infinitive" in takes and (what := frames.said_of(verb)) is not None:
        return made([extent(who), extent(what)], what, cue, entry, "passive", source, names, verb)
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
    if thing is not None and (declines.is_turned_down(entry, thing) or frames.is_deed(verb, thing)):
        return []
    if thing is not None and ("object" in takes or "predicate" in takes):
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
    start = frames.cue(verb)[0]
    cue = (start if word.i - verb.i <= 3 and who.i < start else word.i, word.i + 1)
    return made(frames.reported(clause, [cue]), clause, cue, entry, "attitude", who, names, verb)


def _neither(verb: Token, cue: Range, second: Token, names: sources.Names) -> list[Attribution]:
    """ "neither confirmed nor denied": the content of either verb, left open."""
    content = child(second, "ccomp", "dobj") or child(verb, "ccomp", "dobj")
    entry = listed("decline")
    if content is None:
        return []
    rule = "verb-clause" if is_clause(content) else "verb-object"
    return made([extent(content)], content, cue, entry, rule, subject(verb), names, verb)


def _left_possible(verb: Token, out: Token, names: sources.Names) -> list[Attribution]:
    """ "Declined to rule out": what is possible."""
    content, last = child(out, "ccomp", "dobj"), child(out, "prt")
    if content is None or last is None:
        return []
    cue, rule = (frames.cue(verb)[0], last.i + 1), "verb-clause" if is_clause(content) else "verb-object"
    return made([frames.reported(content, [cue])[0]], content, cue, listed(phrasal(out)), rule, subject(verb), names, verb)


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
