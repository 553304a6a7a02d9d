"""Every number of a text, what it is, and the named rule that said so: `entries`, laid out from what was read (`reading`),
from numbers that no figure holds (`other_numbers`) and from wordings without a row (`wordings`). `explain` shows one.
"""
