"""A release as a whole, before anything is made from it: its files, its tables, and what ties them together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compare.base.errors import CompareError
from compare.curation import table_checks
from compare.curation.release_files import check_files
from compare.curation.row_rules import broken_rules
from compare.curation.tables import read_table
from compare.schema import fields
from compare.schema.records import Target, records

if TYPE_CHECKING:
    import pyarrow as pa

REFERENCES = {
    ("targets", "doc"): ("documents", "doc"),
    ("targets", "region_id"): ("regions", "region_id"),
    ("targets", "indicator"): ("indicators", "indicator"),
    ("documents", "region_id"): ("regions", "region_id"),
    ("comparisons", "region_id"): ("regions", "region_id"),
    ("comparisons", "indicator"): ("indicators", "indicator"),
    ("comparisons", "target_id"): ("targets", "target_id"),
    ("benchmarks", "indicator"): ("indicators", "indicator"),
    ("actuals", "indicator"): ("indicators", "indicator"),
    ("spans", "target_id"): ("targets", "target_id"),
    ("figures", "doc"): ("documents", "doc"),
}
"""Columns that name rows of another table, and that table's column; null and ``other`` name none."""


def checked_release(folder: Path) -> dict[str, pa.Table]:
    """All tables of a release, checked.

    Parameters
    ----------
    folder : path

    Returns
    -------
    dict of str to pyarrow.Table
        By name; without those that came later than the release.

    Raises
    ------
    CompareError
        A file that is not the one the release states; a column, code, key or value that breaks a
        rule; with the file and the row.
    """
    package = check_files(folder)
    out = {
        spec.name: read_table(spec.name, folder)
        for spec in fields.tables().values()
        if f"{spec.name}.parquet" in package.hashes or not spec.added
    }
    check_tables(out, folder)
    return out


def check_tables(tables: dict[str, pa.Table], folder: Path) -> None:
    """Check tables by the field registry, the codebook and each other.

    Raises
    ------
    CompareError
        As `checked_release`.
    """
    for name, table in tables.items():
        table_checks.table(table, fields.table(name), folder / f"{name}.parquet")
    for (name, column), (other, key) in REFERENCES.items():
        if name not in tables or other not in tables:
            continue
        known = {None, "other", *tables[other].column(key).to_pylist()}
        for row, one in enumerate(tables[name].column(column).to_pylist()):
            if one not in known:
                raise CompareError(
                    f"column {column!r} names no row of {other}: {one!r} in row {row}",
                    folder / f"{name}.parquet",
                )
    for target in records(tables["targets"], Target):
        for problem in broken_rules(target):
            where = f"{target.target_id}, {target.doc}@{target.start}"
            raise CompareError(f"{where}: {problem}", folder / "targets.parquet")
