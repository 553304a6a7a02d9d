"""One vocabulary of units: what is read can be standardised, and what the table holds is read."""

from __future__ import annotations

import pytest
from conftest import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import extract
from compare.display.messages import all_messages
from compare.extraction.layout.normalise import clean
from compare.vocabulary import units
from compare.vocabulary.dimensions import dimensions, vocabulary
from compare.vocabulary.quantities import read_quantities, target_quantities
from compare.vocabulary.standard_values import Stated, standard_value
from compare.vocabulary.unit_words import unit_class, unit_words

SLACK = settings(max_examples=examples(300), deadline=None, derandomize=True)
WORDS = sorted(unit_words().class_of)
TABLE = {w for d in dimensions().values() for w in d.words} - {"plain"}
SPELLINGS = set(vocabulary()["spelling"])
# a share of a share or of a hundred thousand says nothing: multipliers stand before sizes
SIZES = sorted(w for w in TABLE if unit_class(w) not in ("share", "points", "tenths", "times"))
MULTIPLIERS = list(vocabulary()["multiplier"])


def read(unit: str, number: str = "5"):
    """The one quantity of a clean sentence that holds a number with this unit."""
    text = clean(f"X达到{number}{unit}").text
    (found,) = read_quantities(text, 0, len(text))
    return found, text


@pytest.mark.parametrize("word", sorted(TABLE | SPELLINGS))
def test_every_unit_of_the_table_is_read_whole_and_has_a_standard(word):
    found, text = read(word)
    assert text[found.start : found.end] == f"5{clean(word).text}"
    assert found.value == 5
    assert found.unit == clean(word).text
    known = units.parse(found.unit)
    assert known is not None
    assert known.dimension in dimensions()


def test_every_word_that_is_read_stands_in_the_table():
    assert set(WORDS) == TABLE | SPELLINGS


@SLACK
@given(st.sampled_from(MULTIPLIERS), st.sampled_from(SIZES))
def test_multiplied_units_are_read_and_standardised(multiplier, word):
    found, text = read(multiplier + word)
    assert text[found.start :] == f"5{multiplier}{word}"
    one, many = units.parse(word), units.parse(found.unit)
    assert many is not None
    assert many.dimension == one.dimension
    # 百 + 万千焦 and 百万 + 千焦 say the same
    assert many.factor == pytest.approx(one.factor * vocabulary()["multiplier"][multiplier])


@SLACK
@given(
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(SIZES),
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(SIZES),
)
def test_rates_are_read_and_standardised(first, above, second, below):
    unit = f"{first}{above}/{second}{below}"
    found, text = read(unit)
    assert text[found.start :] == f"5{unit}"
    assert found.dimension == "per"
    rate = units.parse(unit)
    over, under = units.parse(first + above), units.parse(second + below)
    assert rate is not None
    if rate.dimension not in dimensions():
        assert rate.dimension == f"{over.dimension}_per_{under.dimension}"
        assert rate.unit_std == f"{over.unit_std}/{under.unit_std}"
        assert rate.factor == pytest.approx(over.factor / under.factor)


@SLACK
@given(
    st.text(
        alphabet="0123456789.,至—～%万亿千百吨标准煤米瓦时/元平方公里个家座二三半成度kWhm²³",
        max_size=14,
    )
)
def test_whatever_is_read_can_be_standardised(words):
    text = clean(f"比例达到{words}。").text
    for q in read_quantities(text, 0, len(text)):
        assert not q.unit or units.parse(q.unit) is not None, (text, q)


@pytest.mark.parametrize(
    ("unit", "value_std", "unit_std"),
    [
        ("枪", 5, "count"),
        ("万尾", 50_000, "count"),
        ("米³", 5, "m3"),
        ("μg/m³", 5, "ug/m3"),
        ("千克标准油/吨", 0.005, "toe/t"),
        ("公里/平方公里", 0.05, "km/ha"),
        ("万人/平方公里", 500, "count/ha"),
        ("吨/吨标准煤", 5, "t/tce"),
        ("万千伏安", 50, "MVA"),
        ("番", 5, "doublings"),
        (":1", 5, "1"),
    ],
)
def test_units_that_were_read_and_had_no_standard(unit, value_std, unit_std):
    assert units.standardise(5, unit) == (pytest.approx(value_std), unit_std)


def test_a_figure_in_any_counting_word_does_not_stop_the_build():
    row = extract("到2025年,建成充电桩5000枪。").iloc[0].to_dict()
    assert (row["indicator"], row["unit"]) == ("charging_points", "枪")
    about = {k: row[k] for k in ("indicator", "value", "unit", "kind", "measure")}
    assert standard_value(Stated(words=row["indicator_text"], **about)).value == 5000


@pytest.mark.parametrize("unit", ["天", "年", "期", "批", "万里"])
def test_numbers_of_days_and_phases_are_read_and_set_no_target(unit):
    text = f"X达到5{unit}"
    assert [q.unit for q in read_quantities(text, 0, len(text))] == [unit]
    assert target_quantities(text, 0, len(text)) == []


@pytest.mark.parametrize("words", ["2025年", "±800千伏", "5G", "3级", "12号", "3月"])
def test_no_quantities(words):
    assert read_quantities(words, 0, len(words)) == []


def test_units_shown_to_readers_are_those_of_the_table():
    for unit_std, languages in all_messages()["unit"].items():
        for step in languages["zh"]:
            if step["unit"]:
                known = units.parse(step["unit"])
                assert known.unit_std == unit_std
                assert known.factor * step["factor"] == pytest.approx(1, rel=1e-9)
