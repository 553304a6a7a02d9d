"""Indicators: what is measured, in which unit, which way is better, and in which variants."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from compare.base import workspace
from compare.base.errors import CompareError, nearest
from compare.vocabulary.dimensions import dimensions

if TYPE_CHECKING:
    from compare.schema.records import IndicatorRow

_VOCAB = "indicators.toml"
_PARTS = "indicator_parts.toml"
_SECTORS = ("energy", "industry", "buildings", "transport", "circular", "sinks", "society")
_BETTER = ("up", "down", "none")
_GRADES = ("same", "close", "different")


@dataclass(frozen=True)
class Variant:
    """One denominator or population of an indicator.

    Attributes
    ----------
    id, name_zh, name_en : str
    match, unless : re.Pattern or None
        Searched in the simplified words of the row.
    dimensions : tuple of str
        Dimensions of the row's unit for which it counts; empty for any.
    comparable : bool
        False where two rows of this variant need not be about the same thing.
    """

    id: str
    name_zh: str
    name_en: str
    match: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    dimensions: tuple[str, ...] = ()
    comparable: bool = True

    @property
    def general(self) -> bool:
        """Taken where no other variant's condition fits."""
        return self.match is None and not self.dimensions


@dataclass(frozen=True)
class Grade:
    """How two variants compare, and why."""

    a: str
    b: str
    grade: str
    zh: str
    en: str


@dataclass(frozen=True)
class Indicator:
    """One entry of ``vocabulary/indicators.toml`` (the keys are explained there)."""

    id: str
    match: str | list[str | list[str]]
    unless: str | None = None
    units: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    hidden: bool = False
    sector: str = ""
    name_zh: str = ""
    name_en: str = ""
    definition_zh: str = ""
    definition_en: str = ""
    better: str = "none"
    dimension: str = ""
    also: tuple[str, ...] = ()
    unit_std: str | None = None
    usual_measure: str = "level"
    per: tuple[tuple[str, str], ...] = ()
    usual: str | None = None
    set_by: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    grades: tuple[Grade, ...] = ()

    @cached_property
    def general(self) -> Variant:
        """The variant taken where the words name no other."""
        return next((v for v in self.variants if v.general), self.variants[0])

    @cached_property
    def variant_ids(self) -> list[str]:
        """Ids of its variants, the usual one first."""
        first = self.usual or self.general.id
        return [first, *(v.id for v in self.variants if v.id != first)]

    def variant(self, name: str) -> Variant:
        """The variant called ``name`` (without its form)."""
        for v in self.variants:
            if v.id == name:
                return v
        raise CompareError(
            f"unknown variant {name!r} of {self.id}{nearest(name, self.variant_ids)}", _VOCAB
        )


@cache
def catalogue() -> dict[str, Indicator]:
    """Every entry by id, in matching order, the hidden ones included.

    Raises
    ------
    CompareError
        Unknown key, code, dimension or variant; a pattern that does not compile.
    """
    return {name: _indicator(name, spec) for name, spec in _entries().items()}


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return tomllib.loads(workspace.vocabulary_file(_VOCAB).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class MatchRule:
    """What makes a name that of an indicator; fields as in `Indicator`."""

    id: str
    match: re.Pattern[str]
    unless: re.Pattern[str] | None
    hidden: bool
    dimension: str | None
    units: tuple[str, ...]
    measures: tuple[str, ...]
    also: tuple[str, ...]


@cache
def match_rules() -> list[MatchRule]:
    """Of every entry with a pattern, in matching order; variants are not compiled for it."""
    out = []
    for name, spec in _entries().items():
        match = _pattern(name, spec.get("match"))
        if match:
            out.append(
                MatchRule(
                    name,
                    match,
                    _pattern(name, spec.get("unless")),
                    spec.get("hidden", False),
                    spec.get("dimension"),
                    tuple(spec.get("units", ())),
                    tuple(spec.get("measures", ())),
                    tuple(spec.get("also", ())),
                )
            )
    return out


@cache
def known() -> dict[str, Indicator]:
    """The indicators that rows can have, by id, in matching order."""
    return {name: i for name, i in catalogue().items() if not i.hidden}


def get(name: str) -> Indicator:
    """The indicator called ``name``, or a one-line error that names the nearest one."""
    if name not in known():
        raise CompareError(f"unknown indicator {name!r}{nearest(name, list(known()))}")
    return known()[name]


def table() -> list[IndicatorRow]:
    """Rows of the indicators table."""
    from compare.schema.records import IndicatorRow  # not needed for extraction, and slow to load

    return [
        IndicatorRow(
            indicator=i.id,
            sector=i.sector,
            name_zh=i.name_zh,
            name_en=i.name_en,
            definition_zh=i.definition_zh,
            definition_en=i.definition_en,
            better=i.better,
            dimension=i.dimension,
            unit_std=i.unit_std or dimensions()[i.dimension].unit_std,
            variants=tuple(i.variant_ids),
        )
        for i in known().values()
    ]


def _indicator(name: str, spec: dict[str, Any]) -> Indicator:
    keys = set(Indicator.__dataclass_fields__) - {"id"}
    for key in spec:
        if key not in keys:
            raise _bad(name, f"unknown key {key!r}{nearest(key, sorted(keys))}")
    lists: dict[str, Any] = {
        k: tuple(spec[k]) for k in ("units", "measures", "also", "set_by") if k in spec
    }
    plain = {k: v for k, v in spec.items() if k not in {*lists, "per", "variants", "grades"}}
    out = Indicator(
        name,
        **plain,
        **lists,
        per=tuple(spec.get("per", {}).items()),
        variants=tuple(_variant(name, k, v) for k, v in spec.get("variants", {}).items()),
        grades=tuple(Grade(**g) for g in spec.get("grades", [])),
    )
    _pattern(name, out.match)
    _pattern(name, out.unless)
    if not out.hidden:
        _check(out)
    return out


def _variant(indicator: str, name: str, spec: dict[str, Any]) -> Variant:
    keys = set(Variant.__dataclass_fields__) - {"id"}
    for key in spec:
        if key not in keys:
            raise _bad(
                indicator, f"variant {name!r}: unknown key {key!r}{nearest(key, sorted(keys))}"
            )
    patterns: dict[str, Any] = {k: _pattern(indicator, spec.get(k)) for k in ("match", "unless")}
    rest = {k: v for k, v in spec.items() if k not in patterns}
    rest["dimensions"] = tuple(rest.get("dimensions", ()))
    return Variant(name, **rest, **patterns)


@cache
def _parts() -> dict[str, str]:
    return tomllib.loads(workspace.vocabulary_file(_PARTS).read_text(encoding="utf-8"))


def _one_of(match: str | list[str | list[str]]) -> str:
    """One pattern for alternatives; of a list of parts all must be found, in whichever order."""
    if isinstance(match, str):
        return match
    return "|".join(
        way if isinstance(way, str) else "^" + "".join(f"(?=.*?(?:{part}))" for part in way)
        for way in match
    )


def _pattern(indicator: str, match: str | list[str | list[str]] | None) -> re.Pattern[str] | None:
    return None if match is None else compiled(indicator, match)


def compiled(indicator: str, match: str | list[str | list[str]]) -> re.Pattern[str]:
    """The pattern of a ``match`` or ``unless`` of an indicator.

    Parameters
    ----------
    indicator : str
        Named in errors.
    match : str or list
        A regular expression, or a list of ways: each an expression, or a list of parts that must
        all be found. ``{share}`` stands for the words of that name in ``indicator_parts.toml``.

    Raises
    ------
    CompareError
        A part that is not there; a pattern that does not compile.
    """
    text = _one_of(match)
    try:
        return re.compile(re.sub(r"\{([a-z]+)\}", lambda m: f"(?:{_parts()[m[1]]})", text))
    except KeyError as error:
        raise _bad(indicator, f"there is no {error} in {_PARTS}") from None
    except re.error as error:
        raise _bad(indicator, f"pattern {text!r} is not a regular expression: {error}") from None


def _check(i: Indicator) -> None:
    for key in ("name_zh", "name_en", "definition_zh", "definition_en"):
        if not getattr(i, key):
            raise _bad(i.id, f"missing {key}")
    for key, allowed in (("sector", _SECTORS), ("better", _BETTER)):
        if getattr(i, key) not in allowed:
            raise _bad(i.id, f"{key} must be one of {', '.join(allowed)}, not {getattr(i, key)!r}")
    named = {i.dimension, *i.also, *(d for v in i.variants for d in v.dimensions)}
    for dimension in named - set(dimensions()):
        raise _bad(i.id, f"unknown dimension {dimension!r}{nearest(dimension, list(dimensions()))}")
    if sum(v.general for v in i.variants) != 1:
        raise _bad(i.id, "exactly one variant must have no condition")
    for name in (*([i.usual] if i.usual else []), *(n for g in i.grades for n in (g.a, g.b))):
        i.variant(name)
    for grade in i.grades:
        if grade.grade not in _GRADES:
            raise _bad(i.id, f"grade must be one of {', '.join(_GRADES)}, not {grade.grade!r}")


def _bad(indicator: str, problem: str) -> CompareError:
    return CompareError(f"[{indicator}] {problem}", _VOCAB)
