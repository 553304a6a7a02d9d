"""Raw text → clean text with a map back (`normalise`, `located`) → headings, paragraphs, sentences (`segment`).

Which line ends only wrap a paragraph: `wrapped_lines`; what a line of its own is: `heading_rules`; what stands around
a plan in its file: `part_rules`.
"""
