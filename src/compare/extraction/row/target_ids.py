"""Ids of targets: they come from what a row says and where, not from where it stands among others."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol


class _Named(Protocol):
    """What an id is made of."""

    @property
    def doc(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def indicator_text(self) -> str: ...
    @property
    def target_year(self) -> int | None: ...


def target_id(doc: str, start: int, indicator_text: str, later_year: int | None = None) -> str:
    """Stable id of a target.

    Parameters
    ----------
    later_year : int, optional
        Horizon of a row whose span and words an earlier horizon has, too (“十四五”、“十五五”期间…).
    """
    key = f"{doc}\0{start}\0{indicator_text}" + (f"\0{later_year}" if later_year else "")
    return "t-" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def target_ids(rows: Sequence[_Named]) -> list[str]:
    """``target_id`` of the rows of one document; it does not depend on their order."""
    first: dict[tuple[int, str], int | None] = {}
    for r in rows:
        key = (r.start, r.indicator_text)
        if (r.target_year or 0) < (first.setdefault(key, r.target_year) or 0):
            first[key] = r.target_year
    return [
        target_id(
            r.doc,
            r.start,
            r.indicator_text,
            r.target_year if r.target_year != first[r.start, r.indicator_text] else None,
        )
        for r in rows
    ]
