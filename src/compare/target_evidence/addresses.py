"""Addresses of evidence inside a rendered report set: the page of a document, the place of a row on it.

Light to import: report notebooks ask for an address in every table row.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from compare.base.errors import CompareError, nearest
from compare.base.workspace import curated_dir


def evidence_page(doc: str) -> str:
    """Where the evidence page of a document stands in a rendered report set."""
    name = doc if re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}", doc) else ""
    if not name:  # never a path: what is odd becomes a hash
        kept = re.sub(r"[^A-Za-z0-9]+", "-", doc).strip("-")[:32]
        name = f"{kept}-{sha256(doc.encode()).hexdigest()[:8]}".lstrip("-")
    return f"evidence/{name}.html"


def evidence_href(target_id: str, doc: str | None = None) -> str:
    """Relative address of a target's evidence, from a page of a rendered report set.

    Parameters
    ----------
    target_id : str
        As in the table ``targets``.
    doc : str, optional
        The row's ``doc``; without it the curated table is asked (once, then kept).

    Returns
    -------
    str
        ``evidence/<doc>.html#<target_id>``.

    Raises
    ------
    CompareError
        Unknown id (only where ``doc`` is not given).
    """
    if doc is None:
        known = _documents_of_targets()
        if target_id not in known:
            raise CompareError(
                f"unknown target {target_id!r}{nearest(str(target_id), list(known))}"
            )
        doc = known[target_id]
    return f"{evidence_page(str(doc))}#{quote(str(target_id), safe='')}"


def _documents_of_targets() -> dict[str, str]:
    file = curated_dir() / "targets.parquet"
    stamp = file.stat().st_mtime_ns if file.exists() else 0
    return _read_documents(file, stamp)


@lru_cache(maxsize=2)
def _read_documents(file: Path, stamp: int) -> dict[str, str]:
    from compare.curation.tables import read_table

    table = read_table("targets")
    return dict(zip(table["target_id"].to_pylist(), table["doc"].to_pylist(), strict=True))
