"""Signs save time and decide nothing: with and without them every figure is the same, for the same reason."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from compare.evaluation.labels import read_jsonl
from compare.extraction.ledger.entries import figures_of
from compare.extraction.rules import Rule, Table
from compare.extraction.signs import any_word, needed_by, signs_in, state
from compare.vocabulary.lexicon import words
from compare.vocabulary.needed_words import needed_words

GENRE = ROOT / "data" / "labels" / "genre"
TEXTS = [case["text"] for path in sorted(GENRE.glob("*.jsonl")) for case in read_jsonl(path)]


def _rule(id: str, needs: int) -> Rule:
    return Rule(id, "A rule.", "fact", lambda: True, taken="«1%»", left="«1%»", needs=needs)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("截至|已(?:建成)?", "截至 已"),
        ("(?:截至|截止)[^,]*", "截至 截止"),
        ("年?度[^,]{0,4}(?:考核|评估)中", "考核中 评估中"),
        ("(?<!不)[增减](?:长|少)?[^,]{0,3}量$", "增 减 量"),
        ("(?P<name>共[有计]){1,2}", "共有 共计"),
        ("(?:的)?[\u4e00-\u9fff]?", ""),
        ("一|[^二]", ""),
        ("(?:近|过去)[一二三\\d]+年", "近 过去"),
        ("的\\d*倍", "倍"),
        ("(?i:ab)c", "c"),
        ("(?i)ab", ""),
    ],
)
def test_a_pattern_needs_words_that_all_its_matches_have(pattern: str, needed: str):
    found = needed_words(pattern)
    assert found <= set(needed.split())
    assert bool(found) == bool(needed)


def test_no_pattern_of_the_lexicon_matches_without_a_word_that_it_needs():
    named = [(k, v) for part in words().values() for k, v in part.items() if k.endswith("_re")]
    held = 0
    for name, pattern in named:
        needed = needed_words(pattern)
        for m in re.finditer(pattern, "\n".join(TEXTS)) if needed else ():
            held += 1
            assert any(word in m[0] for word in needed), (name, m[0])
    assert held > 1000


def test_a_table_asks_a_rule_only_where_all_its_signs_stand():
    known = state()
    rules = [
        _rule("always", 0),
        _rule("word", any_word("珠|碧玉")),
        _rule("both", any_word("珠") | known),
    ]
    table = Table(rules)

    def asked(text: str, more: int = 0) -> list[str]:
        return [rule.id for rule in table.asked(signs_in(text) | more)]

    assert asked("石") == ["always"]
    assert asked("碧玉") == ["always", "word"]
    assert asked("珠", known) == ["always", "word", "both"]
    assert asked("碧", known) == ["always"]
    assert needed_by("[^珠]") == 0


def test_signs_decide_nothing(monkeypatch: pytest.MonkeyPatch):
    with_signs = [figures_of(text) for text in TEXTS]
    monkeypatch.setattr(Table, "asked", lambda table, signs: table.rules)
    for text, known in zip(TEXTS, with_signs, strict=True):
        assert figures_of(text) == known, text
