"""Parameters: what a notebook can be asked, and refusing everything else by name.

In: the cell tagged ``parameters`` of a notebook, and values from people, papermill or a report set.
Out: the declared parameters, checked values. What is declared, and the check that a notebook calls:
``notebook_parameters``; what a kind (indicator, place, year, language, table) allows:
``parameter_kinds``.
"""
