"""Signs: what must stand in a sentence, or be known of a figure, before a rule is worth asking.

Most rules cannot apply to most sentences: without 已 or 截至 nothing is told as done. A rule says which
signs it needs (``Rule.needs``), a sentence is looked through for all of them once, and
`compare.extraction.rules.Table` asks no rule that lacks one. Signs save time and decide nothing: a rule must
leave without them what it leaves with them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import count

from compare.vocabulary.needed_words import needed_words

_bits = count()
_characters: dict[str, int] = {}  # words of one character, with their signs
_words: dict[str, dict[str, int]] = {}  # longer ones by their first character, with theirs


def state() -> int:
    """A new sign that no word gives: something that is known of a case."""
    return 1 << next(_bits)


@cache
def any_word(words: str) -> int:
    """The sign that one of some words stands in a text.

    Parameters
    ----------
    words : str
        With | between them: ``已|截至``. Those of one character are found in words that a date was cut
        out of, too; longer ones only as the text has them.
    """
    sign = state()
    for word in words.split("|"):
        known = _words.setdefault(word[0], {}) if len(word) > 1 else _characters
        known[word] = known.get(word, 0) | sign
    signs_in.cache_clear()
    return sign


def needed_by(pattern: str | re.Pattern[str]) -> int:
    """The sign that one of the words stands in a text without which a pattern cannot match; 0 without such words."""
    pattern = re.compile(pattern)
    words = needed_words(pattern.pattern, pattern.flags)
    return any_word("|".join(sorted(words))) if words else 0


@lru_cache(maxsize=16)
def signs_in(text: str) -> int:
    """The signs whose words stand in a text."""
    found = 0
    for first in set(_firsts(len(_characters), len(_words)).findall(text)):
        found |= _characters.get(first, 0)
        for word, sign in _words.get(first, _NONE).items():
            if word in text:
                found |= sign
    return found


_NONE: dict[str, int] = {}


@cache
def _firsts(*_: int) -> re.Pattern[str]:
    """The first characters of all words, of which there are so many by now."""
    return re.compile(f"[{re.escape(''.join({*_characters, *_words}))}]")
