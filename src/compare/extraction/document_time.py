"""When a document was issued: what is past for it, and what is ahead.

Its date of issue where that is known (given, or told by the text); else the most likely year, from
the years and five-year plans that it tells as facts and those that it sets as goals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

from compare.extraction.date_words import YEAR_OF_REPUBLIC, date_matches, plan_years, year_of
from compare.vocabulary.lexicon import rx

Basis = Literal["given", "text", "years", "none"]
Kind = Literal["fact", "status", "over", "baseline", "goal", "plan", "moved", "bare"]

# 2023年5月9日 on a line of its own, or followed by what was done on it
_DAY = re.compile(r"((?:19|20|21)\d\d)年\d{1,2}月\d{1,2}日")
_ISSUE_BEHIND = re.compile(
    r"[)〕]?(?:$|\n)|[)〕]?[^,。;\n]{0,6}(?:印发|发布|公布|颁布|通过|批准|同意|起施行)"
)
_HEAD, _TAIL = 3000, 400
_NAMES = re.compile(r"《[^》]{0,120}》|〔[^〕]{0,60}〕")
_PERIOD = 5  # years of a plan
_NEARLY = 1.0
_USUAL = 2  # a plan for the years up to 2025 is usually issued by 2023

AFTER_BASELINE = re.compile(
    r"(?:的)?(?:水平|基准|基数|排放水平|实际)?(?:相比|为基准|为基期|为基数|基础上|的基础上|同期|的\d[\d.]*倍|水平(?:减|降|下|提|增|上)|水平$|水平,)"
)
BASELINE_WORD = re.compile(r"(?:基准年|基年|基期)(?:\(|为|即)?$")
PAST_WORD = re.compile(
    r"已(?!有|知)|累计已|共有|成为|荣获|获评|被评为|获批|历史新高|年?度[^,;。]{0,20}(?:考核|评估|评价)中|首次|同比|[较比]上年"
)
FUTURE_WORD = re.compile(r"力争|争取|努力|确保|目标|(?<!现)将|要")
COMPARED = ("比", "较", "相", "对比")


@dataclass(frozen=True, slots=True)
class DocumentTime:
    """The year of a document.

    Attributes
    ----------
    year : int
        Year of issue, or the most likely one.
    basis : str
        ``given`` (a date of issue from outside), ``text`` (the text tells it), ``years`` (estimated
        from its years), ``none`` (nothing tells it: what could be a fact is kept as a goal).
    """

    year: int
    basis: Basis

    @property
    def known(self) -> bool:
        """Whether the date of issue is known, not estimated."""
        return self.basis in ("given", "text")


def document_time(text: str, issued: int | None = None, republic: bool = False) -> DocumentTime:
    """The time of a document.

    Parameters
    ----------
    text : str
        Clean text of the plan.
    issued : int, optional
        Year of issue, where it is known from elsewhere.
    republic : bool
        The text counts in years of the Republic.
    """
    if issued is not None:
        return DocumentTime(issued, "given")
    told = _issue_told(text)
    if told is not None:
        return DocumentTime(told, "text")
    return _estimated(_mentions(text, republic))


def _issue_told(text: str) -> int | None:
    """The year of a day that reads as the date of issue."""
    years = []
    for start, part in ((0, text[:_HEAD]), (max(0, len(text) - _TAIL), text[-_TAIL:])):
        for m in _DAY.finditer(part):
            if _ISSUE_BEHIND.match(text, start + m.end()):
                years.append(int(m[1]))
    return max(years, default=None)


@dataclass(frozen=True, slots=True)
class Mention:
    """A year of the text, what it is told as, and where its sentence begins."""

    kind: Kind
    year: int
    sentence: int


def _mentions(text: str, republic: bool) -> list[Mention]:
    """Years of a text with what each is told as."""
    text = _NAMES.sub(lambda m: "□" * len(m[0]), text)
    out = []
    for m in date_matches(text, 0, len(text), republic):
        if m["fiscal"] or m["relative"]:
            continue
        sentence = max(text.rfind("。", 0, m.start()), text.rfind("\n", 0, m.start()))
        found = _plan_mentions(text, m) if m["plan"] else _year_mentions(text, m)
        out += [Mention(kind, year, sentence) for kind, year in found]
    return _with_first_steps(out)


def _with_first_steps(mentions: list[Mention]) -> list[Mention]:
    """2025年达到20%,到2030年达到25%: a bare year of a plan's end before a goal is a goal."""
    steps = [m.kind in ("moved", "bare") and m.year % _PERIOD == 0 for m in mentions]
    last: dict[int, int] = {}  # the last year that a sentence aims at, or may aim at
    for mention, step in zip(mentions, steps, strict=True):
        if step or mention.kind == "goal":
            last[mention.sentence] = max(mention.year, last.get(mention.sentence, 0))
    return [
        replace(m, kind="goal") if step and last[m.sentence] > m.year else m
        for m, step in zip(mentions, steps, strict=True)
    ]


def _year_mentions(text: str, m: re.Match[str]) -> Iterator[tuple[Kind, int]]:
    years = [year_of(m["first"])]
    if m["rest"]:
        years += [year_of(y[0]) for y in rx(YEAR_OF_REPUBLIC).finditer(m["rest"])]
    kind = _kind(text, m)
    if kind == "bare" and m["rest"].startswith(("至", "到", "-", "—", "~")):
        yield "goal", years[-1]  # 2024—2027年: a period that ends
    elif kind:
        for year in years:
            yield kind, year


def _plan_mentions(text: str, m: re.Match[str]) -> Iterator[tuple[Kind, int]]:
    suffix = m["psuf"]
    for end in plan_years(m["plan"]):
        if m["ppre"] in ("较", "比", "自", "从"):
            yield "baseline", end
        elif suffix == "以来":
            yield "over", end - _PERIOD + 1
        elif suffix and suffix != "规划":
            told = rx("[^。;]{0,40}(?:超额完成|圆满|(?<=[\u4e00-\u9fff])了)").match(text, m.end())
            yield ("over", end + 1) if told else ("plan", end)


# words right behind a year, or in its clause, that say what it is told as
_LED_BEHIND = re.compile("[,]?(?:力争|力求|争取|将|要|确保|预计|计划)|达成")
_BINDS = re.compile("[^;]{0,24}(?:不低于|不高于|不少于|不超过|控制在|提[升高][至到]|降[至到])")
_ISSUED_THEN = re.compile("公布|印发|发布|释出|出台|签署")
_IS = re.compile(r"(?:为|(?<!节)约占?|仅)\d")
_TERM = re.compile("展望|近期|中期|远期")
_TOLD_OF_DAY = re.compile(r"\d{1,2}日[^;]*?(?:已(?!有|知)|了(?!解)|首次|获[评批])")


def _kind(text: str, m: re.Match[str]) -> Kind | None:
    """What the year is told as; None where it says nothing of the document's time."""
    pre, suffix = m["pre"], m["suf"]
    before = text[max(0, m.start() - 6) : m.start()]
    whole = text[m.end() : m.end() + 80]
    whole = whole[: next((i for i, c in enumerate(whole) if c in "。;\n"), None)]
    rest = whole[:30]
    if "日" in m["month"]:  # 2026年3月31日前: a deadline may be near, and many have passed
        return None
    day = rx(r"\d{1,2}日").match(rest)
    if day:  # 于2026年3月31日报送总结 may be still to come
        told = _ISSUE_BEHIND.match(text, m.end() + day.end()) or _TOLD_OF_DAY.match(rest)
        return "fact" if told or before.endswith(("已", "已于")) else None
    if (
        pre.startswith(COMPARED)
        or BASELINE_WORD.search(before)
        or AFTER_BASELINE.match(rest)
        or (pre == "以" and rx("[^,]*(?:基准|基期|基数)").match(whole))
    ):
        return "baseline"
    if pre in ("从", "由", "自"):
        return None if suffix in ("起", "以后", "后") else "baseline"
    if pre in ("与", "以"):
        return None
    if suffix == "以来" or (pre.startswith("截") and not rx(".*(?:全部|将|要)").match(rest)):
        return "fact"
    if "已" in before[-3:] or _ISSUED_THEN.match(rest):
        return "fact"
    if suffix in ("起", "后", "以后"):
        return None
    if (
        pre in ("到", "至")
        and before[-1:] in tuple("升增降高加低减")
        and rx(r"的约?\d").match(rest)
    ):
        return "moved"  # 由35%下降到2025年的32%: told of what has been and of what is to come
    in_brackets = before[-1:] == "(" and rest[:1] == ")"  # 达到30%(2027年)
    if in_brackets or FUTURE_WORD.search(before) or _TERM.search(before) or _LED_BEHIND.match(rest):
        return "goal"
    if pre in ("到", "至", "于") or suffix not in ("", "期间", "时"):
        return None if PAST_WORD.search(rest) else "goal"
    if "超额完成" in whole or rx("[^;]*[较比]上年").match(rest):
        return "fact"
    if PAST_WORD.search(rest) or (_IS.search(whole) and not FUTURE_WORD.search(whole)):
        return "status"
    return "goal" if _BINDS.match(rest) else "bare"


def _period_end(year: int) -> int:
    return -(-year // _PERIOD) * _PERIOD


def _estimated(mentions: list[Mention]) -> DocumentTime:
    """The year in which a text with these years was most likely issued.

    It is that of the five-year plan whose facts, baselines and goals fit best; a plan is usually
    issued in its first three years.
    """
    years = {kind: sorted({m.year for m in mentions if m.kind == kind}) for kind in get_args(Kind)}
    bare = {*years["moved"], *years["bare"]}
    newest = max([*years["fact"], *years["over"]], default=0)
    # “十三五”时期…, 2020年…, 到2025年…: a plan whose last year is told, and not aimed at, is over
    for end in years["plan"]:
        aimed = [y for y in years["goal"] if y > end - _PERIOD]
        if aimed and min(aimed) > end and end in (*years["status"], *bare):
            newest = max(newest, end + 1)
    ahead = [y for y in (*years["goal"], *years["plan"]) if y > newest]
    # what stands as a status counts as a fact where nothing before it is set as a goal
    told = [y for y in years["status"] if y < min(ahead, default=y + 1)]
    if ahead or newest or (len(years["status"]) == 1 and not bare):
        newest = max([newest, *told])
    if not ahead and not newest:
        return _without_goals({*years["status"], *years["moved"]}, bare)
    if newest % _PERIOD and newest in (*years["fact"], *years["status"]):
        return DocumentTime(newest, "years")  # later than the usual base, the end of a plan
    ends = {_period_end(y) for y in ahead}
    if newest:
        ends.add(_period_end(newest + 1))
    fits = {end: sum(_fit(m.kind, m.year, end) for m in mentions) for end in sorted(ends)}
    # the earlier of two plans that fit nearly as well: a goal lost is worse than a fact kept
    end = next(end for end, fit in fits.items() if fit >= max(fits.values()) - _NEARLY)
    ahead = [y for y in ahead if y > end - _PERIOD]
    # a goal is set before its year begins
    return DocumentTime(max(newest, min([end - _USUAL, *(y - 1 for y in ahead)])), "years")


def _without_goals(status: set[int], bare: set[int]) -> DocumentTime:
    """The time of a text that sets no year as a goal and tells none as a fact.

    Where it says of a year how things stood or had moved (2022年,占比为14%), its newest year tells the time, if no
    five-year plan ends in it and the years are not steps. Bare years alone tell nothing.
    """
    years = sorted(status | bare)
    if status:
        steps = len(years) > 2 and years[-1] - years[0] == len(years) - 1
        if years[-1] % _PERIOD and not steps:
            return DocumentTime(years[-1], "years")
        if years[0] % _PERIOD and len(years) == 2:
            return DocumentTime(years[0], "years")
    return DocumentTime(years[0] - 1 if years else 0, "none")


def _fit(kind: Kind, year: int, end: int) -> float:
    """How well a year fits a document of the plan that ends in ``end``."""
    begin = end - _PERIOD
    if kind in ("fact", "over"):
        return -10 if year > end else 2 if year >= begin else 1
    if kind == "status":
        return 0 if year > end else 0.5 if year >= begin else 0.2
    if kind == "baseline":
        return 1 if year == begin else 0.5 if begin < year < end else -0.5 if year >= end else 0
    if kind == "goal":
        return (
            1 if begin < year <= end else -1 if year <= begin else max(0, 0.9 - 0.05 * (year - end))
        )
    if kind == "plan":
        return 1.5 if year == end else 0
    return 0.3 if year == begin else 0.2 if begin < year <= end else 0
