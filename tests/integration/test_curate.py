"""The build: same bytes twice, whole or nothing, and one clear line when something does not fit."""

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from conftest import ROOT

import compare
from compare.base.errors import CompareError
from compare.curation import build, checks, release, table_checks, tables
from compare.review.rows import CompletedRow
from compare.schema import fields
from compare.schema.records import Document, Target, records


def _hashes(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def built():
    return build.build()


def test_committed_release_is_what_the_build_makes(built, tmp_path, other_process):
    build.write(built, tmp_path / "a")
    command = "import sys; from compare.cli import main; sys.argv[1:] = ['build', '--out', sys.argv[1]]; main()"
    other_process(command, tmp_path / "b")
    assert _hashes(tmp_path / "a") == _hashes(tmp_path / "b") == _hashes(ROOT / "data/curated")


def test_data_package_is_valid_and_its_hashes_hold():
    import frictionless

    folder = ROOT / "data/curated"
    package = json.loads((folder / "datapackage.json").read_text())
    assert frictionless.Package(package, basepath=str(folder)).resource_names == [
        r["name"] for r in package["resources"]
    ]
    for r in package["resources"]:
        data = (folder / r["path"]).read_bytes()
        assert r["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        assert r["bytes"] == len(data)
        assert r["rowcount"] == pq.read_metadata(folder / r["path"]).num_rows


def test_parquet_speaks_for_itself():
    schema = pq.read_schema(ROOT / "data/curated/targets.parquet")
    assert schema.names == fields.table("targets").names
    for column in schema:
        assert column.metadata[b"description"]
    assert schema.field("start").metadata[b"unit"] == b"characters"


def test_other_tools_read_the_same_rows():
    file = ROOT / "data/curated/targets.parquet"
    ours = compare.load("targets")
    query = f"select count(*) from '{file}' where kind = 'numeric' and value is not null"
    [(count,)] = duckdb.sql(query).fetchall()
    assert count == int(((ours["kind"] == "numeric") & ours["value"].notna()).sum())
    plain = pd.read_parquet(file)
    assert list(plain["target_id"]) == list(ours["target_id"])


def test_every_row_is_where_it_says(built):
    rows = built["targets"].to_pylist()
    plans = {r["doc"]: ROOT / "data/raw" / r["doc"] / "plan.txt" for r in rows}
    texts = {doc: plan.read_bytes().decode() for doc, plan in plans.items()}
    for r in rows:
        assert texts[r["doc"]][r["start"] : r["end"]] == r["value_text"]
        assert r["value_text"] in r["evidence"]


def test_unknown_is_null_and_nothing_is_zeroed(built):
    rows = built["targets"].to_pylist()
    for r in rows:
        if r["kind"] in ("deferred", "directional"):
            assert r["value"] is None and r["value_std"] is None and r["comparator"] is None
    zero = [r for r in rows if r["value"] == 0]
    assert all("零" in r["value_text"] for r in zero)


def test_dictionary_page_is_current():
    from compare.curation.dictionary import page

    assert (ROOT / "docs/data-dictionary.md").read_text() == page()


def test_changed_raw_file_stops_the_build(project, carbon_peak):
    before = _hashes(project / "data/curated")
    plan = project / "data/raw/yuhua/plan.txt"
    plan.write_bytes(plan.read_bytes().replace(b"25.92%", b"25.93%", 1))
    status, out, err = carbon_peak("build")
    assert status == 2 and not out
    assert err.count("\n") == 1 and str(plan) in err and "has changed" in err
    assert _hashes(project / "data/curated") == before


def test_stale_review_stops_the_build(project, carbon_peak):
    path = project / "data/review/shiyan.toml"
    path.write_text(
        path.read_text()
        + '\n[[decision]]\naction = "reject"\nexpect = "没有«这句»话"\nreason = "gone"\n'
    )
    status, _, err = carbon_peak("build")
    line = len(path.read_text().splitlines()) - 3
    assert status == 2 and f"{path}:{line}:" in err and "没有这句话" in err


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("targets", lambda r: r.update(kind="promise"), "kind"),
        ("targets", lambda r: r.update(sector=None), "sector"),
        ("regions", lambda r: r.update(region_level="village"), "region_level"),
    ],
)
def test_checks_catch_what_the_registry_forbids(built, name, change, says):
    rows = built[name].to_pylist()
    change(rows[3])
    with pytest.raises(CompareError, match=says):
        table_checks.table(release.to_arrow(rows, fields.table(name)), fields.table(name))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"value_text": "x"}, "value_text"),
        ({"comparator": None}, "comparator"),
        ({"direction": "up", "measure": "level"}, "direction"),
        ({"baseline_year": 2031}, "baseline"),
        ({"repeats": 5}, "repeats"),
        ({"target_year": 1990}, "out of range"),
    ],
)
def test_rules_between_columns(built, change, says):
    rows = [CompletedRow(t) for t in records(built["targets"], Target)]
    documents = {d.doc: d for d in records(built["documents"], Document)}
    checks.targets(rows, documents)
    at, row = next(
        (i, r.target)
        for i, r in enumerate(rows)
        if (r.target.kind, r.target.target_year, r.target.doc) == ("numeric", 2030, "guizhou")
    )
    rows[at] = CompletedRow(replace(row, **change))
    with pytest.raises(CompareError, match=f"guizhou@{row.start}.*{says}"):
        checks.targets(rows, documents)


@pytest.mark.filterwarnings("ignore::compare.curation.tables.UncheckedFile")
def test_broken_and_foreign_files(tmp_path):
    bad = tmp_path / "targets.parquet"
    bad.write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(CompareError, match=re.escape(str(bad)) + ".*not a readable Parquet"):
        tables.load("targets", bad)
    pd.DataFrame({"a": [1]}).to_parquet(bad)
    with pytest.raises(CompareError, match="column 'target_id' is missing"):
        tables.load("targets", bad)
    with pytest.raises(CompareError, match="did you mean 'targets'"):
        tables.load("target")
    with pytest.raises(CompareError, match="no such file"):
        tables.load("targets", tmp_path / "none.parquet")


def test_import_and_load_are_quick():
    """Together no more than what pandas and pyarrow cost by themselves, and a little; timed in turn."""

    def timed(code):
        body = f"import time; a = time.process_time(); {code}; print(time.process_time() - a)"
        out = subprocess.run(
            [sys.executable, "-c", body], capture_output=True, text=True, check=True
        )
        return float(out.stdout.split()[-1])

    plain = "import numpy, pyarrow.compute, pyarrow.parquet, pandas"
    ours = "import compare; compare.load('targets')"
    pairs = [(timed(plain), timed("import compare"), timed(ours)) for _ in range(4)]
    libraries, imported, loaded = (min(column) for column in zip(*pairs, strict=True))
    assert imported < libraries, (
        "import compare must leave pandas and the plotting libraries for later"
    )
    assert loaded < 2 * libraries + 0.05, (libraries, loaded)
    late = "import compare, sys; compare.load('targets'); assert not {'matplotlib', 'papermill'} & set(sys.modules)"
    assert timed(late)
