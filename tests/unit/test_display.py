"""Wording: both languages complete, a value with its bound, unit and effort, nothing read as markup."""

import ast
import importlib
import re
import string
import sys
import tomllib
from functools import cache

import pytest
from conftest import ROOT
from release_samples import comparison, target

from compare import charts
from compare.analysis import indicator, notebook_output, target_lists
from compare.analysis.selection import STATUSES
from compare.base.errors import CompareError
from compare.charts import style
from compare.display import code_words, messages, values

MESSAGES = tomllib.loads((ROOT / "src/compare/display/messages.toml").read_text(encoding="utf-8"))


# ------------------------------------------------------------------ values
def test_a_bound_effort_and_tier_are_said():
    row = {"value_std": 95.0, "unit_std": "%", "comparator": ">=", "effort": "strive"}
    assert values.target_value(comparison(**row), "zh") == "力争不低于95%"
    assert values.target_value(comparison(**row), "en") == "strive for at least 95%"
    higher = target(value_std=21.6, unit_std="%", comparator="=", effort="strive")
    row = {"value_std": 20.0, "unit_std": "%", "comparator": "~", "effort": "firm"}
    said = values.target_value(comparison(**row), "en", stretch=higher)
    assert said == "about 20%, strive for 21.6%"
    cut = row | {"measure": "change", "direction": "down", "comparator": "="}
    assert values.target_value(comparison(**cut), "zh") == "下降20%"
    assert values.target_value(target(kind="deferred"), "zh") == "数值由上级下达"


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (3200, "MW", "320万千瓦", "3,200 MW"),
        (31_000, "MW", "3,100万千瓦", "31 GW"),
        (7e8, "m3", "7亿立方米", "700 million m³"),
        (-1.5, "pp", "−1.5个百分点", "−1.5 pp"),
        (2028, "year", "2028年", "2028"),
    ],
)
def test_units_that_readers_use(value, unit, zh, en):
    assert values.quantity(value, unit, "zh") == zh
    assert values.quantity(value, unit, "en") == en


@pytest.mark.parametrize(
    ("row", "zh", "en"),
    [
        ({"value": 21.0, "unit": "%", "comparator": ">="}, "≥21%", "≥21%"),
        ({"value": 2030.0, "kind": "peak", "comparator": "<="}, "2030年前", "by 2030"),
        ({"value": 2030.0, "kind": "peak", "comparator": "="}, "2030年", "in 2030"),
        (
            {"kind": "directional", "direction": "up"},
            "仅有方向 · 提高",
            "direction only, no level · up",
        ),
        (
            {
                "value": 18.0,
                "unit": "%",
                "comparator": "~",
                "measure": "change",
                "direction": "down",
            },
            "下降 ≈18%",
            "down by ≈18%",
        ),
        (
            {"value": 5.0, "value_max": 6.0, "unit": "%", "comparator": "=", "measure": "growth"},
            "年均增长 5–6%",
            "up per year by 5–6%",
        ),
        (
            {"value": 3.0, "unit": "GW", "comparator": "=", "effort": "strive"},
            "力争 3GW",
            "strive for 3 GW",
        ),
        (
            {"value": 9.0, "unit": "t", "comparator": "=", "period": "annual"},
            "每年 9t",
            "per year 9 t",
        ),
        (
            {
                "value": 100.0,
                "unit": "%",
                "kind": "verbal",
                "comparator": "=",
                "value_text": "全部",
            },
            "全部(100%)",
            "全部 (100%)",
        ),
    ],
)
def test_a_value_is_said_as_its_plan_writes_it(row, zh, en):
    row = target(**{"kind": "numeric", "measure": "level", "effort": "firm"} | row)
    assert (values.written_value(row, "zh"), values.written_value(row, "en")) == (zh, en)


# ------------------------------------------------------------------ messages
def places(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_both_languages_say_the_same():
    for group, entries in MESSAGES.items():
        for name, entry in entries.items():
            if not isinstance(entry, dict) or group in ("unit", "per_head"):
                continue
            assert {"zh", "en"} <= set(entry) <= {"zh", "en", "en_one"}, f"{group}.{name}"
            differ = places(entry["zh"]) ^ places(entry["en"])
            assert differ <= {"n", "all"}, f"{group}.{name}"  # 等7个; and 2 more
            assert places(entry.get("en_one", "")) <= places(entry["en"]), f"{group}.{name}"
            assert not re.search("[一-鿿]", re.sub("力争|争取|努力", "", entry["en"])), (
                f"{group}.{name}"
            )


@cache
def asked_for() -> set[str]:
    """Keys that the code asks for, as patterns: a part that is filled in stands for any."""
    asked = set()
    for path in (ROOT / "src/compare").rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        inside = {id(v) for node in nodes if isinstance(node, ast.JoinedStr) for v in node.values}
        for node in nodes:
            if id(node) in inside:
                continue
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            texts = [
                re.escape(p.value)
                if isinstance(p, ast.Constant) and isinstance(p.value, str)
                else ".+"
                for p in parts
            ]
            asked.add("".join(texts))
    return {key for key in asked if re.match(r"\w+\\\.[\w.+]+$", key)}


def test_every_message_that_is_asked_for_exists():
    known = [f"{group}.{name}" for group, names in MESSAGES.items() for name in names]
    groups = "|".join(MESSAGES)
    asked = {k for k in asked_for() if re.match(rf"({groups})\\\.", k)}
    assert len(asked) > 300
    assert [k for k in asked if not any(re.fullmatch(k, name) for name in known)] == []


def test_every_message_is_asked_for():
    asked = re.compile("|".join(asked_for()))
    looked_up = {"unit", "per_head", "superior"}  # by their values
    keys = [f"{g}.{name}" for g, names in MESSAGES.items() if g not in looked_up for name in names]
    assert [key for key in keys if not asked.fullmatch(key)] == []


def test_an_unknown_message_is_a_line():
    with pytest.raises(CompareError, match=r"'table\.nonsense'"):
        messages.message("table.nonsense", "zh")


def test_codes_have_words():
    for status in STATUSES:
        for group in ("status", "status_count"):
            assert messages.message(f"{group}.{status}", "zh", n=2)
    for sector in target_lists.SECTORS:
        assert target_lists.sector_name(sector, "en") != sector


def test_no_word_of_a_plan_is_markdown():
    said = messages.markdown(
        "indicator.headline_one", "en", year=2025, place="*a*_b_[c](d)", target="~1%|<b>"
    )
    assert said == r"Only \*a\*\_b\_\[c\](d) gives a figure for 2025: \~1%\|\<b\>"


# ------------------------------------------------------------------ old names
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("compare.display.value_words", values.written_value),
        ("compare.display.word", code_words.code_word),
        ("compare.text.say", messages.message),
        ("compare.text.md", messages.markdown),
        ("compare.text.bounded", values.standard_with_bound),
        ("compare.text.Text", notebook_output.Text),
        ("compare.tables.Table", notebook_output.Table),
        ("compare.tables.nothing", notebook_output.status_cell),
        ("compare.charts.Line", charts.BenchmarkLine),
        ("compare.style.applied", style.applied),
        ("compare.story.indicator.opening", indicator.opening),
    ],
)
def test_names_of_release_0_1_work_with_a_warning(old, new):
    module, _, name = old.rpartition(".")
    with pytest.warns(FutureWarning, match="the old name goes with release 0.3"):
        if module not in (
            "compare.display",
            "compare.charts",
        ):  # an import that was warned of is not warned of again
            sys.modules.pop(module, None)
        assert getattr(importlib.import_module(module), name) is new
