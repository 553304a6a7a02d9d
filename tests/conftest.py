"""Shared by all tests: where things are, and a project copy that a test may break."""

import shutil
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
def carbon_peak(capfd):
    """Run the command line in this process: carbon_peak("build") -> (status, stdout, stderr)."""
    from compare import cli

    def run(*words):
        import sys

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
