"""Targets without a figure: peaks, deferred, verbal and directional commitments, milestones.

Each kind is a table of rules (``extraction.rules``): forms of words that could commit, and reasons
why such words do not. Every wording that a form finds gives rows, or is left by a named rule.
"""

from __future__ import annotations

from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.without_figure import (
    deferred,
    directional,
    milestones,
    peaks,
    verbal,
    verbal_forms,
    wording,
)
from compare.extraction.without_figure.wording import Found
from compare.vocabulary.lexicon import rx

__all__ = ["RULES", "Found", "read"]

RULES = (
    *peaks.FORMS, *peaks.NONE, *deferred.FORMS, *deferred.NONE, *verbal.FORMS, *verbal.NONE,
    *directional.FORMS, *directional.NONE, *milestones.FORMS, *milestones.NONE, *wording.RULES,
)  # fmt: skip

# what no form of a kind does without
_DEFERRED = "下达|核定|分解|规定|要求|考核|省定|市定|国家|上级|指标|任务"
_MILESTONE = "建成|贯通|投产|投运|投用|并网|通车|竣工|完工|完成|投入|开通|落成|启用|运营|运行|交付"


def read(s: Sentence, context: Context, figures: list[Row]) -> Found:
    """What the wordings of a sentence give, once its rows with a figure are known.

    Returns
    -------
    Found
        All rows of the sentence, those in ``figures`` first; and the wordings that gave none, each
        with the rule that left it. Offsets in the clean text.
    """
    out = Found(list(figures), spans=[(r.start - s.at, r.end - s.at) for r in figures])
    ahead = any(d.role == "horizon" for d in s.dates) or ("峰" in s.masked and s.dates)
    if not context.years and not ahead:
        return out
    if "峰" in s.masked:
        peaks.rows(s, context, out)
    if rx(_DEFERRED).search(s.masked):
        deferred.rows(s, context, out)
    if verbal_forms.patterns()["hint"].search(s.masked):
        verbal.rows(s, context, out)
    directional.rows(s, context, out)
    if rx(_MILESTONE).search(s.masked):
        milestones.rows(s, context, out)
    return out
