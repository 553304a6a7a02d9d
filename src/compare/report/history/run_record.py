"""The record of a run (``run.json``), and the hashes by which the next run knows what to redo.

The schema is described in ``docs/run-record.md``.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from compare import __version__
from compare.base.errors import CompareError
from compare.base.workspace import curated_dir, home, raw_dir
from compare.report import notebook_parameters
from compare.report.history import external_inputs
from compare.report.publish import RECORD
from compare.report.report_set import Report, ReportSet

SCHEMA = 2
_LIBRARIES = """
ipykernel itables jinja2 jupyter-client matplotlib nbclient nbconvert numpy pandas papermill pyarrow
seaborn typst zhplot
"""


def write(folder: Path, run: dict) -> None:
    """Write a record."""
    text = json.dumps(run, ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")


def described(data: bytes) -> dict:
    """What the record says of a file."""
    return {"bytes": len(data), "sha256": sha256(data).hexdigest()}


def hash_of(value) -> str:
    """SHA-256 of a JSON value."""
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def hash_file(path: Path) -> str | None:
    """SHA-256 of a file's bytes; None if it cannot be read."""
    try:
        info = os.stat(path)
        return _hash_file(path, info.st_mtime_ns, info.st_size)
    except OSError:
        return None


@cache
def _hash_file(path: Path, *_) -> str:
    return sha256(path.read_bytes()).hexdigest()


def hash_notebook(path: Path) -> str:
    """SHA-256 of what a notebook does: its cells and settings, without stored outputs, so that
    opening and running it in JupyterLab changes nothing."""
    info = os.stat(path)
    return _hash_notebook(path, info.st_mtime_ns, info.st_size)


@cache
def _hash_notebook(path: Path, *_) -> str:
    notebook = notebook_parameters.read_notebook(path)
    cells = [
        {k: v for k, v in cell.items() if k not in ("outputs", "execution_count")}
        for cell in notebook["cells"]
    ]
    for cell in cells:
        if isinstance(cell["source"], list):
            cell["source"] = "".join(cell["source"])
    return hash_of([cells, notebook["metadata"].get("kernelspec", {}).get("name")])


@cache
def versions() -> dict[str, str]:
    """Versions of this package, of Python and of the libraries that make the pages."""
    found = {"carbon-peak": __version__, "python": platform.python_version()}
    for name in _LIBRARIES.split():
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@cache
def hash_package() -> str:
    """SHA-256 of this package's files and of `versions`."""
    root = Path(sys.modules["compare"].__file__).parent
    files = sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return hash_of([versions(), [[str(p.relative_to(root)), hash_file(p)] for p in files]])


def release() -> dict:
    """The data release: name, version, and the SHA-256 of its ``datapackage.json``, which holds the
    hashes of all tables."""
    file = curated_dir() / "datapackage.json"
    try:
        package = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise CompareError("no such file; `carbon-peak build` makes it", file) from None
    except ValueError as error:
        raise CompareError(f"not a data package: {error}", file) from None
    known = {key: package.get(key) for key in ("name", "version")}
    return {**known, "sha256": hash_file(file)}


def date() -> str | None:
    """The date of this version, the same whenever a page is made: ``SOURCE_DATE_EPOCH``, else what
    ``CITATION.cff`` states for it; null where neither says.

    Raises
    ------
    CompareError
        ``SOURCE_DATE_EPOCH`` is no time.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
        except (ValueError, OverflowError, OSError):
            raise CompareError(f"not a number of seconds: {epoch!r}", "SOURCE_DATE_EPOCH") from None
    try:
        text = (home() / "CITATION.cff").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    stated = dict(re.findall(r"^(version|date-released): *[\"']?([\w.-]+)", text, re.M))
    return stated.get("date-released") if stated.get("version") == __version__ else None


def hashes(report: Report, links: dict) -> dict[str, str]:
    """What a report depends on, apart from the files it reads."""
    return {
        "notebook": hash_notebook(report.notebook),
        "parameters": hash_of(report.given),
        "page": hash_of([report.title, report.lang, report.formats, links]),
        "package": hash_package(),
    }


def site_hash(chosen: ReportSet, reports: list[dict]) -> str:
    """What the index and the evidence pages depend on."""
    keys = ("id", "title", "group", "hashes", "inputs", "error")
    listed = [[report[key] for key in keys] for report in reports]
    return hash_of([chosen.title, listed, release(), date(), hash_package()])


def inputs(seen: list[str] | None) -> dict[str, str]:
    """Hashes of the files that a notebook read; of the whole release, where no table was seen.

    Files outside the checkout are named by `compare.report.history.external_inputs`.
    """
    seen = list(seen or [])
    tables = curated_dir().relative_to(home())
    if not any(Path(path).is_relative_to(tables) for path in seen):
        seen.append(str(tables / "datapackage.json"))
    named = {external_inputs.name(p) if os.path.isabs(p) else p: _before(home() / p) for p in seen}
    return dict(sorted(named.items()))


_at_start: dict[Path, str | None] = {}


def note_data() -> None:
    """Hash the data once, before any notebook reads it: a table that changes while a run is at
    work then counts as changed in the next."""
    for folder in (curated_dir(), raw_dir()):
        _at_start.update({p: hash_file(p) for p in folder.rglob("*") if p.is_file()})


def _before(path: Path) -> str | None:
    return _at_start[path] if path in _at_start else hash_file(path)


def relative(path: Path) -> str:
    """A path as the record shows it: from the checkout, or only the last two parts."""
    path = path.resolve()
    base = home().resolve()
    return str(path.relative_to(base)) if path.is_relative_to(base) else "/".join(path.parts[-2:])


def reason(
    now: dict[str, str],
    old: dict | None,
    broken: frozenset[str],
    places: dict[str, str],
    force: bool,
) -> str | None:
    """Why a report has to be made again; None if it is up to date.

    Parameters
    ----------
    now : dict
        Its `hashes`.
    old : dict or None
        Its entry in the last record.
    broken : frozenset of str
        Those of its files that are not as they were published.
    places : dict
        Where its inputs outside the checkout are, by their names in the record.
    """
    if old is None:
        return "new"
    if force:
        return "forced"
    if old["status"] == "failed":
        return "failed last time"
    for what, value in now.items():
        if old["hashes"].get(what) != value:
            return f"{what} changed"
    for path, value in old["inputs"].items():
        if hash_file(home() / places.get(path, path)) != value:
            return f"{path} changed"
    if broken:
        return f"{min(broken)} is not as it was published"
    return None


def subjects(report: Report, pairs: set[tuple[str, str]]) -> dict[str, list[str]]:
    """Ids of the ``regions`` and ``indicators`` that a report is about, for the index to show, and of
    the ``places`` it looks at, for the index to search: also those that set no target.

    ``pairs`` are all (indicator, place) that have a target; an empty or absent parameter means
    all of them.
    """
    places = _chosen(report.resolved, "region")
    indicators = _chosen(report.resolved, "indicator")
    fitting = {
        (i, p)
        for i, p in pairs
        if (p in places or not places) and (i in indicators or not indicators)
    }
    seen_places, seen_indicators = {p for _, p in fitting}, {i for i, _ in fitting}
    return {
        "regions": places or [p for p in notebook_parameters.places() if p in seen_places],
        "indicators": indicators
        or [i for i in notebook_parameters.indicators() if i in seen_indicators],
        "places": places or [p for p in notebook_parameters.places() if p in {p for _, p in pairs}],
    }


def _chosen(resolved: dict, name: str) -> list[str]:
    value = resolved.get(name) or resolved.get(f"{name}s") or []
    return [value] if isinstance(value, str) else list(value)
