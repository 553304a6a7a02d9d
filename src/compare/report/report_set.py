"""Report sets: the tables of a set file spread into single reports, with checked parameters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from compare.base.errors import CompareError, nearest
from compare.base.workspace import home
from compare.parameters import notebook_parameters, parameter_kinds
from compare.parameters.notebook_parameters import Parameter
from compare.report import targets_by_place
from compare.report.set_file import (
    NAME,
    Inputs,
    ReportTable,
    SetFile,
    ValuesFromTable,
    find_line,
    read_set_file,
)

_OF_THE_SITE = ("index", "evidence", "thumbs", "run")
"""What a run names its own files and folders."""
_FIRST_LANGUAGE = parameter_kinds.LANGUAGES[0]
Values = dict[str, Any]
"""Values of parameters, by name."""


@dataclass(frozen=True)
class Report:
    """One report to make: one notebook with one set of parameters.

    Attributes
    ----------
    id : str
        ``name``, or ``name-<value>…`` with the values of ``for_each``; names the files.
    given, resolved : dict
        The parameters handed to the notebook; the same over its defaults.
    parameters : dict
        What the notebook declares, by name.
    title : dict
        By language.
    question : str or None
        Key of the question it answers.
    group : dict
        That question, by language; empty texts for none.
    lang : str
        Language of the page.
    timeout : int
        Seconds for the whole notebook.
    last_release : str or None
        Name of the parameter that is handed the folder of the last different data release.
    inputs : Inputs or None
        What it declares to read; None: it is watched.
    wanted : bool
        False if the command named or picked others.
    """

    id: str
    name: str
    notebook: Path
    given: Values
    resolved: Values
    parameters: dict[str, Parameter]
    title: dict[str, str]
    question: str | None
    group: dict[str, str]
    lang: str
    formats: tuple[str, ...]
    timeout: int
    last_release: str | None = None
    inputs: Inputs | None = None
    wanted: bool = True

    def given_also(self, extra: Values) -> Report:
        """The same report with more parameters, which are right already."""
        given, resolved = {**self.given, **extra}, {**self.resolved, **extra}
        return replace(self, given=given, resolved=resolved)

    def values_of_kind(self, kind: str) -> list[str]:
        """The values of the first parameter of a kind: what the report is about; empty for all."""
        parameter = notebook_parameters.of_kind(self.parameters, kind)
        value = self.resolved.get(parameter.name) if parameter else None
        return [value] if isinstance(value, str) and value else list(value or ())

    def without_language(self) -> Values:
        """The parameters that two languages of one report have in common."""
        kinds = {name: p.kind for name, p in self.parameters.items()}
        return {
            k: v
            for k, v in self.given.items()
            if kinds.get(k) != parameter_kinds.LANGUAGE and k != self.last_release
        }


@dataclass(frozen=True)
class ReportSet:
    """A checked set: its reports in order, and how many old runs to keep (0: no limit).

    ``departs`` names a report that ``--param`` makes with other parameters than the set declares,
    and the parameter; None if all are as declared.
    """

    file: Path
    title: dict[str, str]
    questions: dict[str, dict[str, str]]
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
    set_file = read_set_file(file)
    content, chosen, asked = set_file.content, list(names), override or {}
    reports: list[Report] = []
    made_by: dict[str, int] = {}
    departs: list[tuple[str, str]] = []
    spreader = _Spreader(set_file, asked, chosen, departs)
    for i, table in enumerate(content.report):
        for report in spreader.reports(i, table):
            if report.id in made_by:
                line = find_line(set_file.text, ("report", made_by[report.id]))
                problem = f"report {report.id!r} is already made by line {line}"
                raise set_file.error(problem, "report", i)
            made_by[report.id] = i
            reports.append(report)
    known = {r.id for r in reports} | {t.name for t in content.report}
    for name in chosen:
        if name not in known:
            raise CompareError(f"unknown report {name!r}{nearest(name, sorted(known))}", file)
    if asked and not any(r.wanted for r in reports):
        raise CompareError("none of the named reports has these values", "--param")
    return ReportSet(
        file=file,
        title=content.set.title.by_language(),
        questions={key: texts.by_language() for key, texts in content.questions.items()},
        reports=tuple(reports),
        jobs=content.set.jobs,
        keep_runs=content.keep.runs,
        keep_days=content.keep.days,
        departs=departs[0] if departs else None,
    )


@dataclass
class _Spreader:
    """Makes the reports of one table; notes those that depart from the set."""

    file: SetFile
    override: dict[str, str]
    names: list[str]
    departs: list[tuple[str, str]]
    notebooks: dict[Path, dict[str, Parameter]] = field(default_factory=dict)

    def reports(self, i: int, table: ReportTable) -> Iterator[Report]:
        """The reports of the table ``[[report]]`` number ``i``."""
        at, common = ("report", i), self.file.content.set
        path = self.file.path.parent / table.notebook
        known = self.declared(path, *at, "notebook")
        questions = self.file.content.questions
        if table.question is not None and table.question not in questions:
            hint = nearest(table.question, list(questions)) if questions else "; there are none"
            raise self.file.error(f"unknown question {table.question!r}{hint}", *at, "question")
        loops = self.loops(table, known, *at)
        self.check_last_release(table, known, {**table.parameters, **loops}, *at)
        self.check(known, table.parameters, *at, "parameters")
        combinations = [
            dict(zip(loops, v, strict=True)) for v in itertools.product(*loops.values())
        ]
        language = notebook_parameters.of_kind(known, parameter_kinds.LANGUAGE)
        for chosen in self.with_asked_for(combinations, table.name, known, path):
            self.check(known, chosen, *at, "for_each")
            title = self.filled_title(table, known, chosen, *at)
            id = _id(table.name, chosen)
            if not NAME.fullmatch(id):
                raise self.file.error(f"{id!r} cannot be the name of a file", *at, "for_each")
            if id in _OF_THE_SITE:
                raise self.file.error(f"{id!r} is a name that the site itself needs", *at, "name")
            given = {**table.parameters, **chosen}
            resolved = self.check(known, given, *at)
            wanted = _is_named(table.name, id, self.names)
            if self.override and wanted:
                extra = self.overridden(known, path)
                wanted = all(chosen[k] == extra[k] for k in chosen.keys() & extra.keys())
                other = [k for k in extra if resolved[k] != extra[k]]
                if wanted and (other or chosen not in combinations):
                    self.departs.append((id, next(iter(other or extra))))
                    given = {**given, **extra}
                    resolved = self.check(known, given, *at)
            group = questions[table.question].by_language() if table.question else None
            yield Report(
                id=id,
                name=table.name,
                notebook=path.resolve(),
                given=given,
                resolved=resolved,
                parameters=known,
                title=title,
                question=table.question,
                group=group or dict.fromkeys(parameter_kinds.LANGUAGES, ""),
                lang=str(resolved[language.name]) if language else _FIRST_LANGUAGE,
                formats=tuple(table.formats or common.formats),
                timeout=table.timeout or common.timeout,
                last_release=table.last_release,
                inputs=table.inputs or common.inputs,
                wanted=wanted,
            )

    def declared(self, path: Path, *at: str | int) -> dict[str, Parameter]:
        """What a notebook declares; read once."""
        if path not in self.notebooks:
            try:
                shown = Path(*path.parts[-2:])
                notebook = notebook_parameters.read_notebook(path)
                self.notebooks[path] = notebook_parameters.declared(notebook, shown)
            except CompareError as error:
                raise self.file.error(str(error), *at) from None
        return self.notebooks[path]

    def check(self, known: dict[str, Parameter], given: Values, *at: str | int) -> Values:
        """All parameters, ``given`` over the defaults; what is wrong is named with its line."""
        try:
            return notebook_parameters.resolve(known, given)
        except CompareError as error:
            bad = next((k for k in given if re.search(rf"\b{re.escape(k)}\b", str(error))), None)
            raise self.file.error(str(error), *at, *([bad] if bad else [])) from None

    def check_last_release(
        self, table: ReportTable, known: dict[str, Parameter], given: Values, *at: str | int
    ) -> None:
        """Refuse a ``last_release`` that does not name a parameter for a folder."""
        name, where = table.last_release, (*at, "last_release")
        if name is None:
            return
        if name not in known:
            problem = f"unknown parameter {name!r}{nearest(name, list(known))}"
            raise self.file.error(problem, *where)
        if known[name].type != "str":
            problem = f"parameter {name} must be str, not {known[name].type}"
            raise self.file.error(problem, *where)
        if name in given:
            raise self.file.error(f"{name} is given already", *where)

    def loops(
        self, table: ReportTable, known: dict[str, Parameter], *at: str | int
    ) -> dict[str, list[Any]]:
        """The values of each parameter in ``for_each``; the language goes last."""
        kinds = {name: p.kind for name, p in known.items()}
        loops = {}
        for name in sorted(table.for_each, key=lambda n: kinds.get(n) == parameter_kinds.LANGUAGE):
            where = (*at, "for_each", name)
            if name in table.parameters:
                raise self.file.error(f"{name} is in parameters and in for_each", *where)
            values = table.for_each[name]
            if isinstance(values, ValuesFromTable):
                kind = values.of.removesuffix("s")
                if name in known and kinds[name] != kind:
                    declared = f"of kind {kinds[name]}" if kinds[name] else "of no kind"
                    problem = f"for_each: {name} cannot hold {values.of}: it is declared {declared}"
                    raise self.file.error(problem, *where)
                values = _VALUES_OF[values.of](values.at_least)
            loops[name] = values
        return loops

    def with_asked_for(
        self, combinations: list[Values], name: str, known: dict[str, Parameter], path: Path
    ) -> list[Values]:
        """The declared combinations; and those with a value of ``--param`` that is not declared."""
        named = [_is_named(name, _id(name, c), self.names) for c in combinations]
        if not self.override or not any(named):
            return combinations
        extra = self.overridden(known, path)
        asked = [{k: extra.get(k, v) for k, v in c.items()} for c in combinations]
        new = [c for n, c in enumerate(asked) if c not in combinations and c not in asked[:n]]
        return combinations + [c for c in new if _is_named(name, _id(name, c), self.names)]

    def overridden(self, known: dict[str, Parameter], path: Path) -> Values:
        """The values of ``--param``, read by the types that the notebook declares."""
        where = f"--param, {path.name}"
        for key in self.override:
            if key not in known:
                raise CompareError(f"unknown parameter {key!r}{nearest(key, list(known))}", where)
        try:
            values = {
                key: notebook_parameters.parse(known[key], text)
                for key, text in self.override.items()
            }
            notebook_parameters.resolve(known, values)
        except CompareError as error:
            raise CompareError(str(error), where) from None
        return values

    def filled_title(
        self, table: ReportTable, known: dict[str, Parameter], chosen: Values, *at: str | int
    ) -> dict[str, str]:
        """The title with ``{parameter}`` replaced by the name of the place or indicator."""
        out = {}
        for lang, text in table.title.by_language().items():
            for key in re.findall(r"\{(.*?)\}", text):
                if key not in chosen:
                    raise self.file.error(f"title: {{{key}}} is not in for_each", *at, "title")
                shown = parameter_kinds.shown_value(known[key].kind, chosen[key], lang)
                text = text.replace(f"{{{key}}}", shown)
            out[lang] = text
        return out


def _id(name: str, chosen: Values) -> str:
    return "-".join([name, *map(str, chosen.values())])


def _is_named(name: str, id: str, names: list[str]) -> bool:
    return not names or bool({id, name} & set(names))


_VALUES_OF = {
    "places": targets_by_place.places_with_targets,
    "indicators": targets_by_place.indicators_with_targets,
}
