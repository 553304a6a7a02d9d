"""Numbers with units: 320万千瓦, 百分之二十五, 5—20%, 30万至40万千瓦, 104千克标准煤/吨, 三成, 两个百分点.

The one reader of them, built from ``vocabulary/units.toml``; ``compare.vocabulary.units`` says what a unit
that it finds means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from compare.vocabulary.dimensions import vocabulary
from compare.vocabulary.lexicon import any_of, opens_any_of
from compare.vocabulary.numbers import (
    DIGITS_FIRST,
    HAN_CHARACTER,
    HAN_NUMBER,
    PLAIN_NUMBER,
    any_number,
    han_number,
    han_range,
    plain_number,
)
from compare.vocabulary.unit_words import sets_target, unit_class, unit_words

_DASH = r"(?:-|—{1,2}|~|至|到)"
# 成 behind a numeral is no tenth in these words
_NOT_TENTHS = "(?![立为效果功员熟都品交本长套型分份绩])"
# a unit of letters ends where the letters and digits end
_LETTERS_END = "(?!(?<=[A-Za-z])[A-Za-z0-9])"


@dataclass(slots=True, frozen=True)
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
        Class of the unit (see ``vocabulary/units.toml``), ``per`` for a rate, ``none`` without a unit.
    """

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    dimension: str


_TENS = f"(?:{HAN_CHARACTER}{{1,5}}[十百千]{HAN_CHARACTER}{{0,5}}|[十百千]{HAN_CHARACTER}{{1,5}})"


@dataclass(frozen=True)
class _Patterns:
    """What quantities look like. The many words of units stand in ``unit`` alone."""

    number: re.Pattern[str]
    unit: re.Pattern[str]
    multiplier: re.Pattern[str]
    end: re.Pattern[str]
    han: re.Pattern[str]
    han_hint: re.Pattern[str]
    never: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words, reading = unit_words(), vocabulary()["reading"]
    multiplier = f"{any_of(words.multipliers)}?"
    written = [w for w in words.class_of if w[0] != ":"]  # 2:1 has a pattern of its own
    every = any_of(written)
    bare = opens_any_of(written) + every + _LETTERS_END
    per = rf"(?:/{multiplier}{every}{_LETTERS_END})?"
    never = any_of(reading["not_units"])
    alone = rf"(?![\d.A-Za-z%]|{never}|年|(?!以[上下内]|左右|及以)[\u4e00-\u9fff])"
    counted = any_of(words.of("count"))
    sizes = set(words.but("count", "times", "tenths", "money", "ratio")) - words.no_target
    stands = any_of(reading["after_numeral"])
    heads = {*sizes, *words.multipliers, *reading["after_numeral"]} - {"个百分点"}
    firsts = sorted({re.escape(w[0]) for w in heads} - set("十百"))
    sized = any_of(sizes)
    counters = "".join(sorted({re.escape(w[0]) for w in words.of("count")}))
    return _Patterns(
        # opens with a plain digit, so that the search can skip to it; calendar years are left at once
        number=re.compile(rf"(?>{DIGITS_FIRST})(?!(?<=\d{{4}})年)"),
        # without a multiplier first: 百万千焦 is a unit
        unit=re.compile(
            rf"(?P<one>{multiplier}?{bare}){per}|万亿|亿(?!元)|万(?!元|千|吨|亩|家|人)"
        ),
        multiplier=re.compile(multiplier),
        end=re.compile(rf"(?:(?P<ratio>:1)|{_DASH}(?P<top>\d+\.\d+)|){alone}"),
        han=re.compile(
            rf"百分之(?P<pct>{HAN_NUMBER}|{PLAIN_NUMBER})(?:{_DASH}(?:百分之)?(?P<pct2>{HAN_NUMBER}|{PLAIN_NUMBER}))?"
            rf"|(?<!{HAN_CHARACTER})(?P<low>[一二三四五六七八九两]){_DASH}(?P<high>[一二三四五六七八九])成{_NOT_TENTHS}"
            rf"|(?<!{HAN_CHARACTER})(?P<tenth>[一二三四五六七八九])成(?P<half>[一二三四五六七八九半])(?!化|长)"
            rf"|(?<!{HAN_CHARACTER})(?<![第\d.])(?P<h>{HAN_NUMBER})(?![瓦克米])"
            rf"(?P<hu>{multiplier}{sized}{per}|个百分点|倍|番|成{_NOT_TENTHS}|(?:万|亿|万亿)(?:元|{counted}))"
            rf"|(?<!{HAN_CHARACTER})(?<![第\d.])(?P<c>{HAN_CHARACTER}{{1,4}})(?P<cu>{stands})"
            # of two characters, 三十 and longer, a numeral may stand before any counting word
            rf"|(?<!{HAN_CHARACTER})(?<![第\d.])(?P<s>{_TENS})(?P<su>{counted})(?!{never})"
        ),
        # cheap to look for: a numeral and the first character of what may follow it
        han_hint=re.compile(
            rf"百分之|{HAN_CHARACTER}(?:[成倍番千{''.join(firsts)}]|个百)|[十百千]{HAN_CHARACTER}?[{counters}]"
        ),
        never=re.compile(never),
    )


def read_quantities(text: str, start: int, end: int) -> list[Quantity]:
    """All quantities of ``text[start:end]`` (clean text), in order."""
    p = _patterns()
    out = _arabic(p, text, start, end)
    if p.han_hint.search(text, start, end):
        # 5万百万千焦: a numeral inside a unit is none of its own
        han = [
            q for q in _han(p, text, start, end) if not any(a.start < q.start < a.end for a in out)
        ]
        if han:
            out = sorted(out + han, key=lambda q: q.start)
    return _ranges(text, out) if len(out) > 1 else out


def target_quantities(text: str, start: int, end: int) -> list[Quantity]:
    """The quantities whose unit may set a target: not those of days, years or phases."""
    return [q for q in read_quantities(text, start, end) if not q.unit or sets_target(q.unit)]


def _with_tolerance(text: str, p: Quantity, q: Quantity) -> bool:
    """28±2%: one figure with its tolerance."""
    return text[p.end : q.start] == "±" and p.unit in ("", q.unit)


def _arabic(p: _Patterns, text: str, start: int, end: int) -> list[Quantity]:
    out: list[Quantity] = []
    at = start
    while m := p.number.search(text, at, end):
        begin, at = m.span()
        try:
            found = _behind(p, text, begin, at, end)
        except ValueError:
            continue  # too large for a figure
        if found is None:
            continue
        at = found.end
        before = text[begin - 1] if begin > start else ""
        if before == ":" and out and out[-1].unit == ":1":
            continue
        if (before in _JOINED and not (before == "之" and text[begin - 2] != "分")) or (
            before.isascii() and before.isalnum()
        ):
            continue
        if before == "," and begin - 1 > start and text[begin - 2].isdigit():
            continue  # 12,34,56%: commas that part no thousands
        if found.value_max is None and found.unit not in ("", ":1"):
            other = p.never.match(text, m.end())
            if other and other.end() >= at and not found.unit.startswith(("万", "亿", "千", "百")):
                continue
        out.append(found)
    return out


def _behind(p: _Patterns, text: str, begin: int, at: int, end: int) -> Quantity | None:
    """The quantity of the number ``text[begin:at]``, by what stands behind it."""
    value = plain_number(text[begin:at])
    unit = p.unit.match(text, at, end)
    of_range = _range_behind(p, text, at, end, unit)
    if of_range:
        top, last = of_range
        return Quantity(begin, last.end(), value, top, last[0], unit_class(last[0]))
    if unit:
        return Quantity(begin, unit.end(), value, None, unit[0], unit_class(unit[0]))
    m = p.end.match(text, at, end)
    if not m:
        return None
    if m["ratio"]:
        return Quantity(begin, m.end(), value, None, ":1", "ratio")
    return Quantity(
        begin, m.end(), value, plain_number(m["top"]) if m["top"] else None, "", unit_class("")
    )


def _range_behind(
    p: _Patterns, text: str, at: int, end: int, unit: re.Match[str] | None
) -> tuple[float, re.Match[str]] | None:
    """The upper number of 5—20%, 30万至40万千瓦 or 5吨至6吨, and its unit."""
    multiplier = p.multiplier.match(text, at, end)
    ends = (unit.end("one") if unit else -1, multiplier.end() if multiplier else -1, at)
    for here in ends:
        if here < 0 or text[here : here + 1] not in _DASH_BEGINS:
            continue
        dash = _DASHES.match(text, here, end)
        number = _UPPER.match(text, dash.end(), end) if dash else None
        last = p.unit.match(text, number.end(), end) if number else None
        if number and last:
            return plain_number(number[0]), last
    return None


# what a number is a part of: CO2-4, 4+N, 百分之25
_SCALE = frozenset("十百千万亿")
_JOINED = frozenset(".-+之")


def _han(p: _Patterns, text: str, start: int, end: int) -> list[Quantity]:
    out = []
    for m in p.han.finditer(text, start, end):
        kind, top = m.lastgroup or "", None
        try:
            if kind in ("pct", "pct2"):
                value, unit = any_number(m["pct"]), "%"
                top = any_number(m["pct2"]) if m["pct2"] else None
            elif kind == "high":  # 三至四成
                value, top, unit = han_number(m["low"]), han_number(m["high"]), "成"
            elif kind == "half":
                half = 0.5 if m["half"] == "半" else han_number(m["half"]) / 10
                value, unit = han_number(m["tenth"]) + half, "成"
            else:
                number, unit = m[kind[0]], m[kind]
                if text[m.end() : m.end() + 1] == "级" and not set(number) - _SCALE:
                    continue  # 千万千瓦级基地: a class, not a size
                value, top = han_range(number)
        except (ValueError, KeyError):
            continue  # a numeral that is none, such as 千百
        out.append(Quantity(m.start(), m.end(), value, top, unit, unit_class(unit)))
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


_DASHES, _DASH_BEGINS = re.compile(_DASH), frozenset("-—~至到")
_UPPER = re.compile(f"(?>{DIGITS_FIRST})")
_FROM = re.compile(r"[由从][^,;。]*$")


def unit_end(text: str, at: int) -> int:
    """Where the unit ends that begins at ``at``; ``at`` itself where none does."""
    unit = _patterns().unit.match(text, at)
    return unit.end() if unit else at
