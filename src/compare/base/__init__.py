"""Base: what every stage stands on; it imports no other folder.

In: paths and bytes. Out: where data lies, files that are whole or not there, errors of one line.
Where data lies: ``workspace``; whole-or-nothing files: ``atomic_files``; what a command may replace:
``ownership``; folders to work in, and their locks: ``work_folders``; one-line errors: ``errors``; the status
that each ends a command with: ``exit_status``; files that people wrote, read with such errors: ``read_files``; names
of release 0.1: ``renamed_modules``.
"""
