"""Hashes of what reports are made from: files, notebooks, this package and its libraries."""

from __future__ import annotations

import json
import os
import platform
import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from compare import __version__
from compare.parameters import notebook_parameters

_LIBRARIES = """
ipykernel itables jinja2 jupyter-client matplotlib nbclient nbconvert nh3 numpy pandas papermill
pyarrow seaborn typst zhplot
"""


def hash_json(value: object) -> str:
    """SHA-256 of a JSON value."""
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def hash_file(path: Path) -> str | None:
    """SHA-256 of a file's bytes; None if it cannot be read."""
    try:
        info = os.stat(path)
        return _hash_file(path, info.st_mtime_ns, info.st_size)
    except OSError:
        return None


@cache
def _hash_file(path: Path, *_: int) -> str:
    return sha256(path.read_bytes()).hexdigest()


def hash_notebook(path: Path) -> str:
    """SHA-256 of what a notebook does: its cells and settings, without stored outputs, so that
    opening and running it in JupyterLab changes nothing."""
    info = os.stat(path)
    return _hash_notebook(path, info.st_mtime_ns, info.st_size)


@cache
def _hash_notebook(path: Path, *_: int) -> str:
    notebook = notebook_parameters.read_notebook(path)
    cells = [
        {k: v for k, v in cell.items() if k not in ("outputs", "execution_count")}
        for cell in notebook["cells"]
    ]
    for cell in cells:
        if isinstance(cell["source"], list):
            cell["source"] = "".join(cell["source"])
    return hash_json([cells, notebook["metadata"].get("kernelspec", {}).get("name")])


@cache
def versions() -> dict[str, str]:
    """Versions of this package, of Python and of the libraries that make the pages."""
    found = {"carbon-peak": __version__, "python": platform.python_version()}
    for name in _LIBRARIES.split():
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@cache
def hash_package() -> str:
    """SHA-256 of this package's files and of `versions`."""
    root = Path(str(sys.modules["compare"].__file__)).parent
    files = sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return hash_json([versions(), [[str(p.relative_to(root)), hash_file(p)] for p in files]])
