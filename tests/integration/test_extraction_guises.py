"""Rows of whole plans are the same after conversions that do not change what is said."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

import pytest
from extraction_contract import cases, check

from compare.base.workspace import raw_dir
from compare.extraction.assembly import extract_text
from compare.extraction.extracted_target import ExtractedTarget
from compare.intake.source import read_source

_HALF, _FULL = "0123456789,;:()%", "０１２３４５６７８９，；：（）％"
_WORD = re.compile(r"[0-9A-Za-z.０-９]")


@cache
def _opencc(name: str):
    import opencc

    return opencc.OpenCC(name).convert


def full_width(text: str) -> str:
    """Digits and marks at full width; the comma of 1,250 and the decimal point stay."""
    text = re.sub(r"[0-9;:()%]", lambda m: _FULL[_HALF.index(m[0])], text)
    return re.sub(r"(?<![0-9０-９]),|,(?![0-9０-９]{3})", "，", text)


def half_width(text: str) -> str:
    return text.translate({ord(f): h for f, h in zip(_FULL, _HALF, strict=True)})


def spaced(text: str) -> str:
    return re.sub(r"\d+(?:[.,]\d+)*", r" \g<0> ", text)


def wrapped(text: str, width: int, page: str = "", lines: int = 25) -> str:
    """Lines of ``width`` as PDF text has them: a number or word stays whole, no line opens with
    a mark. ``page`` stands behind every ``lines`` lines, ``{}`` in it is the page's number."""
    out: list[str] = []
    for line in text.split("\n"):
        at = 0
        while True:
            end = min(len(line), at + width)
            while (
                at + 1 < end < len(line) and _WORD.match(line[end]) and _WORD.match(line[end - 1])
            ):
                end -= 1
            while end < len(line) and line[end] in "，。；：、）》”,.;:)%％":
                end += 1
            out.append(line[at:end])
            at = end
            if page and len(out) % lines == 0:
                out.append(page.format(len(out) // lines))
            if at >= len(line):
                break
    return "\n".join(out)


GUISES = {
    "traditional": lambda t: _opencc("s2t")(t),
    "traditional, Taiwan": lambda t: _opencc("s2tw")(t),
    "traditional, words of Taiwan": lambda t: _opencc("s2twp")(t),
    "traditional, Hong Kong": lambda t: _opencc("s2hk")(t),
    "simplified": lambda t: _opencc("t2s")(t),
    "full width": full_width,
    "half width": half_width,
    "spaces around numbers": spaced,
    "line ends of Windows": lambda t: t.replace("\n", "\r\n"),
    "lines of 34": lambda t: wrapped(t, 34),
    "lines of 40": lambda t: wrapped(t, 40),
    "lines of 34 with page numbers": lambda t: wrapped(t, 34, "— {} —"),
    "lines of 40 with page numbers": lambda t: wrapped(t, 40, "{}"),
    "lines of 40 with page breaks": lambda t: wrapped(t, 40, "\n- {} -\n\f"),
}


@cache
def texts() -> dict[str, str]:
    """The five plans' own texts, and the genre's cases behind each other as one."""
    out = {}
    for folder in sorted(p for p in raw_dir().iterdir() if p.is_dir()):
        source = read_source(folder)
        out[source.doc] = source.text[source.start : source.end]
    return out | {"genre": "\n".join(cases())}


@cache
def plain(name: str) -> Counter:
    return Counter(map(essence, extract_text(texts()[name])))


def essence(row: ExtractedTarget) -> tuple:
    unit = _opencc("t2s")(unicodedata.normalize("NFKC", row.unit or ""))
    return (
        row.kind,
        row.value,
        unit,
        row.comparator,
        row.target_year,
        row.indicator,
    )


@pytest.mark.parametrize("guise", GUISES)
def test_rows_are_the_same_in_another_guise(guise):
    change = GUISES[guise]
    for group in (("guizhou", "huzhou", "ruijin", "shiyan", "yuhua"), ("genre",)):
        before, after = Counter(), Counter()
        for name in group:
            text = change(texts()[name])
            rows = extract_text(text)
            check(text, rows)
            # one text at a time, so that a row lost here cannot be made up for there
            before.update({(name, *k): n for k, n in plain(name).items()})
            after.update((name, *essence(r)) for r in rows)
        kept = (before & after).total() / before.total()
        added = (after - before).total() / before.total()
        assert kept >= 0.99, (group, list((before - after).elements())[:10])
        assert added <= 0.01, (group, list((after - before).elements())[:10])
