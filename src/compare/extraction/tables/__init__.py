"""Tables of indicators as they come in plain text: where they stand, what their cells say, their rows.

Where are they? ``blocks`` (lines parted alike), ``heads`` (found by their head). Which cell is what?
``grids`` and ``streams`` (cells), ``roles`` (columns), ``alignment`` (cells in their columns), ``table`` (all
together). What stands around it? ``surroundings`` (title, unit, notes), ``terms`` (its years). What does it
say? ``cell_values``, ``names``, ``unit_brackets``. Does it hold goals? ``goals``. The rows: ``table_rows``.
``reading`` finds the tables of a text and reads them.
"""
