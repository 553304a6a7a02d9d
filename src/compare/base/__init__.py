"""Base: what every stage stands on; it imports no other folder.

In: ``fields.toml``, the registry of all columns. Out: schemas, typed records, paths, safe writing.
What a column means: ``fields.toml``, read by ``fields``; one row as a typed record: ``records``; where
data lies: ``workspace``; whole-or-nothing files: ``atomic_files``; one-line errors: ``errors``; names of
release 0.1: ``renamed_modules``.
"""
