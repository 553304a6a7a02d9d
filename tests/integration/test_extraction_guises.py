"""Rows of whole plans are the same after conversions that do not change what is said."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from extraction_contract import cases, check
from text_guises import GUISES, Guise

from compare.base.workspace import raw_dir
from compare.extraction.assembly import extract_text
from compare.extraction.row.extracted_target import ExtractedTarget
from compare.intake.source import read_source
from compare.vocabulary.units import standardise


@cache
def texts() -> dict[str, tuple[str, ...]]:
    """The five plans' own texts, and the genre's cases, each by itself."""
    plans = {}
    for folder in sorted(p for p in raw_dir().iterdir() if p.is_dir()):
        source = read_source(folder)
        plans[source.doc] = (source.text[source.start : source.end],)
    return plans | {"genre": cases()}


def rows_of(name: str, change: Guise) -> Counter:
    """What the rows of a group of texts say, one text at a time: a row lost here is not made up for there."""
    out: Counter = Counter()
    for number, text in enumerate(texts()[name]):
        changed = change(text)
        rows = extract_text(changed, 0, len(changed))
        check(changed, rows)
        out.update((number, *essence(row)) for row in rows)
    return out


@cache
def plain(name: str) -> Counter:
    return rows_of(name, lambda text: text)


def essence(row: ExtractedTarget) -> tuple:
    measured = standardise(row.value, row.unit) if row.unit else (row.value, None)
    return row.kind, *measured, row.comparator, row.target_year, row.indicator


# a case of the genre is a few lines; wrapped, they are too few to tell how wide the page is
LEAST = {"plans": 0.99, "genre": 0.96}


@pytest.mark.parametrize("guise", GUISES)
def test_rows_are_the_same_in_another_guise(guise):
    spaced = guise.endswith("spaced")  # … or whether an empty line stands behind every line
    for group in ("plans", "genre")[: 1 if spaced else 2]:
        before, after = Counter(), Counter()
        for name in [n for n in texts() if (n == "genre") == (group == "genre")]:
            before.update({(name, *k): n for k, n in plain(name).items()})
            after.update({(name, *k): n for k, n in rows_of(name, GUISES[guise]).items()})
        kept = (before & after).total() / before.total()
        added = (after - before).total() / before.total()
        assert kept >= LEAST[group], (group, list((before - after).elements())[:10])
        assert added <= 1.01 - LEAST[group], (group, list((after - before).elements())[:10])
