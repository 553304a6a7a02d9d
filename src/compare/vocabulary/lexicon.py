"""The extractor's words (``vocabulary/lexicon.toml``), compiled once into patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache

from compare.base.workspace import vocabulary_file

# a pattern compiled once, wherever it is written; cheaper at each use than re's own cache
rx = lru_cache(maxsize=None)(re.compile)


@cache
def words() -> dict:
    """The lexicon as read from its file."""
    return tomllib.loads(vocabulary_file("lexicon.toml").read_text(encoding="utf-8"))


def any_of(*lists: Iterable[str]) -> str:
    """A pattern that matches any of the words, longest first.

    Words of one first character share it, so that a place where none begins is left quickly.
    """
    heads: dict[str, list[str]] = {}
    for word in sorted({w for part in lists for w in part}, key=lambda w: (-len(w), w)):
        heads.setdefault(word[0], []).append(word[1:])
    return "(?:" + "|".join(re.escape(h) + _rest(tails) for h, tails in heads.items()) + ")"


def _rest(tails: list[str]) -> str:
    longer = "|".join(re.escape(t) for t in tails if t)
    return f"(?:{longer})" + "?" * ("" in tails) if longer else ""


def opens_any_of(*lists: Iterable[str]) -> str:
    """A look-ahead for the first characters of the words: fails at once where none can begin."""
    first = sorted({w[0] for part in lists for w in part})
    return f"(?=[{re.escape(''.join(first))}])"
