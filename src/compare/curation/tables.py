"""Curated tables from disk, with nullable types; anything else is a one-line error."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from compare.base.atomic_files import recover_dir
from compare.base.errors import CompareError
from compare.base.read_files import read_bytes
from compare.base.workspace import curated_dir
from compare.curation.release_files import read_file
from compare.schema import fields

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class UncheckedFile(UserWarning):
    """A table was read from a file by itself: nothing says that it is what a release holds."""


def load(name: str, path: Path | str | None = None) -> pd.DataFrame:
    """Load one curated table, of a release: its bytes are checked by the release's hashes.

    Parameters
    ----------
    name : str
        ``targets``, ``documents``, ``regions``, ``indicators``, ``benchmarks``, ``actuals``,
        ``comparisons``, ``figures`` or ``spans``.
    path : path, optional
        Another release folder, whose files are checked as well; or a Parquet file of this table,
        which is read by itself: unchecked, with a warning (`UncheckedFile`).

    Returns
    -------
    pandas.DataFrame
        One row per key (see ``docs/data-dictionary.md``), nullable dtypes, unknown as ``NA``.

    Raises
    ------
    CompareError
        Unknown table; missing, broken or foreign file, with what is wrong in it; a file that is
        not the one which the release's ``datapackage.json`` states.
    """
    spec = fields.table(name)
    return fields.to_pandas(read_table(name, None if path is None else Path(path)), spec)


def read_table(name: str, path: Path | None = None) -> pa.Table:
    """As `load`, as an Arrow table."""
    spec = fields.table(name)
    place = path or curated_dir()
    if place.suffix == ".parquet":
        warnings.warn(f"{place} is read by itself, unchecked", UncheckedFile, stacklevel=3)
        return read_parquet(place, spec)
    if path is None:
        recover_dir(place)
    file = place / f"{name}.parquet"
    sys.audit("compare.load", str(file))  # report runs note which tables a notebook reads
    return _table(read_file(file), file, spec)


def read_parquet(file: Path, spec: fields.Table) -> pa.Table:
    """Read a Parquet file by itself as an Arrow table with exactly the columns of ``spec``.

    No release is asked whether it is its file; only the checksums of its pages are looked at.
    """
    sys.audit("compare.load", str(file))
    data = read_bytes(file, missing="no such file; `carbon-peak build` makes it")
    return _table(data, file, spec, unchecked=True)


def _table(data: bytes, file: Path, spec: fields.Table, unchecked: bool = False) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        source = pa.BufferReader(data)
        table = pq.ParquetFile(source, page_checksum_verification=unchecked).read()
    except (pa.ArrowException, OSError, ValueError) as error:  # UnicodeDecodeError: a broken name
        raise CompareError(f"not a readable Parquet file: {error}", file) from None
    for f in spec.columns:
        if f.added and f.name not in table.column_names:
            nothing = [] if f.name in spec.required else None
            cells = pa.array([nothing] * len(table), fields.arrow_schema(spec).field(f.name).type)
            table = table.append_column(f.name, cells)
    missing = [c for c in spec.names if c not in table.column_names]
    if missing:
        raise CompareError(
            f"not a {spec.name} table: column {missing[0]!r} is missing"
            + (f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""),
            file,
        )
    try:
        return table.select(spec.names).cast(fields.arrow_schema(spec))
    except (pa.ArrowInvalid, ValueError, pa.ArrowNotImplementedError) as error:
        raise CompareError(f"not a {spec.name} table: {error}", file) from None
