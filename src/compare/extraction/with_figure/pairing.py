"""Pair the figures of a list with names, places and years: one row for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compare.extraction.commitment.words import COUNTED
from compare.extraction.layout.located import NOWHERE, group, offsets, without
from compare.extraction.sentence import Context
from compare.extraction.subject.name_lists import split_list
from compare.extraction.subject.of_figures import Subject
from compare.extraction.subject.scope import (
    as_places,
    is_place,
    leading_places,
    places_of,
    scope_of,
)
from compare.extraction.subject.set_place import place_set_before
from compare.extraction.subject.subject_words import action_verbs, strip_head
from compare.extraction.with_figure.figure_list import FigureList
from compare.vocabulary.divisions import gazetteer
from compare.vocabulary.lexicon import rx
from compare.vocabulary.quantities import Quantity

_EACH = re.compile(
    r"(?:均|都|各)(?:自)?(?:要|应|需)?(?:达|为|保|不|超|实现|提|下|稳|维|在|控|完成|力争|全|到|增|降|减|占|有|建|高|低|大|小|突|至|覆)?[^,;]{0,6}$"
)
_POPULATION = re.compile("(?:城[区镇市乡]|县城|[农乡]村)(?:地区)?")
_ITEMS = re.compile(r"、|和|及|与|以及")


@dataclass(slots=True)
class NamedFigure:
    """One figure with its name, sub-area and year."""

    quantity: Quantity
    name: str
    scope: str | None
    year: int | None


def pair_figures(f: FigureList, subject: Subject, context: Context) -> list[NamedFigure]:
    """Pair figures with names, places and years: 分别 lists, lists over years, both nested, 均 and 各."""
    if subject.places:
        pairs = _pairs(f, subject)
        out = []
        for q, name, y in pairs:
            at = next((p for p in subject.places if name.startswith(p)), subject.places[0])
            own = name if len(_names_of(pairs, q)) > 1 else name.removeprefix(at)
            out.append(NamedFigure(q, own, at, y))
        return out
    if f.noun_behind and f.first.dimension in COUNTED:  # 5家高新区
        return _named(f, subject, context, split_off=False)
    return _by_places(f, subject, context) or _named(f, subject, context)


def _named(
    f: FigureList, subject: Subject, context: Context, split_off: bool = True
) -> list[NamedFigure]:
    """Rows whose names each say their own place, if they name one."""
    pairs = _pairs(f, subject)
    if len(subject.names) == 1 and len(f.items) > 1 and len({name for _, name, _ in pairs}) == 1:
        before = _places_before(f, len(f.items))
        if before:
            return [
                NamedFigure(q, subject.verb + n, at, y)
                for (q, n, y), at in zip(pairs, before, strict=True)
            ]
    out = []
    for q, said, year in pairs:
        name = _place_first(said)
        scope, rest = context.place, name
        if split_off and not _is_whole_place(f, name, context):
            scope, rest = scope_of(
                name, context.place or _set_before(f, name, context), context.own
            )
        out.append(NamedFigure(q, subject.verb + rest, scope, year))
    return out


def _set_before(f: FigureList, name: str, context: Context) -> str | None:
    return place_set_before(f.sentence, f.first.start, name, context.headline, context.own)


def _by_places(f: FigureList, subject: Subject, context: Context) -> list[NamedFigure]:
    """Rows of a subject that opens with places: a figure for each, one for all, or several things of one."""
    if len(subject.names) > 1:
        return []
    name = _place_first(subject.names[0])
    places, end = leading_places(name)
    if not places or name[:end] in context.own or _is_whole_place(f, name, context):
        return []
    rest = without(rx("^(?:分别|均|都|各自?|的|内|范围内|全部|将|要|力争|以?实现)+"), name[end:])
    if len(rest) < 2:
        return []
    verb, years = subject.verb, f.years or [None]
    if 1 < len(places) == len(f.items):
        return [
            NamedFigure(q, verb + rest, p, years[-1]) for q, p in zip(f.items, places, strict=True)
        ]
    if len(places) > 1 and len(f.items) == 1 and _is_each(f):
        q = f.first
        return [NamedFigure(q, p + verb + rest, p, y) for y in years for p in places]
    whole = as_places(name[:end])
    out = []
    for q, one, year in _pairs(f, replace(subject, names=[rest])):
        scope, own = scope_of(one, whole, context.own)
        out.append(NamedFigure(q, verb + own, scope, year))
    return out


def _place_first(name: str) -> str:
    """供水管网漏损率中心城区控制在8%以内: the place behind its measure, put in front."""
    found = rx(
        "(?:率|比例|占比|比重|浓度|总?量|规模|面积|强度|能耗)(?=[\u4e00-\u9fff(、]{2,20}$)"
    ).search(name)
    if found and (is_place(rest := name[found.end() :]) or _POPULATION.fullmatch(rest)):
        return name[found.end() :] + name[: found.end()]
    return name


def _is_whole_place(f: FigureList, name: str, context: Context) -> bool:
    """到2026年,张掖市光伏装机突破…: a city or province right behind the date is the place itself.

    Only where no title says what the place is, and the sentence speaks of no larger one.
    """
    known = gazetteer().at_head(name)
    if not known or context.own or gazetteer().level[known] == "county":
        return gazetteer().level.get(known) == "province"
    s, at = f.sentence, offsets(name)[0]
    if at == NOWHERE or rx("[全我]省|自治区|其中|其他|其余").search(s.masked):
        return False
    before = s.masked[f.date.end if f.date else 0 : at - s.at]
    return not before.strip(",底末前年")


def _places_before(f: FigureList, count: int) -> list[str]:
    """The places of the clause before: 支持A、B、C三大基地建设,新增规模分别达到x、y、z."""
    if not f.clause or "分别" not in f.bare:
        return []
    s = f.sentence
    m = rx("[^,;]{4,40}?[二三四五六七八九十](?:个|大)?(?:县|市|区|州|地|旗|基地|片区)").match(
        s.masked, *s.clauses[f.clause - 1]
    )
    places = places_of(strip_head(s.masked_words(*m.span()))) if m else []
    return places if len(places) == count else []


def _names_of(pairs: list[tuple], q: Quantity) -> set[str]:
    """Names that share one figure."""
    return {name for other, name, _ in pairs if other is q}


def _pairs(f: FigureList, subject: Subject) -> list[tuple[Quantity, str, int | None]]:
    items, names, years = f.items, subject.names, f.years or [None]
    single = names[0] if len(names) == 1 else None
    n, ny = len(items), len(years)
    if n == 1:
        if single is not None:
            names = _one_figure(single, _is_each(f) and not subject.inherited)
        return [(items[0], name, y) for y in years for name in names]
    if single is not None and "分别" in single:
        front, _, back = single.partition("分别")
        parts = split_list(front, n)
        if len(parts) == n:
            verb = action_verbs()[1].match(back.lstrip("均都"))
            rest = strip_head(back)
            if verb and not rest.startswith(verb[0]):
                rest = group(verb, back.lstrip("均都")) + rest
            names = [part + rest for part in parts]
            return [(q, name, years[-1]) for q, name in zip(items, names, strict=True)]
    if ny == n and single is not None:
        return [(q, single, y) for q, y in zip(items, years, strict=True)]
    if ny > 1 and n % ny == 0 and n > ny:
        k = n // ny
        parts = split_list(single, k) if single is not None else names
        if len(parts) == k:
            return _nested(items, parts, years)
    parts = _share_verb(split_list(single, n)) if single is not None else names
    if len(parts) != n:
        parts = [parts[-1] if single is None else single] * n
    return [(q, name, years[-1]) for q, name in zip(items, parts, strict=True)]


def _share_verb(names: list[str]) -> list[str]:
    """新增风电、光伏装机分别…: the verb in front of the first is that of all."""
    verb = action_verbs()[1].match(names[0])
    if not verb or len(names) < 2 or any(action_verbs()[1].match(x) for x in names[1:]):
        return names
    return [names[0], *(group(verb, names[0]) + x for x in names[1:])]


def _nested(items: list[Quantity], names: list[str], years: Sequence[int | None]) -> list[tuple]:
    """到2025年、2030年,A、B分别达到x、y和z、w: years outside, unless only the units say otherwise."""
    k, ny = len(names), len(years)
    by_year = [(items[i * k + j], names[j], years[i]) for i in range(ny) for j in range(k)]
    by_name = [(items[j * ny + i], names[j], years[i]) for j in range(k) for i in range(ny)]
    fits_year = all(len({items[i * k + j].unit for i in range(ny)}) == 1 for j in range(k))
    fits_name = all(len({items[j * ny + i].unit for i in range(ny)}) == 1 for j in range(k))
    return sorted(by_name if fits_name and not fits_year else by_year, key=lambda t: t[0].start)


def _is_each(f: FigureList) -> bool:
    """Whether a figure holds for each of its subjects: 均, 各, or 分别 with one figure only."""
    if _EACH.search(f.bare):
        return True
    if "分别" not in f.bare or len(f.years) > 1:
        return False
    # of one list with other figures: 分别达到21%和24%
    return not (rx("[、和及与]").match(f.right) or rx("[、和及与]$").search(f.bare))


def _one_figure(name: str, each: bool) -> list[str]:
    names = split_list(name, None)
    if each and len(names) == 1:
        count = len([x for x in _ITEMS.split(rx(r"\([^)]*\)").sub("", name)) if x])
        return split_list(name, count) if count > 1 else names
    return names
