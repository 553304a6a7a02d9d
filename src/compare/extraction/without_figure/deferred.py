"""Deferred: dated commitments to a level that a higher government sets (完成省下达目标)."""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject_words import split_list
from compare.extraction.without_figure.common import in_force, row, subject
from compare.vocabulary.lexicon import any_of, rx, words

FALLS = re.compile(r"下降|降低|强度|(?:单位|人均|万元).{0,14}(?:能耗|能源|排放|消耗)|降幅|削减")
_OBJECT = re.compile(r"(?:下达|核定|分解|确定|规定)(?:的)?(.{3,24}?)(?:下降)?(?:目标|任务|指标)")


# 达到国家标杆水平 names a level, 达到国家规定标准 defers to one
_OF_OTHERS = re.compile(r"(?:标准|水平|要求|计划|范围)(?:之?内|以内|范围内)?$")


@cache
def _pattern() -> re.Pattern:
    d = words()["deferred"]
    giver, given = d["givers_re"], d["given_re"]
    short = "(?:国家|省|市|州|区|上级|省级|市级)(?:人民政府|政府)?"
    return re.compile(
        rf"{any_of(d['verbs'])}(?:好)?(?:{giver}{given}|{short})(?:给?我[省市区县州])?(?:的)?"
        rf"(?:[^,;。]{{0,10}}?{given}(?:的)?)?[^,;。]{{0,8}}?(?:{d['objects_re']})(?:之?内|以内|范围内)?"
    )


def rows(s: Sentence, context: Context) -> list[Row]:
    """Rows for the deferred commitments of a sentence; each named measure gives one."""
    out = []
    for m in _pattern().finditer(s.masked):
        if _OF_OTHERS.search(m[0]) and not rx(words()["deferred"]["given_re"]).search(m[0]):
            continue
        date, years = in_force(s, m.start(), context)
        begin, _ = s.clauses[s.clause_at(m.start())]
        name = subject(s, begin, m.start())
        if len(name) < 2:
            inner = _OBJECT.search(m[0])  # 完成国家下达的能耗强度降低目标
            at = m.start()
            name = s.masked_words(at + inner.start(1), at + inner.end(1)) if inner else ""
        if not name:
            continue
        for year in years:
            for item in split_list(name):
                falls = bool(FALLS.search(item))
                out.append(
                    row(
                        s, m.span(), item, year, date, context, kind="deferred",
                        measure="change" if falls else "level", direction="down" if falls else None,
                    )
                )  # fmt: skip
    return out
