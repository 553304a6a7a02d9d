"""Comparison: like with like, place beside place and beside the levels above.

In: targets, places, indicators and benchmarks, as records. Out: the rows of the table ``comparisons``.
Which cells there are: ``grid``; what a plan says in one: ``cells``; the whole table: ``table``; how a
value binds: ``bounds``; the gap to the nation and the province: ``gaps``; the rank: ``ranks``; the
change per year: ``pace``; sizes per head: ``per_head``.
"""

from compare.base.renamed_modules import moved

__getattr__ = moved(__name__, "compare.comparison.table")
