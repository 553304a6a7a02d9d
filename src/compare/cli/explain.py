"""``carbon-peak explain``: why a figure of a plan is what it is; all named rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from compare.base.errors import CompareError

if TYPE_CHECKING:
    from compare.extraction.ledger.explain import Explanation


def command(
    path: Annotated[
        Path | None, typer.Argument(help="Text file or raw folder.", show_default=False)
    ] = None,
    at: Annotated[
        int | None, typer.Option(help="Only the figure at this offset.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per figure.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="List the named rules instead.")] = False,
):
    """Show, for each figure of a plan, its sentence, the parts found in it and the rules that spoke."""
    if rules:
        if path is not None:
            raise CompareError("--rules takes no file")
        print("\n".join(_rules(as_json)))
        return
    if path is None:
        raise CompareError("explain needs a text file or a raw folder, or --rules")
    for line in explained(path, at, as_json):
        print(line)


def explained(path: Path, at: int | None, as_json: bool) -> Iterator[str]:
    """Lines of the explanation of every figure of a file, or of the one at an offset."""
    from compare.extraction.ledger.explain import explain
    from compare.intake.source import read_source

    s = read_source(path)
    found = explain(s)
    if at is not None:
        found = [_the_one(list(found), at, s.path)]
    for e in found:
        yield json.dumps(e.as_dict(), ensure_ascii=False) if as_json else _page(e)


def _the_one(found: list[Explanation], at: int, path: Path) -> Explanation:
    for e in found:
        if e.entry.start <= at < e.entry.end:
            return e
    near = min(found, key=lambda e: abs(e.entry.start - at), default=None)
    hint = f"; the nearest is {near.entry.text[:20]!r} at {near.entry.start}" if near else ""
    raise CompareError(f"no figure at {at}{hint}", path)


def _page(e: Explanation) -> str:
    """One figure, readable."""
    entry = e.entry
    lines = [f"{entry.doc} {entry.start}  {_short(entry.text)}  {entry.disposition}"]
    if entry.target_ids:
        lines[0] += "  " + " ".join(entry.target_ids)
    if e.sentence:
        lines.append(f"  sentence  {_short(e.sentence.text, 400)}")
        force = e.in_force
        years = ", ".join(map(str, force["years"])) or "no year"
        said = [name for name in ("about_the_past", "sets_goals") if force[name]]
        lines.append("  in force  " + "; ".join([years, *(s.replace("_", " ") for s in said)]))
        lines += [f"  frame     {_level(x)}" for x in force["frame"]]
    for p in e.parts:
        says = f"  {p.says}" if p.says else ""
        reason = f"  [{p.reason}]" if p.reason else ""
        lines.append(f"  {p.part:<9} {_short(p.text, 60)}{says}{reason}")
    for rule, sentence in e.rules.items():
        lines.append(f"  rule      {rule}: {sentence}")
    if not e.rules:
        lines.append(f"  rule      {entry.reason}")
    return "\n".join([*lines, ""])


def _level(x: dict[str, Any]) -> str:
    """A level of the frame of dates: what it is, its years, the rule by which it reaches there."""
    years = ", ".join("?" if y is None else str(y) for y in x["years"]) or "no year"
    more = [f"base {x['base']}"] * bool(x["base"]) + ["力争"] * x["strive"]
    return f"{x['of']}: {'; '.join([years, *more])}  [{x['rule']}]"


def _short(text: str, most: int = 40) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _rules(as_json: bool) -> Iterator[str]:
    from compare.extraction.rule_tables import ALL

    for table, rules in ALL.items():
        if not as_json:
            yield f"{table}\n"
        for rule in rules:
            if as_json:
                yield json.dumps({"table": table, **rule.as_dict()}, ensure_ascii=False)
                continue
            yield f"  {rule.id} → {rule.decision.disposition}: {rule.sentence}"
            yield f"    takes   {_short(rule.taken, 100)}"
            yield f"    leaves  {_short(rule.left, 100)}\n"
