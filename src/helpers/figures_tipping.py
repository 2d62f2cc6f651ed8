"""Figure 9: which single statement, or single origin, moves which grade if it is left out."""
import pandas as pd

from helpers.ceilings import CREDIBILITY, RELIABILITY
from helpers.drawing import (ACCENT, GRID, MARGIN, MUTED, PAPER, RULE, STUDY, WIDTH, Drawing, dark, for_a_phone_too,
                             nothing, parties_to, said_in_words, short_day, teller)
from helpers.lettering import wrap

COLUMNS = ["subject", "exact", "before", "after", "moves_to", "left_out", "statements", "origins", "who"]
_PLACE = {grade: n for scale in (CREDIBILITY, RELIABILITY) for n, grade in enumerate(scale)}
_CAN_NOT = {"6", "F"}


def turning(sensitivity: pd.DataFrame, claims: pd.DataFrame, statements: pd.DataFrame,
            origins: pd.DataFrame | None = None, sources: pd.DataFrame | None = None) -> pd.DataFrame:
    """A row per ceiling that moves and where it moves to, the statements and origins that each suffice listed (";").

    moves_to: lower (worse, or no longer to be judged) or higher. left_out: statement, origin, or statement;origin. Rows
    of a change other than leaving something out, or between other ceilings than the Admiralty's, are passed over.
    """
    exact = dict(zip(claims.claim_id, claims.exact))
    said = dict(zip(statements.statement_id, statements.itertuples()))
    parties = parties_to(sources)
    moved = sensitivity.ceiling_before != sensitivity.ceiling_after
    moving = sensitivity[moved & sensitivity.change.isin(["drop statement", "drop origin"])
                         & sensitivity.ceiling_before.isin(list(_PLACE)) & sensitivity.ceiling_after.isin(list(_PLACE))]
    of_origin = {} if origins is None else {
        (o.claim_id, o.origin): "; ".join(dict.fromkeys(
            teller(said[s], parties) for s in (o.root_id, *o.statement_ids.split(";")) if s in said))
        for o in origins.itertuples()}
    rows = []
    for (subject, before, after), own in moving.groupby(["subject", "ceiling_before", "ceiling_after"], sort=False):
        single = list(dict.fromkeys(own.changed_id[own.change == "drop statement"]))
        whole = list(dict.fromkeys(own.changed_id[own.change == "drop origin"]))
        who = [f"{teller(said[s], parties)}, {short_day(said[s].said_on)}" if s in said else "" for s in single]
        who = who or [of_origin.get((subject, o), "").split("; ")[0] for o in whole]
        kinds = [kind for kind, found in (("statement", single), ("origin", whole)) if found]
        rows.append([subject, exact.get(subject, ""), before, after, "lower" if _PLACE[after] > _PLACE[before] else
                     "higher", ";".join(kinds), ";".join(single), ";".join(whole), "; ".join(filter(None, who))])
    data = pd.DataFrame(rows, columns=COLUMNS)
    # What turns on one statement comes first, then the greatest move; the rows of a subject stand together.
    far = [(not s, -abs(_PLACE[a] - _PLACE[b])) for s, b, a in zip(data.statements, data.before, data.after)]
    first = {subject: min(f for f, own in zip(far, data.subject) if own == subject) for subject in set(data.subject)}
    rank = [(first[subject], subject, f, a) for f, subject, a in zip(far, data.subject, data.after)]
    return data.iloc[sorted(range(len(data)), key=rank.__getitem__)].reset_index(drop=True)


@for_a_phone_too
def tipping_points(sensitivity: pd.DataFrame, claims: pd.DataFrame, statements: pd.DataFrame,
                   origins: pd.DataFrame | None = None, sources: pd.DataFrame | None = None, most: int = 24,
                   width: float = WIDTH) -> Drawing:
    """Figure 9: a row a ceiling that moves: from where to where, and what need only be left out for it.

    sensitivity: the run's table. statements: who says what is left out. origins: the same for an origin. The copy test
    is not drawn: by rule it moves nothing. Counted are the claims that can be judged, as in figure 7; a source's letter
    that moves has a row, and is counted apart.
    """
    data = turning(sensitivity, claims, statements, origins, sources)
    tried = sensitivity[sensitivity.change.isin(["drop statement", "drop origin"])]
    if tried.empty:
        return nothing("No statement stands behind a claim, so there is nothing to leave out.", COLUMNS)
    judged = set(tried.subject[~tried.ceiling_before.isin([*_CAN_NOT, *RELIABILITY])])
    judged = judged or set(tried.subject)
    subjects = len(judged)
    graded = said_in_words(subjects, "ceiling")
    if data.empty:
        return nothing(f"No single statement and no single origin moves a ceiling: all {graded} stand without any one "
                       "of them." if subjects > 1 else "The one ceiling stands without any one statement or origin.",
                       COLUMNS)
    of_claims = data[data.subject.isin(judged)]
    single = of_claims[of_claims.statements != ""]
    hang, up = single.subject.nunique(), data[data.moves_to == "higher"].subject.nunique()
    lost = single[single.after.isin(_CAN_NOT)].subject.nunique()
    finding = (f"{'All' if hang == subjects > 1 else f'{hang} of'} {graded} {'turns' if hang == 1 else 'turn'} on a "
               f"single statement" if hang else
               f"No ceiling of {subjects} turns on a single statement, {of_claims.subject.nunique()} on a single "
               "origin")
    if lost:
        finding += f"; {lost} could not be judged at all without it"
    words = [f"{r.subject} from {r.before} to {r.after} without {_any(r, 3)}" for r in data.itertuples()]
    alt = f"{finding}. " + "; ".join(words[:12]) + (f"; and {len(words) - 12} more" if len(words) > 12 else "") + "."
    if up:
        alt += f" {said_in_words(up, 'ceiling')} would be better for it."
    figure = Drawing(alt, data, width)
    y = figure.heading(finding, "A ceiling is the best grade that the evidence allows; a person may grade lower. Filled"
                       ": the ceiling now. Ring: if what stands beside it were left out and all else stayed. An origin: "
                       "one voice with all who repeat it.")
    narrow, right = width < WIDTH, width - MARGIN
    left, step, row = (MARGIN + 0.12, 0.29, 0.7) if narrow else (MARGIN + 3.15, 0.44, 0.4)
    letters = {g for g in (*data.before, *data.after) if g.isalpha()}
    for n, (digit, letter) in enumerate(zip(CREDIBILITY, RELIABILITY)):
        figure.write(left + n * step, y + 0.05, f"{digit} {letter}" if letters else digit, 9, bold=True, ha="center")
    y += 0.17
    if narrow:
        figure.write(left - 0.1, y + 0.06, "1 confirmed, 5 improbable, 6 not to be judged", 7, color=MUTED)
    else:
        figure.write(left - 0.1, y + 0.06, "confirmed", 7, color=MUTED)
        figure.write(left + 4 * step + 0.1, y + 0.06, "improbable", 7, color=MUTED, ha="right")
        figure.write(left + 5 * step - 0.12, y + 0.06, "not to be judged", 7, color=MUTED)
    y += 0.2
    shown = data.head(most)
    for n, r in enumerate(shown.itertuples()):
        middle, first = y + row - (0.26 if narrow else 0.2), n == 0 or shown.subject.iloc[n - 1] != r.subject
        figure.line([MARGIN, right], [y, y], RULE if first else GRID, 0.6, order=0.5)
        figure.box(left + 4.5 * step, middle - 0.2 if narrow else y, step, 0.4, "#f1f1ee", order=0.2)
        for k in range(6):
            figure.line([left + k * step] * 2, [middle - 0.2, middle + 0.2], GRID, 0.8, order=0.3)
        if first:
            level = y + 0.11 if narrow else middle
            figure.write(MARGIN, level, r.subject, 8.5, bold=True, width=0.5)
            lines = wrap(r.exact, right - MARGIN - 0.55 if narrow else 2.3, 7.5, most=1 if narrow else 2)
            for k, line in enumerate(lines):
                figure.write(MARGIN + 0.55, level + (k - (len(lines) - 1) / 2) * 0.15, line, 7.5, color=MUTED)
        a, b = left + _PLACE[r.before] * step, left + _PLACE[r.after] * step
        color, back = (STUDY, -1) if r.moves_to == "lower" else (ACCENT, 1)
        figure.line([a, b + back * 0.13], [middle, middle], color, 1.8, "-" if r.moves_to == "lower" else (0, (2, 1)))
        figure.mark(b + back * 0.17, middle, ">" if back < 0 else "<", 5, color, order=2)
        for x, grade, fill in ((a, r.before, color), (b, r.after, PAPER)):
            figure.mark(x, middle, "o", 13, color, fill, order=2.5)
            figure.write(x, middle, grade, 8, True, PAPER if dark(fill) else color, ha="center")
        x = left + 5 * step + (0.25 if narrow else 0.42)
        level = middle - (0.13 if narrow else 0.08)
        figure.write(x, level, f"without {_any(r, 2)}", 7.5 if narrow else 8, bold=bool(r.statements), width=right - x)
        if narrow:
            figure.paragraph(x, level + 0.08, r.who, right - x, 7, color=MUTED, most=2)
        else:
            figure.write(x, level + 0.17, r.who, 7.5, color=MUTED, width=right - x, name=";" not in r.who)
        y += row
    figure.line([MARGIN, right], [y, y], RULE, 0.6)
    kept = len(judged - set(data.subject))
    notes = [f"{said_in_words(len(data) - most, 'more row')} in the table."] if len(data) > most else []
    notes += [f"{said_in_words(kept, 'other ceiling')} {'moves' if kept == 1 else 'move'} for no single statement or "
              "origin."] if kept else []
    for note in notes:
        y = figure.paragraph(MARGIN, y + 0.08, note, right - MARGIN, 8, color=MUTED)
    return figure.end(y + 0.2)


def _any(r, most: int) -> str:
    """What suffices: "L137, or all of origin O7", "any one of L1, L2 and 4 more"."""
    def listed(ids: list[str]) -> str:
        more = len(ids) - most
        return " or ".join(ids[:most]) if more <= 0 else f"any one of {', '.join(ids[:most])} and {more} more"

    single, whole = (cell.split(";") if cell else [] for cell in (r.statements, r.origins))
    words = [listed(single)] if single else []
    words += [f"{'origin' if len(whole) <= most else 'of the origins'} {listed(whole)}"] if whole else []
    return ", or ".join(words)
