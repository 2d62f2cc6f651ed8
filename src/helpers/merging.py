"""Two voices on who said what: the tagger's attributions and the rules', each attribution once.

What the tagger saw has its edges moved (`endings`) and has to be likely enough as a whole (`trust`).
Both find the same attribution if they take the same words for its cue, or if one of them has no cue and their contents
mostly agree. The tagger then says where source, cue and content lie, and the rule what follows from the grammar: what
heads the content, what kind of speech act it is, whether it is negated, within which attribution it stands. What the
tagger alone finds is named by the words themselves. What the rules alone find is kept where it holds or stands within
another attribution, since the tagger's corpus has no nested ones, and where the tagger saw some chance of a cue: of the
rest, nearly nine in ten are none.
"""
import bisect
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from helpers import declines, endings, frames, lexicons, sources, trust
from helpers.language import Passage
from helpers.quotations import OPEN
from helpers.syntax import SUBJECTS, Range, child, is_clause, is_name, is_negated, is_verb, phrasal, trimmed
from helpers.tagger import Seen, Span, Tagged
from helpers.voices import Attribution, listed, name, negate, nested, themselves

THINGS = ("this", "that", "these", "which", "there")  # what points at something does not speak
PEOPLE = ("he", "she", "they", "we", "you", "who", "everyone", "everybody", "someone", "somebody")
ALIKE = 0.5  # Jaccard of contents, in tokens


def merge(passage: Passage, ruled: list[Attribution], tagged: Iterable[Tagged], names: sources.Names,
          seen: Seen | None = None) -> list[Attribution]:
    """The attributions of a passage, parents set; `tagged` from `within`, `seen` from `tagger.tag` (None: no tagger)."""
    found, free, tagged = [], [r for r in ruled if r.rule != "relay"], list(tagged)
    for t, cue, content in placed(passage, tagged, seen):
        same = [r for r in free if is_same(r, cue, content)]
        if t.signs and not trust.holds(signs(passage, t, cue, content, same)):
            continue
        free = [r for r in free if not any(r is s for s in same)]
        same = _one_a_source(passage, t, same) or _alone(passage, t, cue, content, names)
        for it in same:
            shared = it.source and len(same) > 1  # each has its own part; else the tagger's words stand, or none
            it.tagged = t._replace(source=passage.span(*_chars(passage, it.source))) if shared else t
            if it.rule in ("adverb", "adjective") and not it.source:
                it.tagged = it.tagged._replace(source=None)  # whom "reportedly" is said of does not say so
            if not it.source and it.tagged.source and it.rule in ("verb-clause", "quotation", "parenthetical"):
                _speaker(passage, it, _tokens(passage, it.tagged.source), names)
            it.voice = "tagger"
            held = {n for part in it.content for n in range(*part)}
            it.content = sorted(it.content + [part for part in content if held.isdisjoint(range(*part))])
        found += same
    speaking = nested([it for it in found + free if it.speaks])
    if seen is not None:
        by_tagger = [it for it in speaking if it.voice == "tagger" or _hinted(passage, it.cue, seen.hints)]
        holding, by_itself = {id(above) for it in by_tagger for above in it.chain()}, {id(it) for it in by_tagger}
        speaking = nested([it for it in speaking if id(it) in holding
                           or not by_itself.isdisjoint(map(id, it.chain()))])
    kept = {id(it) for it in speaking} | {id(it.under) for it in speaking if it.under is not None}
    relays = [r for r in ruled if r.rule == "relay" and (id(r) in kept or id(r.under) in kept)]
    speaking = themselves(passage.doc, nested(speaking + relays))
    return sorted(speaking + [it for it in found if not it.speaks], key=lambda it: (it.cue, it.source or (0, 0)))


def placed(passage: Passage, tagged: list[Tagged], seen: Seen | None = None,
           ) -> Iterator[tuple[Tagged, Range | None, list[Range]]]:
    """What the tagger saw with its edges moved, its cue made whole, and the tokens of its cue and content."""
    taken = {n for t in tagged if not t.signs or "faint" not in t.signs for span in (t.source, t.cue, *t.content)
             if span and (r := _tokens(passage, span)) for n in range(*r)}
    odds = {role: endings.of_tokens(passage, own) for role, own in seen.odds.items()} if tagged and seen else {}
    for t in tagged:
        t = t._replace(content=tuple(_moved(passage, "content", part, taken, odds) for part in t.content),
                       source=t.source and _moved(passage, "source", t.source, taken, odds))
        cue = _word(passage, _tokens(passage, t.cue)) if t.cue else None
        t = t._replace(cue=passage.span(*_chars(passage, cue)) if cue else t.cue,
                       content=_of_its_sentence(passage, t.content, cue))
        content = [r for part in t.content if (r := _tokens(passage, part))]
        if content and not (cue and cue[1] - cue[0] == 1 and passage.doc[cue[0]].tag_ == "POS"):
            yield t, cue, content


def signs(passage: Passage, t: Tagged, cue: Range | None, content: list[Range], same: list[Attribution]) -> trust.Signs:
    """All that speaks for and against the tagger's find; `same`: the rules' finds that are it."""
    entry = _entry(passage.doc[slice(*cue)].root) if cue else None
    source = _tokens(passage, t.source) if t.source else None
    return t.signs | trust.of_parse(passage.doc, source, cue, content, same, entry)


def _speaker(passage: Passage, it: Attribution, source: "Range | None", names: sources.Names) -> None:
    """Who says it, where only the tagger saw that: the parser took the speaker for a part of what is said ("..., the chief,
    Ada Moss, said")."""
    who = passage.doc[slice(*source)].root if source else None
    if who is None or not _could_speak(who, True, False):
        return
    name(it, who, names)
    it.source = source
    it.content = [part for a, b in it.content for part in ((a, min(b, source[0])), (max(a, source[1]), b))
                  if trimmed(passage.doc, *part)[0] < trimmed(passage.doc, *part)[1]] or it.content


def within(passage: Passage, tagged: list[Tagged]) -> list[Tagged]:
    """Those whose home lies in a passage; `tagged` in order of their homes."""
    low, high = (bisect.bisect_left(tagged, place, key=home) for place in (passage.places[0], passage.places[-1] + 1))
    return tagged[low:high]


def home(t: Tagged) -> int:
    """Where an attribution is counted: at its cue, else where its content begins."""
    return t.cue[0] if t.cue else t.content[0][0]


def _tokens(passage: Passage, span: Span) -> Range | None:
    """The tokens that a span of the text touches."""
    start, end = (bisect.bisect_left(passage.places, place) for place in span)
    part = passage.doc.char_span(start, end, alignment_mode="expand") if start < end else None
    if part is None:
        return None
    tokens = trimmed(passage.doc, part.start, part.end)
    return tokens if tokens[0] < tokens[1] else None


def words(passage: Passage, span: Span | None) -> list[int]:
    """The words of a passage that a span of the text touches, in order."""
    tokens = _tokens(passage, span) if span else None
    return [n for n in range(*tokens) if endings.is_word(passage.doc[n])] if tokens else []


def _chars(passage: Passage, tokens: Range) -> Span:
    part = passage.doc[slice(*tokens)]
    return part.start_char, part.end_char


def _moved(passage: Passage, role: str, span: Span, taken: set[int], odds: dict[str, list[float | None]]) -> Span:
    """A span with its edges where they are likeliest, its words now taken; an edge in another passage stays."""
    tokens = _tokens(passage, span)
    if tokens is None or role not in odds:
        return span
    found = endings.moved(passage.doc, role, tokens, taken, odds[role])
    taken |= set(range(*found))
    start, end = passage.span(*_chars(passage, found))
    return (start if found[0] != tokens[0] else span[0], end if found[1] != tokens[1] else span[1])


def _of_its_sentence(passage: Passage, content: tuple[Span, ...], cue: Range | None) -> tuple[Span, ...]:
    """The parts of a content without those in sentences before the cue's that stand in no quotation marks, if any are
    left: who is named after a second statement has not made the first."""
    if cue is None or len(content) < 2:
        return content
    start = passage.doc[cue[0]].sent.start
    kept = tuple(part for part in content
                 if (r := _tokens(passage, part)) is None or r[1] > start or _quoted(passage, [r]))
    return kept or content


def _one_a_source(passage: Passage, t: Tagged, same: list[Attribution]) -> list[Attribution]:
    """Of the rules' finds that are one tagged attribution, the first for each source that the tagger sees as well."""
    kept: dict[str, Attribution] = {}
    for it in same:
        kept.setdefault(it.source_id, it)
    if t.source is None or len(kept) < 2:
        return list(kept.values())[:1] if t.source is None else list(kept.values())
    seen = _tokens(passage, t.source) or (0, 0)
    both = [it for it in kept.values() if it.source and max(it.source[0], seen[0]) < min(it.source[1], seen[1])]
    return both or same[:1]


def _word(passage: Passage, cue: Range | None) -> Range | None:
    """A cue's tokens; of an article alone, with the noun that it stands before: "the | claim that"; for an "it" that
    stands for nobody and an auxiliary, the words that it opens: "it | is believed"; for "there", what there is."""
    doc = passage.doc
    if cue is None or cue[1] - cue[0] > 1:
        return cue
    first = doc[cue[0]]
    if first.dep_ == "det" and first.head.i <= cue[0] + 3:
        return (cue[0], first.head.i + 1)
    if first.dep_ == "expl" and (told := child(first.head, "attr")) is not None and _entry(told) is not None:
        return (told.i, told.i + 1)
    opens = first.lower_ == "it" and first.dep_ in SUBJECTS or first.dep_ in ("aux", "auxpass")
    if opens and is_verb(first.head) and first.head.i > cue[0]:
        said = next((c for c in first.head.children if c.dep_ == "advmod" and _entry(c) is not None), None)
        if said is not None:
            return (said.i, said.i + 1)  # "was | reportedly | sold"
        start, end = frames.cue(first.head)
        told = child(first.head, "acomp")
        return (start, told.i + 1 if told is not None and told.i <= end + 2 else end)
    return cue


def _hinted(passage: Passage, cue: Range, hints: list[int]) -> bool:
    start, end = passage.span(*_chars(passage, cue))
    return bisect.bisect_left(hints, start) < bisect.bisect_left(hints, end)


def is_same(rule: Attribution, cue: Range | None, content: list[Range]) -> bool:
    """Whether a rule's find is the tagger's."""
    if cue is not None and max(cue[0], rule.cue[0]) < min(cue[1], rule.cue[1]):
        return True
    mine, its = ({n for part in parts for n in range(*part)} for parts in (content, rule.content))
    return cue is None and len(mine & its) >= ALIKE * len(mine | its)


def _alone(passage: Passage, t: Tagged, cue: Range | None, content: list[Range], names: sources.Names,
           ) -> list[Attribution]:
    """An attribution that no rule found."""
    doc = passage.doc
    head = max((doc[slice(*part)].root for part in content), key=lambda token: (is_clause(token), -token.i))
    word = doc[slice(*cue)].root if cue else None
    known = _entry(word) if word is not None else None
    spoken = _tokens(passage, t.source) if t.source else None
    # a cue that is not listed says no more than that something was said
    entry = known or spoken and _named(doc[slice(*spoken)].root) or listed("say")
    verb = word if word is not None and is_verb(word) else None
    own = cue if cue else (content[0][0], content[0][0])
    it = Attribution(content, head.i, own, entry, "tagger", act=entry["speech_act"], value=entry["source_value"],
                     author_value=entry["author_value"], verb=verb.i if verb is not None else -1)
    source = spoken
    if source is not None:
        who = doc[slice(*source)].root
        name(it, who, names)
        if cue and source[1] == cue[0] < it.source[1]:  # the parse took the cue for a noun of the source: "figures show"
            it.source_id = sources.resolve(doc[slice(*source)].text, names, who.text)
        it.source, it.speaks = source, _could_speak(who, known is not None or _quoted(passage, content), is_clause(head))
        it.source_id = "author" if who.lower_ == "i" else it.source_id
    else:
        it.source_id = "~" + entry["unnamed_as"]
        it.speaks = _quoted(passage, content) or known is not None and (
            is_clause(head) or set(lexicons.cells(known["takes"])) != {"clause"})
    if word is not None and frames.needs_clause(word, head) and not _quoted(passage, content):
        return []
    if verb is not None and (frames.is_eloquent(verb) or frames.wishes_no_name(verb)):
        return []
    if verb is not None and is_negated(verb):
        negate(it)
    it.speaks = it.speaks and not declines.is_turned_down(entry, head)
    return [it]


def _could_speak(who: Token, said: bool, clause: bool) -> bool:
    """Whether a source is one: a name or of a kind that speaks; any noun where a listed cue or quotation marks `said` so.

    `clause`: what is said is one; "it" says things of its own (a firm, a court) only in clauses.
    """
    if who.lower_ in ("i", *THINGS) or who.lower_ == "it" and not clause:
        return False
    if is_name(who) or who.lower_ in PEOPLE or sources.is_listed(who.text):
        return True
    return said and who.pos_ in ("NOUN", "PRON", "NUM", "ADJ")


def _quoted(passage: Passage, content: list[Range]) -> bool:
    start = content[0][0]
    return any(passage.doc[n].text in ('"', *OPEN) for n in range(max(0, start - 1), start + 1))


def _entry(word: Token) -> dict[str, str] | None:
    """What the lexicon says of a cue, if it has it."""
    part = "verb" if is_verb(word) else {"NOUN": "noun", "ADV": "adverb"}.get(word.pos_, "adjective")
    entries = {(r["lemma"], r["part"]): r for r in lexicons.rows("reporting_cues")}
    return entries.get((phrasal(word), part)) or entries.get((word.lemma_.lower(), part)) or entries.get((word.lower_, part)) or entries.get(
        (word.lower_, "predicate"))


def _named(source: Token) -> dict[str, str] | None:
    """What a source says of itself, beside a cue that is not listed: "rumours swirled that"."""
    row = lexicons.by("reporting_cues", "lemma").get(source.lemma_.lower())
    return row if row is not None and row["part"] == "noun" and row["speech_act"] == "speculate" else None
