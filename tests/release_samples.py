"""Releases that the tests of charts and notebooks are made of: few places, many, or nothing at all."""

from __future__ import annotations

import json
import random
from hashlib import sha256
from pathlib import Path

LEVELS = ("prefecture", "county")


def frames() -> dict:
    """The tables of the current release."""
    import compare

    out = {
        n: compare.load(n) for n in ("targets", "documents", "regions", "indicators", "benchmarks")
    }
    return {**out, "comparisons": compare.load("comparisons")}


def many(count: int = 50, seed: int = 7) -> dict:
    """A release with ``count`` places, invented from the rows of the real ones."""
    from compare.comparison import table

    rng, base = random.Random(seed), frames()
    rows, places, documents = [], records(base["regions"]), records(base["documents"])
    targets = records(base["targets"])
    provinces = ["浙江省", "湖南省", "江西省", "湖北省", "四川省"]
    for n in range(count - len(places)):
        name = f"place{n:02d}"
        province = provinces[n % len(provinces)]
        place = dict.fromkeys(places[0]) | {
            "region_id": name,
            "adcode": f"{990000 + n}",
            "region_zh": f"样例{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n:02d}市",
            "region_en": f"Sample {n:02d}",
            "region_level": LEVELS[n % 2],
            "province_zh": province,
            "parent_zh": province,
            "population_2020": rng.choice([None, rng.randrange(300_000, 9_000_000)]),
        }
        places.append(place)
        if n % 9 == 8:
            continue  # a place without a plan
        documents.append(
            documents[n % 5]
            | {"doc": name, "region_id": name, "document_title": f"样例{n:02d}方案"}
        )
        for row in rng.sample(targets, rng.randrange(20, 90)):
            row = dict(row)
            keep = {
                k: place[k]
                for k in ("region_id", "region_zh", "region_en", "region_level", "adcode")
            }
            row |= keep | {"doc": name, "province_zh": province, "repeats": None}
            code = sha256((name + row["target_id"]).encode()).hexdigest()
            row["target_id"] = f"t-{code[:12]}"
            if row["value"] is not None and row["kind"] == "numeric":
                factor = rng.uniform(0.8, 1.2)
                for key in ("value", "value_max", "value_std", "value_max_std"):
                    if row[key] is not None:
                        row[key] = round(row[key] * factor, 1)
                if row["unit_std"] == "%" and row["value_std"] > 100:
                    row |= {"value": 100.0, "value_std": 100.0}
                row["comparator"] = rng.choice(["=", ">=", ">", "~", "<="])
                row["effort"] = rng.choice(["firm", "firm", "strive"])
            row["variant"] = row["variant"] or _variant(row)
            rows.append(row)
    out = dict(base)
    out["targets"] = _frame([*targets, *rows], "targets")
    out["documents"] = _frame(documents, "documents")
    out["regions"] = _frame(places, "regions")
    return out | {"comparisons": _compared(table, out)}


def bare(kind: str) -> dict:
    """A release without targets (``empty``), or whose targets have no figure (``null``)."""
    from compare.comparison import table

    base = frames()
    rows = records(base["targets"])
    if kind == "empty":
        rows = []
    for row in rows:
        keys = (
            "value",
            "value_max",
            "value_std",
            "value_max_std",
            "unit",
            "unit_std",
            "comparator",
        )
        row |= dict.fromkeys(keys)
    out = base | {
        "targets": _frame(rows, "targets"),
        "benchmarks": base["benchmarks"].iloc[: None if kind == "empty" else 0],
    }
    return out | {"comparisons": _compared(table, out)}


def write(tables: dict, home: Path) -> Path:
    """A project folder that holds a release: what CARBON_PEAK_HOME may point to."""
    from compare.curation import release
    from compare.schema import fields

    home.joinpath("data").mkdir(parents=True, exist_ok=True)
    info = {"name": "sample", "title": "Sample", "version": "0", "sources": []}
    arrow = {name: release.to_arrow(table, fields.table(name)) for name, table in tables.items()}
    release.write_release(arrow, home / "data/curated", info)
    return home


def write_old_release(folder: Path, **tables) -> None:
    """A release as the first version wrote it: its package did not state its own hash."""
    import pyarrow.parquet as pq

    resources = []
    for name, table in tables.items():
        file = folder / f"{name}.parquet"
        pq.write_table(table, file)
        hashed = f"sha256:{sha256(file.read_bytes()).hexdigest()}"
        resources.append({"name": name, "path": file.name, "hash": hashed})
    package = {"profile": "data-package", "name": "old", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def records(frame) -> list[dict]:
    """Rows as dicts, unknown as None, lists as lists."""
    from compare.schema.records import plain

    columns = {name: plain(frame[name]) for name in frame.columns}
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    lists = ("flags", "lead_agencies", "support_agencies", "variants", "also_ids")
    for row in rows:
        row |= {k: list(row[k]) for k in lists if row.get(k) is not None}
    return rows


def _variant(row: dict) -> str:
    from compare.vocabulary import variants

    names = ("value", "unit", "kind", "measure", "baseline_year", "period")
    about = {n: row[n] for n in names} | {"scope": row["scope_region"]}
    return variants.assign(row["indicator"], row["indicator_text"], **about)


def _frame(rows: list, name: str):
    from compare.curation import release
    from compare.schema import fields

    return fields.to_pandas(release.to_arrow(rows, fields.table(name)), fields.table(name))


def _compared(table, tables: dict):
    args = [tables[n] for n in ("targets", "regions", "indicators", "benchmarks", "documents")]
    return table.build(*args)


# ---------------------------------------------------------------- single rows
def comparison(**columns):
    """A record of the comparisons table with a few columns filled."""
    from compare.schema import fields
    from compare.schema.records import Comparison

    row = dict.fromkeys(fields.table("comparisons").names) | {"status": "target", "flags": ()}
    return Comparison(**row | columns)


def target(**columns):
    """A record of the targets table with a few columns filled."""
    from compare.schema import fields
    from compare.schema.records import Target

    return Target(**dict.fromkeys(fields.table("targets").names) | columns)
