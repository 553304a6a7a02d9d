"""The extractor's words (``vocab/lexicon.toml``), compiled once into patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache

from compare.paths import vocab

# a pattern compiled once, wherever it is written; cheaper at each use than re's own cache
rx = lru_cache(maxsize=None)(re.compile)


@cache
def words() -> dict:
    """The lexicon as read from its file."""
    return tomllib.loads(vocab("lexicon.toml").read_text(encoding="utf-8"))


def any_of(*lists: list[str]) -> str:
    """A pattern that matches any of the words, longest first."""
    flat = sorted({w for part in lists for w in part}, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(map(re.escape, flat)) + ")"
