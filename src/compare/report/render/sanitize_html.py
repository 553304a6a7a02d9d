"""Safe: HTML from notebook outputs and markdown, cut down to what a page may hold.

No output is trusted, not even that of our own display helpers: every piece goes through bleach
with a list of allowed tags and attributes. What is not allowed is shown as text; long scripts
are replaced by a note. ``style`` rules are kept where they are plain colours and alignments,
inline styles become classes (the pages forbid inline styles), and links lead nowhere but to a
place in the same folder.
"""

from __future__ import annotations

import colorsys
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from compare.report.render.table_frames import framed

_VALUE = re.compile(r"^(?!.*(?:url|expression|image|attr)\s*\()[#\w\s.,%()+-]{1,80}$", re.I)
_SELECTOR = re.compile(r"^#T_[\w-]+[\w\s.#:()-]*$")
_RAW = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1\s*>", re.I | re.S)
_NAME = re.compile(r"^(?!cp-)[A-Za-z][\w-]{0,80}$")
_LINK = re.compile(
    r"^(?:[\w%+~-][\w.%+~-]*(?:/[\w%+~-][\w.%+~-]*)*(?:\?[\w%=&.+~-]*)?)?(?:#[\w.%:~-]*)?$"
)
_HEADING = re.compile(r"h[1-6]")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
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
    """

    lang: str = "zh"
    rules: list[str] = field(default_factory=list)
    headings: list[tuple[int, str, str]] = field(default_factory=list)
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


def clean(html: str, page: Page):
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
    from bleach.sanitizer import Cleaner
    from markupsafe import Markup, escape

    def raw(match: re.Match) -> str:
        if match[1].lower() == "script":
            return str(escape(match[0])) if len(match[0]) <= 200 else SCRIPT_NOTE
        page.rules.extend(_rules(match[2]))
        return ""

    cleaner = Cleaner(
        tags=_list("tags"),
        attributes=_allowed,
        protocols={
            "https"
        },  # relative addresses pass only where this is not empty; _allowed has no others
        strip=False,
        strip_comments=True,
        css_sanitizer=_Declarations,
        filters=[lambda source: framed(_finish(source, page), page.heading)],
    )
    return Markup(cleaner.clean(_RAW.sub(raw, html)))


def markdown(text: str, page: Page):
    """Markdown as safe HTML; HTML inside it is shown as text."""
    return clean(_markdown()(text), page)


def _markdown():
    import mistune

    return mistune.create_markdown(escape=True, plugins=["table", "strikethrough", "footnotes"])


def safe_link(href: str) -> str | None:
    """The address, if it is a place in the same folder or below it; else None."""
    return href if _LINK.match(href) else None


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "href":
        return tag == "a" and safe_link(value) is not None and value != "#harmful-link"  # mistune's
    if name == "id":
        return bool(_NAME.match(value))
    return name in _list("attributes")


class _Declarations:
    """bleach's interface for inline styles."""

    @staticmethod
    def sanitize_css(style: str) -> str:
        import tinycss2

        return _declarations(
            tinycss2.parse_declaration_list(style, skip_comments=True, skip_whitespace=True)
        )


def _declarations(nodes) -> str:
    kept = {}
    for node in nodes:
        if node.type == "declaration" and node.lower_name in _list("properties"):
            import tinycss2

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
    import tinycss2

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


def _finish(source, page: Page):
    """Second pass, over cleaned tokens: classes for styles, ids for headings."""
    heading: list | None = None
    for token in _sized(source):
        kind, name = token["type"], token.get("name")
        if kind in ("StartTag", "EmptyTag"):
            token["data"] = _attributes(token["data"], name, page)
        if name and kind in ("StartTag", "EndTag") and _HEADING.fullmatch(name):
            if (
                name == "h1"
                and any(level == 1 for level, *_ in page.headings)
                and (not heading or heading[0] != 1)
            ):
                token["name"] = name = "h2"
            if kind == "StartTag":
                heading = [int(name[1]), "", f"cp-h{len(page.headings) + 1}"]
                token["data"][(None, "id")] = heading[2]
            elif heading:
                page.headings.append((heading[0], " ".join(heading[1].split()), heading[2]))
                heading = None
        elif heading and kind in ("Characters", "SpaceCharacters"):
            heading[1] += token["data"]
        yield token


def _sized(source):
    """Marks table cells that are short (never wrapped) or long (never squeezed)."""
    cell: list = []
    for token in source:
        if token["type"] == "StartTag" and token["name"] in ("td", "th"):
            yield from cell
            cell = [token]
        elif cell:
            cell.append(token)
            if token["type"] == "EndTag" and token["name"] in ("td", "th"):
                text = "".join(
                    t["data"] for t in cell if t["type"] in ("Characters", "SpaceCharacters")
                )
                size = "cp-short" if len(text) <= 12 else "cp-long" if len(text) > 48 else ""
                if size:
                    cell[0]["data"] = {**cell[0]["data"], (None, "cp-size"): size}
                yield from cell
                cell = []
        else:
            yield token
    yield from cell


def _attributes(data: dict, tag: str, page: Page) -> dict:
    style = data.pop((None, "style"), "")
    names = [c for c in data.pop((None, "class"), "").split() if not c.startswith("cp-")]
    names += [page.style_class(style)] if style else []
    size = data.pop((None, "cp-size"), "")
    names += [size] if size else []
    if names:
        data[(None, "class")] = " ".join(names)
    href = data.get((None, "href"), "")
    if href.startswith("evidence/") and "?" not in href:
        path, _, place = href.partition("#")
        data[(None, "href")] = f"{path}?lang={page.lang}#{place}"
    return data
