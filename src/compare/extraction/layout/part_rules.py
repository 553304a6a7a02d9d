"""What stands around a plan in a file, as named rules (the parts are found in `compare.intake.file_parts`)."""

from __future__ import annotations

from compare.extraction.rules import Rule

_PLAN = "涟山市碳达峰实施方案\n一、目标\n到2025年，全市绿电比例达到{}。\n二、任务\n加快推进。\n"
_GOAL, _MARKED = _PLAN.format("30%"), _PLAN.format("«30%»")


def _found_there(*_: object) -> bool:
    """Parts are found where files are read; the rules only name them."""
    return False


RULES = (
    Rule(
        "report-before-the-plan",
        "Press text, or an explanation, before the own text of a plan only tells of that plan.",
        "outside",
        _found_there,
        taken="近日，涟山市印发《涟山市碳达峰实施方案》，提出到2025年绿电比例达到«30%»。\n全文如下：\n" + _GOAL,
        left="近日，涟山市印发《涟山市碳达峰实施方案》，提出到2025年全市绿电比例达到«30%»。",
    ),
    Rule(
        "site-lines-before-the-plan",
        "What a page shows before it leads to the text of a plan is not part of the plan.",
        "outside",
        _found_there,
        taken="到2025年，全市绿电比例达到«30%»！\n点击查看全文\n" + _GOAL,
        left="一、目标\n到2025年，全市绿电比例达到«30%»。\n点击查看全文\n二、任务\n加快推进。",
    ),
    Rule(
        "report-behind-the-plan",
        "Press text, or an explanation, behind the own text of a plan only tells of that plan.",
        "outside",
        _found_there,
        taken=_GOAL + "记者从市发展改革委获悉，到2025年，全市绿电比例达到«30%»。",
        left=_GOAL + "到2030年，全市绿电比例达到«35%»。",
    ),
    Rule(
        "footer-at-the-end",
        "From a footer's mark on nothing of a plan follows.",
        "outside",
        _found_there,
        taken=_GOAL + "责任编辑：某某 编号：«12345»\n扫码分享",
        left="到2025年，全市绿电比例达到30%。\n责任编辑：某某\n到2030年，全市绿电比例达到«35%»。",
    ),
)  # fmt: skip

# read with a source.toml only, so its examples are no texts by themselves
ANCHORS = Rule(
    "outside-the-anchors",
    "What lies outside the words with which source.toml lets a plan begin and end is not part of it.",
    "outside",
    _found_there,
    taken="«2024年» 某某网\n" + _GOAL,
    left=_MARKED,
)
BY_REASON = {rule.id: rule for rule in (*RULES, ANCHORS)}
"""The rules by the reason of a part."""
