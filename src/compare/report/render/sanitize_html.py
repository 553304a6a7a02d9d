"""HTML from notebook outputs and markdown, cut down to what a page may hold.

No output is trusted, not even that of our own display helpers: every piece goes through nh3
(ammonia) with a list of allowed tags and attributes. Tags that are not allowed are shown as text;
long scripts are replaced by a note. ``style`` rules are kept where they are plain colours and
alignments, inline styles become classes (the pages forbid inline styles), and links lead nowhere
but to a place in the same folder.
"""

from __future__ import annotations

import colorsys
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import mistune
import nh3
import tinycss2
from markupsafe import Markup, escape

from compare.report.render import html_tokens
from compare.report.render.html_tokens import END, START, TEXT, Token
from compare.report.render.table_frames import framed

_VALUE = re.compile(r"^(?!.*(?:url|expression|image|attr)\s*\()[#\w\s.,%()+-]{1,80}$", re.I)
_SELECTOR = re.compile(r"^#T_[\w-]+[\w\s.#:()-]*$")
_OPENING = re.compile(r"<(script|style)\b[^>]{0,2000}>", re.I)
_CLOSING = {name: re.compile(rf"</{name}\s*>", re.I) for name in ("script", "style")}
_NAME = re.compile(r"^(?!cp-)[A-Za-z][\w-]{0,80}$")
_LINK = re.compile(
    r"^(?:[\w%+~-][\w.%+~-]*(?:/[\w%+~-][\w.%+~-]*)*(?:\?[\w%=&.+~-]*)?)?(?:#[\w.%:~-]*)?$"
)
_HEADING = re.compile(r"h[1-6]")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_SIZE = "cp-size"
"""Carries a cell's size from one pass to the next; never written."""
SCRIPT_NOTE = "⟨script removed⟩"


@cache
def _list(name: str) -> frozenset[str]:
    text = (files("compare.report.render") / "static" / "allowed.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[name])


@dataclass
class Page:
    """What the pieces of one page have in common while they are cleaned.

    Attributes
    ----------
    lang : str
        Passed on to evidence pages by their links.
    rules : list of str
        Style rules that the pieces need.
    headings : list of (level, text, id)
        In page order; a second first-level heading counts as second-level.
    titled : bool
        Whether there is a first-level heading.
    """

    lang: str = "zh"
    rules: list[str] = field(default_factory=list)
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    titled: bool = False
    classes: dict[str, str] = field(default_factory=dict)

    def heading(self) -> str:
        """The heading that what comes now stands under."""
        return self.headings[-1][1] if self.headings else ""

    def style_class(self, declarations: str) -> str:
        """Class that stands for an inline style; its letters are light on a dark page."""
        if declarations not in self.classes:
            self.classes[declarations] = f"cp-s{len(self.classes)}"
            rule = declarations
            ink = dict(d.split(":", 1) for d in declarations.split(";")).get("color", "")
            if "background-color" not in declarations and _HEX.fullmatch(ink):
                rule += f";color:light-dark({ink},{_lighter(ink)})"
            self.rules.append(f".{self.classes[declarations]}{{{rule}}}")
        return self.classes[declarations]


def _lighter(ink: str) -> str:
    """The same hue, light enough to be read on a dark page."""
    hue, light, full = colorsys.rgb_to_hls(*(int(ink[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    rgb = colorsys.hls_to_rgb(hue, max(light, 0.72), full)
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgb)


def clean(html: str, page: Page) -> Markup:
    """Cut HTML down to allowed tags, attributes, styles and links.

    Parameters
    ----------
    html : str
        From a notebook output, or rendered markdown; not trusted.
    page : Page
        Collects style rules and headings.

    Returns
    -------
    markupsafe.Markup
        Safe to put into a page.
    """
    shown = html_tokens.show_other_tags(_without_raw(html, page), _list("tags"))
    safe = nh3.clean(
        shown,
        tags=set(_list("tags")),
        clean_content_tags=set(),
        attributes={"*": {*_list("attributes"), "id"}, "a": {"href"}},
        attribute_filter=_filtered,
        link_rel=None,
        url_schemes={"https"},  # relative addresses alone get through `_filtered`
        strip_comments=True,
    )
    tokens = framed(_finish(html_tokens.tokens(safe), page), page.heading)
    return Markup(html_tokens.serialize(tokens))


def _without_raw(html: str, page: Page) -> str:
    """HTML whose style sheets have gone to the page's rules, and whose scripts are text or a note.

    What is opened and never closed stays, a tag like any other.
    """
    out, at, closable = [], 0, set(_CLOSING)
    while opening := _OPENING.search(html, at):
        name = opening[1].lower()
        closing = _CLOSING[name].search(html, opening.end()) if name in closable else None
        if closing is None:
            closable.discard(name)
            out.append(html[at : opening.end()])
            at = opening.end()
            continue
        out.append(html[at : opening.start()])
        at = closing.end()
        if name == "style":
            page.rules.extend(_rules(html[opening.end() : closing.start()]))
        elif at - opening.start() <= 200:
            out.append(str(escape(html[opening.start() : at])))
        else:
            out.append(SCRIPT_NOTE)
    return "".join([*out, html[at:]])


def markdown_html(text: str) -> str:
    """Markdown as HTML that is yet to be cleaned; HTML inside it is shown as text."""
    return str(_markdown()(text))


@cache
def _markdown() -> mistune.Markdown:
    return mistune.create_markdown(escape=True, plugins=["table", "strikethrough", "footnotes"])


def safe_link(href: str) -> str | None:
    """The address, if it is a place in the same folder or below it; else None."""
    return href if _LINK.match(href) else None


def _filtered(tag: str, name: str, value: str) -> str | None:
    """The value that an attribute may keep; None drops it."""
    if name == "href":
        # mistune marks links that it takes for harmful
        return value if safe_link(value) is not None and value != "#harmful-link" else None
    if name == "id":
        return value if _NAME.match(value) else None
    if name == "style":
        declarations = tinycss2.parse_declaration_list(
            value, skip_comments=True, skip_whitespace=True
        )
        return _declarations(declarations)
    return value


def _declarations(nodes: list[Any]) -> str:
    kept = {}
    for node in nodes:
        if node.type == "declaration" and node.lower_name in _list("properties"):
            value = " ".join(tinycss2.serialize(node.value).split())
            if _VALUE.match(value):
                kept[node.lower_name] = value
    if (
        "background-color" in kept
        and "color" not in kept
        and kept["background-color"] != "transparent"
    ):
        kept["color"] = "#1d2321"  # meant for light paper; stays readable on a dark page
    return ";".join(f"{name}:{value}" for name, value in kept.items())


def _rules(sheet: str) -> list[str]:
    """Rules of a style sheet that speak of one table (pandas' Styler) and of nothing else."""
    out = []
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selectors = [s.strip() for s in tinycss2.serialize(rule.prelude).split(",")]
        content = tinycss2.parse_declaration_list(
            rule.content, skip_comments=True, skip_whitespace=True
        )
        declarations = _declarations(content)
        if declarations and all(_SELECTOR.match(s) for s in selectors):
            out.append(f"{','.join(selectors)}{{{declarations}}}")
    return out


def _finish(source: Iterable[Token], page: Page) -> Iterator[Token]:
    """Second pass, over cleaned tokens: classes for styles, ids for headings."""
    heading: tuple[int, list[str], str] | None = None
    for token in _sized(source):
        name = token.name
        if token.kind == START:
            token.attributes = _attributes(token.attributes, page)
        if token.kind != TEXT and _HEADING.fullmatch(name):
            if name == "h1" and page.titled and (not heading or heading[0] != 1):
                token.name = name = "h2"
            if token.kind == START:
                heading = (int(name[1]), [], f"cp-h{len(page.headings) + 1}")
                token.attributes["id"] = heading[2]
            elif heading:
                text = " ".join("".join(heading[1]).split())
                page.headings.append((heading[0], text, heading[2]))
                page.titled |= heading[0] == 1
                heading = None
        elif heading and token.kind == TEXT:
            heading[1].append(token.text)
        yield token


def _sized(source: Iterable[Token]) -> Iterator[Token]:
    """Marks table cells that are short (never wrapped) or long (never squeezed)."""
    cell: list[Token] = []
    for token in source:
        if token.is_(START, "td", "th"):
            yield from cell
            cell = [token]
        elif cell:
            cell.append(token)
            if token.is_(END, "td", "th"):
                length = sum(len(t.text) for t in cell if t.kind == TEXT)
                size = "cp-short" if length <= 12 else "cp-long" if length > 48 else ""
                if size:
                    cell[0].attributes[_SIZE] = size
                yield from cell
                cell = []
        else:
            yield token
    yield from cell


def _attributes(attributes: dict[str, str], page: Page) -> dict[str, str]:
    data = dict(attributes)
    style = data.pop("style", "")
    names = [c for c in data.pop("class", "").split() if not c.startswith("cp-")]
    names += [page.style_class(style)] if style else []
    size = data.pop(_SIZE, "")
    names += [size] if size else []
    if names:
        data["class"] = " ".join(names)
    href = data.get("href", "")
    if href.startswith("evidence/") and "?" not in href:
        path, _, place = href.partition("#")
        data["href"] = f"{path}?lang={page.lang}#{place}"
    return data
