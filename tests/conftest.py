"""Shared by all tests: where things are, and a project copy that a test may break."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ("guizhou", "huzhou", "ruijin", "shiyan", "yuhua")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the project's data folders, set as the home of the package."""
    for folder in ("data/raw", "data/review", "data/curated"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "docs").mkdir()
    monkeypatch.setenv("CARBON_PEAK_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def other_process():
    """Run Python in a process that differs in all that must not count: other_process(code) -> bytes.

    Another order of sets, another clock, another language, another working directory.
    """

    def run(code: str, *words: object) -> bytes:
        changed = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Apia", "LC_ALL": "C", "PYTHONUTF8": "1"}
        home = os.environ.get("CARBON_PEAK_HOME", str(ROOT))
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, words)],
            env=os.environ | changed | {"CARBON_PEAK_HOME": home},
            cwd="/",
            stdout=subprocess.PIPE,
            check=True,
        ).stdout

    return run


@pytest.fixture
def carbon_peak(capfd):
    """Run the command line in this process: carbon_peak("build") -> (status, stdout, stderr)."""
    from compare import cli

    def run(*words):
        old, sys.argv = sys.argv, ["carbon-peak", *map(str, words)]
        try:
            cli.main()
            status = 0
        except SystemExit as stop:
            status = stop.code or 0
        finally:
            sys.argv = old
        out, err = capfd.readouterr()
        return status, out, err

    return run
