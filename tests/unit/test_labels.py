"""The labelled rows themselves: spans, codes, keys, and every number of a plan accounted for."""

from __future__ import annotations

import json
import re

import pytest
from conftest import ROOT

from compare.base.workspace import raw_dir, vocabulary_file
from compare.evaluation.labels import labelled, read_jsonl, read_labels
from compare.intake.source import read_source
from compare.schema import fields

LABELS = ROOT / "data" / "labels"
DOCS = labelled(LABELS)
KIND_SHAPE = {  # what the codebook says of value, unit and comparator of each kind
    "numeric": lambda r: r["value"] is not None and r["comparator"],
    "verbal": lambda r: r["value"] in (0, 100) and r["unit"] == "%" and r["comparator"] == "=",
    "peak": lambda r: r["unit"] == "year" and r["value"] == r["target_year"] and r["comparator"],
    "deferred": lambda r: r["value"] is None and r["unit"] is None and r["comparator"] is None,
    "directional": lambda r: r["value"] is None and r["comparator"] is None and r["direction"],
    "milestone": lambda r: r["target_year"] and (r["value"] is None) == (r["comparator"] is None),
}
_NUMBER = re.compile(r"[0-9\uff10-\uff19]+(?:[.,\uff0e\uff0c][0-9\uff10-\uff19]+)*")
_HAN_NUMBER = re.compile(r"百分之|[一二三四五六七八九十两]+(?:个百分点|成[左以,，。]|倍|万平方米)")


def nontargets(doc: str) -> list[dict]:
    return read_jsonl(LABELS / f"{doc}.nontargets.jsonl")


@pytest.fixture(scope="module", params=DOCS)
def plan(request):
    source = read_source(raw_dir() / request.param)
    return request.param, source, read_labels(request.param, LABELS, source.text)


def test_spans_are_the_raw_text_and_lie_inside_the_plan(plan):
    doc, source, rows = plan
    for row in rows:
        assert source.text[row["start"] : row["end"]] == row["value_text"], row
        assert source.start <= row["start"] < row["end"] <= source.end, row
    for item in nontargets(doc):
        assert source.text[item["start"] : item["end"]] == item["text"], item
        assert item["reason"].strip(), item


def test_every_number_of_the_plan_is_a_target_or_has_a_reason_not_to_be(plan):
    doc, source, rows = plan
    covered = bytearray(len(source.text))
    for item in [*rows, *nontargets(doc)]:
        covered[item["start"] : item["end"]] = b"\1" * (item["end"] - item["start"])
    for pattern in (_NUMBER, _HAN_NUMBER):
        for m in pattern.finditer(source.text, source.start, source.end):
            around = source.text[max(0, m.start() - 20) : m.end() + 10]
            assert any(covered[m.start() : m.end()]), f"{doc} {m.start()}: {m[0]} in {around}"
            if pattern is _NUMBER:
                assert all(covered[m.start() : m.end()]), f"{doc} {m.start()}: {m[0]} in {around}"


def test_no_place_is_both_a_target_and_none(plan):
    doc, _, rows = plan
    spans = {(r["start"], r["end"]) for r in rows}
    for item in nontargets(doc):
        if item["reason"] == "horizon":
            continue  # the year of a peak may date other rows too
        clash = [s for s in spans if s[0] < item["end"] and item["start"] < s[1]]
        assert not clash, f"{doc}: {item} stands in the span of a row"


def test_codes_are_those_of_the_registry_and_the_vocabulary(plan):
    import tomllib

    _, _, rows = plan
    spec = {f.name: f for f in fields.table("targets").columns}
    known = set(tomllib.loads(vocabulary_file("indicators.toml").read_text(encoding="utf-8"))) | {
        "other"
    }
    for row in rows:
        assert set(row) <= set(spec), set(row) - set(spec)
        for name, f in spec.items():
            if f.codes and row.get(name) is not None and name in row:
                assert row[name] in f.codes, (name, row)
        assert row["indicator"] in known, row
        assert row["indicator_text"].strip() and row["tier"] and row["effort"] and row["measure"]


def test_each_kind_has_the_shape_the_codebook_gives_it(plan):
    _, _, rows = plan
    for row in rows:
        assert KIND_SHAPE[row["kind"]](row), row
        moves = row["measure"] in ("change", "growth")
        assert moves == (row["direction"] is not None), row
        if row["value_max"] is not None:
            assert row["value"] < row["value_max"], row


def test_start_indicator_text_and_horizon_are_a_key_and_rows_are_sorted(plan):
    _, _, rows = plan
    keys = [(r["start"], r["indicator_text"], r["target_year"] or 0) for r in rows]
    assert len(set(keys)) == len(keys)
    assert keys == sorted(keys)


def test_repeats_name_the_first_of_equal_commitments(plan):
    _, _, rows = plan
    first = {r["start"]: r for r in rows}
    for row in rows:
        if row["repeats"] is None:
            continue
        origin = first[row["repeats"]]
        assert origin["start"] < row["start"] and origin["repeats"] is None, row
        for name in ("indicator", "kind", "value", "target_year", "direction", "tier"):
            assert origin[name] == row[name], (name, row)


def test_agencies_stand_in_the_paragraph_of_their_row(plan):
    doc, source, rows = plan
    lines = read_jsonl(LABELS / f"{doc}.agencies.jsonl")
    assert [line["start"] for line in lines] == sorted({r["start"] for r in rows})
    for line in lines:
        end = source.text.find("\n", line["start"])
        closing = source.text[line["start"] : end if end >= 0 else None].rstrip("。 ")
        named = [name for side in ("lead", "support") for name in line[side] or []]
        assert len(set(named)) == len(named), line
        listed = re.search(r"牵头|牽頭|负责|負責|配合|责任单位", closing[-200:])
        assert bool(named) == bool(listed and closing.endswith((")", "\uff09"))), line
        for name in named:
            assert name in closing and not name.endswith("等"), (name, line)


def test_lines_are_plain_json_objects_written_one_way():
    for path in LABELS.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert json.dumps(json.loads(line), ensure_ascii=False) == line, path.name
