"""Notebooks: thin, parameterised, the same outputs as committed, sensible for any selection."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import release_samples
from conftest import ROOT
from report_tools import cli, record_of

from compare.parameters import notebook_parameters

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = [p.stem for p in NOTEBOOKS]
STRICT = ("indicator", "region", "overview", "ambition")
"""Notebooks whose texts and tables are committed; scripts/refresh_notebooks.py renews them."""
IGNORED = "nbval-ignore-output"
ALL_ARE = {"indicator", "region", "overview", "ambition", "trajectory", "language"} | {
    *("accountability", "alignment", "quality", "explorer"),
}


def cells(path, kind: str = "code") -> list[dict]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [
        c | {"source": "".join(c["source"])} for c in notebook["cells"] if c["cell_type"] == kind
    ]


def tags(cell: dict) -> list[str]:
    return cell["metadata"].get("tags", [])


# ------------------------------------------------------------------ the contract
def test_the_suite_is_whole():
    assert set(NAMES) >= ALL_ARE


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_keeps_the_contract(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    known = notebook_parameters.declared(
        notebook, path
    )  # one tagged cell, typed and commented defaults
    assert known["lang"].default == "zh"
    first, second, *rest = cells(path)
    assert "parameters" in tags(first)
    assert "check(globals())" in second["source"]
    for cell in rest:  # one call into the package each: no logic in a cell
        assert re.fullmatch(r"story\.\w+\(view[\w, ]*\)", cell["source"]), cell["source"]
    assert sum("main-chart" in tags(c) for c in rest) == (0 if path.stem == "explorer" else 1)
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?:/home/|/root/|/tmp/|/Users/|[A-Z]:\\\\)", text)


@pytest.mark.parametrize("name", NAMES)
def test_outputs_are_committed_where_they_are_compared(name):
    for cell in cells(ROOT / f"notebooks/{name}.ipynb")[2:]:
        compared = name in STRICT and IGNORED not in tags(cell)
        pictures = any("image/png" in o.get("data", {}) for o in cell["outputs"])
        assert bool(cell["outputs"]) == (compared or pictures), f"{name}: {cell['source']}"
        assert not (compared and pictures)  # a picture is looked at, never compared
        main = name in STRICT and "main-chart" in tags(cell)
        assert not main or pictures, "the main chart is not in the notebook"
    path = ROOT / f"notebooks/{name}.ipynb"
    shown = json.dumps([c["outputs"] for c in cells(path)])
    assert "image/svg" not in shown and "<Figure" not in shown
    assert path.stat().st_size < 1_000_000


# ------------------------------------------------------------------ any selection, both languages
SELECTIONS = {
    "all": {},
    "one": {"regions": ["yuhua"], "region": "yuhua", "peers": ["yuhua"]},
    "none": {"years": [2099], "indicators": ["wetland_area"], "indicator": "wetland_area"}
    | {"regions": ["ruijin"], "region": "ruijin"},
}


def make_set(folder, selections) -> str:
    """A report set of every notebook with these selections, in both languages."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    lines = ['[set]\ntitle = { zh = "全部", en = "All" }\nformats = ["html", "ipynb"]\n']
    for path in NOTEBOOKS:
        known = notebook_parameters.declared(json.loads(path.read_text(encoding="utf-8")), path)
        for selection in selections:
            chosen = {k: v for k, v in SELECTIONS[selection].items() if k in known}
            if "interactive" in known:
                chosen["interactive"] = False
            given = ", ".join(f"{k} = {json.dumps(v)}" for k, v in chosen.items())
            lines.append(
                f'[[report]]\nname = "{path.stem}-{selection}"\n'
                f'notebook = "notebooks/{path.name}"\n'
                f'title = {{ zh = "{path.stem}", en = "{path.stem}" }}\n'
                f'parameters = {{ {given} }}\nfor_each = {{ lang = ["zh", "en"] }}\n'
            )
    (folder / "set.toml").write_text("\n".join(lines), encoding="utf-8")
    return str(folder / "set.toml")


def outputs(folder, entry: dict) -> str:
    notebook = json.loads((folder / "latest" / f"{entry['id']}.ipynb").read_text(encoding="utf-8"))
    return json.dumps(notebook["cells"], ensure_ascii=False)


@pytest.mark.slow
def test_every_selection_gives_a_report(tmp_path):
    done = cli("--set", make_set(tmp_path, SELECTIONS), "--out", tmp_path / "out", timeout=1200)
    assert done.returncode == 0, done.stderr[-2000:]
    entries = record_of(tmp_path / "out")["reports"]
    assert len(entries) == len(NAMES) * len(SELECTIONS) * 2
    for entry in entries:
        shown = outputs(tmp_path / "out", entry)
        page = (tmp_path / "out" / "latest" / f"{entry['id']}.html").read_text(encoding="utf-8")
        assert "Traceback" not in shown and "nan" not in re.findall(r"\w+", page.split("<h1")[1])
        assert ("<h1" in page) and "SHA-256" in page
    silent = next(e for e in entries if e["id"] == "indicator-none-en")
    shown = outputs(tmp_path / "out", silent)
    assert "That is “no target”, not zero." in shown and "image/svg+xml" not in shown


@pytest.mark.slow
def test_an_empty_release_gives_sentences(tmp_path):
    home = release_samples.write(release_samples.bare("empty"), tmp_path / "home")
    file = make_set(tmp_path, ["all"])
    done = cli(
        *("--set", file, "--out", tmp_path / "out"),
        env=os.environ | {"CARBON_PEAK_HOME": str(home)},
        timeout=1200,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    for entry in record_of(tmp_path / "out")["reports"]:
        shown = outputs(tmp_path / "out", entry)
        assert "image/svg+xml" not in shown  # never an empty chart
        assert "没有" in shown or "nothing to" in shown or "No " in shown, entry["id"]


def test_plain_papermill_works_from_anywhere(tmp_path):
    notebook = ROOT / "notebooks" / "indicator.ipynb"
    papermill = [sys.executable, "-m", "papermill", "--no-progress-bar", str(notebook)]
    ran = subprocess.run(
        [*papermill, "out.ipynb", "-p", "indicator", "pue", "-p", "lang", "en"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr[-1000:]
    assert "Power usage effectiveness" in (tmp_path / "out.ipynb").read_text(encoding="utf-8")


def test_a_wrong_parameter_ends_the_notebook_in_one_line(tmp_path):
    notebook = ROOT / "notebooks" / "region.ipynb"
    papermill = [sys.executable, "-m", "papermill", "--no-progress-bar", str(notebook)]
    ran = subprocess.run(
        [*papermill, "out.ipynb", "-p", "region", "shiyam"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert ran.returncode != 0
    assert "unknown place 'shiyam'; did you mean 'shiyan'?" in ran.stderr
