"""What single characters mean, and numbers: read as what they say, or not at all, and never out of place."""

from __future__ import annotations

import math
import unicodedata

import pytest
from conftest import examples
from extraction_contract import check
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import extract
from compare.extraction.assembly import extract_text
from compare.extraction.layout.normalise import clean
from compare.vocabulary.characters import meaning, odd_characters, one_to_one, readable
from compare.vocabulary.numbers import any_number, han_number
from compare.vocabulary.units import standardise

SLACK = settings(max_examples=examples(200), deadline=None, derandomize=True)

MEANINGS = {
    "％３，；：（）～": "%3,;:()~",
    "⽬⼆⺠⻛⻋⻓": "目二民风车长",
    "\uf98e\uf9e4": "年理",
    "𝟐٣२": "232",
    "❶➂㊄⓾": "①③⑤⑩",
    "−‐–―∶∼": "—-——:~",
    "\uf0b7": "•",
    "₂": "2",
    "①²³ⅢＫ℃‰½": "①²³ⅢK℃‰½",
    "\ud800": "\ufffd",
}


def test_what_characters_mean():
    for chars, meant in MEANINGS.items():
        assert "".join(map(meaning, chars)) == meant
    several = {"㎾": "kW", "㎿": "MW", "㎢": "km2", "㎥": "m3", "㎡": "m2", "㎏": "kg", "㎞": "km", "㏊": "ha", "㈠": "(一)", "⑴": "(1)", "⒈": "1."}  # fmt: skip
    assert {c: meaning(c) for c in several} == several


def test_no_character_of_category_cf_and_no_variation_selector_means_anything():
    codes = [*range(0x20, 0x3000), *range(0xFE00, 0xFE10), *range(0xFFF0, 0x10000), *range(0xE0000, 0xE01F0)]  # fmt: skip
    unseen = [chr(c) for c in codes if unicodedata.category(chr(c)) == "Cf"]
    assert len(unseen) > 100
    assert {meaning(c) for c in unseen} == {""}
    assert {meaning(c) for c in "\ufe00\ufe0f\U000e0100\u180b\u034f\u00ad\ufeff"} == {""}


@SLACK
@given(st.text(max_size=200))
def test_characters_are_replaced_one_to_one(text):
    odd = odd_characters(text)
    plain = one_to_one(text, odd)
    assert len(plain) == len(text) == len(readable(text))
    assert [m for _, m in odd_characters(plain) if len(m) < 2] == []


@SLACK
@given(st.text(alphabet="到2025年达 \n\t\u3000\u200b㎾㎢⒈⽬⻛－１％、。；１０", max_size=80))
def test_every_clean_character_stands_for_the_raw_one_at_its_place(raw):
    text = clean(raw)
    for at, char in enumerate(text.text):
        own = raw[text.raw(at)]
        assert char in meaning(own) or (char in "\n " and own.isspace()), (at, char, own)
        assert text.raw_end(at + 1) == text.raw(at) + 1


@pytest.mark.parametrize(
    ("words", "value_std", "unit_std"),
    [
        ("光伏装机达到5600㎾", 5.6, "MW"),
        ("光伏装机达到12㎿", 12, "MW"),
        ("海绵城市面积达到42㎢", 4200, "ha"),
        ("日供水能力达到8万㎥", 80_000, "m3"),
        ("绿色建筑面积达到90万㎡", 90, "ha"),
        ("公交专用道达到35㎞", 35, "km"),
        ("人均垃圾产生量控制在0.9㎏以内", 0.0009, "t"),
        ("年发电量达到3亿㎾·h", 300_000, "MWh"),
        ("年发电量达到3亿㎾时", 300_000, "MWh"),
        ("造林面积达到600㏊", 600, "ha"),
    ],
)
def test_signs_of_units_are_read_and_have_a_standard(words, value_std, unit_std):
    text = f"到2025年，{words}。"
    (row,) = extract_text(text)
    check(text, [row])
    assert standardise(row.value, row.unit) == (pytest.approx(value_std), unit_std)


NUMBERS = {
    "３．５％": 3.5,
    "1 200万千瓦": 1200,
    "1\u2009200万千瓦": 1200,
    "1\u202f200\u00a0000千瓦": 1_200_000,
    "1,250.5万吨": 1250.5,
    "6 0 . 5 %": 60.5,
    "6\u30000%": 60,
    "2\n00万吨": 200,
    "百分之六十点五": 60.5,
    "一百二十万千瓦": 120,
}
NO_NUMBERS = (
    "九" * 400 + "倍",
    "9" * 400 + "%",
    "9" * 5000 + "万千瓦",
    "百分之" + "九" * 400,
    "9" + ",999" * 200 + "万千瓦",
    "60%-" + "9" * 400 + "%",
    "1e400%",
    "12,34,56%",
    "1,2%",
    "1..2%",
    "1.2.3%",
    "十百千万千瓦",
)


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_are_read_however_they_are_written(number):
    text = f"到2025年，全市节能改造的规模指标达到{number}以上。"
    (row,) = extract_text(text)
    check(text, [row])
    assert (row.value, row.value_text) == (NUMBERS[number], number)


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_what_is_no_number_gives_no_row_and_no_overflow(number):
    assert extract_text(f"到2025年，全市节能改造的规模指标达到{number}。") == []


def test_a_year_of_no_calendar_dates_nothing():
    for text in ("民国999年，绿电比例达到60%。", "到" + "9" * 5000 + "年，绿电比例达到60%。"):
        assert all((row.target_year or 0) < 2300 for row in extract_text(text))


def test_columns_of_figures_stay_apart():
    for text in ("装机\t15\t20%", "装机  15  20%", "装机 15.2 20%", "年份 2020 2025"):
        digits = clean(text).text
        assert "1520" not in digits and "15.220" not in digits and "20202025" not in digits


def test_numerals():
    said = {"二十五": 25, "一百二": 120, "一百零二": 102, "两千三": 2300, "三百零五": 305, "二〇二五": 2025, "三点五": 3.5, "半": 0.5}  # fmt: skip
    assert {words: han_number(words) for words in said} == said
    for words in ("十十", "百千", "一千一千", "点五", "九" * 400):
        with pytest.raises(ValueError):
            han_number(words)
    with pytest.raises(ValueError):
        any_number("9" * 400)


HALVES = st.text(st.sampled_from("到2025年绿电比例达到60%。，\n\ud800\udfff\ud83d"), max_size=60)


@SLACK
@given(HALVES)
def test_halves_of_pairs_pass(text):
    rows = extract_text(text)
    check(text, rows)
    assert all(r.value is None or math.isfinite(r.value) for r in rows)
    assert len(extract(text)) == len(rows)
