"""Report runs: only what changed is made again, all of it is published at once, nothing leaks."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from report_tools import (
    check_whole,
    cli,
    edit_notebook,
    entry_of,
    make_set,
    one_server,  # noqa: F401
    record_of,
    report,
    tree,
)

from compare import __version__
from compare.base.errors import CompareError
from compare.base.workspace import home
from compare.cli.report import render_reports as command
from compare.curation.release_files import package_bytes
from compare.report import publish, report_set, run_plan
from compare.report.history import data_release, run_record

GOOD = report("good", None, 'formats = ["html", "ipynb", "pdf"]')
QUICK = report("quick", None, "for_each = { number = [1, 2] }")
FAILING = report("failing")
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A folder with a set, after one run."""
    folder = tmp_path_factory.mktemp("first")
    file = make_set(folder, GOOD, QUICK)
    assert command([], file, folder / "out") == 0
    return folder


@pytest.fixture
def again(first, tmp_path):
    """A copy of that folder, to be changed."""
    shutil.copytree(first, tmp_path / "again", symlinks=True)
    return tmp_path / "again"


def make(folder: Path, *names: str, **options) -> int:
    return command(list(names), folder / "reports.toml", folder / "out", **options)


def made(out: Path) -> set[str]:
    run = record_of(out)
    return {r["id"] for r in run["reports"] if r["run"] == run["run"]}


def test_a_run_makes_every_format_and_records_what_it_did(first):
    run = check_whole(first / "out")
    assert [r["id"] for r in run["reports"]] == ["good", "quick-1", "quick-2"]
    good = run["reports"][0]
    assert good["parameters"] == {"indicator": "nonfossil_share", "regions": [], "lang": "zh"}
    assert good["given"] == {} and good["kernel"] == (
        "forked" if sys.platform == "linux" else "stock"
    )
    assert list(good["inputs"]) == ["data/curated/targets.parquet"]
    assert list(run["reports"][1]["inputs"]) == ["data/curated/datapackage.json"]
    assert (first / "out/latest" / good["formats"]["pdf"]).read_bytes().startswith(b"%PDF-")
    notebook = json.loads((first / "out/latest/good.ipynb").read_text(encoding="utf-8"))
    assert any(
        "image/png" in o.get("data", {}) for c in notebook["cells"] for o in c.get("outputs", [])
    )


def _fields_of(model) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


@pytest.mark.parametrize(
    ("section", "model"),
    [("## The run", run_record.RunRecord), ("## A report", run_record.ReportEntry)],
)
def test_the_page_describes_the_model_of_the_record_field_by_field(first, section, model):
    page = (DOCS / "run-record.md").read_text(encoding="utf-8")
    table = page.split(f"\n{section}\n")[1].split("\n#")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.M)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == _fields_of(model)
    written = record_of(first / "out")
    written = written if model is run_record.RunRecord else written["reports"][0]
    assert written.keys() == _fields_of(model)


def test_no_path_of_this_machine_is_in_what_is_published(again):
    edit_notebook(
        again / "notebooks/quick.ipynb",
        "print(number, lang)",
        "import os, sys, warnings\nprint(sys.prefix, os.getcwd(), compare.__file__, object())\n"
        "warnings.warn('look')\nraise OSError(compare.__file__)",
    )
    assert make(again) == 1
    here = {str(home()), sys.prefix, sys.base_prefix, tempfile.gettempdir(), str(again)}
    here = {h for h in here | {os.path.expanduser("~")} if len(h) > 1}
    for name, data in tree(again / "out/latest").items():
        for place in here:
            assert not re.search(rb"(?<![\w+/])" + re.escape(place.encode()) + rb"\b", data), (
                name,
                place,
            )
        assert not re.search(rb"ipykernel_\d|object at 0x[0-9a-f]", data), name


def test_nothing_to_do_is_said_and_loads_nothing_that_makes_pages(first):
    before = os.readlink(first / "out/latest")
    heavy = "pandas", "matplotlib", "nbclient", "papermill", "jupyter_client", "typst", "jinja2"
    script = (
        "import sys\nfrom pathlib import Path\nfrom compare.cli.report import render_reports\n"
        f"code = render_reports([], Path({str(first / 'reports.toml')!r}), Path({str(first / 'out')!r}))\n"
        f"print(code, [name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "nothing to do: 3 reports up to date" in done.stderr
    *_, index, last = done.stdout.splitlines()
    assert index.endswith("out/latest/index.html") and last == "0 []"
    assert os.readlink(first / "out/latest") == before


def test_only_what_changed_is_made_again(again):
    out = again / "out"
    edit_notebook(again / "notebooks/quick.ipynb", "print(number, lang)", "print(number + 1)")
    assert make(again) == 0
    assert made(out) == {"quick-1", "quick-2"}
    assert entry_of(out, "good")["status"] == "kept"
    edit_notebook(again / "notebooks/good.ipynb", "A small report", "A report")
    assert make(again, "quick-1", force=True) == 0  # somebody asks for one of them only
    assert made(out) == {"quick-1"}
    assert entry_of(out, "good")["stale"] == "notebook changed"
    assert make(again) == 0
    assert made(out) == {"good"}
    check_whole(out)


def test_a_picked_report_leaves_the_others_and_another_one_needs_its_own_folder(again):
    out = again / "out"
    assert make(again, "quick", params=["number=2"], force=True) == 0
    run = check_whole(out)
    assert [r["id"] for r in run["reports"]] == ["good", "quick-1", "quick-2"]
    assert made(out) == {"quick-2"}
    with pytest.raises(CompareError, match=r"quick-7 is not what the set declares.*--out DIR"):
        command(["quick"], again / "reports.toml", None, params=["number=7"])
    assert make(again, "quick", params=["number=7"]) == 0
    assert made(out) == {"quick-7"} and len(record_of(out)["reports"]) == 4
    assert make(again) == 0
    assert [r["id"] for r in record_of(out)["reports"]] == ["good", "quick-1", "quick-2"]
    check_whole(out)


def _remove_tree(folder: Path) -> None:
    shutil.rmtree(folder / "evidence")


def _remove_picture(folder: Path) -> None:
    next(folder.glob("thumbs/good-*.png")).unlink()


def _spoil_picture(folder: Path) -> None:
    next(folder.glob("thumbs/good-*.png")).write_bytes(b"\x89PNG")


@pytest.mark.parametrize(
    ("damage", "again_made"),
    [
        (lambda folder: (folder / "index.html").unlink(), set()),
        (_remove_tree, set()),
        (_remove_picture, set()),
        (_spoil_picture, set()),
        (lambda folder: (folder / "good.html").write_text("mine"), {"good"}),
        (lambda folder: (folder / "quick-1.ipynb").unlink(), {"quick-1"}),
    ],
    ids=["index", "evidence", "picture", "spoilt", "page", "notebook"],
)
def test_what_is_not_as_published_is_made_anew(again, damage, again_made, capsys):
    out = again / "out"
    whole = tree(out / "latest")
    damage(out / "latest")
    assert make(again, "quick-2") == 0  # whichever report is asked for
    assert "not as published, and made anew: " in capsys.readouterr().err
    assert made(out) == again_made
    check_whole(out)
    now = tree(out / "latest")
    assert now.keys() == whole.keys()  # the index says which are kept, so it is not the same
    assert {n for n in now if now[n] != whole[n]} <= {"run.json", "index.html"}
    assert make(again) == 0
    assert "nothing to do" in capsys.readouterr().err


def test_a_file_outside_the_checkout_counts_and_is_named_without_its_place(again, tmp_path):
    out, data = again / "out", tmp_path / "data 'x'.csv"
    code = (
        f"import pathlib\nown = pathlib.Path({str(tmp_path / 'own.txt')!r})\n"
        f"own.write_text('x')\nown.read_text()\nprint(open({str(data)!r}).read())"
    )
    data.write_text("1", encoding="utf-8")
    edit_notebook(again / "notebooks/quick.ipynb", "print(number, lang)", code)
    assert make(again) == 0
    (name,) = (n for n in entry_of(out, "quick-1")["inputs"] if n.startswith("outside/"))
    assert name.endswith("/data 'x'.csv")
    assert str(tmp_path) not in (out / "latest/run.json").read_text(encoding="utf-8")
    assert make(again) == 0
    assert made(out) == {"quick-1", "quick-2"}  # of the run before: there was nothing to do
    data.write_text("2", encoding="utf-8")
    before = os.readlink(out / "latest")
    assert make(again, "quick-1") == 0
    assert made(out) == {"quick-1"} and os.readlink(out / "latest") != before
    (out / ".outside.json").unlink()  # where it was is not known any more
    assert make(again) == 0
    assert made(out) == {"quick-1", "quick-2"}


def test_declared_inputs_count_and_others_are_said(again, tmp_path, capsys):
    """A glob, a file outside the checkout that is declared, and one that is not."""
    out, data = again / "out", again / "data"
    data.mkdir()
    (data / "a.csv").write_text("1", encoding="utf-8")
    other = tmp_path / "undeclared.csv"
    other.write_text("1", encoding="utf-8")
    declared = 'inputs = { tables = ["targets"], files = ["data/*.csv"] }'
    make_set(again, GOOD, report("quick", None, declared))
    code = f"import glob\nprint(open({str(data / 'a.csv')!r}).read())\n"
    edit_notebook(again / "notebooks/quick.ipynb", "print(number, lang)", code)
    assert make(again) == 0 and "do not declare" not in capsys.readouterr().err
    entry = entry_of(out, "quick")
    assert [Path(n).name for n in entry["inputs"]] == [
        *("datapackage.json", "targets.parquet", "a.csv")
    ]
    assert entry["undeclared"] == [] and made(out) == {"quick"}
    (data / "a.csv").write_text("2", encoding="utf-8")
    assert make(again) == 0 and made(out) == {"quick"}
    (data / "b.csv").write_text("3", encoding="utf-8")  # found by the glob for the first time
    assert make(again, dry_run=True) == 0
    assert re.search(r"quick: outside/\w+/b\.csv is a new input", capsys.readouterr().out)
    code_also = f"print(open({str(other)!r}).read())\nprint(glob"
    edit_notebook(
        again / "notebooks/quick.ipynb", "import glob", f"import glob\n{code_also}.glob('x'))"
    )
    assert make(again) == 0
    said = capsys.readouterr().err
    assert re.search(r"quick read what its inputs .* outside/\w+/undeclared\.csv;", said)
    (name,) = entry_of(out, "quick")["undeclared"]
    assert name in entry_of(out, "quick")["inputs"]
    other.write_text("2", encoding="utf-8")  # said, and yet no page goes stale
    assert make(again, dry_run=True) == 0
    assert f"quick: {name} changed" in capsys.readouterr().out
    (data / "b.csv").unlink()
    assert make(again) == 0 and made(out) == {"quick"}
    assert not any("b.csv" in n for n in entry_of(out, "quick")["inputs"])


def test_our_own_set_declares_all_that_its_notebooks_read(tmp_path):
    names = ["overview", "quality", "explorer"]
    log = cli(*names, "--param", "lang=en", "--out", tmp_path / "out", "--log", "json", timeout=600)
    assert log.returncode == 0, log.stderr
    entries = record_of(tmp_path / "out")["reports"]
    assert {e["name"] for e in entries} == set(names)
    assert all(e["inputs"] and e["undeclared"] == [] for e in entries)


def test_the_last_different_release_is_handed_over(project, monkeypatch):
    source = json.dumps("import os; print(text, *sorted(os.listdir(text) if text else []))")
    file = make_set(project, report("t", "text", 'last_release = "text"'))
    edit_notebook(project / "notebooks/text.ipynb", "print(text)", json.loads(source))
    out, package = project / "out", project / "data/curated/datapackage.json"

    def said() -> str:
        assert command([], file, out, force=True) == 0
        notebook = json.loads((out / "latest/t.ipynb").read_text(encoding="utf-8"))
        return "".join(notebook["cells"][-1]["outputs"][0]["text"])

    first = data_release.data_release().sha256
    assert "parquet" not in said() and "parquet" not in said()
    stated = json.loads(package.read_bytes())
    del stated["hash"]
    package.write_bytes(package_bytes(stated | {"title": "Another release"}))
    told = said()
    assert told.startswith(f"releases/{first[:12]} ") and "targets.parquet" in told
    pages = tree(out / "latest")
    assert said() == told  # the same release again: still the one before
    assert {n for n, d in tree(out / "latest").items() if pages[n] != d} == {"run.json"}
    assert record_of(out)["last_release"] == first
    assert entry_of(out, "t")["given"] == {"text": f"releases/{first[:12]}"}
    assert not [n for n, d in pages.items() if str(out).encode() in d or b"/releases" in d]
    assert len(list((out / "releases").iterdir())) == 2
    shutil.rmtree(out / "releases" / first[:12])
    assert "parquet" not in said()


def test_tables_that_need_scripts_are_plain_on_a_page(tmp_path):
    explorer = report("e", "quick", 'parameters = { regions = ["yuhua"], interactive = true }')
    explorer = explorer.replace("notebooks/quick", f"{home()}/notebooks/explorer")
    file = make_set(tmp_path, explorer)
    assert command([], file, tmp_path / "out") == 0
    page = (tmp_path / "out/latest/e.html").read_text(encoding="utf-8")
    assert page.count("<script>") == 1 and "script removed" not in page
    assert len(re.findall(r"<table\b[^>]*>", page)) == 2


def test_the_date_of_the_version_is_stated_not_the_clock(tmp_path, monkeypatch):
    monkeypatch.setenv("CARBON_PEAK_HOME", str(tmp_path))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert data_release.version_date() is None
    citation = tmp_path / "CITATION.cff"
    citation.write_text(
        f'cff-version: 1.2.0\nversion: {__version__}\ndate-released: "2031-02-03"\n'
    )
    assert data_release.version_date() == "2031-02-03"
    citation.write_text("version: 99.0\ndate-released: 2031-02-03\n")
    assert data_release.version_date() is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert data_release.version_date() == "1970-01-02"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    with pytest.raises(CompareError, match="SOURCE_DATE_EPOCH: not a number of seconds: 'today'"):
        data_release.version_date()


def test_outputs_stored_in_a_notebook_change_nothing(again, capsys):
    file = again / "notebooks/quick.ipynb"
    notebook = json.loads(file.read_text(encoding="utf-8"))
    notebook["cells"][-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1"}]
    notebook["cells"][-1]["execution_count"] = 7
    file.write_text(json.dumps(notebook), encoding="utf-8")
    assert make(again, dry_run=True) == 0
    assert set(capsys.readouterr().out.splitlines()) == {
        f"{id}: up to date" for id in ("good", "quick-1", "quick-2")
    }


def test_a_changed_set_is_seen(again, capsys):
    file = again / "reports.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("good title", "Better title"), encoding="utf-8")
    assert make(again, "good", "quick-2", dry_run=True) == 0
    assert capsys.readouterr().out.splitlines() == ["good: page changed", "quick-2: up to date"]
    file.write_text(text.replace("[1, 2]", "[2, 3]"), encoding="utf-8")
    assert make(again) == 0
    assert [r["id"] for r in record_of(again / "out")["reports"]] == ["good", "quick-2", "quick-3"]
    assert made(again / "out") == {"quick-3"}


def test_a_changed_table_redoes_the_reports_that_read_it(again, monkeypatch):
    for folder in ("curated", "raw"):
        shutil.copytree(home() / "data" / folder, again / "data" / folder)
    monkeypatch.setenv("CARBON_PEAK_HOME", str(again))
    chosen = report_set.read_set(again / "reports.toml")

    def reasons():
        return {task.report.id: task.why for task in run_plan.plan_run(chosen, again / "out").tasks}

    assert set(reasons().values()) == {None}
    for table in ("regions", "targets"):
        file = again / "data/curated" / f"{table}.parquet"
        pq.write_table(pq.read_table(file), file, compression="gzip")
        changed = "data/curated/targets.parquet changed" if table == "targets" else None
        assert reasons()["good"] == changed


def test_two_runs_on_the_same_inputs_give_the_same_bytes(first, again):
    """The second run is another process, with another order of sets, language and time zone."""
    paths = ("--set", again / "reports.toml", "--out", again / "out")
    odd = {"PYTHONHASHSEED": "7", "LANG": "C.UTF-8", "TZ": "Asia/Shanghai"}
    done = cli(*paths, "--force", "--jobs", 1, env={**os.environ, **odd})
    assert done.returncode == 0, done.stderr
    one, two = tree(first / "out/latest"), tree(again / "out/latest")
    assert {"good.html", "good.pdf", "good.ipynb", "index.html"} <= one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == ["run.json"]


def test_a_parameter_with_quotes_and_newlines_stays_text(tmp_path):
    evil = 'a "b" \'c\' \\ {d}\n<script>alert(1)</script>"><img onerror=alert(1)>'
    file = make_set(tmp_path, report("q", "text", f"parameters = {{ text = {json.dumps(evil)} }}"))
    assert command([], file, tmp_path / "out") == 0
    assert entry_of(tmp_path / "out", "q")["parameters"]["text"] == evil
    notebook = json.loads((tmp_path / "out/latest/q.ipynb").read_text(encoding="utf-8"))
    assert "".join(notebook["cells"][-1]["outputs"][0]["text"]) == evil + "\n"
    for page in ("q.html", "index.html"):
        text = (tmp_path / "out/latest" / page).read_text(encoding="utf-8")
        assert "<script>alert" not in text and "<img onerror" not in text


def test_old_runs_are_kept_by_number_and_by_age(again):
    out = again / "out"
    for _ in range(3):
        assert make(again, "quick-1", force=True) == 0
    names = sorted(p.name for p in (out / "runs").iterdir())
    assert len(names) == 3 and os.readlink(out / "latest") == f"runs/{names[-1]}"
    ancient = "20200101T000000Z-000000"
    shutil.copytree(out / "runs" / names[0], out / "runs" / ancient)
    record = (out / "runs" / ancient / "run.json").read_text(encoding="utf-8")
    assert publish.prune(out, 0, 30) == ([], [])  # by its record it is another run: somebody's copy
    record = record.replace(names[0], ancient)
    (out / "runs" / ancient / "run.json").write_text(record, encoding="utf-8")
    assert publish.prune(out, 0, 0) == ([], [])
    assert publish.prune(out, 0, 30) == ([ancient], [])
    (out / "runs" / names[0] / "notes.txt").write_text("mine")
    assert publish.prune(out, 1, 30) == ([names[1]], [f"{names[0]} (notes.txt)"])
    assert (out / "runs" / names[0] / "run.json").exists()
    check_whole(out)


def test_json_lines_tell_the_run_and_stdout_the_path(again):
    past_the_notebook = "__import__('os').write(2, b'from C');"
    edit_notebook(
        again / "notebooks/quick.ipynb",
        "print(number, lang)",
        f"{past_the_notebook} print(1 // (number - 2))",
    )
    done = cli("--set", again / "reports.toml", "--out", again / "out", "--log", "json")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.returncode == 1
    events = [line["event"] for line in lines]
    assert [events[0], *events[-2:]] == ["start", "published", "failed"]
    said = {line["report"]: line["message"] for line in lines if line["event"] == "notice"}
    assert said["quick-1"] == "the kernel of quick-1 wrote: from C"
    assert {line["report"] for line in lines if line["event"] == "report"} >= {"quick-1", "quick-2"}
    assert lines[0]["todo"]["quick-1"] == "notebook changed"
    assert lines[-1]["report"] == "quick-2" and lines[-1]["level"] == "error"
    assert "ZeroDivisionError" in lines[-1]["message"]
