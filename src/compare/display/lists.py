"""Lists: several words or clauses in a row, with the commas of each language."""

from __future__ import annotations

from collections.abc import Iterable

from compare.display.messages import message

_BRACKETS = str.maketrans("()", "（）")


def join_words(items: Iterable[object], lang: str) -> str:
    """``甲、乙和丙`` or ``A, B and C``."""
    words = [str(i) for i in items]
    if lang == "zh":
        return "、".join(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def join_first(items: Iterable[object], lang: str, most: int = 6) -> str:
    """As `join_words`, but of many items only the first, and how many more there are."""
    words = list(items)
    if len(words) <= most + 1:
        return join_words(words, lang)
    head = ("、" if lang == "zh" else ", ").join(str(i) for i in words[:most])
    return message("common.and_more", lang, head=head, n=len(words) - most, all=len(words))


def join_clauses(clauses: Iterable[str], lang: str) -> str:
    """Clauses of one sentence, with semicolons between them."""
    return ("；" if lang == "zh" else "; ").join(clauses)


def join_sentences(sentences: Iterable[str], lang: str) -> str:
    """Sentences one behind another; Chinese needs no space."""
    return ("" if lang == "zh" else " ").join(sentences)


def full_width_brackets(title: str) -> str:
    """A Chinese title with Chinese brackets."""
    return title.translate(_BRACKETS)
