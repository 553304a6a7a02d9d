"""Provenance: the marked sentence, addresses of evidence, and hostile text that stays text."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest
from report_samples import HOSTILE, hostile_target

import compare
from compare.base import workspace
from compare.base.errors import CompareError
from compare.extraction.assembly import extract_text
from compare.intake.source import Source, read_source
from compare.schema import fields
from compare.schema.records import Target, records
from compare.target_evidence import lookup, marks
from compare.target_evidence.addresses import evidence_href, evidence_page
from compare.target_evidence.extracted_spans import spans_of

VALUE, BOUND, HORIZON, INDICATOR = "value", "bound", "horizon", "indicator"


@pytest.fixture(scope="module")
def targets():
    return compare.load("targets")


def target(text: str, value: str, **row) -> Target:
    """A target in a one-sentence paragraph."""
    known = dict.fromkeys(fields.table("targets").names) | {"flags": ()}
    start = text.index(value)
    place = {"start": start, "end": start + len(value), "evidence": text, "evidence_start": 0}
    usual = {"kind": "numeric", "effort": "firm", "indicator_text": "其他"}
    return Target(**known | usual | place | row)


def found(text: str, value: str, **row) -> dict[str, list[str]]:
    """Marked words by role."""
    out: dict[str, list[str]] = {}
    for a, b, role in marks.marks(spans_of(target(text, value, **row), None), 0, len(text)):
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
    known = {"comparator": "=", "baseline_year": 2020, "target_year": 2025}
    got = found(text, "14%", indicator_text="单位GDP能耗", **known)
    assert got == {
        HORIZON: ["2025年"],
        INDICATOR: ["单位GDP能耗"],
        "baseline": ["2020年"],
        VALUE: ["14%"],
    }


@pytest.mark.parametrize(
    ("text", "value", "comparator", "bound"),
    [
        ("到2025年,占比不低于20%,到2030年30%以上。", "20%", ">=", "不低于"),
        ("到2025年,占比不低于20%,到2030年30%以上。", "30%", ">=", "以上"),
        ("到2025年,煤炭消费占比控制在5%以内。", "5%", "<=", "以内"),
        ("到2025年,產業規模超過３萬噸。", "３萬噸", ">", "超過"),
        ("到2025年,面积达到8.5万亩左右", "8.5万亩", "~", "左右"),
        ("碳排放于2030年前达峰", "2030年", "<=", "前"),
    ],
)
def test_bound_is_the_one_that_binds_this_value(text, value, comparator, bound):
    assert found(text, value, comparator=comparator)[BOUND] == [bound]


def test_horizon_words_and_a_horizon_from_before_the_paragraph():
    text = "“十四五”期间,绿色建筑占比达到２０％。"
    assert found(text, "２０％", target_year=2025)[HORIZON] == ["“十四五”期间"]
    text = "绿色建筑占比达到20%以上。"  # nothing is dated here: the year in force is said before
    got = found(text, "20%", target_year=2025, comparator=">=", indicator_text="绿色建筑占比")
    assert got == {INDICATOR: ["绿色建筑占比"], VALUE: ["20%"], BOUND: ["以上"]}


def test_what_a_review_changed_has_no_mark_but_the_value():
    text = "力争到2030年,森林覆盖率达到60%以上。"
    known = {"indicator_text": "森林覆盖率", "comparator": ">=", "target_year": 2030}
    whole = found(text, "60%", **known, effort="strive")
    assert set(whole) == {VALUE, BOUND, HORIZON, INDICATOR, "effort"}
    for field, value, role in [
        ("comparator", "=", BOUND),
        ("target_year", 2035, HORIZON),
        ("indicator_text", "林木覆盖率", INDICATOR),
        ("effort", "firm", "effort"),
    ]:
        changed = found(text, "60%", **{**known, "effort": "strive", field: value})
        assert changed == {k: v for k, v in whole.items() if k != role}
    assert found(text, "覆盖", **known) == {VALUE: ["覆盖"]}  # added: nothing was extracted there


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


def test_evidence_reads_a_document_as_the_build_does(targets):
    """A row that the extractor made, and that a review left, has the spans that made it."""
    rows = records(targets, Target)
    for doc in {r.doc for r in rows}:
        source = read_source(workspace.raw_dir() / doc)
        built = extract_text(
            source.text, source.start, source.end, issued=source.issued_year, with_spans=True
        )
        by_row = {(r.start, r.end, r.indicator_text, r.target_year): r for r in built}
        for row in (r for r in rows if r.doc == doc):
            own = by_row.get((row.start, row.end, row.indicator_text, row.target_year))
            if own is None:
                continue
            roles = {s.role for s in spans_of(row, source)}
            assert roles >= {s.role for s in own.spans} & {"value", "horizon", "indicator"}, row


def test_a_year_of_issue_that_only_source_toml_tells_counts_for_evidence(tmp_path):
    text = "2022年，全市绿地率达到40%，首次高于全省。到2025年，达到45%。"
    issued = {"issued": date(2020, 5, 1)}
    source = Source("made", text, 0, len(text), "", issued, tmp_path / "made.txt")
    row = replace(target(text, "40%", indicator_text="绿地率", target_year=2022), value=40.0)
    assert {HORIZON, INDICATOR} <= {s.role for s in spans_of(row, source)}


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
