"""Words of tables in plans (``vocabulary/table_words.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache

from compare.base.workspace import vocabulary_file


@cache
def table_words() -> dict:
    """The file as it stands."""
    return tomllib.loads(vocabulary_file("table_words.toml").read_text(encoding="utf-8"))
