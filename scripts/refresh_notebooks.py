"""Run the notebooks whose outputs are committed; keep their text and tables, pictures as PNG only.

    python scripts/refresh_notebooks.py

Needed after the data or the wording changed; tests/integration/test_notebooks.py compares with these outputs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KEPT = ("indicator", "region", "overview", "ambition")
IGNORED = "nbval-ignore-output"
PICTURES = ("image/svg+xml", "image/png")


def main() -> None:
    """Renew all notebooks in place: outputs for ``KEPT``, none for the others."""
    import nbformat
    from nbclient import NotebookClient

    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, 4)
        if path.stem in KEPT:
            NotebookClient(
                notebook, timeout=120, resources={"metadata": {"path": path.parent}}
            ).execute()
        for cell in notebook.cells:
            if cell.cell_type == "code":
                tidy(cell, path.stem in KEPT)
        notebook.metadata.pop("widgets", None)
        notebook.metadata["language_info"] = {"name": "python"}
        nbformat.write(notebook, path)
        print(path.relative_to(ROOT), file=sys.stderr)


def tidy(cell: Any, kept: bool) -> None:
    """Keep of the outputs of a cell what is the same in every run and on every machine."""
    cell.execution_count = cell.execution_count if kept else None
    shown = [o for o in cell.outputs if o.output_type in ("display_data", "execute_result")]
    pictures = any(kind in o.data for o in shown for kind in PICTURES)
    release = cell.id == "sources"  # names the release by its hash
    for output in shown:  # GitHub shows the PNG, which is a tenth of the SVG
        output.data.pop("image/svg+xml", None)
    tags = [t for t in cell.metadata.get("tags", []) if t != IGNORED]
    if kept and (pictures or release or (not shown and cell.id not in ("parameters", "read"))):
        tags.append(IGNORED)
    cell.metadata = {"tags": tags} if tags else {}
    cell.outputs = [] if release or not kept else shown
    for output in cell.outputs:
        output.metadata = {}


if __name__ == "__main__":
    main()
