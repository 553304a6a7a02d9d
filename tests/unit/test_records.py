"""Typed records: they say what the field registry says, and a table's rows become them unchanged."""

import dataclasses
import typing
from datetime import date

import pandas as pd
import pytest
from release_samples import write_old_release

import compare
from compare.base.errors import CompareError
from compare.schema import fields
from compare.schema.records import (
    Actual,
    Benchmark,
    Comparison,
    Document,
    Figure,
    IndicatorRow,
    Place,
    Record,
    Target,
    TargetSpan,
    records,
    to_frame,
)

KINDS = (Target, Document, Place, IndicatorRow, Benchmark, Actual, Comparison, Figure, TargetSpan)
TYPES = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": date,
    "list": tuple[str, ...],
}


def test_every_table_has_one_record():
    assert [k.TABLE for k in KINDS] == list(fields.tables())
    assert all(issubclass(k, Record) for k in KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.__name__)
def test_a_record_says_what_the_registry_says(kind):
    spec = fields.table(kind.TABLE)
    hints = typing.get_type_hints(kind)
    place = f"class {kind.__name__} in src/compare/schema/records.py"
    for f in spec.columns:
        expected = TYPES[f.type] if f.name in spec.required else TYPES[f.type] | None
        words = expected.__name__ if isinstance(expected, type) else str(expected)
        line = f"    {f.name}: {words.replace('datetime.', '')}"
        assert hints.get(f.name) == expected, f"this line belongs into {place}:\n{line}"
    names = [f.name for f in dataclasses.fields(kind)]
    assert names == spec.names, f"{place}: not the columns of fields.toml in their order"
    one = records(compare.load(kind.TABLE), kind)[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(one, spec.names[0], "x")
    assert not hasattr(one, "__dict__")


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.__name__)
def test_a_table_and_its_records_hold_the_same(kind):
    from compare.curation import release

    frame, spec = compare.load(kind.TABLE), fields.table(kind.TABLE)
    arrow = release.to_arrow(frame, spec)
    rows = records(frame, kind)
    assert rows == records(arrow, kind)
    assert [kind(**r.as_dict()) for r in rows] == rows
    for row, plain in zip(rows, arrow.to_pylist(), strict=True):
        for name, value in row.as_dict().items():
            assert (list(value) if isinstance(value, tuple) else value) == plain[name]
    assert release.to_arrow(to_frame(rows, kind), spec).equals(arrow)


def test_a_frame_of_plain_types_gives_the_same_records():
    # as a user's own frame may hold them: years as floats, unknown as NaN
    rows = records(compare.load("regions"), Place)
    plain = pd.DataFrame([r.as_dict() for r in rows]).astype({"population_2020": "float64"})
    assert records(plain, Place) == rows
    assert all(type(r.population_2020) in (int, type(None)) for r in records(plain, Place))


def test_what_a_table_lacks():
    regions = compare.load("regions")
    assert all(r.area_km2 is None for r in records(regions.drop(columns="area_km2"), Place))
    with pytest.raises(CompareError, match="not a regions table: column 'adcode' is missing"):
        records(regions.drop(columns="adcode"), Place)
    with pytest.raises(CompareError, match="table regions: adcode is null in row 1"):
        records(regions.assign(adcode=["1", None, *"3" * (len(regions) - 2)]), Place)
    assert records(regions.iloc[:0], Place) == []


def test_a_reviewed_row_has_the_types_of_the_table():
    from compare.extraction.row.extracted_target import EXTRA, FIELDS
    from compare.review.rows import ReviewedRow

    own, target = typing.get_type_hints(ReviewedRow), typing.get_type_hints(Target)
    assert set(own) == {*FIELDS, *EXTRA, "note_en", "origin", "decision", "spans"}
    for name in set(own) - {"decision", "spans"}:
        assert own[name] == target[name], name


def test_an_extracted_target_has_the_types_of_the_table():
    from compare.extraction.assembly import extract_text
    from compare.extraction.row.extracted_target import EXTRA, FIELDS, ExtractedTarget

    own, target = typing.get_type_hints(ExtractedTarget), typing.get_type_hints(Target)
    assert list(own) == [*FIELDS, *EXTRA, "spans"]
    for name in (*FIELDS, *EXTRA):
        assert own[name] == target[name], name
    text = "到2025年,森林覆盖率达到60%。森林覆盖率达到60%。(甲局牵头)"
    first, again = extract_text(text)
    assert (first.repeats, again.repeats) == (None, first.start)
    assert first.lead_agencies == ("甲局",) and not hasattr(first, "__dict__")
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.repeats = 0


def test_a_release_without_the_columns_that_came_later_is_read(tmp_path):
    import pyarrow.parquet as pq

    from compare.base.workspace import curated_dir

    later = [f.name for f in fields.table("targets").columns if f.added]
    assert {"binding", "baseline_value", "review_reasons"} <= set(later)
    old = pq.read_table(curated_dir() / "targets.parquet").drop_columns(later)
    write_old_release(tmp_path, targets=old)
    frame = compare.load("targets", tmp_path)
    assert frame["binding"].isna().all() and frame["baseline_value"].isna().all()
    assert all(r.review_reasons == () for r in records(frame, Target))
    write_old_release(tmp_path, targets=old.drop_columns("evidence"))
    with pytest.raises(CompareError, match="column 'evidence' is missing"):
        compare.load("targets", tmp_path)
