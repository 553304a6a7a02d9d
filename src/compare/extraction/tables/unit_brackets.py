"""Units that stand with a name: 森林覆盖率(%), 用水总量〔亿立方米〕, 能源消费总量，万吨标准煤."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from compare.extraction.layout.located import Located
from compare.extraction.tables.cells import piece
from compare.vocabulary import units
from compare.vocabulary.lexicon import any_of
from compare.vocabulary.unit_words import unit_words

_BRACKET = re.compile(r"[(〔\[【](?P<unit>[^()〔〕\[\]【】]{1,16})[)〕\]】]$")
_PERCENT = re.compile(r"[,/:]?(?P<unit>%|‰)$")
_RATE = re.compile(r"[^\d,;。]{1,8}/[^\d,;。]{1,8}$")


@cache
def _counting() -> re.Pattern[str]:
    words = unit_words()
    each = any_of(w for w in words.class_of if w[0] != ":")
    more = any_of(words.multipliers)
    return re.compile(
        rf"(?:{more}?{each}(?:标准煤|标煤|当量|次|公里)?|{more})(?:/(?:{more}?{each}|[\u4e00-\u9fff]{{1,4}}))*"
    )


@lru_cache(maxsize=4096)
def is_unit(words: str) -> bool:
    """Whether words are a unit and nothing else."""
    if not words or len(words) > 16:
        return False
    return bool(_counting().fullmatch(words)) or (
        units.parse(words) is not None and not words.isdigit()
    )


def split_unit(name: Located) -> tuple[Located, Located | None]:
    """A name without the unit that stands behind it, and the unit; None where there is none."""
    m = _BRACKET.search(name) or _PERCENT.search(name)
    if m and m.start() and (is_unit(m["unit"]) or _RATE.fullmatch(m["unit"])):
        return piece(name, 0, m.start()), piece(name, *m.span("unit"))
    return name, None


def split_any_bracket(name: Located) -> tuple[Located, Located | None]:
    """The same, for a table that has its units in brackets: what stands there is taken for one."""
    bare, unit = split_unit(name)
    m = _BRACKET.search(name)
    if unit is None and m and m.start() > 1 and _SHORT.fullmatch(m["unit"]):
        return piece(name, 0, m.start()), piece(name, *m.span("unit"))
    return bare, unit


_SHORT = re.compile(r"(?!含|不含|现|按|其中|当年|累计|[市县区省镇乡]$)[^\d,;、。]{1,6}")
