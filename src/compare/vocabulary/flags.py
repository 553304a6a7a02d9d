"""Plausibility flags: their codes, limits and words (``vocabulary/flags.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache

from compare.base.workspace import vocabulary_file

_WORDS = ("why_zh", "why_en", "rule")


@cache
def vocabulary() -> dict[str, dict]:
    """The checks by code, with limits and words (``vocabulary/flags.toml``); the words state the limits."""
    raw = tomllib.loads(vocabulary_file("flags.toml").read_text(encoding="utf-8"))
    return {
        code: spec | {word: spec[word].format(**spec) for word in _WORDS}
        for code, spec in raw.items()
    }


def page() -> str:
    """The checks as a Markdown table: one row a check (in ``docs/method.md``)."""
    lines = ["| flag | name | raised where |", "|---|---|---|"]
    for code, spec in vocabulary().items():
        lines.append(f"| `{code}` | {spec['name_en']} ({spec['name_zh']}) | {spec['rule']} |")
    return "\n".join(lines) + "\n"
