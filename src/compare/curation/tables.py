"""Curated tables from disk, with nullable types; anything else is a one-line error."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from compare.base.atomic_files import recover_dir
from compare.base.errors import CompareError
from compare.base.workspace import curated_dir
from compare.schema import fields

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def load(name: str, path: Path | str | None = None) -> pd.DataFrame:
    """Load one curated table.

    Parameters
    ----------
    name : str
        ``targets``, ``documents``, ``regions``, ``indicators``, ``benchmarks``, ``comparisons``,
        ``figures`` or ``spans``.
    path : path, optional
        Another release folder, or another Parquet file of this table.

    Returns
    -------
    pandas.DataFrame
        One row per key (see ``docs/data-dictionary.md``), nullable dtypes, unknown as ``NA``.

    Raises
    ------
    CompareError
        Unknown table; missing, broken or foreign file, with what is wrong in it.
    """
    spec = fields.table(name)
    place = Path(path) if path is not None else curated_dir()
    file = place if place.suffix == ".parquet" else place / f"{name}.parquet"
    if path is None:
        recover_dir(place)
    return fields.to_pandas(read_parquet(file, spec), spec)


def read_parquet(file: Path, spec: fields.Table) -> pa.Table:
    """Read a Parquet file as an Arrow table with exactly the columns of ``spec``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sys.audit("compare.load", str(file))  # report runs note which tables a notebook reads
    try:
        table = pq.ParquetFile(file, memory_map=False).read()
    except FileNotFoundError:
        raise CompareError("no such file; `carbon-peak build` makes it", file) from None
    except (pa.ArrowInvalid, pa.ArrowException, OSError) as error:
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
