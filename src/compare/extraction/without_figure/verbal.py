"""Verbal: dated commitments to all of a population, or to none, without a figure (全部执行, 全覆盖, 清零)."""

from __future__ import annotations

import re
from functools import cache

from compare.extraction.located import without
from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.subject_words import names_indicator
from compare.extraction.task_words import task_verbs_end
from compare.extraction.without_figure.common import in_force, row, subject
from compare.vocabulary.lexicon import any_of, opens_any_of, rx, words

_QUANTIFIER = re.compile(r"^(?:全数|全部|全线|全面|一律|百分之百)")
_ENDING = frozenset({"淘汰", "取消", "关停", "消除", "退出", "拆除", "关闭", "停止", "禁止"})
_ABSTRACT = re.compile(r"(?:体系|机制|格局|制度|模式|方式)$")


@cache
def _patterns() -> dict[str, re.Pattern]:
    v = words()["verbal"]
    every, verbs, more = any_of(v["all"]), any_of(v["verbs"]), any_of(v["verbs_all"])
    duly = "(?:按期|如期|按时|足额)*"
    return {
        "all": re.compile(
            rf"{opens_any_of(v['all'], '所')}(?:{every}{duly}{verbs}|(?:全数|全部|一律){duly}{more}"
            rf"|所有(?P<whom>[^,;。]{{2,16}}?)(?:均|都){duly}(?P<do>{verbs}|{more})"
            rf"|{every}[\u4e00-\u9fff]{{2,4}}化(?=[,;。]|$)"
            # 城镇新建建筑全面建成绿色建筑: all of them become one of their kind
            r"|(?<=(?P<kind>[\u4e00-\u9fff]{2}))全面建成(?=[\u4e00-\u9fff]{2,6}(?P=kind)(?:[,;。]|$)))"
        ),
        # 完成全部区属学校改造, 覆盖全部乡镇: all of what is named behind
        "behind": re.compile(
            r"(?P<do>完成|覆盖)(?P<every>全部|所有)(?P<what>[^,;。]{2,24}?)(?=[,;。]|$)"
        ),
        "cover": re.compile(any_of(v["cover"])),
        "not_all": re.compile(v["not_all_re"]),
    }


def rows(s: Sentence, context: Context, figures: list[Row]) -> list[Row]:
    """Rows for the verbal commitments of a sentence."""
    taken = [(r.start - s.at, r.end - s.at) for r in figures]
    out = _all(s, context, taken)
    return out + _behind(s, context, taken) + _cover(s, context, taken, out)


def _verbal(s: Sentence, span, name, years, date, context, none: bool) -> list[Row]:
    fields = {
        "kind": "verbal",
        "value": 0.0 if none else 100.0,
        "unit": "%",
        "comparator": "=",
        "dimension": "share",
    }
    return [row(s, span, name, year, date, context, **fields) for year in years]


def _all(s: Sentence, context: Context, taken) -> list[Row]:
    out, text, p = [], s.masked, _patterns()
    for m in p["all"].finditer(text):
        begin, end = s.clauses[s.clause_at(m.start())]
        date, years = in_force(s, m.start(), context)
        if not years or any(m.start() <= a <= m.end() for a, _ in taken):
            continue
        name, rest = subject(s, begin, m.start()), text[m.end() : end]
        matched = s.masked_words(*m.span())
        if (
            ("全面" in m[0] and p["not_all"].search(rest))
            or _ABSTRACT.search(name)
            or rx("先进水平|一流").search(rest)
        ):
            continue
        if name.endswith("机组") and rx("投[产运用]|并网|发电").match(rest):
            continue  # all of one project: a milestone
        verb, noun = without(_QUANTIFIER, matched), s.words(m.end(), end).rstrip("。")
        if m["whom"]:  # 所有县区均建立…
            name, verb = (s.masked_words(*m.span(which)) for which in ("whom", "do"))
        if len(name) < 2 and verb == "完成":
            # 推动某行业超低排放改造,2025年底前全部完成
            name, noun = noun or _task_before(s, s.clause_at(m.start())), ""
            if rx("(?:各项)?(?:目标|任务|工作)").match(name):
                continue  # 全面完成目标任务 names nothing
        if len(name) < 2 and rx("除.*外$").search(text[: max(begin - 1, 0)]):
            a, b = s.clauses[s.clause_at(m.start()) - 1]
            name = without(rx("除.*外$"), subject(s, a, b))  # 公交车除应急车辆外,2024年底前全部…
        if len(name) < 2 and verb in _ENDING and len(noun) >= 4:
            name, verb, noun = verb + noun, "", ""
        if len(name) < 2:
            continue
        if rx("坚持|推动|推进|加快|促进").match(name):
            continue
        full = name + noun if verb == "实现" else name + verb + noun
        out += _verbal(
            s, m.span(), full if len(full) <= 60 else name + verb, years, date, context, False
        )
    return out


def _behind(s: Sentence, context: Context, taken) -> list[Row]:
    out = []
    for m in _patterns()["behind"].finditer(s.masked):
        begin, end = s.clauses[s.clause_at(m.start())]
        date, years = in_force(s, m.start(), context)
        if not years or any(begin <= a < end for a, _ in taken):
            continue
        name, what = subject(s, begin, m.start()), s.words(*m.span("what"))
        if m["do"] == "完成":
            if len(name) >= 2 or not rx(words()["names"]["itself_re"]).search(what):
                continue
            name = what
        elif len(name) < 2:
            continue
        else:
            name += s.masked_words(*m.span("do")) + what
        out += _verbal(s, m.span("every"), name, years, date, context, False)
    return out


def _task_before(s: Sentence, clause: int) -> str:
    """What the task in the clause before is about, without its verb."""
    if not clause or s.masked[s.clauses[clause][0] - 1] == ";":
        return ""
    name = subject(s, *s.clauses[clause - 1])
    return name[task_verbs_end(name) :]


def _cover(s: Sentence, context: Context, taken, done: list[Row]) -> list[Row]:
    out, text = [], s.masked
    for m in _patterns()["cover"].finditer(text):
        date, years = in_force(s, m.start(), context)
        if not years or text[m.end() : m.end() + 1] in ("率", "面", "示", "的"):
            continue
        if text[m.start() - 1 : m.start()] in ("净", "近"):
            continue  # 净零排放 is a balance, 近零排放 a class; neither is none
        if any(a <= m.start() < b or abs(a - m.end()) < 4 for a, b in taken):
            continue
        clause = s.clause_at(m.start())
        name = subject(s, s.clauses[clause][0], m.start())
        if len(name) < 2:
            before = [r for r in done + out if r.end <= s.at + m.start()]
            name = before[-1].indicator_text if before else _earlier(s, clause)
        if len(name) < 2 or rx("推动|加快|推进").match(name):
            continue
        none = "零" in m[0] or "消除" in m[0]
        if m[0].startswith("零") and len(m[0]) == 3:
            name += s.masked_words(
                m.start() + 1, m.end()
            )  # 原生生活垃圾零填埋: what is to be none is 填埋
        out += _verbal(s, m.span(), name, years, date, context, none)
    return out


def _earlier(s: Sentence, clause: int) -> str:
    """Subject of an earlier clause that sets a level: …比例达70%,到2030年实现全覆盖."""
    for a, b in reversed(s.clauses[:clause]):
        figure = next((q for q in s.quantities if a <= q.start < b), None)
        if figure:
            return subject(s, a, figure.start)
        name = subject(s, a, b)
        if len(name) >= 3 and not any(a <= d.start < b for d in s.dates):
            return name if names_indicator(name) else ""
    return ""
