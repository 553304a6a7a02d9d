"""The ledger: every digit of any text lies in exactly one entry, and target entries are the rows."""

from __future__ import annotations

import re

from conftest import examples
from extraction_contract import cases
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compare.extraction.assembly import extract_text
from compare.extraction.ledger import Entry, figures_of
from compare.extraction.other_numbers import DIGIT
from compare.extraction.rules import DISPOSITIONS
from compare.extraction.target_ids import target_ids


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
