"""What holds of extraction on any text: no error, exact spans, the same rows in another guise.

Random text and text built from fragments of the genre; the five plans and the genre's cases after
conversions that do not change what is said; inputs made to blow patterns up.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from functools import cache

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from compare.base import fields
from compare.base.workspace import raw_dir
from compare.evaluation.labels import read_jsonl
from compare.extraction.assembly import extract_text
from compare.intake.source import read_source

HERE = ROOT / "data" / "labels"
CODES = {f.name: f.codes for f in fields.table("targets").columns if f.codes}
SLACK = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def check(text: str, rows: list[dict]) -> None:
    """The contract of every row, whatever the text."""
    assert [r["start"] for r in rows] == sorted(r["start"] for r in rows)
    keys = [(r["start"], r["indicator_text"], r["target_year"], r["tier"]) for r in rows]
    assert len(set(keys)) == len(keys)
    starts = {r["start"] for r in rows}
    for r in rows:
        assert 0 <= r["start"] < r["end"] <= len(text)
        assert text[r["start"] : r["end"]] == r["value_text"]
        a = r["evidence_start"]
        assert text[a : a + len(r["evidence"])] == r["evidence"]
        assert a <= r["start"] and r["end"] <= a + len(r["evidence"])
        assert r["indicator_text"].strip() and r["measure"] and r["tier"] and r["effort"]
        assert r["repeats"] is None or (r["repeats"] in starts and r["repeats"] < r["start"])
        for name, allowed in CODES.items():
            assert r.get(name) is None or r[name] in allowed, (name, r)
        if r["kind"] in ("deferred", "directional"):
            assert r["value"] is None and r["comparator"] is None
        else:
            assert r["comparator"] or r["value"] is None
        assert (r["direction"] is None) == (r["measure"] == "level")


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


@SLACK
@given(
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(FRAGMENTS), NOISE), max_size=60)
)
def test_shuffled_fragments_of_the_genre_keep_the_contract(parts):
    text = "".join(parts)
    check(text, extract_text(text))


@cache
def cases() -> tuple[str, ...]:
    return tuple(
        c["text"]
        for name in ("forms", "unseen", "further")
        for c in read_jsonl(HERE / "genre" / f"{name}.jsonl")
    )


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


# ---------------------------------------------------------------- the same text in another guise
_HALF, _FULL = "0123456789,;:()%", "０１２３４５６７８９，；：（）％"
_WORD = re.compile(r"[0-9A-Za-z.０-９]")


@cache
def _opencc(name: str):
    import opencc

    return opencc.OpenCC(name).convert


def full_width(text: str) -> str:
    """Digits and marks at full width; the comma of 1,250 and the decimal point stay."""
    text = re.sub(r"[0-9;:()%]", lambda m: _FULL[_HALF.index(m[0])], text)
    return re.sub(r"(?<![0-9０-９]),|,(?![0-9０-９]{3})", "，", text)


def half_width(text: str) -> str:
    return text.translate({ord(f): h for f, h in zip(_FULL, _HALF, strict=True)})


def spaced(text: str) -> str:
    return re.sub(r"\d+(?:[.,]\d+)*", r" \g<0> ", text)


def wrapped(text: str, width: int, page: str = "", lines: int = 25) -> str:
    """Lines of ``width`` as PDF text has them: a number or word stays whole, no line opens with
    a mark. ``page`` stands behind every ``lines`` lines, ``{}`` in it is the page's number."""
    out: list[str] = []
    for line in text.split("\n"):
        at = 0
        while True:
            end = min(len(line), at + width)
            while (
                at + 1 < end < len(line) and _WORD.match(line[end]) and _WORD.match(line[end - 1])
            ):
                end -= 1
            while end < len(line) and line[end] in "，。；：、）》”,.;:)%％":
                end += 1
            out.append(line[at:end])
            at = end
            if page and len(out) % lines == 0:
                out.append(page.format(len(out) // lines))
            if at >= len(line):
                break
    return "\n".join(out)


GUISES = {
    "traditional": lambda t: _opencc("s2t")(t),
    "traditional, Taiwan": lambda t: _opencc("s2tw")(t),
    "traditional, words of Taiwan": lambda t: _opencc("s2twp")(t),
    "traditional, Hong Kong": lambda t: _opencc("s2hk")(t),
    "simplified": lambda t: _opencc("t2s")(t),
    "full width": full_width,
    "half width": half_width,
    "spaces around numbers": spaced,
    "line ends of Windows": lambda t: t.replace("\n", "\r\n"),
    "lines of 34": lambda t: wrapped(t, 34),
    "lines of 40": lambda t: wrapped(t, 40),
    "lines of 34 with page numbers": lambda t: wrapped(t, 34, "— {} —"),
    "lines of 40 with page numbers": lambda t: wrapped(t, 40, "{}"),
    "lines of 40 with page breaks": lambda t: wrapped(t, 40, "\n- {} -\n\f"),
}


@cache
def texts() -> dict[str, str]:
    """The five plans' own texts, and the genre's cases behind each other as one."""
    out = {}
    for folder in sorted(p for p in raw_dir().iterdir() if p.is_dir()):
        source = read_source(folder)
        out[source.doc] = source.text[source.start : source.end]
    return out | {"genre": "\n".join(cases())}


@cache
def plain(name: str) -> Counter:
    return Counter(map(essence, extract_text(texts()[name])))


def essence(row: dict) -> tuple:
    unit = _opencc("t2s")(unicodedata.normalize("NFKC", row["unit"] or ""))
    return (
        row["kind"],
        row["value"],
        unit,
        row["comparator"],
        row["target_year"],
        row["indicator"],
    )


@pytest.mark.parametrize("guise", GUISES)
def test_rows_are_the_same_in_another_guise(guise):
    change = GUISES[guise]
    for group in (("guizhou", "huzhou", "ruijin", "shiyan", "yuhua"), ("genre",)):
        before, after = Counter(), Counter()
        for name in group:
            text = change(texts()[name])
            rows = extract_text(text)
            check(text, rows)
            # one text at a time, so that a row lost here cannot be made up for there
            before.update({(name, *k): n for k, n in plain(name).items()})
            after.update((name, *essence(r)) for r in rows)
        kept = (before & after).total() / before.total()
        added = (after - before).total() / before.total()
        assert kept >= 0.99, (group, list((before - after).elements())[:10])
        assert added <= 0.01, (group, list((after - before).elements())[:10])


# ---------------------------------------------------------------- inputs made to blow up
PATHOLOGICAL = {
    "digits": "1",
    "digits and commas": "1,",
    "digits and dots": "1.",
    "digits and dashes": "1-",
    "numerals": "一",
    "powers": "十百千万",
    "opening brackets": "(",
    "brackets": "()",
    "book titles": "《",
    "quotes with digits": "“1",
    "list marks": "、",
    "clause marks": "，",
    "dates": "到2025年",
    "dates and commas": "到2025年，",
    "years in a list": "2025年、",
    "percent": "10%",
    "percent list": "10%、",
    "percent words": "百分之",
    "clauses without a stop": "到2025年,光伏装机达到320万千瓦,",
    "undated clauses": "光伏装机达到320万千瓦;",
    "sentences": "到2025年,光伏装机达到320万千瓦。",
    "subjects": "A率和",
    "predicates": "分别达到",
    "traditional": "達",
    "blank lines": "\n",
    "spaces": " ",
    "headings": "一、总体要求\n",
    "unfinished lines": "森林覆盖率达到百分比例提高\n",
    "agencies": "(市发改委、",
    "plan periods": "“十四五”",
    "commitments": "完成省下达",
    "adverbs": "进一步",
    "no Chinese": "lorem ipsum 12 ",
}


def seconds(text: str) -> float:
    begin = time.process_time()  # what others do on the machine does not count
    extract_text(text)
    return time.process_time() - begin


def check_growth(short: str, long: str) -> None:
    """Four times the text: linear takes 4 times as long, quadratic 16; short times are noise."""
    small = min(seconds(short) for _ in range(3))
    took = []
    for _ in range(3):
        took.append(seconds(long))
        if took[-1] < max(0.05, 9 * small):
            return
    pytest.fail(f"{small:.3f} s → {min(took):.3f} s")


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_time_grows_with_length_only(name):
    unit = PATHOLOGICAL[name]

    def text(n):  # one real goal in front, so that nothing is skipped for want of a trigger
        return "到2025年,全市绿电消费比例达到30%," + unit * (n // len(unit))

    extract_text(text(200))
    check_growth(text(5_000), text(20_000))


LONG = (
    "digits",
    "opening brackets",
    "list marks",
    "dates",
    "percent list",
    "clauses without a stop",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_half_a_million_characters_without_a_stop_finish(name):
    unit = PATHOLOGICAL[name]
    code = f"from compare import extract; extract({unit!r} * {500_000 // len(unit)})"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_a_long_list_of_subjects_years_and_values_is_no_square():
    def text(n):
        return "到2025年,全市" + "风电、" * n + "装机容量分别达到" + "10万千瓦、" * n + "20万千瓦。"

    check_growth(text(400), text(1600))


def test_two_horizons_of_one_span_have_ids_of_their_own_and_the_first_keeps_its_id():
    from compare.curation.complete import target_id, target_ids
    from compare.review.rows import reviewed_row

    text = "“十四五”、“十五五”期间,新增抽水蓄能装机分别不低于200万千瓦,每年新建绿道30公里。"
    rows = [r for r in extract_text(text) if r["unit"] == "公里"]
    assert [r["target_year"] for r in rows] == [2025, 2030]
    kept = [reviewed_row(r) for r in rows]
    ids = target_ids(kept)
    assert len(set(ids)) == 2
    assert ids[::-1] == target_ids(kept[::-1])
    assert ids[0] == target_id("text", rows[0]["start"], rows[0]["indicator_text"])
