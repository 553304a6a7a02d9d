"""A row as it is found (`extracted_target`): its spans, evidence, agencies, id, whether it repeats another, and the
reasons to look at it (`doubts`), one of them words that may name a place (`place_words`).
"""
