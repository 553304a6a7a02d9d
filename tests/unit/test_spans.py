"""Spans with roles: each row knows where the words stand that made it, on any text."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations

import pytest
from conftest import ROOT, examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from compare.base.workspace import raw_dir
from compare.evaluation.labels import read_jsonl
from compare.extraction.assembly import extract_text
from compare.extraction.layout.located import NOWHERE, Located, group, joined, runs, split, without
from compare.extraction.layout.normalise import clean
from compare.extraction.row.extracted_target import ExtractedTarget
from compare.extraction.row.spans import ROLES
from compare.intake.source import read_source
from compare.vocabulary.lexicon import rx

GENRE = ROOT / "data" / "labels" / "genre"
FILES = sorted(p.stem for p in GENRE.glob("*.jsonl"))
FRAGMENTS = [*(GENRE / "fragments.txt").read_text(encoding="utf-8").split(), "\n", "\r\n", "\u3000"]
SLACK = settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
DIGITS = "〇一二三四五六七八九"
T2S = OpenCC("t2s")
STRIVE = "力争|争取|努力|力求|争创"


def rows_of(text: str) -> list[ExtractedTarget]:
    return extract_text(text, with_spans=True)


def simplified(words: str) -> str:
    """Clean words in Simplified script, character for character."""
    return "".join(T2S.convert(c) for c in clean(words).text)


def says_year(words: str, year: int) -> bool:
    """Whether words name a year: 2025, 二〇二五, 2024/25, 十四五, 今年, 119 of the Republic, or a plan's term."""
    if rx("[两二三四五]年(?:时间|内|间)?$|[规计]划期|全年|下半年|[春夏秋冬]季|季度").search(words):
        return True  # the term of the plan, or the year that it is for
    if rx("今年|明年|后年|本年度?|当年|^(?:到|在)?年[底末内]|^\\d{1,2}月").search(words):
        return True  # counted from the year of issue
    words = clean(words).text.translate(str.maketrans("零○O", "〇〇〇"))
    number = (year - 2005) // 5  # of the five-year plan, the tenth is 0
    plan = f"十{DIGITS[number]}五" if year % 5 == 0 and 0 < number < 10 else None
    written = [str(year), "".join(DIGITS[int(d)] for d in str(year)), plan]
    fiscal = f"{str(year)[:2]}{str(year - 1)[2:]}"
    if rx(rf"{fiscal}[-/]{str(year)[2:]}").search(words):
        return True
    if year > 1911 and rx(rf"(?<!\d){year - 1911}(?!\d)").search(words):
        return True
    return any(w and w in words for w in written)


def check(text: str, row: ExtractedTarget) -> None:
    """What holds of the spans of every row."""
    by = {role: [s for s in row.spans if s.role == role] for role in ROLES}
    words = {role: [text[s.start : s.end] for s in found] for role, found in by.items()}
    assert {s.role for s in row.spans} <= set(ROLES)
    assert all(0 <= s.start < s.end <= len(text) for s in row.spans)
    assert [s[:2] for s in row.spans] == sorted(s[:2] for s in row.spans)
    for a, b in combinations(row.spans, 2):
        inside = (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end)
        assert a.end <= b.start or b.end <= a.start or inside, (a, b)
    assert words["value"] == [row.value_text] and by["value"][0].start == row.start
    for role, column in (("horizon", "target_year"), ("baseline", "baseline_year")):
        if getattr(row, column) is None:
            assert not words[role]
        else:
            assert len(words[role]) == 1
            assert says_year(words[role][0], getattr(row, column)), (
                words[role],
                getattr(row, column),
            )
    assert len(words["effort"]) == (row.effort == "strive")
    assert all(rx(STRIVE).fullmatch(simplified(w)) for w in words["effort"]), words["effort"]
    if row.comparator in (None, "="):
        assert not words["bound"]
    elif row.kind != "peak":  # within a five-year plan: no word of a bound
        assert len(words["bound"]) == 1, row
    for piece in words["indicator"]:
        more = Counter(simplified(piece)) - Counter(simplified(row.indicator_text))
        assert not more, (piece, row.indicator_text)
    assert words["indicator"] or row.indicator_text in row.value_text or _put_in(row)


def _put_in(row: ExtractedTarget) -> bool:
    """A peak that names nothing is of carbon: the words are ours."""
    return row.kind == "peak" and row.indicator_text == "碳达峰"


@pytest.mark.parametrize("doc", sorted(p.name for p in raw_dir().iterdir() if p.is_dir()))
def test_spans_of_the_plans(doc):
    source = read_source(raw_dir() / doc)
    rows = extract_text(source.text, source.start, source.end, doc, with_spans=True)
    assert rows
    for row in rows:
        check(source.text, row)


@pytest.mark.parametrize("name", FILES)
def test_spans_of_labelled_sentences(name):
    for case in read_jsonl(GENRE / f"{name}.jsonl"):
        for row in rows_of(case["text"]):
            check(case["text"], row)


@SLACK
@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=3)), max_size=60))
def test_spans_of_any_text(parts):
    text = "".join(parts)
    for row in rows_of(text):
        check(text, row)


@SLACK
@given(
    st.integers(2026, 2060),
    st.integers(1, 999),
    st.sampled_from(["不低于{}%", "{}%以上", "{}%左右", "超过{}%", "控制在{}%以内", "{}%"]),
    st.sampled_from(["", "力争", "努力"]),
    st.sampled_from(["森林覆盖率", "绿色建筑占比", "单位GDP能耗较2020年降低"]),
)
def test_spans_of_a_made_sentence(year, number, bound, effort, name):
    text = f"{effort}到{year}年，{name}{bound.format(number)}。"
    (row,) = rows_of(text)
    check(text, row)
    assert (row.target_year, row.value) == (year, number)


@cache
def used(text: str) -> list[dict[str, list[str]]]:
    out = []
    for row in rows_of(text):
        words: dict[str, list[str]] = {}
        for s in row.spans:
            words.setdefault(s.role, []).append(text[s.start : s.end])
        out.append(words)
    return out


def test_what_was_used_may_stand_before_the_paragraph():
    text = "力争到2030年，实现以下目标：\n1.森林覆盖率达到60%以上。\n2.绿色建筑占比达到80%。"
    assert used(text) == [
        {"effort": ["力争"], "horizon": ["2030年"], "indicator": ["森林覆盖率"], "value": ["60%"], "bound": ["以上"]},
        {"effort": ["力争"], "horizon": ["2030年"], "indicator": ["绿色建筑占比"], "value": ["80%"]},
    ]  # fmt: skip


def test_each_row_has_the_year_and_the_bound_that_are_its_own():
    text = "到2026年、2030年，占比分别不低于20%、30%以上。"
    first, second = used(text)
    assert first["horizon"] == ["2026年"] and first["bound"] == ["不低于"]
    assert second["horizon"] == ["2030年"] and second["bound"] == ["以上"]
    first, second = used("到2030年，风电、光伏装机分别达到10万千瓦、20万千瓦左右。")
    assert first["indicator"] == ["风电", "装机"] and second["indicator"] == ["光伏装机"]
    assert first["bound"] == second["bound"] == ["左右"]


def test_offsets_are_those_of_the_raw_text():
    text = "到２０３０\n年，森 林\n- 7 -\n覆盖率達到６０％以\n上。"
    (words,) = used(text)
    assert words["horizon"] == ["２０３０\n年"] and words["value"] == ["６０％"]
    assert words["bound"] == ["以\n上"] and words["indicator"] == ["森 林", "覆盖率"]


def test_located_words_keep_their_places_through_what_is_done_to_names():
    words = Located("到年底,全市森林覆盖率", range(100, 111))
    name = words.removeprefix("到年底,").strip("全市")
    assert (name, runs(name)) == ("森林覆盖率", [(106, 111)])
    assert runs("城镇" + name[:2] + name[3:]) == [(106, 108), (109, 111)]
    assert runs(without(rx("覆."), name)) == [(106, 108), (110, 111)]
    assert [runs(p) for p in split(rx("林"), name)] == [[(106, 107)], [(108, 111)]]
    assert runs(joined([name[:1], "", name[1:2]])) == [(106, 108)]
    assert runs(group(rx("盖(率)").search(name), name, 1)) == [(110, 111)]
    assert (name + "x").at[-1] == NOWHERE and type(str(name)) is str
    assert runs("plain") == []


@SLACK
@given(st.text("ab,、", max_size=12), st.text("ab,、", max_size=3))
def test_located_words_are_text_like_any_other(text, piece):
    words = Located(text, range(len(text)))
    for done in (
        lambda t: t.strip(piece or None),
        lambda t: t.removeprefix(piece),
        lambda t: t.removesuffix(piece),
        lambda t: piece + t + piece,
        lambda t: t[1:-1],
    ):
        assert done(words) == done(text)
        assert all(
            at == NOWHERE or text[at] == c
            for c, at in zip(done(words), done(words).at, strict=True)
        )
    if piece:
        assert words.partition(piece) == text.partition(piece)
        assert words.rpartition(piece) == text.rpartition(piece)
