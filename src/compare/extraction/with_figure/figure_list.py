"""A list of figures in its clause: what stands before it, behind it, and which date governs it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter

from compare.extraction.dates.horizons import Date
from compare.extraction.layout.located import joined, without
from compare.extraction.sentence import MASK, Context, Row, Sentence
from compare.extraction.with_figure.starting_point import StartingPoint
from compare.vocabulary.lexicon import any_of, rx, words
from compare.vocabulary.quantities import Quantity

_SEPARATOR = re.compile(r"(?:、|和|及|与|以及|,和|,)$")
_BASE_TAIL = re.compile(
    r"(?:的)?(?:同期|实际|排放)?(?:水平|基准|基数)?上?(?:相比|为基准年?|为基期|基础上|的基础上|相较)?(?:的)?"
)
# 引进50名以上领军人才、20个以上创新团队: the second shares the verb of the first
_FOLLOWS = re.compile(r"^(?:以上|左右|以内)?[^,;\d]{2,30}(?:、|和|及|与|以及)(?:约|近|逾)?$")
# 培育5个以上产值超100亿元的产业集群: the second figure says which ones are counted
ATTRIBUTE = re.compile(
    r"(?:年)?(?:总?产值|产值规模|主营业务收入|营业收入|营收|销售收入|规模|产能)(?:超过?|过|达到?|突破|在)[\d.]+[万亿千百]*[元吨](?:以上)?"
)
_WITH_ATTRIBUTE = re.compile(rf"(?:以上)?{ATTRIBUTE.pattern}、")
_NO_NOUN = re.compile(r"(?:的?(?:水平|规模)|[的之]?[^,;]{0,6}目标)[。]?$")
_start = attrgetter("start")
_LINK = re.compile(r"[、和及与(]|之间|范围|且|并|而|但|作为|列为")


@dataclass(slots=True)
class FigureList:
    """One figure, or a list of figures (21%和25%左右), in its clause.

    Attributes
    ----------
    sentence : Sentence
    items : list of Quantity
    clause : int
        Index of the clause.
    begin : int
        Where the words that belong to it begin: the clause, or what the list before left over.
    bare : str
        Those words up to the first figure, without dates.
    words : str
        The same, knowing where they stand.
    right : str
        What follows in the clause, behind the qualifier.
    behind : int
        Where ``right`` begins.
    qualifier : str
        以上, 左右 … behind the last figure; empty without one.
    noun_behind : bool
        The figures stand in front of what they count (50家以上领军企业).
    follows : bool
        They share the verb of the list before.
    base : Date or None
        The date in the clause that names the baseline year.
    date : Date or None
        The horizon or past date that governs them; None where an earlier sentence does.
    years : list of int or None
        Years in force; empty where none is, None for 今年 of an unknown year.
    point : StartingPoint or None
        Where the figures start from.
    first, last : Quantity
        The first and the last of the figures.
    """

    sentence: Sentence
    items: list[Quantity]
    clause: int
    begin: int
    bare: str
    words: str
    right: str
    behind: int
    qualifier: str
    noun_behind: bool
    follows: bool
    base: Date | None
    date: Date | None
    years: list[int | None]
    point: StartingPoint | None
    first: Quantity = field(init=False)
    last: Quantity = field(init=False)

    def __post_init__(self) -> None:
        self.first, self.last = self.items[0], self.items[-1]


@cache
def qualifiers() -> re.Pattern:
    """Words behind a figure that bind it: 以上, 以内, 左右 …"""
    b = words()["bounds"]
    after = any_of(b["at_least_after"], b["at_most_after"], b["about_after"])
    return re.compile(rf"(?:\(含\))?\(?{after}\)?|□□□{after}")


def figure_lists(s: Sentence) -> list[list[Quantity]]:
    """Quantities of a sentence gathered into lists: 21%和25%左右; x、y、z以上."""
    after = qualifiers()
    out: list[list[Quantity]] = []
    for q in s.quantities:
        if q.start and s.masked[q.start - 1] == MASK and s.text[q.start - 1] != ")":
            continue
        if s.dates and any(d.start <= q.start < d.end for d in s.dates):
            continue
        if out and _same_list(s, out[-1], q, after):
            out[-1].append(q)
        else:
            out.append([q])
    return out


def _same_list(s: Sentence, group: list[Quantity], q: Quantity, after: re.Pattern) -> bool:
    between = s.masked[group[-1].end : q.start]
    m = after.match(between)
    rest = (between[m.end() :] if m else between).lstrip(MASK)  # a note in brackets
    if not _SEPARATOR.fullmatch(rest):
        return False
    if rest == "," or group[-1].dimension != q.dimension:  # 光伏45万千瓦、30个示范村 are two lists
        return "分别" in s.masked[max(0, group[0].start - 12) : group[0].start]
    return True


def figure_list_at(
    s: Sentence,
    items: list[Quantity],
    context: Context,
    done: list[Row],
    taken: int,
    point: StartingPoint | None,
) -> FigureList:
    """The list of figures in its clause.

    Parameters
    ----------
    done : list of Row
        Rows made of the sentence so far.
    taken : int
        Where the last list that gave rows ended.
    point : StartingPoint or None
        Where the figures start from.
    """
    text, first = s.masked, items[0]
    clause = s.clause_at(first.start)
    opened, stop = s.clauses[clause]
    begin = max(opened, taken if taken <= first.start else opened)
    m = qualifiers().match(text, items[-1].end)
    behind = m.end() if m else items[-1].end
    right = text[behind : max(stop, behind)]
    following = bisect_left(s.quantities, behind, key=_start)
    if following < len(s.quantities) and s.quantities[following].start < stop:
        right = text[behind : s.quantities[following].start]
    if items[-1].dimension == "share" and HAVE_SO_MANY.search(right):
        right = text[behind:stop]  # 60%以上的乡镇|建有不少于4个公共充电桩
    if items[-1].dimension == "count" and ATTRIBUTE.match(text, behind, stop):
        right = text[behind:stop]
    bare, base = without_dates(s, begin, first.start)
    if point and point.lead >= begin:  # the words around it alone: 由15%提高到 → 提高到
        after = without(
            rx("^[^到至为]*[→⟶>]|[的之]$"), without_dates(s, point.move, first.start)[0]
        )
        level = not point.by and not rx("(?:到|至|为)").search(after)
        bare = without_dates(s, begin, point.lead)[0] + after + "到" * level
    if "基础上" in bare:
        bare = without(rx("在(?:现状|现有|目前|当前|原有|上年)(?:水平)?的?基础上"), bare)
    bare = bare.removeprefix("()")  # of a date in brackets behind the figure before
    later = rx(r"^[,、]*(?:其后|此后|往后|随后)(?:再|将)?").match(bare)
    if later:
        bare = bare[later.end() :]
    follows = bool(later) or (
        begin > opened
        and bool(done)
        and done[-1].end - s.at <= begin
        and bool(
            _FOLLOWS.search(text[done[-1].end - s.at : first.start])
            or _WITH_ATTRIBUTE.fullmatch(text, done[-1].end - s.at, first.start)
        )
    )
    date = _date_behind(s, items[-1], behind) or s.horizon(first.start)
    years = date.years if date else ([] if context.past else context.years)
    if later:
        date, years = None, []
    noun = bool(right.strip("□ 。)")) and not _NO_NOUN.match(right) and not _LINK.match(right)
    return FigureList(
        s,
        items,
        clause,
        begin,
        str(bare),
        bare,
        right,
        behind,
        m[0] if m else "",
        noun,
        follows,
        base,
        date,
        years,
        point,
    )


# 60%以上的|乡镇建有不少于|4个公共充电桩: who has so many, of whom a share is told
HAVE_SO_MANY = re.compile(
    "^(?:[及以之]上)?的?[\u4e00-\u9fff()、]{2,16}(?:建[有成设]|配[备建有]|拥有|具备|设有|至少有|有)(?:不少于|至少|超过)?$"
)
# 达到60%(2025年); 新增120公顷,2030年达成; 各1个,时限均为2028年底
_LEADS_BACK = re.compile(
    r"\((?:到)?|(?:,|的目标)?(?:最[迟晚]|不[迟晚]于)?(?:于|在)?|,(?:完成)?(?:时限|期限|时间)(?:均|都)?(?:为|是)?(?:到)?"
)
_CLOSES = re.compile(
    r"(?:底|末|内)?(?:\)|(?:完成|实现|达成|达到|建成|到位|投产|投运|投用|竣工|完工|并网|启用|投入(?:使用|运行|运营))(?=[,;。)]|$))"
)


def _date_behind(s: Sentence, q: Quantity, behind: int) -> Date | None:
    """A horizon that trails its figure and belongs to nothing else."""
    if not s.dates or s.dates[-1].start < q.end:
        return None
    d = next((d for d in s.dates if d.start >= q.end), None)
    if d is None or d.role != "horizon" or d.start - behind > 10:
        return None
    lead = _LEADS_BACK.fullmatch(s.masked, behind, d.start)
    if not lead:
        return None
    named = "限" in lead[0] or "时间" in lead[0]
    return d if named or _CLOSES.match(s.masked, d.end) else None


def without_dates(s: Sentence, begin: int, end: int) -> tuple[str, Date | None]:
    """``masked[begin:end]`` without its dates, and the date that names its baseline year."""
    if not s.dates:
        return s.masked_words(begin, end), None
    base, out, at = None, [], begin
    for d in s.dates:
        if d.end <= begin or d.start >= end:
            continue
        out.append(s.masked_words(at, max(at, d.start)))
        at = min(d.end, end)
        if d.role == "baseline":
            base = d
            if out[-1].endswith("("):  # 较基准年(2005年)减量
                out[-1] = without(rx(r"(?:较|比)?基准?[年期]\($"), out[-1])
                at += s.masked[at : at + 1] == ")"
            tail = _BASE_TAIL.match(s.masked[at:end])
            at += tail.end() if tail else 0
            if out[-1].endswith("(") and s.masked[at : at + 1] == ")":  # (以2020年为基期)
                out[-1], at = out[-1][:-1], at + 1
    out.append(s.masked_words(at, end))
    return joined(out), base or _clause_of_baseline(s, begin)


def _clause_of_baseline(s: Sentence, begin: int) -> Date | None:
    """A clause that is nothing but a baseline governs the next: 与2020年相比,…"""
    bases = [d for d in s.dates if d.role == "baseline"]
    i = s.clause_at(begin) if bases else 0
    if i > 0:
        a, b = s.clauses[i - 1]
        for d in (d for d in bases if a <= d.start < b):
            # …面积由2021年之1850公顷,至2026年扩大至2600公顷
            led = s.masked[d.start] in "由从自"
            moved = led and rx("[到至增升降减高大]").search(s.masked, d.end, b)
            told = any(d.end <= q.start < b for q in s.quantities)  # 比2023年减少6千克
            closed = (not told and b - a <= d.end - d.start + 8) or s.masked.endswith(
                "基础上", a, b
            )
            if closed or (led and not moved):
                return d
    return None


def unmasked(s: Sentence, name: str, begin: int, end: int) -> str:
    """A masked name with its own words back."""
    if MASK not in name:
        return name
    at = s.masked.find(name, begin, end)
    return s.words(at, at + len(name)) if at >= 0 else without(rx(MASK), name)
