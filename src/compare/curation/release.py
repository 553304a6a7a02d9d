"""A release: tables written whole, as the same bytes from the same rows, and the hash that names it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from compare.base.atomic_files import new_dir
from compare.base.errors import CompareError
from compare.base.ownership import PACKAGE_FILE, PACKAGE_NAME, check_release_place
from compare.base.workspace import curated_dir
from compare.curation.release_files import package_bytes, read_package
from compare.schema import fields
from compare.schema.records import Record, plain

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

LICENSE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_FRICTIONLESS = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "list": "array",
}


class ReleaseInfo(TypedDict):
    """What a data package says of itself besides its tables and its name."""

    title: str
    version: str
    sources: list[dict[str, str]]


def to_arrow(
    rows: pd.DataFrame | Sequence[Record] | Sequence[Mapping[str, Any]], spec: fields.Table
) -> pa.Table:
    """Rows as an Arrow table with the registry's schema and metadata.

    Parameters
    ----------
    rows : DataFrame, or sequence of Record or of mappings
    spec : Table

    Raises
    ------
    CompareError
        A null where none is allowed, or a value of another type; with the row.
    """
    import pyarrow as pa

    schema = fields.arrow_schema(spec)
    columns = []
    for f, kind in zip(spec.columns, schema, strict=True):
        cells = [_cell(value, f) for value in _column(rows, f.name)]
        if f.name in spec.required and None in cells:
            row = _described(rows, cells.index(None), spec)
            raise CompareError(f"table {spec.name}: {f.name} is null in row {row}")
        try:
            columns.append(pa.array(cells, kind.type))
        except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError) as error:
            raise CompareError(f"table {spec.name}: column {f.name}: {error}") from None
    return pa.Table.from_arrays(columns, schema=schema)


def _column(rows: Any, name: str) -> list[Any]:
    if hasattr(rows, "iloc"):
        return plain(rows[name]) if name in rows else [None] * len(rows)
    return [r.get(name) if isinstance(r, Mapping) else getattr(r, name) for r in rows]


def _cell(value: Any, f: fields.Field) -> Any:
    if value is None or (f.type != "list" and value != value):  # NaN is not itself
        return None
    if f.type == "list":
        return [str(v) for v in value]
    if f.type == "integer":
        return int(value)
    return float(value) if f.type == "number" else value


def _described(rows: Any, number: int, spec: fields.Table) -> str:
    """A row by its key, and by where it stands in its text."""
    keys = dict.fromkeys([*spec.key, "doc", "start", "value_text"])
    return ", ".join(f"{k}={_column(rows, k)[number]!r}" for k in keys if k in spec.names)


def parquet_bytes(table: pa.Table) -> bytes:
    """Parquet bytes that depend on nothing but the table."""
    import io

    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(
        table,
        out,
        compression="zstd",
        compression_level=9,
        version="2.6",
        store_schema=True,
        write_page_checksum=True,
    )
    return out.getvalue()


def write_release(frames: Mapping[str, pa.Table], place: Path, info: ReleaseInfo) -> None:
    """Write a set of tables and their ``datapackage.json`` as one whole.

    Parameters
    ----------
    frames : mapping of str to pyarrow.Table
        Tables by name; each is written to ``<name>.parquet``.
    place : path
        The release folder; a release of ours that stands there is replaced, in one step.
    info : ReleaseInfo
        ``title``, ``version``, ``sources`` for the data package.

    Raises
    ------
    CompareError
        Something else stands in ``place``.
    """
    with new_dir(place, check_release_place) as folder:
        resources = []
        for name, table in frames.items():
            data = parquet_bytes(table)
            (folder / f"{name}.parquet").write_bytes(data)
            resources.append(_resource(name, table, data))
        package = {
            "profile": "data-package",
            "name": PACKAGE_NAME,
            "title": info["title"],
            "version": info["version"],
            "licenses": [LICENSE],
            "sources": info["sources"],
            "resources": resources,
        }
        (folder / PACKAGE_FILE).write_bytes(package_bytes(package))


def _resource(name: str, table: pa.Table, data: bytes) -> dict[str, Any]:
    spec = fields.table(name)
    columns = []
    for f in spec.columns:
        column: dict[str, Any] = {
            "name": f.name,
            "type": _FRICTIONLESS[f.type],
            "description": f.description,
        }
        if f.unit:
            column["unit"] = f.unit
        constraints: dict[str, Any] = {"required": True} if f.name in spec.required else {}
        if f.codes and f.type == "list":
            column["arrayItem"] = {"type": "string", "constraints": {"enum": list(f.codes)}}
        elif f.codes:
            constraints["enum"] = list(f.codes)
        if constraints:
            column["constraints"] = constraints
        columns.append(column)
    return {
        "name": name,
        "title": spec.title,
        "path": f"{name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "rowcount": table.num_rows,
        "schema": {"fields": columns, "primaryKey": list(spec.key)},
    }


def release_hash(place: Path | None = None) -> str:
    """Hash that names a release: SHA-256 over its ``datapackage.json``, which holds all others."""
    folder = place or curated_dir()
    sys.audit("compare.load", str(folder / PACKAGE_FILE))  # a page that shows it depends on it
    return read_package(folder).sha256
