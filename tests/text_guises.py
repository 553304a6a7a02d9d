"""Plans as they come: of another script or width, wrapped by a PDF, with blanks and characters that nobody sees."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from functools import cache, partial

Guise = Callable[[str], str]

_HALF, _FULL = "0123456789,;:()%", "０１２３４５６７８９，；：（）％"
_WORD = re.compile(r"[0-9A-Za-z.０-９]")
_HANGS = "，。；：、）》”,.;:)%％"
WIDTHS = (12, 16, 20, 28, 35, 46, 60)
INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u2060\u00ad\ufe0f\u202c\ufeff\u061c\u180e\u2066\u2069\u034f\U000e0100"
)


@cache
def opencc(name: str) -> Guise:
    """A conversion between scripts."""
    import opencc as converters

    return converters.OpenCC(name).convert


def full_width(text: str) -> str:
    """Digits and marks at full width; the comma of 1,250 and the decimal point stay."""
    text = re.sub(r"[0-9;:()%]", lambda m: _FULL[_HALF.index(m[0])], text)
    return re.sub(r"(?<![0-9０-９]),|,(?![0-9０-９]{3})", "，", text)


def half_width(text: str) -> str:
    """Digits and marks at half width."""
    return text.translate({ord(f): h for f, h in zip(_FULL, _HALF, strict=True)})


def spaced(text: str) -> str:
    """Spaces around numbers."""
    return re.sub(r"\d+(?:[.,]\d+)*", r" \g<0> ", text)


def strewn(text: str, what: str | list[str], often: float) -> str:
    """One of the pieces behind every so many characters, inside numbers and words as well."""
    rng = random.Random(len(text))
    return "".join(c + rng.choice(what) if c != "\n" and rng.random() < often else c for c in text)


def letters_apart(text: str, space: str) -> str:
    """A space behind each letter."""
    return "\n".join(space.join(line) for line in text.split("\n"))


def wrapped(
    text: str,
    width: int,
    page: str = "",
    lines: int = 25,
    indent: str = "",
    first: int = 0,
    cut: bool = False,
) -> str:
    """Lines of ``width`` as PDF text has them: a number or word stays whole, no line opens with a mark.

    Parameters
    ----------
    page : str
        Stands behind every ``lines`` lines; ``{}`` in it is the page's number.
    indent : str
        Before every line.
    first : int
        So many wide spaces before the first line of a paragraph.
    cut : bool
        Lines are cut anywhere, in the middle of a number or before a mark.
    """
    out: list[str] = []
    for line in text.split("\n"):
        at, lead = 0, "\u3000" * first if line.strip() else ""
        while True:
            end = _end_of_line(line, at, width - len(lead), cut)
            out.append(indent + lead + line[at:end])
            at, lead = end, ""
            if page and len(out) % lines == 0:
                out.append(page.format(len(out) // lines))
            if at >= len(line):
                break
    return "\n".join(out)


def _end_of_line(line: str, at: int, width: int, cut: bool) -> int:
    end = min(len(line), at + width)
    if cut:
        return end
    while at + 1 < end < len(line) and _WORD.match(line[end]) and _WORD.match(line[end - 1]):
        end -= 1
    while end < len(line) and line[end] in _HANGS:
        end += 1
    return end


def other_forms(first: int, last: int) -> dict[int, str]:
    """For what characters of a block of Unicode stand for, those characters."""
    forms = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(first, last)}
    return {ord(plain): form for plain, form in forms.items() if len(plain) == 1 != plain.isascii()}


RADICALS = other_forms(0x2F00, 0x2FD6) | dict(
    zip(
        map(ord, "民长风车见贝门页马鱼鸟黄齐龙西青食虎角麦"),
        "⺠⻓⻛⻋⻅⻉⻔⻚⻢⻥⻦⻩⻬⻰⻄⻘⻝⻁⻆⻨",
        strict=True,
    )
)
_SIGNS = {"平方公里": "㎢", "立方米": "㎥", "平方米": "㎡", "公里": "㎞", "千瓦": "㎾"}


def signs_of_units(text: str) -> str:
    """Units as single characters."""
    for word, sign in _SIGNS.items():
        text = text.replace(word, sign)
    return text


GUISES: dict[str, Guise] = {
    "traditional": lambda t: opencc("s2t")(t),
    "traditional, Taiwan": lambda t: opencc("s2tw")(t),
    "traditional, words of Taiwan": lambda t: opencc("s2twp")(t),
    "traditional, Hong Kong": lambda t: opencc("s2hk")(t),
    "simplified": lambda t: opencc("t2s")(t),
    "full width": full_width,
    "half width": half_width,
    "bold digits": lambda t: t.translate({ord(str(i)): chr(0x1D7CE + i) for i in range(10)}),
    "radicals of PDF fonts": lambda t: t.translate(RADICALS),
    "compatibility ideographs": lambda t: t.translate(other_forms(0xF900, 0xFB00)),
    "signs of units": signs_of_units,
    "invisible characters": lambda t: strewn(t, INVISIBLE, 0.2),
    "spaces around numbers": spaced,
    "spaces anywhere": lambda t: strewn(t, " ", 0.25),
    "wide spaces anywhere": lambda t: strewn(t, "\u3000", 0.25),
    "tabs and gaps anywhere": lambda t: strewn(t, [" ", "\u3000", "\t", "  ", "\u2009"], 0.25),
    "letters apart": lambda t: letters_apart(t, " "),
    "letters far apart": lambda t: letters_apart(t, "\u3000"),
    "line ends of Windows": lambda t: t.replace("\n", "\r\n"),
    "line ends of an old Mac": lambda t: t.replace("\n", "\r"),
    "line ends of Unicode": lambda t: t.replace("\n", "\u2028"),
    "empty lines between": lambda t: t.replace("\n", "\n\n"),
    "lines of 34 with page numbers": lambda t: wrapped(t, 34, "— {} —"),
    "lines of 40 with page numbers": lambda t: wrapped(t, 40, "{}"),
    "lines of 40 with page breaks": lambda t: wrapped(t, 40, "\n- {} -\n\f"),
    "lines of 10": lambda t: wrapped(t, 10),
    "lines of 80": lambda t: wrapped(t, 80),
}
"""What changes a text without changing what it says."""
HEADER = "某某市人民政府公报 2022年第3期"
for _width in WIDTHS:
    GUISES |= {
        f"lines of {_width}": partial(wrapped, width=_width),
        f"lines of {_width}, cut anywhere": partial(wrapped, width=_width, cut=True),
        f"lines of {_width}, all indented": partial(wrapped, width=_width, indent="    "),
        f"lines of {_width}, first indented": partial(wrapped, width=_width, first=2),
        f"lines of {_width} with headers": partial(
            wrapped, width=_width, page=f"第{{}}页 共40页\n{HEADER}"
        ),
        f"lines of {_width}, spaced": lambda t, w=_width: wrapped(t, w).replace("\n", "\n\n"),
    }
