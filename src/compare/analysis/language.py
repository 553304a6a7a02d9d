"""How firmly plans speak: promised, striven for, left to others, or only a direction."""

from __future__ import annotations

from compare import charts
from compare.analysis import target_lists, target_words
from compare.analysis.selection import View
from compare.analysis.selection import read as _read
from compare.analysis.sources import sources as _sources
from compare.charts import style
from compare.wording.messages import Several, Text, md, say

_SHADE = ("#f6f8f9", "#dbe7ef", "#b4cfdf", "#85b0cb", "#4d8ab0", "#1f5f8b")


def read(regions: list[str] = (), lang: str = "zh") -> View:
    """The targets of some places (empty: all)."""
    return _read(lang, regions)


def opening(view: View) -> Text:
    """The shares in sentences, place by place."""
    lang, rows = view.lang, target_lists.first_mentions(view.targets)
    lines = [f"# {md('language.title', lang)}", ""]
    if not rows:
        return Text("\n".join([*lines, md("common.no_targets", lang)]))
    found = target_lists.counts(rows, target_lists.firmness)
    share = round(100 * found["firm"] / len(rows))
    lines.append(
        f"- {md('language.count', lang, n=len(rows), parts=target_lists.firm_words(found, lang), share=share)}"
    )
    ends = _extremes(view, rows)
    if ends:
        lines.append(f"- {md('language.range', lang, **ends)}")
    lines += ["", md("language.meaning", lang)]
    return Text("\n".join(lines))


def _extremes(view: View, rows: list[dict]) -> dict | None:
    """The firmest and the least firm place, where there are two with targets."""
    shares = []
    for place in view.places:
        own = [r for r in rows if r["region_id"] == place.id]
        if own:
            firm = sum(target_lists.firmness(r) == "firm" for r in own)
            shares.append((firm / len(own), place.name))
    if len(shares) < 2:
        return None
    low, high = min(shares), max(shares)
    return {
        "high": high[1],
        "high_share": round(100 * high[0]),
        "low": low[1],
        "low_share": round(100 * low[0]),
    }


def parts(lang: str) -> list[charts.Part]:
    """The four ways to speak, as parts of a bar."""
    looks = {
        "firm": ("", "#ffffff"),
        "strive": ("", style.INK),
        "deferred": ("\\\\", style.INK),
        "directional": ("..", style.INK),
    }
    return [
        charts.Part(k, say(f"firmness_name.{k}", lang), style.SHADES[k], *looks[k])
        for k in target_lists.FIRMNESS
    ]


def chart(view: View):
    """Each place: how its targets divide."""
    lang, rows = view.lang, target_lists.first_mentions(view.targets)
    if not rows:
        return Text("")
    bars = []
    for place in view.places:
        own = [r for r in rows if r["region_id"] == place.id]
        note = say("common.draft", lang) if place.draft else ""
        status = "no_target" if place.collected else "no_data"
        words = (
            say("common.targets", lang, n=len(own))
            if own
            else target_words.open_words(status, None, lang)
        )
        bars.append(
            charts.Bar(
                place.name, dict(target_lists.counts(own, target_lists.firmness)), words, note
            )
        )
    found, ends = target_lists.counts(rows, target_lists.firmness), _extremes(view, rows)
    share = round(100 * found["firm"] / len(rows))
    claim = say("language.chart_range", lang, **ends) if ends else ""
    return charts.bars(
        bars,
        parts(lang),
        "language",
        claim or say("language.chart", lang, share=share),
        lang=lang,
        subtitle=say("language.subtitle", lang),
        caption=say("language.caption", lang, n=len(rows)),
        source=target_words.source_line(view),
    )


def sectors(view: View) -> Several:
    """Sectors by places: the share of firm promises, with the numbers behind it."""
    lang, rows = view.lang, target_lists.first_mentions(view.targets)
    head = Text(f"## {md('language.sectors_title', lang)}\n\n{md('language.sectors', lang)}")
    if not rows:
        return Several([head, Text(md("common.no_targets", lang))])
    names = [s for s in target_lists.SECTORS if any(r["sector"] == s for r in rows)]
    cells = {}
    for n, sector in enumerate(names):
        for m, place in enumerate(view.places):
            own = [r for r in rows if r["sector"] == sector and r["region_id"] == place.id]
            firm = sum(target_lists.firmness(r) == "firm" for r in own)
            if own:
                shade = _SHADE[round(firm / len(own) * (len(_SHADE) - 1))]
                ink = "#ffffff" if shade in _SHADE[-2:] else style.INK
                cells[n, m] = charts.Cell(shade, f"{firm} / {len(own)}", str(len(own)), ink)
            else:
                status = "no_target" if place.collected else "no_data"
                cells[n, m] = charts.nothing_cell(status, text=say(f"short.{status}", lang))
    columns = [(p.name, say("common.draft", lang) if p.draft else "") for p in view.places]
    key = [(charts.swatch(_SHADE[i]), f"{i * 20}%") for i in range(len(_SHADE))]
    key[0] = (key[0][0], say("language.share_key", lang))
    shown = charts.matrices(
        [(target_lists.sector_name(s, lang), "") for s in names],
        columns,
        cells,
        "language-sectors",
        say("language.sectors_chart", lang, sector=_firmest(rows, names, lang)),
        lang=lang,
        part=target_words.part(lang),
        subtitle=say("language.sectors_subtitle", lang),
        key=tuple(key),
        caption=say("language.caption", lang, n=len(rows)),
        source=target_words.source_line(view),
    )
    return Several([head, *shown])


def _firmest(rows: list[dict], names: list[str], lang: str) -> str:
    def share(sector: str) -> float:
        own = [r for r in rows if r["sector"] == sector]
        return (
            sum(target_lists.firmness(r) == "firm" for r in own) / len(own) if len(own) > 2 else 2.0
        )

    return target_lists.sector_name(min(names, key=share), lang)


def table(view: View) -> Several:
    """Every target that is not a plain promise, with its sentence."""
    lang = view.lang
    rows = [
        r for r in target_lists.first_mentions(view.targets) if target_lists.firmness(r) != "firm"
    ]
    rows.sort(
        key=lambda r: (
            target_lists.FIRMNESS.index(target_lists.firmness(r)),
            r["region_id"],
            r["start"],
        )
    )
    head = Text(f"## {md('language.table_title', lang)}")
    if len(rows) > 200:
        return Several([head, Text(md("language.too_many", lang, n=len(rows)))])
    columns = ("place", "sector", "words", "value", "horizon", "effort", "evidence")
    caption = say("language.table", lang, n=len(rows))
    empty = md("language.all_firm" if view.targets else "common.no_targets", lang)
    return Several([head, target_lists.table(rows, view, "language", caption, columns, empty)])


def sources(view: View) -> Text:
    """The closing list."""
    return _sources(view)
