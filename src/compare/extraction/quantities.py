"""Numbers with units: 320万千瓦, 百分之二十五, 5—20%, 30万至40万千瓦, 104千克标准煤/吨, 三成, 两个百分点."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from compare.extraction.lexicon import any_of, words

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_HAN = "[零〇一二三四五六七八九十百千两半]"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_HAN_NUMBER = rf"{_HAN}+(?:点[零〇一二三四五六七八九]+)?"
_MULTIPLIER = "(?:万亿|百万|千万|亿|万|千|百)?"
_DASH = r"(?:-|—{1,2}|~|至|到)"


@dataclass(slots=True)
class Quantity:
    """One quantity in clean text.

    Attributes
    ----------
    start, end : int
        Span of number and unit.
    value, value_max : float
        As written, in ``unit``.
    unit : str
        With its multiplier, as written (clean script); empty where there is none.
    dimension : str
        A key of ``[units]`` in the lexicon, or ``none``.
    """

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    dimension: str


def han_number(text: str) -> float:
    """Value of a Chinese numeral such as 二十五, 两百, 三点五, 一千二百 or 半.

    Raises
    ------
    ValueError
        If it is none.
    """
    if text == "半":
        return 0.5
    whole, _, part = text.partition("点")
    total, digit = 0, None
    if not any(c in _POWERS for c in whole):
        if not whole or any(c not in _DIGITS for c in whole):
            raise ValueError(text)
        total = int("".join(str(_DIGITS[c]) for c in whole))
    else:
        for c in whole:
            if c in _DIGITS:
                digit = _DIGITS[c]
            elif c in _POWERS:
                total += (1 if digit is None else digit) * _POWERS[c]
                digit = None
            else:
                raise ValueError(text)
        total += digit or 0
    if part:
        return total + float("0." + "".join(str(_DIGITS[c]) for c in part))
    return float(total)


@cache
def _patterns():
    groups = words()["units"]
    bare = any_of(*groups.values())
    per = rf"(?:/(?:{any_of(groups['mass'])}|万元|亿元|千瓦时|立方米|平方米|人·?年|[a-zA-Z0-9³²]{{1,5}}|[\u4e00-\u9fff]{{1,3}}?(?=[,;。、以左(及)]|$)))?"
    unit = rf"{bare}{per}|{_MULTIPLIER}{bare}{per}|万亿|亿(?!元)|万(?!元|千|吨|亩|家|人)"
    never = any_of(words()["not_units"]["words"])
    arabic = re.compile(
        rf"(?<![A-Za-z0-9.,\-+])(?P<a>{_NUMBER})(?P<au>{_MULTIPLIER}(?:{bare})?)(?P<dash>{_DASH})(?P<b>{_NUMBER})(?P<bu>{unit})"
        rf"|(?<![A-Za-z0-9.\-+])(?P<n>{_NUMBER})(?P<nu>{unit})"
        rf"|(?<![A-Za-z0-9.\-+])(?P<ra>\d+\.\d+){_DASH}(?P<rb>\d+\.\d+)(?![\d.A-Za-z%]|{never}|年|[\u4e00-\u9fff])"
        rf"|(?<![A-Za-z0-9.\-+])(?P<bare>{_NUMBER})(?![\d.A-Za-z%]|{never}|年|(?!以[上下内]|左右|及以)[\u4e00-\u9fff])"
        rf"|百分之(?P<pct>{_HAN_NUMBER}|{_NUMBER})(?:{_DASH}(?:百分之)?(?P<pct2>{_HAN_NUMBER}|{_NUMBER}))?"
        rf"|(?<!{_HAN})(?P<tenth>[一二三四五六七八九])成(?P<half>[一二三四五六七八九半])(?![一-鿿]?[化长])"
        rf"|(?<!{_HAN})(?<!第)(?P<h>{_HAN_NUMBER})(?![瓦克米])(?P<hu>{_MULTIPLIER}{any_of(*(groups[g] for g in groups if g not in ('count', 'times', 'tenths', 'money')))}{per}|个百分点|倍|番|成(?![立为效果功员熟都品交本长套型分份绩])|(?:万|亿|万亿)(?:元|{any_of(groups['count'])}))"
        rf"|(?<!{_HAN})(?<!第)(?P<c>{_HAN}{{1,4}})(?P<cu>{any_of([w for w in groups['count'] if w in '家座套艘辆台名处所'])})"
    )
    dimension = {w: g for g, ws in groups.items() for w in ws}
    order = sorted(dimension, key=len, reverse=True)
    return arabic, dimension, order, re.compile(never), re.compile(rf"^{_MULTIPLIER}")


_DIMENSIONS: dict[str, str] = {}


def dimension_of(unit: str) -> str:
    """Dimension of a unit as written (a key of ``[units]`` in the lexicon); ``none`` without a unit."""
    known = _DIMENSIONS.get(unit)
    if known is None:
        _, dimension, order, _, multiplier = _patterns()
        base = unit.split("/")[0] or unit
        base = base if base in dimension else multiplier.sub("", base, count=1)
        known = dimension.get(base) or next(
            (dimension[w] for w in order if base.endswith(w)), "none"
        )
        if "/" in unit and known != "none":
            known = "per"
        if len(_DIMENSIONS) < 10000:
            _DIMENSIONS[unit] = known
    return known


def _han_range(text: str) -> tuple[float, float | None]:
    """两三个 is two to three; all else one number."""
    if (
        len(text) == 2
        and all(c in _DIGITS for c in text)
        and _DIGITS[text[1]] == _DIGITS[text[0]] + 1
    ):
        return float(_DIGITS[text[0]]), float(_DIGITS[text[1]])
    return han_number(text), None


def _any_number(text: str) -> float:
    return _float(text) if text[0].isdigit() else han_number(text)


def _float(text: str) -> float:
    return float(text.replace(",", ""))


def quantities(text: str, start: int, end: int) -> list[Quantity]:
    """All quantities of ``text[start:end]``, in order."""
    pattern, _, _, never, _ = _patterns()
    out = []
    for m in pattern.finditer(text, start, end):
        kind = m.lastgroup
        if kind == "bu":
            a, b = _float(m["a"]), _float(m["b"])
            unit = m["bu"]
            if (
                m["dash"] in "-—"
                and not m["au"]
                and len(m["a"]) == 4
                and len(m["b"]) in (2, 4)
                and unit == "年"
            ):
                continue
            out.append(Quantity(m.start(), m.end(), a, b, unit, dimension_of(unit)))
        elif kind == "nu":
            if never.match(text, m.end("n")) and not m["nu"].startswith(("万", "亿", "千", "百")):
                if never.match(text, m.end("n")).end() >= m.end():
                    continue
            out.append(
                Quantity(m.start(), m.end(), _float(m["n"]), None, m["nu"], dimension_of(m["nu"]))
            )
        elif kind == "bare":
            out.append(Quantity(m.start(), m.end(), _float(m["bare"]), None, "", "none"))
        elif kind == "rb":
            out.append(Quantity(m.start(), m.end(), _float(m["ra"]), _float(m["rb"]), "", "none"))
        elif kind in ("pct", "pct2"):
            top = _any_number(m["pct2"]) if m["pct2"] else None
            out.append(Quantity(m.start(), m.end(), _any_number(m["pct"]), top, "%", "share"))
        elif kind == "half":
            tenths = han_number(m["tenth"]) + (
                0.5 if m["half"] == "半" else han_number(m["half"]) / 10
            )
            out.append(Quantity(m.start(), m.end(), tenths, None, "成", "tenths"))
        else:
            number, unit = (m["h"], m["hu"]) if kind == "hu" else (m["c"], m["cu"])
            try:
                value, top = _han_range(number)
            except (ValueError, KeyError):
                continue
            out.append(Quantity(m.start(), m.end(), value, top, unit, dimension_of(unit)))
    return _ranges(text, out)


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Join 三成至四成 and 30%到35% to one quantity; 从15%到20% are two."""
    out: list[Quantity] = []
    for q in found:
        p = out[-1] if out else None
        if (
            p
            and p.value_max is None
            and p.unit == q.unit
            and q.value > p.value
            and _DASHES.fullmatch(text, p.end, q.start)
            and not _FROM.search(text, max(0, p.start - 12), p.start)
        ):
            out[-1] = Quantity(p.start, q.end, p.value, q.value, q.unit, q.dimension)
        else:
            out.append(q)
    return out


_DASHES = re.compile(_DASH)
_FROM = re.compile(r"[由从][^,;。]*$")
