"""Spans of a target: those of the release's table ``spans``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from compare.base.workspace import curated_dir
from compare.extraction.row.spans import ROLES, Role, Span
from compare.schema.records import Target, TargetSpan, records

_ROLES: dict[str, Role] = {role: role for role in ROLES}


def spans_of(target: Target, start: int, text: str) -> tuple[Span, ...]:
    """Where the words stand that made a row, in the raw text.

    Parameters
    ----------
    target : Target
    start, text : int, str
        What is shown of the raw text, and where it begins.

    Returns
    -------
    tuple of Span
        At least its value. None but that where the release tells no more of this row: it has no
        table ``spans``, or the row is not the release's.
    """
    value = Span(target.start, target.end, "value")
    kept = {Span(s.start, s.end, _ROLES[s.role]) for s in _known(target, start, text)}
    return tuple(sorted(kept | {value}))


def _known(target: Target, start: int, text: str) -> list[TargetSpan]:
    known = [s for s in _curated().get(target.target_id, []) if s.doc == target.doc]
    own = (target.start, target.end, "value")
    if own not in ((s.start, s.end, s.role) for s in known):
        return []
    end = start + len(text)
    for s in known:
        a, b = max(s.start, start), min(s.end, end)
        if a < b and text[a - start : b - start] != s.text[a - s.start : b - s.start]:
            return []  # of another text
    return known


def _curated() -> dict[str, list[TargetSpan]]:
    file = curated_dir() / "spans.parquet"
    return _read(file, file.stat().st_mtime_ns) if file.exists() else {}


@lru_cache(maxsize=2)
def _read(file: Path, stamp: int) -> dict[str, list[TargetSpan]]:
    from compare.curation.tables import read_table

    out: dict[str, list[TargetSpan]] = {}
    for span in records(read_table("spans"), TargetSpan):
        out.setdefault(span.target_id, []).append(span)
    return out
