"""Reasons to look at a row: their codes and words (``vocabulary/review_reasons.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from compare.base.workspace import vocabulary_file


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReason:
    """Why a person should look at a row, in both languages."""

    code: str
    zh: str
    en: str


@cache
def known() -> dict[str, ReviewReason]:
    """The reasons by code."""
    raw = tomllib.loads(vocabulary_file("review_reasons.toml").read_text(encoding="utf-8"))
    return {code: ReviewReason(code=code, **words) for code, words in raw.items()}
