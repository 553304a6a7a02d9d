"""What a date looks like (`date_words`), the part it plays in its sentence (`horizons`, by the rules of `date_roles`) and
how far it reaches (`frame`, `frame_rules`, `frame_steps`; to be shown: `frame_at`).

What is past for a text and what is ahead: `document_time`, from `issue_day` and `year_mentions`.
"""
