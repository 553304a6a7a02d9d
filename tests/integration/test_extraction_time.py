"""Extraction, with its ledger, of inputs made to blow patterns up: time grows with the length of the text only."""

import subprocess
import sys
import time

import pytest

from compare.extraction.ledger import figures_of

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
    "wordings": "全面提高",
    "numbers in names": "《1全面2》",
    "circled numbers": "①",
}


def seconds(text: str) -> float:
    begin = time.process_time()  # what others do on the machine does not count
    figures_of(text)
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

    figures_of(text(200))
    check_growth(text(5_000), text(20_000))


LONG = (
    "digits",
    "opening brackets",
    "list marks",
    "dates",
    "percent list",
    "clauses without a stop",
)


@pytest.mark.parametrize("name", LONG)
def test_half_a_million_characters_without_a_stop_finish(name):
    unit = PATHOLOGICAL[name]
    code = f"from compare import extract; extract({unit!r} * {500_000 // len(unit)})"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_a_long_list_of_subjects_years_and_values_is_no_square():
    def text(n):
        return "到2025年,全市" + "风电、" * n + "装机容量分别达到" + "10万千瓦、" * n + "20万千瓦。"

    check_growth(text(400), text(1600))
