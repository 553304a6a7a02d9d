"""How far a date reaches, by named rules: which headings date, which sentences open a list, what ends a date."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from compare.extraction.commitment.task_words import Opening, behind_setting, task_opening
from compare.extraction.rules import Decision, Rule, first
from compare.vocabulary.lexicon import any_of, rx, words

HELD, ENDED = "held", "ended"

# the marks of the items of a list, and the first of them
MARK = re.compile(
    r"(?:——|[一二三四五六七八九十]是|[((]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)).、](?!\d)|[①-⑳•●◆■▪·\-])"
)
# a later item with its date right behind its mark
LATER_DATED = re.compile(
    r"(?:[二三四五六七八九]是|[((]?[2-9][)).、](?!\d)|[②-⑨])[^,;。]{0,4}(?:20|21)\d\d年"
)
_FIRST_MARK = re.compile(r"\n?(?:——|一是|首先|第一[,、]|[((]?[1一][)).、](?!\d)|[①•●◆■▪·])")
_THINGS = (
    "(?:目标|任务|工作|指标|要求|方面|重点|工程|行动|举措|事项|成效|成果|提升|突破|转变|提高|计划)"
)
_AS_FOLLOWS = re.compile(
    rf"(?:如下|(?:如下|下列|下述|以下)(?:几|各|[一二两三四五六七八九十\d]+)?[个项大点类条]?(?:主要|重点|具体|工作|核心)?{_THINGS}{{1,2}}(?:是|为)?)[。:]?$"
)
_NAMELY = re.compile(
    rf"(?:具体而言|具体来说|具体来看|具体说来|具体是|(?:主要)?包括|分别是|(?:主要|具体|工作|总体|发展|阶段性?)?{_THINGS}(?:是|为))[,:]?[。]?$"
)
_NAMELY_FIRST = re.compile("具体(?:而言|来说|来看|说来)")
_COUNTED = re.compile(
    rf"(?:[一二两三四五六七八九十]|\d{{1,2}})[个项大]?(?:[“\"「][^”\"」]{{1,12}}[”\"」]|(?:方面|重点|主要|具体|重大)?{_THINGS}{{1,2}}[”\"」]?)(?:的?{_THINGS})?[。:]?$"
)
_TAIL = 24  # the words that announce a list stand so near to the end of their sentence
_MAY_OPEN = re.compile("如下|[下以]列|以下|下述|具体|包括|[是为:][:。]?$")
# a preamble speaks of other things that follow: 为…,现提出如下意见
_PREAMBLE = re.compile(
    "(?:为|根据|按照)|[^。]*(?:现[将就提]|特?制定(?:本|如下|以下)|(?:[原全]文|节选|内容|详情|答复|公告|通[知报])[^,;。]{0,6}如下)"
)
# what a heading says beside its date: 2025年目标, 第一阶段(2024—2026年), 近期(到2027年)
_HEADING_REST = re.compile(
    rf"(?:到|至|的|全[省市县区]|[我本][省市县区]|预期|主要|具体|工作|发展|总体|阶段性?|重点|年度|远景|近期|中期|远期|长期|第[一二三四]阶段|第[一二三四]步|[\u4e00-\u9fff]{{2,3}}期|阶段|时期|期间|展望|安排|{_THINGS}|[(),:、\s])*"
)
_NUMBER = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.章节部编]|[((][一二三四五六七八九十\d]{1,3}[))]|\d{1,2}[.、)](?!\d)|[①-⑳])*"
)


def mark_of(text: str, at: int) -> str:
    """The kind of mark that an item begins with: its characters, with 1 for any number."""
    m = MARK.match(text, at)
    return rx(r"\d+|[一二三四五六七八九十]+|[①-⑳]").sub("1", m[0]) if m else ""


def words_around(title: str, spans: list[tuple[int, int]]) -> str:
    """A heading without its number and its dates."""
    parts, at = [], _match_end(_NUMBER, title)
    for start, end in spans:
        parts.append(title[at : max(at, start)])
        at = max(at, end)
    return "".join([*parts, title[at:]])


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    m = pattern.match(text)
    return m.end() if m else 0


class HeadingCase(NamedTuple):
    """A heading with a date in it."""

    rest: str
    """The heading without its number and date."""


HEADINGS = (
    Rule(
        "heading-of-a-year",
        "A heading that says a date, and 目标, 阶段 or the like, dates the paragraphs below it.",
        HELD,
        lambda c: _HEADING_REST.fullmatch(c.rest),
        taken="（一）2025年目标\n非化石能源消费比重达到«21%»左右。",
        left="（一）落实2030年前碳达峰行动\n新建住宅绿色建材应用比例不低于«45%»。",
    ),
)
"""Headings that date what stands below them."""


class OpeningCase(NamedTuple):
    """A sentence that may open a list: its words without what stands behind, and what follows.

    Attributes
    ----------
    said : str
        The sentence, its names hidden where it was read.
    follows : str
        The first characters behind it, a line end included.
    closes : bool
        It closes its paragraph.
    dated : list of (int, int)
        Where the years of its own date stand in it.
    """

    said: str
    follows: str
    closes: bool
    dated: list[tuple[int, int]]


OPENINGS = (
    Rule(
        "line-of-a-year", "A line that says no more than 到2025年主要目标 dates the lines below it.", HELD,
        lambda c: c.closes and c.dated
        and _HEADING_REST.fullmatch(words_around(c.said.rstrip("。:"), c.dated)),
        taken="到2025年主要目标\n再生水利用率达到«28%»以上。",
        left="落实2030年前碳达峰行动方案\n再生水利用率达到«28%»以上。",
    ),
    Rule(
        "opening-colon", "A dated line that ends in a colon opens a list.", HELD,
        lambda c: c.closes and c.said.endswith(":"),
        taken="到2025年，重点推进：\n——绿电消费占比达到«18%»。",
        left="到2025年，绿电消费占比达到16%。\n——新建建筑绿电消费占比不低于«18%»。",
    ),
    Rule(
        "opening-as-follows", "如下, 下列四项工作, 以下目标 at its end: a sentence opens a list.", HELD,
        lambda c: _AS_FOLLOWS.search(c.said, max(0, len(c.said) - _TAIL)),
        taken="到2027年，绿色交通体系基本成形。具体任务如下。\n铁路货运量占比提高到«18%»。",
        left="到2027年，颗粒物浓度控制在32微克/立方米以下。\n铁路货运量占比不低于«18%»。",
    ),
    Rule(
        "opening-namely", "具体而言, 包括, 主要目标是: a sentence opens a list.", HELD,
        lambda c: _NAMELY.search(c.said, max(0, len(c.said) - _TAIL))
        or _NAMELY_FIRST.search(c.said[:_TAIL]),
        taken="到2026年，减排固碳取得实效。具体而言，要抓好农膜减量。农膜回收率达到«88%»。",
        left="到2026年，农膜回收率达到88%。抓好化肥减量，化肥利用率达到«43%»。",
    ),
    Rule(
        "opening-counted", "实施四大工程, 做到四个“明显”, and an item with the first mark behind it: a list.", HELD,
        lambda c: _FIRST_MARK.match(c.follows) and _COUNTED.search(c.said[-2 * _TAIL :]),
        taken="到2028年，要做到两个“明显”。一是推广节水器具，人均用水量降到«22立方米»以下。",
        left="到2028年，要做到两个“明显”。推广节水器具，人均用水量降到«22立方米»以下。",
    ),
)  # fmt: skip
"""Sentences that open a list, which their date reaches over."""

TELLING = Rule(
    "opens-telling", "A paragraph that opens with 近年来, 目前 or 上半年 tells how things are.", ENDED,
    lambda text, at: rx(_TELLING).match(text, at),
    taken="近年来，生态持续改善。绿电占比达到«52%»。\n到2027年，绿电占比达到60%。",
    left="持续改善生态。绿电占比达到«52%»。\n到2027年，绿电占比达到60%。",
)  # fmt: skip
_TELLING = (
    "(?:[一-十]是)?(?:近年来?|[近过][去]?[一二三四五六七八九十几\\d]+年来?|[一二三四五六七八九十]+年来|去年|目前|当前|截[至止]目前|现阶段|长期以来"
    "|(?:今年)?(?:上半年|前三季度|一季度|以来))"
)
TURN = re.compile("下一步|下步|今后|未来|接下来|为此|将|要|力争|争取|确保|到(?:20|21)\\d\\d")
"""Where a text that tells how things are turns to what is to be."""

RUN = Rule(
    "run-goes-on", "A line end within a run of figures (behind ; or ,) ends nothing.", HELD, lambda: True,
    taken="到2030年，风电装机达到420万千瓦；\n抽水蓄能装机达到«240万千瓦»。",
    left="到2030年，风电装机达到420万千瓦。\n抽水蓄能装机达到«240万千瓦»。",
)  # fmt: skip
GOALS_RUN = Rule(
    "goals-below-their-date",
    "In a section of goals a paragraph that opens with a date dates those below it, if they are not parallel.",
    HELD,
    lambda: True,
    taken="一、主要目标\n到2025年，用能更加清洁。\n绿电消费占比达到«28%»。",
    left="一、主要目标\n到2025年，绿电占比达到28%。\n到2030年，绿电占比达到40%。\n水面率达到«6%»。",
)


class ReachCase(NamedTuple):
    """A sentence behind a dated one of its paragraph.

    Attributes
    ----------
    text : str
        The sentence, its names hidden.
    begin, end : int
        Its first clause, behind what only says in what setting.
    opening : Opening or None
        How that clause opens as a task.
    figure : bool
        A figure stands in that clause.
    goals : bool
        The section sets goals.
    task : bool
        The date dates only the task that it stands behind.
    dated_item : bool
        The date is that of a later item of a list (二是2026年…).
    inner : bool
        The date stands behind the subject of its clause, or is the second of its sentence.
    """

    text: str
    begin: int
    end: int
    opening: Opening | None
    figure: bool
    goals: bool
    task: bool
    dated_item: bool
    inner: bool


@cache
def _achieving() -> re.Pattern[str]:
    manner = any_of(words()["tasks"]["manner"], words()["tasks"]["manner_or_name"])
    return re.compile(
        f"(?:{manner})*{any_of(v for v in words()['achieve']['verbs'] if len(v) > 1)}"
    )


def _new_task(c: ReachCase) -> bool:
    return bool(c.opening) and (not c.opening.verb or not c.figure or c.task)


def _urged(c: ReachCase) -> bool:
    return bool(c.opening) and not _achieving().match(c.text, c.begin, c.end)


GOALS_GO_ON = Rule(
    "goals-go-on", "In a section of goals a date reaches to the end of its paragraph.", HELD,
    lambda c: c.goals,
    taken="一、主要目标\n到2025年，绿电消费占比达到30%。推广节水器具，人均用水量降到«22立方米»以下。",
    left="到2025年，绿电消费占比达到30%。推广节水器具，人均用水量降到«22立方米»以下。",
)  # fmt: skip
REACHES = (
    Rule(
        "item-of-its-own", "Where a later item has a date of its own, the next item has none from it.", ENDED,
        lambda c: c.dated_item and MARK.match(c.text),
        taken="一是2025年建成加氢站3座。二是2026年建成换电站5座。三是培育绿色工厂«20家»。",
        left="到2025年，一是建成加氢站3座。二是建成换电站5座。三是培育绿色工厂«20家»。",
    ),
    GOALS_GO_ON,
    Rule(
        "date-of-its-clause", "A date behind the subject of its clause, or second in its sentence, is of its own figure, not of the next sentence.",
        ENDED, lambda c: c.inner,
        taken="农膜回收率2025年达到85%。化肥利用率达到«43%»。",
        left="2025年，农膜回收率达到85%。化肥利用率达到«43%»。",
    ),
    Rule(
        "item-goes-on", "二是 and the like go on with what the dated sentence began.", HELD,
        lambda c: MARK.match(c.text),
        taken="到2025年，一是绿电消费占比达到30%。二是推广节水器具，人均用水量降到«22立方米»以下。",
        left="到2025年，绿电消费占比达到30%。推广节水器具，人均用水量降到«22立方米»以下。",
    ),
    Rule(
        "how-things-stand", "A sentence that opens with 目前 or 去年 tells how things stand.", ENDED,
        lambda c: c.text.startswith(("目前", "当前", "截至", "截止", "去年")),
        taken="到2025年，绿电消费占比达到30%。目前，人均用水量降到«22立方米»以下。",
        left="到2025年，绿电消费占比达到30%。人均用水量降到«22立方米»以下。",
    ),
    Rule(
        "yearly-or-besides", "每年, 此外 open something that the date before is not about.", ENDED,
        lambda c: c.text.startswith(("每年", "年均", "另", "此外")),
        taken="到2025年，绿电消费占比达到30%。每年评选绿色饭店«20家»以上。",
        left="到2025年，绿电消费占比达到30%。绿色饭店达到«20家»以上。",
    ),
    Rule(
        "norm-or-other-term", "原则上…, and a goal of another term, are not of the date before.", ENDED,
        lambda c: rx("(?:近期|中期|远期|长期)目标|[^,;]{0,24}原则上(?:不|应|须)").match(c.text),
        taken="到2025年，绿电消费占比达到30%。新建数据中心PUE值原则上不超过«1.3»。",
        left="到2025年，绿电消费占比达到30%。新建数据中心PUE值不超过«1.3»。",
    ),
    Rule(
        "new-task", "A sentence whose verb stands first, without a figure beside it, is a new task.", ENDED,
        _new_task,
        taken="到2025年，绿电消费占比达到30%。推广节水器具，人均用水量降到«22立方米»以下。",
        left="到2025年，绿电消费占比达到30%。推广节水器具«22万套»。",
    ),
    Rule(
        "urged", "鼓励, 加强 and other verbs that reach no figure open a new task, a figure beside them or not.",
        ENDED, _urged,
        taken="到2025年，绿电消费占比达到30%。鼓励公共机构用水量下降«5%»以上。",
        left="到2025年，绿电消费占比达到30%。公共机构用水量下降«5%»以上。",
    ),
    Rule(
        "goes-on", "Any other sentence goes on with what the dated one began.", HELD, lambda c: True,
        taken="到2025年，绿电消费占比达到30%。单位产值能耗下降«12%»。",
        left="到2025年，绿电消费占比达到30%。加强用能管理，单位产值能耗不高于«0.4吨标准煤»。",
    ),
)  # fmt: skip
"""Whether the date of a sentence reaches over the sentences behind it in its paragraph."""
RULES = (*HEADINGS, *OPENINGS, TELLING, RUN, GOALS_RUN, *REACHES)


def reach(
    text: str,
    clauses: list[tuple[int, int]],
    figures: list[int],
    goals: bool = False,
    task: bool = False,
    dated_item: bool = False,
    inner: bool = False,
) -> Decision:
    """Whether a date reaches over a sentence behind it, and the rule that says so.

    Parameters
    ----------
    text : str
        The sentence, names hidden.
    clauses : list of (int, int)
        Spans of its clauses.
    figures : list of int
        Where its figures begin.
    goals, task, dated_item, inner : bool
        As of `ReachCase`.
    """
    if goals and not dated_item:  # known without a look at the sentence
        return GOALS_GO_ON.decision
    begin, stop = clauses[0][0], len(text)
    for _ in range(2):
        begin = behind_setting(text, begin, stop)
    end = next((b for a, b in clauses if a <= begin < b), stop)
    figure = any(begin <= at < end for at in figures)
    case = ReachCase(
        text, begin, end, task_opening(text, begin, end), figure, goals, task, dated_item, inner
    )
    return first(REACHES, case) or REACHES[-1].decision


def opening_of_list(
    said: str, follows: str, closes: bool, dated: list[tuple[int, int]]
) -> Decision | None:
    """The rule by which a sentence opens a list, if one does.

    Parameters
    ----------
    said : str
        The sentence.
    follows : str
        What stands right behind it.
    closes : bool
        Whether it closes its paragraph.
    dated : list of (int, int)
        Where the years of its own date stand in it.
    """
    short = closes and bool(dated) and len(said) < 2 * _TAIL
    if not (short or _MAY_OPEN.search(said) or _FIRST_MARK.match(follows)):
        return None
    found = first(OPENINGS, OpeningCase(said, follows, closes, dated))
    return None if found is None or _PREAMBLE.match(said) else found


def dates_below(rest: str) -> Decision | None:
    """The rule by which a heading with a date, and ``rest`` beside it, dates what stands below it."""
    return first(HEADINGS, HeadingCase(rest))
