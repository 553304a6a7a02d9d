"""What holds of extraction on any text: no error, exact spans, the same rows each time.

Random text, text built from fragments of the genre, and the genre's own sentences, damaged.
"""

import random

from conftest import examples
from extraction_contract import HERE, cases, check
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from text_guises import wrapped

from compare.extraction.assembly import extract_text

SLACK = settings(
    max_examples=examples(120),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)


# ---------------------------------------------------------------- any text
@SLACK
@given(st.text(max_size=300))
@example("")
@example("\ufeff到2025年\x00光伏装机达到320万千瓦\u202e。")
@example("到２０２５年，𠮷野縣森林覆蓋率達到60％。")
@example("到2025年,A达到1e309%,B达到" + "9" * 400 + "%。")
@example("到2025年，绿电比例达到百分之百分之十点。")
@example("到2025年，装机达到十百千万亿千瓦，比例达到零点成。")
def test_any_text_gives_rows_that_keep_the_contract(text):
    check(text, extract_text(text))


FRAGMENTS = [
    *(HERE / "genre" / "fragments.txt").read_text(encoding="utf-8").split(),
    *("\n", "\r\n", " ", "\u3000"),
]
NOISE = st.text(min_size=0, max_size=3)
# what PDF, web pages and office programs leave in a text
ODD = st.sampled_from(
    [
        *"\u200b\u200d\u2060\u00ad\ufe0f\u202e\ufeff\u2009\t\f\x0b\x85\u2028\x00\ud800㎾㎢㎥℃①❶㈠⒈²½•\uf0b7３％⽬⻛𝟐√|",
        *(
            "\r\n",
            "  ",
            "\t\t",
            "| ",
            "\n\n",
            "1 200",
            "20 25年",
            "6\n0%",
            "1..2%",
            "12,34,56%",
            "民国999年",
        ),
        *(
            "— 3 —",
            "\n3\n",
            "第3页 共20页",
            "(1)",
            "1)",
            "a)",
            "一是",
            "（一）",
            "2.",
            "——",
            "3.1",
            "主要目标\n",
        ),
        *("责任单位：", "（市能源局牵头，", "负责）", "各县〔市、区〕", "九" * 30, "9" * 50),
    ]
)


@SLACK
@given(
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(FRAGMENTS), NOISE), max_size=60)
)
def test_shuffled_fragments_of_the_genre_keep_the_contract(parts):
    text = "".join(parts)
    check(text, extract_text(text))


@SLACK
@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), ODD), max_size=40))
def test_fragments_with_what_files_leave_in_a_text_keep_the_contract(parts):
    text = "".join(parts)
    check(text, extract_text(text))


@SLACK
@given(st.sampled_from(cases()), st.integers(8, 40), st.booleans(), st.integers(0, 3))
def test_wrapped_cases_of_the_genre_keep_the_contract(text, width, cut, first):
    changed = wrapped(text, width, page="— {} —", lines=7, first=first, cut=cut)
    check(changed, extract_text(changed))


@SLACK
@given(st.integers(0, 10**9))
def test_damaged_sentences_of_the_genre_keep_the_contract(seed):
    rng = random.Random(seed)
    text = list(rng.choice(cases()))
    for _ in range(rng.randint(1, 30)):
        at = rng.randrange(len(text))
        what = rng.random()
        if what < 0.4:
            del text[at : at + rng.randint(1, 6)]
        elif what < 0.8:
            text[at:at] = rng.choice(FRAGMENTS)
        else:
            text[at:at] = text[at : at + rng.randint(1, 12)]
        text = text or ["。"]
    damaged = "".join(text)
    check(damaged, extract_text(damaged))


def test_the_same_text_gives_the_same_rows():
    for text in cases()[::15]:
        assert extract_text(text) == extract_text(text)


def test_two_horizons_of_one_span_have_ids_of_their_own_and_the_first_keeps_its_id():
    from compare.extraction.row.target_ids import target_id, target_ids
    from compare.review.rows import reviewed_row

    text = "“十四五”、“十五五”期间,新增抽水蓄能装机分别不低于200万千瓦,每年新建绿道30公里。"
    rows = [r for r in extract_text(text) if r.unit == "公里"]
    assert [r.target_year for r in rows] == [2025, 2030]
    kept = [reviewed_row(r) for r in rows]
    ids = target_ids(kept)
    assert len(set(ids)) == 2
    assert ids[::-1] == target_ids(kept[::-1])
    assert ids[0] == target_id("text", rows[0].start, rows[0].indicator_text)
