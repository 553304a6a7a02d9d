"""Rows that somebody has read: ``data/review/seen.txt``."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from compare.base import workspace
from compare.base.atomic_files import write_file
from compare.base.errors import CompareError, nearest
from compare.base.read_files import read_text
from compare.review.review_files import SEEN_FILE

_HEADER = "# Rows that have been read: document and target_id. A row that is not here is new (docs/review.md).\n"


def _file() -> Path:
    return workspace.review_dir() / SEEN_FILE


def read_seen(docs: Collection[str] | None = None) -> dict[str, set[str]]:
    """``target_id`` of the rows that somebody has read, by document.

    Parameters
    ----------
    docs : collection of str, optional
        The documents that there are.

    Raises
    ------
    CompareError
        A line that is not a document and a target_id, or names no document.
    """
    path = _file()
    out: dict[str, set[str]] = {}
    lines = read_text(path).splitlines() if os.path.lexists(path) else []
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        words = line.split()
        if len(words) != 2:
            raise CompareError(f"not a document and a target_id: {line!r}", path, number)
        if docs is not None and words[0] not in docs:
            hint = nearest(words[0], sorted(docs))
            raise CompareError(f"data/raw has no {words[0]!r}{hint}", path, number)
        out.setdefault(words[0], set()).add(words[1])
    return out


def mark_seen(doc: str, target_id: str) -> None:
    """Add a row to those that were read."""
    seen = read_seen()
    seen.setdefault(doc, set()).add(target_id)
    lines = [f"{name} {one}\n" for name in sorted(seen) for one in sorted(seen[name])]
    write_file(_file(), (_HEADER + "".join(lines)).encode())
