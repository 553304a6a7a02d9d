"""HTML: one report as one self-contained page that opens offline and asks nobody for anything.

Code cells are left out (they stay in the notebook beside the page); figures are embedded; all
text is escaped or cleaned (see `compare.report.render.sanitize_html`). The page's Content-Security-Policy allows
its own two pieces by hash and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from compare.base.errors import CompareError
from compare.display.code_words import code_word
from compare.report.render.sanitize_html import Page
from compare.report.render.visible_blocks import Block, cell_parameters, visible_blocks
from compare.target_evidence.html import css as evidence_css
from compare.target_evidence.html import in_langs

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from compare.report.history.run_record import ErrorRecord

_BAR = ("index", "zh", "en", "pdf", "ipynb", "previous")


def render(nb: NotebookNode, *, title: dict[str, str], lang: str, links: dict[str, str]) -> str:
    """One report page.

    Parameters
    ----------
    nb : nbformat.NotebookNode
        Executed notebook; may end in an error, which the page then shows.
    title : dict
        ``zh`` and ``en``; used where the notebook has no first-level heading of its own.
    lang : {"zh", "en"}
    links : dict
        Paths relative to the page, by name: ``index``, ``pdf``, ``ipynb``, ``previous``, and ``zh``
        or ``en`` for the same report in the other language. Null and other names are left out.

    Returns
    -------
    str
        The same input gives the same text.
    """
    page = Page(lang=lang)
    parts = [_block_context(b, lang) for b in visible_blocks(nb, page)]
    failure = next((p for p in parts if p["kind"] == "error"), None)
    name = title.get(lang) or next(iter(title.values()), "")
    return write(
        "report.html.j2",
        (lang,),
        title=name,
        extra="\n".join(page.rules),
        bar=[(n, relative(links[n])) for n in _BAR if links.get(n) and n != lang],
        headed=any(level == 1 for level, *_ in page.headings),
        toc=[(text, place) for level, text, place in page.headings if level == 2 and text],
        blocks=parts,
        failed=failure
        and {"line": _failed_line(failure["cell"], lang), "message": failure["content"]},
        parameters=cell_parameters(nb),
    )


def failure(
    error: ErrorRecord | None, *, title: dict[str, str], lang: str, links: dict[str, str]
) -> str:
    """The page of a report that has none: the failing cell and its message."""
    cell = error.cell if error else None
    text = ": ".join(t for t in (error.name, error.message) if t) if error else ""
    return write(
        "report.html.j2",
        (lang,),
        title=title.get(lang) or next(iter(title.values()), ""),
        bar=[(n, relative(links[n])) for n in _BAR if links.get(n) and n != lang],
        headed=False,
        toc=[],
        blocks=[],
        failed={"line": _failed_line(cell, lang), "message": text},
        parameters=[],
    )


def write(
    template: str, langs: tuple[str, ...], extra: str = "", images: str = "data:", **context: Any
) -> str:
    """A page from a template: style and script in it, policy in front, everything else escaped.

    Parameters
    ----------
    template : str
        Name in ``templates/``.
    langs : tuple of str
        One language, or both for a page that switches; the first is the one shown without script.
    extra : str
        More style rules.
    images : str
        Sources of images in the policy.
    **context
        For the template.
    """
    sheets = [s for s in (_static("page.css") + evidence_css(), extra) if s]
    for sheet in sheets:
        if "<" in sheet:
            raise CompareError("a style sheet must not hold '<'", template)
    script = _static("page.js")
    styles = " ".join(_hash(s) for s in sheets)
    policy = (
        f"default-src 'none'; img-src {images}; style-src {styles}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    text = (
        _environment()
        .get_template(template)
        .render(
            policy=policy,
            sheets=[Markup(s) for s in sheets],
            script=Markup(script),
            lang=langs[0],
            switch=len(langs) > 1,
            word=lambda code, lang: code_word("page", code, lang),
            say=lambda code: in_langs({lang: code_word("page", code, lang) for lang in langs}),
            **context,
        )
    )
    return text if text.endswith("\n") else text + "\n"


def relative(path: str) -> str:
    """A path inside the report folder as an address; an absolute one is refused."""
    if not path or path.startswith(("/", "\\")) or "\\" in path or "\0" in path:
        raise CompareError(f"not a relative path: {path!r}", "links")
    return quote(path, safe="/")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("compare.report.render", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _static(name: str) -> str:
    return (
        (files("compare.report.render") / "static" / name)
        .read_text(encoding="utf-8")
        .replace("\r\n", "\n")
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _block_context(block: Block, lang: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": block.kind, "content": block.content, "cell": block.cell}
    if block.kind == "image":
        shown["address"] = f"data:{block.mime};base64,{base64.b64encode(block.data).decode()}"
        shown["alt"] = block.alt
        shown["size"] = size = image_size(block.mime, block.data)
        shown["small"] = bool(size and size[0] < 520)
    if block.kind == "error":
        shown["line"] = code_word("page", "failed_cell", lang).format(block.cell)
        shown["source"] = block.source
    return shown


def _failed_line(cell: int | None, lang: str) -> str:
    return code_word("page", "failed_here", lang).format(cell if cell is not None else "?")


def image_size(mime: str, data: bytes) -> tuple[int, int] | None:
    """Width and height of an image in pixels, so that the page does not jump while it loads."""
    if mime == "image/png" and data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if mime == "image/svg+xml":
        head = data[:4000].decode("utf-8", "replace")
        box = re.search(r'<svg\b[^>]*?\bviewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"', head, re.S)
        if box:
            return round(float(box[1]) * 4 / 3), round(float(box[2]) * 4 / 3)
    if mime == "image/jpeg":
        import io

        from PIL import Image, UnidentifiedImageError

        try:
            with Image.open(io.BytesIO(data)) as opened:
                return opened.size
        except (UnidentifiedImageError, OSError):
            return None
    return None
