"""What a set of plans may not be unless its ``source.toml`` confirms it: slips that no text shows by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from compare.base.errors import CompareError
from compare.intake.source import Source
from compare.vocabulary import five_year_plans

_YEAR = re.compile(r"(?<!\d)(\d{4})\s*年")
_LONGEST = 100
"""Years: no plan looks further ahead of its issue."""


def check_texts(sources: Sequence[Source]) -> None:
    """Check that no plan stands in two folders: its targets would count twice.

    Line ends and blanks do not make another text. One of the two may confirm it (``same_text``).

    Raises
    ------
    CompareError
        Two folders of one text, or a confirmation of what is not so.
    """
    first: dict[str, Source] = {}
    same = set()
    for source in sources:
        other = first.setdefault("".join(source.text[source.start : source.end].split()), source)
        if other is source:
            continue
        pair = [s for s in (source, other) if _confirms(s, "same_text")]
        if not pair:
            raise _unconfirmed(source, "same_text", f"the plan is that of {other.path.parent}")
        same |= {s.path for s in pair}
    for source in sources:
        if _confirms(source, "same_text") and source.path not in same:
            raise _needless(source, "same_text", "no other document has this text")


def check_issue(source: Source) -> None:
    """Check that a plan was issued before the last of the years that its own text names.

    The clock is not asked: the same files pass or fail on any day.

    Raises
    ------
    CompareError
        An issue that is later than all of them, or a century before the last.
    """
    text, issued = source.text[source.start : source.end], source.issued_year
    years = [int(m[1]) for m in _YEAR.finditer(text)]
    years += [p.end_year for p in five_year_plans.plans() if p.name in text]
    if issued is None or not years or _confirms(source, "dates"):
        return
    if not max(years) - _LONGEST <= issued <= max(years):
        problem = f"issued = {source.meta['issued']}, and the last year that the plan names is {max(years)}"
        raise _unconfirmed(source, "dates", problem)


def check_targets(source: Source, count: int) -> None:
    """Check that a plan has targets.

    Raises
    ------
    CompareError
        It has none, or it has some and its ``source.toml`` confirms that there are none.
    """
    if not count and not _confirms(source, "no_targets"):
        raise _unconfirmed(source, "no_targets", "the plan yields no target")
    if count and _confirms(source, "no_targets"):
        raise _needless(source, "no_targets", f"the plan yields {count}")


def _confirms(source: Source, word: str) -> bool:
    return word in source.meta.get("confirms", ())


def _unconfirmed(source: Source, word: str, problem: str) -> CompareError:
    file = source.path.parent / "source.toml"
    return CompareError(f'{problem}; if that is right, add confirms = ["{word}"]', file)


def _needless(source: Source, word: str, problem: str) -> CompareError:
    return CompareError(f"confirms {word!r}, but {problem}", source.path.parent / "source.toml")
