"""Which line ends only wrap a paragraph, whatever the width of the page and with or without indents.

Wrapped text shows it: most of its lines are equally long and end in the middle of a sentence. There a line
that is full goes on in the next, and a short one ends its paragraph. Elsewhere only the words tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, compress, pairwise
from typing import NamedTuple

from compare.intake.page_lines import Line, page_lines, width_of
from compare.vocabulary.characters import INVISIBLE, SPACES
from compare.vocabulary.quantities import unit_end

_SPACE = re.compile(f"[{SPACES}{INVISIBLE}]+")
_SPACES = "".join(map(chr, [*range(0x2000, 0x200C)])) + " \t\r\xa0\u1680\u202f\u205f\u2800\u3000"
_ENDS = frozenset('。!?;:)〕】」』”"…\ufffc')
_STOPS = _ENDS - frozenset(")”』」》")  # no name or remark in the midst of a sentence ends so
_HANGS = frozenset(",、(《〈“「『和及与")
# what numbers a heading or an item …
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十]{1,3}[章节条编部篇]|[一二三四五六七八九十]{1,3}[、.]|[((][一二三四五六七八九十\d]{1,3}[))]|"
    r"\d{1,2}(?:\.(?!\d)|、|\))|[①-⑳㉑-㉟㊱-㊿㈠-㈩⑴-⒛]|[•●◆■▪▲]|\ufffc"
)
# … and what may do so, and may stand in the middle of a line as well
_ITEM = re.compile(
    r"——|[·\-*]|附件|附表|专栏\d|[一二三四五六七八九十]是|\d{1,2}(?:\.\d{1,2}){1,3}(?![\d万亿千百个倍成吨元米亩公平立兆吉度家座])[\u4e00-\u9fff]"
)
_TITLE_END = re.compile(
    r"(?:方案|规划|计划|意见|通知|办法|纲要|要点|稿[))]?|目标|要求|思想|原则|任务|保障|措施|工程|行动)$"
)
_COMPLETE = re.compile(r"\d[^,;。]{0,8}(?:[%瓦时吨米亩家个座辆元名套]|以上|以下|以内|左右)$")
_LONGEST_FIGURE = 11  # characters of such an end
_GOES_ON = re.compile(r"[、,;。)/和及与%]|以[上下内]|左右|的")
# a word that no line breaks, and the marks that hang on it
_WORD = re.compile(r"[0-9A-Za-z.]*.?[,。;:、)》”%]*")
_LONGEST_TITLE = 45
_NO_TITLE = re.compile(r"[。;:]|\d,|年")
_OPENS = re.compile(
    "加快|加强|加大|推进|推动|积极|大力|全面|严格|深化|深入|完善|健全|优化|鼓励|支持|引导|持续|有序|稳步|稳妥|统筹|坚持|围绕|聚焦|依托|"
    "通过|充分|进一步|强化|实施|构建|打造|培育|探索|落实|贯彻|按照|结合|认真|扎实|切实|着力|重点|广泛|逐步|不断|开展|促进|倡导|严控|科学|"
    "合理|满足|依据|根据|以|到|在|对|将|把"
)
# a year that the end of a line parts: 到20|25年
_SPLIT_YEAR = re.compile(r".?.?.?(?<!\d)(?:19|20|21)\d\d(?:年|[、,~—-](?:19|20|21))")
_NUMBER = re.compile(r"\d{1,3}")
_FIGURE = re.compile(r"\d[\d.,]*")
# what leads to a figure: 达到|38.5%
_LEADS = re.compile(
    "(?:达到?|[提升增]?[高升加]?至|(?<![作成])为|控制在|稳定在|保持在|突破|超过|不[低高少多]于|提高|下降|降低|增长|新增|完成|建成)(?:约|近)?$"
)
# a day, or a cell of a table, on a line of its own
_APART = re.compile(r"\(?\d{4}年\d{1,2}月\d{1,2}日\)?|[≥≤><~]?[\d.,]+[%‰]?|[-—/]")
_DATED = re.compile(r"(?:到|至)?(?:20|21)\d\d年|[“\"]?十[一二三四五六七八九]五")
# text that runs on behind a mark, and a closing bracket that names who is to act
_RUNNING = re.compile("[。;,][^。;,]")
_REMARK = re.compile(r"[。;,]\(|(?:牵头|责任|负责|配合|分工)[^()]*\)$|^\(")
_DAY = re.compile(r"\(?\d{4}年\d{1,2}月\d{1,2}日\)?")
# where a page stands in its site: 首页 > 要闻 > 正文
_CRUMBS = re.compile(r"(?:您?的?(?:当前|现在|所在)*位置:?)?(?:网站)?首页>[^。;,]*$")
_SENTENCE = re.compile("[,。;:]")
_MARK_INSIDE = re.compile(r"[,;]\s{0,4}[^\s\d]|。[^\s\d]")
# what parts the columns of a table
_GAP = re.compile(rf"\t[{SPACES}]*|[{SPACES}]{{2}}[{SPACES}]*")

_BLOCK, _AROUND = 8, 16  # the width of a page is told for so many lines, from so many on each side
_NARROWEST = 8
_WITH_CLAUSES = (
    0.25  # share of the lines of wrapped text that hold the end of a clause, at the least
)


class _Page(NamedTuple):
    """How the lines of a page are broken; ``width`` 0 where they are not.

    Attributes
    ----------
    width : int
        The most common length of a line that ends in the middle of a sentence.
    display : bool
        Whether that counts letters and digits as half a character.
    indent : float
        The most common indent.
    spaced : bool
        An empty line stands behind every line.
    """

    width: int = 0
    display: bool = False
    indent: float = 0
    spaced: bool = False

    def is_full(self, a: Line, b: Line) -> bool:
        """Whether the first word of ``b`` finds no room at the end of ``a``."""
        word = _WORD.match(b.body)
        room = self.width - _size(a, self.display) - max(0, a.indent - self.indent)
        first = word[0] if word else ""
        return (width_of(first) if self.display else len(first)) > room


def _size(line: Line, display: bool) -> float:
    return line.width if display else len(line.body)


def _sizes(lines: Sequence[Line], display: bool) -> list[float]:
    return [line.width for line in lines] if display else [len(line.body) for line in lines]


def _is_longer(line: Line, size: float, display: bool) -> bool:
    length = len(line.body)
    return length > size and (not display or length > 2 * size or line.width > size)


def is_running(line: str) -> bool:
    """Whether a line with blanks in it is a sentence, or written with one behind each letter: no row of cells.

    >>> [is_running(t) for t in ("到20  25年,达到60%。推进", "达  到  6  0  %  以  上", "森林覆盖率  60.1  61.5")]
    [True, True, False]
    """
    return bool(_MARK_INSIDE.search(line)) or is_spaced_out(line)


def is_spaced_out(line: str) -> bool:
    """Whether a line is written with a blank behind each letter."""
    letters = line.split()
    return len(letters) > 5 and sum([len(w) == 1 for w in letters]) > 0.7 * len(letters)


def wraps(text: str, pages: Sequence[int] = ()) -> list[tuple[int, int]]:
    """Spans of a text that only wrap a paragraph: line ends, and the page numbers and headers between.

    Parameters
    ----------
    text : str
        Text as `compare.vocabulary.characters.one_to_one` leaves it.
    pages : sequence of int
        Where its pages end, if that is known.
    """
    if "\n" not in text:
        return []
    lines = _lines(text, pages)
    of_page = page_lines(lines)
    out = [(lines[i].start, min(lines[i].end + 1, len(text))) for i in of_page]
    if of_page:
        lines = _without(lines, of_page)
    layout = _layout(lines)
    i, title, running = 0, "", False
    while i + 1 < len(lines):
        a, b, page = lines[i], lines[i + 1], layout[i // _BLOCK]
        if a.body[-1] in _STOPS and not page.width:
            i, title, running = i + 1, "", False
            continue
        step = 1
        if (
            b.body[0].isdigit()
            and i + 2 < len(lines)
            and _FIGURE.fullmatch(b.body)
            and _runs_on(a, page)
        ):
            c = lines[i + 2]
            if not a.body[-1].isdigit() and unit_end(c.body, 0):
                b = b._replace(body=b.body + c.body)  # a value, and its unit below it
            elif _NUMBER.fullmatch(b.body):
                b, step = c._replace(page=True), 2  # the number of a page
        # a numbered line that may be a whole heading: what opens like a sentence stands below it
        title = title + a.body if title or _NUMBERED.match(a.body) else ""
        if _goes_on(a, b, page, running and not title) and not (
            _OPENS.match(b.body) and _is_title(title)
        ):
            out.append((a.end, b.start))
            i += step
            title = title if len(title) < _LONGEST_TITLE else ""
            running = True
        else:
            i, title, running = i + 1, "", False
    return out


def _runs_on(a: Line, page: _Page) -> bool:
    return bool(page.width) or (a.body[-1] not in _ENDS and bool(_RUNNING.search(a.body)))


def _is_title(title: str) -> bool:
    return 0 < len(title) < _LONGEST_TITLE and title[-1] != "," and not _NO_TITLE.search(title, 4)


def _lines(text: str, pages: Sequence[int]) -> list[Line]:
    out: list[Line] = []
    at, blank, ends = 0, False, [*pages, len(text) + 1]
    end_of_page = 0
    for line in text.split("\n"):
        body, cells = line.lstrip(_SPACES), False
        lead = line[: len(line) - len(body)]
        body = body.rstrip(_SPACES)
        if " " in body or "|" in body or not body.isprintable():
            columns = max(body.count("|"), len(_GAP.findall(body)))
            cells = columns > 1 and not _SENTENCE.search(body)
            body = _SPACE.sub("", body)
        if not body:
            blank = True
        else:
            page = ends[end_of_page] < at
            while ends[end_of_page] < at:
                end_of_page += 1
            out.append(Line(at, at + len(line), body, _indent(lead), blank, page, cells))
            blank = False
        at += len(line) + 1
    return out


def _indent(lead: str) -> float:
    return len(lead) / 2 + lead.count("\u3000") / 2 + 3 * lead.count("\t") / 2 if lead else 0


def _without(lines: list[Line], of_page: set[int]) -> list[Line]:
    out: list[Line] = []
    page = False
    for i, line in enumerate(lines):
        if i in of_page:
            page = True
        else:
            out.append(line._replace(page=True) if page else line)
            page = False
    return out


def _layout(lines: Sequence[Line]) -> list[_Page]:
    """How the lines are broken, for each `_BLOCK` of them: looked at on both sides, or on one."""
    broken = [_is_broken(line) for line in lines]
    # lines of a list may be equally long, but clauses do not end inside them at random
    clauses = [b and bool(_SENTENCE.search(x.body)) for x, b in zip(lines, broken, strict=True)]
    of_broken, of_clauses = ([0, *accumulate(column)] for column in (broken, clauses))
    out = []
    for at in range(0, len(lines), _BLOCK):
        page = _Page()
        for before, behind in ((_AROUND, _AROUND), (2 * _AROUND, 0), (0, 2 * _AROUND)):
            start, end = max(0, at - before), min(len(lines), at + _BLOCK + behind)
            count = of_broken[end] - of_broken[start]
            often = count >= 3 and count >= 0.3 * (end - start)
            if often and of_clauses[end] - of_clauses[start] >= _WITH_CLAUSES * count:
                page = _page(lines[start:end], [*compress(lines[start:end], broken[start:end])])
            if page.width:
                break
        out.append(page)
    return out


def _is_broken(line: Line) -> bool:
    """Whether a line ends in the middle of a sentence."""
    return not (line.body[-1] in _ENDS or line.cells or _is_complete(line.body))


def _is_complete(body: str) -> bool:
    """Whether a line ends with a figure and its bound, and may be whole: 光伏装机300万千瓦."""
    return bool(_COMPLETE.search(body, max(0, len(body) - _LONGEST_FIGURE)))


def _page(lines: Sequence[Line], broken: Sequence[Line]) -> _Page:
    """How lines are broken of which some end in the middle of a sentence."""
    usual = [(*_usual(_sizes(broken, half)), half) for half in (False, True)]
    enough = max(3, 0.4 * len(broken))
    if all(share < enough for _, share, _ in usual):
        return _Page()
    best, width, display = 0, 0, False
    for size, share, half in usual:
        if size >= _NARROWEST and share > 1.2 * best:
            longer = sum([_is_longer(line, size + 3, half) for line in lines])
            if longer <= 0.1 * len(lines):
                best, width, display = share, size, half
    if best < enough:
        return _Page()
    indents = Counter([line.indent for line in lines])
    inside = [b for a, b in pairwise(lines) if a.body[-1] not in _ENDS]
    spaced = sum(line.blank for line in inside) > 0.6 * len(inside)
    return _Page(width, display, max(indents, key=lambda n: (indents[n], -n)), spaced)


def _usual(sizes: Sequence[float]) -> tuple[int, int]:
    """The most common size, and how many sizes are about that."""
    count = Counter([round(n) for n in sizes])
    mode = max(count, key=lambda n: (count[n], n))
    return mode, sum([count[mode + d] for d in (-1, 0, 1, 2)])


def _goes_on(a: Line, b: Line, page: _Page, running: bool) -> bool:
    """Whether a line goes on in the next (``running``: it goes on itself from the one before)."""
    if a.cells or b.cells or (">" in a.body and _CRUMBS.match(a.body)):
        return False
    last = a.body[-1]
    hangs = last in _HANGS or bool(_GOES_ON.match(b.body))
    full = bool(page.width) and page.is_full(a, b)
    if last.isdigit() and _SPLIT_YEAR.match(a.body[-4:] + b.body[:4]):
        return True
    if running and _APART.fullmatch(a.body) and unit_end(b.body, 0):
        return True
    if b.body[0].isdigit() and not b.blank and _LEADS.search(a.body):
        return not _NUMBERED.match(b.body)
    if _NUMBERED.match(b.body):
        return full and (last in ",、" or (last.isdigit() and b.body[0].isdigit()))
    if last not in _ENDS and hangs and (full or not b.blank or b.page):
        return True
    if _ITEM.match(b.body):
        return full and last not in _ENDS
    if page.width:
        return _goes_on_in_page(a, b, page, full, running)
    if (b.blank and not b.page) or _ends_sentence(a.body):
        return False
    if _APART.fullmatch(a.body) or _APART.fullmatch(b.body):
        return False
    parallel = _DATED.match(a.body) and _DATED.match(b.body)
    return not (parallel or _is_heading(a.body) or _is_complete(a.body))


def _ends_sentence(body: str) -> bool:
    """Whether a line ends what it says; a name or remark in the midst of a sentence does not."""
    if body[-1] not in _ENDS:
        return False
    names = body[-1] in "”』」》" or (body[-1] == ")" and not _REMARK.search(body))
    return not (names and _RUNNING.search(body))


def _goes_on_in_page(a: Line, b: Line, page: _Page, full: bool, running: bool) -> bool:
    last = a.body[-1]
    opens = b.indent > a.indent + 0.5 and not b.page
    if last in _ENDS:
        if _DAY.fullmatch(b.body):
            return False  # under a signature
        return full and not opens and (not b.blank or b.page or page.spaced)
    if full:
        alike = _is_complete(a.body) or (_DATED.match(a.body) and not running)
        return not ((alike and _DATED.match(b.body)) or (opens and _is_heading(a.body)))
    if running:
        return True
    if _size(a, page.display) < 0.6 * page.width or _is_heading(a.body):
        return False
    return not _is_complete(a.body)


def _is_heading(body: str) -> bool:
    """A line that stands above a paragraph instead of in one."""
    if _RUNNING.search(body):
        return False
    if _NUMBERED.match(body) or _ITEM.match(body):
        return len(body) <= 50 and not body.startswith("——")
    return len(body) <= 40 and bool(_TITLE_END.search(body)) and "," not in body
