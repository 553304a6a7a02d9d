"""What is measured, and where: the subject of a list of figures (`of_figures`, by the case in `subject_case`), freed from
dates and predicates (`subject_words`), shared (`name_lists`) or put back (`left_out`, `earlier_subject`, `topic_subject`).

Its indicator: `indicator_match`; its part of the place: `scope`.
"""
