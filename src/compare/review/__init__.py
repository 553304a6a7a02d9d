"""Review: what a person decided about the extractor's rows, applied, with guards.

In: extracted rows and ``data/review/<doc>.toml``. Out: reviewed rows, each with its last decision.
How a decision is written: ``decisions``; which files hold them: ``review_files``; how it is applied,
and when it is stale: ``apply``; which words made a row that was changed: ``reviewed_spans``; why a row
deserves a look: ``reasons``; rows somebody has read: ``seen``; the questions of ``carbon-peak review``:
``review_prompt``; the row itself: ``rows``.
"""

from compare.base.renamed_modules import moved

__getattr__ = moved(__name__, "compare.review.decisions")
