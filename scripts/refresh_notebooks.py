"""Execute the project's notebooks in place, in order, so that the outputs kept with them are today's. For maintainers."""
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from helpers import notebooks

for file in sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb")):
    print(file.name, flush=True)
    notebook = notebooks.read(file)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": file.parent}}).execute()
    notebooks.clean(notebook)
    nbformat.write(notebook, file)
