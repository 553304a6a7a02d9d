"""What the README says, done: its snippets, its commands, and the report set from raw plans to a page."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

README = (ROOT / "README.md").read_text()
BIN = Path(sys.executable).parent


def _blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """The files of the checkout as a commit would take them, in a fresh folder."""
    place = tmp_path_factory.mktemp("clone")
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    for name in filter(None, tracked.decode().split("\0")):
        if (ROOT / name).exists():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place / name)
    return place


@pytest.fixture(scope="module")
def env(clone):
    return os.environ | {
        "CARBON_PEAK_HOME": str(clone),
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    }


def test_snippets_run(clone, monkeypatch):
    monkeypatch.chdir(clone)
    data, package = _blocks("python")
    scope = {}
    exec(data, scope)
    asked = "indicator == 'nonfossil_share' and target_year == 2025"
    assert scope["t"].query(asked)["value"].notna().any()
    (sql,) = _blocks("sql")
    assert len(duckdb.sql(sql.split("\n", 1)[1]).fetchall()) > 200
    import compare

    first = compare.load("targets")["target_id"].iloc[0]
    plan = clone / "data/raw/yuhua/plan.txt"
    exec(package.replace("t-…", first).replace("plan.txt", str(plan)), {})


def test_every_task_of_the_readme_exists():
    out = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for task in re.findall(r"\bmake ([a-z]+)", README):
        assert f"make {task} " in out, task


def test_links_lead_somewhere():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text()):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"


@pytest.mark.slow
def test_plain_papermill_from_another_folder(clone, env, tmp_path):
    (command,) = re.findall(r"^\.venv/bin/papermill (.+)$", README, re.M)
    words = command.replace("notebooks/", f"{clone}/notebooks/").split()
    subprocess.run(
        [BIN / "papermill", "--no-progress-bar", *words],
        cwd=tmp_path,
        env=env,
        check=True,
        timeout=120,
    )
    nb = json.loads((tmp_path / "out.ipynb").read_text())
    assert not any(
        o.get("output_type") == "error" for c in nb["cells"] for o in c.get("outputs", [])
    )
    assert "27.4" in json.dumps(nb)


@pytest.mark.slow
def test_from_raw_plans_to_a_page(clone, env, tmp_path):
    run = {"cwd": clone, "env": env, "capture_output": True, "text": True, "timeout": 300}
    built = subprocess.run([BIN / "carbon-peak", "build", "--out", tmp_path / "release"], **run)
    assert built.returncode == 0, built.stderr
    same = (tmp_path / "release/datapackage.json").read_bytes() == (
        ROOT / "data/curated/datapackage.json"
    ).read_bytes()
    assert same, "the committed release is not what the build makes"
    words = ["report", "overview", "--param", "lang=zh", "--out", tmp_path / "reports"]
    made = subprocess.run([BIN / "carbon-peak", *words], **run)
    assert made.returncode == 0, made.stderr
    index = Path(made.stdout.strip().splitlines()[-1])
    assert index == tmp_path / "reports/latest/index.html"
    page = (index.parent / "overview-zh.html").read_text()
    assert "十堰" in page and not re.search(r"(?:src|href)=[\"']https?://", page)
    assert str(clone) not in page and str(ROOT) not in page
