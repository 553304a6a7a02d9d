"""What a plan's ``source.toml`` states: title, issuer, dates, and where the plan begins and ends."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from compare.base.errors import CompareError
from compare.intake.decoding import read_bytes

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
}
_SOURCE_REQUIRED = ("title", "region", "status", "script", "sha256")


def read_source_toml(path: Path) -> dict:
    """Read and check one ``source.toml``; unknown, missing or ill-typed keys are errors."""
    try:
        meta = tomllib.loads(read_bytes(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CompareError(f"not valid TOML: {error}", path) from None
    for key, value in meta.items():
        if key not in _SOURCE_KEYS:
            raise CompareError(f"unknown key {key!r}; known: {', '.join(_SOURCE_KEYS)}", path)
        if not isinstance(value, _SOURCE_KEYS[key]):
            raise CompareError(f"{key} must be a {_SOURCE_KEYS[key].__name__}, not {value!r}", path)
    for key in _SOURCE_REQUIRED:
        if key not in meta:
            raise CompareError(f"missing key {key!r}", path)
    for key, allowed in (("status", ("final", "draft")), ("script", ("Hans", "Hant"))):
        if meta[key] not in allowed:
            raise CompareError(
                f"{key} must be one of {', '.join(allowed)}, not {meta[key]!r}", path
            )
    return meta
