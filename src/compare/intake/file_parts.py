"""Which part of a file is the plan: a file may hold several plans, and what a site puts around them.

Everything is the plan unless it is known to be something else: press text or site lines before the
own text of a plan, press text behind it, and a footer with nothing of a plan behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from compare.intake.line_kinds import Line, lines_of

PartKind = Literal["plan", "summary", "preamble", "footer"]

_HEAD = frozenset({"title", "issuer", "date", "handing", "annex"})
_TOLD = frozenset({"lead", "report", "about", "full_text", "more"})
_REPORTS = frozenset({"lead", "report", "about"})
_FURNITURE = frozenset({"site", "footer", "list_footer", "more"})
_RUN = _HEAD | _TOLD | _FURNITURE
# what a plan's own text begins with, behind its title
_OPENING = re.compile(
    "制定本|特制定|制订本|编制本|总则|为(?:深入|全面|认真|切实|进一步|扎实|加快|推动|推进|落实|贯彻|做好|加强|完整|积极|有效|更好|统筹)"
)
_LEGAL = re.compile(
    "转载|版权|侵权|本网|本站|本平台|本报|声明|联系|邮箱|电话|热线|二维码|公众号|APP|客服|客户端|网站|投稿|点赞|收藏|微信|来源|编辑"
)
_GOAL = re.compile(
    r"(?:(?:20|21)\d\d年|[“\"]?十[一二三四五六七八九]五)[^。]{0,80}(?:达|提高|提升|[降增减]|完成|建成|实现|控制|以上|%|\d[万亿]|全部|覆盖)|\d(?:%|个百分点)"
)
_SECOND = re.compile(r"(?:二[、.]|第二[章编部])")
_NUMBERED = ("first", "numbered")
_NAMES = re.compile("《([^》]{6,60})》")
_PLACE = re.compile("(?:^|关于印发|关于)([\u4e00-\u9fff]{2,8}?(?:省|市|县|区|州|盟|旗))")
_NEAR = 12  # lines in which a plan's first part, or what it opens with, stands behind its title


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file.

    Attributes
    ----------
    kind : str
        ``plan`` (one plan, or a text that is wholly about one), ``summary`` (of a plan whose own text
        the file holds), ``preamble`` or ``footer`` (what a site puts around it).
    start, end : int
        Its span; the parts of a file cover it without a gap.
    reason : str
        Id of the rule that set it apart (`compare.extraction.layout.part_rules`).
    """

    kind: PartKind
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Document:
    """A plan in a file: its lines from ``begin`` to ``end``, and from ``own`` on its own text."""

    begin: int
    own: int
    end: int


def file_parts(text: str) -> tuple[Part, ...]:
    """The parts of a file, in text order.

    Parameters
    ----------
    text : str
        The whole text, in either script.

    Returns
    -------
    tuple of Part
        One plan that is the whole text where nothing says otherwise.
    """
    lines = lines_of(text)
    parts: list[Part] = []
    for document in _documents(lines):
        _append(parts, _parts_of(lines, document), lines, len(text))
    return tuple(parts) or (Part("plan", 0, len(text), "whole-text"),)


def anchored_parts(length: int, start: int, end: int) -> tuple[Part, ...]:
    """The parts of a file of which ``source.toml`` says where its plan begins and ends."""
    parts = (
        Part("preamble", 0, start, "outside-the-anchors"),
        Part("plan", start, end, "between-the-anchors"),
        Part("footer", end, length, "outside-the-anchors"),
    )
    return tuple(part for part in parts if part.end > part.start or part.kind == "plan")


def _append(
    parts: list[Part],
    pieces: Iterable[tuple[PartKind, int, str]],
    lines: Sequence[Line],
    length: int,
) -> None:
    """Add pieces (kind, first line, reason) as parts that leave no gap."""
    for kind, first, reason in pieces:
        start = lines[first].start if parts else 0
        if parts:
            before = parts[-1]
            parts[-1] = Part(before.kind, before.start, start, before.reason)
        parts.append(Part(kind, start, length, reason))


def _parts_of(lines: Sequence[Line], d: _Document) -> Iterator[tuple[PartKind, int, str]]:
    """The pieces of one document: what stands before its own text, that text, and what follows."""
    if d.own > d.begin:
        told = any(line.kind in _REPORTS for line in lines[d.begin : d.own])
        yield (
            ("summary", d.begin, "report-before-the-plan")
            if told
            else ("preamble", d.begin, "site-lines-before-the-plan")
        )
    yield "plan", d.own, "own-text" if d.own > d.begin else "whole-text"
    report = _report_behind(lines, d)
    footer = _footer(lines, d.own, d.end)
    if report < min(footer, d.end):
        head = [line for line in lines[d.own : d.own + _NEAR] if line.kind in _HEAD]
        if _is_about_another(lines[report : d.end], head):
            yield "plan", report, "whole-text"
        else:
            yield "summary", report, "report-behind-the-plan"
    if footer < d.end:
        yield "footer", footer, "footer-at-the-end"


# ---------------------------------------------------------------- where plans begin
def _documents(lines: Sequence[Line]) -> list[_Document]:
    # the first line that belongs to a document, and that of its own text
    begins: list[tuple[int, int]] = []
    about = [i for i, line in enumerate(lines) if line.kind == "about"]
    numbers = [i for i, line in enumerate(lines) if line.kind in _NUMBERED]
    seconds = [i for i, line in enumerate(lines) if _SECOND.match(line.head)]
    told = max((i for i, line in enumerate(lines) if line.told), default=-1)
    for run in _runs(lines):
        own = _own_text(lines, run, told)
        if own is None:
            continue
        since = begins[-1][1] if begins else 0
        # the numbers of an explanation are not a plan's
        stop = _first_of(about, since, run.start)
        numbered = _last_of(numbers, since, stop)
        if numbered is not None and not begins:
            begins.append((0, 0))  # a plan without a title stands before
        if begins and (numbered is None or not _is_new(lines, since, run, own, seconds)):
            continue
        begin = _first_around(lines, since if numbered is None else numbered + 1, run, own)
        if begin < own and _is_about_another(lines[begin:own], lines[own : run.stop]):
            begins.append((begin, begin))  # it stands for a plan whose text is not here
            begin = own
        if not begins and begin > 0:
            if any(_GOAL.search(line.head) for line in lines[:begin]):
                begins.append((0, 0))
            else:
                site = all(line.kind in _FURNITURE for line in lines[:own])
                own = own if site or begin < own else 0  # else a letterhead
                begin = 0
        begins.append((begin, own))
    begins = begins or [(0, 0)]
    ends = [begin for begin, _ in begins[1:]] + [len(lines)]
    return [
        _Document(begin, own, end) for (begin, own), end in zip(begins, ends, strict=True) if lines
    ]


def _first_of(places: Sequence[int], since: int, until: int) -> int:
    """The first of some places, in order, from ``since`` on; ``until`` where none stands before that."""
    i = bisect_left(places, since)
    return places[i] if i < len(places) and places[i] < until else until


def _last_of(places: Sequence[int], since: int, until: int) -> int | None:
    i = bisect_left(places, until) - 1
    return places[i] if i >= 0 and places[i] >= since else None


def _runs(lines: Sequence[Line]) -> Iterator[range]:
    """Runs of lines such as stand before a plan's own text."""
    start = None
    for i, line in enumerate(lines):
        if line.kind in _RUN:
            start = i if start is None else start
        elif start is not None:
            yield range(start, i)
            start = None
    if start is not None:
        yield range(start, len(lines))


def _own_text(lines: Sequence[Line], run: range, last_told: int) -> int | None:
    """The line at which a plan's own text begins behind a run; None where the run opens no plan.

    ``last_told`` is the last line of the file that tells of a plan.
    """
    told = [i for i in run if lines[i].kind in _TOLD]
    since = told[-1] + 1 if told else run.start
    if told and lines[told[-1]].kind == "full_text":
        return since if since < len(lines) else None
    if any(lines[i].kind == "title" for i in range(since, run.stop)):
        while lines[since].kind in _FURNITURE:
            since += 1
        return _without_signature(lines, range(since, run.stop))
    behind = lines[run.stop : run.stop + 1]
    untitled = behind and behind[0].kind == "first" and any(lines[i].kind == "lead" for i in told)
    if untitled and last_told < run.stop:
        return run.stop
    return None


def _without_signature(lines: Sequence[Line], run: range) -> int:
    """Where a head begins: a signature and a date before its title belong to what stands before."""
    first = next(i for i in run if lines[i].kind in ("title", "handing"))
    signed = [i for i in run if i < first and lines[i].kind == "date"]
    return signed[-1] + 1 if signed else run.start


def _is_new(
    lines: Sequence[Line], since: int, run: range, own: int, seconds: Sequence[int]
) -> bool:
    """Whether a run opens a plan of its own, not a part or an annex of the one before."""
    head = lines[own : run.stop]
    if any(lines[i].kind in _TOLD for i in range(run.start, own)):
        return True
    if not any(line.named for line in head):
        return False
    if any(line.kind == "annex" for line in lines[max(own - 1, since) : run.stop]):
        return False
    if any(line.kind in ("handing", "issuer") for line in head):
        return True
    following = lines[run.stop : run.stop + _NEAR]
    restarts = (
        any(line.kind == "first" for line in following)
        and _last_of(seconds, since, run.start) is not None
    )
    return restarts or any(_OPENING.search(line.head) for line in following[:3])


def _first_around(lines: Sequence[Line], low: int, run: range, own: int) -> int:
    """The first line of what a site puts before a plan: from its first press text on.

    Where nothing of another plan stands before, all that stands before the plan is the site's, but
    for sentences that set goals in front of a report.
    """
    titled = any(lines[i].kind == "title" for i in range(own, run.stop))
    told = [
        i for i in range(low, own) if lines[i].kind in _TOLD and (titled or lines[i].kind != "more")
    ]
    if not told:
        return own
    first = min(told)
    goals = any(line.kind == "body" and _holds_goal(line, "。;)") for line in lines[:first])
    if low or (goals and lines[first].kind in _REPORTS):
        return first
    return 0


def _is_about_another(told: Sequence[Line], head: Sequence[Line]) -> bool:
    """Whether press text tells of the plan of another place than the one whose text follows."""
    theirs = {name for line in told for name in _NAMES.findall(line.head)}
    ours = {line.head for line in head if line.kind == "title"}
    ours |= {name for line in head for name in _NAMES.findall(line.head)}
    places = [m[1] for m in map(_PLACE.search, theirs) if m]
    own_places = [m[1] for m in map(_PLACE.search, ours) if m]
    if not places or not own_places:
        return False
    return not any(
        place in name
        for some, names in ((places, ours), (own_places, theirs))
        for place in some
        for name in names
    )


# ---------------------------------------------------------------- what stands behind a plan
def _report_behind(lines: Sequence[Line], d: _Document) -> int:
    """The first line of press text, or of an explanation, behind a plan's own text; ``d.end`` without one."""
    first = next((i for i in range(d.own, d.end) if lines[i].kind in ("first", "title")), d.end)
    numbered = [i for i in range(first, d.end) if lines[i].kind in _NUMBERED]
    about = next(
        (i for i in range(first + 1, d.end) if lines[i].kind == "about" and numbered), d.end
    )
    last = max((i for i in numbered if i < about), default=d.end)
    for i in range(last + 1, about):
        if lines[i].kind == "lead":
            return i
    return about


def _footer(lines: Sequence[Line], begin: int, end: int) -> int:
    """The first line of the footer: a footer's mark with nothing of a plan behind it; ``end`` without one."""
    start, listed = end, False
    for i in range(begin, end):
        line = lines[i]
        if line.kind == "list_footer":
            listed = True
        elif line.kind in _NUMBERED or line.last in "。;":
            listed = False
        if line.kind in _FURNITURE and not _holds_goal(line):
            start = min(start, i)
        elif start < end and not listed and _is_plan(line):
            start = end
    return start


def _holds_goal(line: Line, ends: str = "。") -> bool:
    return line.last in ends and bool(_GOAL.search(line.head))


def _is_plan(line: Line) -> bool:
    """A line that can only be the plan's: numbered, a goal, or a long sentence that is no legal notice."""
    if line.kind in ("first", "numbered", "title", "handing"):
        return True
    if _LEGAL.search(line.head):
        return False
    return bool(_GOAL.search(line.head)) or (line.last == "。" and len(line.head) > 40)
