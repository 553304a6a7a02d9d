"""The previous run: its record, if it can be read, and whether its files are still what it published."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from compare.report import publish
from compare.report.history import external_inputs
from compare.report.history.run_record import FileRecord, ReportEntry, RunRecord, read_record


@dataclass(frozen=True)
class PreviousRun:
    """What the previous run left.

    Attributes
    ----------
    folder : path or None
        Its folder, which can be there without a record that can be read.
    record : RunRecord or None
        Its record.
    broken : frozenset of str
        Those of its files that are gone, or not what it published.
    outside : dict of str
        Places of files outside the checkout (see `compare.report.history.external_inputs`).
    """

    folder: Path | None = None
    record: RunRecord | None = None
    broken: frozenset[str] = frozenset()
    outside: dict[str, str] = field(default_factory=dict)

    @property
    def entries(self) -> dict[str, ReportEntry]:
        """Its reports by id."""
        return {entry.id: entry for entry in self.record.reports} if self.record else {}

    def broken_of(self, entry: ReportEntry | None) -> frozenset[str]:
        """Those of the broken files that belong to one of its reports."""
        return self.broken & entry.files.keys() if entry else frozenset()


def read_previous_run(out: Path) -> PreviousRun:
    """Look at the last run in ``out``: every file is read, 100 MB in a tenth of a second or two."""
    folder = publish.latest(out)
    record = read_record(folder) if folder else None
    if folder is None or record is None:
        return PreviousRun(folder)
    places = external_inputs.read_places(out)
    return PreviousRun(folder, record, _broken_files(folder, record), places)


def _broken_files(folder: Path, record: RunRecord) -> frozenset[str]:
    files = dict(record.site_files)
    for entry in record.reports:
        files |= entry.files
    with ThreadPoolExecutor(2) as pool:  # hashes are made outside Python's lock
        good = pool.map(lambda name: _is_as_published(folder / name, files[name]), files)
        return frozenset(name for name, fine in zip(files, good, strict=True) if not fine)


def _is_as_published(file: Path, known: FileRecord) -> bool:
    try:
        if file.stat().st_size != known.bytes:
            return False
        return sha256(file.read_bytes()).hexdigest() == known.sha256
    except OSError:
        return False
