"""Provenance: a target's sentence in its paragraph, with what it says marked, and its source.

``evidence(target_id)`` shows one target (rich in JupyterLab, plain in a terminal);
``evidence_href(target_id)`` is the address, inside a rendered report set, that every table row
links to. The same rendering serves both.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from compare.base import fields
from compare.base.errors import CompareError, nearest
from compare.base.records import Target
from compare.base.workspace import curated_dir, raw_dir
from compare.intake.source import read_source
from compare.provenance import marks
from compare.wording.code_words import code_word, flag_words
from compare.wording.messages import LANGS
from compare.wording.values import horizon, written_value

_BRACKETS = {
    "value": "【】",
    "indicator": "〖〗",
    "horizon": "〔〕",
    "bound": "⟦⟧",
    "baseline": "⟨⟩",
    "effort": "‹›",
}
_ANSI = {
    "value": "30;43",
    "indicator": "4;36",
    "horizon": "34",
    "bound": "1;33",
    "baseline": "35",
    "effort": "32",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Evidence:
    """One target with the text it stands in.

    Attributes
    ----------
    row : dict
        Its row of ``targets``; unknown is None.
    text : str
        The paragraph, or only the sentence where the raw text is not at hand.
    sentence : (int, int)
        Where the sentence stands in ``text``.
    marks : list of (start, end, role)
        Marked places in ``text``; roles are ``compare.provenance.marks.ROLES``.
    whole : bool
        Whether ``text`` is the whole paragraph.
    source : dict
        What is known of the document: ``title``, ``issuer``, ``document_no``, ``date``,
        ``status``, ``publisher``, ``sha256``, ``script``.
    first : str or None
        ``target_id`` of the first mention, where the row repeats one.
    lang : str
        Language of the labels.
    outside : bool
        Whether the horizon is stated before this paragraph.
    """

    row: dict
    text: str
    sentence: tuple[int, int]
    marks: list[tuple[int, int, str]]
    whole: bool
    source: dict
    first: str | None = None
    lang: str = "zh"
    outside: bool = False

    @property
    def target(self) -> Target:
        """The row as a record."""
        return Target(**{name: self.row.get(name) for name in fields.table("targets").names})

    def _repr_html_(self) -> str:
        from compare.provenance.html import as_html, css

        return f"<style>{css()}</style>{as_html(self, (self.lang,), source=True)}"

    def __str__(self) -> str:
        return self.plain()

    def plain(self, color: bool = False) -> str:
        """The same as text: places in brackets, or in colours for a terminal."""
        row, lang = self.row, self.lang
        ends = (
            {r: (f"\033[{code}m", "\033[0m") for r, code in _ANSI.items()} if color else _BRACKETS
        )
        head = [row["region_zh" if lang == "zh" else "region_en"], row["indicator_text"]]
        head += [written_value(self.target, lang), horizon(self.target, lang)]
        lines = [_plain(f"{row['target_id']}  {' · '.join(h for h in head if h)}")]
        if row.get("section"):
            lines.append(_plain(f"{code_word('label', 'section', lang)}: {row['section']}"))
        text, at = "", 0
        for start, end, role in self.marks:
            left, right = ends[role]
            text += f"{_plain(self.text[at:start])}{left}{_plain(self.text[start:end])}{right}"
            at = end
        lines += ["", text + _plain(self.text[at:]), ""]
        roles = dict.fromkeys(role for *_, role in self.marks)
        legend = (f"{ends[r][0]}{code_word('role', r, lang)}{ends[r][1]}" for r in roles)
        lines.append(f"{code_word('label', 'legend', lang)}: {' '.join(legend)}")
        lines += [] if self.whole else [code_word("label", "sentence_only", lang)]
        lines += [code_word("label", "outside_paragraph", lang)] if self.outside else []
        for flag in [] if row.get("flags") is None else row["flags"]:
            lines.append(_plain(f"{code_word('label', 'flags', lang)}: {flag_words(flag, lang)}"))
        if row.get("note"):
            lines.append(_plain(f"{code_word('label', 'note', lang)}: {row['note']}"))
        lines.append(
            _plain(f"{code_word('label', 'source', lang)}: {_source_line(self.source, lang)}")
        )
        lines.append(f"SHA-256 {self.source['sha256']}, {_position(row, lang)}")
        return "\n".join(lines)


# ------------------------------------------------------------------ finding it
def evidence(target_id: str, targets=None, lang: str = "zh") -> Evidence:
    """A target's sentence in its paragraph, marked, with its section and source.

    Parameters
    ----------
    target_id : str
        As in the table ``targets``.
    targets : pandas.DataFrame, optional
        Another table of targets (default: the curated one).
    lang : {"zh", "en"}
        Language of the labels; the text stays as the plan has it.

    Raises
    ------
    CompareError
        Unknown id or language; a raw text that is not the one the row was made from.
    """
    if lang not in LANGS:
        raise CompareError(f"unknown language {lang!r}; known: zh, en", "lang")
    if targets is None:
        from compare.curation.parquet import load

        targets = load("targets")
    hit = targets.index[targets["target_id"] == target_id]
    if not len(hit):
        raise CompareError(
            f"unknown target {target_id!r}{nearest(str(target_id), list(targets['target_id']))}"
        )
    rows = targets[targets["doc"] == targets.at[hit[0], "doc"]]
    return next(e for e in of_rows(records(rows), lang, only=target_id))


def records(frame) -> list[dict]:
    """Rows of a table as dicts, unknown as None."""
    columns = {c: frame[c].to_numpy(dtype=object, na_value=None).tolist() for c in frame.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def of_rows(rows: list[dict], lang: str = "zh", only: str | None = None) -> list[Evidence]:
    """Evidence of the rows of one document, in text order; the raw text is read once."""
    rows = sorted(rows, key=lambda r: (r["start"], r["end"], r["target_id"]))
    raw = _raw(rows[0]) if rows else None
    first = {}
    for row in rows:
        if row.get("repeats") is None:
            first.setdefault(row["start"], row["target_id"])
    wanted = rows if only is None else [r for r in rows if r["target_id"] == only]
    return [_evidence(r, raw, first.get(r.get("repeats")), lang) for r in wanted]


def _raw(row: dict):
    doc = row["doc"]
    if not doc or doc.startswith(".") or re.search(r"[/\\:\0]", doc):
        return None
    try:
        folder = raw_dir() / doc
    except CompareError:
        return None
    if not (folder / "plan.txt").is_file():
        return None
    source = read_source(folder)
    if source.sha256 != row["document_sha256"]:
        raise CompareError(
            f"the text is not the one the tables were made from: its SHA-256 is {source.sha256}, "
            f"theirs {row['document_sha256']}; `carbon-peak build` renews the tables",
            source.path,
        )
    return source


def _evidence(row: dict, raw, first: str | None, lang: str) -> Evidence:
    if raw is None:
        low, text = row["evidence_start"], row["evidence"]
    else:
        low, high = row["evidence_start"], row["evidence_start"] + len(row["evidence"])
        low, high = marks.paragraph(raw.text, min(low, row["start"]), max(high, row["end"]))
        text = raw.text[low:high]
        if raw.text[row["start"] : row["end"]] != row["value_text"]:
            raise CompareError(
                f"target {row['target_id']}: characters {row['start']} to {row['end']} are "
                f"{raw.text[row['start'] : row['end']]!r}, not {row['value_text']!r}",
                raw.path,
            )
    at = row["evidence_start"] - low
    sentence = (at, at + len(row["evidence"]))
    here = {**row, "start": row["start"] - low, "end": row["end"] - low}
    found = marks.marks(text, sentence, here)
    dated = row.get("target_year") is not None and row.get("kind") != "peak"
    outside = dated and not any(role == "horizon" for *_, role in found)
    return Evidence(
        row, text, sentence, found, raw is not None, _source(row, raw), first, lang, outside
    )


def _source(row: dict, raw) -> dict:
    meta = raw.meta if raw else {}
    return {
        "title": row["document_title"],
        "issuer": meta.get("issuer"),
        "document_no": meta.get("document_no"),
        "date": row.get("document_date") or meta.get("issued"),
        "status": row["document_status"],
        "publisher": meta.get("publisher"),
        "sha256": row["document_sha256"],
        "script": meta.get("script", "Hans"),
    }


# ------------------------------------------------------------------ addresses
def evidence_page(doc: str) -> str:
    """Where the evidence page of a document stands in a rendered report set."""
    name = doc if re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}", doc) else ""
    if not name:  # never a path: what is odd becomes a hash
        kept = re.sub(r"[^A-Za-z0-9]+", "-", doc).strip("-")[:32]
        name = f"{kept}-{sha256(doc.encode()).hexdigest()[:8]}".lstrip("-")
    return f"evidence/{name}.html"


def evidence_href(target_id: str, doc: str | None = None) -> str:
    """Relative address of a target's evidence, from a page of a rendered report set.

    Parameters
    ----------
    target_id : str
        As in the table ``targets``.
    doc : str, optional
        The row's ``doc``; without it the curated table is asked (once, then kept).

    Returns
    -------
    str
        ``evidence/<doc>.html#<target_id>``.

    Raises
    ------
    CompareError
        Unknown id (only where ``doc`` is not given).
    """
    if doc is None:
        known = _documents_of_targets()
        if target_id not in known:
            raise CompareError(
                f"unknown target {target_id!r}{nearest(str(target_id), list(known))}"
            )
        doc = known[target_id]
    return f"{evidence_page(str(doc))}#{quote(str(target_id), safe='')}"


def _documents_of_targets() -> dict[str, str]:
    file = curated_dir() / "targets.parquet"
    stamp = file.stat().st_mtime_ns if file.exists() else 0
    return _read_documents(file, stamp)


@lru_cache(maxsize=2)
def _read_documents(file, stamp: int) -> dict[str, str]:
    from compare.curation.parquet import read_parquet

    table = read_parquet(file, fields.table("targets"))
    return dict(zip(table["target_id"].to_pylist(), table["doc"].to_pylist(), strict=True))


def _position(row: dict, lang: str) -> str:
    return f"{code_word('label', 'characters', lang)} {row['start']}–{row['end']}"


def _source_line(source: dict, lang: str) -> str:
    parts = [source["title"], source["issuer"], source["document_no"]]
    parts.append(str(source["date"]) if source["date"] else None)
    if source["status"] == "draft":
        parts.append(code_word("document_status", "draft", lang))
    return " · ".join(p for p in parts if p)


def _plain(text: str) -> str:
    """Without control characters: a plan's text must not steer a terminal."""
    return _CONTROL.sub("", text)


def show(target_id: str, lang: str = "zh") -> None:
    """Print one target's evidence, in colours where stdout is a terminal."""
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    print(evidence(target_id, lang=lang).plain(color))
