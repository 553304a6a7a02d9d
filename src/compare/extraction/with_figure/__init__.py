"""Targets with a figure: lists of figures (`figure_list`) paired with names, places and years (`pairing`) become rows
(`figure_rows`). How a figure binds: `comparators`; where it starts from: `starting_point`.
"""
