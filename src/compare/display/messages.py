"""Messages: sentences in Chinese and English from ``display/messages.toml``.

A message may hold Markdown. In `markdown`, what is put into it is escaped, so that no word of a
plan is ever read as markup.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from compare.base.errors import CompareError
from compare.base.renamed_modules import renamed

LANGS = ("zh", "en")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


@cache
def all_messages() -> dict:
    """The file ``messages.toml``: by group, then by name, then by language."""
    return tomllib.loads((files("compare.display") / "messages.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Raw:
    """Text that is already Markdown and goes into a message as it is."""

    text: str


def escape(text: object) -> str:
    """Text that Markdown shows as it stands."""
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))


def message(key: str, lang: str, **values: object) -> str:
    """A sentence for charts and plain text: ``message("indicator.none", "zh", name=…)``.

    Parameters
    ----------
    key : str
        ``group.name`` in ``display/messages.toml``.
    lang : {"zh", "en"}
    **values
        For the braces of the message. Where the English message has a form ``en_one``, it is
        taken when ``n`` is 1.

    Returns
    -------
    str

    Raises
    ------
    CompareError
        Unknown key, or a value that the message asks for is missing.
    """
    return _filled(key, lang, {k: v.text if isinstance(v, Raw) else v for k, v in values.items()})


def markdown(key: str, lang: str, **values: object) -> str:
    """As `message`, for Markdown: values are escaped, except `Raw` ones."""
    return _filled(key, lang, {k: _escaped(v) for k, v in values.items()})


def _escaped(value: object) -> object:
    if isinstance(value, Raw):
        return value.text
    return escape(value) if isinstance(value, str) else value


# counts of one, in messages that have no form of their own for it
_ONE = re.compile(r"(?<![\d.,])1 (row|place|document|target|plan|measure|mention|path|field)s\b")


def _filled(key: str, lang: str, values: dict[str, object]) -> str:
    group, _, name = key.partition(".")
    try:
        forms = all_messages()[group][name]
        form = "en_one" if lang == "en" and values.get("n") == 1 and "en_one" in forms else lang
        text = forms[form].format(**values)
    except KeyError as error:
        raise CompareError(f"message {key!r} has no {error}", "messages.toml") from None
    return _ONE.sub(r"1 \1", text) if lang == "en" else text


__getattr__ = renamed(  # what release 0.1 had in `compare.text`
    __name__,
    {
        "say": "compare.display.messages.message",
        "md": "compare.display.messages.markdown",
        "messages": "compare.display.messages.all_messages",
        "Text": "compare.analysis.notebook_output.Text",
        "Several": "compare.analysis.notebook_output.Several",
        "SYMBOL": "compare.display.values.BOUND_SYMBOL",
        "bounded": "compare.display.values.standard_with_bound",
        "in_words": "compare.display.values.standard_in_words",
        "quantity": "compare.display.values.quantity",
        "points": "compare.display.values.difference",
        "Scale": "compare.display.numbers.Scale",
        "scale": "compare.display.numbers.scale_for",
        "fitting": "compare.display.numbers.scale_or_usual",
        "number": "compare.display.numbers.format_number",
        "rounded": "compare.display.numbers.round_figures",
        "join": "compare.display.lists.join_words",
        "some": "compare.display.lists.join_first",
        "full_width": "compare.display.lists.full_width_brackets",
    },
)
