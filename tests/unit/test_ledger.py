"""The ledger: every digit of any text lies in exactly one entry, and target entries are the rows."""

from __future__ import annotations

import json
import re

import pytest
from conftest import examples
from extraction_contract import cases
from hypothesis import example, given, settings
from hypothesis import strategies as st

import compare
from compare.cli import explain, extract
from compare.extraction.assembly import extract_text
from compare.extraction.ledger.entries import Entry, figures_of
from compare.extraction.ledger.other_numbers import DIGIT
from compare.extraction.row.target_ids import target_ids
from compare.extraction.rules import DISPOSITIONS


def check(text: str) -> list[Entry]:
    """The contract of the ledger, whatever the text."""
    rows = extract_text(text)
    entries = figures_of(text)
    covered = bytearray(len(text))
    at = 0
    for e in entries:
        assert at <= e.start < e.end <= len(text), e
        assert e.text == text[e.start : e.end], e
        assert e.disposition in DISPOSITIONS and e.reason, e
        assert bool(e.target_ids) == (e.disposition == "target"), e
        covered[e.start : e.end] = b"\1" * (e.end - e.start)
        at = e.end
    assert all(covered[i] for i, c in enumerate(text) if c.isdigit())
    assert {i for e in entries for i in e.target_ids} == set(target_ids(rows))
    return entries


def test_a_digit_is_what_str_isdigit_calls_one():
    every = map(chr, range(0x110000))
    assert [c for c in every if c.isdigit() != bool(re.fullmatch(DIGIT, c))] == []


@settings(max_examples=examples(120), deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=()), max_size=200))
@example("\ud800到2025年，\udfffA达到6²%，③٣。")
def test_every_digit_of_any_text_lies_in_one_entry(text):
    check(text)


def test_every_digit_of_the_genre_lies_in_one_entry():
    for text in cases():
        check(text)


NEWS = (
    "2023-05-12 市政府印发方案。\n某市碳达峰实施方案\n一、主要目标\n到2025年，绿电比例达到30%。\n"
    "二、重点任务\n进一步提高能源利用效率。\n"
)


def test_the_public_function_gives_a_frame_of_all_figures():
    frame = compare.figures(NEWS, doc="news")
    assert [*frame.columns] == [*Entry._fields]
    assert set(frame["doc"]) == {"news"}
    target = frame[frame["disposition"] == "target"]
    assert [*target["text"]] == ["30%"] and len(target["target_ids"].iloc[0]) == 1
    assert len(compare.figures("")) == 0
    with pytest.raises(compare.CompareError, match="figures needs the text"):
        compare.figures(None)


def test_the_command_prints_entries_and_says_what_was_set_aside(tmp_path, capsysbinary):
    file = tmp_path / "news.txt"
    file.write_text(NEWS, encoding="utf-8")
    extract.run([file], "jsonl", None, figures=True)
    out, err = capsysbinary.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert lines == [json.loads(json.dumps(e._asdict())) for e in figures_of(NEWS, doc="news")]
    assert lines[0]["disposition"] == "outside"
    assert b"news: 0" in err and b"is not read as the plan" in err and b"in it: 3" in err
    extract.run([file], "jsonl", None)
    assert capsysbinary.readouterr().err == err


def test_one_figure_is_explained(tmp_path):
    file = tmp_path / "news.txt"
    file.write_text(NEWS, encoding="utf-8")
    page = "\n".join(explain.explained(file, NEWS.index("30%"), False))
    for words in ("到2025年，绿电比例达到30%。", "horizon 2025", "绿电比例, 2025", "dated-level: "):
        assert words in page
    each = [json.loads(line) for line in explain.explained(file, None, True)]
    assert [e["entry"]["start"] for e in each] == [e.start for e in figures_of(NEWS)]
    with pytest.raises(
        compare.CompareError, match=r"no figure at 30; the nearest is '碳达峰' at 22"
    ):
        list(explain.explained(file, NEWS.index("一、"), False))
