"""Former name of `compare.curation.tables` and `compare.curation.release`, until their callers have moved."""

from compare.curation.release import (
    parquet_bytes,
    release_hash,
    to_arrow,
    write_release,
)
from compare.curation.tables import load, read_parquet

__all__ = ["load", "parquet_bytes", "read_parquet", "release_hash", "to_arrow", "write_release"]
