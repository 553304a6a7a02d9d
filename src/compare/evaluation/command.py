"""``carbon-peak evaluate``: print scores, then everything that is wrong with its sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from compare.base.errors import CompareError
from compare.evaluation import scoring
from compare.evaluation.floors import Floors, below, read_floors
from compare.evaluation.labels import labelled, labels_dir
from compare.evaluation.matching import Row
from compare.evaluation.reasons import worth_of_reasons
from compare.evaluation.scoring import Score
from compare.schema import fields


def command(
    docs: list[str] | None, labels: Path | None, curated: bool, as_json: bool, reasons: bool = False
) -> None:
    """Score plans, or files of cases, and print the result.

    Parameters
    ----------
    docs : list of str or None
        Names of plans, or ``.jsonl`` files; None for all plans that have labels.
    labels : path or None
        Folder of labels.
    curated : bool
        Score the curated tables instead of the extractor.
    as_json : bool
    reasons : bool
        Print what the reasons to look are worth instead.
    """
    folder = labels or labels_dir()
    docs = docs or labelled(folder)
    files = [d for d in docs if d.endswith(".jsonl")]
    if curated and files:
        raise CompareError(f"--curated scores plans, not cases: {files[0]}")
    if curated:
        rows = scoring.curated_rows()
        scores = [scoring.score_curated(d, folder, rows) for d in docs]
    else:
        scores = [
            scoring.score_cases(Path(d)) if d in files else scoring.score_extractor(d, folder)
            for d in docs
        ]
    total = scoring.together("all", scores)
    if not files and not (total.pairs or total.missed):
        raise CompareError("no labels: nothing can be scored", folder)
    if reasons:
        worth = worth_of_reasons(total)
        print(json.dumps(worth.as_dict(), indent=1) if as_json else worth.as_text())
        return
    path, floors = folder / "floors.toml", Floors()
    if path.exists() and not files:
        floors = read_floors(path, ("extractor", "curated")).get(
            "curated" if curated else "extractor", floors
        )
    print(_as_json(scores, total) if as_json else _as_text(scores, total, floors))


def _as_json(scores: Sequence[Score], total: Score) -> str:
    out = {
        "scores": {s.name: s.scores() for s in (*scores, total)},
        "missed": [_columns(r) for r in total.missed],
        "spurious": [_columns(r) for r in total.spurious],
        "differences": [
            {
                "doc": pair.label.doc,
                "start": pair.label.start,
                "field": name,
                "label": pair.label.given[name],
                "got": pair.row.given.get(name),
            }
            for pair, name in total.differences()
        ],
    }
    return json.dumps(out, ensure_ascii=False, indent=1, default=str)


def _columns(row: Row) -> dict[str, Any]:
    """What a row states, without what is no column of the table ``targets``."""
    known = fields.table("targets").names
    return {name: value for name, value in row.given.items() if name in known}


def _as_text(scores: Sequence[Score], total: Score, floors: Floors) -> str:
    columns = scores if len(scores) == 1 else [*scores, total]
    figures = [s.scores() for s in columns]
    limits = floors.limits
    lines = [" " * 17 + "".join(f"{s.name:>9}" for s in columns) + ("    floor" if limits else "")]
    for name in figures[0]:
        cells = "".join(f"{_figure(m[name]):>9}" for m in figures)
        floor = f"{limits[name]:>9}" if name in limits else ""
        lines.append(f"{name:<17}{cells}{floor}".rstrip())
    if limits:
        failed = below(total.scores(), floors)
        lines.append(
            "all floors hold" if not failed else "floors that do not hold: " + "; ".join(failed)
        )
    invented = {id(r) for r in total.invented}
    for title, rows in (("missed", total.missed), ("spurious", total.spurious)):
        lines += ["", f"{title}: {len(rows)}"]
        for r in rows:
            mark = " invented" if id(r) in invented else ""
            lines.append(f"  {_row(r)}{mark}\n    {sentence(total.texts[r.doc], r)}")
    differing = list(total.differences())
    lines += ["", f"fields that differ: {len(differing)}"]
    for pair, name in differing:
        label, got = _plain(pair.label.given[name]), _plain(pair.row.given.get(name))
        lines.append(f"  {_row(pair.label)}\n    {name}: label {label}, got {got}")
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "-" if value is None else str(value) if isinstance(value, int) else f"{value:.4f}"


def _plain(value: Any) -> str:
    if value is None:
        return "none"
    return "、".join(value) if isinstance(value, list | tuple) else str(value)


def _row(r: Row) -> str:
    value = "" if r.value is None else f" {r.value:g}"
    return (
        f"{r.doc} {r.start} {r.kind}{value} {r.target_year or 'undated'} "
        f"“{r.value_text}” {r.indicator_text}"
    )


def sentence(text: str, row: Row) -> str:
    """The sentence a row stands in, its value in 【】, on one line."""
    start, end = row.start, row.end
    first = max(text.rfind(c, 0, start) for c in "。\n") + 1
    last = min(
        (i for i in (text.find("。", end), text.find("\n", end)) if i >= 0), default=len(text) - 1
    )
    parts = (text[first:start], "【", text[start:end], "】", text[end : last + 1])
    return "".join(parts).replace("\n", " ").strip()
