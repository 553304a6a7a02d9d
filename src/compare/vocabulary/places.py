"""Places: who they are, at which level, in which province (``vocabulary/places.csv``)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from compare.base import workspace
from compare.base.errors import CompareError
from compare.schema import fields
from compare.schema.records import Place
from compare.vocabulary.csv_rows import read_rows

_HEADERS = {"region_zh": "name_zh", "region_en": "name_en", "region_level": "level"}


def places(path: Path | None = None) -> list[Place]:
    """Rows of the regions table, in the order of the file.

    A province has neither ``province_zh`` nor ``parent_zh``: nothing it could be compared with
    stands above it but the nation.

    Raises
    ------
    CompareError
        Unknown or missing column, level or number, with file and line.
    """
    path = path or workspace.vocabulary_file("places.csv")
    out: dict[str, Place] = {}
    for line, cells in read_rows(path, fields.table(Place.TABLE), headers=_HEADERS):
        place = Place(**cells)
        if place.region_id in out:
            raise CompareError(f"region_id {place.region_id!r} stands twice", path, line)
        if place.region_level in ("nation", "province"):
            place = replace(place, province_zh=None, parent_zh=None)
        out[place.region_id] = place
    return list(out.values())
