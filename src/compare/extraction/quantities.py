"""Numbers with units: 320万千瓦, 百分之二十五, 5—20%, 30万至40万千瓦, 104千克标准煤/吨, 三成, 两个百分点."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from compare.vocabulary.lexicon import any_of, opens_any_of, words

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_HAN = "[零〇一二三四五六七八九十百千两半]"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_ARABIC = r"\d(?:\d{0,2}(?:,\d{3})+(?!\d)|\d*)(?:\.\d+)?"
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


@dataclass(frozen=True)
class _Patterns:
    """What quantities look like, from the lexicon's units."""

    arabic: re.Pattern
    han: re.Pattern
    han_hint: re.Pattern
    never: re.Pattern
    multiplier: re.Pattern
    dimension: dict[str, str]


@cache
def _patterns() -> _Patterns:
    groups = words()["units"]
    bare = opens_any_of(*groups.values()) + any_of(*groups.values())
    per = (
        rf"(?:/(?:{any_of(groups['mass'])}|[万亿]?(?:元|千瓦时|立方米|平方米|人·?年)|平方公里|年|天|日|小时|[a-zA-Z³²][a-zA-Z0-9³²]{{0,4}}"
        r"|[\u4e00-\u9fff]{1,3}?(?=[,;。、以左(及)]|$)))?"
    )
    unit = rf"(?:{bare}|{_MULTIPLIER}{bare}){per}|万亿|亿(?!元)|万(?!元|千|吨|亩|家|人)"
    never = any_of(words()["not_units"]["words"])
    alone = rf"(?![\d.A-Za-z%]|{never}|年|(?!以[上下内]|左右|及以)[\u4e00-\u9fff])"
    sized = any_of(
        *(ws for g, ws in groups.items() if g not in ("count", "times", "tenths", "money"))
    )
    stands = any_of([w for w in groups["count"] if w in "家座套艘辆台名处所"])
    return _Patterns(
        # opens with a plain digit, so that the search can skip to it; years are left at once
        arabic=re.compile(
            rf"(?P<n>{_ARABIC})(?!年)(?:(?P<au>{_MULTIPLIER}(?:{bare})?){_DASH}(?P<b>{_ARABIC})(?P<bu>{unit})|(?P<nu>{unit})"
            rf"|(?P<ratio>:1){alone}|{_DASH}(?P<rb>\d+\.\d+){alone}|(?P<bare>){alone})"
        ),
        han=re.compile(
            rf"百分之(?P<pct>{_HAN_NUMBER}|{_NUMBER})(?:{_DASH}(?:百分之)?(?P<pct2>{_HAN_NUMBER}|{_NUMBER}))?"
            rf"|(?<!{_HAN})(?P<low>[一二三四五六七八九两]){_DASH}(?P<high>[一二三四五六七八九])成(?![立为效果功员熟都品交本长套型分份绩])"
            rf"|(?<!{_HAN})(?P<tenth>[一二三四五六七八九])成(?P<half>[一二三四五六七八九半])(?!化|长)"
            rf"|(?<!{_HAN})(?<![第\d.])(?P<h>{_HAN_NUMBER})(?![瓦克米])"
            rf"(?P<hu>{_MULTIPLIER}{sized}{per}|个百分点|倍|番|成(?![立为效果功员熟都品交本长套型分份绩])"
            rf"|(?:万|亿|万亿)(?:元|{any_of(groups['count'])}))"
            rf"|(?<!{_HAN})(?<![第\d.])(?P<c>{_HAN}{{1,4}})(?P<cu>{stands})"
        ),
        han_hint=re.compile(
            rf"百分之|{_HAN}(?:[成倍番万亿瓦吨亩克米%家座套艘辆台名处所兆吉平立公度千]|个百)"
        ),
        never=re.compile(never),
        multiplier=re.compile(rf"^{_MULTIPLIER}"),
        dimension={w: g for g, ws in groups.items() for w in ws},
    )


_DIMENSIONS: dict[str, str] = {}


def dimension_of(unit: str) -> str:
    """Dimension of a unit as written (a key of ``[units]`` in the lexicon); ``none`` without a unit."""
    known = _DIMENSIONS.get(unit)
    if known is None:
        p = _patterns()
        base = unit.split("/")[0] or unit
        base = base if base in p.dimension else p.multiplier.sub("", base, count=1)
        known = p.dimension.get(base) or next(
            (
                p.dimension[w]
                for w in sorted(p.dimension, key=len, reverse=True)
                if base.endswith(w)
            ),
            "none",
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
    p = _patterns()
    out = _arabic(p, text, start, end)
    if p.han_hint.search(text, start, end):
        han = _han(p, text, start, end)
        if han:
            out = sorted(out + han, key=lambda q: q.start)
    return _ranges(text, out) if len(out) > 1 else out


def _with_tolerance(text: str, p: Quantity, q: Quantity) -> bool:
    """28±2%: one figure with its tolerance."""
    return text[p.end : q.start] == "±" and p.unit in ("", q.unit)


def _arabic(p: _Patterns, text: str, start: int, end: int) -> list[Quantity]:
    out = []
    for m in p.arabic.finditer(text, start, end):
        begin, stop = m.span()
        before = text[begin - 1] if begin > start else ""
        if before == ":" and out and out[-1].unit == ":1":
            continue
        if (before in _JOINED and not (before == "之" and text[begin - 2] != "分")) or (
            before.isascii() and before.isalnum()
        ):
            continue
        value, kind = m["n"], m.lastgroup
        top, unit = None, ""
        if kind == "nu":
            unit = m["nu"]
            other = p.never.match(text, m.end("n"))
            if other and other.end() >= stop and not unit.startswith(("万", "亿", "千", "百")):
                continue
        elif kind == "bu":
            top, unit = _float(m["b"]), m["bu"]
        elif kind == "ratio":
            unit = m["ratio"]
        elif kind == "rb":
            top = _float(m["rb"])
        dimension = "ratio" if kind == "ratio" else dimension_of(unit)
        out.append(Quantity(begin, stop, _float(value), top, unit, dimension))
    return out


# what a number is a part of: CO2-4, 4+N, 百分之25
_SCALE = frozenset("十百千万亿")
_JOINED = frozenset(".-+之")


def _han(p: _Patterns, text: str, start: int, end: int) -> list[Quantity]:
    out = []
    for m in p.han.finditer(text, start, end):
        kind, top = m.lastgroup, None
        try:
            if kind in ("pct", "pct2"):
                value, unit = _any_number(m["pct"]), "%"
                top = _any_number(m["pct2"]) if m["pct2"] else None
            elif kind == "high":  # 三至四成
                value, top, unit = han_number(m["low"]), han_number(m["high"]), "成"
            elif kind == "half":
                half = 0.5 if m["half"] == "半" else han_number(m["half"]) / 10
                value, unit = han_number(m["tenth"]) + half, "成"
            else:
                number, unit = (m["h"], m["hu"]) if kind == "hu" else (m["c"], m["cu"])
                if text[m.end() : m.end() + 1] == "级" and not set(number) - _SCALE:
                    continue  # 千万千瓦级基地: a class, not a size
                value, top = _han_range(number)
        except (ValueError, KeyError):
            continue  # a numeral that is none, such as 千百
        out.append(Quantity(m.start(), m.end(), value, top, unit, dimension_of(unit)))
    return out


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Join 三成至四成, 30%到35% and 20兆瓦/40兆瓦时 to one quantity; 从15%到20% are two."""
    out: list[Quantity] = []
    for q in found:
        p = out[-1] if out else None
        storage = p and p.dimension == "power" and q.dimension == "energy"
        if p and (_with_tolerance(text, p, q) or (storage and text[p.end : q.start] == "/")):
            of = p if p.unit else q
            out[-1] = Quantity(p.start, q.end, p.value, None, of.unit, of.dimension)
        elif (
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
