"""Wording: what pages and terminals say for codes, values and horizons, in Chinese and English."""

from __future__ import annotations

import tomllib
from functools import cache

from compare.base.workspace import vocabulary_file
from compare.vocabulary import flags

LANGS = ("zh", "en")
_SYMBOL = {"=": "", ">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "≈"}
_PEAK = {
    "zh": {"<=": "{}年前", "<": "{}年前", "=": "{}年", "~": "{}年前后"},
    "en": {"<=": "by {}", "<": "before {}", "=": "in {}", "~": "around {}"},
}
_CHANGE = {
    "zh": {"up": "提高", "down": "下降", "hold": "保持"},
    "en": {"up": "up by", "down": "down by", "hold": "hold at"},
}
_GROWTH = {
    "zh": {"down": "年均下降", None: "年均增长"},
    "en": {"down": "down per year by", None: "up per year by"},
}


@cache
def _words() -> dict:
    return tomllib.loads(vocabulary_file("words.toml").read_text(encoding="utf-8"))


def word(group: str, code: str, lang: str) -> str:
    """The word shown for a code (``vocabulary/words.toml``); the code itself where there is none."""
    return _words().get(group, {}).get(code, {}).get(lang, code)


@cache
def indicators() -> dict:
    table = tomllib.loads(vocabulary_file("indicators.toml").read_text(encoding="utf-8"))
    return {k: {"zh": v["name_zh"], "en": v["name_en"]} for k, v in table.items() if "name_zh" in v}


def flag_words(code: str, lang: str) -> str:
    """Name of a plausibility flag and why it is raised; the code where it is not known."""
    flag = flags.vocabulary().get(code)
    if flag is None:
        return code
    return f"{flag[f'name_{lang}']}{'：' if lang == 'zh' else ': '}{flag[f'why_{lang}']}"


def standard_value(row: dict) -> str | None:
    """The value in its standard unit, where that is another than the one written."""
    unit = row.get("unit_std")
    if row.get("value_std") is None or unit in (None, row.get("unit"), "year", "count"):
        return None
    number = _number(row["value_std"])
    if row.get("value_max_std") is not None:
        number += f"–{_number(row['value_max_std'])}"
    return f"{_SYMBOL.get(row.get('comparator'), '')}{number} {unit}"


def _number(value: float) -> str:
    return f"{value:,.12g}"


def value_words(row: dict, lang: str = "zh", effort: bool = True) -> str:
    """What a target asks for, with its bound (``≥21%``, ``2030年前``), or why it has no level.

    Parameters
    ----------
    row : dict
        Of the targets table.
    lang : {"zh", "en"}
    effort : bool
        Say of what is only striven for that it is (``力争 ≥95%``).
    """
    shown = _value_words(row, lang)
    if effort and row.get("effort") == "strive" and row["kind"] not in ("deferred", "directional"):
        return f"{word('effort', 'strive', lang)} {shown}"
    return shown


def _value_words(row: dict, lang: str) -> str:
    kind, value, unit = row["kind"], row.get("value"), row.get("unit") or ""
    if kind == "peak" and value is not None:
        return _PEAK[lang].get(row.get("comparator"), "{}").format(int(value))
    if kind in ("deferred", "directional"):
        trend = word("direction", row["direction"], lang) if row.get("direction") else ""
        return " · ".join(w for w in (word("kind", kind, lang), trend) if w)
    if value is None:
        return row["value_text"]
    number = _number(value)
    if row.get("value_max") is not None:
        number += f"–{_number(row['value_max'])}"
    gap = "" if unit in ("", "%") or lang == "zh" else " "
    shown = f"{_SYMBOL.get(row.get('comparator'), '')}{number}{gap}{unit}"
    if kind == "verbal":
        return f"{row['value_text']}({shown})" if lang == "zh" else f"{row['value_text']} ({shown})"
    if row["measure"] == "change":
        lead = _CHANGE[lang].get(row.get("direction"), "")
    elif row["measure"] == "growth":
        lead = _GROWTH[lang]["down" if row.get("direction") == "down" else None]
    else:
        lead = word("period", "annual", lang) if row.get("period") else ""
    return f"{lead} {shown}".strip()


def horizon(row: dict, lang: str) -> str:
    """The year a target is for, or that the text sets none; empty for a peak, whose value it is."""
    if row["kind"] == "peak":
        return ""
    if row.get("target_year") is None:
        return f"{word('label', 'horizon', lang)} {word('label', 'not_stated', lang)}"
    return f"{row['target_year']}年" if lang == "zh" else f"{row['target_year']}"
