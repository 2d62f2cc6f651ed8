"""How long a large ledger takes: everything that is asked of it, for 50 claims, at 1,000, 10,000 and 100,000 statements.

usage: ledger.py [--write] [SIZE ...]

The ledger is made up, from a seed: 100 subjects, told in chains of five statements (some drift on the way), with rival
houses, houses that repeat another's numbers, credits, denials and confirmations. Each size runs in a process of its own;
peak is the most memory that it ever held. --write puts the table into benchmarks/README.md.
"""
import argparse
import datetime
import json
import random
import resource
import subprocess
import sys
import time

import readme

SIZES, CLAIMS, CHAIN, SEED = (1_000, 10_000, 100_000), 50, 5, 0
MARK = "<!-- ledger -->"
MEASURES = ("killed", "killed_or_wounded", "wounded", "captured", "deployed", "attended", "arrested", "laid_off", "infected",
            "displaced")
POPULATIONS = ("nurses", "miners", "voters", "patients", "pupils", "drivers", "clerks", "farmers", "sailors", "tenants")
FIRST = datetime.date(2031, 1, 6)
WORDS = [a + b + c for a in ("bel", "dor", "fen", "gal", "mir", "tov") for b in ("an", "ek", "il", "or", "um")
         for c in ("da", "ka", "lo", "mi", "pe", "ru")]  # names of places of no place
IN_WORDS = 5  # each fifth claim is of no listed measure, and so set beside the ledger by its words
STEPS = ("evidence", "match", "drift", "chains", "origins", "proposed", "record", "positions", "grades", "tipping")


def sources() -> list[dict]:
    """30 houses of two sources each, and 40 outlets."""
    houses = [{"source_id": f"h{n}{part}", "name": f"House {n} {part}", "kind": "state", "origin_family": f"house-{n}",
               "party_to_event": "yes" if n % 3 == 0 else "no"} for n in range(30) for part in ("office", "ministry")]
    return houses + [{"source_id": f"p{n}", "name": f"Paper {n}", "kind": "outlet", "party_to_event": "no"}
                     for n in range(40)]


def statements(size: int) -> list[dict]:
    """Chains of CHAIN statements: a house says it, outlets relay it, and one in four tellings changes something."""
    chance, rows = random.Random(SEED), []
    while len(rows) < size:
        day = FIRST + datetime.timedelta(chance.randrange(7 * 100))
        week = day - datetime.timedelta(day.weekday() + 7)
        number = chance.randrange(20, 9_000)
        told = {"measure": chance.choice(MEASURES), "population": chance.choice(POPULATIONS), "low": number,
                "high": number, "period_start": week.isoformat(), "seen_with": "high",
                "period_end": (week + datetime.timedelta(6)).isoformat(), "paraphrase": f"A count at {' '.join(chance.sample(WORDS, 3))}"}
        held = chance.random()
        stance = "assert" if held < 0.94 else "deny" if held < 0.97 else "confirm"
        for step in range(min(CHAIN, size - len(rows))):
            source = f"House {chance.randrange(30)} {chance.choice(('office', 'ministry'))}" if step == 0 else (
                f"Paper {chance.randrange(40)}" if chance.random() < 0.95 else f"House {chance.randrange(30)} office")
            if step and chance.random() < 0.25:
                told = told | chance.choice(({"bound": "over", "high": ""}, {"low": number + 1, "high": number + 1},
                                             {"measure": "killed"}, {"period_start": "", "period_end": ""}))
            credit = f"A count, according to House {chance.randrange(30)} office" if chance.random() < 0.02 else ""
            retells = {"retells": rows[-1]["statement_id"]} if step else {}
            number_of = {"low": "", "high": "", "bound": ""} if stance != "assert" else {}
            rows.append({"statement_id": f"s{len(rows):06}", "said_on": (day + datetime.timedelta(step)).isoformat(),
                         "source": source, "stance": stance, **told, **number_of, **retells} | (
                             {"paraphrase": credit} if credit else {}))
    return rows


def scoped(ledger) -> list:
    """CLAIMS claims, each made of a statement drawn from the ledger; one in IN_WORDS says in words what it counts."""
    from helpers.matching import Scoped

    chance = random.Random(SEED + 1)
    drawn = ledger[ledger.stance == "assert"].iloc[chance.sample(range(int((ledger.stance == "assert").sum())), CLAIMS)]
    return [("quantity", Scoped(
        f"c{n}", "quantity", "assert", s.source_id, "", False, s.measure, s.population, "", "", s.low, s.high, s.bound, "",
        s.period_start, s.period_end)._replace(**{"measure": "", "proposition": s.paraphrase} if n % IN_WORDS == 0 else {}))
        for n, s in enumerate(drawn.itertuples())]


def measured(size: int) -> dict:
    """Seconds for each step, their sum, and the peak in MB."""
    from helpers import ceilings, drift, ledger, matching, origins, positions, retelling, tables, tipping

    table = tables.frame("sources", sources())
    ids = ledger.source_index(table)
    known = tables.frame("statements", statements(size))
    known["source_id"] = [ids[s.casefold()] for s in known.source]
    claims = scoped(known)
    plain, published = [c for _, c in claims], (FIRST + datetime.timedelta(720)).isoformat()
    started, seconds = time.perf_counter(), {}

    def done(step: str):
        seconds[step] = time.perf_counter() - started - sum(seconds.values())

    evidence = ledger.evidence(known, table)
    done("evidence")
    comparisons = matching.match(plain, evidence, published)
    done("match")
    retelling.trace(plain, evidence, matching.best(comparisons))
    done("drift")
    retelling.chains(evidence)
    drift.kept(retelling.pairs(evidence))
    done("chains")
    behind = origins.of_claims(comparisons, evidence)
    done("origins")
    origins.proposed(evidence)
    done("proposed")
    ceilings.track_record(evidence)
    done("record")
    positions.sequences(evidence)
    done("positions")
    for kind, c in claims:
        tipping.judge(kind, c, evidence, published)
    done("grades")
    tipping.sensitivity(claims, evidence, published)
    done("tipping")
    return {**seconds, "all": sum(seconds.values()), "bearing": int(behind.mentions.sum()),
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(given.one)))
        return
    lines = [f"| statements | bearing on the claims | {' | '.join(STEPS)} | all, s | peak, MB |", "|---" * (len(STEPS) + 4) + "|"]
    for size in given.sizes:
        run = subprocess.run([sys.executable, __file__, "--one", str(size)], capture_output=True, text=True, check=True)
        m = json.loads(run.stdout)
        lines.append(f"| {size:,} | {m['bearing']:,} | " + " | ".join(f"{m[s]:.2f}" for s in STEPS)
                     + f" | {m['all']:.1f} | {m['peak']:.0f} |")
        print(lines[-1], flush=True)
    if given.write:
        readme.put(MARK, "\n".join(lines))


if __name__ == "__main__":
    main()
