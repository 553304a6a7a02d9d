"""Every plan and every decision counts: what would go unread, or count twice, stops the build."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
import tomli_w

from compare.base.errors import CompareError
from compare.curation import build
from compare.review.review_prompt import pending

PLAN = "某某市碳达峰实施方案\n一、主要目标\n到2025年,非化石能源消费占比达到18%左右。\n"
SILENT = (
    "某某市碳达峰实施方案\n一、总体要求\n坚持系统观念,推动绿色低碳发展。到2030年形成良好局面。\n"
)


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """A workspace of plans: workspace(name=(text, what source.toml states besides))."""
    monkeypatch.setenv("CARBON_PEAK_HOME", str(tmp_path))
    (tmp_path / "data/review").mkdir(parents=True)

    def write(**plans):
        for name, (text, stated) in plans.items():
            folder = tmp_path / "data/raw" / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "plan.txt").write_bytes(text.encode())
            base = {"title": name, "region": "shiyan", "status": "final", "script": "Hans"}
            base["sha256"] = hashlib.sha256(text.encode()).hexdigest()
            (folder / "source.toml").write_text(tomli_w.dumps(base | stated), encoding="utf-8")
        return tmp_path

    return write


def confirms(*words):
    return {"confirms": list(words)}


@pytest.mark.parametrize(
    ("plans", "place", "says"),
    [
        ({"a": (SILENT, {})}, "a", "the plan yields no target"),
        ({"a": (PLAN, {}), "b": (SILENT, {})}, "b", "the plan yields no target"),
        ({"a": (PLAN, confirms("no_targets"))}, "a", "'no_targets', but the plan yields 1"),
        ({"a": (PLAN, {}), "b": (PLAN, {})}, "b", "the plan is that of .*/a"),
        (
            {"a": (PLAN, {}), "b": (PLAN.replace("\n", " \r\n"), {})},
            "b",
            "the plan is that of .*/a",
        ),
        ({"a": (PLAN, confirms("same_text"))}, "a", "'same_text', but no other document has"),
        (
            {"a": (PLAN, {"issued": date(2204, 7, 8)})},
            "a",
            "issued = 2204-07-08, and the last year",
        ),
        ({"a": (PLAN, {"issued": date(1024, 7, 8)})}, "a", "the plan names is 2025"),
    ],
)
def test_what_no_source_confirms_is_refused(workspace, plans, place, says):
    home = workspace(**plans)
    with pytest.raises(CompareError, match=says) as error:
        build.curated()
    assert str(error.value).startswith(f"{home}/data/raw/{place}/source.toml: ")
    assert "\n" not in str(error.value)


def test_what_a_source_confirms_is_built(workspace):
    workspace(
        a=(PLAN, {}),
        b=(PLAN, confirms("same_text")),
        c=(SILENT, confirms("no_targets")),
        d=(PLAN + "又及。\n", confirms("dates") | {"issued": date(1024, 7, 8)}),
    )
    assert [d.targets for d in build.curated().documents] == [1, 1, 0, 1]


def test_a_plan_whose_targets_were_all_rejected_must_say_so(workspace):
    home = workspace(a=(PLAN, {}))
    (home / "data/review/a.toml").write_text(
        '[[decision]]\naction = "reject"\nexpect = "达到«18%»"\nreason = "because"\n'
    )
    with pytest.raises(CompareError, match="the plan yields no target"):
        build.curated()
    workspace(a=(PLAN, confirms("no_targets")))
    assert build.curated().documents[0].targets == 0


@pytest.mark.parametrize(
    "name", ["Alpha.toml", "alpha.TOML", "alpha.toml.txt", "beta.toml", "old/"]
)
def test_a_review_file_of_no_document_stops_every_command_that_reads_decisions(workspace, name):
    home = workspace(alpha=(PLAN, {}))
    file = home / "data/review" / name
    file.mkdir() if name.endswith("/") else file.write_text("")
    for command in (build.build, lambda: pending("alpha", build)):
        with pytest.raises(CompareError) as error:
            command()
        assert str(error.value).startswith(f"{file}: ") and "\n" not in str(error.value)
    assert ("did you mean 'alpha'" in str(error.value)) == (name == "Alpha.toml")


def test_a_review_file_that_leads_nowhere_is_not_taken_for_none(workspace):
    home = workspace(alpha=(PLAN, {}))
    (home / "data/review/alpha.toml").symlink_to("moved.toml")
    with pytest.raises(CompareError, match=r"alpha\.toml: .*leads nowhere"):
        build.curated()


def test_a_plan_that_lies_beside_the_folders_is_not_passed_over(workspace):
    home = workspace(alpha=(PLAN, {}))
    (home / "data/raw/README.md").write_text("about the plans")
    (home / "data/raw/beta.txt").write_text(PLAN)
    with pytest.raises(CompareError, match=r"beta\.txt: read by nothing: a plan lies in a folder"):
        build.curated()


def test_copies_of_an_editor_and_hidden_files_are_no_decisions(workspace):
    home = workspace(alpha=(PLAN, {}))
    for name in (".alpha.toml.swp", "alpha.toml~", "README.md", "seen.txt"):
        (home / "data/review" / name).write_text("")
    assert build.curated().documents[0].targets == 1


def test_a_row_that_was_read_in_no_document_is_named(workspace):
    home = workspace(alpha=(PLAN, {}))
    seen = home / "data/review/seen.txt"
    seen.write_text("# read\nAlpha t-000000000000\n")
    with pytest.raises(CompareError, match=r"seen\.txt:2: data/raw has no 'Alpha'; did you mean"):
        pending("alpha", build)
