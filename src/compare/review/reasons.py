"""Reasons to look at a row: flags, what the extractor is less sure of, rows that nobody has read."""

from __future__ import annotations

from collections.abc import Collection

from compare.display.code_words import reason_words
from compare.schema.records import Target

NEW = "new since the last reading"


def reasons(row: Target, read: Collection[str] | None = None) -> list[str]:
    """All reasons to look at a row, in words; empty where there is none.

    Parameters
    ----------
    row : Target
    read : collection of str, optional
        ``target_id`` of the rows that somebody has read: of those only a flag is a reason to look
        again. Without it, no row counts as read, and none as new.
    """
    flags = [f"flag {code}" for code in row.flags]
    if read is not None and row.target_id in read:
        return flags
    unsure = [reason_words(code, "en") for code in row.review_reasons]
    return [*flags, *unsure, *([] if read is None else [NEW])]
