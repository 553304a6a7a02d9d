"""A table against the field registry: types, nulls, finite numbers, codes, unique keys."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.base.errors import CompareError
from compare.schema import fields

if TYPE_CHECKING:
    import pyarrow as pa


def table(arrow: pa.Table, spec: fields.Table, file: Path | None = None) -> None:
    """Check a table against the field registry.

    Parameters
    ----------
    arrow : pyarrow.Table
    spec : Table
    file : path, optional
        Where it is from, for the error.

    Raises
    ------
    CompareError
        The first column that breaks a rule, with the value, the key of its row, and in how many rows.
    """
    file = file or Path(f"{spec.name}.parquet")
    schema = fields.arrow_schema(spec)
    if not arrow.schema.equals(schema):
        pairs = zip_longest(schema.names, arrow.schema.names)
        column = next((a or b for a, b in pairs if a != b), "a type")
        raise CompareError(f"column {column!r} is not as the field registry has it", file)
    for f in spec.columns:
        cells = arrow.column(f.name)
        if f.name in spec.required and cells.null_count:
            raise _broken("is null", lambda v: v is None, arrow, f, spec, file)
        if f.type == "number" and not all(map(math.isfinite, cells.drop_null().to_pylist())):
            raise _broken("is no finite number", _is_infinite, arrow, f, spec, file)
        if not f.codes:
            continue
        known = frozenset(f.codes)
        if f.type != "list" and not known.issuperset(cells.drop_null().unique().to_pylist()):
            odd = known.union([None])
            raise _broken(
                "is an unknown code", lambda v, odd=odd: v not in odd, arrow, f, spec, file
            )
        if f.type == "list" and not known.issuperset(_flat(cells).unique().to_pylist()):
            problem = "holds an unknown code"
            raise _broken(
                problem, lambda v, known=known: not known.issuperset(v or ()), arrow, f, spec, file
            )
    keys = Counter(zip(*(arrow.column(name).to_pylist() for name in spec.key), strict=True))
    twice = next((key for key, count in keys.items() if count > 1), None)
    if twice is not None:
        named = ", ".join(f"{n}={v!r}" for n, v in zip(spec.key, twice, strict=True))
        raise CompareError(f"{keys[twice]} rows have the key {named}", file)


def _flat(lists: pa.ChunkedArray) -> pa.Array:
    return lists.combine_chunks().flatten()


def _is_infinite(value: float | None) -> bool:
    return value is not None and not math.isfinite(value)


def _broken(
    problem: str,
    is_odd: Callable[[Any], bool],
    arrow: pa.Table,
    field: fields.Field,
    spec: fields.Table,
    file: Path,
) -> CompareError:
    """The error about the first row whose cell is odd."""
    cells = arrow.column(field.name).to_pylist()
    odd = [row for row, value in enumerate(cells) if is_odd(value)]
    more = f"; {len(odd)} such rows in all" if len(odd) > 1 else ""
    row = odd[0]
    words = f"column {field.name!r} {problem}: {cells[row]!r} ({_key(arrow, row, spec)}){more}"
    return CompareError(words, file)


def _key(table: pa.Table, row: int, spec: fields.Table) -> str:
    return ", ".join(f"{name}={table.column(name)[row].as_py()!r}" for name in spec.key)
