"""HTML as a sequence of tokens, for filters that add to it once it is clean, and back.

nh3 takes text and gives text; frames of tables, classes and ids of headings are added to the tokens
between. Nothing here decides what is safe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

MOST_NESTED = 30
"""Elements within each other from which on tags are left out; their text stays."""
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_IN_A_CELL = frozenset(["p", "td", "th"])
_IN_A_ROW = _IN_A_CELL | {"tr"}
_IN_A_PART = _IN_A_ROW | {"thead", "tbody", "tfoot"}
_ENDS = {
    **dict.fromkeys(["p", "div", "ul", "ol", "dl", "table", "pre", "blockquote"], frozenset("p")),
    "li": frozenset(["p", "li"]),
    **dict.fromkeys(["dt", "dd"], frozenset(["p", "dt", "dd"])),
    **dict.fromkeys(["td", "th"], _IN_A_CELL),
    "tr": _IN_A_ROW,
    **dict.fromkeys(["thead", "tbody", "tfoot"], _IN_A_PART),
}
"""Elements that end, without an end tag, where these begin."""
START, END, TEXT = "start", "end", "text"


@dataclass
class Token:
    """A start tag (with attributes), an end tag or a text."""

    kind: str
    name: str = ""
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)

    def is_(self, kind: str, *names: str) -> bool:
        """Whether it is of a kind and has one of these names."""
        return self.kind == kind and self.name in names


class _Parser(HTMLParser):
    CDATA_CONTENT_ELEMENTS = ()  # pyright: ignore[reportGeneralTypeIssues]  (no constants: documented)
    RCDATA_CONTENT_ELEMENTS = ()  # pyright: ignore[reportGeneralTypeIssues]


class _Tokens(_Parser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.found.append(Token(START, tag, attributes=attributes))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(Token(END, tag))

    def handle_data(self, data: str) -> None:
        self.found.append(Token(TEXT, text=data))


class _ShowOthers(_Parser):
    def __init__(self, allowed: Collection[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.allowed = allowed
        self.out: list[str] = []
        self._open: list[tuple[str, bool]] = []  # names, and whether the tag was written
        self._count: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text = self.get_starttag_text() or ""
        if tag not in self.allowed:
            self.out.append(text.replace("<", "&lt;"))
        elif tag in _VOID:
            self.out.append(text)
        else:
            while self._open and self._open[-1][0] in _ENDS.get(tag, ()):
                self._pop()
            written = len(self._open) < MOST_NESTED
            self._open.append((tag, written))
            self._count[tag] += 1
            if written:
                self.out.append(text)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        text = f"</{tag}>"
        if tag not in self.allowed:
            self.out.append(text.replace("<", "&lt;"))
            return
        written = True
        while self._count[tag]:
            name, written = self._pop()
            if name == tag:
                break
        if written:
            self.out.append(text)

    def _pop(self) -> tuple[str, bool]:
        name, written = self._open.pop()
        self._count[name] -= 1
        return name, written

    def handle_data(self, data: str) -> None:
        self.out.append(data.replace("<", "&lt;"))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")


def show_other_tags(html: str, allowed: Collection[str]) -> str:
    """The same HTML with every tag that is not among ``allowed`` as text, for a reader to see, and
    without tags that lie too deep in each other."""
    parser = _ShowOthers(allowed)
    parser.feed(html)
    rest = parser.rawdata  # a tag that never ends, a lone "<"
    return "".join(parser.out) + rest.replace("<", "&lt;")


def tokens(html: str) -> list[Token]:
    """The tokens of well-formed HTML, as nh3 writes it."""
    parser = _Tokens()
    parser.feed(html)
    parser.close()
    return parser.found


def serialize(source: Iterable[Token]) -> str:
    """Tokens as HTML; texts and values are escaped."""
    out = []
    for token in source:
        if token.kind == TEXT:
            out.append(_escape_text(token.text))
        elif token.kind == END:
            out.append(f"</{token.name}>")
        else:
            attributes = "".join(f' {k}="{_escape_value(v)}"' for k, v in token.attributes.items())
            out.append(f"<{token.name}{attributes}>")
    return "".join(out)


def _escape_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escape_value(value: str) -> str:
    return _escape_text(value).replace('"', "&quot;")
