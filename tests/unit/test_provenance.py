"""Provenance: the marked sentence, addresses of evidence, and hostile text that stays text."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from report_samples import HOSTILE, hostile_target

import compare
from compare.base import workspace
from compare.base.errors import CompareError
from compare.provenance import evidence, marks

VALUE, BOUND, HORIZON, INDICATOR = "value", "bound", "horizon", "indicator"


@pytest.fixture(scope="module")
def targets():
    return compare.load("targets")


def found(text: str, value: str, **row) -> dict[str, list[str]]:
    """Marked words by role, for a value in a one-sentence paragraph."""
    start = text.index(value)
    row = {"start": start, "end": start + len(value), "kind": "numeric", **row}
    out: dict[str, list[str]] = {}
    for a, b, role in marks.marks(text, (0, len(text)), row):
        out.setdefault(role, []).append(text[a:b])
    return out


def test_marks_stand_on_the_words_of_each_target():
    text = "到2025年,单位GDP能耗较2020年下降14%,风电、光伏装机分别达到10万千瓦、20万千瓦以上。"
    got = found(text, "10万千瓦", indicator_text="风电装机", comparator=">=", target_year=2025)
    assert got == {
        HORIZON: ["2025年"],
        INDICATOR: ["风电", "装机"],
        VALUE: ["10万千瓦"],
        BOUND: ["以上"],
    }
    got = found(text, "14%", indicator_text="单位GDP能耗", comparator="=", baseline_year=2020)
    assert got == {INDICATOR: ["单位GDP能耗"], "baseline": ["2020年"], VALUE: ["14%"]}


@pytest.mark.parametrize(
    ("text", "value", "comparator", "bound"),
    [
        ("占比不低于20%,到2030年30%以上。", "20%", ">=", "不低于"),
        ("占比不低于20%,到2030年30%以上。", "30%", ">=", "以上"),
        ("比例控制在5%以内。", "5%", "<=", "以内"),
        ("規模超過３萬噸。", "３萬噸", ">", "超過"),
        ("达到8.5万亩左右", "8.5万亩", "~", "左右"),
        ("于2030年前达峰", "2030年", "<=", "前"),
    ],
)
def test_bound_is_the_one_that_binds_this_value(text, value, comparator, bound):
    assert found(text, value, comparator=comparator)[BOUND] == [bound]


def test_horizon_words_and_a_horizon_from_before_the_paragraph():
    text = "“十四五”期间,较2025年水平,占比达到２０％。"
    assert found(text, "２０％", target_year=2025)[HORIZON] == ["“十四五”期间"]
    assert HORIZON not in found("占比达到20%。", "20%", target_year=2025)


def test_every_target_of_the_release_is_marked_in_its_own_text(targets):
    for doc, rows in targets.groupby("doc"):
        for item in evidence.of_rows(evidence.records(rows)):
            row, ends = item.row, 0
            for start, end, _ in item.marks:
                assert ends <= start < end <= len(item.text), row["target_id"]
                ends = end
            value = "".join(item.text[a:b] for a, b, role in item.marks if role == VALUE)
            assert value == row["value_text"], (doc, row["target_id"])
            assert row["evidence"] == item.text[slice(*item.sentence)]
            assert item.whole


def test_evidence_is_rich_and_plain(targets):
    row = targets[targets["document_status"] == "draft"].iloc[0]
    item = compare.evidence(row["target_id"], lang="en")
    assert f"【{row['value_text']}】" in str(item)
    assert row["document_sha256"] in str(item) and "draft for comment" in str(item)
    assert f'<mark class="ev-value">{row["value_text"]}</mark>' in item._repr_html_()
    assert "\033[" in item.plain(color=True) and "\033[" not in str(item)


def test_unknown_ids_and_languages_are_named(targets):
    known = targets["target_id"].iloc[0]
    wrong = known[:-1] + ("0" if known[-1] != "0" else "1")
    with pytest.raises(CompareError, match=f"{wrong}.*did you mean '{known}'"):
        compare.evidence(wrong)
    with pytest.raises(CompareError, match="unknown target 't-x'"):
        evidence.evidence_href("t-x")
    with pytest.raises(CompareError, match="unknown language 'fr'"):
        compare.evidence(known, lang="fr")


def test_hostile_text_stays_text(targets):
    from bs4 import BeautifulSoup

    frame = hostile_target(targets)
    item = compare.evidence(frame["target_id"].iloc[0], frame)
    assert not item.whole  # ../../x is not looked for
    page = BeautifulSoup(item._repr_html_(), "html.parser")
    assert page.find(["script", "img"]) is None
    assert page.select_one("blockquote").get_text() == frame["evidence"].iloc[0]
    assert page.h3.get_text() == HOSTILE
    assert "\x1b" not in str(item)


@pytest.mark.parametrize(
    "doc", ["../../x", "/etc", "a/b", ".", "..", "", "十堰", 'x" onclick="', "a" * 300]
)
def test_addresses_never_leave_the_folder(doc):
    path, _, place = evidence.evidence_href("t-1", doc).partition("#")
    folder, name = path.split("/")
    assert folder == "evidence" and place == "t-1"
    assert name.removesuffix(".html").replace("-", "").replace("_", "").isalnum() and name.isascii()


def test_odd_documents_keep_pages_of_their_own():
    assert (
        len({evidence.evidence_page(d) for d in ("../x", "..-x", "x", "/x", "十堰", "雨花")}) == 6
    )


def test_a_changed_raw_text_is_an_error_and_a_missing_one_is_said(targets, tmp_path, monkeypatch):
    row = targets[targets["doc"] == "yuhua"].iloc[0]
    folder = tmp_path / "data" / "raw" / "yuhua"
    shutil.copytree(workspace.raw_dir() / "yuhua", folder)
    (folder / "source.toml").unlink()
    text = (folder / "plan.txt").read_text(encoding="utf-8")
    (folder / "plan.txt").write_text(text.replace("长沙", "短沙", 1), encoding="utf-8")
    monkeypatch.setenv(workspace.HOME_VARIABLE, str(tmp_path))
    with pytest.raises(CompareError, match="not the one the tables were made from"):
        compare.evidence(row["target_id"], targets)
    shutil.rmtree(folder)
    item = compare.evidence(row["target_id"], targets)
    assert item.text == row["evidence"] and "仅显示所在句" in str(item)


def test_show_command(targets):
    command = [sys.executable, "-m", "compare.cli", "show"]
    known = targets["target_id"].iloc[0]
    good = subprocess.run([*command, known], capture_output=True, text=True, check=True)
    assert f"【{targets['value_text'].iloc[0]}】" in good.stdout and "\033" not in good.stdout
    bad = subprocess.run([*command, "t-nothing"], capture_output=True, text=True)
    assert bad.returncode == 2 and bad.stderr.count("\n") == 1 and "t-nothing" in bad.stderr
