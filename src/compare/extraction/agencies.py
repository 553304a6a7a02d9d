"""Who answers for it: the list of agencies at the end of a paragraph."""

from __future__ import annotations

import re

# 牵头单位:A,责任单位:B、C等
_LABEL = re.compile(r"(牵头|责任|配合|主办|协办|参与|负责)(?:单位|部门)?:")
# A牵头,B、C配合
_LEADS = re.compile(r"牵头(?:负责)?[,、]?")
_ENDS_WITH_DUTY = re.compile(r"(?:等)?(?:配合|参与|协办|按照?[^,、]{0,8}负责|分工负责|负责)$")
_DUTY = re.compile("牵头|责任|配合|负责|主办|协办|分工")
_COMMA = re.compile("[、,;]")
# what such a list may add about other places: 以下均需各县市区人民政府落实,不再单独列出
_REMARK = re.compile(",以下均.*|,不再.*")


def agencies(paragraph: str) -> tuple[list[str] | None, list[str] | None]:
    """Lead and supporting agencies that close a paragraph.

    Parameters
    ----------
    paragraph : str
        Clean text of the paragraph.

    Returns
    -------
    lead, support : list of str or None
        None where the paragraph names none of that kind.
    """
    tail = paragraph.rstrip("。")
    if not tail.endswith(")"):
        return None, None
    body = tail[_opening(tail) + 1 : -1]
    if not _DUTY.search(body):
        return None, None
    labels = list(_LABEL.finditer(body))
    lead: list[str] = []
    support: list[str] = []
    if labels:
        ends = [m.start() for m in labels[1:]] + [len(body)]
        for m, end in zip(labels, ends, strict=True):
            names = _names(_REMARK.sub("", body[m.end() : end]))
            (lead if m[1] in ("牵头", "主办") else support).extend(names)
    else:
        *leading, rest = _LEADS.split(body)
        lead = [name for part in leading for name in _names(part)]
        support = _names(_ENDS_WITH_DUTY.sub("", rest))
    return lead or None, support or None


def _names(text: str) -> list[str]:
    """Split a list of names; commas inside brackets do not split."""
    flat = text
    if "(" in text or "〈" in text:
        flat = re.sub(r"\([^)]*\)|〈[^〉]*〉", lambda m: "\x00" * len(m[0]), text)
    out, at = [], 0
    for m in [*_COMMA.finditer(flat), None]:
        end = m.start() if m else len(text)
        name = text[at:end].strip().removesuffix("等")
        if name:
            out.append(name)
        at = m.end() if m else end
    return out


def _opening(text: str) -> int:
    """Index of the bracket that the last closing bracket belongs to."""
    at = text.rfind("(")
    if text.find(")", max(at, 0)) == len(text) - 1:
        return max(at, 0)  # nothing nested
    depth = 0
    for i in range(len(text) - 1, -1, -1):
        depth += (text[i] == ")") - (text[i] == "(")
        if not depth:
            return i
    return 0
