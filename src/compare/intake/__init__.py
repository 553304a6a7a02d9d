"""In: a plan as published (a folder of ``data/raw``, or a file). Out: a ``Source``: text, plan part, metadata.

``source``: read it whole. ``decoding``: in which encoding is it? ``source_toml``: what does
``source.toml`` state, and which keys may it hold? ``file_parts``: which parts
of it are plans, and what does a site put around them? ``line_kinds``: what is each line? ``page_lines``:
which lines are page numbers and headers?
"""
