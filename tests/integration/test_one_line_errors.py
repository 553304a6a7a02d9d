"""Whatever a file has become, every command ends in one line and a status of the list: no traceback."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import ROOT
from report_tools import make_set, report

import compare
from compare.base.exit_status import Status
from compare.base.read_files import parse_json, parse_toml

PLAN = "示范市碳达峰实施方案\n一、主要目标\n到2025年,非化石能源消费比重达到20%左右。到2030年,森林覆盖率达到55%。\n"
AT = PLAN.index("20%")
LABEL = (
    f'{{"start": {AT}, "end": {AT + 3}, "value_text": "20%", "indicator_text": "非化石能源消费比重", '
    '"kind": "numeric", "value": 20, "target_year": 2025}\n'
)
SOURCE = 'title = "x"\nregion = "yuhua"\nstatus = "final"\nscript = "Hans"\n'
DECISION = '[[decision]]\naction = "accept"\nexpect = "比重达到«20%»左右"\nreason = "looked at"\n'


def add_plan(folder: Path, text: str = PLAN) -> None:
    folder.mkdir(parents=True)
    (folder / "plan.txt").write_text(text)
    hashed = sha256(text.encode()).hexdigest()
    (folder / "source.toml").write_text(f'{SOURCE}sha256 = "{hashed}"\n')


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A workspace of one small plan, built, and one report, made."""
    home = tmp_path_factory.mktemp("workspace")
    add_plan(home / "data/raw/place")
    files = {
        "data/review/place.toml": DECISION,
        "data/review/seen.txt": "",
        "data/labels/place.jsonl": LABEL,
        "data/labels/floors.toml": "[extractor]\n",
    }
    for name, text in files.items():
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(text)
    (home / "docs").mkdir()
    make_set(home / "reports", report("quick"))
    here = [sys.executable, "-m", "compare.cli"]
    for words in (["build"], ["report"]):
        subprocess.run(
            [*here, *words],
            env=os.environ | {"CARBON_PEAK_HOME": str(home)},
            check=True,
            capture_output=True,
        )
    return home


def content(data: bytes):
    return lambda file: file.write_bytes(data)


FAULTS = {
    "gone": lambda file: None,
    "dangling": lambda file: file.symlink_to("nowhere"),
    "circle": lambda file: file.symlink_to(file.name),
    "folder": lambda file: file.mkdir(),
    "pipe": os.mkfifo,
    "bytes": content(b"\xff\xfe\xfa\x80" * 50),
    "deep": content(b'{"a":' * 100_000),
    "deep TOML": content(b"a = " + b"[" * 100_000),
    "long number": content(b"a = " + b"1" * 100_000),
}
"""What may stand in the place of a file."""
READ_BY = {
    "data/raw/place/plan.txt": ["build"],
    "data/raw/place/source.toml": ["extract", "data/raw/place"],
    "data/review/place.toml": ["build"],
    "data/review/seen.txt": ["review", "place", "--list"],
    "data/labels/place.jsonl": ["evaluate"],
    "data/labels/floors.toml": ["evaluate"],
    "data/curated/targets.parquet": ["show", "t-x"],
    "data/curated/datapackage.json": ["report", "--dry-run"],
    "docs/data-dictionary.md": ["build"],
    "reports/reports.toml": ["report", "--dry-run"],
    "reports/notebooks/quick.ipynb": ["report", "--dry-run"],
    "reports/latest/run.json": ["report", "--dry-run"],
    "reports/latest/quick.html": ["report", "--dry-run"],
    "reports/.outside.json": ["report", "--dry-run"],
}


@contextlib.contextmanager
def instead_of(file: Path, fault: str):
    """Put a fault in the place of a file for a while."""
    kept = file.with_name("kept-meanwhile")
    there = file.exists()
    if there:
        file.rename(kept)
    try:
        FAULTS[fault](file)
        yield
    finally:
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        else:
            file.unlink(missing_ok=True)
        if there:
            kept.rename(file)


def check_end(status: int, out: str, err: str, *allowed: int) -> None:
    assert "Traceback" not in out + err and "internal error" not in err
    assert status in allowed, (status, out, err)
    if status:
        assert err.startswith("carbon-peak: ") and err.count("\n") == 1, err


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", READ_BY)
def test_a_file_that_is_not_what_it_was(workspace, monkeypatch, carbon_peak, name, fault):
    monkeypatch.setenv("CARBON_PEAK_HOME", str(workspace))
    monkeypatch.chdir(workspace)
    with instead_of(workspace / name, fault):
        status, out, err = carbon_peak(*READ_BY[name])
    check_end(status, out, err, Status.DONE, Status.BAD_INPUT, Status.NOT_WRITTEN)


@pytest.mark.parametrize(
    "cells",
    [
        "null",
        "[1]",
        '[{"metadata": []}]',
        '[{"metadata": {"tags": null}}]',
        '[{"metadata": {"tags": ["parameters"]}}]',
        '[{"metadata": {"tags": ["parameters"]}, "source": 5}]',
        '[{"metadata": {"tags": ["parameters"]}, "source": ["\\u0000"]}]',
        '[{"metadata": {"tags": ["parameters"]}, "source": "a: int = {[]: 1}  # x"}]',
    ],
)
def test_a_malformed_notebook(workspace, tmp_path, monkeypatch, carbon_peak, cells):
    monkeypatch.setenv("CARBON_PEAK_HOME", str(workspace))
    file = make_set(tmp_path, report("quick"))
    (tmp_path / "notebooks/quick.ipynb").write_text(f'{{"nbformat": 4, "cells": {cells}}}')
    check_end(*carbon_peak("report", "--dry-run", "--set", file), Status.BAD_INPUT)


@pytest.mark.parametrize("head", ["timeout", "days", "jobs"])
def test_a_number_that_no_clock_holds(workspace, tmp_path, monkeypatch, carbon_peak, head):
    monkeypatch.setenv("CARBON_PEAK_HOME", str(workspace))
    file = make_set(tmp_path, report("quick"))
    text = re.sub(rf"\n{head} = \d+", "", file.read_text())
    table = "[keep]" if head == "days" else "[set]"
    file.write_text(text.replace(table, f"{table}\n{head} = 999999999999"))
    status, out, err = carbon_peak("report", "--dry-run", "--set", file)
    check_end(status, out, err, Status.BAD_INPUT)
    assert f"{head} must be" in err and str(file) in err


def bad_name(folder: Path) -> Path:
    return Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe"))


def test_names_that_are_not_utf_8(workspace, tmp_path, monkeypatch, carbon_peak):
    monkeypatch.setenv("CARBON_PEAK_HOME", str(workspace))
    bad = bad_name(tmp_path)
    check_end(*carbon_peak("extract", bad), Status.BAD_INPUT)
    bad.write_text(PLAN)
    status, out, err = carbon_peak("extract", bad)
    check_end(status, out, err, Status.BAD_INPUT)
    assert r"\udcff\udcfe: its name is not UTF-8" in err
    words = ["report", "quick", "--out", tmp_path / "out", "--param"]
    check_end(*carbon_peak(*words, "lang=" + bad.name), Status.BAD_INPUT)
    check_end(*carbon_peak("show", bad.name), Status.BAD_INPUT)
    check_end(*carbon_peak("review", bad.name, "--list"), Status.BAD_INPUT)
    for folder in ("raw", "review", "labels"):
        home = tmp_path / folder
        shutil.copytree(workspace / "data", home / "data")
        (home / "docs").mkdir()
        monkeypatch.setenv("CARBON_PEAK_HOME", str(home))
        stray = bad_name(home / "data" / folder)
        if folder == "raw":
            add_plan(stray)
        else:
            stray.with_name(stray.name + (".toml" if folder == "review" else ".jsonl")).touch()
        words = ["evaluate" if folder == "labels" else "build"]
        check_end(*carbon_peak(*words), Status.BAD_INPUT)


def test_what_may_lie_or_be_missing_in_data_raw(workspace, tmp_path, monkeypatch, carbon_peak):
    shutil.copytree(workspace / "data", tmp_path / "data")
    (tmp_path / "docs").mkdir()
    monkeypatch.setenv("CARBON_PEAK_HOME", str(tmp_path))
    raw = tmp_path / "data/raw"
    add_plan(raw / ".ipynb_checkpoints/x")
    assert carbon_peak("build")[0] == Status.DONE
    (raw / "other").symlink_to("nowhere")
    check_end(*carbon_peak("build"), Status.BAD_INPUT)
    shutil.rmtree(raw)
    for words in (["build"], ["review", "place", "--list"], ["evaluate"]):
        status, out, err = carbon_peak(*words)
        check_end(status, out, err, Status.BAD_INPUT)
        assert "data/raw" in err


def test_two_inputs_of_one_name_are_refused(tmp_path, carbon_peak):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(PLAN)
    status, out, err = carbon_peak("extract", tmp_path / "a/plan.txt", tmp_path / "b/plan.txt")
    check_end(status, out, err, Status.BAD_INPUT)
    assert out == "" and str(tmp_path / "a/plan.txt") in err and str(tmp_path / "b/plan.txt") in err


@pytest.mark.parametrize("words", [[], ["--nonsense"], ["nonsense"], ["extract"], ["show"]])
def test_words_that_make_no_command(carbon_peak, words):
    status, out, err = carbon_peak(*words)
    assert status == (Status.BAD_INPUT if words else status) and "Traceback" not in out + err
    if words:
        check_end(status, out, err, Status.BAD_INPUT)
        assert "--help" in err


def run(*words, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "compare.cli", *map(str, words)],
        stderr=subprocess.PIPE,
        text=True,
        timeout=300,
        **options,
    )


def test_output_that_takes_nothing(tmp_path):
    """A full device, and a reader who has left."""
    plan = tmp_path / "demo.txt"
    plan.write_text(PLAN * 500)
    with open("/dev/full", "w") as full:
        done = run("extract", plan, stdout=full)
    check_end(done.returncode, "", done.stderr, Status.NOT_WRITTEN)
    reader, writer = os.pipe()
    os.close(reader)
    done = run("extract", plan, stdout=writer)
    assert (done.returncode, done.stderr) == (128 + 13, "")


def test_places_that_nobody_can_write_to(workspace, monkeypatch, carbon_peak, tmp_path):
    monkeypatch.setenv("CARBON_PEAK_HOME", str(workspace))
    plan = workspace / "data/raw/place"
    for place in ("/proc/nothing", f"{tmp_path}/{'x' * 300}"):
        check_end(*carbon_peak("extract", plan, "--out", place), Status.NOT_WRITTEN)
        check_end(*carbon_peak("build", "--out", place), Status.NOT_WRITTEN)
        status, out, err = carbon_peak("report", "--out", place)
        assert status == Status.NOT_WRITTEN and "Traceback" not in out + err


def test_a_fault_of_the_program_is_one_line_too(monkeypatch, carbon_peak):
    from compare.curation import build

    def broken(out):
        raise KeyError("no such key")

    monkeypatch.setattr(build, "command", broken)
    status, out, err = carbon_peak("build")
    assert status == Status.INTERNAL and err.count("\n") == 1 and "Traceback" not in out + err
    assert "internal error at cli/build.py" in err and "'no such key'" in err
    monkeypatch.setenv("CARBON_PEAK_TRACEBACK", "1")
    assert "Traceback" in carbon_peak("build")[2]


def test_an_answer_that_does_not_come(workspace):
    """Ctrl-D, or a script without input."""
    env = os.environ | {"CARBON_PEAK_HOME": str(workspace)}
    done = run("review", "place", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=env)
    check_end(done.returncode, "", done.stderr.lstrip("\n"), 130)


@pytest.mark.parametrize(("parse", "text"), [(parse_toml, "a = 1\nb = "), (parse_json, "[1,")])
def test_what_does_not_parse_names_the_file(parse, text):
    with pytest.raises(compare.CompareError, match=r"^x(:2)?: not valid"):
        parse(text, Path("x"))


def test_the_list_of_statuses_is_that_of_the_documentation():
    text = (ROOT / "docs/scheduling.md").read_text(encoding="utf-8")
    section = text.partition("## Exit status\n")[2].partition("\n## ")[0]
    shown = re.findall(r"^\| (\d+)( \+ N)? \|", section, re.M)
    assert [int(n) for n, _ in shown] == [s.value for s in Status]
    assert [bool(more) for _, more in shown] == [s is Status.STOPPED for s in Status]
