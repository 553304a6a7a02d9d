"""Display: what readers see, in Chinese and English.

In: codes, values and message keys; `display/messages.toml` and `code_words.toml` hold the words.
Out: plain text or Markdown.
`messages` a sentence · `code_words` the word of a code · `values` a value with its bound, unit and
effort · `numbers` digits and scales · `lists` several things in a row.
"""

from compare.base.renamed_modules import renamed

__getattr__ = renamed(
    __name__,
    {
        "word": "compare.display.code_words.code_word",
        "indicators": "compare.display.code_words.indicator_names",
        "flag_words": "compare.display.code_words.flag_words",
        "standard_value": "compare.display.values.standard_value",
        "value_words": "compare.display.values.written_value",
        "horizon": "compare.display.values.horizon",
    },
)
