"""Carbon-peak targets of Chinese places: find them, curate them, compare them.

The functions below are loaded when first used, so that ``import compare`` stays cheap.
"""

from __future__ import annotations

import importlib

import pyarrow.compute
import pyarrow.parquet  # noqa: F401  (pandas needs both: loaded here, the first load() is short)

from compare.base import renamed_modules

__version__ = "0.1.0"

_PUBLIC = {
    "extract": "compare.extraction",
    "figures": "compare.extraction",
    "load": "compare.curation.tables",
    "evidence": "compare.target_evidence.lookup",
    "CompareError": "compare.base.errors",
}
__all__ = ["__version__", *_PUBLIC]

renamed_modules.install()


def __getattr__(name: str):
    if name in _PUBLIC:
        value = getattr(importlib.import_module(_PUBLIC[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'compare' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *_PUBLIC])
