"""Read a raw document: its text, which part of it is the plan, and what is known of it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from compare.base.errors import CompareError
from compare.base.read_files import read_bytes
from compare.intake.decoding import decode
from compare.intake.file_parts import Part, anchored_parts, file_parts
from compare.intake.source_toml import read_source_toml


@dataclass(frozen=True)
class Source:
    """One raw document.

    Attributes
    ----------
    doc : str
        Name of its folder, or stem of its file.
    text : str
        The whole raw text; all offsets are indices into it.
    parts : tuple of Part
        What is a plan in it, and what a site puts around it.
    sha256 : str
        Of the raw bytes.
    meta : dict
        What ``source.toml`` states; empty for a bare text file.
    path : Path
        The text file.
    """

    doc: str
    text: str
    parts: tuple[Part, ...]
    sha256: str
    meta: dict
    path: Path

    @property
    def start(self) -> int:
        """Where its first plan begins."""
        return next(p.start for p in self.parts if p.kind == "plan")

    @property
    def end(self) -> int:
        """Where its last plan ends."""
        return max(p.end for p in self.parts if p.kind == "plan")

    @property
    def issued_year(self) -> int | None:
        """Year of issue that ``source.toml`` states."""
        issued = self.meta.get("issued")
        return issued.year if issued else None


def read_source(path: Path | str) -> Source:
    """Read a raw folder (``plan.txt`` and ``source.toml``) or a bare text file.

    Parameters
    ----------
    path : path
        A folder of ``data/raw``, or a text file.

    Raises
    ------
    CompareError
        Missing or unreadable file, wrong encoding, unknown key in ``source.toml``, a hash that
        does not fit, an anchor that is not found or stands there twice.
    """
    path = Path(path)
    if path.is_dir():
        return _read_folder(path)
    data = read_bytes(path, pipe=True)
    text = decode(data, path)
    return Source(
        _name(path.stem, path), text, file_parts(text), hashlib.sha256(data).hexdigest(), {}, path
    )


def _read_folder(folder: Path) -> Source:
    plan, toml = folder / "plan.txt", folder / "source.toml"
    name = _name(folder.resolve().name, folder)
    data = read_bytes(plan)
    text = decode(data, plan)
    sha256 = hashlib.sha256(data).hexdigest()
    if not os.path.lexists(toml):
        return Source(name, text, file_parts(text), sha256, {}, plan)
    meta = read_source_toml(toml)
    if meta["sha256"] != sha256:
        raise CompareError(
            f"the file has changed: its SHA-256 is {sha256}, {toml.name} says {meta['sha256']}",
            plan,
        )
    start, end = 0, len(text)
    if "starts_with" in meta:
        start = _place(meta, "starts_with", text, 0, toml)
    if "ends_with" in meta:
        end = _place(meta, "ends_with", text, start, toml) + len(meta["ends_with"])
    parts = anchored_parts(len(text), start, end)
    return Source(name, text, parts, sha256, meta, plan)


def _name(name: str, path: Path) -> str:
    """A document's name, which every row has: text."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raise CompareError("its name is not UTF-8; rename it", path) from None
    return name


def _place(meta: dict, key: str, text: str, start: int, toml: Path) -> int:
    """Where the words of an anchor stand, from ``start`` on: once, or nobody knows which place is meant."""
    at = text.find(meta[key], start)
    if at < 0:
        behind = " behind starts_with" if start else ""
        raise CompareError(f"{key} {meta[key]!r} is not in plan.txt{behind}", toml)
    again = text.find(meta[key], at + 1)
    if again >= 0:
        raise CompareError(
            f"{key} {meta[key]!r} stands in plan.txt at {at} and at {again}: give more words", toml
        )
    return at
