"""Who answers for it: the lists of agencies behind what is to be done, in brackets or on lines of their own."""

from __future__ import annotations

import re
from typing import NamedTuple

# 牵头单位:A;配合单位:B、C等
_LABEL = re.compile(
    r"(总牵头|牵头|责任|配合|主办|协办|承办|参与|参加|负责|主管|主责|协同|协助|落实|实施)(?:(?:单位|部门|机构|主体)?:|(?:单位|部门|机构|主体)[为是])"
)
# what else such a list may state
_REST = re.compile(
    r"[,、;。]?(?:(?:完成|整改|责任|推进)?(?:时限|时间|期限|责任人|责任领导|联系人)(?:要求)?:[^;。]*|(?:以下均|不再|下同|未明确|列?第一[位]?的?为).*)"
)
# A牵头,B、C配合; A会同B负责
_VERB = re.compile(
    r"(?P<lead>(?:总)?牵头(?:负责|推进|落实)?|主办|会同)|(?P<help>(?:协同)?配合(?:做好|落实)?|协助(?:落实)?|协办|参[与加]|协同|协作)|"
    r"(?P<act>(?:具体|共同|分别|组织|抓好|各自)*(?:负责(?:落实|实施)?|落实|实施))"
)
_LEADING = frozenset({"总牵头", "牵头", "主办", "主管", "主责"})
_HELPING = frozenset({"配合", "协办", "协同", "协助", "参与", "参加"})
_BY_DUTY = re.compile(r"(?:按照?|根据|依)[^,、;()]{0,10}(?:分工|职责|职能)(?:要求)?|分工$|依职责$")
_DUTY = re.compile("牵头|责任|配合|负责|主办|协办|会同|参[与加](?:单位|部门)?[:)]")
_COMMA = re.compile(
    "[、,;。]|(?<=[局委办厅院府])和(?=[市省州区县国])|(?:以及|及)(?=(?:各|市|省|区|县|有关|相关))"
)
_ET_CETERA = re.compile("等(?:(?:相关|有关|各)*(?:部门|单位|成员单位)?)?$")
_AGENCY = re.compile(
    "[局委办厅部院府署站所队校司团网行会社处科室组厂](?:\\(|〈|〔|等|$)|政府|公司|中心|单位|部门|企业|机关|集团|街道|乡镇|乡\\(|园区|开发区|新区|高新区|各[省市州区县旗乡镇村]|[县市区镇乡]$|联合会|协会"
)
_PARTS = re.compile(r"\([^()]*\)|〈[^〈〉]*〉|〔[^〔〕]*〕|\[[^\[\]]*\]|【[^【】]*】")
_PAIRS = {")": "(", "】": "【", "]": "[", "〕": "〔"}
# a line that names nothing but agencies begins so
LINE_OPENS = frozenset("(【[总牵责配主协承参负落实")
_LINE = re.compile(rf"{_LABEL.pattern}")
_LONGEST = 600


class Named(NamedTuple):
    """The agencies of a list; empty where it names none of that kind."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()


class Duty(NamedTuple):
    """A list of agencies in brackets, which answer for what stands before it."""

    start: int
    end: int
    named: Named


def agencies(paragraph: str) -> Named | None:
    """Lead and supporting agencies that close a paragraph; None where it names none.

    Parameters
    ----------
    paragraph : str
        Clean text of the paragraph.
    """
    found = duties(paragraph)
    return found[-1].named if found and found[-1].end == len(paragraph.rstrip("。;")) else None


def duties(paragraph: str) -> list[Duty]:
    """The lists of agencies in brackets of a paragraph, each at the end of a sentence."""
    if not _DUTY.search(paragraph):
        return []
    out = []
    for a, b in _brackets(paragraph):
        ends = paragraph[b : b + 1] in ("", "。", ";", ",") or paragraph[a - 1 : a] in ("。", ";")
        named = _named(paragraph[a + 1 : b - 1]) if ends and b - a < _LONGEST else None
        if named:
            out.append(Duty(a, b, named))
    return out


def agencies_of_lines(lines: str) -> Named | None:
    """The agencies that lines name which name nothing else; None where they do not.

    Parameters
    ----------
    lines : str
        Clean text of one line or of several: 牵头单位:…, 配合单位:…, or a list in brackets.
    """
    whole = lines.rstrip("。;\n").replace("。\n", "\n")
    if len(whole) > _LONGEST:
        return None
    if whole[:1] in _PAIRS.values() and _brackets(whole)[:1] == [(0, len(whole))]:
        return _named(whole[1:-1])
    return _named(whole) if _LINE.match(whole) and "。" not in whole else None


def _brackets(text: str) -> list[tuple[int, int]]:
    """Spans of the outermost brackets."""
    out: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for m in re.finditer(r"[()【】\[\]〔〕]", text):
        if m[0] not in _PAIRS:
            opened.append((m[0], m.start()))
        elif opened and opened[-1][0] == _PAIRS[m[0]]:
            at = opened.pop()[1]
            while out and out[-1][0] > at:
                out.pop()
            out.append((at, m.end()))
    return out


def _named(body: str) -> Named | None:
    if not _DUTY.search(body):
        return None
    body = _REST.sub("", body)
    labels = list(_LABEL.finditer(body))
    if not labels:
        return _sorted(_parts(body))
    parts: list[tuple[str, str]] = []
    ends = [m.start() for m in labels[1:]] + [len(body)]
    for m, end in zip(labels, ends, strict=True):
        kind = "lead" if m[1] in _LEADING else "help" if m[1] in _HELPING else "act"
        inner = _parts(body[m.end() : end])
        parts += [(names, kind if of == "" or kind != "act" else of) for names, of in inner]
    return _sorted(parts)


def _parts(body: str) -> list[tuple[str, str]]:
    """Lists of names, each with what its verb says of them: lead, help, act, or nothing."""
    flat = _PARTS.sub(lambda m: "\x00" * len(m[0]), body)
    out, at = [], 0
    for m in _VERB.finditer(flat):
        if flat[m.end() : m.end() + 1] not in ("", ",", "、", ";", "。") and m[0] != "会同":
            continue  # 负责人, 落实办: part of a name
        out.append((body[at : m.start()], m.lastgroup or ""))
        at = m.end()
    return [*out, (body[at:], "")]


def _sorted(parts: list[tuple[str, str]]) -> Named | None:
    kinds = {kind for names, kind in parts if names.strip(",、;。")}
    # who acts leads those who only help; else who acts supports
    acts = "lead" if "lead" not in kinds and "help" in kinds else "help"
    lead: list[str] = []
    support: list[str] = []
    for text, kind in parts:
        to = lead if (kind or acts) == "lead" or (kind == "act" and acts == "lead") else support
        to += [n for n in _names(text) if n not in to]
    if not any(_AGENCY.search(n) for n in (*lead, *support)):
        return None
    return Named(tuple(lead), tuple(support))


def _names(text: str) -> list[str]:
    """Split a list of names; commas inside brackets do not split."""
    flat = _PARTS.sub(lambda m: "\x00" * len(m[0]), text)
    out, at = [], 0
    for m in [*_COMMA.finditer(flat), None]:
        end = m.start() if m else len(text)
        name = _BY_DUTY.sub("", text[at:end].strip().removeprefix("由"))
        name = _ET_CETERA.sub("", name)
        if len(name) > 1:
            out.append(name)
        at = m.end() if m else end
    return out
