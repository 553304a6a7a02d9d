"""Chart parts: marks, keys, labels and notes that the charts of all notebooks share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from compare import charts
from compare.analysis.selection import STATUSES, ShownPlace, View, of_place
from compare.analysis.target_words import draft_note, place_names
from compare.charts import style
from compare.display.messages import message
from compare.display.numbers import Scale
from compare.display.values import status_words
from compare.schema.records import Comparison, Target

LOOK_NATION = style.Look(style.NATION, "o")
STANCE_SIGN = {"stricter": "▲", "equal": "=", "looser": "▼"}
NEITHER = "#a9b7c6"
"""Colour of what can be called neither stricter nor looser."""


# ------------------------------------------------------------------ marks
def mark_of(row: Comparison, scale: Scale) -> charts.Mark | None:
    """The mark of a comparison.

    Parameters
    ----------
    row : Comparison
    scale : Scale
        Of the axis.

    Returns
    -------
    Mark or None
        None without a value.
    """
    if row.status != "target" or row.value_std is None:
        return None
    top = row.value_max_std
    return charts.Mark(
        row.value_std * scale.factor,
        row.comparator or "=",
        None if top is None else top * scale.factor,
        row.effort == "strive",
    )


def stretch_mark(row: Comparison, view: View, scale: Scale) -> charts.Mark | None:
    """The mark of the second, higher aim."""
    if row.stretch_std is None:
        return None
    target = view.target(row.stretch_id)
    strive = target is not None and target.effort == "strive"
    return charts.Mark(
        row.stretch_std * scale.factor, row.stretch_comparator or "=", None, strive, True
    )


# ------------------------------------------------------------------ bars and matrices
def place_bar(place: ShownPlace, counts: dict[str, int], text: str, lang: str) -> charts.Bar:
    """The bar of one place, a draft marked.

    Parameters
    ----------
    place : ShownPlace
    counts : dict
        By the keys of the parts.
    text : str
        At the right of the bar.
    lang : {"zh", "en"}
    """
    return charts.Bar(place.name, counts, text, draft_note(place, lang))


def place_columns(view: View) -> list[tuple[str, str]]:
    """One column of a matrix for each place, a draft marked."""
    return [(p.name, draft_note(p, view.lang)) for p in view.places]


def count_or_nothing(rows: Sequence[Target], place: ShownPlace, lang: str) -> str:
    """How many targets a place has; without any, whether it is the plan or our copy that lacks."""
    if rows:
        return message("common.targets", lang, n=len(rows))
    return status_words(without_targets(place), None, lang)


def bars_of_targets(
    view: View, rows: Sequence[Target], count: Callable[[Sequence[Target]], dict[str, int]]
) -> list[charts.Bar]:
    """One bar for each place: how its targets divide.

    Parameters
    ----------
    view : View
    rows : list of Target
    count : callable
        Counts the targets of one place by the keys of the parts.
    """
    out = []
    for place in view.places:
        own = of_place(rows, place.id)
        out.append(place_bar(place, count(own), count_or_nothing(own, place, view.lang), view.lang))
    return out


def without_targets(place: ShownPlace) -> str:
    """The status of a place that has no target at all."""
    return "no_target" if place.collected else "no_data"


def field_without_targets(place: ShownPlace, lang: str) -> charts.MatrixField:
    """The field of a matrix for a place that has no target to count."""
    status = without_targets(place)
    return charts.status_field(status, text=message(f"short.{status}", lang))


_STATUS_LOOK = {
    "part": (style.SHADES["part"], "", style.INK),
    "directional": (style.SHADES["directional"], "..", style.INK),
    "deferred": (style.SHADES["deferred"], "\\\\", style.INK),
    "no_target": (style.SHADES["no_target"], "", style.SOFT),
    "no_data": ("#ffffff", "////", style.SOFT),
}


def status_parts(lang: str, *statuses: str) -> list[charts.Part]:
    """The kinds of nothing as parts of a bar."""
    return [charts.Part(s, message(f"chart_key.{s}", lang), *_STATUS_LOOK[s]) for s in statuses]


def stance_parts(names: dict[str, str]) -> list[charts.Part]:
    """Stricter, equal, looser and neither as parts of a bar, with their names."""
    looks = {
        "stricter": (style.STRICTER, "", "#ffffff"),
        "equal": (style.EQUAL, "", style.INK),
        "looser": (style.LOOSER, "", "#ffffff"),
        "neither": (NEITHER, "", style.INK),
    }
    return [charts.Part(key, names[key], *look) for key, look in looks.items()]


def status_keys(statuses: Collection[str], lang: str) -> list[charts.KeyEntry]:
    """Key entries of a matrix for the kinds of nothing in it."""
    return [
        (charts.field_sample(charts.status_field(s)), message(f"chart_key.{s}", lang))
        for s in STATUSES[1:]
        if s in statuses
    ]


# ------------------------------------------------------------------ words of charts
def key_words(lang: str) -> Callable[[str], str]:
    """Words of chart keys."""
    return lambda name: message(f"chart_key.{name}", lang)


def part_name(lang: str) -> Callable[[int, int], str]:
    """Names the parts of a chart that takes several figures."""
    return lambda n, count: message("common.part", lang, n=n, count=count)


def axis_name(name: str, unit: str, lang: str) -> str:
    """Name of an axis with its unit: ``占能源消费总量（%）``."""
    if not unit:
        return name
    return f"{name}（{unit}）" if lang == "zh" else f"{name} ({unit})"


def flag_note(rows: Iterable[Target | Comparison], lang: str) -> str:
    """What the dagger means, where one of the rows carries it."""
    flagged = any(r.flags and (isinstance(r, Target) or r.status == "target") for r in rows)
    return message("common.flag_note", lang) if flagged else ""


def source_line(view: View) -> str:
    """The line at the foot of each figure: which documents, which release."""
    shown = message("common.source", view.lang, n=len(view.documents), release=view.release[:12])
    if view.drafts:
        names = place_names(view.drafts, view.lang)
        shown += message("common.source_draft", view.lang, names=names)
    return shown
