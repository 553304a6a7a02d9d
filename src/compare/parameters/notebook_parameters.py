"""Parameters of notebooks: what a notebook declares, and refusing everything else by name.

A notebook declares its parameters in exactly one cell tagged ``parameters``, one typed and
commented default a line::

    indicator: str = "nonfossil_share"  # indicator: which one to compare
    regions: list[str] = []  # place: which places; empty: all that have it

The word at the head of a comment is the parameter's kind (`compare.parameters.parameter_kinds`).

A report set and ``--param`` are checked against that cell before anything runs (`declared`,
`resolve`); a notebook that somebody runs alone checks itself in the next cell (`check`).
The cell is read with `ast`: exact for every Python literal, and without loading papermill.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from compare.base.errors import CompareError, nearest
from compare.base.read_files import parse_json, read_bytes
from compare.parameters import parameter_kinds

TAG = "parameters"
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
    one of these, or ``… | None``; ``help`` is the comment on its line; ``kind`` is one of
    `parameter_kinds.KINDS`, None for a value that means nothing to this package."""

    name: str
    type: str
    default: object
    help: str
    kind: str | None = None


def read_notebook(path: Path) -> dict[str, Any]:
    """A notebook as plain JSON (format 4), without the cost of nbformat."""
    notebook = parse_json(read_bytes(path, missing="no such notebook"), path)
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        raise CompareError("not a notebook of format 4", path)
    _check_cells(notebook, path)
    return notebook


def _check_cells(notebook: dict[str, Any], path: Path) -> None:
    """Check what `declared` relies on; nbformat checks the rest when the notebook runs."""
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        raise CompareError("not a notebook of format 4: it has no list of cells", path)
    for n, cell in enumerate(cells, 1):
        about = cell.get("metadata", {}) if isinstance(cell, dict) else None
        tags = about.get("tags", []) if isinstance(about, dict) else None
        source = cell.get("source") if isinstance(cell, dict) else None
        lines = source if isinstance(source, list) else [source]
        if not isinstance(tags, list) or not all(isinstance(line, str) for line in lines):
            raise CompareError(f"not a notebook of format 4: cell {n} is malformed", path)


def declared(notebook: dict[str, Any], where: Path | str) -> dict[str, Parameter]:
    """The parameters of a notebook, by name, in the order of its cell.

    Raises
    ------
    CompareError
        If the notebook does not keep the contract: not exactly one tagged cell, a line that is
        not ``name: type = literal  # comment``, a default that is not of its type, or a kind that
        there is not or that the type cannot hold.
    """
    tagged = [c for c in notebook["cells"] if TAG in c.get("metadata", {}).get("tags", [])]
    if len(tagged) != 1:
        raise CompareError(f"must have exactly one cell tagged {TAG!r}, has {len(tagged)}", where)
    source = tagged[0]["source"]
    return _declared_in(source if isinstance(source, str) else "".join(source), where)


def _declared_in(source: str, where: Path | str) -> dict[str, Parameter]:
    """The parameters that the source of one cell declares."""
    try:
        body = ast.parse(source).body
        comments = _comments(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError) as error:
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
        except (ValueError, TypeError, RecursionError, MemoryError) as error:
            raise CompareError(f"{at}{name}: {error}", where) from None
        if name in found:
            raise CompareError(f"{at}{name} is declared twice", where)
        if statement.end_lineno not in comments:
            raise CompareError(f"{at}{name} has no comment that says what it is", where)
        if not _fits(default, kind):
            raise CompareError(f"{at}the default of {name} is not {kind}: {default!r}", where)
        found[name] = Parameter(name, kind, default, comments[statement.end_lineno])
    return _with_kinds(found, where)


def _with_kinds(found: dict[str, Parameter], where: Path | str) -> dict[str, Parameter]:
    """The parameters with their kinds: as declared, or by name where none is declared at all."""
    split = {name: parameter_kinds.split_comment(p.help) for name, p in found.items()}
    declares_kinds = any(kind for kind, _ in split.values())
    for name, parameter in found.items():
        if word := parameter_kinds.misspelt(parameter.help):
            hint = nearest(word, parameter_kinds.KINDS)
            raise CompareError(f"{TAG} cell: {name} is of an unknown kind {word!r}{hint}", where)
        kind = split[name][0]
        if kind and not parameter_kinds.fits_type(kind, parameter.type):
            raise CompareError(
                f"{TAG} cell: {name} is of kind {kind} and cannot be {parameter.type}", where
            )
    if declares_kinds:
        return {n: replace(p, kind=split[n][0], help=split[n][1]) for n, p in found.items()}
    by_name = {n: parameter_kinds.kind_by_name(n) for n in found}
    fitting = {
        n: k for n, k in by_name.items() if k and parameter_kinds.fits_type(k, found[n].type)
    }
    return {n: replace(p, kind=fitting.get(n)) for n, p in found.items()}


def of_kind(known: dict[str, Parameter], kind: str) -> Parameter | None:
    """The first parameter of a kind, in the order of the cell: what the notebook is about."""
    return next((p for p in known.values() if p.kind == kind), None)


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


def _fits(value: object, kind: str) -> bool:
    if kind.endswith(" | None"):
        return value is None or _fits(value, kind.removesuffix(" | None"))
    if kind.startswith("list["):
        return isinstance(value, list | tuple) and all(_fits(v, kind[5:-1]) for v in value)
    if isinstance(value, bool) or kind == "bool":
        return isinstance(value, bool) and kind == "bool"
    return isinstance(value, (int, float) if kind == "float" else _SCALARS[kind])


def resolve(known: dict[str, Parameter], given: dict[str, Any]) -> dict[str, Any]:
    """``given`` over the defaults, everything checked.

    Returns
    -------
    dict
        All parameters in the order of the cell.

    Raises
    ------
    CompareError
        One line that names the parameter: unknown (with the nearest right name), not of its
        type, or not a place, indicator, language, table or year that exists.
    """
    for name, value in given.items():
        if name not in known:
            raise CompareError(f"unknown parameter {name!r}{nearest(name, list(known))}")
        _check_type(name, value, known[name].type)
        parameter_kinds.check_value(name, known[name].kind, value)
    return {name: given.get(name, p.default) for name, p in known.items()}


def _check_type(name: str, value: object, kind: str) -> None:
    if not _fits(value, kind):
        raise CompareError(f"parameter {name} must be {kind}, not {value!r}")


def parse(parameter: Parameter, text: str) -> Any:
    """The value of ``--param name=text``: text for ``str``, a Python or JSON literal for the rest;
    a list may also be written ``a,b,c``."""
    kind = parameter.type.removesuffix(" | None")
    if parameter.type != kind and text in ("None", "null"):
        return None
    try:
        value = _literal(kind, text)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        value = None
    if value is None or not _fits(value, kind):
        raise CompareError(f"parameter {parameter.name} must be {_WORDS[kind]}, not {text!r}")
    return value


def _literal(kind: str, text: str) -> Any:
    if kind == "str":
        return text
    if kind.startswith("list[") and not text.lstrip().startswith("["):
        return [_literal(kind[5:-1], part.strip()) for part in text.split(",") if part.strip()]
    return ast.literal_eval({"true": "True", "false": "False"}.get(text, text).strip())


# ------------------------------------------------------------------ inside a notebook
def check(namespace: dict[str, Any]) -> None:
    """Check the parameters of the notebook that calls: ``check(globals())``, in the cell that
    follows the one tagged ``parameters``.

    Needed because papermill only warns of an unknown parameter and takes any type.

    Parameters
    ----------
    namespace : dict
        ``globals()``. Its annotations say which parameters there are, its history (``In``) of
        which kind they are; a name that papermill injected and that is not among them is unknown.

    Raises
    ------
    CompareError
        As `resolve`.
    """
    notes = namespace.get("__annotations__", {})
    if not notes:
        raise CompareError("no typed parameters here; run the cell tagged 'parameters' first")
    history = namespace.get("In", [])
    at = _cell_of(history, set(notes))
    for name in _injected_names(history, at):
        if name not in notes:
            raise CompareError(f"unknown parameter {name!r}{nearest(name, list(notes))}")
    kinds = _kinds(history, at, notes)
    for name, note in notes.items():
        if name in namespace:
            _check_type(name, namespace[name], _type_name(_note_text(note)))
            parameter_kinds.check_value(name, kinds[name], namespace[name])


def _note_text(note: object) -> str:
    if isinstance(note, type) and not hasattr(note, "__args__"):
        return note.__name__
    return str(note)


def _cell_of(history: list[str], names: set[str]) -> int | None:
    """Where in the history the ``parameters`` cell was run last: it annotates all these names."""
    for i in reversed(range(len(history) - 1)):
        targets = [s.target for s in _statements(history[i]) if isinstance(s, ast.AnnAssign)]
        if {t.id for t in targets if isinstance(t, ast.Name)} >= names:
            return i
    return None


def _injected_names(history: list[str], at: int | None) -> list[str]:
    """Names that the cell behind the ``parameters`` cell sets, if it does nothing but set names:
    that is the cell which papermill, and JupyterLab's scheduler, put in there."""
    following = _statements(history[at + 1]) if at is not None else []
    if not all(isinstance(s, ast.Assign) for s in following):
        return []
    targets = [t for s in following if isinstance(s, ast.Assign) for t in s.targets]
    return [t.id for t in targets if isinstance(t, ast.Name)]


def _kinds(history: list[str], at: int | None, notes: dict[str, object]) -> dict[str, str | None]:
    """The kind of each parameter, from the cell that declares it; by name where there is no
    history (a script), or where the cell declares no kinds."""
    by_name = {name: parameter_kinds.kind_by_name(name) for name in notes}
    if at is None:
        return by_name
    comments = _comments(history[at])
    found = {}
    for statement in _statements(history[at]):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name, line = statement.target.id, statement.end_lineno or 0
            type_name = _type_name(ast.unparse(statement.annotation))
            found[name] = Parameter(name, type_name, None, comments.get(line, ""))
    return by_name | {p.name: p.kind for p in _with_kinds(found, "this notebook").values()}


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
