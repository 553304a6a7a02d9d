"""Schema: the columns of all tables, told once.

In: ``fields.toml``, the registry of all columns. Out: Arrow and pandas schemas, checks, typed records.
What a column means: ``fields.toml``, read by ``fields``; one row of a table as a typed record:
``records``.
"""
