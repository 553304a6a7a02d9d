"""Evidence as plain text: marked places in brackets, or in colours for a terminal."""

from __future__ import annotations

import re

from compare.display.code_words import code_word, flag_words, reason_words
from compare.display.values import horizon, written_value
from compare.target_evidence.evidence_record import DocumentFacts, Evidence

_BRACKETS = {
    "value": "【】",
    "indicator": "〖〗",
    "horizon": "〔〕",
    "bound": "⟦⟧",
    "baseline": "⟨⟩",
    "effort": "‹›",
}
_ANSI = {
    "value": "30;43",
    "indicator": "4;36",
    "horizon": "34",
    "bound": "1;33",
    "baseline": "35",
    "effort": "32",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def as_text(item: Evidence, color: bool = False) -> str:
    """One target's evidence as text.

    Parameters
    ----------
    item : Evidence
        What to show.
    color : bool
        Mark places with the colours of a terminal instead of brackets.
    """
    target, lang = item.target, item.lang
    ends = {r: (f"\033[{code}m", "\033[0m") for r, code in _ANSI.items()} if color else _BRACKETS
    head = [target.region_zh if lang == "zh" else target.region_en, target.indicator_text]
    head += [written_value(target, lang), horizon(target, lang)]
    lines = [_harmless(f"{target.target_id}  {' · '.join(h for h in head if h)}")]
    if target.section:
        lines.append(_labelled("section", target.section, lang))
    text, at = "", 0
    for start, end, role in item.marks:
        left, right = ends[role]
        text += f"{_harmless(item.text[at:start])}{left}{_harmless(item.text[start:end])}{right}"
        at = end
    lines += ["", text + _harmless(item.text[at:]), ""]
    legend = (f"{ends[r][0]}{code_word('role', r, lang)}{ends[r][1]}" for r in item.roles)
    lines.append(f"{code_word('label', 'legend', lang)}: {' '.join(legend)}")
    lines += [code_word("label", note, lang) for note in item.notes]
    lines += [
        _labelled("review_reasons", reason_words(code, lang), lang)
        for code in target.review_reasons
    ]
    lines += [_labelled("flags", flag_words(flag, lang), lang) for flag in target.flags]
    if target.note:
        lines.append(_labelled("note", target.note, lang))
    lines.append(_labelled("source", _source_line(item.source, lang), lang))
    position = f"{code_word('label', 'characters', lang)} {target.start}–{target.end}"
    lines.append(f"SHA-256 {item.source.sha256}, {position}")
    return "\n".join(lines)


def _labelled(label: str, words: str, lang: str) -> str:
    return _harmless(f"{code_word('label', label, lang)}: {words}")


def _source_line(source: DocumentFacts, lang: str) -> str:
    parts = [source.title, source.issuer, source.document_no]
    parts.append(str(source.date) if source.date else None)
    if source.status == "draft":
        parts.append(code_word("document_status", "draft", lang))
    return " · ".join(p for p in parts if p)


def _harmless(text: str) -> str:
    """Without control characters: a plan's text must not steer a terminal."""
    return _CONTROL.sub("", text)
