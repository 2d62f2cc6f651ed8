"""The command `retold`. Exit status: 0 done, 1 a notebook failed, 2 what was given cannot be used, 130 interrupted.

What takes long to import is imported where it is used: every worker of the runner loads this module first.
"""
import argparse
import os
import re
import signal
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers import cli_batch  # these two import nothing of weight
from helpers.cli_batch import positive
from helpers.visible import visible

EXAMPLES = """\
examples:
  retold run                                      every document in data/raw/texts.csv
  retold run kursk-retelling --as-of 2024-12-28   judged by what had been stated by that day
  retold run page.html --published 2025-03-01 --statements my-ledger.csv --sources my-sources.csv
  retold run notes.md -p annotator=reader-b --output runs
  retold propose notes.md > notes.jsonl
  retold compare press-release.txt article.txt --published-a 2025-03-01 --published-b 2025-03-02 --output drift.csv
  retold batch runs.csv --workers 4               a run for every row of a table
  retold survey                                   all runs so far, side by side
  retold check
"""


def main(arguments: "list[str] | None" = None) -> int:
    """Run the command; returns the exit status."""
    from helpers.paths import InputError

    given = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended politely: clean up as when interrupted
    try:
        return given.do(given)
    except InputError as e:
        print(f"retold: {shown(str(e))}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("retold: interrupted; runs that were not done are gone, earlier ones stay", file=sys.stderr)
        return 130


def shown(text: str) -> str:
    """The text with whatever a terminal could obey, or that reorders a line, as its code."""
    return visible(text, keep="\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="retold", description="How far can a text be trusted, and what would change that?", epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    run = commands.add_parser(
        "run", help="execute the notebooks on texts and write an assessment of each", allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter, epilog=EXAMPLES,
        description="Execute the five notebooks on each text. A run's folder holds the tables, figures, assessment.md, "
                    "report.html, the executed notebooks, what was read (input/) and run.json.")
    run.add_argument("texts", nargs="*", metavar="TEXT",
                     help="a document's name in data/raw/texts.csv, or the path of a .txt, .md or .html file; "
                          "without any: every document in texts.csv")
    run.add_argument("--as-of", default="", metavar="DATE",
                     help="count only statements made by this day (YYYY-MM-DD); the run's folder is <document>@<DATE>")
    run.add_argument("--published", default="", metavar="DATE",
                     help="when the text was published, for a path; relative periods (\"past week\") are read from it")
    run.add_argument("--statements", type=Path, metavar="CSV", help="a ledger to use instead of data/raw/statements.csv")
    run.add_argument("--sources", type=Path, metavar="CSV", help="a table to use instead of data/raw/sources.csv")
    run.add_argument("--output", type=Path, metavar="DIR", help="the folder that receives the runs' folders "
                     "(data/processed)")
    run.add_argument("-p", dest="parameters", action="append", default=[], metavar="NAME=VALUE",
                     help="a parameter of the notebooks: annotator (whose reading counts) or yardstick (icd203, phia)")
    run.add_argument("--deadline", type=positive, default=None, metavar="SECONDS",
                     help="end a notebook that takes longer (900)")
    run.set_defaults(do=_run)

    propose = commands.add_parser(
        "propose", help="print what the rules find in texts, one JSON line a text", allow_abbrev=False,
        description="One JSON line a text: document, a remark if nothing could be read, attributions, claims (each with its "
                    "factuality for every source of its chain), quantities, and what was left out and why. Offsets are code points of the "
                    "file as it is, its line ends included (a byte-order mark is not counted). A file that cannot be "
                    "read as a text is skipped with a remark; the rest are read, and the exit status is 2.")
    propose.add_argument("texts", nargs="+", metavar="TEXT", help="a document's name, or the path of a text")
    propose.add_argument("--published", default="", metavar="DATE",
                         help="when the texts given by path were published; \"last week\" is read from it")
    propose.add_argument("--data", type=Path, metavar="DIR", help="a folder with a dossier's tables, instead of data/raw: its "
                         "sources.csv and its word lists in lexicons/ are read")
    propose.add_argument("--output", type=Path, metavar="FILE", help="write there, not to the terminal")
    propose.set_defaults(do=_propose)

    compare = commands.add_parser(
        "compare", help="say what TEXT_B kept of TEXT_A, changed, left out and added", allow_abbrev=False,
        description="Read TEXT_A (a press release, a report) as the upstream of TEXT_B (the article made of it), and say "
                    "what B changed, kept, left out and added. Claims are numbered as by `retold propose`; offsets are code "
                    "points of each text as it is read. Exit status: 0 done, 2 what was given cannot be used.")
    for which in "ab":
        compare.add_argument(f"text_{which}", metavar=f"TEXT_{which.upper()}", help="a document's name, or a path")
    for which in "ab":
        compare.add_argument(f"--published-{which}", default="", metavar="DATE",
                             help=f"when TEXT_{which.upper()} was published (YYYY-MM-DD)")
    compare.add_argument("--sources", type=Path, metavar="CSV", help="names and aliases of sources, instead of the shipped")
    compare.add_argument("--data", type=Path, metavar="DIR", help="a folder with a dossier's tables, instead of data/raw: its "
                         "sources.csv and its word lists in lexicons/ are read")
    compare.add_argument("--output", type=Path, metavar="FILE", help="write the table there (CSV): a row a changed field, "
                         "and one for each claim kept, left out or added, with the spans of both texts")
    compare.set_defaults(do=_compare)

    survey = commands.add_parser(
        "survey", help="set all runs side by side: sources, numbers, drift", allow_abbrev=False,
        description="Execute 06_survey_corpus over the runs in a folder. Tables in Parquet and CSV, figures, the executed notebook "
                    "and corpus.html, which links to each run's report.html, lie in its folder corpus/.")
    survey.add_argument("--as-of", default="", metavar="DATE", help="count only statements made by this day (YYYY-MM-DD)")
    survey.add_argument("--output", type=Path, metavar="DIR", help="the folder that holds the runs' folders (data/processed)")
    survey.add_argument("--corpus", type=Path, metavar="DIR", help="count the texts that `retold corpus` wrote there, too")
    survey.set_defaults(do=_survey)

    check = commands.add_parser(
        "check", help="hold every table in data/raw, every notebook and every written sentence to its rules",
        allow_abbrev=False,
        description="Hold every table in data/raw, every notebook, and every sentence in judgements/ and of the assessments in "
                    "data/processed/ to its rules; exit status 2 if one breaks them.")
    check.set_defaults(do=_check)

    cli_batch.add(commands)
    return parser


def _run(given: argparse.Namespace) -> int:
    from helpers import inputs, notebooks, paths, runner

    project = paths.project()
    parameters = _parameters(given.parameters)
    as_of = parameters.pop("as_of", given.as_of)
    if given.as_of and as_of != given.as_of:
        raise paths.InputError(f"--as-of {given.as_of} and -p as_of={as_of}: give one of them")
    paths.check_date(as_of, "--as-of")
    orders = inputs.orders(given.texts, project / "data" / "raw", published=given.published, as_of=as_of,
                           statements=given.statements, sources=given.sources, parameters=parameters)
    walk = runner.Walk(tuple(project / "notebooks" / f"{name}.ipynb" for name in notebooks.WALK),
                       given.deadline or runner.DEADLINE)
    output = given.output or project / "data" / "processed"
    failed = 0
    done = []
    for order, outcome in runner.run_all(orders, walk, output, lambda line: print(shown(line), file=sys.stderr)):
        if isinstance(outcome, runner.RunFailed):
            failed += 1
            print(f"retold: {shown(str(outcome))}", file=sys.stderr)
        else:
            done.append((order, outcome))
    for order, folder in done:
        print(_closing(order.name, folder))
    return 1 if failed else 0


def _survey(given: argparse.Namespace) -> int:
    import pandas as pd

    from helpers import paths, runner, survey, surveyed

    project = paths.project()
    paths.check_date(given.as_of, "--as-of")
    folder = given.output or project / "data" / "processed"
    if not folder.is_dir():
        raise paths.InputError(f"{folder}: there is no such folder; make runs with `retold run`")
    if given.corpus and not (given.corpus / "texts").is_dir():
        raise paths.InputError(f"--corpus {given.corpus}: not a folder that `retold corpus` wrote")
    try:
        made = runner.survey(project / "notebooks" / "06_survey_corpus.ipynb", folder, given.as_of,
                             corpus=str(given.corpus.resolve()) if given.corpus else "")
    except runner.RunFailed as e:
        print(f"retold: {shown(str(e))}", file=sys.stderr)
        return 1
    print(shown(surveyed.finding(*(pd.read_csv(made / f"{name}.csv", keep_default_na=False) for name in ("runs", "fields")))))
    for name, why in survey.finished(folder)[1].items():
        print(shown(f"left out: {name} {why}"))
    print(shown(f"side by side: {_near(made / 'corpus.html')}"))
    return 0


def _near(file: Path) -> Path:
    """A path from here, where the file lies under the folder in which the command was given."""
    return file.resolve().relative_to(Path.cwd()) if file.resolve().is_relative_to(Path.cwd()) else file


def _parameters(given: list[str]) -> dict[str, str]:
    from helpers.inputs import LEFT_TO_THE_RUNNER
    from helpers.notebooks import PARAMETERS
    from helpers.paths import InputError

    allowed = [name for name in PARAMETERS if name not in LEFT_TO_THE_RUNNER]
    found: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or name not in allowed:
            raise InputError(f"-p {pair!r}: allowed are {', '.join(f'{name}=VALUE' for name in allowed)}")
        if name in found:
            raise InputError(f"-p {pair!r}: {name} is given twice")
        found[name] = value
    return found


def _closing(name: str, folder: Path) -> str:
    """What a run comes to: its name, the bottom line of the assessment, the report's path."""
    report = folder / "report.html"
    line = bottom_line((folder / "assessment.md").read_text(encoding="utf-8"))
    return shown(f"\n{name}\n{textwrap.fill(line, 100, initial_indent='  ', subsequent_indent='  ')}\n"
                 f"  report: {_near(report)}")


def bottom_line(assessment: str) -> str:
    """The first paragraph under the heading "Bottom line" of an assessment in Markdown, its links as their words; empty
    if there is none."""
    lines = iter(assessment.splitlines())
    if not any(line.startswith("#") and line.strip("# ").casefold() == "bottom line" for line in lines):
        return ""
    paragraph = []
    for line in lines:
        if line.startswith("#") or (paragraph and not line.strip()):
            break
        paragraph += [line.strip()] if line.strip() else []
    return re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", " ".join(paragraph))


def _propose(given: argparse.Namespace) -> int:
    from helpers import inputs, json_lines, paths, proposals, reading, tables

    raw = paths.project() / "data" / "raw"
    orders = inputs.orders(given.texts, raw, published=given.published, sources=_own_sources(given))
    inputs.use_words(orders, given.data)
    _check_file(given.output)
    read = []
    for order in orders:
        own = tables.read("sources", file) if (file := order.table("sources")) else None
        try:
            read.append((order, reading.as_it_is(order.file), own))
        except paths.InputError as e:
            print(f"retold: skipped: {shown(str(e))}", file=sys.stderr)
    lines = (json_lines.line(order.document, text, proposals.propose(text, order.row["published"], own)) + "\n"
             for order, text, own in read)
    if given.output and read:
        content = "".join(lines)
        with _writing(given.output):
            given.output.write_text(content, encoding="utf-8", newline="")
    else:
        for line in lines:
            sys.stdout.buffer.write(line.encode("utf-8"))
            sys.stdout.buffer.flush()
    return 0 if len(read) == len(orders) else 2


def _own_sources(given: argparse.Namespace) -> "Path | None":
    """The table of sources that was given, by name or as a part of --data."""
    file = given.data / "sources.csv" if given.data else None
    return getattr(given, "sources", None) or (file if file and file.is_file() else None)


def _check_file(file: "Path | None") -> None:
    from helpers.paths import InputError

    if file and (file.is_dir() or not file.parent.is_dir()):
        raise InputError(f"--output {file}: a file in an existing folder was expected")


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    from helpers.paths import InputError

    try:
        yield
    except OSError as e:
        raise InputError(f"--output {file}: cannot be written ({e.strerror})") from None


def _compare(given: argparse.Namespace) -> int:
    from helpers import beside_each_other, comparing, inputs, paths, proposals, reading, tables

    raw, texts, days = paths.project() / "data" / "raw", [], []
    orders = []
    for which in "ab":
        day = paths.check_date(getattr(given, f"published_{which}"), f"--published-{which}")
        [order] = inputs.orders([getattr(given, f"text_{which}")], raw, published=day, sources=_own_sources(given))
        orders.append(order)
        texts.append(reading.read(order.file).text)
        days.append(order.row["published"])
    if all(days) and days[0] > days[1]:
        raise paths.InputError(f"TEXT_A was published on {days[0]}, after TEXT_B ({days[1]}): it cannot be its upstream; "
                               "give them the other way round")
    inputs.use_words(orders, given.data)
    file = orders[1].table("sources")
    sources = tables.read("sources", file) if file else tables.empty("sources")
    _check_file(given.output)
    a, b = (proposals.propose(text, day, sources) for text, day in zip(texts, days))
    compared = comparing.compare(a, b, sources, *days, *texts)
    if given.output:
        with _writing(given.output):
            tables.write("compared", beside_each_other.table(compared, a, b), given.output)
    print(shown(beside_each_other.summary(compared, a, b, *(order.document for order in orders))))
    return 0


def _check(given: argparse.Namespace) -> int:
    from helpers import checking, paths

    found, seen = checking.project(paths.project())
    for problem in found:
        print(f"retold: {shown(problem)}", file=sys.stderr)
    print(f"{seen}: {len(found) or 'no'} problem{'' if len(found) == 1 else 's'}")
    return 2 if found else 0


if __name__ == "__main__":
    sys.exit(main())
