"""Units: Chinese units, both scripts, one standard unit per dimension; nothing guessed."""

from dataclasses import replace

import pytest

from compare.base.errors import CompareError
from compare.vocabulary import units
from compare.vocabulary.standard_values import (
    StandardValue,
    Stated,
    checked_unit,
    standard_value,
)

ROW = Stated(
    indicator="solar_capacity",
    words="光伏装机容量",
    value=320.0,
    unit="万千瓦",
    where="somewhere at 123",
    evidence="到2025年,光伏装机容量达到320万千瓦。",
)


@pytest.mark.parametrize(
    ("value", "unit", "std", "unit_std"),
    [
        (320, "万千瓦", 3200, "MW"),
        (320, "萬千瓦", 3200, "MW"),
        (12, "亿千瓦", 1_200_000, "MW"),
        (60, "百萬瓩", 60_000, "MW"),
        (1.5, "吉瓦", 1500, "MW"),
        (35, "亿千瓦时", 3_500_000, "MWh"),
        (2, "万度", 20, "MWh"),
        (4.45, "亿立方米", 445_000_000, "m3"),
        (42.68, "万立方米", 426_800, "m3"),
        (27, "万亩", 18_000, "ha"),
        (2500, "万平方米", 2500, "ha"),
        (3, "平方公里", 300, "ha"),
        (11, "億噸", 1.1e9, "t"),
        (5, "公吨", 5, "t"),
        (80, "万吨标准煤", 800_000, "tce"),
        (104, "千克标准煤/吨", 104, "kgce/t"),
        (300, "克标准煤/千瓦时", 300, "gce/kWh"),
        (0.4, "吨标准煤/万元", 0.4, "tce/10k CNY"),
        (100, "万标箱", 1_000_000, "TEU"),
        (318, "公里", 318, "km"),
        (1.2, "万亿元", 1.2e12, "CNY"),
        (3, "成", 30, "%"),
        (2, "倍", 2, "1"),
        (1.5, "℃", 1.5, "degC"),
        (35, "微克/立方米", 35, "ug/m3"),
        (4.5, "立方米/亩", 67.5, "m3/ha"),
        (1200, "吨/日", 1200, "t/day"),
        (12, "萬輛", 120_000, "count"),
        (50, "家", 50, "count"),
        (500, "亿", 5e10, "1"),
    ],
)
def test_standard_values(value, unit, std, unit_std):
    got = units.standardise(value, unit)
    assert got == (pytest.approx(std, rel=1e-12), unit_std)


def test_percentage_points_are_no_percent():
    assert units.parse("个百分点").unit_std == "pp"
    assert units.parse("個百分點").dimension != units.parse("%").dimension
    level = replace(ROW, indicator="nonfossil_share", value=2.0, unit="个百分点")
    with pytest.raises(CompareError, match="points"):
        checked_unit(level)
    assert checked_unit(replace(level, measure="change")).unit_std == "pp"


def test_coal_equivalent_is_not_electricity():
    assert units.parse("吨标准煤").dimension != units.parse("兆瓦时").dimension


@pytest.mark.parametrize("unit", ["元/平方丈", "", "a**b", "2", "__import__", "万吨煤饼"])
def test_unknown_unit_is_none(unit):
    assert units.parse(unit) is None
    assert units.standardise(3, unit) == (None, None)


def test_unknown_unit_names_the_row():
    with pytest.raises(CompareError) as error:
        standard_value(replace(ROW, unit="匹"))
    for word in ("somewhere", "123", "匹", "solar_capacity", "光伏装机容量达到"):
        assert word in str(error.value)
    assert "\n" not in str(error.value)
    nothing = standard_value(replace(ROW, unit="匹", indicator="other"))
    assert nothing == StandardValue(None, None, None)


def test_wrong_dimension_is_an_error():
    with pytest.raises(CompareError, match="energy"):
        checked_unit(replace(ROW, unit="万千瓦时"))
    growth = replace(ROW, measure="growth", unit="%", value=20.0)
    assert standard_value(growth).unit == "%"


def test_no_unit_is_never_supplied():
    assert standard_value(replace(ROW, indicator="pue", value=1.3, unit=None)).unit == "1"
    cluster = replace(ROW, indicator="industry_output", value=500.0, unit="亿")
    assert standard_value(cluster) == StandardValue(5e10, None, "1")
    with pytest.raises(CompareError, match="without unit"):
        checked_unit(replace(ROW, unit=None))


def test_area_named_in_the_indicator():
    row = replace(ROW, indicator="forest_stock_density", value=4.5, unit="立方米")
    assert standard_value(replace(row, words="亩均森林蓄积量")).value == 67.5
    hectare = replace(row, words="每公顷森林蓄积量", value=95.0)
    assert standard_value(hectare).value == 95
    assert standard_value(hectare).unit == "m3/ha"


def test_range_and_missing_value():
    both = standard_value(replace(ROW, value=30.0, value_max=40.0))
    assert (both.value, both.value_max) == (300, 400)
    assert standard_value(replace(ROW, value=None, unit=None)).unit is None


def test_per_head():
    factor, name = units.per_head("MW")
    assert (3600 / 3_367_579 * factor, name) == (pytest.approx(1.069017), "kW/person")
    assert units.per_head("%") is None
