"""The house has one direction and no circle: each folder imports only what stands before it."""

import ast
from functools import cache
from graphlib import TopologicalSorter

from conftest import ROOT

SRC = ROOT / "src" / "compare"
# later folders may import earlier ones, never the other way round
STAGES = [
    "base",
    "schema",
    "vocabulary",
    "display",
    "parameters",
    "intake",
    "extraction",
    "review",
    "comparison",
    "curation",
    "evaluation",
    "target_evidence",
    "charts",
    "analysis",
    "report",
    "cli",
]


def _module(path):
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _known():
    return {_module(p) for p in SRC.rglob("*.py")} - {""}


@cache
def _imports(path):
    """Names of the package's own modules that a module imports, at its top or inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if (
            isinstance(node, ast.ImportFrom)
            and node.module
            and node.module.split(".")[0] == "compare"
        ):
            base = node.module.removeprefix("compare").lstrip(".")
            names = [f"{base}.{a.name}".lstrip(".") for a in node.names] + [base]
        elif isinstance(node, ast.Import):
            names = [
                a.name.removeprefix("compare.") for a in node.names if a.name.startswith("compare.")
            ]
        found.update(n for n in names if n in _known())
    return found


def test_no_circle():
    graph = {}
    for path in SRC.rglob("*.py"):
        name = _module(path)
        if name:
            graph[name] = {i for i in _imports(path) if i != name and not name.startswith(i + ".")}
    list(TopologicalSorter(graph).static_order())  # raises CycleError


def test_one_direction():
    rank = {name: i for i, name in enumerate(STAGES)}
    wrong = []
    for path in SRC.rglob("*.py"):
        name = _module(path)
        own = name.split(".")[0]
        for other in {i.split(".")[0] for i in _imports(path)} - {own, ""}:
            if own and rank[other] > rank[own]:
                wrong.append(f"{name} imports {other}")
    assert wrong == []


def test_every_module_lies_in_the_folder_of_its_stage():
    assert [p.name for p in SRC.glob("*.py")] == ["__init__.py"]
    folders = {p.name for p in SRC.iterdir() if p.is_dir() and any(p.glob("*.py"))}
    assert folders == set(STAGES)


def test_the_kernel_package_could_be_lifted_out():
    folder = SRC / "report" / "kernel"
    for path in folder.glob("*.py"):
        outside = [i for i in _imports(path) if not i.startswith("report.kernel")]
        assert outside == [], f"{path.name} imports {outside}"
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):  # `.x` is a neighbour, `..x` somebody else
                assert node.level <= 1, f"{path.name}, line {node.lineno}"
