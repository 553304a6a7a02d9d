"""In: a plan as published (a folder of ``data/raw``, or a file). Out: a ``Source``: text, plan part, metadata.

``source``: read it whole. ``decoding``: in which encoding is it? ``source_toml``: what does
``source.toml`` state, and which keys may it hold? ``plan_span``: where does the plan begin and end?
"""
