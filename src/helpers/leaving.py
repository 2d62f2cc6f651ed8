"""A claim judged again with some statements left out, in time that depends on what they touch and not on the ledger.

A statement that is left out can move three things: which statement the text relays, and so its drift; the origins that it
or what retells it belongs to; and who denied the claim. Whatever it does not touch stays as it was judged.
"""
from collections import defaultdict
from collections.abc import Iterable

from helpers import beside, ceilings, matching, origins, pairs, positions, repeats, retelling
from helpers.ledger import DENYING, Evidence
from helpers.matching import Scoped


def standing_of(kind: str, claim: Scoped, evidence: Evidence, published: str) -> "Standing":
    """How a claim stands by this evidence, found once: the grades, what would move them and what has moved all ask."""
    made, key = evidence.once(_made), (kind, claim, published)
    if key not in made:
        made[key] = Standing(*key[:2], evidence, published)
    return made[key]


def _made(evidence: Evidence) -> dict:
    return {}


class Standing:
    """How one claim stands: its ceiling with reasons (`before`), its origins (`behind`), and what each rests on."""

    def __init__(self, kind: str, claim: Scoped, evidence: Evidence, published: str):
        self._kind, self._claim, self._evidence, self._published = kind, claim, evidence, published
        found, self._able = matching.ordered(claim, matching.compared(claim, evidence, published), evidence)
        self._beside = [f["statement"].statement_id for f in found if not f["why_not"]]
        self._agrees = origins.bearing({"statement_id": f["statement"].statement_id, "agrees": f["agrees"]} for f in found)
        self._drift = self._drift_by(self._able, evidence)
        self.behind = origins.behind(self._agrees, evidence)
        self.before = ceilings.of_claim(kind, claim, self.behind, self._drift, evidence)

    @property
    def ceiling(self) -> str:
        return self.before["ceiling"]

    @property
    def changed(self) -> list[dict]:
        """The drift of the claim, as rows of `retellings`."""
        return self._drift

    @property
    def beside(self) -> str:
        """Whether any statement can be set beside the claim."""
        return "some" if self._beside else "none"

    @property
    def match(self) -> str:
        """The statement that the claim relays, or several that fit equally well."""
        return ", ".join(f["statement"].statement_id for f in matching.leading(self._claim, self._able)) or "none"

    @property
    def drift(self) -> str:
        """The fields that changed between the root and the claim."""
        return ", ".join(d["field"] for d in self._drift if d["step"] == 0) or "none"

    @property
    def origins(self) -> str:
        """How many origins bear on the claim, and how many of them agree."""
        return f"{len(self.behind)} ({sum(o['agrees'] == 'yes' for o in self.behind) or 'none'} saying the same)"

    def without(self, dropped: Iterable[str]) -> str:
        """The ceiling had these statements never been seen."""
        dropped = frozenset(dropped)
        if self._moves_nothing(dropped):
            return self.ceiling
        self._prepare()
        dropped = dropped if self._claim.stance in DENYING else dropped & self._near
        if not dropped:
            return self.ceiling
        known = self._evidence.without(dropped)
        again = [pairs.compare(self._claim, known.statements[s], known, self._published)
                 for s in sorted(known.touched - known.gone) if beside.stands(self._claim, known.statements[s])
                 or pairs.held_by_it(self._claim, known.statements[s], "near")]
        again = [f for f in again if not f["why_not"]]
        said = origins.bearing({"statement_id": f["statement"].statement_id, "agrees": f["agrees"]} for f in again)
        drift = self._drift_without(known, again)
        behind = self._behind_without(known, said, {d["root_id"] for d in drift})
        if not behind:
            return ceilings.of_claim(self._kind, self._claim, [], [], known)["ceiling"]
        denied = self._denied if not known.touched & self._held else ceilings.denials(self._claim, known)
        return str(ceilings.weigh(self._claim, behind, drift, denied).ceiling)

    def by(self, day: str) -> str:
        """The ceiling had nothing been said after a day."""
        self._prepare()
        said = self._evidence.statements
        near = said if self._claim.stance in DENYING else self._near
        return self.without(s for s in near if s in said and said[s].said_on > day)

    def _moves_nothing(self, dropped: frozenset) -> bool:
        """Whether that is plain at once: it is one statement that nothing retells, the text does not relay it, it is no
        position and no sign that a house repeats another, and another of its origin says and shows all that it does."""
        if self._kind in ("opinion", "prediction"):
            return True
        if len(dropped) > 1:
            return False
        self._prepare()
        (s,) = dropped
        return (s not in self._evidence.children and s not in self._leading and s not in self._held
                and s not in self._signs and len(self._alike[self._origin[s]][self._class(s)]) > 1
                if s in self._origin else False)

    def _prepare(self) -> None:
        """What only leaving out asks for, made once."""
        if hasattr(self, "_origin"):
            return
        evidence, claim = self._evidence, self._claim
        self._leading = {f["statement"].statement_id for f in matching.leading(claim, self._able)}
        self._denied = ceilings.denials(claim, evidence)
        # A relay of a position becomes one where its root is left out.
        self._held = {s.statement_id for s in evidence.measures.get(claim.measure, ()) if s.stance in positions.TURNS}
        self._origin = {s: n for n, o in enumerate(self.behind) for s in o["statement_ids"].split(";")}
        self._subjects = {repeats.subject(evidence.statements[s]) for s in self._agrees}
        self._signs = defaultdict(set)  # statement -> the houses that it is a sign against
        for about in self._subjects:
            for (_, by), signs in repeats.signs(about, evidence).items():
                for sign in signs:
                    self._signs[sign.statement_id].add(by)
                    self._signs[sign.of].add(by)
        # What can move anything: the chains of what the claim can be compared with, who held back, who repeats whom. Of a
        # denial, which is compared with its own speaker's words only, it is all.
        ways = {w for s in self._beside for w in evidence.way(s)}
        self._near = ways | evidence.below(ways) | self._held | self._leading | self._signs.keys() | {
            s.statement_id for measure, *_ in self._subjects for s in evidence.measures.get(measure, ())
            if repeats.subject(s) in self._subjects}
        self._corrected = {evidence.statements[s].source_id for s in self._agrees
                           if evidence.statements[s].stance == "correct"}
        self._alike = defaultdict(lambda: defaultdict(list))  # origin -> class -> its statements
        self._at_house = defaultdict(set)                     # house -> the origins that it is joined to
        for s, n in self._origin.items():
            self._alike[n][self._class(s)].append(s)
            for house in self._houses(s, evidence):
                self._at_house[house].add(n)

    def _class(self, s: str) -> tuple:
        """All that a statement, untouched, gives to its origin: two of one class give no more than one."""
        said, root = self._evidence.statements[s], self._evidence.statements[self._evidence.root[s][0]]
        about = repeats.subject(said)
        if root is not said and root.statement_id in self._agrees:
            return "relay", about
        if root.source_id in self._corrected:
            return "alone", s
        return (root is said, root.source_id, self._evidence.credited(root.statement_id), self._agrees[s], about)

    @staticmethod
    def _houses(s: str, evidence: Evidence) -> set[str]:
        root = evidence.root[s][0]
        return {evidence.house(evidence.statements[root].source_id), *evidence.credited(root)}

    def _behind_without(self, known: Evidence, said: dict[str, str], roots: set[str]) -> list[dict]:
        """The origins of what is left. Those that nothing touches are as before; of the others, one statement of each
        class is enough. roots: statements to be kept."""
        touched = known.touched
        houses = set().union(*(self._houses(s, known) for s in said), *(self._signs.get(s, ()) for s in touched))
        for about in self._subjects & {repeats.subject(self._evidence.statements[s]) for s in touched}:
            new = repeats.fresh(about, known)
            houses |= {by for _, by in (*new.relays, *new.numbers)}
        hit = {self._origin[s] for s in touched if s in self._origin}.union(*(self._at_house[h] for h in houses
                                                                             if h in self._at_house))
        agrees = {}
        for n in sorted(hit):
            for alike in self._alike[n].values():
                one = next((s for s in alike if s not in touched), None)
                if one:
                    root = known.root[one][0]
                    agrees |= {s: self._agrees[s] for s in (root, one) if s in self._agrees}
        agrees |= {s: self._agrees[s] for s in roots if self._origin.get(s) in hit and s not in touched}
        return [o for n, o in enumerate(self.behind) if n not in hit] + origins.behind(agrees | said, known)

    def _drift_without(self, known: Evidence, again: list[dict]) -> list[dict]:
        if not known.touched & self._leading and not any(matching.relayable(self._claim, f) for f in again):
            return self._drift
        able = matching.ordered(self._claim, again, known)[1]
        if able:
            rest = [f for f in self._able if f["statement"].statement_id not in known.touched]
            able = matching.ordered(self._claim, able + matching.leading(self._claim, rest), known)[1]
        else:
            able = (f for f in self._able if f["statement"].statement_id not in known.touched)
        return self._drift_by(able, known)

    def _drift_by(self, able: Iterable[dict], known: Evidence) -> list[dict]:
        """The drift of the claim, if all that it may relay goes back to one root, and not by its words alone, but for a
        position of the source that it names."""
        leading = [f["statement"].statement_id for f in matching.leading(self._claim, able) if f["held"] or not f["words"]]
        one_root = len({known.root[s][0] for s in leading}) == 1
        return retelling.drift(self._claim, known.way(leading[0]), known) if one_root else []
