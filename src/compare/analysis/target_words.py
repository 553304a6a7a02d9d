"""Phrases: what a row promises or leaves open, in words; the parts that all stories share."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from compare.analysis.display_table import Cell, nothing
from compare.analysis.selection import Place, View
from compare.charts import Line, Mark, style
from compare.wording import messages
from compare.wording.messages import Scale, say

_COUNTED = re.compile(r"[\d.,，\s万萬亿億千百多余]")
STATUSES = ("target", "directional", "deferred", "no_target", "no_data")


# ------------------------------------------------------------------ promises
def promise(row: dict, lang: str, by: Scale | None = None, stretch: dict | None = None) -> str:
    """What a comparisons or targets row promises: ``力争不低于95%``, ``about 20%, strive for 21.6%``.

    Parameters
    ----------
    row : dict
        With a value in the standard unit, or of a kind that has none.
    lang : {"zh", "en"}
    by : Scale, optional
        Unit to show it in.
    stretch : dict, optional
        Targets row of the second, higher aim.
    """
    if row.get("value_std") is None:
        if row.get("kind") in ("deferred", "directional"):
            return open_words(row["kind"], row.get("direction"), lang)
        # a figure that has no standard unit is shown as it is written
        return row.get("value_text") or say("promise.unquantified", lang)
    if row.get("kind") == "verbal":
        key = {100.0: "all", 0.0: "none"}.get(row["value_std"], "")
        shown = say(f"promise.{key}", lang) if key else messages.in_words(row, lang, by)
    else:
        shown = _figure(row, lang, by)
    if row.get("effort") == "strive":
        shown = say("promise.strive", lang, what=shown)
    if stretch is not None and stretch.get("value_std") is not None:
        higher = _figure(stretch, lang, by)
        key = "stretch_strive" if stretch["effort"] == "strive" else "stretch"
        shown = say(f"promise.{key}", lang, what=shown, higher=higher)
    return shown


def _figure(row: dict, lang: str, by: Scale | None) -> str:
    shown = messages.in_words(row, lang, by)
    if row.get("measure") == "growth":
        way = "growth_down" if row.get("direction") == "down" else "growth"
        return say(f"promise.{way}", lang, what=shown)
    if row.get("measure") == "change" and row.get("direction") in ("up", "down", "hold"):
        return say(f"promise.change_{row['direction']}", lang, what=shown)
    return shown


def open_words(status: str, direction: str | None, lang: str) -> str:
    """The words for a kind of nothing."""
    if status == "directional" and direction:
        return say(f"status.directional_{direction}", lang)
    if status == "deferred" and direction in ("up", "down"):
        return say(f"status.deferred_{direction}", lang)
    return say(f"status.{status}", lang)


def said(cell: dict, view: View, by: Scale | None = None) -> str:
    """A comparisons row in words, whatever it holds."""
    if cell["status"] != "target":
        return open_words(cell["status"], cell.get("direction"), view.lang)
    shown = promise(cell, view.lang, by, view.by_id.get(cell.get("stretch_id")))
    return say("promise.flagged", view.lang, what=shown) if cell["flags"] else shown


def noted(row: dict, lang: str) -> str:
    """The note of a row in the reader's language; empty without one."""
    return row["note_en" if lang == "en" else "note"] or ""


def field(cell: dict, view: View, by: Scale | None = None, notes: bool = False) -> Cell:
    """The table field of a comparisons row: its promise, or its kind of nothing; below it what
    a reader must know, with ``notes`` also the reviewer's words."""
    lang = view.lang
    if cell["status"] != "target":
        small = ""
        other = view.by_id.get(cell.get("other_target_id"))
        if other:
            small = say(
                "table.other_variant",
                lang,
                what=f"{other['indicator_text']} {promise(other, lang)}",
                why=cell[f"comparability_{lang}"].rstrip("。."),
            )
        shown = nothing(cell["status"], said(cell, view), cell.get("direction"))
        return Cell(shown.text, small, tone=shown.tone)
    said_too = [view.by_id[i] for i in cell["also_ids"] if i in view.by_id]
    below = [say("table.flagged", lang)] if cell["flags"] else []
    if notes and not cell["flags"] and noted(cell, lang):
        below.append(noted(cell, lang))
    if said_too:
        words = messages.join([promise(m, lang) for m in said_too], lang)
        below.append(say("table.also", lang, what=words))
    return Cell(said(cell, view, by), ("；" if lang == "zh" else "; ").join(below))


def mark(cell: dict, by: Scale) -> Mark | None:
    """The mark of a comparisons row; None without a value."""
    if cell["status"] != "target" or cell["value_std"] is None:
        return None
    top = cell["value_max_std"]
    return Mark(
        cell["value_std"] * by.factor,
        cell["comparator"] or "=",
        None if top is None else top * by.factor,
        cell["effort"] == "strive",
    )


def stretch_mark(cell: dict, view: View, by: Scale) -> Mark | None:
    """The mark of the second, higher aim."""
    if cell["stretch_std"] is None:
        return None
    row = view.by_id.get(cell["stretch_id"])
    strive = row is not None and row["effort"] == "strive"
    return Mark(
        cell["stretch_std"] * by.factor, cell["stretch_comparator"] or "=", None, strive, True
    )


# ------------------------------------------------------------------ benchmarks and gaps
def benchmark_row(cell: dict, level: str) -> dict | None:
    """The nation's or the province's own target as a row with a bound; None where none is held."""
    if cell[f"{level}_std"] is None:
        return None
    return {
        "value_std": cell[f"{level}_std"],
        "unit_std": cell[f"{level}_unit"],
        "comparator": cell[f"{level}_comparator"],
    }


def benchmark(cell: dict, level: str, view: View, by: Scale) -> Line | None:
    """The nation's or the province's own target as a line, where it is (nearly) the same measure."""
    row = benchmark_row(cell, level)
    if row is None or cell[f"{level}_comparability"] == "different":
        return None
    label = f"{upper(cell, level, view.lang)} {messages.bounded(row, view.lang, by)}"
    if not cell[f"{level}_checked"]:
        label += say("common.unchecked_mark", view.lang)
    factor = messages.fitting(by, row["unit_std"], row["value_std"], view.lang).factor
    return Line(row["value_std"] * factor, label, bool(cell[f"{level}_checked"]))


def upper(cell: dict, level: str, lang: str) -> str:
    """Short name of the level above: the nation, or the province by its name."""
    name = province(cell["province_zh"], lang) if level == "province" else ""
    return name or say(f"common.{level}", lang)


def province(name_zh: str | None, lang: str) -> str:
    """Short name of a province: 浙江, Zhejiang."""
    if not name_zh:
        return ""
    names = messages.messages()["province"]
    if lang == "en":
        return names.get(name_zh, name_zh)
    for end in ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市"):
        name_zh = name_zh.removesuffix(end)
    return name_zh


def about(cell: dict, level: str) -> bool:
    """Whether a gap rests on a figure that is itself "about", the place's or the benchmark's."""
    return "~" in (cell["comparator"], cell[f"{level}_comparator"])


def gap_short(cell: dict, level: str, lang: str) -> str:
    """A gap for a table: ``>≈+7.4个百分点``, ``≈0``, ``3%``; empty where there is none."""
    gap = cell[f"gap_{level}"]
    if gap is None:
        return ""
    sign = messages.SYMBOL[cell[f"gap_{level}_bound"] or "="]
    sign += "≈" if about(cell, level) and "≈" not in sign else ""
    unit = cell["gap_unit"]
    if unit == "pp":
        return f"{sign}{messages.points(gap, 'pp', lang)}" if gap else f"{sign}0"
    if unit == "year":
        return say("gap.years", lang, n=int(gap), x=f"{sign}{int(gap):+d}") if gap else f"{sign}0"
    lead = "+" if unit == "relative" and gap > 0 else ""
    return f"{sign}{lead}{messages.number(float(f'{gap * 100:.2g}'))}%"


def gap_words(cell: dict, level: str, view: View) -> str:
    """A gap as part of a sentence: ``比全国目标（约20%）高，差距超过约7.4个百分点``."""
    lang, gap = view.lang, cell[f"gap_{level}"]
    who = say("common.nation_target", lang)
    if level == "province":
        who = say("common.province_target", lang, name=province(cell["province_zh"], lang))
    row = benchmark_row(cell, level)
    shown = messages.in_words(row, lang)
    if not cell[f"{level}_checked"]:
        shown += say("common.unchecked_also", lang)
    who = say("gap.who", lang, who=who, x=shown)
    bound = cell[f"gap_{level}_bound"] or "="
    vague = about(cell, level)
    if cell["gap_unit"] == "ratio":
        return say("gap.ratio", lang, who=who, x=gap_short(cell, level, lang))
    if abs(gap) < 1e-9:
        return messages.messages()["gap_zero"]["~" if vague else bound][lang].format(who=who)
    if cell["gap_unit"] == "pp":
        size = messages.points(abs(gap), "pp", lang, sign=False)
    elif cell["gap_unit"] == "year":
        size = say("gap.year_count", lang, n=int(abs(gap)))
    else:
        size = f"{messages.number(abs(gap) * 100, 1)}%"
    if vague and bound != "~":
        size = say("gap.about", lang, x=size)
    if gap < 0:  # a bound on a gap that is negative reads the other way round
        bound = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}.get(bound, bound)
    verb = say(f"gap.{_way(cell)}_{'plus' if gap > 0 else 'minus'}", lang)
    return messages.messages()["gap_by"][bound][lang].format(who=who, verb=verb, x=size)


def _way(cell: dict) -> str:
    if cell["gap_unit"] == "year":
        return "year"
    if cell["measure"] == "change" and cell["direction"] == "down":
        return "cut"
    # a level that is better when it is low (PUE) counts positive when it is below
    stricter_low = cell["gap_nation"] is not None and cell["nation_std"] is not None
    if stricter_low and cell["gap_nation"] * (cell["value_std"] - cell["nation_std"]) < 0:
        return "low"
    return "high"


STANCES = tuple(
    f"{stance}{sure}"
    for stance in ("stricter", "equal", "looser")
    for sure in ("", "_about", "_least")
)


def stance(cell: dict, level: str) -> str | None:
    """One of `STANCES`: how a place stands to the level above, and how sure that is.

    ``_least``: only what is promised at the very least stands so, an open end may turn it;
    ``_about``: one of the two figures is about. None where neither can be called stricter.
    """
    way, bound = cell[f"{level}_stance"], cell[f"gap_{level}_bound"]
    if way is None:
        return None
    turns = {"looser": (">", ">="), "stricter": ("<", "<="), "equal": (">", ">=", "<", "<=")}
    if bound in turns[way]:
        return f"{way}_least"
    return f"{way}_about" if about(cell, level) else way


def gap_field(cell: dict, view: View, by: Scale | None = None) -> Cell:
    """The table field of the gaps: to the nation, and below it to the province."""
    lines = [beside(cell, level, view, by) for level in ("nation", "province")]
    why = cell[f"nation_why_{view.lang}"] or cell[f"province_why_{view.lang}"] or ""
    return Cell(*lines, title=why)


def rank_field(cell: dict, lang: str) -> Cell:
    """The table field of a rank: how sure it is, and what it may be."""
    if cell["rank"] is None or cell["rank_of"] == 1:
        return Cell("")
    notes = [say("table.rank_about", lang)] if cell["comparator"] == "~" else []
    if cell["rank_best"] != cell["rank_worst"]:
        notes.append(
            say("table.rank_range", lang, best=cell["rank_best"], worst=cell["rank_worst"])
        )
    sign = "≈" if cell["comparator"] == "~" else ""
    return Cell(f"{sign}{cell['rank']} / {cell['rank_of']}", messages.join(notes, lang))


def beside(cell: dict, level: str, view: View, by: Scale | None = None) -> str:
    """The gap to the level above for a table, or why there is none; each reason has its words."""
    lang = view.lang
    place = view.place[cell["region_id"]]
    if level == "province" and place.level in ("province", "nation"):
        return say("beside.is_province", lang)
    who, row = upper(cell, level, lang), benchmark_row(cell, level)
    if row is None:
        return say("beside.none_held", lang, who=who)
    notes = [] if cell[f"{level}_checked"] else [say("beside.unchecked", lang)]
    gap = gap_short(cell, level, lang)
    if gap:
        if cell["gap_unit"] == "ratio":
            notes.append(say("beside.part", lang))
        if cell[f"{level}_comparability"] == "close":
            notes.append(say("table.close", lang))
        shown = say("beside.gap", lang, who=who, x=gap)
    else:
        shown = messages.bounded(row, lang, by)
        shown = say("beside.figure", lang, who=who, x=shown)
        if cell[f"{level}_comparability"] == "different":
            shown = say("beside.figure", lang, who=who, x=messages.bounded(row, lang))
            notes.append(say("beside.different", lang))
        elif cell["status"] == "target":
            notes.append(say("beside.neither", lang))
        else:
            notes.append(say("beside.no_figure", lang))
    said = ("，" if lang == "zh" else "; ").join(notes)
    return shown + (say("beside.note", lang, x=said) if notes else "")


# ------------------------------------------------------------------ counting
def tally(cells: list[dict], lang: str) -> str:
    """``3个给出数值、1个只有方向、1个未设目标``."""
    parts = []
    for status in STATUSES:
        n = sum(c["status"] == status for c in cells)
        if n:
            parts.append(say(f"tally.{status}", lang, n=n))
    return messages.join(parts, lang)


def names(places, lang: str, most: int = 6) -> str:
    """Names of places, of many only the first."""
    return messages.some([p.name for p in places], lang, most)


def place_cell(place: Place, lang: str) -> Cell:
    """The table field of a place, a draft marked."""
    return Cell(place.name, say("common.draft", lang) if place.draft else "")


def unit_of(rows: list[dict], lang: str) -> Scale:
    """The unit to show some comparisons or targets rows of one measure in."""
    values = [abs(r["value_std"]) for r in rows if r.get("value_std") is not None]
    values += [abs(r["stretch_std"]) for r in rows if r.get("stretch_std") is not None]
    units = Counter(r["unit_std"] for r in rows if r.get("unit_std"))
    # of several units the most frequent, and any before a bare figure
    unit = max(units, key=lambda u: (u != "1", units[u]), default=None)
    by = messages.scale(unit, max(values, default=0.0), lang)
    if unit == "count" and lang == "zh":  # vehicles are 辆 and works 家, where all plans say so
        words = {_COUNTED.sub("", r.get("value_text") or "") for r in rows if r.get("unit_std")}
        if len(words) == 1:
            by = replace(by, unit=by.unit.replace("个", words.pop() or "个"))
    return by


def axis(name: str, unit: str, lang: str) -> str:
    """Name of an axis with its unit: ``占能源消费总量（%）``."""
    if not unit:
        return name
    return f"{name}（{unit}）" if lang == "zh" else f"{name} ({unit})"


def key_words(lang: str):
    """Words of chart keys."""
    return lambda name: say(f"key.{name}", lang)


def part(lang: str):
    """Names the parts of a chart that takes several figures."""
    return lambda n, count: say("common.part", lang, n=n, count=count)


def flag_note(cells: list[dict], lang: str) -> str:
    """What the dagger means, where one of the rows carries it."""
    flagged = any(c["flags"] and c.get("status", "target") == "target" for c in cells)
    return say("common.flag_note", lang) if flagged else ""


def source_line(view: View) -> str:
    """The line at the foot of each figure: which documents, which release."""
    drafts = [p for p in view.places if p.draft]
    shown = say("common.source", view.lang, n=len(view.documents), release=view.release[:12])
    if drafts:
        shown += say("common.source_draft", view.lang, names=names(drafts, view.lang))
    return shown


LOOK_NATION = style.Look(style.NATION, "o")
