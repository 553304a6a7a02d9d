"""Where the project's folders are: found from the checkout, or set by CARBON_PEAK_HOME."""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from pathlib import Path

from compare.base.errors import CompareError

HOME_VARIABLE = "CARBON_PEAK_HOME"


def home() -> Path:
    """The checkout: ``$CARBON_PEAK_HOME``, or the nearest folder above this package or the
    working directory that holds ``data/curated`` or ``data/raw``.

    Raises
    ------
    CompareError
        If there is none.
    """
    chosen = os.environ.get(HOME_VARIABLE)
    return _home(chosen, Path.cwd())


@cache
def _home(chosen: str | None, cwd: Path) -> Path:
    if chosen:
        path = Path(chosen)
        if not path.is_dir():
            raise CompareError(f"no such folder: {chosen}", f"${HOME_VARIABLE}")
        return path
    for base in (Path(__file__).resolve(), cwd / "x"):
        for folder in base.parents:
            if (folder / "data/curated").is_dir() or (folder / "data/raw").is_dir():
                return folder
    raise CompareError(
        f"the project's data folder was not found; run inside the checkout or set ${HOME_VARIABLE} to it"
    )


def curated_dir() -> Path:
    """``data/curated``."""
    return home() / "data" / "curated"


def raw_dir() -> Path:
    """``data/raw``."""
    return home() / "data" / "raw"


def review_dir() -> Path:
    """``data/review``."""
    return home() / "data" / "review"


def input_dirs() -> list[Path]:
    """The folders that hold what people wrote: plans, decisions, labels; none without a checkout."""
    try:
        return [home() / "data" / name for name in ("raw", "review", "labels")]
    except CompareError:
        return []


def vocabulary_file(name: str) -> Path:
    """A data file of the vocabulary inside the package."""
    return Path(str(files("compare") / "vocabulary" / name))
