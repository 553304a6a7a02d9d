"""Whose place a figure is for: 全国 and 我国 in the plan of a smaller place, 全省 in that of a city."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from compare.extraction.attribution.own_document import (
    COUNTY,
    PREFECTURE,
    PROVINCE,
    OwnDocument,
)
from compare.extraction.rules import Rule
from compare.vocabulary.lexicon import rx, words

_RANKS = {"省": PROVINCE, "自治区": PROVINCE, "市": PREFECTURE, "州": PREFECTURE, "盟": PREFECTURE, "县": COUNTY, "区": COUNTY, "旗": COUNTY}  # fmt: skip
_DATE = r"(?:(?:到|至|在|自|于)?(?:20|19)\d\d年(?:底|末)?(?:前|左右|前后|以前)?|[“\"]?十[一二三四五六七八九]五[”\"]?(?:期间|末|时期)?)"
LEAD = re.compile(
    rf"(?:{_DATE}|当前|目前|届时|此外|同时|而|但|其中|因此|力争|争取|确保|预计|如期|要|将|使|即|也|并)*,?"
)
"""Words before a subject that say nothing of whose it is."""
_LEVEL = re.compile(
    "(?:要|将|力争|应|也|均|平均|总体|整体|共|预计|基本|水平)*(?:达到|达|为|约|提高|上升|下降|降低|降至|降到|控制在|增长|增加|实现)"
)
_DATED = re.compile(rf"(?:力争|争取|确保|将|要|在|于|如期|也|实现|提出的?)*{_DATE}")
_WORD = re.compile(
    r"我国|全国|中国(?=力争|将|承诺|在|到|要|单位|二氧化碳|碳排放|的?非化石)|国家(?=层面|力争|将|到|承诺)|[全我](?:自治区|[省市州盟县旗区](?!域|场|级|校|间))"
)


class ScopeWord(NamedTuple):
    """A word that names a place which may not be the text's own.

    Attributes
    ----------
    word : str
        全国, 我省 …
    clause : str
        Its clause up to the word.
    behind : str
        What follows it in the sentence.
    own : OwnDocument
    """

    word: str
    clause: str
    behind: str
    own: OwnDocument


def scope_words() -> re.Pattern[str]:
    """Finds the words that `RULES` look at."""
    return _WORD


@cache
def _excluded() -> tuple[re.Pattern[str], re.Pattern[str]]:
    a = words()["attribution"]
    return re.compile(a["not_scope_re"]), re.compile(f"(?:{a['before_scope_re']})$")


def _governs(w: ScopeWord) -> bool:
    """The word says whose the figure is: it opens the clause, a date follows it, or a level does."""
    behind, before = _excluded()
    rest = rx("层面|范围内").sub("", w.behind, count=1) if w.word == "国家" else w.behind
    if behind.match(rest) or rx("[、和及与](?:全|我|本)").match(rest):
        return False
    if LEAD.fullmatch(w.clause):
        return True
    if _DATED.match(rest):
        return not w.clause.endswith(("与", "和", "同", "跟", "较", "比"))
    return len(w.clause) > 1 and not before.search(w.clause) and bool(_LEVEL.match(rest))


def _is_nation(w: ScopeWord) -> bool:
    return w.word[-1] in "国家" and w.own.is_local and _governs(w)


def _is_above(w: ScopeWord) -> bool:
    rank = _RANKS.get(w.word[1:])
    if rank is None or not w.own.is_above(rank) or w.word[1:] in w.own.classes:
        return False
    return _governs(w)


RULES = (
    Rule(
        "goal-of-the-nation",
        "In the plan of a smaller place a goal of the nation is the nation's.",
        "of_others",
        _is_nation,
        taken="我市将积极行动。到2025年，全国非化石能源消费比重达到«20%»左右。",
        left="到2025年，全市非化石能源消费比重达到«20%»左右，处于全国领先水平。",
    ),
    Rule(
        "goal-of-the-place-above",
        "In the plan of a city a goal of its province is the province's; so at each level.",
        "of_others",
        _is_above,
        taken="到2025年，全省森林覆盖率达到«45%»，全市达到40%，我市排名靠前。",
        left="到2025年，我省森林覆盖率达到«45%»。",
    ),
)
