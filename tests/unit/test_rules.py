"""Each named rule decides the marked words of its example, and leaves those of its near miss."""

from __future__ import annotations

import re

import pytest

from compare.extraction import rule_tables
from compare.extraction.ledger.entries import figures_of
from compare.extraction.rules import DISPOSITIONS, Rule, marked

RULES = [rule for rules in rule_tables.LEDGER.values() for rule in rules]


def reasons(example: str) -> set[str]:
    """Ids of the rules that decided the marked words."""
    text, start, end = marked(example)
    return {e.reason for e in figures_of(text) if e.start < end and start < e.end}


def test_ids_are_unique_and_in_kebab_case_and_each_rule_is_a_sentence():
    ids = [rule.id for rules in rule_tables.ALL.values() for rule in rules]
    assert len(set(ids)) == len(ids)
    for rule in RULES:
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.id), rule
        assert re.fullmatch(r"[A-Z\u4e00-\u9fff1-9“][^\n]*\.", rule.sentence), rule
        assert rule.decision.disposition in DISPOSITIONS, rule


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_decides_its_example_and_leaves_its_near_miss(rule: Rule):
    assert reasons(rule.taken) == {rule.id}
    assert rule.id not in reasons(rule.left)
    assert reasons(rule.left)


def test_the_page_of_rules_lists_them_all():
    page = "\n".join(rule_tables.as_markdown())
    for rules in rule_tables.ALL.values():
        for rule in rules:
            assert f"| `{rule.id}` | " in page
