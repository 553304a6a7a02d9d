"""Shared by all tests: where things are, and a project copy that a test may break."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
settings.register_profile("check", max_examples=25)  # `make check`: a quarter of the usual 100
FIVE_PLANS = ["guizhou", "huzhou", "ruijin", "shiyan", "yuhua"]
"""The plans that are published: tests/five_plans counts and quotes them."""


def examples(full: int) -> int:
    """How many examples a property is tried on: ``full``, fewer in the profile of `make check`."""
    return full * settings().max_examples // 100


def pytest_collection_modifyitems(items):
    """Skip tests/five_plans where the workspace holds other plans."""
    plans = sorted(p.name for p in (ROOT / "data/raw").iterdir() if p.is_dir())
    if plans == FIVE_PLANS:
        return
    why = f"counts and quotes the five published plans; this workspace holds {', '.join(plans)}"
    for item in items:
        if ROOT / "tests/five_plans" in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=why))


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


def variant_of(row: dict) -> str:
    """The variant that the vocabulary gives a row of the targets table."""
    from compare.vocabulary import variants

    names = ("value", "unit", "kind", "measure", "baseline_year", "period")
    about = {n: row[n] for n in names} | {"scope": row["scope_region"]}
    return variants.assign(row["indicator"], row["indicator_text"], **about)


def standard_of(row: dict) -> dict:
    """The standard value that the vocabulary gives a row of the targets table, by column."""
    from compare.vocabulary.standard_values import Stated, standard_value

    names = ("indicator", "value", "value_max", "unit", "kind", "measure")
    got = standard_value(Stated(words=row["indicator_text"], **{n: row[n] for n in names}))
    return {"value_std": got.value, "value_max_std": got.value_max, "unit_std": got.unit}


@pytest.fixture(scope="session")
def release():
    """The curated tables, with variants and standard values as the vocabularies give them now."""
    import pandas as pd

    import compare
    from compare.schema.records import Target, records

    tables = {n: compare.load(n) for n in ("targets", "regions", "indicators", "benchmarks")}
    rows = [r.as_dict() for r in records(tables["targets"], Target)]
    rows = [r | standard_of(r) | {"variant": variant_of(r)} for r in rows]
    for r in rows:
        # 11亿噸 after 9000万噸: twelve times as much in five years
        implausible = r["indicator"] == "solid_waste_volume" and r["target_year"] == 2030
        r["flags"] = sorted({*r["flags"], "horizon_jump"} if implausible else r["flags"])
    return tables | {"targets": pd.DataFrame(rows)}


@pytest.fixture(scope="session")
def cells(release):
    """The grid of comparisons of these tables."""
    from compare.comparison import table

    return table.build(**release)


def at(cell, **expected):
    """Assert that a cell holds these values, numbers as near as floats are."""
    for key, value in expected.items():
        got = getattr(cell, key)
        assert got == (pytest.approx(value) if isinstance(value, float) else value), key
