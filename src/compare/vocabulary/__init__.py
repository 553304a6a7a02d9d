"""Vocabulary: what the words of plans mean, as data files that need no programming to edit.

In: the ``.toml`` and ``.csv`` files of this folder. Out: what they say, as typed entries.
Units and what they convert to: ``units`` (``units.toml``), with ``dimensions``, ``unit_words``,
``numbers`` and ``quantities``; a row's value in its standard unit, checked against its indicator:
``standard_values``; what is measured: ``indicators``; with which denominator, and what is
comparable: ``variants``; places: ``places``; targets of the levels above: ``facts``; which words the
extractor knows: ``lexicon``; plausibility flags: ``flags``; which year 十四五 ends in: ``five_year_plans``.
"""
