"""The data release that a run reads, and the date of this version."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime

from compare import __version__
from compare.base.errors import CompareError
from compare.base.workspace import curated_dir, home
from compare.curation.release_files import read_package
from compare.report.history.run_record import ReleaseRecord


def data_release() -> ReleaseRecord:
    """The data release: name, version, and the SHA-256 of its ``datapackage.json``.

    Raises
    ------
    CompareError
        There is none, or it is not a data package.
    """
    package = read_package(curated_dir())
    return ReleaseRecord(name=package.name, version=package.version, sha256=package.sha256)


def version_date() -> str | None:
    """The date of this version, the same whenever a page is made: ``SOURCE_DATE_EPOCH``, else what
    ``CITATION.cff`` states for it; null where neither says.

    Raises
    ------
    CompareError
        ``SOURCE_DATE_EPOCH`` is no time.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
        except (ValueError, OverflowError, OSError):
            raise CompareError(f"not a number of seconds: {epoch!r}", "SOURCE_DATE_EPOCH") from None
    try:
        text = (home() / "CITATION.cff").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    stated = dict(re.findall(r"^(version|date-released): *[\"']?([\w.-]+)", text, re.M))
    return stated.get("date-released") if stated.get("version") == __version__ else None
