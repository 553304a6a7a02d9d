"""Plausibility flags: their codes, limits and words (``vocabulary/flags.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from compare.base.workspace import vocabulary_file

_WORDS = ("why_zh", "why_en", "rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One check: its words, which state its limits, and the limits that it uses (else 0 or empty).

    Attributes
    ----------
    code, name_zh, name_en, why_zh, why_en, rule : str
    least, most : float
        The range of a share, in %.
    times, years, percent : float
        How many times as large; within how many years; which share of the nation's target.
    total : str
        The indicator that is a sum of others.
    parts : mapping of str to list of str
        Indicators that each variant of the total holds for certain.
    indicators : tuple of str
        Those that are checked.
    """

    code: str
    name_zh: str
    name_en: str
    why_zh: str
    why_en: str
    rule: str
    least: float = 0
    most: float = 0
    times: float = 0
    years: float = 0
    percent: float = 0
    total: str = ""
    parts: Mapping[str, list[str]] = field(default_factory=dict)
    indicators: tuple[str, ...] = ()


@cache
def known() -> dict[str, Flag]:
    """The checks by code, with limits and words; the words state the limits."""
    raw = tomllib.loads(vocabulary_file("flags.toml").read_text(encoding="utf-8"))
    return {code: _flag(code, spec) for code, spec in raw.items()}


def _flag(code: str, spec: dict[str, Any]) -> Flag:
    words: dict[str, Any] = {name: spec[name].format(**spec) for name in _WORDS}
    words["indicators"] = tuple(spec.get("indicators", ()))
    return Flag(code=code, **spec | words)


def page() -> str:
    """The checks as a Markdown table: one row a check (in ``docs/method.md``)."""
    lines = ["| flag | name | raised where |", "|---|---|---|"]
    lines += [f"| `{f.code}` | {f.name_en} ({f.name_zh}) | {f.rule} |" for f in known().values()]
    return "\n".join(lines) + "\n"
