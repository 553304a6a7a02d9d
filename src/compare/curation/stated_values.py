"""Whether a row's ``value`` is one that its ``value_text`` states."""

from __future__ import annotations

import math
import re
import unicodedata

from compare.schema.records import Target
from compare.vocabulary import five_year_plans
from compare.vocabulary.numbers import HAN_NUMBER, PLAIN_NUMBER, han_number, plain_number
from compare.vocabulary.quantities import read_quantities
from compare.vocabulary.units import simplify

_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]")
_NUMBER = re.compile(PLAIN_NUMBER)
_HAN = re.compile(HAN_NUMBER)
_FRACTION = re.compile(rf"(?P<below>{HAN_NUMBER})分之(?P<above>{HAN_NUMBER})")


def problem_of_value(t: Target) -> str | None:
    """What ``value`` or ``value_max`` says that ``value_text`` does not; None where they agree.

    Words that hold no number (翻番) are not judged. A verbal row has no figure: all is 100, none is 0.
    """
    if t.kind == "verbal" and t.value is not None:
        none = t.value == 0 and "零" in t.value_text
        return None if none or t.value == 100 else f"value {t.value:g} of a verbal row"
    for name, value in (("value", t.value), ("value_max", t.value_max)):
        if value is None or not math.isfinite(value):
            continue
        stated = stated_numbers(t.value_text, t.kind == "peak")
        if stated and not any(math.isclose(abs(value), one, rel_tol=1e-9) for one in stated):
            return f"{name} is {value:g}, value_text says {t.value_text!r}"
    return None


def stated_numbers(words: str, years: bool = False) -> set[float]:
    """Every number that words state, in digits or in Chinese numerals, whatever its unit.

    Parameters
    ----------
    words : str
        As the raw text has them.
    years : bool
        Count the last years of five-year plans, too (“十五五”期间).
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", words))
    found = {plain_number(m[0]) for m in _NUMBER.finditer(text)}
    if found:
        return found
    text = simplify(text)
    if years:
        found |= {float(p.end_year) for p in five_year_plans.plans() if p.name in text}
    for q in read_quantities(text, 0, len(text)):
        found |= {q.value} if q.value_max is None else {q.value, q.value_max}
    for m in _FRACTION.finditer(text):
        part = _of_han(m["above"]) / (_of_han(m["below"]) or 1)
        found |= {part, 100 * part}
    if "半" in text:  # 一半, 过半
        found |= {0.5, 50.0}
    return (found | {_of_han(m[0]) for m in _HAN.finditer(text)}) - {math.nan}


def _of_han(numeral: str) -> float:
    try:
        return han_number(numeral)
    except ValueError:
        return math.nan
