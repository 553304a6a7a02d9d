"""How firmly: whether 力争, 争取, 努力 and the like govern a target."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from compare.extraction.dates.horizons import Date
from compare.extraction.sentence import Context, Sentence
from compare.vocabulary.lexicon import any_of, rx, words

# 力争 that opens the list right behind its date
_OPENS = re.compile(
    r"(?:年)?(?:底|末)?[,、]?(?:全[省市区县]|我[省市区县]|全市域)?(?:要|将)?(力争|争取|努力|力求|争创)"
)


# 力争3年内,A达到x,B达到y
_WITHIN = re.compile(r"(力争|争取|努力)[^,;]{0,3}[年期]内,")


@cache
def _patterns() -> tuple[re.Pattern, re.Pattern, re.Pattern]:
    strive = any_of(words()["effort"]["strive"])
    verbs = any_of([v for v in words()["achieve"]["verbs"] if len(v) > 1])
    before = rf"({strive})(?:在|于|通过|经过|用|全[省市区县]|我[省市区县]|[^,;:。]{{0,4}})?$"
    return re.compile(strive), re.compile(before), re.compile(rf"{verbs}(?!率)")


@lru_cache(maxsize=8)
def _strives(text: str) -> bool:
    """Whether a sentence has any such word; asked for each of its figures."""
    return bool(_patterns()[0].search(text))


def strive_in(said: str, at: int) -> tuple[int, int] | None:
    """Where, in the clean text, the 力争 stands in the last clause of a sentence that opens a list.

    Parameters
    ----------
    at : int
        Where the sentence begins.
    """
    begin = max(said.rfind(",", 0, len(said) - 1), said.rfind(";")) + 1
    found = _patterns()[0].search(said, begin)
    return (at + found.start(), at + found.end()) if found else None


def _before_base(s: Sentence, at: int) -> int:
    """Where a clause begins that only says the base of what follows the date at ``at``: 以…为基准,到2025年."""
    i = s.clause_at(at)
    a, b = s.clauses[i - 1] if i and s.clauses[i][0] == at else (at, at)
    base = next((d for d in s.dates if d.role == "baseline" and a <= d.start < b), None)
    return base.start if base and s.base_in_force(b) is base else at


def _new_base(s: Sentence, since: int, place: int) -> int:
    """Where a new base ends that is set between the date and ``place``: it ends what 力争 governs."""
    base = s.base_in_force(place)
    opened = base is not None and base.start > since and s.text[base.start] == "以"
    return base.end if base and opened else 0


def _opens_later(s: Sentence, begin: int, place: int) -> re.Match[str] | None:
    """力争 that opens the clause of the first figure behind the date: 到2030年,…充分利用,力争A达到x,B达到y."""
    first = next((q.start for q in s.quantities if q.start >= begin), None)
    if first is None or first > place:
        return None
    a, _ = s.clauses[s.clause_at(first)]
    return _OPENS.match(s.masked, a) if a > begin else None


def effort_word(
    s: Sentence, place: int, date: Date | None, context: Context
) -> tuple[int, int] | None:
    """Where, in the clean text, the 力争 (or the like) stands that governs the target at ``place``.

    Before the date, or right behind it at the head of its list, it governs the whole list; inside a
    clause it governs that clause, and the clauses that follow without a subject of their own.
    """
    word, before, verb = _patterns()
    text, begin = s.masked, 0
    if not _strives(text):
        return context.strive if not date and "确保" not in text[:place] else None
    i = s.clause_at(place)
    a, b = s.clauses[i]
    start = max(a, date.start - 6) if date and a < date.start else a
    said = word.search(text, start, place + 1)
    said = said or (word.match(text, a) if date and date.start > a else None)
    if said:
        return s.in_text(*said.span())
    if date:
        begin = max(date.end, _new_base(s, date.end, place))
        at = _before_base(s, date.start)
        near = max(0, at - 12)
        led = before.search(text[near:at])
        if led:
            return s.in_text(near + led.start(1), near + led.end(1))
        opens = _OPENS.match(text, begin) or _opens_later(s, begin, place)
        if opens and "确保" not in text[begin:place]:
            return s.in_text(*opens.span(1))
    elif context.strive and "确保" not in text[:place]:
        return context.strive
    within = None if date else _WITHIN.search(text, 0, place)
    if within:
        return s.in_text(*within.span(1))
    while i > 0 and s.clauses[i - 1][0] >= begin and verb.match(text, *s.clauses[i]):
        i -= 1
        a, b = s.clauses[i]
        said = word.search(text, a, b)
        if said:
            return s.in_text(*said.span())
        if rx("确保").search(text, a, b) or text[b : b + 1] == ";":
            return None
    return None
