"""Marking: where in a plan's paragraph the value, indicator, horizon and bound of a target stand.

Only the value's place is data (``start``, ``end``); the other marks are found again from the
row's own words, for showing. A word that is not found is not marked.
"""

from __future__ import annotations

import re

ROLES = ("value", "bound", "horizon", "baseline", "effort", "indicator")  # the first one wins

_HALF = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_BOUND = {
    ">=": "以上|不(?:低|少|小)[于於]|至少",
    ">": "超[过過]|突破|[大高多][于於]",
    "<=": "以下|[以之][内內]|不(?:超[过過]|[高大多][于於])|控制在|[底末]?[之以]?前(?![后後])",
    "<": "[低小少][于於]",
    "~": "左右|大?[约約]|上下|前[后後]|[级級]|近",
}
_EFFORT = "力[争爭]|[争爭]取|努力|力求|[争爭][创創]"
_PLANS = {2020: "三", 2025: "四", 2030: "五", 2035: "六"}
_CLAUSE_END = re.compile(r"[,，。；;\n]")


def paragraph(raw: str, start: int, end: int) -> tuple[int, int]:
    """The line or lines that hold ``raw[start:end]``, without blanks at the ends."""
    first = raw.rfind("\n", 0, start) + 1
    last = raw.find("\n", end)
    last = len(raw) if last < 0 else last
    while first < start and raw[first].isspace():
        first += 1
    while last > end and raw[last - 1].isspace():
        last -= 1
    return first, last


def marks(text: str, sentence: tuple[int, int], row: dict) -> list[tuple[int, int, str]]:
    """Marks in one paragraph, in text order, none overlapping.

    Parameters
    ----------
    text : str
        The paragraph.
    sentence : (int, int)
        Where the evidence stands in ``text``.
    row : dict
        A row of ``targets`` whose ``start`` and ``end`` are offsets into ``text``.

    Returns
    -------
    list of (start, end, role)
        ``role`` is one of `ROLES`.
    """
    half = text.translate(_HALF)
    value = (row["start"], row["end"])
    found = {"value": [value]}
    found["bound"] = _bound(half, value, row.get("comparator"))
    if row.get("target_year") and row.get("kind") != "peak":
        found["horizon"] = _year(half, value, sentence, int(row["target_year"]), dated=True)
    if row.get("baseline_year"):
        found["baseline"] = _year(half, value, sentence, int(row["baseline_year"]), dated=False)
    if row.get("effort") == "strive":
        found["effort"] = _effort(half, value, sentence)
    words = (row.get("indicator_text") or "").translate(_HALF)
    found["indicator"] = _pieces(half, words, value, sentence)
    return _flat(len(text), found)


def _bound(text: str, value: tuple[int, int], comparator: str | None) -> list[tuple[int, int]]:
    if comparator not in _BOUND:
        return []
    word, (start, end) = re.compile(_BOUND[comparator]), value
    behind = re.compile(rf"[\s的之)]{{0,2}}({_BOUND[comparator]})").match(text, end)
    if behind:
        return [behind.span(1)]
    clause = max((m.end() for m in _CLAUSE_END.finditer(text, 0, start)), default=0)
    before = list(word.finditer(text, max(clause, start - 14), start))
    if before:
        return [before[-1].span()]
    stop = _CLAUSE_END.search(text, end)
    shared = word.search(text, end, stop.start() if stop else len(text))  # x、y和z以上
    return [shared.span()] if shared else []


def _effort(text: str, value, sentence) -> list[tuple[int, int]]:
    spans = [m.span() for m in re.compile(_EFFORT).finditer(text, *sentence)]
    return [s for s in spans if s[1] <= value[0]][-1:] or [s for s in spans if s[0] >= value[1]][:1]


def _year(text, value, sentence, year: int, dated: bool) -> list[tuple[int, int]]:
    digits = r"\s?".join(str(year))
    pattern = (
        rf"(?<!\d){digits}(?!\d)(?:\s?年(?:(?:底|末)?(?:之前|以前|前[后後]?|[内內])|[底末])?)?"
    )
    if dated:
        pattern = rf"(?<![较較比])(?<![较較比]\s){pattern}"
        if year in _PLANS:
            pattern += rf"|[“\"「『]?十{_PLANS[year]}五[”\"」』]?(?:[时時]期|期[间間末]|末)?"
    spans = [m.span() for m in re.finditer(pattern, text)]
    spans = [s for s in spans if s[1] <= value[0] or s[0] >= value[1]]
    before = [s for s in spans if s[1] <= value[0]]
    after = [s for s in spans if value[1] <= s[0] < sentence[1]]
    return before[-1:] or after[:1]


def _pieces(text, words: str, value, sentence) -> list[tuple[int, int]]:
    """``words`` in the text, whole or put together from parts, each as near the value as can be."""
    out, at = [], 0
    while at < len(words):
        best = None
        for place in (sentence, (0, sentence[0])):  # the sentence first, then what stands before it
            for stop in range(len(words), at + 1, -1):
                best = best or _nearest(text, words[at:stop], value, place)
            if best:
                out.append(best)
                break
        at += best[1] - best[0] if best else 1
    return out


def _nearest(text, piece: str, value, place) -> tuple[int, int] | None:
    best, at = None, text.find(piece, *place)
    while at >= 0:
        end = at + len(piece)
        away = value[0] - end if end <= value[0] else at - value[1] + 10_000
        if best is None or away < best[0]:
            best = (away, at, end)
        at = text.find(piece, at + 1, place[1])
    return best[1:] if best else None


def _flat(length: int, found: dict) -> list[tuple[int, int, str]]:
    roles: list[str | None] = [None] * length
    for role in reversed(ROLES):
        for start, end in found.get(role, ()):
            roles[start:end] = [role] * (end - start)
    out, at = [], 0
    while at < length:
        end = at + 1
        while end < length and roles[end] == roles[at]:
            end += 1
        if roles[at]:
            out.append((at, end, roles[at]))
        at = end
    return out
