"""The files of ``data/review``: one for a document, named as it is; anything else would go unread."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from compare.base import workspace
from compare.base.errors import CompareError, nearest

SEEN_FILE = "seen.txt"
_OTHERS = (SEEN_FILE, "README.md")


def review_file(doc: str) -> Path:
    """Where the decisions about a document stand, if there are any."""
    return workspace.review_dir() / f"{doc}.toml"


def check_review_files(docs: Collection[str]) -> None:
    """Check that every decision is about a document.

    Hidden files and an editor's copies (``name~``) are nobody's decisions.

    Raises
    ------
    CompareError
        A file that belongs to no document; names count to the letter, upper case or lower.
    """
    folder = workspace.review_dir()
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.name.startswith(".") or file.name.endswith("~") or file.name in _OTHERS:
            continue
        if file.suffix != ".toml":
            raise CompareError("not a review file: <document>.toml, or seen.txt", file)
        if not file.is_file():
            raise CompareError("not a file, or a link that leads nowhere", file)
        if file.stem not in docs:
            known = sorted(docs)
            raise CompareError(
                f"decisions about no document: data/raw has no {file.stem!r}"
                f"{nearest(file.stem, known)}",
                file,
            )
