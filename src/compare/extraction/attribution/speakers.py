"""Where in a paragraph others speak, and which rule says so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from operator import attrgetter, itemgetter
from typing import NamedTuple

from compare.extraction.attribution import scope_words, speech
from compare.extraction.attribution.own_document import CLASSES, OwnDocument
from compare.extraction.attribution.scope_words import LEAD, ScopeWord
from compare.extraction.attribution.speech import Speech
from compare.extraction.rules import Decision, Rule, first
from compare.vocabulary.lexicon import any_of, rx, words

_SENTENCE = re.compile("[^。!?\n]+[。!?]?")
_NAME = re.compile("《[^》\n]{0,120}》|\\([^()\n]{0,80}\\)")
_LONGEST_SUBJECT = 90
_FAR = 600  # characters before a word in which to look for what it refers to
_start, _first = attrgetter("start"), itemgetter(0)
# a sentence that goes on with what is quoted
_GOES_ON = re.compile(
    r"(?:到|至|力争到|预计到|展望)?(?:(?:20|19)\d\d|[“\"]?十[一二三四五六七八九]五)|其中|同时|并|届时|展望|还"
)
# a part of a sentence that only adds a year to what stands before
_ADDS_YEAR = re.compile(
    r";?(?:到|至)?20\d\d年[^,;]{0,4},?(?:达|提高|上升|升|降|增|下降|控制|进一步)"
)
_OURS = re.compile(rf"[全我本](?P<whole>(?:自治)?(?P<class>{'|'.join(CLASSES)}))(?!域|场|级|校|间)")
_OWN_WORDS = "我们|我[局委厅院公司]|为此|据此|结合[^,;。]{0,12}实际|本(?:地区|辖区)"
_PRESS = re.compile(
    r"(?:本报|本网)讯|[^,。:]{2,12}网讯[:(]|[^,。:]{0,12}(?:记者|网)[^,。:]{0,12}获悉"
)
_LONGEST_REPORT = 1200  # a page without line ends may hold the plan behind its lead
_REPORTED = re.compile(r"据悉|据了解|据报道|据介绍|记者[^,;。]{0,14}(?:获悉|了解到)|本报讯?")


# without any of these words, nor one of speech, nobody else speaks in a paragraph
_STUDIES = [
    "测算",
    "预测",
    "推算",
    "推估",
    "模拟",
    "估算",
    "研究",
    "情景分析",
    "若不",
    "如不",
    "果不",
]
_HEARD = ["据悉", "据了解", "获悉", "据介绍", "据报道", "本报"]
_WIDER = ["中国", "国家", *(whole + place for whole in "全我" for place in "国省市州盟县区旗自")]


class Said(NamedTuple):
    """A stretch of the clean text in which others speak."""

    start: int
    end: int
    decision: Decision


class _Event(NamedTuple):
    """Somebody begins to speak: ``decision`` is None where the text does again itself."""

    at: int  # where the words stand
    begin: int  # from where on it holds
    decision: Decision | None
    kind: str  # speech, attribute, scope, study, own, own document


def _of_study(m: re.Match[str]) -> bool:
    return bool(m)


FORECAST = Rule(
    "forecast",
    "What a study forecasts, or what would be without action, is a fact.",
    "fact",
    _of_study,
    taken="据测算，到2025年全市用电量将达到«300亿千瓦时»。",
    left="到2025年，全市绿电交易量达到«300亿千瓦时»。",
)
DEMANDED = Rule(
    "demanded-from-above",
    "What stands behind 按照《…》要求 of a higher plan, or 根据省委要求, is what somebody else wants.",
    "of_others",
    speech.in_order,
    taken="我市抓好落实。根据省委、省政府要求，到2025年绿电比例达到«30%»。",
    left="按照《绿色建筑评价标准》要求，到2025年全市绿电比例达到«30%»。",
)
REPORTED = Rule(
    "only-reported",
    "What is heard from somebody (据悉, 记者获悉), without a plan that says it, is nobody's commitment.",
    "of_others",
    lambda own: not own.is_about,
    taken="据悉，到2025年全市绿电比例将达到«30%»。",
    left="近日，某市印发《某市能源规划》。据悉，到2025年全市绿电比例将达到«30%»。",
)
REPORT = Rule(
    "press-report",
    "A paragraph that says itself that it is a report (本报讯, 记者获悉), beside a plan or without one.",
    "outside",
    lambda own, head: not own.is_about and ("讯" in head or "获悉" in head) and _PRESS.match(head),
    taken="本报讯 到2025年，全市绿电比例达到«30%»。",
    left="本报讯 某市印发能源规划。规划提出，到2025年，全市绿电比例达到«30%»。",
)
SECTION = Rule(
    "section-of-higher-goals",
    "Under a heading such as 上级要求 or 编制依据 others say what they want.",
    "of_others",
    lambda own, headings: any(_is_of_others(own, heading) for heading in headings),
    taken="一、上级要求\n到2025年，绿电比例达到«30%»。\n二、我市目标\n到2025年，全市绿电比例达到25%。",
    left="一、工作要求\n到2025年，全市绿电比例达到«30%»。",
)
RULES = (REPORT, SECTION, *speech.RULES, *scope_words.RULES, DEMANDED, REPORTED, FORECAST)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    a = words()["attribution"]
    documents, heads = any_of(a["documents"]), any_of(a["short_heads"])
    return {
        "any": re.compile(any_of(a["speech"], a["wishes"], _STUDIES, _HEARD, _WIDER)),
        "section": re.compile(
            r"(?:[一二三四五六七八九十\d]+[、.]|\([一二三四五六七八九十\d]+\))?(?:(?:政策|编制|制定|起草)(?:背景和)?依据"
            rf"|(?P<level>{a['nation_re']}(?:和省)?|{a['above_re']}|{a['province_re']}|{a['prefecture_re']})(?:{a['body_re']})*(?:有关|相关|总体)?的?"
            r"(?:要求|目标|任务|部署|政策|规划|精神|导向)(?:[和及与][^,。]{2,6})?)"
        ),
        "own": re.compile(f"{_OWN_WORDS}|本(?:次|份)?(?:{heads})*(?:{documents})"),
    }


class Speakers:
    """Who speaks in the paragraphs of a text.

    Parameters
    ----------
    text : str
        Clean text.
    own : OwnDocument
        What the text calls its own.
    """

    def __init__(self, text: str, own: OwnDocument):
        self.text, self.own = text, own
        self._said: dict[int, tuple[int, tuple[Said, ...]]] = {}  # by the start of a paragraph
        self._sections: dict[tuple[str, ...], Decision | None] = {}

    def section(self, headings: tuple[str, ...]) -> Decision | None:
        """What the figures of a section are whose heading says that others want them; else None."""
        if headings not in self._sections:
            self._sections[headings] = first((SECTION,), self.own, headings)
        return self._sections[headings]

    def said_in(self, start: int, end: int, section: Decision | None = None) -> tuple[Said, ...]:
        """Where others speak in the paragraph ``text[start:end]``."""
        found = self._said.get(start)
        if found is None or found[0] != end:
            found = self._said[start] = end, tuple(self._spans(start, end, section))
        return found[1]

    def decision(
        self, start: int, end: int, at: int, section: Decision | None = None
    ) -> Decision | None:
        """What a figure at ``at`` of a paragraph is, where others speak there; else None."""
        said = self.said_in(start, end, section)
        i = bisect_right(said, at, key=_start) - 1
        return said[i].decision if i >= 0 and at < said[i].end else None

    def is_report(self, start: int, end: int) -> bool:
        """Whether the paragraph ``text[start:end]`` reports, and is no part of a plan."""
        head = self.text[start : start + 28]
        return end - start < _LONGEST_REPORT and bool(REPORT.applies(self.own, head))

    # ------------------------------------------------------------ spans
    def _spans(self, start: int, end: int, section: Decision | None) -> Iterator[Said]:
        hint = _patterns()["any"]
        if not section and not hint.search(self.text, start, end):
            return
        now = _Event(start, start, section, "section") if section else None
        since = start
        for m in _SENTENCE.finditer(self.text, start, end):
            a, b = m.span()
            goes_on = now and (
                now.kind == "section" or (now.kind == "speech" and _GOES_ON.match(self.text, a, b))
            )
            if now and not goes_on:
                yield from _closed(now, since, a)
                now = None
            others = self._others(start, a, b) if hint.search(self.text, a, b) else []
            if not now and not others:
                continue
            for event in sorted([*others, *self._own(a, b)], key=lambda e: (e.at, not e.decision)):
                stop = self._stop(now, max(since, a), event.at) if now else None
                if now and stop is not None:
                    yield from _closed(now, since, stop)
                    now = None
                if event.decision is None:
                    hard = event.kind == "own document"
                    if now and (hard or not _is_stubborn(now)):
                        yield from _closed(now, since, max(since, event.begin))
                        now = None
                elif now is None or (now.kind == event.kind == "speech" or now.kind == "scope"):
                    if now:
                        yield from _closed(now, since, max(since, event.begin))
                    now, since = event, max(event.begin, start)
            stop = self._stop(now, max(since, a), b) if now else None
            if now and stop is not None:
                yield from _closed(now, since, stop)
                now = None
        if now:
            yield from _closed(now, since, end)

    def _stop(self, now: _Event, since: int, until: int) -> int | None:
        """Where before ``until`` somebody stops to speak by himself; None where he does not."""
        since = max(since, now.at)
        if now.kind == "attribute":
            found = rx("[,;。]").search(self.text, since, until)
            return found.start() if found else None
        if now.kind in ("scope", "study"):
            for m in rx(";").finditer(self.text, since, until):
                if not _ADDS_YEAR.match(self.text, m.start(), m.start() + 24):
                    return m.start()
            return until if self.text[until - 1 : until] in "。!?" else None
        return None

    # ------------------------------------------------------------ events
    def _hidden(self, a: int, b: int) -> list[tuple[int, int]]:
        """Names and brackets of a sentence."""
        if self.text.find("《", a, b) < 0 and self.text.find("(", a, b) < 0:
            return []
        return [m.span() for m in _NAME.finditer(self.text, a, b)]

    def _others(self, start: int, a: int, b: int) -> list[_Event]:
        """Who begins to speak in the sentence ``text[a:b]`` of a paragraph."""
        text, hidden = self.text, self._hidden(a, b)
        out: list[_Event] = []
        p = speech.patterns()
        for m in p["speech"].finditer(text, a, b):
            if not _is_hidden(m.start(), hidden):
                out += self._speech(m, start, a, hidden)
        for m in p["order"].finditer(text, a, b):
            if speech.in_order(m, self.own, text[max(start, a - _FAR) : a]):
                out.append(
                    _Event(m.start(), self._opened(a, m.start()), DEMANDED.decision, "speech")
                )
        for m in scope_words.scope_words().finditer(text, a, b):
            if _is_hidden(m.start(), hidden):
                continue
            clause = self._clause(a, m.start(), hidden)
            word = ScopeWord(
                m[0], text[clause : m.start()], text[m.end() : min(b, m.end() + 24)], self.own
            )
            found = first(scope_words.RULES, word)
            if found:
                out.append(_Event(m.start(), self._opened(a, clause), found, "scope"))
        if p["study"].search(text, a, b):
            for m in p["of_study"].finditer(text, a, b):
                out.append(_Event(m.start(), m.start(), FORECAST.decision, "study"))
        if not self.own.is_about:
            out += [
                _Event(m.start(), m.start(), REPORTED.decision, "study")
                for m in _REPORTED.finditer(text, a, b)
            ]
        return out

    def _own(self, a: int, b: int) -> list[_Event]:
        """Where a sentence speaks of its own place or document."""
        text, hidden, out = self.text, self._hidden(a, b), []
        for at in self._ours(a, b):
            if not _is_hidden(at, hidden):
                out.append(_Event(at, self._piece(a, at), None, "own"))
        for m in _patterns()["own"].finditer(text, a, b):
            if not _is_hidden(m.start(), hidden):
                out.append(_Event(m.start(), self._piece(a, m.start()), None, "own document"))
        return out

    def _ours(self, a: int, b: int) -> Iterator[int]:
        """Where a sentence names its own place: 全市, or by its name."""
        for m in _OURS.finditer(self.text, a, b):
            if {m["class"], m["whole"]} & self.own.classes:  # 全自治区 is of both
                yield m.start()
        for name in self.own.names:
            at = self.text.find(name, a, b)
            while at >= 0:
                yield at
                at = self.text.find(name, at + len(name), b)

    def _speech(
        self, m: re.Match[str], start: int, a: int, hidden: list[tuple[int, int]]
    ) -> Iterator[_Event]:
        text = self.text
        clause = self._clause(a, m.start(), hidden)
        if m.start() - clause > _LONGEST_SUBJECT:
            return
        attribute = text[m.end() : m.end() + 1] == "的"
        before = text[max(a, clause - _FAR) : clause]
        s = Speech(
            text[clause : m.start()], before, text[max(start, a - _FAR) : a], self.own, attribute
        )
        found = first(speech.RULES, s)
        if found:
            yield _Event(
                m.start(), self._opened(a, clause), found, "attribute" if attribute else "speech"
            )
        elif speech.own_speaks(s):
            yield _Event(m.start(), m.start(), None, "own document")

    def _clause(self, a: int, at: int, hidden: list[tuple[int, int]]) -> int:
        """Where the clause of ``at`` begins; marks inside names and brackets end none."""
        a = max(a, at - _FAR)
        for i in range(at - 1, a - 1, -1):
            if self.text[i] in ",;:。" and not _is_hidden(i, hidden):
                return i + 1
        return a

    def _opened(self, a: int, clause: int) -> int:
        """The start of a clause, dates that stand alone in front of it included."""
        while clause > a:
            before = self._clause(a, clause - 1, [])
            if self.text[clause - 1] != "," or not LEAD.fullmatch(self.text, before, clause):
                break
            clause = before
        return clause

    def _piece(self, a: int, at: int) -> int:
        """Where the piece of a list begins that ``at`` stands in."""
        a = max(a, at - _FAR)
        for i in range(at - 1, a - 1, -1):
            if self.text[i] in ",;:、。":
                return i + 1
        return a


@lru_cache(maxsize=256)
def _is_of_others(own: OwnDocument, heading: str) -> bool:
    m = _patterns()["section"].fullmatch(heading)
    if not m:
        return False
    return m["level"] is None or speech.is_higher(m["level"], own)


def _is_hidden(at: int, hidden: list[tuple[int, int]]) -> bool:
    i = bisect_right(hidden, at, key=_first) - 1
    return i >= 0 and at < hidden[i][1]


_STUBBORN = ("goal-of-another-document", "wish-of-a-person")


def _is_stubborn(now: _Event) -> bool:
    """Another document of the same place, or a study, speaks of 全市 as well."""
    return now.kind == "study" or (now.decision is not None and now.decision.reason in _STUBBORN)


def _closed(now: _Event, since: int, end: int) -> Iterator[Said]:
    if now.decision is not None and since < end:
        yield Said(since, end, now.decision)
