"""Near misses of the ledger: rules that exist, entries that a person should look at."""

from __future__ import annotations

from compare.extraction import rule_tables
from compare.extraction.ledger.entries import figures_of
from compare.extraction.ledger.near_misses import OFTEN_TARGETS, near_misses


def test_each_is_the_id_of_a_rule_that_makes_no_target():
    rules = {rule.id: rule for table in rule_tables.LEDGER.values() for rule in table}
    assert set(rules) >= OFTEN_TARGETS
    assert all(rules[name].decision.disposition != "target" for name in OFTEN_TARGETS)


def test_what_is_undecided_or_weakly_decided_is_near_and_nothing_else():
    text = "到2030年，达到30%，绿电占比达到40%。\n2023年，森林覆盖率为52%。\n垃圾处理能力3000吨。"
    found = {e.text: e.reason for e in near_misses(figures_of(text))}
    assert found == {"30%": "no-subject", "3000吨": "undated-level"}
