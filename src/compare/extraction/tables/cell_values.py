"""What a cell says: figures, a level that others set, a direction, all of it, a year, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from compare.extraction.layout.located import Located
from compare.extraction.tables.cells import piece, span
from compare.extraction.without_figure.deferred import givers
from compare.extraction.without_figure.directional_forms import ways
from compare.vocabulary.lexicon import any_of, words
from compare.vocabulary.quantities import unit_end
from compare.vocabulary.table_words import table_words

Kind = Literal["nothing", "figure", "deferred", "directional", "verbal", "year", "words", "unread"]
"""``words``: words without a figure that commit to nothing; ``unread``: a figure that cannot be read."""

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:[.。]\d{1,12})?(?![\d.,]*\d)")
_DASH = re.compile(r"-|—{1,2}|~|至")
_OPEN = re.compile(r"[〔\[【(]")
_CLOSE = re.compile(r"[〕\]】)]")
_NOTE = re.compile(
    r"(?:[①-⑳*#↑↓]|\[\d\]|\(\d\)|注\d?|\(含\)|\((?:累计|五年累计|当年|年均|[\u4e00-\u9fff、,]{2,14})\)|\((?:年均|其中|比|较)[^()]*\))+"
)
_SIGNS = {"≥": ">=", "≧": ">=", "⩾": ">=", ">=": ">=", "≤": "<=", "≦": "<=", "⩽": "<=", "<=": "<=",
          ">": ">", "<": "<", "~": "~", "≈": "~", "约": "~"}  # fmt: skip
_YEAR = re.compile(
    r"((?:19|20|21)\d\d)年?(?:底|末)?(?P<bound>之?前|以前|前后|左右)?(?P<peak>(?:实现|达到)?(?:碳)?(?:达峰|峰值))?"
)
_STRETCH = re.compile(r"\((?P<strive>力争|争取|努力)(?:达到|达)?(?P<rest>.+)\)$")
_BASE = re.compile(r"[比较](?P<year>(?:19|20|21)\d\d)年?(?:水平)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a cell.

    Attributes
    ----------
    start, end : int
        Where number and unit stand in the cell.
    value, value_max : float
    unit : Located or None
        The unit in the cell.
    sign : str
        Its comparator.
    sign_at, strive_at, base_at : (int, int) or None
        Where in the raw text the word of the comparator, of effort and of the baseline year stand.
    way : str or None
        ``up`` or ``down`` where the cell says that it is an amount of change.
    bracketed : bool
        In brackets: a sum over years, by the custom of such tables.
    base : int or None
        The baseline year that the cell names.
    stretch : bool
        A second aim (力争).
    """

    start: int
    end: int
    value: float
    value_max: float | None = None
    unit: Located | None = None
    sign: str = "="
    sign_at: tuple[int, int] | None = None
    strive_at: tuple[int, int] | None = None
    way: str | None = None
    bracketed: bool = False
    base: int | None = None
    base_at: tuple[int, int] | None = None
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell says.

    Attributes
    ----------
    kind : Kind
    figures : tuple of Figure
        Two where a second one is aimed at.
    start, end : int
        Where in the cell the words stand that carry a commitment without a figure.
    way : str or None
        Of a direction.
    value : float or None
        Of ``verbal`` (0 or 100) and ``year``.
    sign, sign_at
        Of ``year``.
    """

    kind: Kind
    figures: tuple[Figure, ...] = ()
    start: int = 0
    end: int = 0
    way: str | None = None
    value: float | None = None
    sign: str = "="
    sign_at: tuple[int, int] | None = None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    b, cells, deferred, d = (
        words()["bounds"],
        table_words()["cells"],
        words()["deferred"],
        words()["directional"],
    )
    filler, _moved = any_of(cells["filler"]), any_of(cells["falls"], cells["rises"])
    before = {
        ">=": b["at_least_before"], ">": b["more_before"], "<=": b["at_most_before"],
        "<": b["less_before"], "~": b["about_before"],
    }  # fmt: skip
    given, giver = any_of(deferred["given"]), givers()
    verb, thing = (
        any_of(deferred["verbs"], deferred["bounds"], ["超额完成"]),
        any_of(deferred["objects"], deferred["objects_given"]),
    )
    return {
        "before": re.compile("|".join(f"(?P<{n}>{any_of(w)})" for n, w in zip(
            ("ge", "gt", "le", "lt", "about"), before.values(), strict=True))),
        "after": re.compile(f"(?P<ge>{any_of(b['at_least_after'])})|(?P<le>{any_of(b['at_most_after'])})|"
                            f"(?P<about>{any_of(b['about_after'])})|(?P<up>\\+)"),
        "filler": re.compile(filler),
        "moved": re.compile(f"(?P<down>{any_of(cells['falls'])})|(?P<up>{any_of(cells['rises'])})"),
        "strive": re.compile(any_of(cells["strive"])),
        "deferred": re.compile(
            rf"(?:{verb}|按照?|以|依据|根据|待|由)?{giver}(?:[^,;。]{{0,6}}?{given})"
            rf"(?:给?[我本]?[省市区县州])?的?[^,;。\d]{{0,8}}?(?:{thing}|任务数|数|值|为准)?"
            rf"(?:之?内|以内|范围内|执行|为准)?|"
            rf"{verb}{giver}(?:目标任务|目标|任务|指标|控制目标|约束性目标)(?:之?内|以内)?"),
        "directional": re.compile(
            rf"(?:比[^,;。\d]{{1,4}})?(?:{any_of(d['adverbs'])})*?(?:保持)?(?:{ways()})(?:趋势|态势)?"),
        "relative": re.compile(r"(?:下降幅度|降低幅度|降幅)(?:大于|高于|不低于|超过)(?:全[国省市州]|上级)[^,;。\d]{0,6}"),
        "verbal": re.compile(rf"(?:实现|达到|基本实现)?(?P<all>{any_of(words()['verbal']['cover'], words()['verbal']['to_zero'], ['全部'])})"),
    }  # fmt: skip


_NAMES = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "about": "~", "up": ">="}


@cache
def _nothing() -> frozenset[str]:
    return frozenset(table_words()["cells"]["nothing"])


def read_cell(cell: Located) -> Said:
    """What a cell says."""
    text = str(cell)
    if text in _nothing() or not text.strip("-—/~_.… "):
        return Said("nothing")
    year = _YEAR.fullmatch(text)
    if year and text[4:]:
        bound = {"前": "<=", "左": "~", "后": "~"}
        word = year["bound"] or ""
        sign = "~" if word in ("左右", "前后") else bound.get(word[-1:], "=")
        at = span(piece(cell, *year.span("bound"))) if word else None
        end = year.start("bound") if word else year.start("peak") if year["peak"] else len(text)
        return Said("year", start=0, end=end, value=float(year[1]), sign=sign, sign_at=at)
    figure = _figures(cell)
    if figure:
        return Said("figure", figure)
    return _words(cell)


def _words(cell: Located) -> Said:
    p, note = _patterns(), _NOTE.search(cell)
    text = str(cell)
    if note and note.end() == len(text) and note.start():
        text = text[: note.start()]
    m = p["deferred"].fullmatch(text)
    if m:
        return Said("deferred", start=0, end=len(text))
    m = p["relative"].fullmatch(text)
    if m:
        return Said("directional", start=0, end=len(text), way="down")
    m = p["directional"].fullmatch(text)
    if m:
        start = 2 if text.startswith("实现") else 0
        return Said("directional", start=start, end=len(text), way=m.lastgroup)
    m = p["verbal"].fullmatch(text)
    if m:
        none = "零" in m["all"]
        return Said("verbal", start=m.start("all"), end=m.end("all"), value=0.0 if none else 100.0)
    return Said("unread" if any(c.isdigit() for c in text) else "words")


def _figures(cell: Located) -> tuple[Figure, ...]:
    """The figures of a cell; none where something in it is not understood."""
    more = _STRETCH.search(cell)
    first = _figure(cell, 0, more.start() if more else len(cell))
    if first is None:
        return ()
    if not more:
        return (first,)
    second = _figure(cell, more.start("rest"), more.end("rest"))
    if second is None:
        return ()
    at = span(piece(cell, *more.span("strive")))
    return first, _as_stretch(second, at)


def _as_stretch(f: Figure, at: tuple[int, int] | None) -> Figure:
    return Figure(
        f.start, f.end, f.value, f.value_max, f.unit, f.sign, f.sign_at, at,
        f.way, f.bracketed, f.base, f.base_at, True,
    )  # fmt: skip


@dataclass(slots=True)
class _Around:
    """What stands around the number."""

    sign: str | None = None
    sign_at: tuple[int, int] | None = None
    way: str | None = None
    strive_at: tuple[int, int] | None = None
    bracketed: bool = False
    base: int | None = None
    base_at: tuple[int, int] | None = None


def _figure(cell: Located, start: int, end: int) -> Figure | None:
    text, around = str(cell)[:end], _Around()
    at = _before(cell, text, start, around)
    number = _NUMBER.match(text, at)
    if not number:
        return None
    unit_at = number.end()
    last = unit_end(text, unit_at)
    value, top = _value(number[0]), None
    joint = _DASH.match(text, last)
    upper = _NUMBER.match(text, joint.end()) if joint else None
    if upper:
        top = _value(upper[0])
        unit_at = upper.end()
        last = unit_end(text, unit_at)
    stop = last
    behind = _after(cell, text, last, around)
    if behind is None:
        return None
    if around.bracketed and text[behind[1] :] and unit_at == last:  # 〔13.5〕%
        unit_at, last = behind[1], len(text)
        if unit_end(text, unit_at) != last:
            return None
    elif text[behind[1] :]:
        return None
    unit = piece(cell, unit_at, last) if last > unit_at else None
    return Figure(
        number.start(), stop, value, top, unit, around.sign or "=", around.sign_at,
        around.strive_at, around.way, around.bracketed, around.base, around.base_at,
    )  # fmt: skip


def _value(number: str) -> float:
    return float(number.replace(",", "").replace("。", "."))


def _before(cell: Located, text: str, at: int, around: _Around) -> int:
    """Past all that may stand before a number: signs, words of bounds, brackets."""
    p = _patterns()
    while at < len(text) and not text[at].isdigit():
        sign = text[at : at + 2] if text[at : at + 2] in _SIGNS else text[at]
        strive = p["strive"].match(text, at)
        if strive:
            around.strive_at = span(piece(cell, *strive.span()))
        filler, bound, moved = (p[name].match(text, at) for name in ("filler", "before", "moved"))
        base = _BASE.match(text, at)
        if sign in _SIGNS:
            around.sign, around.sign_at = _SIGNS[sign], span(piece(cell, at, at + len(sign)))
            at += len(sign)
        elif bound:
            around.sign, around.sign_at = (
                _NAMES[bound.lastgroup or ""],
                span(piece(cell, *bound.span())),
            )
            at = bound.end()
        elif filler:
            at = filler.end()
        elif base:
            around.base, around.base_at = int(base["year"]), span(piece(cell, *base.span("year")))
            at = base.end()
        elif moved:
            around.way = moved.lastgroup
            at = moved.end()
        elif _OPEN.match(text, at):
            around.bracketed = True
            at += 1
        elif text[at] in "+:*":
            at += 1
        else:
            return at
    return at


def _after(cell: Located, text: str, at: int, around: _Around) -> tuple[int, int] | None:
    """Past all that may stand behind a number and its unit; None where brackets do not close."""
    p, closed = _patterns(), False
    start = at
    while at < len(text):
        word, note = p["after"].match(text, at), _NOTE.match(text, at)
        if word:
            if around.sign is None:
                around.sign = _NAMES[word.lastgroup or ""]
                around.sign_at = span(piece(cell, *word.span()))
            at = word.end()
        elif note:
            at = note.end()
        elif around.bracketed and not closed and _CLOSE.match(text, at):
            closed = True
            at += 1
        else:
            break
    return None if around.bracketed and not closed else (start, at)
