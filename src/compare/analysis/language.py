"""How firmly plans speak: promised, striven for, left to others, or only a direction."""

from __future__ import annotations

from collections.abc import Sequence

from compare import charts
from compare.analysis import target_lists
from compare.analysis.chart_parts import (
    bars_of_targets,
    field_without_targets,
    part_name,
    place_columns,
    source_line,
)
from compare.analysis.notebook_output import Several, Text, as_text, heading, title_lines
from compare.analysis.selection import View, of_place
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.charts import style
from compare.display.messages import markdown, message
from compare.schema.records import Target

_SHADES = ("#f6f8f9", "#dbe7ef", "#b4cfdf", "#85b0cb", "#4d8ab0", "#1f5f8b")


def read(regions: Sequence[str] = (), lang: str = "zh") -> View:
    """The targets of some places (empty: all)."""
    return _read(lang, regions)


def _count_firm(rows: Sequence[Target]) -> int:
    return sum(target_lists.firmness(r) == "firm" for r in rows)


def opening(view: View) -> Text:
    """The shares in sentences, place by place."""
    lang, rows = view.lang, target_lists.first_mentions(view.targets)
    lines = title_lines("language.title", lang)
    if not rows:
        return as_text([*lines, markdown("common.no_targets", lang)])
    found = target_lists.count_firmness(rows)
    share = round(100 * found["firm"] / len(rows))
    parts = target_lists.firmness_words(found, lang)
    lines.append(f"- {markdown('language.count', lang, n=len(rows), parts=parts, share=share)}")
    extremes = _extremes(view, rows)
    if extremes:
        lines.append(f"- {markdown('language.range', lang, **extremes)}")
    lines += ["", markdown("language.meaning", lang)]
    return as_text(lines)


def _extremes(view: View, rows: Sequence[Target]) -> dict[str, object] | None:
    """The firmest and the least firm place, where there are two with targets."""
    shares = []
    for place in view.places:
        own = of_place(rows, place.id)
        if own:
            shares.append((_count_firm(own) / len(own), place.name))
    if len(shares) < 2:
        return None
    low, high = min(shares), max(shares)
    return {
        "high": high[1],
        "high_share": round(100 * high[0]),
        "low": low[1],
        "low_share": round(100 * low[0]),
    }


def _parts(lang: str) -> list[charts.Part]:
    """The four ways to speak, as parts of a bar."""
    looks = {
        "firm": ("", "#ffffff"),
        "strive": ("", style.INK),
        "deferred": ("\\\\", style.INK),
        "directional": ("..", style.INK),
    }
    return [
        charts.Part(k, message(f"firmness.{k}", lang), style.SHADES[k], *looks[k])
        for k in target_lists.FIRMNESS
    ]


def chart(view: View) -> charts.Chart | Text:
    """Each place: how its targets divide."""
    lang, rows = view.lang, target_lists.first_mentions(view.targets)
    if not rows:
        return Text("")
    extremes = _extremes(view, rows)
    title = message("language.chart", lang, share=round(100 * _count_firm(rows) / len(rows)))
    if extremes:
        title = message("language.chart_range", lang, **extremes)
    return charts.bars(
        bars_of_targets(view, rows, target_lists.count_firmness),
        _parts(lang),
        "language",
        title,
        lang=lang,
        subtitle=message("language.subtitle", lang),
        caption=message("language.caption", lang, n=len(rows)),
        source=source_line(view),
    )


def sectors(view: View) -> Several:
    """Sectors by places: the share of firm targets, with the numbers behind it."""
    lang, rows = view.lang, target_lists.first_mentions(view.targets)
    head = heading("language.sectors_title", lang, "language.sectors")
    if not rows:
        return Several([head, Text(markdown("common.no_targets", lang))])
    names = target_lists.sectors_of(rows)
    fields = {}
    for n, sector in enumerate(names):
        for m, place in enumerate(view.places):
            own = [r for r in of_place(rows, place.id) if r.sector == sector]
            if not own:
                fields[n, m] = field_without_targets(place, lang)
                continue
            firm = _count_firm(own)
            shade = _SHADES[round(firm / len(own) * (len(_SHADES) - 1))]
            ink = "#ffffff" if shade in _SHADES[-2:] else style.INK
            fields[n, m] = charts.MatrixField(shade, f"{firm} / {len(own)}", str(len(own)), ink)
    key = [(charts.swatch(shade), f"{i * 20}%") for i, shade in enumerate(_SHADES)]
    key[0] = (key[0][0], message("language.share_key", lang))
    least_firm = target_lists.sector_name(_least_firm(rows, names), lang)
    shown = charts.matrices(
        [(target_lists.sector_name(s, lang), "") for s in names],
        place_columns(view),
        fields,
        "language-sectors",
        message("language.sectors_chart", lang, sector=least_firm),
        lang=lang,
        part=part_name(lang),
        subtitle=message("language.sectors_subtitle", lang),
        key=tuple(key),
        caption=message("language.caption", lang, n=len(rows)),
        source=source_line(view),
    )
    return Several([head, *shown])


def _least_firm(rows: Sequence[Target], sectors: Sequence[str]) -> str:
    """The sector with the lowest share of firm targets; of two or fewer no share is taken."""

    def share(sector: str) -> float:
        own = [r for r in rows if r.sector == sector]
        return _count_firm(own) / len(own) if len(own) > 2 else 2.0

    return min(sectors, key=share)


def table(view: View) -> Several:
    """Every target that is not firm, with its sentence."""
    lang = view.lang
    all_rows = target_lists.first_mentions(view.targets)
    rows = [r for r in all_rows if target_lists.firmness(r) != "firm"]
    rows.sort(
        key=lambda r: (
            target_lists.FIRMNESS.index(target_lists.firmness(r)),
            r.region_id,
            r.start,
        )
    )
    head = heading("language.table_title", lang)
    if len(rows) > 200:
        return Several([head, Text(markdown("language.too_many", lang, n=len(rows)))])
    columns = ("place", "sector", "words", "value", "horizon", "effort", "evidence")
    caption = message("language.table", lang, n=len(rows))
    empty = markdown("language.all_firm" if view.targets else "common.no_targets", lang)
    shown = target_lists.target_table(rows, view, "language", caption, columns, empty)
    return Several([head, shown])


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view)
