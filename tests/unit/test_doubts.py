"""Reasons to look at a row: each rule's examples, and that every code has its words."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT
from extraction_contract import cases

from compare.extraction.assembly import extract_text
from compare.extraction.row.doubts import RULES
from compare.extraction.rules import marked
from compare.schema import fields
from compare.vocabulary import review_reasons

SRC = ROOT / "src" / "compare"


def reasons(example: str) -> set[str]:
    """Codes of the rows whose value is marked."""
    text, a, b = marked(example)
    found = [r for r in extract_text(text) if (r.start, r.end) == (a, b)]
    assert found, f"no row at the mark of {example}"
    return {code for r in found for code in r.review_reasons}


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_takes_the_one_and_leaves_the_other(rule):
    assert rule.decision.disposition in reasons(rule.taken)
    assert rule.decision.disposition not in reasons(rule.left)


def test_every_code_has_its_words_and_the_column_allows_no_other():
    known = review_reasons.known()
    assert {r.decision.disposition for r in RULES} <= set(known)
    assert fields.table("targets").column("review_reasons").codes == tuple(known)
    for reason in known.values():
        assert reason.en[:1].islower() or reason.en.startswith("力争"), reason
        assert re.search("[\u4e00-\u9fff]", reason.zh) and not reason.zh.endswith("。"), reason
    written = {
        code
        for path in SRC.rglob("*.py")
        for call in re.findall(r"\.doubted\(([^)]*)\)", path.read_text(encoding="utf-8"))
        for code in re.findall(r'"([a-z_]+)"', call)
    }
    assert written <= set(known) | {"code"}, written - set(known)


def test_no_row_has_a_code_without_words():
    known = set(review_reasons.known())
    for text in cases():
        for row in extract_text(text):
            assert set(row.review_reasons) <= known
            assert len(set(row.review_reasons)) == len(row.review_reasons)
