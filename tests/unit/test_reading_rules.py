"""Each rule that reads a figure (its subject, its measure, its bound) takes its example and leaves its near miss."""

from __future__ import annotations

import re

import pytest

from compare.extraction import rule_tables
from compare.extraction.assembly import extract_text
from compare.extraction.ledger.reading import Reading
from compare.extraction.rules import Rule, marked

RULES = [rule for rules in rule_tables.READING.values() for rule in rules]


def read_by(example: str) -> set[str]:
    """Ids of the rules that read the marked figure."""
    text, start, end = marked(example)
    reading = Reading()
    extract_text(text, reading=reading)
    out: set[str] = set()
    for plan in reading.plans:
        for row in (row for read in plan.sentences for row in read.rows):
            a, b = plan.text.raw(row.start), plan.text.raw_end(row.end)
            if a < end and start < b:
                out.update(row.read_by)
    return out


def test_ids_are_unique_and_each_rule_is_a_sentence():
    ids = [rule.id for rule in RULES]
    others = {r.id for rules in rule_tables.LEDGER.values() for r in rules}
    assert len(set(ids)) == len(ids) and not others & set(ids)
    for rule in RULES:
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.id), rule
        assert re.fullmatch(r"[A-Z\u4e00-\u9fff1-9“][^\n]*\.", rule.sentence), rule


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_reads_its_example_and_leaves_its_near_miss(rule: Rule):
    left = read_by(rule.left)
    assert rule.id in read_by(rule.taken)
    assert rule.id not in left
    assert left
