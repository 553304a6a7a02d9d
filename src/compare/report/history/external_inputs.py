"""Files outside the checkout that notebooks read: named in the record without their place.

A run is published, so its record must not tell where files of this machine are. There such a file
is called ``outside/<hash of its path>/<its name>``; the places stand in ``<out>/.outside.json``, beside the runs
and not in one. Without that file the reports that read them are made anew.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from compare.base.atomic_files import write_file
from compare.base.errors import CompareError
from compare.base.read_files import read_bytes
from compare.report.history.run_record import ReportEntry
from compare.report.holder import PLACES


def record_name(path: str) -> str:
    """What the record calls a file."""
    return f"outside/{sha256(path.encode()).hexdigest()[:12]}/{Path(path).name}"


def read_places(out: Path) -> dict[str, str]:
    """The places of files by their names in the record."""
    try:
        places = json.loads(read_bytes(out / PLACES))
    except (CompareError, ValueError, RecursionError):
        return {}
    return places if isinstance(places, dict) else {}


def write_places(out: Path, places: dict[str, str], entries: list[ReportEntry]) -> None:
    """Keep the places of the files that these reports have read."""
    used = {name for entry in entries for name in entry.inputs}
    kept = {name: places[name] for name in sorted(used & places.keys())}
    if kept != read_places(out):
        write_file(out / PLACES, (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode())
