"""Report sets (``reports/reports.toml``): read, checked to the line, spread into single reports."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from compare.base.errors import CompareError, nearest
from compare.base.workspace import home
from compare.report import notebook_parameters

FORMATS = ("html", "ipynb", "pdf")
_TOP = ("set", "keep", "questions", "report")
_SET = ("title", "formats", "timeout", "jobs")
_KEEP = ("runs", "days")
_REPORT = (
    "name", "notebook", "title", "question", "parameters", "for_each", "formats", "timeout",
    "last_release",
)  # fmt: skip
_FOR_EACH = ("of", "at_least")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,80}")
_OF_THE_SITE = ("index", "evidence", "thumbs", "run")
"""What a run names its own files and folders."""


@dataclass(frozen=True)
class Report:
    """One report to make: one notebook with one set of parameters.

    Attributes
    ----------
    id : str
        ``name``, or ``name-<value>…`` with the values of ``for_each``; names the files.
    given, resolved : dict
        The parameters handed to the notebook; the same over its defaults.
    title : dict
        ``zh`` and ``en``.
    question : str or None
        Key of the question it answers.
    group : dict
        That question, ``zh`` and ``en``; empty texts for none.
    lang : str
        Language of the page.
    timeout : int
        Seconds for the whole notebook.
    last_release : str or None
        Name of the parameter that is handed the folder of the last different data release.
    wanted : bool
        False if the command named or picked others.
    """

    id: str
    name: str
    notebook: Path
    given: dict
    resolved: dict
    title: dict
    question: str | None
    group: dict
    lang: str
    formats: tuple[str, ...]
    timeout: int
    last_release: str | None = None
    wanted: bool = True

    def given_also(self, extra: dict) -> Report:
        """The same report with more parameters, which are right already."""
        full = {"given": {**self.given, **extra}, "resolved": {**self.resolved, **extra}}
        return replace(self, **full)


@dataclass(frozen=True)
class ReportSet:
    """A checked set: its reports in order, and how many old runs to keep (0: no limit).

    ``departs`` names a report that ``--param`` makes with other parameters than the set declares,
    and the parameter; None if all are as declared.
    """

    file: Path
    title: dict
    questions: dict[str, dict]
    reports: tuple[Report, ...]
    jobs: int = 2
    keep_runs: int = 10
    keep_days: int = 90
    departs: tuple[str, str] | None = None


def default_set() -> Path:
    """``reports/reports.toml`` of the checkout."""
    return home() / "reports" / "reports.toml"


def read_set(
    file: Path, override: dict[str, str] | None = None, names: Iterable[str] = ()
) -> ReportSet:
    """Read and check a set, and its notebooks' parameters; nothing is run.

    Parameters
    ----------
    file : path
        The TOML file; notebooks are found relative to it.
    override : dict of str, optional
        ``--param``: parameters as text, for the reports named by ``names``. One that a report
        has in ``for_each`` picks those with that value; the others stay in the set, not wanted.
    names : iterable of str, optional
        Names or ids of the reports that are wanted; the default is every report.

    Raises
    ------
    CompareError
        With the line of the file: unknown or missing key, wrong type, unknown or ill-typed
        parameter, unknown place or indicator, a name twice.
    """
    return _Reader(file).read(override or {}, list(names))


def find_line(text: str, path: tuple) -> int | None:
    """The 1-based line on which the value at ``path`` (keys and indices) begins.

    tomllib keeps no positions; but the shortest beginning of the file that holds the value ends
    where the value ends, and the longest that does not ends just before it.
    """
    lines, before = text.splitlines(keepends=True), 0
    for n in range(1, len(lines) + 1):
        try:
            at = tomllib.loads("".join(lines[:n]))
            for key in path:
                at = at[key]
        except tomllib.TOMLDecodeError:
            continue
        except (KeyError, IndexError, TypeError):
            before = n
            continue
        return before + 1
    return None


@dataclass
class _Reader:
    file: Path
    text: str = ""
    notebooks: dict[Path, dict] = field(default_factory=dict)
    departs: tuple[str, str] | None = None

    def fail(self, problem: str, *path) -> CompareError:
        line = None
        while path and line is None:
            line, path = find_line(self.text, path), path[:-1]
        return CompareError(problem, self.file, line)

    def load(self) -> dict:
        try:
            self.text = self.file.read_text(encoding="utf-8")
            return tomllib.loads(self.text)
        except FileNotFoundError:
            raise CompareError("no such report set", self.file) from None
        except (OSError, UnicodeDecodeError) as error:
            raise CompareError(f"cannot be read: {error}", self.file) from None
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"\(at line (\d+)", str(error))
            at = int(line[1]) if line else len(self.text.splitlines())
            raise CompareError(f"not valid TOML: {error}", self.file, at) from None

    # ---------------------------------------------------------------- small checks
    def keys(self, table: dict, known: tuple, *path) -> None:
        for key in table:
            if key not in known:
                raise self.fail(f"unknown key {key!r}{nearest(key, known)}", *path, key)

    def take(self, table: dict, key: str, kind: type, default, *path, at_least: int = 0):
        value = table.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            if key not in table:
                raise self.fail(f"missing key {key!r}", *path)
            word = {dict: "a table", list: "a list", str: "text", int: "a whole number"}[kind]
            raise self.fail(f"{key} must be {word}, not {value!r}", *path, key)
        if kind is int and value < at_least:
            limit = f"must be {at_least} or more" if at_least else "must not be negative"
            raise self.fail(f"{key} {limit}: {value}", *path, key)
        return value

    def words(self, table: dict, key: str, *path) -> dict:
        """A text in both languages."""
        both = self.take(table, key, dict, None, *path)
        self.keys(both, notebook_parameters.LANGUAGES, *path, key)
        return {
            lang: self.take(both, lang, str, None, *path, key)
            for lang in notebook_parameters.LANGUAGES
        }

    def formats(self, table: dict, default: list[str], *path) -> tuple[str, ...]:
        formats = self.take(table, "formats", list, default, *path)
        for one in formats:
            if one not in FORMATS:
                raise self.fail(
                    f"unknown format {one!r}{nearest(str(one), FORMATS)}", *path, "formats"
                )
        if "html" not in formats:
            raise self.fail("formats must hold 'html': the index links to it", *path, "formats")
        return tuple(f for f in FORMATS if f in formats)

    # ---------------------------------------------------------------- the set
    def read(self, override: dict[str, str], names: list[str]) -> ReportSet:
        data = self.load()
        self.keys(data, _TOP)
        top, keep = self.take(data, "set", dict, {}), self.take(data, "keep", dict, {})
        self.keys(top, _SET, "set")
        self.keys(keep, _KEEP, "keep")
        questions = self.take(data, "questions", dict, {})
        questions = {key: self.words(questions, key, "questions") for key in questions}
        tables = self.take(data, "report", list, None)
        reports, seen = [], {}
        for i, table in enumerate(tables):
            for report in self.report(i, table, top, questions, override, names):
                if report.id in seen:
                    line = find_line(self.text, ("report", seen[report.id]))
                    problem = f"report {report.id!r} is already made by line {line}"
                    raise self.fail(problem, "report", i)
                seen[report.id] = i
                reports.append(report)
        self.check_names(names, reports, tables)
        if override and not any(r.wanted for r in reports):
            raise CompareError("none of the named reports has these values", "--param")
        return ReportSet(
            file=self.file,
            title=self.words(top, "title", "set"),
            questions=questions,
            reports=tuple(reports),
            jobs=self.take(top, "jobs", int, 2, "set", at_least=1),
            keep_runs=self.take(keep, "runs", int, 10, "keep"),
            keep_days=self.take(keep, "days", int, 90, "keep"),
            departs=self.departs,
        )

    def check_names(self, names: list[str], reports: list[Report], tables: list[dict]) -> None:
        known = {r.id for r in reports} | {t["name"] for t in tables}
        for name in names:
            if name not in known:
                raise CompareError(
                    f"unknown report {name!r}{nearest(name, sorted(known))}", self.file
                )

    def report(self, i: int, table, top: dict, questions: dict, override: dict, names: list[str]):
        at = ("report", i)
        if not isinstance(table, dict):
            raise self.fail("each report must be a [[report]] table", *at)
        self.keys(table, _REPORT, *at)
        name = self.take(table, "name", str, None, *at)
        if not _NAME.fullmatch(name):
            raise self.fail(
                f"name must be lower-case letters, digits, '-' and '_', not {name!r}", *at, "name"
            )
        path = self.file.parent / self.take(table, "notebook", str, None, *at)
        known = self.declared(path, *at, "notebook")
        title = self.words(table, "title", *at)
        question = table.get("question")
        if question is not None and question not in questions:
            known_ones = (
                nearest(str(question), list(questions)) if questions else "; there are none"
            )
            raise self.fail(f"unknown question {question!r}{known_ones}", *at, "question")
        given = self.take(table, "parameters", dict, {}, *at)
        loops = self.loops(self.take(table, "for_each", dict, {}, *at), given, *at)
        default_timeout = self.take(top, "timeout", int, 300, "set", at_least=1)
        last_release = self.last_release(table, known, {**given, **loops}, *at)
        self.check(known, given, *at, "parameters")
        combinations = [
            dict(zip(loops, v, strict=True)) for v in itertools.product(*loops.values())
        ]
        for chosen in self.and_asked_for(combinations, name, names, override, known, path):
            self.check(known, chosen, *at, "for_each")
            full = self.titled(title, chosen, *at)
            id = _id(name, chosen)
            if not _NAME.fullmatch(id):
                raise self.fail(f"{id!r} cannot be the name of a file", *at, "for_each")
            if id in _OF_THE_SITE:
                raise self.fail(f"{id!r} is a name that the site itself needs", *at, "name")
            full_given = {**given, **chosen}
            resolved = self.check(known, full_given, *at)
            wanted = _named(name, id, names)
            if override and wanted:
                extra = self.overridden(known, override, path)
                wanted = all(chosen[k] == extra[k] for k in chosen.keys() & extra.keys())
                other = [k for k in extra if resolved[k] != extra[k]]
                if wanted and (other or chosen not in combinations):
                    self.departs = self.departs or (id, next(iter(other or extra)))
                    full_given = {**full_given, **extra}
                    resolved = self.check(known, full_given, *at)
            yield Report(
                id=id,
                name=name,
                notebook=path.resolve(),
                given=full_given,
                resolved=resolved,
                title=full,
                question=question,
                group=questions.get(question, dict.fromkeys(notebook_parameters.LANGUAGES, "")),
                lang=resolved.get("lang", "zh"),
                formats=self.formats(table, list(self.formats(top, list(FORMATS), "set")), *at),
                timeout=self.take(table, "timeout", int, default_timeout, *at, at_least=1),
                last_release=last_release,
                wanted=wanted,
            )

    def and_asked_for(
        self, combinations: list[dict], name: str, names: list[str], override: dict, known, path
    ) -> list[dict]:
        """The declared combinations; and those with a value of ``--param`` that is not declared."""
        if not override or not any(_named(name, _id(name, c), names) for c in combinations):
            return combinations
        extra = self.overridden(known, override, path)
        asked = [{k: extra.get(k, v) for k, v in c.items()} for c in combinations]
        new = [c for n, c in enumerate(asked) if c not in combinations and c not in asked[:n]]
        return combinations + [c for c in new if _named(name, _id(name, c), names)]

    def last_release(self, table: dict, known: dict, given: dict, *at) -> str | None:
        """The parameter that ``last_release`` names."""
        if "last_release" not in table:
            return None
        name = self.take(table, "last_release", str, None, *at)
        where = (*at, "last_release")
        if name not in known:
            raise self.fail(f"unknown parameter {name!r}{nearest(name, list(known))}", *where)
        if known[name].type != "str":
            raise self.fail(f"parameter {name} must be str, not {known[name].type}", *where)
        if name in given:
            raise self.fail(f"{name} is given already", *where)
        return name

    def declared(self, path: Path, *at) -> dict[str, notebook_parameters.Parameter]:
        if path not in self.notebooks:
            try:
                shown = Path(*path.parts[-2:])
                self.notebooks[path] = notebook_parameters.declared(
                    notebook_parameters.read_notebook(path), shown
                )
            except CompareError as error:
                raise self.fail(str(error), *at) from None
        return self.notebooks[path]

    def check(self, known: dict, given: dict, *at) -> dict:
        try:
            return notebook_parameters.resolve(known, given)
        except CompareError as error:
            bad = next((k for k in given if re.search(rf"\b{re.escape(k)}\b", str(error))), None)
            raise self.fail(str(error), *at, *([bad] if bad else [])) from None

    def overridden(self, known: dict, override: dict[str, str], path: Path) -> dict:
        where = f"--param, {path.name}"
        for key in override:
            if key not in known:
                raise CompareError(f"unknown parameter {key!r}{nearest(key, list(known))}", where)
        try:
            values = {
                key: notebook_parameters.parse(known[key], text) for key, text in override.items()
            }
            notebook_parameters.resolve(known, values)
        except CompareError as error:
            raise CompareError(str(error), where) from None
        return values

    def titled(self, title: dict, chosen: dict, *at) -> dict:
        """The title with ``{parameter}`` replaced by the name of the place or indicator."""
        out = {}
        for lang, text in title.items():
            for key in re.findall(r"\{(.*?)\}", text):
                if key not in chosen:
                    raise self.fail(f"title: {{{key}}} is not in for_each", *at, "title")
                text = text.replace(f"{{{key}}}", _word(key, chosen[key], lang))
            out[lang] = text
        return out

    def loops(self, table: dict, given: dict, *at) -> dict[str, list]:
        """The values of each parameter in ``for_each``; the language goes last."""
        out = {}
        for key in sorted(table, key=lambda k: k == "lang"):
            value = table[key]
            if key in given:
                raise self.fail(f"{key} is in parameters and in for_each", *at, "for_each", key)
            if isinstance(value, str | dict):
                value = self.every(value, *at, "for_each", key)
            if not isinstance(value, list) or not value:
                raise self.fail(
                    f"for_each: {key} must be a list, or {' or '.join(_SOURCES)}",
                    *at,
                    "for_each",
                    key,
                )
            out[key] = value
        return out

    def every(self, source: str | dict, *at) -> list[str]:
        table = {"of": source} if isinstance(source, str) else source
        self.keys(table, _FOR_EACH, *at)
        of, at_least = (
            self.take(table, "of", str, None, *at),
            self.take(table, "at_least", int, 1, *at),
        )
        if of not in _SOURCES:
            raise self.fail(f"unknown source {of!r}{nearest(of, list(_SOURCES))}", *at)
        return _SOURCES[of](at_least)


def _id(name: str, chosen: dict) -> str:
    return "-".join([name, *map(str, chosen.values())])


def _named(name: str, id: str, names: list[str]) -> bool:
    return not names or bool({id, name} & set(names))


def _word(key: str, value, lang: str) -> str:
    known = {"region": notebook_parameters.places, "indicator": notebook_parameters.indicators}.get(
        key
    )
    return known()[value][lang] if known else str(value)


def pairs() -> frozenset[tuple[str, str]]:
    """All (indicator, place) that have a target in the curated tables, all of which are read once:
    a broken one ends the run here, before anything is made."""
    from compare.base import fields
    from compare.base.workspace import curated_dir

    files = [curated_dir() / f"{name}.parquet" for name in fields.tables()]
    return _pairs(*((f, f.stat().st_mtime_ns if f.exists() else None) for f in files))


@cache
def _pairs(*files: tuple[Path, int | None]) -> frozenset[tuple[str, str]]:
    from compare.base import fields
    from compare.curation import parquet

    tables = {f.stem: parquet.read_parquet(f, fields.table(f.stem)) for f, _ in files}
    rows = tables["targets"].select(["indicator", "region_id"]).to_pylist()
    return frozenset((row["indicator"], row["region_id"]) for row in rows)


def _places(at_least: int) -> list[str]:
    found = [place for _, place in pairs()]
    return [p for p in notebook_parameters.places() if found.count(p) >= max(at_least, 1)]


def _indicators(at_least: int) -> list[str]:
    found = [indicator for indicator, _ in pairs()]
    return [i for i in notebook_parameters.indicators() if found.count(i) >= max(at_least, 1)]


_SOURCES = {"places": _places, "indicators": _indicators}
