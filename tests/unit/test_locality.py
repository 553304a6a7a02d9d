"""Rows of a paragraph depend on it and on declared context: a paragraph put in or taken out changes no others."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from compare.base.workspace import raw_dir
from compare.extraction.assembly import extract_text
from compare.extraction.extracted_target import ExtractedTarget
from compare.intake.source import read_source

DOCS = ("guizhou", "huzhou", "ruijin", "shiyan", "yuhua")
PUT_IN = (
    "加强组织领导，落实工作责任。",
    "到2030年，全区换电站达到12座。",
    "换电站不少于12座。",
    "来源：某某网",
)
FEW = 6  # places of a plan that the quick tests look at


@cache
def plan(doc: str) -> tuple[str, int | None]:
    source = read_source(raw_dir() / doc)
    return source.text[source.start : source.end], source.issued_year


def rows(text: str, issued: int | None) -> list[ExtractedTarget]:
    return extract_text(text, 0, len(text), issued=issued, with_spans=True)


def essence(row: ExtractedTarget, moved_from: int, by: int) -> tuple:
    start = row.start - by if row.start >= moved_from else row.start
    return (
        start, row.kind, row.value, row.unit, row.comparator, row.measure, row.target_year,
        row.baseline_year, row.effort, row.tier, row.indicator_text, row.scope_region,
    )  # fmt: skip


def breaks(text: str, few: int | None) -> list[int]:
    """Where paragraphs begin; of those, some."""
    at = [i + 1 for i, c in enumerate(text) if c == "\n" and text[i - 1] in "。；：\n"]
    return at[:: max(1, len(at) // few)] if few else at


def check_put_in(doc: str, few: int | None) -> None:
    text, issued = plan(doc)
    before = Counter(essence(r, 0, 0) for r in rows(text, issued))
    for at in breaks(text, few):
        for words in PUT_IN:
            line = f"{words}\n"
            found = rows(text[:at] + line + text[at:], issued)
            others = [r for r in found if not at <= r.start < at + len(line)]
            after = Counter(essence(r, at, len(line)) for r in others)
            assert after == before, (at, words, before - after, after - before)


def check_taken_out(doc: str, few: int | None) -> None:
    text, issued = plan(doc)
    every = rows(text, issued)
    for at in breaks(text, few):
        end = text.find("\n", at) + 1
        if end <= at or text[at:end].strip()[-1:] not in ("。", "；"):
            continue  # a heading, or a line that opens a list: declared context of what follows
        taken = range(at, end)
        # what stands in the paragraph, or is dated by it, is its own
        kept = [r for r in every if not any(s.start in taken for s in r.spans)]
        found = [r for r in rows(text[:at] + text[end:], issued)]
        before = Counter(essence(r, end, end - at) for r in kept)
        after = Counter(essence(r, len(text), 0) for r in found)
        assert not before - after, (at, before - after)


@pytest.mark.parametrize("doc", DOCS)
def test_a_paragraph_put_in_changes_only_rows_of_its_own(doc):
    check_put_in(doc, FEW)


@pytest.mark.parametrize("doc", DOCS)
def test_a_paragraph_taken_out_takes_only_rows_of_its_own(doc):
    check_taken_out(doc, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("doc", DOCS)
def test_paragraphs_put_in_and_taken_out_everywhere(doc):
    check_put_in(doc, None)
    check_taken_out(doc, None)


LIST = "到2027年，主要目标如下：\n——绿电占比达到30%。\n——充电桩达到600个。\n——换电站达到9座。"


@pytest.mark.parametrize("words", PUT_IN)
@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_paragraph_between_the_items_of_a_list_ends_it_for_none_of_them(words, line):
    lines = LIST.split("\n")
    text = "\n".join([*lines[:line], words, *lines[line:]])
    own = range(text.index(words), text.index(words) + len(words))
    assert {r.target_year for r in extract_text(text) if r.start not in own} == {2027}
