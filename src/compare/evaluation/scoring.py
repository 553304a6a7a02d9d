"""Evaluate: score rows against labelled rows, and say which rows and fields are wrong.

A row counts as found if span, kind, value and target year are those of a label. Rows that share
all four (A、B均达到x) are paired by their indicator_text. The other fields are scored among the
rows found. Labels are ``data/labels/<doc>.jsonl`` (a plan of ``data/raw``), or a ``.jsonl`` file
of cases, each with its own text and rows.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from compare.base.errors import CompareError, nearest
from compare.base.workspace import curated_dir, home, raw_dir

KEY = ("start", "end", "kind", "value", "target_year")
FIELDS = (
    "unit", "value_max", "comparator", "measure", "direction", "baseline_year", "period", "tier",
    "effort", "scope_region", "indicator", "lead_agencies", "support_agencies",
)  # fmt: skip


@dataclass
class Score:
    """Rows of one document (or of several together) beside its labels.

    Attributes
    ----------
    name : str
        Document, corpus, or ``all``.
    pairs : list of (dict, dict)
        A label and the row that found it.
    missed : list of dict
        Labels that no row found.
    spurious : list of dict
        Rows that found no label.
    invented : list of dict
        Those of them that do not even touch the span of a label: there is no target there.
    fields : tuple of str
        Fields scored among the pairs.
    texts : dict
        Raw text by document, to show sentences from.
    """

    name: str
    pairs: list[tuple[dict, dict]] = field(default_factory=list)
    missed: list[dict] = field(default_factory=list)
    spurious: list[dict] = field(default_factory=list)
    invented: list[dict] = field(default_factory=list)
    fields: tuple[str, ...] = FIELDS
    texts: dict[str, str] = field(default_factory=dict)

    def measures(self) -> dict:
        """Counts and shares by name; a share is None where nothing could be scored.

        ``precision``, ``recall`` and ``f1`` are of exact rows, ``invented`` is a share of all rows,
        ``indicator_text`` is the mean `overlap` among the pairs, and every field's figure is the
        share of pairs in which it is right (among those whose label states the field).
        """
        hits = len(self.pairs)
        rows, labels = hits + len(self.spurious), hits + len(self.missed)
        out = {
            "labels": labels,
            "rows": rows,
            "precision": _share(hits, rows),
            "recall": _share(hits, labels),
            "f1": _share(2 * hits, rows + labels),
            "invented": _share(len(self.invented), rows),
            "indicator_text": _share(sum(overlap(*_names(pair)) for pair in self.pairs), hits),
        }
        for name in self.fields:
            stated = [(a, b) for a, b in self.pairs if name in a]
            out[name] = _share(
                sum(same(name, a[name], b.get(name)) for a, b in stated), len(stated)
            )
        return out

    def differences(self):
        """Yield (label, row, field) for every field of a pair that differs."""
        for label, row in self.pairs:
            for name in self.fields:
                if name in label and not same(name, label[name], row.get(name)):
                    yield label, row, name


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _names(pair: tuple[dict, dict]) -> tuple[str, str]:
    return pair[0]["indicator_text"], pair[1]["indicator_text"]


def overlap(a: str, b: str) -> float:
    """Character overlap of two phrases: Dice coefficient of their bags of characters.

    Twice the number of characters they have in common (each as often as it stands in both), over
    the sum of their lengths: 1 for the same characters, 0 for none in common.
    """
    if not a and not b:
        return 1.0
    return 2 * sum((Counter(a) & Counter(b)).values()) / (len(a) + len(b))


def same(name: str, label, got) -> bool:
    """Whether a field is right: equal, lists of agencies in whatever order."""
    if name.endswith("_agencies"):
        return sorted(label or ()) == sorted(got or ())
    return label == got


def match(labels: list[dict], rows: list[dict]):
    """Pair labels with rows.

    Returns
    -------
    pairs : list of (dict, dict)
    missed, spurious : list of dict
        Labels and rows left over, in text order.
    """
    groups = defaultdict(lambda: ([], []))
    for side, items in enumerate((labels, rows)):
        for item in items:
            groups[tuple(item.get(k) for k in KEY)][side].append(item)
    pairs, missed, spurious = [], [], []
    for ours, theirs in groups.values():
        pairs += _best(ours, theirs)
        missed += ours
        spurious += theirs
    for found in (missed, spurious):
        found.sort(key=lambda r: (r["start"], r["indicator_text"]))
    return sorted(pairs, key=lambda p: (p[0]["start"], p[0]["indicator_text"])), missed, spurious


def _best(labels: list[dict], rows: list[dict]) -> list[tuple[dict, dict]]:
    """Pairs of best overlap first; both lists keep what is left over."""
    order = sorted(
        (
            (overlap(*_names((a, b))), i, j)
            for i, a in enumerate(labels)
            for j, b in enumerate(rows)
        ),
        key=lambda x: (-x[0], x[1], x[2]),
    )
    left, right, pairs = set(range(len(labels))), set(range(len(rows))), []
    for _, i, j in order:
        if i in left and j in right:
            pairs.append((labels[i], rows[j]))
            left.discard(i)
            right.discard(j)
    labels[:] = [labels[i] for i in sorted(left)]
    rows[:] = [rows[j] for j in sorted(right)]
    return pairs


def score(name: str, text: str, labels: list[dict], rows: list[dict], fields=FIELDS) -> Score:
    """Score the rows of one document against its labels."""
    labels, rows = ([{**r, "doc": name} for r in side] for side in (labels, rows))
    pairs, missed, spurious = match(labels, rows)
    spans = [(r["start"], r["end"]) for r in labels]
    invented = [r for r in spurious if not any(r["start"] < b and a < r["end"] for a, b in spans)]
    return Score(name, pairs, missed, spurious, invented, tuple(fields), {name: text})


def together(name: str, scores: list[Score]) -> Score:
    """Several scores as one, every row weighing the same."""
    out = Score(name, fields=scores[0].fields if scores else FIELDS)
    for s in scores:
        out.pairs += s.pairs
        out.missed += s.missed
        out.spurious += s.spurious
        out.invented += s.invented
        out.texts |= s.texts
    return out


# ---------------------------------------------------------------- labels
_STATED = ("start", "end", "value_text", "indicator_text", "kind", "value", "target_year")
"""Fields that every labelled row states; value and target_year may be null."""


def read_jsonl(path: Path, problem: Callable[[dict], str | None] = lambda item: None) -> list[dict]:
    """Objects of a JSON-lines file.

    Parameters
    ----------
    problem : callable
        What is wrong with an object, or None.

    Raises
    ------
    CompareError
        No such file, not UTF-8, a line that is no JSON object or has a problem: with the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        raise CompareError("no such file", path) from None
    except UnicodeDecodeError as error:
        raise CompareError(f"not UTF-8 text: {error}", path) from None
    except OSError as error:
        raise CompareError(f"cannot be read: {error.strerror}", path) from None
    out = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except json.JSONDecodeError as error:
            raise CompareError(f"not valid JSON: {error}", path, number) from None
        if not isinstance(item, dict):
            raise CompareError(f"not a JSON object: {line.strip()[:60]}", path, number)
        if found := problem(item):
            raise CompareError(found, path, number)
        out.append(item)
    return out


def _row_problem(row: dict) -> str | None:
    from compare.base import fields

    known = {f.name: f for f in fields.table("targets").columns}
    for name in _STATED:
        if name not in row or (row[name] is None and name not in ("value", "target_year")):
            return f"a row needs {name!r}: {_short(row)}"
    for name, value in row.items():
        if name not in known:
            return f"unknown field {name!r}{nearest(name, list(known))}: {_short(row)}"
        if value is not None and (found := fields.problem(known[name], value)):
            return f"{found}: {_short(row)}"
    return None


def _case_problem(case: dict) -> str | None:
    for name, kind in (("id", str), ("text", str), ("rows", list)):
        if not isinstance(case.get(name), kind):
            what = f"not {case[name]!r:.60}" if name in case else "which is missing"
            return f"a case needs {name!r}, a {kind.__name__}, {what}"
    for row in case["rows"]:
        if not isinstance(row, dict):
            return f"rows must hold objects, not {row!r:.60}"
        if found := _row_problem(row):
            return found
    return None


def _agencies_problem(line: dict) -> str | None:
    lists = [line.get(k) for k in ("lead", "support")]
    fits = {"start", "lead", "support"} <= set(line) and isinstance(line["start"], int)
    if not fits or not all(v is None or isinstance(v, list) for v in lists):
        return f"needs 'start', and lists (or null) 'lead' and 'support': {_short(line)}"
    return None


def _short(item: dict) -> str:
    return f"{json.dumps(item, ensure_ascii=False):.80}"


def labels_dir() -> Path:
    """``data/labels`` of the checkout."""
    return home() / "data" / "labels"


def labelled(folder: Path) -> list[str]:
    """Documents that a folder holds labels for."""
    if not folder.is_dir():
        raise CompareError("no such folder", folder)
    return sorted(p.stem for p in folder.glob("*.jsonl") if "." not in p.stem)


def read_labels(doc: str, folder: Path) -> list[dict]:
    """Labelled rows of one document, with the agencies of their paragraph."""
    known = labelled(folder)
    if doc not in known:
        raise CompareError(f"no labels for {doc!r}{nearest(doc, known)}", folder)
    rows = read_jsonl(folder / f"{doc}.jsonl", _row_problem)
    path = folder / f"{doc}.agencies.jsonl"
    if path.exists():
        agencies = {r["start"]: r for r in read_jsonl(path, _agencies_problem)}
        for row in rows:
            named = agencies.get(row["start"])
            if named is None:
                raise CompareError(f"no line for start {row['start']}", path)
            row["lead_agencies"], row["support_agencies"] = named["lead"], named["support"]
    return rows


# ---------------------------------------------------------------- what is scored
def score_extractor(doc: str, folder: Path) -> Score:
    """Score what the extractor finds unaided in one plan of ``data/raw``."""
    from compare.extraction.assembly import extract_text
    from compare.intake.source import read_source

    labels = read_labels(doc, folder)
    source = read_source(raw_dir() / doc)
    return score(doc, source.text, labels, extract_text(source.text, source.start, source.end, doc))


def score_curated(doc: str, folder: Path, rows: list[dict] | None = None) -> Score:
    """Score the curated rows of one plan; there the field ``repeats`` counts too."""
    from compare.intake.source import read_source

    labels = read_labels(doc, folder)
    rows = curated_rows() if rows is None else rows
    text = read_source(raw_dir() / doc).text
    return score(doc, text, labels, [r for r in rows if r["doc"] == doc], (*FIELDS, "repeats"))


def curated_rows() -> list[dict]:
    """Rows of ``data/curated/targets.parquet``, unknown as None."""
    from compare.base import fields
    from compare.curation.tables import read_parquet

    return read_parquet(curated_dir() / "targets.parquet", fields.table("targets")).to_pylist()


def score_cases(path: Path) -> Score:
    """Score what the extractor finds in a file of cases (``id``, ``text``, ``rows``)."""
    from compare.extraction.assembly import extract_text

    out = [
        score(case["id"], case["text"], case["rows"], extract_text(case["text"], doc=case["id"]))
        for case in read_jsonl(path, _case_problem)
    ]
    return together(path.stem, out)


# ---------------------------------------------------------------- floors
def read_floors(path: Path) -> dict:
    """Floors as ``{name: {"at_least": {measure: value}, "at_most": {…}}}``."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CompareError(f"not valid TOML: {error}", path) from None


def below(measures: dict, floors: dict) -> list[str]:
    """What does not hold, one phrase each: ``f1 0.9712 < 0.98``."""
    out = []
    for names, word, holds in (
        (floors.get("at_least", {}), "<", lambda x, y: x >= y),
        (floors.get("at_most", {}), ">", lambda x, y: x <= y),
    ):
        for name, floor in names.items():
            if name not in measures:
                raise CompareError(f"unknown measure {name!r}{nearest(name, list(measures))}")
            got = measures[name]
            if got is None or not holds(got, floor):
                out.append(f"{name} {'none' if got is None else format(got, '.4f')} {word} {floor}")
    return out


# ---------------------------------------------------------------- the command
def command(docs: list[str] | None, labels: Path | None, curated: bool, as_json: bool) -> None:
    """``carbon-peak evaluate``: print scores, then everything that is wrong with its sentence."""
    folder = labels or labels_dir()
    docs = docs or labelled(folder)
    files = [d for d in docs if d.endswith(".jsonl")]
    if curated and files:
        raise CompareError(f"--curated scores plans, not cases: {files[0]}")
    if curated:
        rows = curated_rows()
        scores = [score_curated(d, folder, rows) for d in docs]
    else:
        scores = [score_cases(Path(d)) if d in files else score_extractor(d, folder) for d in docs]
    total = together("all", scores)
    path, floors = folder / "floors.toml", {}
    if path.exists() and not files:
        floors = read_floors(path).get("curated" if curated else "extractor", {})
    print(_as_json(scores, total) if as_json else _as_text(scores, total, floors))


def _as_json(scores: list[Score], total: Score) -> str:
    out = {
        "scores": {s.name: s.measures() for s in (*scores, total)},
        "missed": total.missed,
        "spurious": total.spurious,
        "differences": [
            {
                "doc": a["doc"],
                "start": a["start"],
                "field": name,
                "label": a[name],
                "got": b.get(name),
            }
            for a, b, name in total.differences()
        ],
    }
    return json.dumps(out, ensure_ascii=False, indent=1)


def _as_text(scores: list[Score], total: Score, floors: dict) -> str:
    columns = scores if len(scores) == 1 else [*scores, total]
    measured = [s.measures() for s in columns]
    bounds = {**floors.get("at_least", {}), **floors.get("at_most", {})}
    lines = [" " * 17 + "".join(f"{s.name:>9}" for s in columns) + ("    floor" if bounds else "")]
    for name in measured[0]:
        cells = "".join(f"{_figure(m[name]):>9}" for m in measured)
        floor = f"{bounds[name]:>9}" if name in bounds else ""
        lines.append(f"{name:<17}{cells}{floor}".rstrip())
    if bounds:
        failed = below(total.measures(), floors)
        lines.append(
            "all floors hold" if not failed else "floors that do not hold: " + "; ".join(failed)
        )
    invented = {id(r) for r in total.invented}
    for title, rows in (("missed", total.missed), ("spurious", total.spurious)):
        lines += ["", f"{title}: {len(rows)}"]
        for r in rows:
            mark = " invented" if id(r) in invented else ""
            lines.append(f"  {_row(r)}{mark}\n    {sentence(total.texts[r['doc']], r)}")
    differing = list(total.differences())
    lines += ["", f"fields that differ: {len(differing)}"]
    lines += [
        f"  {_row(a)}\n    {name}: label {_plain(a[name])}, got {_plain(b.get(name))}"
        for a, b, name in differing
    ]
    return "\n".join(lines)


def _figure(value) -> str:
    return "-" if value is None else str(value) if isinstance(value, int) else f"{value:.4f}"


def _plain(value) -> str:
    return "none" if value is None else "、".join(value) if isinstance(value, list) else str(value)


def _row(r: dict) -> str:
    value = "" if r["value"] is None else f" {r['value']:g}"
    return (
        f"{r['doc']} {r['start']} {r['kind']}{value} {r['target_year'] or 'undated'} "
        f"“{r['value_text']}” {r['indicator_text']}"
    )


def sentence(text: str, row: dict) -> str:
    """The sentence a row stands in, its value in 【】, on one line."""
    start, end = row["start"], row["end"]
    first = max(text.rfind(c, 0, start) for c in "。\n") + 1
    last = min(
        (i for i in (text.find("。", end), text.find("\n", end)) if i >= 0), default=len(text) - 1
    )
    return (
        "".join((text[first:start], "【", text[start:end], "】", text[end : last + 1]))
        .replace("\n", " ")
        .strip()
    )
