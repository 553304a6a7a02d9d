"""Text: sentences in Chinese and English from ``vocabulary/messages.toml``, and numbers with units.

A message may hold Markdown; what is put into it is escaped, so that no word of a plan is ever
read as markup.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from compare.base.errors import CompareError
from compare.base.workspace import vocabulary_file
from compare.wording.values import word

LANGS = ("zh", "en")
SYMBOL = {"=": "", ">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "≈"}
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


@cache
def messages() -> dict:
    return tomllib.loads(vocabulary_file("messages.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Raw:
    """Text that is already Markdown and goes into a message as it is."""

    text: str


def escape(text) -> str:
    """Text that Markdown shows as it stands."""
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))


def say(key: str, lang: str, **values) -> str:
    """A sentence for charts and plain text: ``say("indicator.none", "zh", name=…)``.

    Parameters
    ----------
    key : str
        ``group.name`` in ``vocabulary/messages.toml``.
    lang : {"zh", "en"}
    **values
        For the braces of the message. Where the English message has a form ``en_one``, it is
        taken when ``n`` is 1.

    Raises
    ------
    CompareError
        Unknown key, or a value that the message asks for is missing.
    """
    return _say(key, lang, {k: v.text if isinstance(v, Raw) else v for k, v in values.items()})


def md(key: str, lang: str, **values) -> str:
    """As `say`, for Markdown: values are escaped, except `Raw` ones."""
    return _say(
        key,
        lang,
        {k: v.text if isinstance(v, Raw) else _escaped(v) for k, v in values.items()},
    )


def _escaped(value):
    return escape(value) if isinstance(value, str) else value


# counts of one, in messages that have no form of their own for it
_ONE = re.compile(r"(?<![\d.,])1 (row|place|document|target|plan|measure|mention|path|field)s\b")


def _say(key: str, lang: str, values: dict) -> str:
    group, _, name = key.partition(".")
    try:
        message = messages()[group][name]
        form = "en_one" if lang == "en" and values.get("n") == 1 and "en_one" in message else lang
        said = message[form].format(**values)
        return _ONE.sub(r"1 \1", said) if lang == "en" else said
    except KeyError as error:
        raise CompareError(f"message {key!r} has no {error}", "messages.toml") from None


_BRACKETS = str.maketrans("()", "（）")


def full_width(title: str) -> str:
    """A Chinese title with Chinese brackets."""
    return title.translate(_BRACKETS)


def join(items, lang: str) -> str:
    """``甲、乙和丙`` or ``A, B and C``."""
    items = [str(i) for i in items]
    if lang == "zh":
        return "、".join(items)
    return (
        items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
    )


def some(items, lang: str, most: int = 6) -> str:
    """As `join`, but of many items only the first, and how many more there are."""
    items = list(items)
    if len(items) <= most + 1:
        return join(items, lang)
    head = ("、" if lang == "zh" else ", ").join(str(i) for i in items[:most])
    return say("common.and_more", lang, head=head, n=len(items) - most, all=len(items))


# ------------------------------------------------------------------ numbers
def rounded(value: float, figures: int = 3) -> float:
    """A value with so many significant figures, for what was divided."""
    return float(f"{value:.{figures}g}")


def number(value: float, digits: int | None = None) -> str:
    """A number as people write it: ``27.4``, ``3,200``; with a true minus sign."""
    shown = f"{value:,.{digits}f}" if digits is not None else f"{round(value, 10):,.6g}"
    if "e" in shown:
        shown = f"{value:,.0f}" if abs(value) >= 1 else f"{value:.6f}".rstrip("0")
    return shown.replace("-", "−") if shown.strip("-0.,") else shown.lstrip("-")


@dataclass(frozen=True)
class Scale:
    """How values in a standard unit are shown: multiplied by ``factor``, with ``unit``.

    ``std`` is that standard unit; what has another is shown by its own scale.
    """

    factor: float
    unit: str
    std: str | None = None


def scale(unit_std: str | None, largest: float, lang: str) -> Scale:
    """The usual unit of a language for values up to ``largest`` (万千瓦 or GW for MW)."""
    steps = messages()["unit"].get(unit_std or "", {}).get(lang)
    if steps is None:
        return Scale(1.0, unit_std or "", unit_std)
    reached = (s for s in steps if abs(largest) >= s.get("from", 0))
    step = next(reached, steps[-1])
    return Scale(step["factor"], step["unit"], unit_std)


def fitting(by: Scale | None, unit_std: str | None, largest: float, lang: str) -> Scale:
    """``by`` where it is for this unit, else the usual scale of the unit."""
    return by if by and by.std == unit_std else scale(unit_std, largest, lang)


def quantity(value: float, unit_std: str | None, lang: str, by: Scale | None = None) -> str:
    """A value with its unit: ``21%``, ``320万千瓦``, ``3.2 GW``, ``2030年``."""
    by = fitting(by, unit_std, value, lang)
    if unit_std == "year":
        return f"{int(value)}年" if lang == "zh" else f"{int(value)}"
    gap = "" if by.unit in ("", "%") or lang == "zh" else " "
    return f"{number(value * by.factor)}{gap}{by.unit}"


def bounded(row: dict, lang: str, by: Scale | None = None) -> str:
    """What a comparisons (or benchmarks) row promises in the standard unit, with its bound.

    Parameters
    ----------
    row : dict
        ``comparator``, ``value_std``, ``value_max_std`` (may be absent), ``unit_std``.
    """
    value, unit = row["value_std"], row.get("unit_std")
    sign = row.get("comparator") or "="
    if unit == "year":
        return messages()["year"][sign][lang].format(int(value))
    shown = quantity(value, unit, lang, by)
    top = row.get("value_max_std")
    if top is not None and top == top:
        by = fitting(by, unit, top, lang)
        shown = f"{number(value * by.factor)}–{quantity(top, unit, lang, by)}"
    return f"{SYMBOL[sign]}{shown}"


def in_words(row: dict, lang: str, by: Scale | None = None) -> str:
    """As `bounded`, the bound in words: ``不低于95%``, ``at least 95%``."""
    sign = row.get("comparator") or "="
    if row.get("unit_std") == "year" or sign == "=":
        return bounded(row, lang, by)
    plain = bounded({**row, "comparator": "="}, lang, by)
    gap = "" if lang == "zh" else " "
    return f"{word('comparator', sign, lang)}{gap}{plain}"


def points(value: float, unit: str, lang: str, sign: bool = True, by: Scale | None = None) -> str:
    """A gap or a pace: ``+1.5个百分点``, ``+1.5 pp``, ``×1.2``."""
    lead = "+" if sign and value > 0 else ""
    if unit == "pp":
        return f"{lead}{number(value)}{say('common.pp', lang)}"
    return f"{lead}{quantity(value, unit, lang, by)}"


# ------------------------------------------------------------------ what notebooks display
@dataclass(frozen=True)
class Text:
    """Markdown for a notebook; as plain text in a terminal."""

    markdown: str

    def _ipython_display_(self) -> None:
        from IPython.display import display

        if self.markdown:
            display({"text/markdown": self.markdown, "text/plain": self.markdown}, raw=True)

    def __str__(self) -> str:
        return self.markdown


class Several(list):
    """Things to show one under another."""

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for one in self:
            display(one)

    def __str__(self) -> str:
        return "\n\n".join(str(one) for one in self)
