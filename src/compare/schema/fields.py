"""The field registry (``schema/fields.toml``) as objects: columns, tables, Arrow schemas, checks."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from compare.base.errors import CompareError, nearest
from compare.base.workspace import vocabulary_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    import pyarrow as pa

_PANDAS = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
}


@dataclass(frozen=True)
class Field:
    """One column: its meaning, type, unit and allowed codes (see ``schema/fields.toml``)."""

    name: str
    type: str
    description: str
    source: str
    unit: str | None = None
    codes: tuple[str, ...] = ()
    missing: str | None = None
    added: bool = False


_GIVEN = {
    "string": (str, "text"),
    "integer": (int, "a whole number"),
    "number": ((int, float), "a number"),
    "boolean": (bool, "true or false"),
    "date": (date, "a date"),
    "list": (list, "a list of words"),
}


def problem(f: Field, value: object) -> str | None:
    """What is wrong with a value of a column, as a person gives it; None where it fits.

    Parameters
    ----------
    value : object
        Not None; whether null is allowed is a matter of the table.
    """
    kind, words = _GIVEN[f.type]
    fits = isinstance(value, kind) and (f.type == "boolean" or not isinstance(value, bool))
    if isinstance(value, float):
        fits = fits and math.isfinite(value)
    if isinstance(value, list):
        fits = fits and bool(value) and all(isinstance(v, str) and v.strip() for v in value)
    if not fits:
        return f"{f.name} must be {words}, not {value!r}"
    for code in value if isinstance(value, list) else [value]:
        if f.codes and code not in f.codes:
            return f"unknown {f.name} {code!r}{nearest(str(code), f.codes)}"
    return None


@dataclass(frozen=True)
class Table:
    """One curated table: its columns in order, which of them are never null, and its key."""

    name: str
    title: str
    columns: tuple[Field, ...]
    required: frozenset[str]
    key: tuple[str, ...]
    added: bool = False

    @property
    def names(self) -> list[str]:
        """Column names, in order."""
        return [f.name for f in self.columns]

    def column(self, name: str) -> Field:
        """The column called ``name``."""
        return next(f for f in self.columns if f.name == name)


@cache
def tables() -> dict[str, Table]:
    """All curated tables, by name.

    Raises
    ------
    CompareError
        If the registry names a field that it does not declare.
    """
    raw = tomllib.loads((files("compare") / "schema" / "fields.toml").read_text(encoding="utf-8"))
    declared = {name: _field(name, spec) for name, spec in raw["field"].items()}
    out = {}
    for name, spec in raw["table"].items():
        for column in [*spec["columns"], *spec["required"], *spec["key"]]:
            if column not in declared:
                raise CompareError(
                    f"table {name!r} names an undeclared field {column!r}", "fields.toml"
                )
        out[name] = Table(
            name,
            spec["title"],
            tuple(declared[c] for c in spec["columns"]),
            frozenset(spec["required"]),
            tuple(spec["key"]),
            spec.get("added", False),
        )
    return out


def _field(name: str, spec: dict[str, Any]) -> Field:
    codes = spec.pop("codes", ())
    if file := spec.pop("codes_in", None):
        codes = tomllib.loads(vocabulary_file(file).read_text(encoding="utf-8"))
    return Field(name=name, codes=tuple(codes), **spec)


def table(name: str) -> Table:
    """The table called ``name``, or a one-line error that names the nearest one."""
    known = tables()
    if name not in known:
        raise CompareError(f"unknown table {name!r}{nearest(name, list(known))}")
    return known[name]


@cache
def extracted(names: tuple[str, ...]) -> Table:
    """A table of those columns of ``targets`` that extraction alone can fill; any of them may be null."""
    known = {f.name: f for f in tables()["targets"].columns}
    return Table(
        "extracted",
        "Rows as extracted",
        tuple(known[n] for n in names),
        frozenset(),
        ("doc", "start"),
    )


@cache
def arrow_schema(spec: Table) -> pa.Schema:
    """Arrow schema of a table, with descriptions and units as field metadata."""
    import pyarrow as pa

    arrow = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "list": pa.list_(pa.string()),
    }
    columns = []
    for f in spec.columns:
        meta = {"description": f.description, "source": f.source}
        meta |= {"unit": f.unit} if f.unit else {}
        meta |= {"codes": " ".join(f.codes)} if f.codes else {}
        meta |= {"missing": f.missing} if f.missing and f.name not in spec.required else {}
        columns.append(pa.field(f.name, arrow[f.type], f.name not in spec.required, meta))
    return pa.schema(columns, metadata={"title": spec.title, "table": spec.name})


def pandas_dtype(f: Field) -> Any:
    """Nullable pandas dtype of a column (dates and lists stay Arrow-backed)."""
    import pandas as pd
    import pyarrow as pa

    if f.type == "date":
        return pd.ArrowDtype(pa.date32())
    if f.type == "list":
        return pd.ArrowDtype(pa.list_(pa.string()))
    return _PANDAS[f.type]


def to_pandas(table: pa.Table, spec: Table) -> pd.DataFrame:
    """An Arrow table as a DataFrame with nullable dtypes; dates and lists stay Arrow-backed."""
    return _frame((table.column(f.name) for f in spec.columns), spec)


def rows_to_pandas(rows: list[dict[str, Any]], names: tuple[str, ...]) -> pd.DataFrame:
    """Extracted rows as a DataFrame of the columns ``names``, with the dtypes of `to_pandas`."""
    import pyarrow as pa

    # one struct array: Arrow goes through the rows once, not once for each column
    return _frame(pa.array(rows, _row_type(names)).flatten(), extracted(names))


@cache
def _row_type(names: tuple[str, ...]) -> pa.StructType:
    """Arrow type of a row, strings as pandas keeps them, so that they are not copied once more."""
    import pyarrow as pa

    kept = {pa.string(): pa.large_string()}
    schema = arrow_schema(extracted(names))
    return pa.struct([(f.name, kept.get(f.type, f.type)) for f in schema])


def _frame(columns: Iterable[Any], spec: Table) -> pd.DataFrame:
    import pandas as pd

    plain = {
        "string": pd.StringDtype(),
        "integer": pd.Int64Dtype(),
        "number": pd.Float64Dtype(),
        "boolean": pd.BooleanDtype(),
    }
    out = {}
    for f, column in zip(spec.columns, columns, strict=True):
        dtype = plain.get(f.type)
        out[f.name] = (
            dtype.__from_arrow__(column) if dtype else pd.arrays.ArrowExtensionArray(column)
        )
    return pd.DataFrame(out, copy=False)
