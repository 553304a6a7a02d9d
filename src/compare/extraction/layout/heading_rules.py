"""What a line of its own is: a heading, or a numbered line that says what is to be reached; and which headings look back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from compare.extraction.commitment.task_words import task_opening
from compare.extraction.rules import Rule, first
from compare.vocabulary.lexicon import any_of, rx, words
from compare.vocabulary.quantities import target_quantities

HEADING, SAYS, LOOKS_BACK = "heading", "paragraph", "past"

_HIDDEN = re.compile(r"《[^》]{0,120}》|[“\"「『][^”\"」』]{0,60}[”\"」』]|\([^()]{0,60}\)")
_FIGURE = re.compile(r"\d|百分之|[一二三四五六七八九十百千两][成倍番万亿]")
_DATE = re.compile(
    r"\d{4}年|二[〇零○O][〇零○O一二三四五六七八九]{2}年|[“\"「『]?二?十[一二三四五六七八九]五[”\"」』]?(?:期?末|期间|时期)|民国\d"
)
_NAME = re.compile(
    r"(?:行动|工程|计划|方案|规划|目标|任务|指标|要求|安排|措施|阶段|工作|部署|路径|展望|思路|原则|重点|机制|体系|制度)$"
)
# what a heading without a number is called
_TITLED = re.compile(
    r"(?:总体|主要|发展|工作|具体|预期|阶段性?|奋斗|行动)(?:发展)?(?:目标|要求|思路)(?:任务)?|(?:重点|主要|工作|具体)(?:工作)?任务(?:分工)?|重点(?:工作|举措|工程|行动)|"
    r"(?:主要|工作|政策|具体)措施|指导思想|(?:基本|工作)原则|(?:组织|政策|要素)?保障(?:措施)?|组织(?:领导|实施)|"
    r"(?:工作|发展|现有|现实)基础|(?:发展|工作)?现状|(?:面临)?形势|(?:主要|工作)成效|基本情况|存在(?:的)?(?:主要)?问题"
)
LONGEST_TITLED = 12
"""Characters of a heading without a number, at the most."""
_PAST = "(?:(?<!设施)基础(?:条件|优势)?|现状|成效|成绩|回顾|形势|背景|总结|进展(?:情况)?|完成情况|基本情况|问题|短板)"
_OF_THE_PAST = re.compile(
    '(?:[“"]?[一二三四五六七八九十]{1,3}五[”"]?(?:时期|期间)?|(?:工作|发展|现有|现实|产业|良好|主要|前期|建设|改革|治理|转型|实施|总体|面临的?|存在的?|取得的?|的|和|与|及|、))*'
    f"(?:{_PAST}(?:和|与|及|、)?(?:主要|面临的?|存在的?)*)+(?:分析|研判|评估)?"
)
_ENDS_IN_THE_PAST = re.compile(f"{_PAST}(?:分析|研判|评估)?$")
_BUILDS = re.compile(
    "夯[实牢]|[筑打]牢|厚植|奠定|稳固|稳定|做[实强优]|彰显|放大|凸显|展现|建强|守牢|加固"
)


@dataclass(frozen=True, slots=True)
class LineCase:
    """A short numbered line, or the first sentence of one, without its number; ``said``: names and quotes hidden."""

    title: str
    said: str


def _counts(c: LineCase) -> bool:
    if not _FIGURE.search(c.said):
        return False
    return any(
        q.unit and not _is_threshold(c.said, q.end)
        for q in target_quantities(c.said, 0, len(c.said))
    )


def _is_threshold(said: str, end: int) -> bool:
    return bool(rx("(?:及?以[上下]|级)的?[^,;]{2,}").match(said, end))


@cache
def _predicate() -> re.Pattern[str]:
    v, d, p = (words()[k] for k in ("verbal", "directional", "peak"))
    some = (
        v["all"],
        v["wholly"],
        v["cover"],
        v["to_zero"],
        p["words"],
        d["up"],
        d["down"],
        d["rise"],
        d["fall"],
    )
    return re.compile(f"{any_of(*some)}|完成|达到|实现|建成|投产|保持|稳定")


def _promises(c: LineCase) -> bool:
    date = _DATE.search(c.title)
    if not date or _NAME.search(c.title.rstrip("。:;")):
        return False
    rest = c.title[: date.start()] + c.title[date.end() :]
    return bool(_predicate().search(rest))


LINES = (
    Rule(
        "numbered-line-with-a-figure",
        "A numbered line that holds a number and its unit says what is to be reached: it is no heading.", SAYS,
        _counts,
        taken="二、重点任务\n2.新增光伏装机300万千瓦\n加快推进基地建设。",
        left="二、重点任务\n2.发展30万千瓦以上的新能源基地\n加快推进基地建设。",
    ),
    Rule(
        "numbered-line-with-a-date",
        "A numbered line that says what is to be by a date is no heading; one that names an action or a goal is.",
        SAYS, _promises,
        taken="二、主要目标\n（一）力争二〇三〇年前实现碳达峰\n坚持先立后破。",
        left="二、主要目标\n（一）2030年前碳达峰行动\n坚持先立后破。",
    ),
)  # fmt: skip
"""Short numbered lines that are no headings."""

PAST = (
    Rule(
        "heading-of-what-has-been", "工作基础, 发展现状与形势 and the like are the names of what has been.", LOOKS_BACK,
        lambda title: _OF_THE_PAST.fullmatch(title),
        taken="一、发展基础", left="一、发展目标",
    ),
    Rule(
        "heading-of-a-task", "A heading that opens with a verb of doing (夯实, 巩固) says what is to be done.", "ahead",
        lambda title: _BUILDS.match(title) or task_opening(title, 0, len(title)),
        taken="（一）夯实生态碳汇基础", left="（一）生态碳汇基础",
    ),
    Rule(
        "heading-that-looks-back", "Any other heading that ends in 基础, 现状 or 成效 looks back.", LOOKS_BACK,
        lambda title: "目标" not in title and _ENDS_IN_THE_PAST.search(title),
        taken="（一）能源结构现状", left="（一）能源结构现状与目标",
    ),
)  # fmt: skip
"""Whether a heading looks back."""
RULES = (*LINES, *PAST)

_NUMBER = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}[章编部节条]|[一二三四五六七八九十]{1,3}[、.]|[((][一二三四五六七八九十\d]{1,3}[))]|"
    r"\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,2}[.、)](?!\d)|[①-⑳㉑-㉟㊱-㊿]|附件\d?:?)+"
)


def without_number(title: str) -> str:
    """A heading without its number."""
    m = _NUMBER.match(title)
    return title[m.end() :] if m else title


def line_says(title: str) -> str | None:
    """The rule by which a short numbered line is no heading; None where it is one.

    Parameters
    ----------
    title : str
        The line, or its first sentence, without its number.
    """
    if not (_FIGURE.search(title) or _DATE.search(title)):
        return None
    found = first(LINES, LineCase(title, _HIDDEN.sub(lambda m: "□" * len(m[0]), title)))
    return found.reason if found else None


@lru_cache(maxsize=4096)
def looks_back(heading: str) -> bool:
    """Whether what stands below a heading tells what has been."""
    if not rx(_PAST).search(heading):
        return False
    found = first(PAST, without_number(heading).rstrip(":;"))
    return found is not None and found.disposition == LOOKS_BACK


def is_titled(line: str) -> bool:
    """Whether a line without a number is nothing but the title of a part (主要目标)."""
    return len(line) <= LONGEST_TITLED and bool(_TITLED.fullmatch(line.rstrip(":")))
