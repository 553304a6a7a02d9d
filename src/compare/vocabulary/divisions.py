"""The gazetteer: provinces, prefectures and counties by name (``vocabulary/divisions.csv``).

Names, levels and parents are those of the statistical division codes of the National Bureau of
Statistics as of 2023-06-30 (codes of GB/T 2260). Towns, zones and parks are not in it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache

from compare.base.workspace import vocabulary_file
from compare.vocabulary.lexicon import any_of, words

_CLASS = re.compile("(?:省|市|盟|地区|州|县|区|旗)$")
# how the autonomous ones are called for short: 海西蒙古族藏族自治州 → 海西州
_AUTONOMOUS = {"自治区": "", "自治州": "州", "自治县": "县", "自治旗": "旗"}


@dataclass(frozen=True)
class Gazetteer:
    """Names of divisions.

    Attributes
    ----------
    level : dict of str to str
        ``province``, ``prefecture`` or ``county`` of each name with its class word (昆明市, 海西州); the highest
        where several share it.
    bare : dict of str to str
        The same of each name without its class word (昆明, 信丰), two characters at least.
    longest : int
        Length of the longest name.
    heads : frozenset of str
        How names begin, two characters each: what begins otherwise is left at once.
    """

    level: dict[str, str]
    bare: dict[str, str]
    longest: int
    heads: frozenset[str]

    def at_head(self, text: str) -> str:
        """The longest name with its class word that ``text`` begins with; empty where it begins with none."""
        text = str(text)  # of words that know where they stand, the characters alone
        if text[:2] not in self.heads:
            return ""
        for size in range(min(len(text), self.longest), 1, -1):
            if text[size - 1] in _ENDS and text[:size] in self.level:
                return text[:size]
        return ""


_ENDS = frozenset("省市盟区州县旗城")


@cache
def gazetteer() -> Gazetteer:
    """The names as read from the file, with the short forms of the autonomous divisions."""
    level: dict[str, str] = {}
    bare: dict[str, str] = {}
    known = words()["places"]
    peoples = re.compile(f"(?:{any_of(known['peoples'])}(?:各族|族)?)+$")
    no_name = set(known["not_bare"])
    with vocabulary_file("divisions.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda r: r["adcode"][2:] != "0000")
    for row in rows:
        name, own = row["name_zh"], row["level"]
        level.setdefault(name, own)
        kind = next((k for k in _AUTONOMOUS if name.endswith(k)), "")
        stem = peoples.sub("", name.removesuffix(kind)) if kind else _CLASS.sub("", name)
        if kind and _AUTONOMOUS[kind]:
            level.setdefault(stem + _AUTONOMOUS[kind], own)
        if len(stem) > 1 and stem not in no_name:
            bare.setdefault(stem, own)
    return Gazetteer(level, bare, max(map(len, level)), frozenset(n[:2] for n in level))
