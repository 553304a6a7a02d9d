"""Make an executed notebook the same on every machine and in every run.

Taken out: clocks and durations, random cell ids, memory addresses, process ids, and every path of
this machine. What a notebook shows on purpose is left as it is.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from papermill.translators import translate_parameters

from compare.base.workspace import home

INJECTED_TAG = "injected-parameters"
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,16}\b")
_WORD = re.compile(r"[^\s\"'<>]+")
_CELL_FILE = re.compile(r"ipykernel_\d+/\d+\.py")
_TEXT = ("text/", "image/svg+xml", "application/json")


def scrub(notebook: NotebookNode, given: dict[str, Any], scratch: Path) -> None:
    """Clean an executed notebook in place.

    Parameters
    ----------
    notebook : NotebookNode
        As papermill leaves it.
    given : dict
        The injected parameters as pages show them; they stay in the metadata, where papermill's
        readers look.
    scratch : path
        The run's folder for temporary files.
    """
    notebook.metadata["papermill"] = {"parameters": given}
    for cell in notebook.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if INJECTED_TAG in cell.metadata.get("tags", []):
            cell["id"] = INJECTED_TAG
            cell["source"] = translate_parameters("", "python", given, "Parameters")
        for output in cell.get("outputs", []):
            _output(output, scratch)


def text(value: str, scratch: Path | None = None) -> str:
    """One text without paths of this machine and without memory addresses."""
    value = _without_cell_files(value)
    for path, short in _places(scratch):
        value = value.replace(path, short)
    return _ADDRESS.sub("0x…", value)


def _markup(value: str, scratch: Path) -> str:
    """As `text`; but pictures inside markup are left alone, whatever letters they hold."""
    value = _without_cell_files(value)
    for path, short in _places(scratch):
        if path in value:
            value = re.sub(rf"(?<![A-Za-z0-9+/]){re.escape(path)}", lambda _, s=short: s, value)
    return value


def _without_cell_files(value: str) -> str:
    """Without the paths that IPython gives to cells; they hold the number of the process."""
    return _WORD.sub(_without_cell_file, value) if "ipykernel_" in value else value


def _without_cell_file(word: re.Match[str]) -> str:
    ends = [found.end() for found in _CELL_FILE.finditer(word[0])]
    return "<cell>" + word[0][ends[-1] :] if ends else word[0]


def _output(output: NotebookNode, scratch: Path) -> None:
    if output.output_type == "stream":
        output["text"] = text(output["text"], scratch)
    elif output.output_type == "error":
        output["evalue"] = text(output["evalue"], scratch)
        output["traceback"] = [text(line, scratch) for line in output["traceback"]]
    else:
        for kind, value in output.get("data", {}).items():
            if isinstance(value, str) and kind.startswith(_TEXT):
                clean = text if kind == "text/plain" else _markup
                output["data"][kind] = clean(value, scratch)


@cache
def _places(scratch: Path | None) -> list[tuple[str, str]]:
    """What to replace by what, the longest first; a home folder also as IPython shortens it."""
    user = os.path.expanduser("~")
    folders = {
        home(): "",
        Path(sys.prefix): "",
        Path(sys.base_prefix): "",
        Path(tempfile.gettempdir()): "",
        Path(user): "~",
    }
    if scratch:
        folders[scratch] = ""
    pairs = {}
    for folder, short in folders.items():
        for path in {str(folder), os.path.realpath(folder)} - {"/"}:
            pairs[f"{path}/"] = f"{short}/" if short else ""
            if path != user and path.startswith(f"{user}/"):
                pairs[f"~{path.removeprefix(user)}/"] = pairs[f"{path}/"]
            pairs[path] = pairs.get(path, short or ".")
    return sorted(pairs.items(), key=lambda pair: -len(pair[0]))
