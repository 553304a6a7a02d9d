"""Curated tables on disk: written whole and deterministically, loaded with nullable types."""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path

from compare.base import fields
from compare.base.atomic_files import new_dir, recover_dir
from compare.base.errors import CompareError
from compare.base.workspace import curated_dir

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


def load(name: str, path: Path | str | None = None):
    """Load one curated table.

    Parameters
    ----------
    name : str
        ``targets``, ``documents``, ``regions``, ``indicators``, ``benchmarks`` or ``comparisons``.
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


def read_parquet(file: Path, spec: fields.Table):
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


def to_arrow(frame, spec: fields.Table):
    """A DataFrame (or list of dicts) as an Arrow table with the registry's schema and metadata."""
    import pandas as pd
    import pyarrow as pa

    schema = fields.arrow_schema(spec)
    records = frame.to_dict("records") if isinstance(frame, pd.DataFrame) else list(frame)
    columns = []
    for f, kind in zip(spec.columns, schema, strict=True):
        cells = [_cell(r.get(f.name), f) for r in records]
        if f.name in spec.required and None in cells:
            row = records[cells.index(None)]
            raise CompareError(f"table {spec.name}: {f.name} is null in row {_short(row, spec)}")
        try:
            columns.append(pa.array(cells, kind.type))
        except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError) as error:
            raise CompareError(f"table {spec.name}: column {f.name}: {error}") from None
    return pa.Table.from_arrays(columns, schema=schema)


def _cell(value, f: fields.Field):
    import pandas as pd

    if value is None or value is pd.NA:
        return None
    if f.type == "list":
        return [str(v) for v in value]
    if isinstance(value, float) and value != value:
        return None
    if f.type == "integer":
        return int(value)
    if f.type == "number":
        return float(value)
    return value


def _short(row: dict, spec: fields.Table) -> str:
    keys = [*spec.key, "doc", "start", "value_text"]
    return ", ".join(f"{k}={row[k]!r}" for k in keys if k in row)


def parquet_bytes(table) -> bytes:
    """Parquet bytes that depend on nothing but the table."""
    import io

    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(
        table, out, compression="zstd", compression_level=9, version="2.6", store_schema=True
    )
    return out.getvalue()


def write_release(frames: dict, place: Path, info: dict) -> None:
    """Write a set of tables and their ``datapackage.json`` as one whole.

    Parameters
    ----------
    frames : dict of str to pyarrow.Table
        Tables by name; each is written to ``<name>.parquet``.
    place : path
        The release folder; it is replaced in one step.
    info : dict
        ``name``, ``title``, ``version``, ``sources`` for the data package.
    """
    with new_dir(place) as folder:
        resources = []
        for name, table in frames.items():
            data = parquet_bytes(table)
            (folder / f"{name}.parquet").write_bytes(data)
            resources.append(_resource(name, table, data))
        package = {
            "profile": "data-package",
            "name": info["name"],
            "title": info["title"],
            "version": info["version"],
            "licenses": [LICENSE],
            "sources": info["sources"],
            "resources": resources,
        }
        text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
        (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _resource(name: str, table, data: bytes) -> dict:
    spec = fields.table(name)
    columns = []
    for f in spec.columns:
        column = {"name": f.name, "type": _FRICTIONLESS[f.type], "description": f.description}
        if f.unit:
            column["unit"] = f.unit
        constraints = {"required": True} if f.name in spec.required else {}
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
    file = (place or curated_dir()) / "datapackage.json"
    try:
        return sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        raise CompareError("no such file; `carbon-peak build` makes it", file) from None
