"""Bytes to text: which encoding a plan is in."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from compare.base.errors import CompareError


def decode(data: bytes, where: Path | str = "text") -> str:
    """Decode a plan: UTF-8, UTF-16 or GB18030, found by looking at the bytes.

    A byte order mark is dropped; line ends are kept as they are.

    Raises
    ------
    CompareError
        If the file is empty, holds no text, or is in none of these encodings.
    """
    if not data.strip():
        raise CompareError("the file is empty", where)
    for bom, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(bom):
            return _decoded(data, name, where)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        bad = error
    else:
        if "\0" not in text:
            return _sane(text, where)
        bad = None
    if bad and bad.start >= len(data) - 3 and "unexpected end" in bad.reason and b"\0" not in data:
        raise CompareError(
            f"the file ends in the middle of a character (UTF-8, byte {bad.start})", where
        )
    head = data[:4096]
    for name, zero in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        # Chinese text in UTF-16 has line ends and digits, whose high byte is zero, but no other zero bytes
        if zero.count(0) and len(data) % 2 == 0:
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            if _mostly_text(text):
                return text
    if b"\0" in data:
        raise CompareError("this is a binary file, not text", where)
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _mostly_text(text):
        return text
    at = f" (UTF-8 fails at byte {bad.start}: 0x{data[bad.start]:02x})" if bad else ""
    raise CompareError(f"neither UTF-8, UTF-16 nor GB18030 text{at}", where)


def _decoded(data: bytes, name: str, where) -> str:
    try:
        return _sane(data.decode(name), where)
    except UnicodeDecodeError as error:
        raise CompareError(
            f"its byte order mark says {name}, but byte {error.start} (0x{data[error.start]:02x}) does not fit",
            where,
        ) from None


def _sane(text: str, where) -> str:
    if not text.strip():
        raise CompareError("the file is empty", where)
    if not _mostly_text(text):
        raise CompareError("this is a binary file, not text", where)
    return text


def _mostly_text(text: str) -> bool:
    sample = text[:20000]
    odd = len(re.findall(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ue000-\uf8ff]", sample))
    common = len(re.findall(r"[\s!-~\u3000-\u303f\uff00-\uffef\u2000-\u206f\u4e00-\u9fff]", sample))
    return odd <= len(sample) * 0.01 and common >= len(sample) * 0.7
