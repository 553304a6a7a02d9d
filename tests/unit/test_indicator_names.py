"""Names as plans word them have the id of what they measure; near names have another, or none."""

from __future__ import annotations

import csv

import pytest
from conftest import ROOT

from compare.base.errors import CompareError
from compare.extraction.subject.indicator_match import indicator_of
from compare.vocabulary import indicators

with (ROOT / "data" / "labels" / "indicator_names.tsv").open(encoding="utf-8") as file:
    NAMES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_each_name_has_its_id():
    wrong = [
        (row["name"], row["indicator"], got)
        for row in NAMES
        if (got := indicator_of(row["name"], row["dimension"], row["measure"], row["kind"]))
        != row["indicator"]
    ]
    assert not wrong


def test_every_indicator_has_names_and_no_name_is_there_twice():
    assert {r["indicator"] for r in NAMES} == {*indicators.known(), "other"} - {"co2_peak"}
    keys = [(r["name"], r["dimension"], r["measure"], r["kind"]) for r in NAMES]
    assert len(set(keys)) == len(keys)


def test_parts_are_found_in_any_order_and_an_unknown_part_is_one_clear_error():
    pattern = indicators.compiled("x", [["铁路", "货", "{share}"], "^集疏运$"])
    assert pattern.search("货运量中铁路占比")
    assert pattern.search("铁路货运比重")
    assert not pattern.search("铁路货运量")
    assert pattern.search("集疏运")
    with pytest.raises(CompareError, match="shares"):
        indicators.compiled("x", "{shares}")
