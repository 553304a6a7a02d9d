"""Scores: rows beside labelled rows.

A row counts as found if span, kind, value and target year are those of a label. Rows that share
all four (A、B均达到x) are paired by their indicator_text. The other fields are scored among the
rows found. Labels are ``data/labels/<doc>.jsonl`` (a plan of ``data/raw``), or a ``.jsonl`` file
of cases, each with its own text and rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.base.errors import CompareError, nearest
from compare.base.workspace import raw_dir
from compare.evaluation.labels import read_cases, read_labels
from compare.evaluation.matching import Pair, Row, match
from compare.schema.records import Target, records

if TYPE_CHECKING:
    from compare.intake.source import Source

FIELDS = (
    "unit", "value_max", "comparator", "measure", "direction", "baseline_year", "baseline_value",
    "period", "tier", "effort", "binding", "scope_region", "indicator", "lead_agencies",
    "support_agencies",
)  # fmt: skip
"""Fields that are scored among the rows found."""


@dataclass
class Score:
    """Rows of one document (or of several together) beside its labels.

    Attributes
    ----------
    name : str
        Document, corpus, or ``all``.
    pairs : list of Pair
        A label and the row that found it.
    missed : list of Row
        Labels that no row found.
    spurious : list of Row
        Rows that found no label.
    invented : list of Row
        Those of them that do not even touch the span of a label: there is no target there.
    fields : tuple of str
        Fields scored among the pairs.
    texts : dict
        Raw text by document, to show sentences from.
    """

    name: str
    pairs: list[Pair] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)
    spurious: list[Row] = field(default_factory=list)
    invented: list[Row] = field(default_factory=list)
    fields: tuple[str, ...] = FIELDS
    texts: dict[str, str] = field(default_factory=dict)

    def scores(self) -> dict[str, float | None]:
        """Counts and shares by name; a share is None where nothing could be scored.

        ``precision``, ``recall`` and ``f1`` are of exact rows, ``invented`` is a share of all rows,
        ``indicator_text`` is the mean `overlap` among the pairs, and every field's figure is the
        share of pairs in which it is right (among those whose label states the field).
        """
        hits = len(self.pairs)
        rows, labels = hits + len(self.spurious), hits + len(self.missed)
        out: dict[str, float | None] = {
            "labels": labels,
            "rows": rows,
            "precision": _share(hits, rows),
            "recall": _share(hits, labels),
            "f1": _share(2 * hits, rows + labels),
            "invented": _share(len(self.invented), rows),
            "indicator_text": _share(sum(p.overlap for p in self.pairs), hits),
        }
        for name in self.fields:
            stated = [p for p in self.pairs if p.states(name)]
            out[name] = _share(sum(p.agrees(name) for p in stated), len(stated))
        return out

    def differences(self) -> Iterator[tuple[Pair, str]]:
        """Every field of a pair that differs."""
        for pair in self.pairs:
            for name in self.fields:
                if pair.states(name) and not pair.agrees(name):
                    yield pair, name


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def score(
    name: str,
    text: str,
    labels: Iterable[Mapping[str, Any]],
    rows: Iterable[Mapping[str, Any]],
    fields: Sequence[str] = FIELDS,
) -> Score:
    """Score the rows of one document against its labels."""
    stated = [Row.of(name, one) for one in labels]
    found = match(stated, [Row.of(name, one) for one in rows])
    spans = [(r.start, r.end) for r in stated]
    invented = [r for r in found.spurious if not any(r.start < b and a < r.end for a, b in spans)]
    return Score(
        name, found.pairs, found.missed, found.spurious, invented, tuple(fields), {name: text}
    )


def together(name: str, scores: Sequence[Score]) -> Score:
    """Several scores as one, every row weighing the same."""
    out = Score(name, fields=scores[0].fields if scores else FIELDS)
    for s in scores:
        out.pairs += s.pairs
        out.missed += s.missed
        out.spurious += s.spurious
        out.invented += s.invented
        out.texts |= s.texts
    return out


# ---------------------------------------------------------------- what is scored
def score_extractor(doc: str, folder: Path) -> Score:
    """Score what the extractor finds unaided in one plan of ``data/raw``."""
    from compare.extraction.assembly import extract_source

    source = _labelled_source(doc, folder)
    labels = read_labels(doc, folder, source.text)
    found = extract_source(source)
    return score(doc, source.text, labels, [r.as_dict() for r in found])


def score_curated(doc: str, folder: Path, rows: Sequence[Target] | None = None) -> Score:
    """Score the curated rows of one plan; there the field ``repeats`` counts too."""
    text = _labelled_source(doc, folder).text
    labels = read_labels(doc, folder, text)
    rows = curated_rows() if rows is None else rows
    own = [r.as_dict() for r in rows if r.doc == doc]
    return score(doc, text, labels, own, (*FIELDS, "repeats"))


def _labelled_source(doc: str, folder: Path) -> Source:
    """The document that labels are about."""
    from compare.intake.source import read_source

    known = sorted(p.name for p in raw_dir().iterdir()) if raw_dir().is_dir() else []
    if doc not in known:
        hint = nearest(doc, known)
        raise CompareError(f"labels of no document: data/raw has no {doc!r}{hint}", folder)
    return read_source(raw_dir() / doc)


def curated_rows() -> list[Target]:
    """Rows of the release's table ``targets``."""
    from compare.curation.tables import read_table

    return records(read_table("targets"), Target)


def score_cases(path: Path) -> Score:
    """Score what the extractor finds in a file of cases (``id``, ``text``, ``rows``)."""
    from compare.extraction.assembly import extract_text

    out = []
    for case in read_cases(path):
        found = [r.as_dict() for r in extract_text(case["text"], doc=case["id"])]
        out.append(score(case["id"], case["text"], case["rows"], found))
    return together(path.stem, out)
