"""Extraction, with its ledger, of inputs made to blow patterns up: time grows with the length of the text only."""

import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count

import pytest

from compare.extraction.ledger.entries import figures_of

PATHOLOGICAL = {
    "digits": "1",
    "digits and commas": "1,",
    "digits and dots": "1.",
    "digits and dashes": "1-",
    "digits and slashes": "1/",
    "digits and spaces": "1 ",
    "digits and wide spaces": "1   ",
    "digits and tabs": "1\t",
    "thousands": "123,",
    "numerals": "一",
    "large numerals": "九万",
    "powers": "十百千万",
    "opening brackets": "(",
    "closing brackets": ")",
    "brackets": "()",
    "numbers in brackets": "(1)",
    "book titles": "《",
    "angle brackets": "〈",
    "tortoise brackets": "〔",
    "square brackets": "【",
    "corner brackets": "「",
    "quotes": "“",
    "quotes with digits": "“1",
    "list marks": "、",
    "clause marks": "，",
    "question marks": "?",
    "dashes": "——",
    "dates": "到2025年",
    "dates and commas": "到2025年，",
    "days": "2025年12月31日",
    "years in a list": "2025年、",
    "years of the Republic": "民国114年",
    "percent": "10%",
    "percent list": "10%、",
    "percent clauses": "10%,",
    "percent ranges": "1%-",
    "percent words": "百分之",
    "ratios": "1:",
    "rates": "5吨/万元",
    "starting points": "由15%",
    "changes": "从2020年的15%提高到20%",
    "clauses without a stop": "到2025年,光伏装机达到320万千瓦,",
    "undated clauses": "光伏装机达到320万千瓦;",
    "sentences": "到2025年,光伏装机达到320万千瓦。",
    "nested lists": "到2025年,甲率、乙率分别达到1%、2%,丙率达到3%;",
    "subjects": "A率和",
    "predicates": "分别达到",
    "words without a mark": "推进绿色发展",
    "traditional": "達",
    "traditional sentences": "到2025年,裝置容量達到30萬瓩。",
    "blank lines": "\n",
    "spaces": " ",
    "short lines": "达标\n",
    "one number a line": "60%\n",
    "numbered lines": "1.到2025年,覆盖率达到60%\n",
    "headings": "一、总体要求\n",
    "headings of all levels": "一、甲\n(一)乙\n1.丙\n(1)丁\n",
    "unfinished lines": "森林覆盖率达到百分比例提高\n",
    "running headers": "某某市碳达峰实施方案\n— 1 —\n推进绿色发展到2025年\n",
    "rows of a table": "| 甲 | 1 |\n",
    "form feeds": "\f1",
    "other line ends": "\u2028x",
    "footers": "上一篇\n",
    "sources": "来源:\n",
    "agencies": "(市发改委、",
    "lists of agencies": "(市发改委牵头,市林业局配合)",
    "lines of agencies": "(责任单位:市发改委)\n",
    "plan periods": "“十四五”",
    "commitments": "完成省下达",
    "all of it": "全部执行",
    "to zero": "清零",
    "peaks": "2030年前碳达峰。",
    "peaks on lines": "2030年前达峰\n",
    "directions": "持续提高,",
    "adverbs": "进一步",
    "whole place": "全市",
    "nation": "国家",
    "documents that speak": "《方案》提出,",
    "no Chinese": "lorem ipsum 12 ",
    "markup": "<p>12%</p>",
    "invisible": "\u200b",
    "radicals": "⽬",
    "signs of units": "㎾",
    "halves of pairs": "\ud800",
    "pairs": "😀",
    "wordings": "全面提高",
    "numbers in names": "《1全面2》",
    "circled numbers": "①",
}
GOAL = "到2025年,全市绿电消费比例达到30%,"  # a real one in front, so that nothing is skipped for want of a trigger


def named(number: int) -> str:
    """A name of its own for each number."""
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(c)] for c in str(number))


NUMBERED: dict[str, Callable[[int], str]] = {
    "many names with one value": lambda i: f"到2025年,{named(i)}企业数达到30家。",
    "many names on lines": lambda i: f"到2025年,{named(i)}号小区覆盖率达到30%\n",
    "many peaks": lambda i: f"{named(i)}行业2030年前碳达峰。",
    "many projects": lambda i: f"{named(i)}电站2026年建成投产。",
    "many places": lambda i: f"{named(i)}县达到{i % 100}%、",
    "many numbers": lambda i: f"{i}\n",
    "many items": lambda i: f"{i % 99 + 1}.建成{i}个{named(i)}园区\n",
    "ever longer words": lambda i: "甲" * (i % 300) + "1%、",
    "ever longer spaces": lambda i: " " * (i % 300) + "1",
}


def seconds(text: str) -> float:
    begin = time.process_time()  # what others do on the machine does not count
    figures_of(text)
    return time.process_time() - begin


def check_growth(short: str, long: str) -> None:
    """Sixteen times the text: linear takes 16 times as long, quadratic 256; short times are noise."""
    small = min(seconds(short) for _ in range(3))
    took = []
    for _ in range(3):
        took.append(seconds(long))
        if took[-1] < max(0.1, 40 * small):
            return
    pytest.fail(f"{small:.3f} s → {min(took):.3f} s")


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_time_grows_with_length_only(name):
    unit = PATHOLOGICAL[name]

    def text(n: int) -> str:
        return GOAL + unit * (n // len(unit))

    figures_of(text(200))
    check_growth(text(2_000), text(32_000))


@pytest.mark.parametrize("name", NUMBERED)
def test_time_grows_with_the_number_of_different_things_only(name):
    one = NUMBERED[name]

    def text(n: int) -> str:
        parts, length = [GOAL], 0
        for i in count():
            if length >= n:
                return "".join(parts)
            parts.append(one(i))
            length += len(parts[-1])

    figures_of(text(200))
    check_growth(text(2_000), text(32_000))


LONG = {
    "digits": 1_000_000,
    "angle brackets": 160_000,
    "opening brackets": 500_000,
    "list marks": 500_000,
    "dates": 500_000,
    "percent list": 300_000,
    "clauses without a stop": 300_000,
    "words without a mark": 1_000_000,
    "peaks": 160_000,
    "short lines": 300_000,
}


@pytest.mark.parametrize("name", LONG)
def test_long_texts_without_a_stop_finish(name):
    unit = PATHOLOGICAL[name]
    code = f"from compare import extract; extract({unit!r} * {LONG[name] // len(unit)})"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_a_long_list_of_subjects_years_and_values_is_no_square():
    def text(n: int) -> str:
        return "到2025年,全市" + "风电、" * n + "装机容量分别达到" + "10万千瓦、" * n + "20万千瓦。"

    check_growth(text(100), text(1600))
