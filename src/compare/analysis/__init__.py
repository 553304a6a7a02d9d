"""Analysis: what each notebook shows, in what words; one module for each notebook.

In: the curated tables (`selection` reads what a notebook asks for) and the words of `display`.
Out: text, tables (`display`) and charts. Sentences of a comparison: `target_words`; of the gap to
the levels above: `levels_above`; lists of targets: `target_lists`; keys and labels: `chart_parts`.
"""
