"""Code words: the word that readers see for a code of a table."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from compare.base.workspace import vocabulary_file
from compare.vocabulary import flags, review_reasons


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((files("compare.display") / "code_words.toml").read_text(encoding="utf-8"))


def code_word(group: str, code: str, lang: str) -> str:
    """The word for a code (``display/code_words.toml``); the code itself where there is none."""
    return _words().get(group, {}).get(code, {}).get(lang, code)


@cache
def indicator_names() -> dict[str, dict[str, str]]:
    """Names of the indicators by id and language."""
    table = tomllib.loads(vocabulary_file("indicators.toml").read_text(encoding="utf-8"))
    return {k: {"zh": v["name_zh"], "en": v["name_en"]} for k, v in table.items() if "name_zh" in v}


def reason_words(code: str, lang: str) -> str:
    """Why a person should look at a row; the code where it is not known."""
    reason = review_reasons.known().get(code)
    return code if reason is None else reason.zh if lang == "zh" else reason.en


def flag_words(code: str, lang: str) -> str:
    """Name of a plausibility flag and why it is raised; the code where it is not known."""
    flag = flags.known().get(code)
    if flag is None:
        return code
    return f"{flag.name_zh}：{flag.why_zh}" if lang == "zh" else f"{flag.name_en}: {flag.why_en}"
