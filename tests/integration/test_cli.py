"""The command line as users meet it: clean output, and one line with status 2 for bad input."""

import codecs
import csv
import io
import json
import subprocess
import sys

import pyarrow.parquet as pq
import pytest
from conftest import ROOT

import compare
from compare.extraction.row.extracted_target import FIELDS
from compare.schema import fields

PLAN = "示范市碳达峰实施方案\n一、主要目标\n到2025年,非化石能源消费比重达到20%左右。\n"


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "demo.txt"
    path.write_text(PLAN)
    return path


def test_extract_prints_rows_and_nothing_else(carbon_peak, plan):
    status, out, err = carbon_peak("extract", plan, ROOT / "data/raw/yuhua")
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0 and err == ""
    assert all(list(r) == list(FIELDS) for r in rows)
    assert rows[0] == {
        "doc": "demo", "start": PLAN.index("20%"), "end": PLAN.index("20%") + 3, "value_text": "20%", "indicator_text": "非化石能源消费比重",
        "indicator": "nonfossil_share", "kind": "numeric", "value": 20, "value_max": None, "unit": "%",
        "comparator": "~", "measure": "level", "direction": None, "baseline_year": None, "target_year": 2025,
        "period": None, "tier": "base", "effort": "firm", "scope_region": None, "repeats": None, "note": None,
        "baseline_value": None, "binding": None, "review_reasons": [],
    }  # fmt: skip
    mine = [r for r in rows if r["doc"] == "yuhua"]
    assert len(mine) > 40 and [r["start"] for r in mine] == sorted(r["start"] for r in mine)


def test_formats_hold_the_same_rows(carbon_peak, plan, tmp_path):
    _, lines, _ = carbon_peak("extract", plan)
    _, table, _ = carbon_peak("extract", plan, "--format", "csv")
    status, out, _ = carbon_peak(
        "extract", plan, "--format", "parquet", "--out", tmp_path / "x.parquet"
    )
    assert (status, out) == (0, "")
    (row,) = csv.DictReader(io.StringIO(table))
    (mine,) = pq.read_table(tmp_path / "x.parquet").to_pylist()
    want = json.loads(lines)
    assert mine == want
    assert row["value_text"] == "20%" and row["note"] == "" and list(row) == list(FIELDS)


def test_works_from_another_folder(plan, tmp_path):
    out = subprocess.run(
        [sys.executable, "-m", "compare.cli", "extract", "demo.txt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert out.returncode == 0 and json.loads(out.stdout)["doc"] == "demo"


def test_offsets_count_the_decoded_text(carbon_peak, tmp_path):
    """No byte order mark, line ends as in the file: what Python reads with utf-8-sig and newline=''."""
    path = tmp_path / "demo.txt"
    path.write_bytes(codecs.BOM_UTF8 + PLAN.replace("\n", "\r\n").encode())
    _, out, _ = carbon_peak("extract", path)
    text = path.read_bytes().decode("utf-8-sig")
    (row,) = (json.loads(line) for line in out.splitlines())
    assert text[row["start"] : row["end"]] == row["value_text"] == "20%"
    assert list(compare.extract(text)["start"]) == [row["start"]]
    assert list(compare.extract("\ufeff" + text)["start"]) == [row["start"] + 1]  # a text as given


@pytest.mark.parametrize("text", [None, 5, b"", ["x"]])
def test_what_is_no_text_is_said_in_one_line(text):
    with pytest.raises(compare.CompareError, match="needs the text of a plan, a str, not"):
        compare.extract(text)


def test_folders_on_the_way_to_out_are_made(carbon_peak, plan, tmp_path):
    status, _, _ = carbon_peak("extract", plan, "--out", tmp_path / "a/b/x.jsonl")
    assert status == 0 and (tmp_path / "a/b/x.jsonl").read_text().count("\n") == 1
    status, _, err = carbon_peak("extract", plan, "--out", tmp_path / "a")  # a folder
    assert status == 2 and err.count("\n") == 1 and f"{tmp_path / 'a'}: is a folder" in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "demo.txt"]


@pytest.mark.parametrize("name", sorted(fields.tables()))
def test_a_broken_table_ends_a_report_run_before_it_begins(carbon_peak, project, name):
    table = project / f"data/curated/{name}.parquet"
    table.write_bytes(table.read_bytes()[:3000])
    out = project / "out"
    status, _, err = carbon_peak(
        "report", "overview-zh", "--set", ROOT / "reports/reports.toml", "--out", out
    )
    assert status == 2 and err.count("\n") == 1 and f"{table}: not the file of this" in err
    assert not out.exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b" \n\t ", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00", "binary file"),
        (bytes(range(128, 256)) * 4, "neither UTF-8, UTF-16 nor GB18030"),
        ("到2025年".encode() + b"\xff\xff", "neither UTF-8"),
    ],
)
def test_files_that_are_no_text(carbon_peak, tmp_path, data, says):
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    out_file = tmp_path / "out.jsonl"
    status, out, err = carbon_peak("extract", path, "--out", out_file)
    assert status == 2 and out == "" and err.count("\n") == 1
    assert str(path) in err and says in err
    assert not out_file.exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["extract", "{tmp}/none.txt"], "none.txt: no such file"),
        (["extract", "{tmp}"], "plan.txt: no such file"),
        (["extract", "{plan}", "--format", "jsn"], "did you mean 'jsonl'"),
        (["extract", "{plan}", "--format", "parquet"], "add --out FILE"),
        (["show", "t-nothing"], "t-nothing"),
        (["review", "shiyn", "--list"], "did you mean 'shiyan'"),
    ],
)
def test_bad_words_are_one_line(carbon_peak, plan, tmp_path, words, says):
    words = [w.format(tmp=tmp_path, plan=plan) for w in words]
    status, out, err = carbon_peak(*words)
    assert (
        status == 2
        and out == ""
        and err.count("\n") == 1
        and says in err
        and "Traceback" not in err
    )


def test_what_cannot_be_written_is_one_line_and_status_4(carbon_peak, plan):
    for words in (("extract", plan, "--out", plan / "x"), ("build", "--out", plan / "x")):
        status, out, err = carbon_peak(*words)
        assert status == 4 and out == "" and err.count("\n") == 1
        assert "cannot be written: " in err and str(plan / "x") in err


def test_unknown_option_is_status_2(carbon_peak):
    assert carbon_peak("extract", "--nonsense")[0] == 2


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("title = 1", "title must be a str"),
        ('titel = "x"', "unknown key 'titel'"),
        ("title = ", "not valid TOML"),
        (
            'title = "x"\nregion = "r"\nstatus = "maybe"\nscript = "Hans"\nsha256 = "0"',
            "status must be one of",
        ),
        ('title = "x"\nregion = "r"\nstatus = "final"\nscript = "Hans"', "missing key 'sha256'"),
    ],
)
def test_source_toml_is_checked(carbon_peak, tmp_path, toml, says):
    (tmp_path / "plan.txt").write_text(PLAN)
    (tmp_path / "source.toml").write_text(toml)
    status, _, err = carbon_peak("extract", tmp_path)
    assert status == 2 and str(tmp_path / "source.toml") in err and says in err


def test_unknown_region_stops_the_build(project, carbon_peak):
    path = project / "data/raw/yuhua/source.toml"
    path.write_text(path.read_text().replace('region = "yuhua"', 'region = "yuhuo"'))
    status, _, err = carbon_peak("build")
    assert status == 2 and f"{path}: unknown region 'yuhuo'" in err
