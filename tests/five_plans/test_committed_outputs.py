"""Notebooks: the outputs that are committed are those of the five plans, and come out again."""

import subprocess
import sys

import pytest
from conftest import ROOT

STRICT = ("indicator", "region", "overview", "ambition")
"""Notebooks whose texts and tables are committed; scripts/refresh_notebooks.py renews them."""


@pytest.mark.slow
def test_the_committed_outputs_come_out_again():
    files = [str(ROOT / f"notebooks/{name}.ipynb") for name in STRICT]
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "-p", "no:cacheprovider", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stdout[-3000:] + "\nscripts/refresh_notebooks.py renews them"
