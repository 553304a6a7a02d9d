"""Who answers for it: the list of agencies at the end of a paragraph."""

from __future__ import annotations

import re

from compare.extraction.lexicon import rx

_LIST = re.compile(
    r"[((]([^()]*?(?:牵头|责任单位|配合|负责|主办|协办|分工)[^()]*(?:\([^()]*\)[^()]*)*)[))]\s*[。]?\s*$"
)
_LABEL = re.compile(
    r"(牵头(?:单位|部门)?|责任(?:单位|部门)|配合(?:单位|部门)?|主办(?:单位)?|协办(?:单位)?|参与单位|负责单位)[::]"
)
_TRAILING = re.compile(
    r"(?:等)?(?:按照?(?:职责|职能|职责和|职能职责)?(?:分工)?(?:负责|落实)?|按职责分工|分工负责|负责)$"
)


def _names(text: str) -> list[str]:
    text = rx(r"等$|等(?=[,;,;])").sub("", text.strip(",;,;、。 "))
    if "(" not in text and "〈" not in text:
        return _clean_names(_COMMAS.split(text))
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        if c in "((〈<":
            depth += 1
        elif c in "))〉>":
            depth -= 1
        elif c in "、,,;;" and not depth:
            parts.append(text[start:i])
            start = i + 1
    parts.append(text[start:])
    return _clean_names(parts)


_COMMAS = re.compile("[、,;]")


def _clean_names(parts: list[str]) -> list[str]:
    out = [p.strip().removesuffix("等") for p in parts]
    return [p for p in out if p and not p.startswith(("以下均", "不再"))]


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
    tail = paragraph.rstrip()
    if not tail.endswith((")", ")", ")。", ")。")):
        return None, None
    at = _opening(tail)
    body = tail[at + 1 :].rstrip("。").removesuffix(")").removesuffix(")")
    if not rx("牵头|责任|配合|负责|主办|协办|分工").search(body):
        return None, None
    lead: list[str] = []
    support: list[str] = []
    labels = list(_LABEL.finditer(body))
    if labels:
        for i, m in enumerate(labels):
            stop = labels[i + 1].start() if i + 1 < len(labels) else len(body)
            part = rx(r",以下均").split(body[m.end() : stop])[0]
            names = _names(part)
            (lead if m[1].startswith(("牵头", "主办")) else support).extend(names)
        return lead or None, support or None
    parts = rx(r"牵头(?:负责)?[,,、]?").split(body)
    if len(parts) > 1:
        for part in parts[:-1]:
            lead += _names(part)
    rest = parts[-1] if len(parts) > 1 else body
    rest = rx(r"(?:等)?(?:配合|参与|协办|按照?[^,、]{0,8}负责|分工负责|负责)$").sub(
        "", rest.strip("。 ")
    )
    support += [n for n in _names(rest) if n not in ("配合",)]
    return lead or None, support or None


def _opening(text: str) -> int:
    """Index of the bracket that the last closing bracket belongs to."""
    depth = 0
    for i in range(len(text) - 1, -1, -1):
        if text[i] in "))":
            depth += 1
        elif text[i] in "((":
            depth -= 1
            if depth == 0:
                return i
    return 0
