"""Curation: reviewed rows become the tables of a release, checked before anything is written.

In: raw plans, decisions, vocabularies. Out: ``data/curated``, and typed tables for whoever loads them.
The stage as a whole: ``build``; ids, places, standard values: ``complete``; flags: ``plausibility``;
rules that must hold: ``checks``; loading tables: ``tables``; writing a release: ``release``; the page of
columns: ``dictionary``.
"""
