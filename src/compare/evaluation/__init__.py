"""Evaluation: how right the rows are, beside labels that people wrote.

In: labels (``data/labels``), and the extractor's or the curated rows. Out: scores, and what is wrong.
Reading labels: ``labels``; which row found which label: ``matching``; the scores: ``scoring``; what
they must keep: ``floors``; whether the reasons to look find the errors: ``reasons``; what is printed: ``command``.
"""

from compare.base.renamed_modules import moved

__getattr__ = moved(__name__, "compare.evaluation.scoring")
