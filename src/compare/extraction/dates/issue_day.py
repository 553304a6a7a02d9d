"""Which days of a text read as the day on which it was issued, by named rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from compare.extraction.rules import Decision, Rule, first
from compare.vocabulary.lexicon import rx

ISSUED, TERM, OTHERS = "issued", "term", "of_others"
"""What a day is: that of issue; one that is still to come, or to which something lasts; another document's."""

_HEAD, _TAIL = 3000, 400  # characters in which a document says when it was issued
_HAN = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○O", "0")
_DAY = re.compile(
    r"(?P<year>(?:19|20|21)\d\d|[二2][〇○零O0][〇○零O0-9一二三四五六七八九]{2})年(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日|(?![底末份初中上下\d一二三四五六七八九十]))"
)
# the day on which a page shows a document
_SHOWN = re.compile(
    r"(?:(?:发布|成文|印发|发文|公布)(?:时间|日期)|(?<![\u4e00-\u9fff])(?:时间|日期)):(?P<year>(?:19|20)\d\d)[-/.年]\d{1,2}[-/.月]\d{1,2}"
    r"|(?<![^\n])(?P<stamp>(?:19|20)\d\d)-\d\d-\d\d(?:\d\d:\d\d|来源|\n|$)"
)
_DONE = "印发|发布|公布|颁布|出台|释出|签发|审议通过|通过|批准|同意"


class DayCase(NamedTuple):
    """A day that a text names.

    Attributes
    ----------
    before : str
        Its line up to the day.
    behind : str
        What follows the day in its line, as much as decides.
    """

    before: str
    behind: str


def _of_a_term(d: DayCase) -> bool:
    if rx("(?:之|以)?前|止|至|到|—|-|~|之?[后内]|起(?!施行|实施|执行|生效)").match(d.behind):
        return True
    return bool(rx("(?:至|到|截至|截止|不晚于|有效期|[—~-])[^,。;]{0,2}$").search(d.before))


def _still_to_come(d: DayCase) -> bool:
    return bool(
        rx("(?:应|须|需|请|拟|将|要|各[^,。;]{0,12})[于在]?$|(?<!已)于$").search(d.before)
    ) and not rx("起").match(d.behind)


def _of_another(d: DayCase) -> bool:
    return bool(
        rx(
            f"[,]?(?:中共中央|党中央|中央|国务院|国家|全国|习近平|[^,。;]{{0,6}}部)[^。;]{{0,30}}(?:{_DONE}|提出|宣布)"
        ).match(d.behind)
    )


def _something_was_issued(d: DayCase) -> bool:
    return bool(rx(rf"[)\]〕]?[,]?[^,。;:]{{0,12}}(?:{_DONE})").match(d.behind))


def _in_force(d: DayCase) -> bool:
    return bool(rx("[)〕]?起(?:正式)?(?:施行|实施|执行|生效)").match(d.behind))


def _stands_alone(d: DayCase) -> bool:
    line = rx(
        "[(〔]?(?:[^,。;:]{0,40}(?:政府|办公[室厅]|委员会|[局厅部委院]))?(?:(?:发布|成文|印发)?(?:时间|日期):)?"
    )
    if rx("[^,。;:]{4,40}[(〔]").fullmatch(d.before) and rx("[)〕]$").match(d.behind):
        return not rx("阶段|时期|期限|项目|步").search(d.before)  # 情况综述(2026年2月)
    drawn_up = rx("(?:印发|发布|编制|编印|修订|制定|起草)?[)〕]?(?:印发)?$")
    return bool(line.fullmatch(d.before)) and bool(drawn_up.match(d.behind))


RULES = (
    Rule(
        "day-of-a-term", "A day before or until which something lasts, or is due, is no day of issue.", TERM,
        _of_a_term,
        taken="各区于«2026年3月31日»前发布总结。", left="市政府«2026年3月31日»发布本方案。",
    ),
    Rule(
        "day-to-come", "A day on which somebody is to do something is no day of issue.", TERM, _still_to_come,
        taken="各区应于«2026年3月31日»公布结果。", left="本方案已于«2026年3月31日»公布。",
    ),
    Rule(
        "day-of-another-document", "The day on which the nation issued something is not that of this text.",
        OTHERS, _of_another,
        taken="«2021年10月24日»，国务院印发《2030年前碳达峰行动方案》。",
        left="«2021年10月24日»，市政府印发《碳达峰行动方案》。",
    ),
    Rule(
        "day-something-was-issued", "A day on which something was issued, passed or approved.", ISSUED,
        _something_was_issued,
        taken="《方案》已经«2023年5月9日»市政府常务会议通过。", left="«2023年5月9日»，市政府召开会议。",
    ),
    Rule(
        "day-in-force", "The day from which a document is in force.", ISSUED, _in_force,
        taken="本办法自«2023年5月9日»起施行。", left="自«2023年5月9日»起，新建建筑全部达标。",
    ),
    Rule(
        "day-alone", "A day on a line of its own, or behind the name of who issues, signs a document.", ISSUED,
        _stands_alone,
        taken="（«2028年10月»编制）\n一、目标", left="会议时间为«2028年10月»",
    ),
)  # fmt: skip


def decide(text: str, start: int, end: int) -> Decision | None:
    """What the day ``text[start:end]`` is; None where nothing says so."""
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    behind = text[end : min(len(text) if stop < 0 else stop, end + 60)]
    return first(RULES, DayCase(text[max(line, start - 60) : start], behind))


def year_of_issue(text: str) -> int | None:
    """The year of the latest day that reads as the day of issue."""
    return max(_issued_in(text), default=None)


def year_shown(text: str) -> int | None:
    """The year of the day on which a page shows a document: it may have been issued before."""
    shown = _SHOWN.search(text[:_HEAD])
    return int(shown["year"] or shown["stamp"]) if shown else None


def _issued_in(text: str) -> Iterator[int]:
    tail = max(0, len(text) - _TAIL)
    for start, stop in ((0, min(_HEAD, len(text))), (tail, len(text))):
        for m in _DAY.finditer(text, start, stop):
            decision = decide(text, *m.span())
            if decision and decision.disposition == ISSUED:
                yield int("".join(_HAN.get(c, "2" if c == "二" else c) for c in m["year"]))


_PRESENT = re.compile(
    r"(?P<year>20\d\d)年(?:度)?(?:,)?是[^。;\n]{0,60}?(?:之年|的?第[一二三四五]年|元年|(?:关键|攻坚|起步|开局|收官|决胜)的?(?:之年|一年|年))"
)
_OWN_NUMBER = re.compile(r"(?m)^[\u4e00-\u9fff]{2,12}〔(?P<year>20\d\d)〕\d{1,4}号(?!文)")
_LETTERHEAD = 60
_OPENING = 800  # characters in which a text says in which year it stands


def present_year(text: str) -> int | None:
    """The year in which a text says that it stands: 2025年是…收官之年, or that of its own number."""
    head = text[:_OPENING]
    told = {int(m["year"]) for m in _PRESENT.finditer(head)}
    if not told:
        told = {int(m["year"]) for m in _OWN_NUMBER.finditer(head[:_LETTERHEAD])}
    return told.pop() if len(told) == 1 else None
