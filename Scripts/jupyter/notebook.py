"""Writes a notebook of the language, or checks that one was executed: notebook.py [--check] FILE."""

import sys

import nbformat

STATEMENTS = ["generate guide", "svd k=2 center=none", "recommend 1", "6 * 7"]

if sys.argv[1] == "--check":
    cells = nbformat.read(sys.argv[2], as_version=4).cells
    assert len(cells) == len(STATEMENTS) and all(cell.outputs for cell in cells), cells
    assert "<table>" in cells[2].outputs[0].data["text/html"], cells[2]
    assert cells[3].outputs[0].data["text/plain"] == "42", cells[3]
    print("the notebook ran")
else:
    metadata = {"kernelspec": {"name": "recline", "display_name": "Recline", "language": "recline"}}
    cells = [nbformat.v4.new_code_cell(text) for text in STATEMENTS]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), sys.argv[1])
