"""Tables of indicators made at random, with the rows that they hold, in every guise of plain text."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

NAMES = (
    ("单位地区生产总值能耗降低", "%", True), ("非化石能源消费比重", "%", False), ("森林覆盖率", "%", False),
    ("森林蓄积量", "万立方米", False), ("光伏发电装机容量", "万千瓦", False), ("单位GDP二氧化碳排放下降", "%", True),
    ("新能源汽车保有量", "万辆", False), ("公共充电桩", "个", False), ("农田灌溉水有效利用系数", "", False),
    ("大宗固体废物综合利用率", "%", False), ("城镇新建建筑绿色建筑占比", "%", False), ("用水总量", "亿立方米", False),
    ("绿色制造业产值", "亿元", False), ("PM2.5浓度", "微克/立方米", False), ("城市公交车新能源占比", "%", False),
)  # fmt: skip
GROUPS = ("节能降碳", "生态保护", "产业发展", "绿色交通")
WORDS = ("完成省下达任务", "持续下降", "稳步提高", "全覆盖")
AGENCIES = ("市发展改革委", "市能源局", "市生态环境局", "市工业和信息化局")
GUISES = ("bars", "markdown", "wide_bars", "tabs", "blanks", "broad_blanks", "single", "lines", "spaced_lines", "closed", "bars_behind", "flat")  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A table: its cells, head first, and what each target of it should be: name, year, value."""

    title: str
    cells: list[list[str]]
    targets: list[tuple[str, int, float | None]]


def made_table(rng: random.Random) -> Made:
    """A table with a base, one goal or two, and what else may stand beside them."""
    goals = sorted(rng.sample((2025, 2030, 2035), rng.choice((1, 2))))
    by_column = rng.random() < 0.4
    numbered, kinds, duty = rng.random() < 0.4, rng.random() < 0.6, rng.random() < 0.25
    grouped, left = rng.random() < 0.3, 0
    head = (
        ["序号"] * numbered
        + ["类别"] * grouped
        + [rng.choice(("指标", "指标名称", "主要指标"))]
        + ["单位"] * by_column
    )
    head += [rng.choice(("2020年", "2020年实际")), *(f"{y}年" for y in goals)]
    head += [rng.choice(("属性", "指标属性"))] * kinds + [
        rng.choice(("责任单位", "牵头部门"))
    ] * duty
    if not kinds:
        head[-1 - duty] += "目标"
        if len(goals) > 1:
            head[-2 - duty] += "目标"
    rows, targets = [], []
    for n, (name, unit, change) in enumerate(rng.sample(NAMES, rng.randint(3, 6)), 1):
        shown = name if by_column or not unit else f"{name}（{unit}）"
        group = rng.choice(GROUPS) if not left else ""
        left = rng.randint(0, 2) if not left else left - 1
        row = [str(n)] * numbered + [group] * grouped + [shown] + [unit or "—"] * by_column
        row.append("—" if change else _figure(rng))
        for year in goals:
            if rng.random() < 0.1:
                row.append(rng.choice(WORDS))
                targets.append((name, year, 100 if row[-1] == "全覆盖" else None))
                continue
            value = _figure(rng)
            form = (
                rng.choice(("{}", "{}", "≥{}", "{}左右", "{}以上", "<{}"))
                if not change
                else "〔{}〕"
            )
            row.append(form.format(value))
            targets.append((name, year, float(value)))
        row += [rng.choice(("约束性", "预期性"))] * kinds + [rng.choice(AGENCIES)] * duty
        rows.append(row)
    title = rng.choice(
        ("表1 “十四五”主要指标", "专栏2 “十四五”时期绿色发展主要指标", "全市“十四五”主要目标")
    )
    return Made(title, [head, *rows], targets)


def _figure(rng: random.Random) -> str:
    return rng.choice((str(rng.randint(1, 999)), f"{rng.randint(1, 99)}.{rng.randint(1, 9)}"))


def in_guise(made: Made, guise: str, pages: bool = False) -> str:
    """The table as plain text has it in one guise, with its title and a heading behind it.

    Parameters
    ----------
    pages : bool
        It stands on two pages: a page number, and the head again.
    """
    body = _body(made.cells, guise)
    if pages and guise != "flat":
        head, *rows = made.cells
        half = len(rows) // 2
        rows[half] = [c or g for c, g in zip(rows[half], rows[half - 1], strict=True)]
        parts = [_body([head, *part], guise) for part in (rows[:half], rows[half:])]
        body = "\n— 12 —\n续表\n".join(parts)
    return f"{made.title}\n{body}\n二、重点任务\n加快推进各项工作。\n"


def _body(cells: list[list[str]], guise: str) -> str:
    if guise not in ("bars", "markdown", "wide_bars", "tabs", "blanks"):
        cells = [[c for c in row if c] for row in cells]  # an empty cell leaves no trace
    if guise == "bars":
        return "\n".join("| " + " | ".join(row) + " |" for row in cells)
    if guise == "markdown":
        rule = "|" + " --- |" * len(cells[0])
        lines = ["| " + " | ".join(row) + " |" for row in cells]
        return "\n".join([lines[0], rule, *lines[1:]])
    if guise == "wide_bars":
        return "\n".join("｜".join(row) for row in cells)
    if guise == "tabs":
        return "\n".join("\t".join(row) for row in cells)
    if guise == "blanks":
        widths = [max(_width(row[i]) for row in cells) for i in range(len(cells[0]))]
        pad = (
            "".join(c + " " * (w - _width(c) + 3) for c, w in zip(row, widths, strict=True))
            for row in cells
        )
        return "\n".join(line.rstrip() for line in pad)
    if guise == "broad_blanks":
        return "\n".join("　　".join(row) for row in cells)
    if guise == "single":
        return "\n".join(" ".join(row) for row in cells)
    if guise == "lines":
        return "\n".join(c for row in cells for c in row)
    if guise == "spaced_lines":
        return "\n\n".join(c for row in cells for c in row)
    if guise == "closed":
        return "\n".join("\n| ".join(row) + "\n|" for row in cells)
    if guise == "bars_behind":
        return "\n".join(f"{c} |" for row in cells for c in row)
    return " ".join(c for row in cells for c in row)


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def made_results(rng: random.Random) -> Made:
    """The same with years that are past, under a title that says so: it holds no target."""
    made = made_table(rng)
    head = [c.replace("2020", "2015").replace("目标", "完成") for c in made.cells[0]]
    for year, past in (("2025", "2018"), ("2030", "2019"), ("2035", "2020")):
        head = [c.replace(year, past) for c in head]
    return Made("表1 “十三五”主要指标完成情况", [head, *made.cells[1:]], [])
