"""Which part of a text is the plan: without the preamble and footer of the site that carries it."""

from __future__ import annotations

import re

from compare.vocabulary.characters import odd_characters, one_to_one

_AFTER = re.compile(
    "(?:原文|全文|方案全文|通知全文|原文內容|檔案內容|文件全文)(?:如下)?[:\uff1a]?[ \t]*\r?\n"
)
_FIRST_PART = re.compile("^[ \t\u3000]*(?:一[、.\uff0e]|第一[章节節部])", re.M)
_TITLE = re.compile(
    "^[ \t\u3000]*[^\\s。,\uff0c;\uff1b:\uff1a!\uff01]{4,60}"
    "(?:方案|規劃|规划|计划|計劃|意見|意见|通知|行動|行动|綱要|纲要)[ \t\u3000]*\r?$",
    re.M,
)
_FOOTER = re.compile(  # opens with a plain character, so that the search can skip to it
    "\n[ \t\u3000]*(?:特别声明|特別聲明|免责声明|免責聲明|凡来源|凡來源|责任编辑|責任編輯|展开全文|版权声明|"
    "打印本页|【打印】|扫一扫|上一篇|下一篇|相关阅读|相關閱讀|來源[:\uff1a]|来源[:\uff1a])"
)


def plan_span(text: str) -> tuple[int, int]:
    """Where the plan's own text stands in ``text``, for a copy without ``source.toml``.

    The preamble and press summary that a news site puts in front are left out: the plan begins
    behind 原文如下 and the like, else at the last title before its first numbered part.

    Returns
    -------
    start, end : int
        The whole text where nothing says otherwise.
    """
    text = one_to_one(text, odd_characters(text))
    start, end = 0, len(text)
    first = _FIRST_PART.search(text)
    if first:
        head = text[: first.start()]
        marks = [m.end() for m in _AFTER.finditer(head)]
        titles = [m.start() for m in _TITLE.finditer(head, marks[-1] if marks else 0)]
        if marks:
            start = marks[-1]
        elif titles:
            start = titles[-1]
    footer = _FOOTER.search(text, first.end() if first else len(text))
    if footer and footer.start() > start + (end - start) * 0.5:
        end = footer.start() + 1
    return start, end
