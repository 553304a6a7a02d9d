"""Module names of release 0.1 that users' copied notebooks hold: they work, with a warning, until 0.3."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

RENAMED = {
    "compare.atomic": "compare.base.atomic_files",
    "compare.benchmarks": "compare.vocabulary.facts",
    "compare.bounds": "compare.comparison.bounds",
    "compare.curate": "compare.curation.build",
    "compare.dictionary": "compare.curation.dictionary",
    "compare.dimensions": "compare.vocabulary.dimensions",
    "compare.errors": "compare.base.errors",
    "compare.evidence_html": "compare.target_evidence.html",
    "compare.extraction.agencies": "compare.extraction.row.agencies",
    "compare.extraction.effort": "compare.extraction.commitment.effort",
    "compare.extraction.horizons": "compare.extraction.dates.horizons",
    "compare.extraction.normalise": "compare.extraction.layout.normalise",
    "compare.extraction.scope": "compare.extraction.subject.scope",
    "compare.extraction.segment": "compare.extraction.layout.segment",
    "compare.fields": "compare.schema.fields",
    "compare.flags": "compare.curation.plausibility",
    "compare.gaps": "compare.comparison.gaps",
    "compare.indicators": "compare.vocabulary.indicators",
    "compare.marking": "compare.target_evidence.marks",
    "compare.paths": "compare.base.workspace",
    "compare.provenance": "compare.target_evidence",
    "compare.read": "compare.intake.source",
    "compare.regions": "compare.vocabulary.places",
    "compare.report.blocks": "compare.report.render.visible_blocks",
    "compare.report.execute": "compare.report.execute_notebook",
    "compare.report.forkserver": "compare.report.kernel.fork_server",
    "compare.report.frames": "compare.report.render.table_frames",
    "compare.report.html": "compare.report.render.html_page",
    "compare.report.last": "compare.report.history.previous_run",
    "compare.report.log": "compare.report.run_log",
    "compare.report.make": "compare.report.render_report",
    "compare.report.nodes": "compare.report.render.html_to_typst",
    "compare.report.observe": "compare.report.history.input_tracking",
    "compare.report.outside": "compare.report.history.external_inputs",
    "compare.report.parameters": "compare.parameters.notebook_parameters",
    "compare.report.pdf": "compare.report.render.pdf",
    "compare.report.releases": "compare.report.history.kept_releases",
    "compare.report.safe": "compare.report.render.sanitize_html",
    "compare.report.scrub": "compare.report.render.scrub_notebook",
    "compare.report.site": "compare.report.render.site",
    "compare.report.thumbs": "compare.report.render.thumbnails",
    "compare.report.warm": "compare.report.preload",
    "compare.story": "compare.analysis",
    "compare.story.choices": "compare.analysis.robustness",
    "compare.story.lists": "compare.analysis.target_lists",
    "compare.story.measure": "compare.analysis.indicator_groups",
    "compare.story.nation": "compare.analysis.national_targets",
    "compare.story.phrases": "compare.analysis.target_words",
    "compare.story.view": "compare.analysis.selection",
    "compare.style": "compare.charts.style",
    "compare.tables": "compare.analysis.notebook_output",
    "compare.text": "compare.display.messages",
    "compare.units": "compare.vocabulary.units",
    "compare.variants": "compare.vocabulary.variants",
    "compare.walk": "compare.review.review_prompt",
    "compare.wording": "compare.display",
}
for _name in (
    *("accountability", "alignment", "ambition", "explorer", "indicator", "language"),
    *("overview", "quality", "region", "sources", "trajectory"),
):
    RENAMED[f"compare.story.{_name}"] = f"compare.analysis.{_name}"

PARTED = {
    "compare.checks": ("compare.curation.checks", "compare.curation.table_checks"),
    "compare.report.config": (
        "compare.report.report_set",
        "compare.report.set_file",
        "compare.report.targets_by_place",
    ),
    "compare.report.forking": (
        "compare.report.kernel.server_process",
        "compare.report.report_kernel",
    ),
    "compare.report.kernels": (
        "compare.report.kernel.provisioner",
        "compare.report.report_kernel",
    ),
    "compare.report.record": (
        "compare.report.history.run_record",
        "compare.report.history.file_hashes",
        "compare.report.history.data_release",
        "compare.report.history.report_inputs",
        "compare.report.history.rebuild_reason",
    ),
    "compare.report.tasks": ("compare.report.run_plan", "compare.report.carry_over"),
    "compare.store": ("compare.curation.tables", "compare.curation.release"),
}
"""Modules that have become several, which are asked for a name in this order."""


def warn(old: str, new: str) -> None:
    """Say that a name has moved; shown once for each place that uses it."""
    warnings.warn(
        f"{old} is now {new}; the old name goes with release 0.3", FutureWarning, stacklevel=3
    )


class _Alias(Loader):
    """Gives the module of the new name for the old one, so that both are one object."""

    def __init__(self, target: str):
        self.target = target

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        self.module = importlib.import_module(self.target)
        self.spec = self.module.__spec__
        return self.module

    def exec_module(self, module: ModuleType) -> None:
        module.__spec__ = self.spec  # the import system has put the old name's there


class _Parts(Loader):
    """Gives a module that asks the modules it has become for each name."""

    def __init__(self, parts: tuple[str, ...]):
        self.parts = parts

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None  # the usual empty one

    def exec_module(self, module: ModuleType) -> None:
        modules = [importlib.import_module(name) for name in self.parts]

        def attribute(name: str) -> Any:
            for part in modules:
                if not name.startswith("__") and hasattr(part, name):
                    return getattr(part, name)
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

        vars(module)["__getattr__"] = attribute


class RenamedFinder(MetaPathFinder):
    """Finds the old names; asked first, else the parts of a renamed package were found twice."""

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        if fullname in PARTED:
            warn(fullname, " and ".join(PARTED[fullname]))
            return ModuleSpec(fullname, _Parts(PARTED[fullname]))
        new = RENAMED.get(fullname)
        if new is None:
            return None
        warn(fullname, new)
        return ModuleSpec(fullname, _Alias(new), is_package=fullname == "compare.story")


def install() -> None:
    """Make the old names importable in this process."""
    if not any(isinstance(f, RenamedFinder) for f in sys.meta_path):
        sys.meta_path.insert(0, RenamedFinder())


def renamed(module: str, names: dict[str, str]) -> Callable[[str], Any]:
    """A module's ``__getattr__`` for functions that have another name now.

    Parameters
    ----------
    module : str
        Where the old names stood.
    names : dict
        Old name to the full new one, ``package.module.function``.
    """

    def attribute(name: str) -> Any:
        new = names.get(name)
        if new is None:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        warn(f"{module}.{name}", new)
        where, _, own = new.rpartition(".")
        return getattr(importlib.import_module(where), own)

    return attribute


def moved(package: str, module: str) -> Callable[[str], Any]:
    """A package's ``__getattr__`` for the names that its module of release 0.1 defined."""

    def attribute(name: str) -> Any:
        value = None
        # Python asks for dunder names and for its own modules itself, before the package is whole
        if not name.startswith("__") and find_spec(f"{package}.{name}") is None:
            value = getattr(importlib.import_module(module), name, None)
        if getattr(value, "__module__", None) != module:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        warn(f"{package}.{name}", f"{module}.{name}")
        return value

    return attribute
