"""Whose goal is it: the text's own, or one of a higher government, of another document, of a study?

``own_document``: what a text calls its own. ``speech``: who speaks (国务院提出, 《方案》明确).
``scope_words``: whose place a figure is for (全国, 我省). ``speakers``: where in a paragraph others
speak. The same holds for rows of every kind.
"""
