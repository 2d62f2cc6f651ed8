"""Small notebooks for tests of what runs and checks notebooks."""
import nbformat

PARAMETERS = 'document = ""\nas_of = ""\nannotator = ""\nyardstick = "icd203"\ndata = ""\noutput = ""'


def notebook(*cells: str, parameters: str = PARAMETERS) -> nbformat.NotebookNode:
    """A heading, a parameters cell, and the given code, a cell each."""
    code = [nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            *map(nbformat.v4.new_code_cell, cells)]
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A step"), *code], metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
