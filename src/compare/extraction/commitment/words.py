"""Patterns for the words around a figure, compiled from the lexicon."""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.sentence import MASK, Sentence
from compare.vocabulary.lexicon import any_of, opens_any_of, rx, words

COUNTED = frozenset({"count", "boxes"})
RELATIVE = frozenset({"share", "points", "tenths", "times"})
PHYSICAL = frozenset(
    {"power", "energy", "mass", "volume", "area", "length", "money", "temperature", "per"}
)
# the words that decide stand right before the figure
_NEAR = 16


@cache
def words_before_figure() -> dict[str, re.Pattern]:
    """Patterns for the words right before a figure (each anchored at the end)."""
    b, p, a = words()["bounds"], words()["predicates"], words()["achieve"]
    level = [w for w in p["level"] if w not in ("将", "在")]
    up = [w for w in p["up"] if w not in ("新增", "净增")]
    return {
        "before": re.compile(
            rf"{opens_any_of(*(b[k] for k in b if k.endswith('before')))}"
            rf"(?:(?P<ge>{any_of(b['at_least_before'])})|(?P<le>{any_of(b['at_most_before'])})"
            rf"|(?P<gt>{any_of(b['more_before'])})|(?P<lt>{any_of(b['less_before'])})|(?P<about>(?<!节){any_of(b['about_before'])}))"
            r"(?:达到|到|至|在|了|过|有|达)?$"
            r"|(?P<each>(?P<least>至少|不少于)(?:新?建成|新建|打造|培育|创建|完成|举办))$"
        ),
        "level": re.compile(rf"{any_of(level)}(?:年均|平均|累计|分别|约|大约|均)*$"),
        "raise": re.compile(rf"{any_of(p['down'], p['up'])}(?:到|至)$"),
        "down": re.compile(rf"{any_of(p['down'])}(?:了|约|幅度)?$"),
        "up": re.compile(rf"{any_of(up)}(?:了|约|幅度)?$"),
        "achieve": re.compile(
            rf"{any_of(a['verbs'])}(?:了|约|至少|不少于|不低于|超过|大约|起|出|率先|一批)?(?:{MASK})*$"
        ),
        "undated": re.compile(rf"{any_of(a['undated'])}$"),
        "done": re.compile(any_of(words()["names"]["actions"])),
        "facts": re.compile(words()["facts"]["words_re"]),
        "verbs": re.compile(
            rf"(?:{any_of(a['verbs'])}|着力|重点|积极|大力|努力|保障|至少|在|于|以|对|将|使|的)+"
        ),
    }


def ends_with(name: str, text: str) -> bool:
    """Whether ``text`` ends with the words of a pattern of `patterns`."""
    return bool(words_before_figure()[name].search(text[-_NEAR:]))


@cache
def _commitment_patterns() -> dict[str, re.Pattern]:
    return {name: re.compile(pattern) for name, pattern in words()["commitment"].items()}


def contains(name: str, text: str) -> bool:
    return bool(_commitment_patterns()[name].search(text))


def begins(name: str, text: str) -> bool:
    return bool(_commitment_patterns()[name].match(text))


def is_yearly(s: Sentence, at: int) -> bool:
    """每年 in an earlier clause of an undated list: 每年组织A 3场以上,组织B 4场以上."""
    if any(d.role == "horizon" and d.start < at for d in s.dates):
        return False
    found = s.masked.find("每年", 0, at)
    return found >= 0 and not rx("[;。]").search(s.masked[found:at])
