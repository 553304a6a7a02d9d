"""Paired checks before anything is written: rules of the codebook, and the field registry by pandera."""

from __future__ import annotations

from pathlib import Path

from compare.base import fields, workspace
from compare.base.errors import CompareError
from compare.intake.source import read_source
from compare.review import decisions


def targets(rows: list[dict], documents: dict[str, dict]) -> None:
    """Check the rules that tie the columns of a target together.

    Raises
    ------
    CompareError
        The first rows that break a rule, with document, place and evidence.
    """
    texts = {doc: read_source(workspace.raw_dir() / doc).text for doc in documents}
    seen = {}
    starts = {(r["doc"], r["start"]) for r in rows}
    for r in rows:
        text, a, b = texts[r["doc"]], r["start"], r["end"]
        d = documents[r["doc"]]
        _rule(text[a:b] == r["value_text"], r, f"value_text is not raw[{a}:{b}] ({text[a:b]!r})")
        _rule(d["plan_start"] <= a < b <= d["plan_end"], r, "it lies outside the plan's own text")
        e = r["evidence_start"]
        _rule(
            text[e : e + len(r["evidence"])] == r["evidence"] and e <= a,
            r,
            "evidence is not the raw text there",
        )
        _rule(
            r["target_id"] not in seen,
            r if r.get("decision") else seen.get(r["target_id"], r),
            "two rows have the same start, indicator_text and horizon",
        )
        seen[r["target_id"]] = r
        no_level = r["kind"] in ("deferred", "directional") or (
            r["kind"] == "milestone" and r["value"] is None
        )
        _rule(
            (r["comparator"] is None) == no_level,
            r,
            f"comparator {r['comparator']!r} does not fit kind {r['kind']}",
        )
        if no_level:
            _rule(r["value"] is None and r["unit"] is None, r, f"a {r['kind']} row has no value")
        if r["kind"] in ("numeric", "verbal", "peak"):
            _rule(r["value"] is not None, r, f"a {r['kind']} row needs a value")
        if r["kind"] == "peak":
            _rule(
                r["unit"] == "year" and r["value"] == r["target_year"],
                r,
                "a peak's value is its year",
            )
        if r["kind"] in ("deferred", "directional", "verbal"):
            _rule(r["target_year"] is not None, r, f"a {r['kind']} row needs a horizon")
        moved = r["measure"] in ("change", "growth")
        _rule(
            moved == (r["direction"] is not None),
            r,
            f"direction {r['direction']!r} does not fit measure {r['measure']}",
        )
        if r["value_max"] is not None:
            _rule(
                r["value"] is not None and r["value_max"] > r["value"],
                r,
                "value_max is not above value",
            )
        if r["target_year"] is not None:
            _rule(
                2000 < r["target_year"] <= 2100,
                r,
                f"target_year {r['target_year']} is out of range",
            )
            if r["baseline_year"] is not None:
                _rule(
                    r["baseline_year"] < r["target_year"],
                    r,
                    "the baseline is not before the horizon",
                )
        if r["repeats"] is not None:
            _rule(
                r["repeats"] < a and (r["doc"], r["repeats"]) in starts,
                r,
                "repeats names no earlier row",
            )


def _rule(holds: bool, row: dict, problem: str) -> None:
    if not holds:
        place = f"{row['doc']}@{row['start']}"
        words = f"{row['indicator_text']!r} {row['value_text']!r} in {row['evidence'][:80]!r}"
        raise decisions.blamed(row, CompareError(f"{problem}: {words}", place))


def _codes(f: fields.Field, pa):
    """The check that a column holds no code but its own; of a list, that no entry does."""
    if not f.codes:
        return None
    if f.type != "list":
        return [pa.Check.isin(f.codes)]
    known = set(f.codes)
    return [
        pa.Check(lambda cell: known.issuperset(cell), element_wise=True, name=f"isin({f.codes})")
    ]


def table(arrow, spec: fields.Table) -> None:
    """Check a table against the field registry: types, nulls, codes, unique keys.

    Raises
    ------
    CompareError
        The column, the failing check and the first offending rows.
    """
    import pandera.pandas as pa
    from pandera.errors import SchemaErrors

    frame = fields.to_pandas(arrow, spec)
    schema = pa.DataFrameSchema(
        {
            f.name: pa.Column(
                fields.pandas_dtype(f),
                checks=_codes(f, pa),
                nullable=f.name not in spec.required,
            )
            for f in spec.columns
        },
        unique=list(spec.key),
        strict=True,
        ordered=True,
    )
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        first = errors.failure_cases.iloc[0]
        at = first["index"]
        row = frame.iloc[int(at)].to_dict() if at == at and at is not None else {}
        key = ", ".join(f"{k}={row.get(k)!r}" for k in spec.key)
        raise CompareError(
            f"column {first['column']!r} fails {first['check']} with {first['failure_case']!r} ({key}); "
            f"{len(errors.failure_cases)} failures in all",
            Path(f"{spec.name}.parquet"),
        ) from None
