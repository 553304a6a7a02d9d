"""What a cell writes on stdout and stderr, put together in time that grows with its length only.

As nbclient's ``coalesce_streams`` does: one output for each stream where its first piece stood,
stdout in front of stderr where they are neighbours, and of a line that is written over (progress
bars) what stands last. nbclient's own way copies the whole text for each piece, and its pattern
for carriage returns takes the square of a line's length.
"""

from __future__ import annotations

import itertools

from nbformat import NotebookNode


class Streams:
    """The streams of one cell while it runs."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[NotebookNode, list[str]]] = {}

    def begin(self, output: NotebookNode) -> None:
        """Take the output that holds the first piece of a stream."""
        self._open[output.name] = output, [output.text]

    def more(self, name: str, text: str) -> bool:
        """Take a further piece; false if the stream has no output yet."""
        if name not in self._open:
            return False
        self._open[name][1].append(text)
        return True

    def clear(self) -> None:
        """Forget all: the cell's outputs were cleared."""
        self._open.clear()

    def finish(self, outputs: list[NotebookNode]) -> None:
        """Put the whole texts into the outputs of the cell."""
        for output, pieces in self._open.values():
            output["text"] = _last_written("".join(pieces))
        self.clear()
        for at, (one, other) in enumerate(itertools.pairwise(outputs)):
            if (one.get("name"), other.get("name")) == ("stderr", "stdout"):
                outputs[at : at + 2] = other, one
                break


def _last_written(text: str) -> str:
    """Of each line what stands behind its last carriage return, but for one at its end."""
    if "\r" not in text:
        return text
    return "\n".join(line[line.rfind("\r", 0, len(line) - 1) + 1 :] for line in text.split("\n"))
