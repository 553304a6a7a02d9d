"""Tables that somebody changed by hand, taken as a release of its own that says so."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from compare import __version__
from compare.base.errors import CompareError
from compare.comparison.table import compared
from compare.curation import release, release_checks
from compare.curation.build import write
from compare.curation.release_files import read_package
from compare.curation.tables import read_parquet
from compare.schema import fields
from compare.schema.records import Benchmark, Document, IndicatorRow, Place, Target, records
from compare.vocabulary.standard_values import Stated, standard_value

VERSION = f"{__version__}+edited"


def take_edits(place: Path) -> list[str]:
    """Make the tables as they lie in a release folder a release of its own.

    They are checked as before a report run, standard values too, and the comparisons are worked
    out anew. The version of the release ends in ``+edited``, for whoever reads it or its pages.

    Parameters
    ----------
    place : path
        The release folder; it is replaced in one step.

    Returns
    -------
    list of str
        Tables that differ from what the package states.

    Raises
    ------
    CompareError
        A table that cannot be read or breaks a rule; no table that differs.
    """
    package = read_package(place)
    files = {name: place / f"{name}.parquet" for name in fields.tables()}
    tables = {name: read_parquet(file, fields.table(name)) for name, file in files.items()}
    edited = [
        name
        for name, file in files.items()
        if sha256(file.read_bytes()).hexdigest() != package.hashes.get(file.name)
    ]
    if not edited:
        raise CompareError("no table differs from what the release states", place)
    targets = records(tables["targets"], Target)
    _check_standard_values(targets, files["targets"])
    release_checks.check_tables(tables, place)
    rows = compared(
        targets,
        records(tables["regions"], Place),
        records(tables["indicators"], IndicatorRow),
        records(tables["benchmarks"], Benchmark),
        {d.region_id for d in records(tables["documents"], Document)},
    )
    made = release.to_arrow(rows, fields.table("comparisons"))
    if "comparisons" in edited and not made.equals(tables["comparisons"]):
        problem = "worked out from the other tables: edit those"
        raise CompareError(problem, files["comparisons"])
    write(tables | {"comparisons": made}, place, VERSION)
    return edited


def _check_standard_values(targets: Sequence[Target], file: Path) -> None:
    for t in targets:
        where = f"{t.target_id}, {t.doc}@{t.start}"
        std = standard_value(
            Stated(
                indicator=t.indicator,
                words=t.indicator_text,
                value=t.value,
                value_max=t.value_max,
                unit=t.unit,
                kind=t.kind,
                measure=t.measure,
                where=where,
                evidence=t.evidence,
            )
        )
        for name, now in (
            ("value_std", std.value),
            ("value_max_std", std.value_max),
            ("unit_std", std.unit),
        ):
            if getattr(t, name) != now:
                problem = f"{where}: {name} is {getattr(t, name)!r}, value and unit give {now!r}"
                raise CompareError(problem, file)
