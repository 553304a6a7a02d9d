"""What a run writes while it works: lines for people, or one JSON object a line for machines.

Everything goes to stderr; stdout is for the result. On a terminal a progress bar stands below the
lines. The JSON lines hold ``time`` (UTC), ``level`` (info, warning, error), ``event`` and
``message``, and the fields that ``docs/scheduling.md`` lists for each event.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

FORMATS = ("human", "json")


class Log:
    """The log of one run.

    Parameters
    ----------
    format : str
        ``human`` or ``json``.
    """

    def __init__(self, format: str = "human") -> None:
        self.json = format == "json"
        self._bar: Any = None

    def write(self, event: str, message: str, level: str = "info", **fields: Any) -> None:
        """Write one line; ``fields`` appear in JSON only.

        Where a bar counts the reports, those that are well are not named as well.
        """
        if self._bar is not None and (event, level) == ("report", "info"):
            return
        if self.json:
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            line = {"time": now, "level": level, "event": event, "message": message, **fields}
            message = json.dumps(line, ensure_ascii=False)
        elif level != "info":
            message = f"{level}: {message}"
        if self._bar is not None:
            self._bar.write(message, file=sys.stderr)
        else:
            print(message, file=sys.stderr, flush=True)

    def begin(self, total: int) -> None:
        """Show a bar for ``total`` reports, if somebody is looking."""
        if not self.json and sys.stderr.isatty():
            from tqdm import tqdm

            form = "{n_fmt}/{total_fmt} {bar:30} {elapsed}"
            self._bar = tqdm(total=total, file=sys.stderr, leave=False, bar_format=form)

    def step(self) -> None:
        """One report is done."""
        if self._bar is not None:
            self._bar.update()

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


class Notices(logging.Handler):
    """Passes the warnings of the kernel machinery on to a `Log`, each once."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log
        self._written: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.levelno == logging.WARNING and message not in self._written:
            self._written.add(message)
            self._log.write("notice", message, "warning")
