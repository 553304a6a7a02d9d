"""In: the text of a plan. Out: where its tables stand (no sentence is read there), and a target for each cell of a goal.

Where are they? ``blocks`` (lines parted alike), ``heads`` (found by their head), ``headless`` (cells whose head nobody
can tell). Which cell is what? ``grids`` (lines → cells), ``layouts`` (by how the cells are parted: ``grid_tables``,
``stream_tables`` with ``streams``), ``roles`` (columns), ``alignment`` (cells in their columns), ``row_list``; all of
it makes a ``table``. What stands around it? ``surroundings`` (title, unit, notes), ``terms`` (its years). What do its
words say? ``cell_values``, ``names``, ``unit_brackets``, ``row_words``. Does it hold goals? ``goals``. The rows:
``table_rows``; what each figure is: ``cell_rules``. ``reading`` finds the tables of a plan and reads them.
"""
