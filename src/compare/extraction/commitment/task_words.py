"""Is a clause a task? Its verb stands first: 推进…, 积极发展…, 以…为重点,打造…, 对…实施….

A task says what is to be done, not what is to be reached: it is no aim of the date before it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from compare.vocabulary.lexicon import any_of, words

# behind a verb these make a name of it: 治理率, 保护区, 节约型机关
_NOT_A_NAME = "(?![率量区性型者额值])"
# 政府会…, 各县要…: somebody is told to act
_AGENT = "[^,;:。\\d]{0,8}(?:政府|部门|单位|企业|机关|[局委办县区])(?:会|要|须|负责)"


class Opening(NamedTuple):
    """How a task opens.

    Attributes
    ----------
    end : int
        Where its opening words end.
    verb : str
        The verb; empty where the object stands first (对…实施…), or somebody who is told to act.
    """

    end: int
    verb: str


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    t = words()["tasks"]
    manner, either = any_of(t["manner"]), any_of(t["manner"], t["manner_or_name"])
    verb = f"{any_of(t['verbs'])}{_NOT_A_NAME}"
    led = '[\\s“"(]*(?:力争|确保)?'
    return {
        "opening": re.compile(
            f"{led}(?:{any_of(t['acting_on'])}|(?:{either})*(?P<verb>{verb})|{manner}|{_AGENT})"
        ),
        "setting": re.compile(
            f'[\\s“"(]*(?:{any_of(t["setting"])})[^,;:。]*,|[^,;:。\\d]{{2,12}}方面[,:]'
        ),
        "verbs": re.compile(f"(?:{either}|{verb})+"),
    }


def task_opening(text: str, begin: int, end: int) -> Opening | None:
    """The words with which ``text[begin:end]`` opens as a task; None where it does not."""
    m = _patterns()["opening"].match(text, begin, end)
    return Opening(m.end(), m["verb"] or "") if m else None


def behind_setting(text: str, begin: int, end: int) -> int:
    """Where the words behind 围绕…, 在…领域, or 能源方面, begin, which only say in what setting."""
    m = _patterns()["setting"].match(text, begin, end)
    return m.end() if m else begin


def task_verbs_end(text: str, begin: int = 0, end: int | None = None) -> int:
    """Where the verbs of a task, and the manner of it, end that ``text[begin:end]`` opens with."""
    m = _patterns()["verbs"].match(text, begin, len(text) if end is None else end)
    return m.end() if m else begin
