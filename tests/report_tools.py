"""What the tests of the runner share: a small set in a folder of its own, runs, checks of a run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from compare.report.kernel import server_process

FIXTURES = Path(__file__).parent / "fixtures"
HEAD = """
[set]
title = { zh = "测试", en = "Test" }
formats = ["html", "ipynb"]
timeout = 60

[keep]
runs = 3
days = 0
"""
COMMAND = [sys.executable, "-m", "compare.cli", "report"]


def make_set(folder: Path, *reports: str, head: str = HEAD) -> Path:
    """A set file with copies of the fixture notebooks beside it; ``reports`` are lines of TOML."""
    shutil.copytree(FIXTURES / "notebooks", folder / "notebooks", dirs_exist_ok=True)
    file = folder / "reports.toml"
    file.write_text(head + "".join(f"\n[[report]]\n{r}\n" for r in reports), encoding="utf-8")
    return file


def report(name: str, notebook: str | None = None, *lines: str) -> str:
    """One report's lines of TOML."""
    notebook = notebook or name
    return "\n".join(
        [
            f'name = "{name}"',
            f'notebook = "notebooks/{notebook}.ipynb"',
            f'title = {{ zh = "{name} 标题", en = "{name} title" }}',
            *lines,
        ]
    )


def edit_notebook(file: Path, old: str, new: str) -> None:
    """Replace text in the cells of a notebook."""
    text = file.read_text(encoding="utf-8")
    old, new = (json.dumps(t, ensure_ascii=False)[1:-1] for t in (old, new))
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def cli(*arguments, **kwargs) -> subprocess.CompletedProcess:
    """``carbon-peak report …`` in a process of its own."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=kwargs.pop("timeout", 600),
        **kwargs,
    )


def record_of(out: Path) -> dict:
    return json.loads((out / "latest" / "run.json").read_text(encoding="utf-8"))


def entry_of(out: Path, id: str) -> dict:
    return next(r for r in record_of(out)["reports"] if r["id"] == id)


def check_whole(out: Path) -> dict:
    """Assert that ``latest`` is one complete run: every file its record names, byte for byte."""
    run = record_of(out)
    folder = out / "latest"
    assert run["finished"] and (folder / "index.html").stat().st_size > 1000
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert index.rstrip().endswith("</html>")
    for entry in run["reports"]:
        assert entry["id"] in index
        for name, expected in entry["files"].items():
            data = (folder / name).read_bytes()
            assert sha256(data).hexdigest() == expected["sha256"], name
    return run


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    base = Path(os.path.realpath(folder))
    return {str(p.relative_to(base)): p.read_bytes() for p in base.rglob("*") if p.is_file()}


@pytest.fixture(scope="module", autouse=True)
def one_server():
    """Keep the kernel server between the runs of a module; a run of its own would stop it."""
    stop, server_process.stop_servers = server_process.stop_servers, lambda: None
    yield
    server_process.stop_servers = stop
    stop()
