"""Targets without a figure: peaks, deferred, verbal and directional commitments, milestones."""

from __future__ import annotations

from compare.extraction.sentence import Context, Row, Sentence
from compare.extraction.without_figure import deferred, directional, milestones, peaks, verbal
from compare.vocabulary.lexicon import rx

_DEFERRED = "下达|核定|分解|规定|要求|考核|省定|市定|国家|上级|指标|任务"
_VERBAL = "全|所有|一律|百分之百|覆盖|零|尽|消除"
_MILESTONE = "建成|投产|投运|投用|并网|通车|竣工|完工|完成|投入|开通|落成|启用"


def rows(s: Sentence, context: Context, figures: list[Row]) -> list[Row]:
    """Rows without a figure of a sentence, given the rows with one.

    Returns
    -------
    list of Row
        Unsorted, offsets in the clean text.
    """
    if not context.years and not any(d.role == "horizon" for d in s.dates):
        return []
    out: list[Row] = []
    if "峰" in s.masked:
        out += peaks.rows(s, context)
    if rx(_DEFERRED).search(s.masked):
        out += deferred.rows(s, context)
    if rx(_VERBAL).search(s.masked):
        out += verbal.rows(s, context, figures)
    out += directional.rows(s, context, [*figures, *out])
    if rx(_MILESTONE).search(s.masked):
        out += milestones.rows(s, context, figures)
    return out
