"""The data dictionary page, made from the field registry."""

from __future__ import annotations

from pathlib import Path

from compare.base.atomic_files import write_file
from compare.schema import fields

HEAD = "# Data dictionary"
"""The first line of the page; a file that begins otherwise is not replaced."""


def write_dictionary(path: Path) -> None:
    """Write ``docs/data-dictionary.md``."""
    write_file(path, page().encode())


def page() -> str:
    """The page as Markdown: one section a table, one row a column."""
    out = [
        HEAD,
        "",
        "Made from `src/compare/schema/fields.toml` by `carbon-peak build`; do not edit. The same descriptions stand in",
        "the Parquet files (column metadata) and in `data/curated/datapackage.json`. Unknown is null, never 0.",
        "",
    ]
    for spec in fields.tables().values():
        out += [
            f"## {spec.name}",
            "",
            f"{spec.title}. Key: {', '.join(f'`{k}`' for k in spec.key)}.",
            "",
        ]
        out += [
            "| column | type | unit | meaning | codes | null means |",
            "|---|---|---|---|---|---|",
        ]
        for f in spec.columns:
            null = "never null" if f.name in spec.required else (f.missing or "unknown")
            codes = ", ".join(f"`{c}`" for c in f.codes)
            cells = [f"`{f.name}`", f.type, f.unit or "", f.description, codes, null]
            out.append("| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |")
        out.append("")
    return "\n".join(out)
