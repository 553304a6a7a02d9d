"""Report sets and parameters: what is right is spread out, what is wrong is refused to the line."""

from __future__ import annotations

import json
import re
import tomllib

import pandas as pd
import papermill
import pytest
from report_tools import FIXTURES, HEAD, cli, make_set, report

from compare.base.errors import CompareError
from compare.base.workspace import curated_dir, home
from compare.parameters import notebook_parameters
from compare.report import report_set, set_file

QUICK = 'name = "quick"\nnotebook = "notebooks/quick.ipynb"\ntitle = { zh = "一", en = "One" }'
NOTEBOOKS = sorted(
    [*(FIXTURES / "notebooks").glob("*.ipynb"), *(home() / "notebooks").glob("*.ipynb")]
)


def test_for_each_spreads_a_report_out_and_names_it_by_its_values():
    chosen = report_set.read_set(FIXTURES / "reports.toml")
    assert [r.id for r in chosen.reports] == ["good-zh", "good-en", "quick-1", "quick-2"]
    assert chosen.reports[1].lang == "en"
    assert chosen.reports[1].resolved["regions"] == []  # a default, not given
    assert chosen.reports[3].title == {"zh": "第2个", "en": "Number 2"}
    assert chosen.reports[0].group["zh"] == "怎么样?"


def test_the_declared_set_is_right_and_every_notebook_is_in_it():
    chosen = report_set.read_set(report_set.default_set())
    declared = {r.notebook for r in chosen.reports}
    assert declared == {p.resolve() for p in (home() / "notebooks").glob("*.ipynb")}
    for name in {r.name for r in chosen.reports}:
        assert {r.lang for r in chosen.reports if r.name == name} == {"zh", "en"}


def test_for_each_over_places_and_indicators_follows_the_tables(tmp_path):
    targets = pd.read_parquet(curated_dir() / "targets.parquet")
    places = targets.groupby("indicator")["region_id"].nunique()
    shared = set(places[places >= 2].index) - {"other"}
    file = make_set(
        tmp_path,
        report("p", "failing", 'for_each = { region = "places" }'),
        report("i", "good", 'for_each = { indicator = { of = "indicators", at_least = 2 } }'),
    )
    reports = report_set.read_set(file).reports
    assert {r.given["region"] for r in reports if r.name == "p"} == set(targets["region_id"])
    assert {r.given["indicator"] for r in reports if r.name == "i"} == shared


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        (f"{HEAD}[[report]]\n{QUICK}\nparameters = {{ numbr = 1 }}", "did you mean 'number'?", 14),
        (
            f'{HEAD}[[report]]\n{QUICK}\n[report.parameters]\n\nnumber = "1"',
            "number must be int",
            16,
        ),
        (f'{HEAD}[[report]]\n{QUICK}\nparameters = {{ lang = "fr" }}', "unknown language 'fr'", 14),
        (f'{HEAD}[[report]]\n{QUICK}\nformat = ["html"]', "did you mean 'formats'?", 14),
        (f'{HEAD}[[report]]\n{QUICK}\nformats = ["html", "docx"]', "unknown format 'docx'", 14),
        (f'{HEAD}[[report]]\n{QUICK}\ntimeout = "1"', "timeout must be a whole number", 14),
        (f'{HEAD}[[report]]\n{QUICK}\nquestion = "why"', "question 'why'; there are none", 14),
        (f"{HEAD}[[report]]\n{QUICK}\ntimeout = 0", "timeout must be 1 or more: 0", 14),
        (f"{HEAD}[[report]]\n{QUICK.replace('quick', 'index', 1)}", "the site itself needs", 11),
        (f'{HEAD}[[report]]\n{QUICK}\nlast_release = "lan"', "did you mean 'lang'?", 14),
        (f'{HEAD}[[report]]\n{QUICK}\nlast_release = "number"', "number must be str", 14),
        (f"{HEAD}[[report]]\n{QUICK}\nfor_each = {{ number = [] }}", "must be a list", 14),
        (f'{HEAD}[[report]]\n{QUICK}\nfor_each = {{ number = "place" }}', "mean 'places'?", 14),
        (f"{HEAD}[[report]]\n{QUICK}\n[[report]]\n{QUICK}", "already made by line 10", 14),
        (f"{HEAD}[[report]]\n{QUICK.replace('quick', '../x', 1)}", "name must be", 11),
        (f"{HEAD}[[report]]\n{QUICK.replace('quick.', 'slow.')}", "no such notebook", 12),
        (f"{HEAD}[[report]]\n{QUICK.replace('One', '{numbr}')}", "{numbr} is not in for_each", 13),
        (f"{HEAD}[[report]]\n{QUICK.replace(', en = ', ', de = ')}", "unknown key 'de'", 13),
        (f"{HEAD}[[report]]\n{QUICK}\n= 3", "not valid TOML", 14),
        (HEAD.replace("runs = 3", "run = 3"), "did you mean 'runs'?", 8),
        (f"{HEAD.replace('runs = 3', 'runs = -3')}[[report]]\n{QUICK}", "must not be negative", 8),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(tmp_path, text, said, line):
    file = make_set(tmp_path)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CompareError) as caught:
        report_set.read_set(file)
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{file}:{line}: ")


@pytest.mark.parametrize("value", ["../../x", "shiyan\n", '"><img onerror=1>', "<script>"])
def test_a_place_that_does_not_exist_is_refused(tmp_path, value):
    file = make_set(
        tmp_path, report("r", "failing", f"parameters = {{ region = {json.dumps(value)} }}")
    )
    with pytest.raises(CompareError, match="unknown place"):
        report_set.read_set(file)
    with pytest.raises(CompareError, match="unknown place"):
        report_set.read_set(make_set(tmp_path, report("r", "failing")), {"region": value})


def test_the_line_of_every_value_is_found():
    text = (FIXTURES / "reports.toml").read_text(encoding="utf-8")
    lines = text.splitlines()
    for i, table in enumerate(tomllib.loads(text)["report"]):
        assert lines[set_file.find_line(text, ("report", i)) - 1] == "[[report]]"
        for key in table:
            assert lines[set_file.find_line(text, ("report", i, key)) - 1].startswith(f"{key} = ")


def test_param_is_read_by_the_type_that_the_notebook_declares():
    file = FIXTURES / "reports.toml"
    good = report_set.read_set(file, {"regions": "shiyan,huzhou"}, ["good"]).reports
    assert good[0].given["regions"] == ["shiyan", "huzhou"] and good[2].given.keys() == {"number"}
    for override, said in [
        ({"number": "2.5"}, "number must be a whole number, not '2.5'"),
        ({"number": "two"}, "number must be a whole number, not 'two'"),
        ({"nmber": "2"}, "did you mean 'number'?"),
    ]:
        with pytest.raises(CompareError, match=said.replace("?", r"\?")):
            report_set.read_set(file, override, ["quick"])
    years = notebook_parameters.Parameter("years", "list[int]", [], "")
    assert notebook_parameters.parse(years, "2025, 2030") == [2025, 2030]
    for text in ("2025,x", "[2025", "2025,2.5"):
        with pytest.raises(CompareError, match=f"a list of whole numbers, not '{re.escape(text)}'"):
            notebook_parameters.parse(years, text)


def test_param_picks_from_for_each_and_leaves_the_others_in_the_set():
    file = FIXTURES / "reports.toml"
    every = report_set.read_set(file).reports

    def wanted(override, names):
        chosen = report_set.read_set(file, override, names)
        return [r.id for r in chosen.reports if r.wanted], chosen

    ids, chosen = wanted({"number": "2"}, ["quick"])
    assert ids == ["quick-2"] and not chosen.departs
    assert [r.given for r in chosen.reports] == [r.given for r in every]
    ids, chosen = wanted({"lang": "en", "indicator": "nonfossil_share"}, ["good"])
    assert ids == ["good-en"] and not chosen.departs  # said again, it is as declared
    ids, chosen = wanted({"number": "7"}, ["quick"])
    assert ids == ["quick-7"] and chosen.departs == ("quick-7", "number")
    assert {r.id for r in every} < {r.id for r in chosen.reports}
    ids, chosen = wanted({"regions": "huzhou"}, ["good"])
    assert ids == ["good-zh", "good-en"] and chosen.departs == ("good-zh", "regions")
    with pytest.raises(CompareError, match="none of the named reports has these values"):
        wanted({"number": "2"}, ["quick-1"])


def _notebook(*sources: str) -> dict:
    tagged = [{"metadata": {"tags": ["parameters"]}, "source": s} for s in sources]
    return {"cells": [{"metadata": {}, "source": "# text"}, *tagged]}


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([], "has 0"),
        (["a: int = 1  # a", "b: int = 1  # b"], "has 2"),
        (["a = 1  # a"], "line 1: not a typed default"),
        (["a: int = 1  # a\nb: int = 2"], "line 2: b has no comment"),
        (["a: int = '1'  # a"], "the default of a is not int"),
        (["a: bool = 1  # a"], "the default of a is not bool"),
        (["a: list[str] = [1]  # a"], "is not list"),
        (["a: dict = {}  # a"], "is not a type for parameters"),
        (["a: int = len('x')  # a"], "a: malformed"),
        (["a: int = 1  # a\na: int = 2  # a"], "a is declared twice"),
        (["a: int = (  # a"], "is not Python"),
    ],
)
def test_a_notebook_that_breaks_the_contract_is_refused(sources, said):
    with pytest.raises(CompareError) as caught:
        notebook_parameters.declared(_notebook(*sources), "x.ipynb")
    assert said in str(caught.value) and str(caught.value).startswith("x.ipynb: ")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: f"{p.parent.parent.name}/{p.stem}")
def test_every_notebook_keeps_the_contract_and_papermill_sees_the_same(path):
    ours = notebook_parameters.declared(notebook_parameters.read_notebook(path), path)
    theirs = papermill.inspect_notebook(path)
    assert {p.name: p.type for p in ours.values()} == {
        name: p["inferred_type_name"] for name, p in theirs.items()
    }


def test_check_refuses_what_papermill_lets_through():
    annotations = {"indicator": str, "years": list[int]}
    space = {"__annotations__": annotations, "indicator": "nonfossil_share", "years": [2025]}
    own = "indicator: str = 'x'  # i\nyears: list[int] = []  # y"
    notebook_parameters.check(space)
    notebook_parameters.check(
        {**space, "In": ["", own, "indicator = 'x'", "check()", "later = 1", "check()"]}
    )
    for change, said in [
        (
            {"In": ["", own, "# Parameters\nindicatr = 'x'\n", "check()"]},
            "did you mean 'indicator'?",
        ),
        ({"In": ["", own, "indicatr = 'x'", "check()"]}, "did you mean 'indicator'?"),
        ({"years": ["2025"]}, "years must be list[int]"),
        ({"years": [25]}, "25 is not a year"),
        ({"indicator": "nonfosil_share"}, "did you mean 'nonfossil_share'?"),
        ({"__annotations__": {}}, "no typed parameters"),
    ]:
        with pytest.raises(CompareError) as caught:
            notebook_parameters.check({**space, **change})
        assert said in str(caught.value)


def test_bad_input_ends_with_status_2_one_line_and_nothing_written(tmp_path):
    file = make_set(tmp_path, report("quick", None, "parameters = { numbr = 1 }"))
    done = cli("--set", file, "--out", tmp_path / "out")
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.count("\n") == 1 and "did you mean 'number'?" in done.stderr
    assert not (tmp_path / "out").exists()
