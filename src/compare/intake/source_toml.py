"""What a plan's ``source.toml`` states: title, issuer, dates, and where the plan begins and ends."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

from compare.base.errors import CompareError, nearest
from compare.base.read_files import read_toml

_SOURCE_KEYS = {
    "title": str,
    "region": str,
    "status": str,
    "script": str,
    "sha256": str,
    "issuer": str,
    "document_no": str,
    "issued": date,
    "approved": date,
    "published": date,
    "publisher": str,
    "note": str,
    "starts_with": str,
    "ends_with": str,
    "confirms": list,
}
CONFIRMS = ("no_targets", "same_text", "dates")
"""What is refused unless ``confirms`` lists it: a plan that yields no target, the text of another
document, dates that do not fit each other or the plan's horizons."""
_DATES = ("approved", "issued", "published")
_SOURCE_REQUIRED = ("title", "region", "status", "script", "sha256")


def read_source_toml(path: Path) -> dict:
    """Read and check one ``source.toml``.

    Raises
    ------
    CompareError
        A key that is unknown, missing, empty or of another type; dates out of order.
    """
    meta = read_toml(path)
    for key, value in meta.items():
        if key not in _SOURCE_KEYS:
            raise CompareError(f"unknown key {key!r}; known: {', '.join(_SOURCE_KEYS)}", path)
        if type(value) is not _SOURCE_KEYS[key]:  # a date with a time is a date, too
            raise CompareError(f"{key} must be a {_SOURCE_KEYS[key].__name__}, not {value!r}", path)
        if isinstance(value, str) and not value.strip():
            raise CompareError(f"{key} is empty; what is not known is left out", path)
    for key in _SOURCE_REQUIRED:
        if key not in meta:
            raise CompareError(f"missing key {key!r}", path)
    for key, allowed in (("status", ("final", "draft")), ("script", ("Hans", "Hant"))):
        if meta[key] not in allowed:
            raise CompareError(
                f"{key} must be one of {', '.join(allowed)}, not {meta[key]!r}", path
            )
    _check_confirmed(meta, path)
    return meta


def _check_confirmed(meta: dict, path: Path) -> None:
    for word in meta.get("confirms", ()):
        if word not in CONFIRMS:
            raise CompareError(f"unknown confirms {word!r}{nearest(str(word), CONFIRMS)}", path)
    if "dates" in meta.get("confirms", ()):
        return
    stated = [key for key in _DATES if key in meta]
    for before, after in pairwise(stated):
        if meta[before] > meta[after]:
            raise CompareError(
                f"{after} = {meta[after]} is before {before} = {meta[before]}; mend it, or add "
                'confirms = ["dates"]',
                path,
            )
