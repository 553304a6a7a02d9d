"""Curation: reviewed rows become the tables of a release, checked before anything is written.

In: raw plans, decisions, vocabularies. Out: ``data/curated``, and typed tables for whoever loads them.
The stage as a whole: ``build``; what a ``source.toml`` must confirm: ``source_checks``; ids, places,
standard values: ``complete``; flags: ``plausibility``; rules that must hold beside the raw texts:
``checks``; within a row: ``row_rules``, its figure ``stated_values``; within a table: ``table_checks``;
in a release as it lies on disk: ``release_checks``, its hashes ``release_files``; loading tables:
``tables``; writing a release: ``release``, one of tables edited by hand: ``edited``; the page of
columns: ``dictionary``.
"""
