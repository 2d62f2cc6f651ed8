"""What a notebook of ours must be, what parameters it takes, and how an executed one is made the same every time.

The parameters cell holds literals only, because papermill puts the given values in a cell after it: a value derived
inside it would not be computed again.
"""
import ast
import sys
from pathlib import Path

from helpers.paths import InputError

# jsonschema, which nbformat imports, would build a grammar of internationalised addresses with this package: more than
# a second a process, for a format that no notebook has. It does without where the package cannot be imported.
_SLOW = "rfc3987_syntax"
_blocked = sys.modules.setdefault(_SLOW, None) is None
import nbformat  # noqa: E402
from nbformat import NotebookNode  # noqa: E402

if _blocked:
    del sys.modules[_SLOW]

WALK = ("01_read_text", "02_annotate_claims", "03_compare_statements", "04_draw_figures", "05_write_assessment")
PARAMETERS = ("document", "as_of", "annotator", "yardstick", "data", "output")
LONGEST_CELL = 20  # lines
STRICT = "nbval-check-output"


def read(file: Path) -> NotebookNode:
    """A notebook of format 4. Raises InputError if it is not one."""
    try:
        return nbformat.read(file, as_version=4)
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such notebook") from None
    except Exception as e:  # nbformat lets JSON, schema and Unicode errors through as they are
        raise InputError(f"{file}: not a notebook ({type(e).__name__})") from None


def parameters(notebook: NotebookNode, file: "Path | str" = "notebook") -> dict[str, object]:
    """Name -> default of the one cell tagged `parameters`. Raises InputError unless it is alone, second in the
    notebook, and made of `name = literal` only."""
    at = [i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])]
    if len(at) != 1:
        raise InputError(f"{file}: {len(at)} cells are tagged parameters; exactly one must be")
    if at != [1] or notebook.cells[1].cell_type != "code":
        raise InputError(f"{file}, cell {at[0] + 1}: the parameters cell must be the second, and code")
    found: dict[str, object] = {}
    try:
        for line in ast.parse(notebook.cells[1].source).body:
            target = line.targets[0] if isinstance(line, ast.Assign) and len(line.targets) == 1 else None
            if not isinstance(target, ast.Name):
                raise ValueError(f"line {line.lineno} is not `name = literal`")
            found[target.id] = ast.literal_eval(line.value)
    except (SyntaxError, ValueError) as e:
        raise InputError(f"{file}, cell 2: the parameters cell holds literals only ({e})") from None
    return found


def check_given(given: dict[str, object], notebook: NotebookNode, file: "Path | str") -> None:
    """Refuse what papermill would run on with: a name that the notebook does not take, or a value of another type."""
    known = parameters(notebook, file)
    for name, value in given.items():
        if name not in known:
            raise InputError(f"{file}: takes no parameter {name!r}; it takes {', '.join(known)}")
        if type(value) is not type(known[name]):
            raise InputError(f"{file}: parameter {name} {value!r} is a {type(value).__name__}; "
                             f"allowed: a {type(known[name]).__name__}")


def problems(notebook: NotebookNode, file: Path) -> list[str]:
    """What is wrong with a notebook as it is kept in the project, one line each: parameters, kernel, cells not run,
    errors kept, a strict cell without output, a cell that is too long."""
    found = []
    try:
        names = parameters(notebook, file)
        if file.stem in WALK and tuple(names) != PARAMETERS:
            found.append(f"{file}, cell 2: the parameters are {', '.join(names)}; expected {', '.join(PARAMETERS)}")
    except InputError as e:
        found.append(str(e))
    kernel = notebook.metadata.get("kernelspec", {}).get("name")
    if kernel != "python3":
        found.append(f"{file}: the kernel is {kernel!r}; expected 'python3'")
    code = [(n, cell) for n, cell in enumerate(notebook.cells, 1) if cell.cell_type == "code" and cell.source.strip()]
    unrun = [str(n) for n, cell in code if cell.execution_count is None]
    if unrun:
        found.append(f"{file}: not run: cell {', '.join(unrun)}")
    return found + [f"{file}, cell {n}: {what}" for n, cell in code for what in _cell_problems(cell)]


def _cell_problems(cell: NotebookNode) -> list[str]:
    lines = cell.source.splitlines()
    errors = [o.ename for o in cell.outputs if o.output_type == "error"]
    return [what for wrong, what in (
        (len(lines) > LONGEST_CELL, f"{len(lines)} lines; at most {LONGEST_CELL}"),
        (errors, f"keeps an error ({', '.join(errors)})"),
        (STRICT in cell.metadata.get("tags", []) and not cell.outputs, f"is tagged {STRICT} but has no output"),
    ) if wrong]


def clean(notebook: NotebookNode) -> str:
    """Take out what differs between two runs of the same notebook (papermill's records, times, random ids, the way
    printed lines were cut into messages, stderr) and return what stood on stderr."""
    stderr = []
    notebook.metadata = {k: v for k, v in notebook.metadata.items() if k in ("kernelspec", "language_info")}
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number}"
        cell.metadata = {"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {}
        if cell.cell_type == "code":
            stderr += [o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stderr"]
            cell.outputs = _joined([o for o in cell.outputs if o.get("name") != "stderr"])
    return "".join(stderr)


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    kept: list[NotebookNode] = []
    for output in outputs:
        if kept and output.output_type == kept[-1].output_type == "stream":
            kept[-1].text += output.text
        else:
            kept.append(output)
    return kept
