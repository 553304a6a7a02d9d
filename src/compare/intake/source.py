"""Raw: decode a plan's bytes, find which part of the text is the plan, and what document it is."""

from __future__ import annotations

import codecs
import hashlib
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from compare.base.errors import CompareError

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


@dataclass(frozen=True)
class Source:
    """One raw document.

    Attributes
    ----------
    doc : str
        Name of its folder, or stem of its file.
    text : str
        The whole raw text; all offsets are indices into it.
    start, end : int
        The plan's own text is ``text[start:end]``; a news site's preamble and footer lie outside.
    sha256 : str
        Of the raw bytes.
    meta : dict
        What ``source.toml`` states; empty for a bare text file.
    path : Path
        The text file.
    """

    doc: str
    text: str
    start: int
    end: int
    sha256: str
    meta: dict
    path: Path


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
        does not fit, an anchor that is not found.
    """
    path = Path(path)
    if path.is_dir():
        return _read_folder(path)
    data = _bytes(path)
    text = decode(data, path)
    start, end = plan_span(text)
    return Source(path.stem, text, start, end, hashlib.sha256(data).hexdigest(), {}, path)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CompareError("no such file", path) from None
    except OSError as error:
        raise CompareError(f"cannot be read: {error.strerror}", path) from None


def _read_folder(folder: Path) -> Source:
    plan, toml = folder / "plan.txt", folder / "source.toml"
    data = _bytes(plan)
    text = decode(data, plan)
    sha256 = hashlib.sha256(data).hexdigest()
    if not toml.exists():
        start, end = plan_span(text)
        return Source(folder.resolve().name, text, start, end, sha256, {}, plan)
    meta = read_source_toml(toml)
    if meta["sha256"] != sha256:
        raise CompareError(
            f"the file has changed: its SHA-256 is {sha256}, {toml.name} says {meta['sha256']}",
            plan,
        )
    start, end = 0, len(text)
    if "starts_with" in meta:
        start = text.rfind(meta["starts_with"])
        if start < 0:
            raise CompareError(f"starts_with {meta['starts_with']!r} is not in {plan.name}", toml)
    if "ends_with" in meta:
        end = text.find(meta["ends_with"], start)
        if end < 0:
            raise CompareError(f"ends_with {meta['ends_with']!r} is not in {plan.name}", toml)
        end += len(meta["ends_with"])
    return Source(folder.resolve().name, text, start, end, sha256, meta, plan)


def read_source_toml(path: Path) -> dict:
    """Read and check one ``source.toml``; unknown, missing or ill-typed keys are errors."""
    try:
        meta = tomllib.loads(_bytes(path).decode("utf-8"))
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


_AFTER = re.compile(
    "(?:原文|全文|方案全文|通知全文|原文內容|檔案內容|文件全文)(?:如下)?[:\uff1a]?[ \t]*\r?\n"
)
_FIRST_PART = re.compile("^[ \t\u3000]*(?:一[、.\uff0e]|第一[章节節部])", re.M)
_TITLE = re.compile(
    "^[ \t\u3000]*[^\\s。,\uff0c;\uff1b:\uff1a!\uff01]{4,60}"
    "(?:方案|規劃|规划|计划|計劃|意見|意见|通知|行動|行动|綱要|纲要)[ \t\u3000]*\r?$",
    re.M,
)
_FOOTER = re.compile(  # opens with a plain character, so that the search can skip to it
    "\n[ \t\u3000]*(?:特别声明|特別聲明|免责声明|免責聲明|凡来源|凡來源|责任编辑|責任編輯|展开全文|版权声明|"
    "打印本页|【打印】|扫一扫|上一篇|下一篇|相关阅读|相關閱讀|來源[:\uff1a]|来源[:\uff1a])"
)


def plan_span(text: str) -> tuple[int, int]:
    """Where the plan's own text stands in ``text``, for a copy without ``source.toml``.

    The preamble and press summary that a news site puts in front are left out: the plan begins
    behind 原文如下 and the like, else at the last title before its first numbered part.

    Returns
    -------
    start, end : int
        The whole text where nothing says otherwise.
    """
    start, end = 0, len(text)
    first = _FIRST_PART.search(text)
    if first:
        head = text[: first.start()]
        marks = [m.end() for m in _AFTER.finditer(head)]
        titles = [m.start() for m in _TITLE.finditer(head, marks[-1] if marks else 0)]
        if marks:
            start = marks[-1]
        elif titles:
            start = titles[-1]
    footer = _FOOTER.search(text, first.end() if first else len(text))
    if footer and footer.start() > start + (end - start) * 0.5:
        end = footer.start() + 1
    return start, end
