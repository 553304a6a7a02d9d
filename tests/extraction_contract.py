"""What every extracted row keeps to, and the passages of the genre to try it on."""

from __future__ import annotations

from functools import cache

from conftest import ROOT

from compare.evaluation.labels import read_jsonl
from compare.extraction.row.extracted_target import ExtractedTarget
from compare.schema import fields

HERE = ROOT / "data" / "labels"
CODES = {f.name: f.codes for f in fields.table("targets").columns if f.codes}


def check(text: str, rows: list[ExtractedTarget]) -> None:
    """The contract of every row, whatever the text."""
    assert [r.start for r in rows] == sorted(r.start for r in rows)
    keys = [(r.start, r.indicator_text, r.target_year, r.tier) for r in rows]
    assert len(set(keys)) == len(keys)
    starts = {r.start for r in rows}
    for r in rows:
        assert 0 <= r.start < r.end <= len(text)
        assert text[r.start : r.end] == r.value_text
        a = r.evidence_start
        assert text[a : a + len(r.evidence)] == r.evidence
        assert a <= r.start and r.end <= a + len(r.evidence)
        assert r.indicator_text.strip() and r.measure and r.tier and r.effort
        assert r.repeats is None or (r.repeats in starts and r.repeats < r.start)
        for name, allowed in CODES.items():
            value = getattr(r, name, None)
            held = value if isinstance(value, tuple) else (value,)
            assert {None, *allowed}.issuperset(held), (name, r)
        if r.kind in ("deferred", "directional"):
            assert r.value is None and r.comparator is None
        else:
            assert r.comparator or r.value is None
        assert (r.direction is None) == (r.measure == "level")


@cache
def cases() -> tuple[str, ...]:
    return tuple(
        c["text"]
        for name in ("forms", "unseen", "further")
        for c in read_jsonl(HERE / "genre" / f"{name}.jsonl")
    )
