"""Rows of a paragraph depend on it and on declared context: other paragraphs may come, go or move."""

from __future__ import annotations

from functools import cache

import pytest
from conftest import ROOT, examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.base.workspace import raw_dir
from compare.evaluation.labels import read_jsonl
from compare.extraction.assembly import extract_text
from compare.intake.source import read_source

PLANS = ("guizhou", "huzhou", "ruijin", "shiyan", "yuhua")
FILES = ("forms", "unseen", "provinces", "counties", "nationwide", "regions", "whose")
SLOW = settings(max_examples=examples(40), deadline=None, derandomize=True)
Rows = list[tuple]


def rows(text: str) -> Rows:
    """Rows with where their sentence begins; the year of a peak may stand in a paragraph before."""
    return [
        (
            r.evidence_start + r.evidence.rfind("\n") + 1, r.start, r.end, r.indicator_text, r.kind, r.value, r.comparator, r.target_year,
            r.baseline_year, r.tier, r.effort, r.scope_region,
        )
        for r in extract_text(text)
    ]  # fmt: skip


def moved(found: Rows, start: int, by: int) -> Rows:
    """Rows from ``start`` on, moved; those before stay."""
    return [(*(place + by * (place >= start) for place in r[:3]), *r[3:]) for r in found]


@cache
def plan(doc: str) -> tuple[str, tuple[tuple, ...]]:
    source = read_source(raw_dir() / doc)
    text = source.text[source.start : source.end]
    return text, tuple(rows(text))


@cache
def paragraphs() -> tuple[str, ...]:
    """Paragraphs of the labelled passages that are whole sentences."""
    folder = ROOT / "data" / "labels" / "genre"
    lines = (
        line
        for name in FILES
        for case in read_jsonl(folder / f"{name}.jsonl")
        for line in case["text"].split("\n")
    )
    return tuple(line for line in lines if len(line) > 20 and line[-1] in "。)）")


@cache
def ends(doc: str) -> tuple[int, ...]:
    """Ends of the paragraphs of a plan that are whole sentences."""
    text, _ = plan(doc)
    return tuple(i for i, c in enumerate(text) if c == "\n" and text[i - 1] in "。)")


@SLOW
@given(st.sampled_from(PLANS), st.data())
def test_a_paragraph_that_is_put_in_changes_no_other_rows(doc, data):
    text, own = plan(doc)
    new = data.draw(st.sampled_from(paragraphs()))
    at = data.draw(st.sampled_from(ends(doc)))
    found = rows(text[:at] + "\n" + new + text[at:])
    beside = [r for r in found if not at < r[0] <= at + len(new)]
    assert beside == moved(list(own), at, len(new) + 1)


@SLOW
@given(st.sampled_from(PLANS), st.data())
def test_a_paragraph_that_is_taken_out_or_moved_changes_no_other_rows(doc, data):
    text, own = plan(doc)
    before, end = data.draw(
        st.sampled_from([(a, b) for a, b in zip(ends(doc), ends(doc)[1:], strict=False)])
    )
    start = text.rindex("\n", 0, end) + 1
    if start < before:
        return
    taken = text[start:end]
    rest = text[:start] + text[end + 1 :]
    without = moved([r for r in own if not start <= r[0] < end], end, -(end + 1 - start))
    assert rows(rest) == without
    at = data.draw(st.sampled_from([i for i in ends(doc) if i < start] or [before]))
    found = rows(rest[:at] + "\n" + taken + rest[at:])
    beside = [r for r in found if not at < r[0] <= at + len(taken)]
    assert beside == moved(without, at, len(taken) + 1)


@pytest.mark.parametrize("doc", PLANS)
def test_a_passage_of_others_behind_a_plan_leaves_its_rows(doc):
    text, own = plan(doc)
    for case in paragraphs()[:: max(1, len(paragraphs()) // 6)]:
        found = rows(text + "\n" + case)
        assert [r for r in found if r[0] < len(text)] == list(own)
