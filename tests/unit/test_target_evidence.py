"""Provenance: the marked sentence, addresses of evidence, and hostile text that stays text."""

from __future__ import annotations

import shutil

import pytest
from report_samples import HOSTILE, hostile_target

import compare
from compare.base import workspace
from compare.base.errors import CompareError
from compare.extraction.assembly import extract_text
from compare.intake.source import read_source
from compare.schema.records import Target, TargetSpan, records
from compare.target_evidence import lookup, marks
from compare.target_evidence.addresses import evidence_href, evidence_page

VALUE, BOUND, HORIZON, INDICATOR = "value", "bound", "horizon", "indicator"


@pytest.fixture(scope="module")
def targets():
    return compare.load("targets")


def found(text: str, value: str) -> dict[str, list[str]]:
    """Marked words of the row with this value, by role."""
    row = next(r for r in extract_text(text, with_spans=True) if r.start == text.index(value))
    out: dict[str, list[str]] = {}
    for a, b, role in marks.marks(row.spans, 0, len(text)):
        out.setdefault(role, []).append(text[a:b])
    return out


def test_marks_stand_on_the_words_of_each_target():
    text = "到2025年,单位GDP能耗较2020年下降14%,风电、光伏装机分别达到10万千瓦、20万千瓦以上。"
    got = found(text, "10万千瓦")
    assert got == {
        HORIZON: ["2025年"],
        INDICATOR: ["风电", "装机"],
        VALUE: ["10万千瓦"],
        BOUND: ["以上"],
    }
    got = found(text, "14%")
    assert got == {
        HORIZON: ["2025年"],
        INDICATOR: ["单位GDP能耗"],
        "baseline": ["2020年"],
        VALUE: ["14%"],
    }


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("到2025年,占比不低于20%,到2030年30%以上。", "20%", "不低于"),
        ("到2025年,占比不低于20%,到2030年30%以上。", "30%", "以上"),
        ("到2025年,煤炭消费占比控制在5%以内。", "5%", "以内"),
        ("到2025年,產業規模超過３萬噸。", "３萬噸", "超過"),
        ("到2025年,面积达到8.5万亩左右", "8.5万亩", "左右"),
        ("碳排放于2030年前达峰", "2030年", "前"),
    ],
)
def test_bound_is_the_one_that_binds_this_value(text, value, bound):
    assert found(text, value)[BOUND] == [bound]


def test_horizon_words():
    text = "“十四五”期间,绿色建筑占比达到２０％。"
    assert found(text, "２０％")[HORIZON] == ["“十四五”期间"]


def test_old_names_of_release_0_1_work_with_a_warning():
    import compare.target_evidence

    for name in ("evidence", "evidence_href"):
        with pytest.warns(FutureWarning, match=f"compare.target_evidence.{name} is now"):
            assert callable(getattr(compare.target_evidence, name))


def test_every_target_of_the_release_is_marked_in_its_own_text(targets):
    for doc, rows in targets.groupby("doc"):
        for item in lookup.evidence_of_document(records(rows, Target)):
            row, ends = item.target, 0
            for start, end, _ in item.marks:
                assert ends <= start < end <= len(item.text), row.target_id
                ends = end
            value = "".join(item.text[a:b] for a, b, role in item.marks if role == VALUE)
            assert value == row.value_text, (doc, row.target_id)
            assert row.evidence == item.text[slice(*item.sentence)]
            assert item.whole
            if row.origin == "extracted":  # the horizon is marked, or said to stand before
                dated = row.target_year is not None and row.kind != "peak"
                assert dated == (HORIZON in item.roles or item.outside) or row.kind == "peak"


def test_a_row_that_review_left_has_the_spans_that_made_it(targets):
    spans = {}
    for s in records(compare.load("spans"), TargetSpan):
        spans.setdefault(s.target_id, set()).add((s.start, s.end, s.role))
    for doc, rows in targets.groupby("doc"):
        source = read_source(workspace.raw_dir() / str(doc))
        built = extract_text(
            source.text, source.start, source.end, issued=source.issued_year, with_spans=True
        )
        by_row = {(r.start, r.end, r.indicator_text, r.target_year): r for r in built}
        for row in records(rows, Target):
            own = by_row.get((row.start, row.end, row.indicator_text, row.target_year))
            if own is not None and row.origin == "extracted":
                assert spans[row.target_id] == {(s.start, s.end, s.role) for s in own.spans}
            roles = {role for *_, role in spans[row.target_id]}
            assert roles >= {VALUE, INDICATOR}, row.target_id
            assert (row.effort == "strive") == ("effort" in roles), row.target_id
            assert (row.baseline_year is not None) == ("baseline" in roles), row.target_id


def test_a_row_that_is_not_the_releases_shows_its_value_only(targets, tmp_path, monkeypatch):
    row = targets[targets["comparator"] == ">="].iloc[0]
    assert len(compare.evidence(row["target_id"]).roles) > 2
    moved = targets.assign(start=targets["start"] + 1, end=targets["end"] + 1)
    monkeypatch.setenv(workspace.HOME_VARIABLE, str(tmp_path))
    (tmp_path / "data/raw").mkdir(parents=True)
    for frame in (moved, targets):  # another place; a release without the table
        item = compare.evidence(row["target_id"], frame)
        assert item.roles == [VALUE] and "仅显示所在句" in str(item)


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
        evidence_href("t-x")
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
    path, _, place = evidence_href("t-1", doc).partition("#")
    folder, name = path.split("/")
    assert folder == "evidence" and place == "t-1"
    assert name.removesuffix(".html").replace("-", "").replace("_", "").isalnum() and name.isascii()


def test_odd_documents_keep_pages_of_their_own():
    assert len({evidence_page(d) for d in ("../x", "..-x", "x", "/x", "十堰", "雨花")}) == 6


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


def test_show_command(targets, carbon_peak):
    status, out, _ = carbon_peak("show", targets["target_id"].iloc[0])
    assert status == 0
    assert f"【{targets['value_text'].iloc[0]}】" in out and "\033" not in out
    status, _, err = carbon_peak("show", "t-nothing")
    assert status == 2 and err.count("\n") == 1 and "t-nothing" in err
