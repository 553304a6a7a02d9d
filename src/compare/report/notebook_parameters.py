"""Parameters of notebooks: what a notebook declares, and refusing everything else by name.

A notebook declares its parameters in exactly one cell tagged ``parameters``, one typed and
commented default a line::

    indicator: str = "nonfossil_share"  # which indicator to compare
    regions: list[str] = []  # which places; empty: all that have it

A report set and ``--param`` are checked against that cell before anything runs (`declared`,
`resolve`); a notebook that somebody runs alone checks itself in the next cell (`check`).
The cell is read with `ast`: exact for every Python literal, and without loading papermill.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from compare.base.errors import CompareError, nearest
from compare.vocabulary import indicators as catalogue
from compare.vocabulary import places as known_places

TAG = "parameters"
LANGUAGES = ("zh", "en")
_SCALARS = {"str": str, "int": int, "float": float, "bool": bool}
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "list[str]": "a list of texts",
    "list[int]": "a list of whole numbers",
    "list[float]": "a list of numbers",
    "list[bool]": "a list of true and false",
}


@dataclass(frozen=True)
class Parameter:
    """One declared parameter: ``type`` is ``str``, ``int``, ``float``, ``bool``, ``list[…]`` of
    one of these, or ``… | None``; ``help`` is the comment on its line."""

    name: str
    type: str
    default: object
    help: str


def read_notebook(path: Path) -> dict:
    """A notebook as plain JSON (format 4), without the cost of nbformat."""
    try:
        notebook = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise CompareError("no such notebook", path) from None
    except (ValueError, OSError) as error:
        raise CompareError(f"not a readable notebook: {error}", path) from None
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        raise CompareError("not a notebook of format 4", path)
    return notebook


def declared(notebook: dict, where: Path | str) -> dict[str, Parameter]:
    """The parameters of a notebook, by name, in the order of its cell.

    Raises
    ------
    CompareError
        If the notebook does not keep the contract: not exactly one tagged cell, a line that is
        not ``name: type = literal  # comment``, or a default that is not of its type.
    """
    tagged = [c for c in notebook["cells"] if TAG in c.get("metadata", {}).get("tags", [])]
    if len(tagged) != 1:
        raise CompareError(f"must have exactly one cell tagged {TAG!r}, has {len(tagged)}", where)
    source = tagged[0]["source"]
    source = source if isinstance(source, str) else "".join(source)
    try:
        body = ast.parse(source).body
        comments = _comments(source)
    except (SyntaxError, tokenize.TokenError) as error:
        raise CompareError(f"the cell tagged {TAG!r} is not Python: {error}", where) from None
    found: dict[str, Parameter] = {}
    for statement in body:
        at = f"{TAG} cell, line {statement.lineno}: "
        match statement:
            case ast.AnnAssign(
                target=ast.Name(id=name), value=ast.expr() as value, annotation=note
            ):
                pass
            case _:
                raise CompareError(
                    f"{at}not a typed default (name: type = value  # comment)", where
                )
        try:
            kind, default = _type_name(ast.unparse(note)), ast.literal_eval(value)
        except ValueError as error:
            raise CompareError(f"{at}{name}: {error}", where) from None
        if name in found:
            raise CompareError(f"{at}{name} is declared twice", where)
        if statement.end_lineno not in comments:
            raise CompareError(f"{at}{name} has no comment that says what it is", where)
        if not _fits(default, kind):
            raise CompareError(f"{at}the default of {name} is not {kind}: {default!r}", where)
        found[name] = Parameter(name, kind, default, comments[statement.end_lineno])
    return found


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}


def _type_name(note: str) -> str:
    """``note`` in the one spelling used here; ValueError for a type that is not supported."""
    text = note.replace("typing.", "").strip("'\"")
    text = re.sub(r"^Optional\[(.*)\]$", r"\1 | None", text)
    base = text.removesuffix(" | None").replace("List[", "list[")
    if base not in _SCALARS and not re.fullmatch(r"list\[(str|int|float|bool)\]", base):
        raise ValueError(
            f"{note!r} is not a type for parameters (str, int, float, bool, list[str] …)"
        )
    return base + " | None" * text.endswith(" | None")


def _fits(value, kind: str) -> bool:
    if kind.endswith(" | None"):
        return value is None or _fits(value, kind.removesuffix(" | None"))
    if kind.startswith("list["):
        return isinstance(value, list | tuple) and all(_fits(v, kind[5:-1]) for v in value)
    if isinstance(value, bool) or kind == "bool":
        return isinstance(value, bool) and kind == "bool"
    return isinstance(value, (int, float) if kind == "float" else _SCALARS[kind])


def resolve(known: dict[str, Parameter], given: dict) -> dict:
    """``given`` over the defaults, everything checked.

    Returns
    -------
    dict
        All parameters in the order of the cell.

    Raises
    ------
    CompareError
        One line that names the parameter: unknown (with the nearest right name), not of its
        type, or not a place, indicator, language or year that exists.
    """
    for name, value in given.items():
        if name not in known:
            raise CompareError(f"unknown parameter {name!r}{nearest(name, list(known))}")
        _check_type(name, value, known[name].type)
        check_value(name, value)
    return {name: given.get(name, p.default) for name, p in known.items()}


def _check_type(name: str, value, kind: str) -> None:
    if not _fits(value, kind):
        raise CompareError(f"parameter {name} must be {kind}, not {value!r}")


def parse(parameter: Parameter, text: str):
    """The value of ``--param name=text``: text for ``str``, a Python or JSON literal for the rest;
    a list may also be written ``a,b,c``."""
    kind = parameter.type.removesuffix(" | None")
    if parameter.type != kind and text in ("None", "null"):
        return None
    try:
        value = _literal(kind, text)
    except (ValueError, SyntaxError):
        value = None
    if value is None or not _fits(value, kind):
        raise CompareError(f"parameter {parameter.name} must be {_WORDS[kind]}, not {text!r}")
    return value


def _literal(kind: str, text: str):
    if kind == "str":
        return text
    if kind.startswith("list[") and not text.lstrip().startswith("["):
        return [_literal(kind[5:-1], part.strip()) for part in text.split(",") if part.strip()]
    return ast.literal_eval({"true": "True", "false": "False"}.get(text, text).strip())


# ------------------------------------------------------------------ what the values mean
@cache
def places() -> dict[str, dict[str, str]]:
    """Known places: ``{region_id: {"zh": …, "en": …}}``."""
    return {
        r["region_id"]: {"zh": r["region_zh"], "en": r["region_en"]} for r in known_places.rows()
    }


@cache
def indicators() -> dict[str, dict[str, str]]:
    """Known indicators: ``{indicator: {"zh": …, "en": …}}``."""
    return {k: {"zh": v.name_zh, "en": v.name_en} for k, v in catalogue.known().items()}


def check_value(name: str, value) -> None:
    """Refuse what does not exist, by the name of the parameter: ``region(s)``, ``peers``,
    ``indicator(s)``, ``lang``, ``year(s)``; other names mean nothing here and pass."""
    values = value if isinstance(value, list | tuple) else [] if value is None else [value]
    single = "region" if name == "peers" else name.removesuffix("s")
    known = {"region": places, "indicator": indicators, "lang": lambda: LANGUAGES}.get(single)
    if known:
        for v in values:
            if v not in known():
                raise CompareError(
                    f"parameter {name}: unknown {single} {v!r}{nearest(str(v), list(known()))}"
                )
    if single == "year":
        for v in values:
            if not 1990 <= v <= 2100:
                raise CompareError(f"parameter {name}: {v!r} is not a year between 1990 and 2100")


# ------------------------------------------------------------------ inside a notebook
def check(namespace: dict) -> None:
    """Check the parameters of the notebook that calls: ``check(globals())``, in the cell that
    follows the one tagged ``parameters``.

    Needed because papermill only warns of an unknown parameter and takes any type.

    Parameters
    ----------
    namespace : dict
        ``globals()``. Its annotations say which parameters there are; a name that papermill
        injected and that is not among them is unknown.

    Raises
    ------
    CompareError
        As `resolve`.
    """
    notes = namespace.get("__annotations__", {})
    if not notes:
        raise CompareError("no typed parameters here; run the cell tagged 'parameters' first")
    for name in _injected(namespace.get("In", []), notes):
        if name not in notes:
            raise CompareError(f"unknown parameter {name!r}{nearest(name, list(notes))}")
    for name, note in notes.items():
        if name in namespace:
            kind = _type_name(
                note.__name__
                if isinstance(note, type) and not hasattr(note, "__args__")
                else str(note)
            )
            _check_type(name, namespace[name], kind)
            check_value(name, namespace[name])


def _injected(history: list[str], declared: dict) -> list[str]:
    """Names that the cell behind the last run of the ``parameters`` cell sets, if it does nothing
    but set names: that is the cell which papermill, and JupyterLab's scheduler, put in there."""
    for i in reversed(range(len(history) - 1)):
        notes = [s.target for s in _statements(history[i]) if isinstance(s, ast.AnnAssign)]
        if {n.id for n in notes if isinstance(n, ast.Name)} >= set(declared):
            following = _statements(history[i + 1])
            if all(isinstance(s, ast.Assign) for s in following):
                return [t.id for s in following for t in s.targets if isinstance(t, ast.Name)]
            return []
    return []


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except SyntaxError:
        return []
