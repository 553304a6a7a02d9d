"""How Sphinx builds the documentation: the pages of this folder, and the reference from docstrings."""

from __future__ import annotations

import ast
import sys
import tomllib
import types
from pathlib import Path

HERE = Path(__file__).parent
SRC = HERE.parent / "src" / "compare"
sys.path.insert(0, str(SRC.parent))

project = "carbon-peak"
author = "carbon-peak contributors"
copyright = author
version = release = tomllib.loads((HERE.parent / "pyproject.toml").read_text())["project"][
    "version"
]

extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "carbon-peak"
html_show_sphinx = False
html_show_copyright = False
default_role = "py:obj"
myst_heading_anchors = 4
# links into the repository lead to files that are no pages; tests/integration checks that they exist
# and short names in annotations may mean one of two records (Decision of a rule, of a review)
suppress_warnings = ["myst.xref_missing", "ref.python"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
numpydoc_show_class_members = False

# the stages in the order in which data flows, then what stands beside them
STAGES = (
    *("intake", "extraction", "review", "curation", "comparison", "target_evidence"),
    *(
        "charts",
        "analysis",
        "report",
        "corpus",
        "evaluation",
        "vocabulary",
        "display",
        "parameters",
        "schema",
        "base",
    ),
)


def _module_pages(app) -> None:
    """Write one page per folder of the package; `automodule` reads the docstrings."""
    folder = HERE / "api"
    folder.mkdir(exist_ok=True)
    kept = set()
    for stage in (s for s in STAGES if (SRC / s).is_dir()):
        lines = [stage, "=" * len(stage), ""]
        for path in sorted((SRC / stage).rglob("*.py"), key=lambda p: (p.name[0] != "_", p)):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if not ast.get_docstring(tree):
                continue
            parts = path.relative_to(SRC.parent).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            lines += [name, "-" * len(name), "", f".. automodule:: {name}"]
            if parts[-1] != "__init__":  # what a folder's __init__ passes on stands in its module
                lines.append("   :members:")
            lines.append("")
        page, text = folder / f"{stage}.rst", "\n".join(lines)
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")
        kept.add(page)
    for page in set(folder.glob("*.rst")) - kept:  # of a folder that is no more
        page.unlink()


def _rules_page(app) -> None:
    """Write the page of all named rules, from their records."""
    from compare.extraction.rule_tables import as_markdown

    page, text = HERE / "api" / "rules.md", "\n".join(as_markdown()) + "\n"
    if not page.exists() or page.read_text(encoding="utf-8") != text:
        page.write_text(text, encoding="utf-8")


def _skip_type_aliases(app, what, name, obj, skip, options) -> bool | None:
    """An alias such as `Paths = dict[...]` has no signature; numpydoc stumbles over it."""
    return True if isinstance(obj, types.GenericAlias) else None


def setup(app) -> None:
    app.connect("autodoc-skip-member", _skip_type_aliases)
    app.connect("builder-inited", _module_pages)
    app.connect("builder-inited", _rules_page)
