"""Measure beside the alternatives, in one run on one machine: ``make bench``.

``report``: this package's report run against a loop of the commands ``papermill`` and ``jupyter nbconvert``
and against stock ``papermill.execute_notebook``, on the same set; then its growth with the number
of reports, in time and in memory. ``extraction``: see `extraction`.

Figures depend on the machine and on what else it does; ratios within one run are comparable.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from compare.charts.frame import SVG_ONLY
from compare.report import report_set

BIN = Path(sys.executable).parent
GOALS = {"papermill + nbconvert commands": 10.0, "papermill.execute_notebook": 4.0}
SECONDS_A_REPORT = 0.5

STOCK = """
import json, sys, papermill
out, todo = json.loads(sys.argv[1])
for i, (notebook, given) in enumerate(todo):
    papermill.execute_notebook(
        notebook, f"{out}/{i}.ipynb", given, kernel_name="python3", progress_bar=False
    )
"""


def main() -> None:
    """Run the parts that were named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="default: all")
    parser.add_argument("--reports", type=int, default=0, help="in the comparison (0: all)")
    parser.add_argument(
        "--growth", type=int, nargs="*", default=[10, 100, 300], help="(10 100 300)"
    )
    options = parser.parse_args()
    for name in options.parts or PARTS:
        PARTS[name](options)


# ------------------------------------------------------------------ extraction
def extraction(options) -> None:
    """Characters a second of the extractor, beside other finders of quantities in Chinese text."""
    import bench_extraction  # beside this file

    bench_extraction.main([])


# ------------------------------------------------------------------ reports
def report(options) -> None:
    """Report runs: the same set three ways, then growth."""
    every = report_set.read_set(report_set.default_set()).reports
    count = min(options.reports or len(every), len(every))
    picked = [every[i * len(every) // count] for i in range(count)]
    todo = [(str(r.notebook), r.given) for r in picked]
    print(f"report: {len(todo)} of the {len(every)} declared reports, as HTML and notebook, 2 jobs")
    with tempfile.TemporaryDirectory() as folder:
        ours = _ours(Path(folder), todo)
        _row("carbon-peak report --jobs 2", ours, len(todo))
        others = {
            "papermill + nbconvert commands": _commands(Path(folder), todo),
            "papermill.execute_notebook": _stock(Path(folder), todo),
        }
        for name, seconds in others.items():
            verdict = f"{seconds / ours:5.1f} times ours (goal {GOALS[name]:.0f})"
            _row(name, seconds, len(todo), verdict)
    good = all(seconds / ours >= GOALS[name] for name, seconds in others.items())
    good = good and ours / len(todo) <= SECONDS_A_REPORT
    print(f"  goals {'met' if good else 'MISSED'}")
    if options.growth:
        _growth(options.growth)


def _row(name: str, seconds: float, count: int, more: str = "") -> None:
    print(f"  {name:32} {seconds:7.1f} s  {seconds / count:6.2f} s a report  {more}", flush=True)


def _set(folder: Path, name: str, reports: list[str]) -> Path:
    file = folder / f"{name}.toml"
    head = '[set]\ntitle = { zh = "测速", en = "Bench" }\nformats = ["html", "ipynb"]\n'
    file.write_text(head + "\n".join(reports), encoding="utf-8")
    return file


def _table(name: str, notebook: Path | str, *lines: str) -> str:
    title = f'title = {{ zh = "{name}", en = "{name}" }}'
    return "\n".join(
        ["[[report]]", f'name = "{name}"', f'notebook = "{notebook}"', title, *lines, ""]
    )


def _ours(folder: Path, todo: list[tuple]) -> float:
    tables = [
        _table(f"r{i}", notebook, "parameters = " + _toml(given))
        for i, (notebook, given) in enumerate(todo)
    ]
    file, out = _set(folder, "ours", tables), folder / "ours"
    seconds = _timed([BIN / "carbon-peak", "report", "--set", file, "--out", out, "--jobs", "2"])
    run = json.loads((out / "latest" / "run.json").read_text(encoding="utf-8"))
    assert run["counts"]["ok"] == len(todo)
    return seconds


def _toml(given: dict) -> str:
    """An inline table; JSON's texts, numbers and lists are TOML's."""
    return "{ " + ", ".join(f"{k} = {json.dumps(v)}" for k, v in given.items()) + " }"


def _commands(folder: Path, todo: list[tuple]) -> float:
    start = time.monotonic()
    for i, (notebook, given) in enumerate(todo):
        out = folder / f"command-{i}.ipynb"
        options = ["--no-progress-bar", "-k", "python3", "-y", json.dumps(given)]
        _timed([BIN / "papermill", *options, notebook, out])
        _timed([BIN / "jupyter", "nbconvert", "--to", "html", out])
    return time.monotonic() - start


def _stock(folder: Path, todo: list[tuple]) -> float:
    return _timed([sys.executable, "-c", STOCK, json.dumps([str(folder), todo])])


def _timed(command: list) -> float:
    start = time.monotonic()
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command[0]}: status {done.returncode}\n{done.stderr[-2000:]}")
    return time.monotonic() - start


def _growth(sizes: list[int]) -> None:
    """Time and memory for more and more reports of one small notebook."""
    print("  growth (a small notebook with a table and a chart):")
    with tempfile.TemporaryDirectory() as folder:
        notebook = Path(folder) / "small.ipynb"
        notebook.write_text(json.dumps(_small()), encoding="utf-8")
        for size in sizes:
            numbers = ", ".join(map(str, range(size)))
            loop = f"for_each = {{ number = [{numbers}] }}"
            file = _set(Path(folder), f"grow{size}", [_table("r", notebook, loop)])
            out = Path(folder) / f"grow{size}"
            with _Memory() as memory:
                command = [
                    BIN / "carbon-peak",
                    "report",
                    "--set",
                    file,
                    "--out",
                    out,
                    "--jobs",
                    "2",
                ]
                seconds = _timed(command)
            _row(f"  {size} reports", seconds, size, str(memory))


class _Memory:
    """Watches the memory of a report run and of its kernel server: early, and at the end."""

    def __enter__(self):
        self.seen: dict[str, list[int]] = {"run": [], "kernel server": []}
        self.going = True
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.going = False
        self.thread.join()

    def _watch(self) -> None:
        own = psutil.Process()
        while self.going:
            time.sleep(0.2)
            for child in own.children(recursive=True):
                try:
                    line = " ".join(child.cmdline())
                    parent = child.parent()
                    if (
                        "fork_server" in line
                        and parent
                        and "fork_server" not in " ".join(parent.cmdline())
                    ):
                        self.seen["kernel server"].append(child.memory_info().rss)
                    elif "carbon-peak report" in line:
                        self.seen["run"].append(child.memory_info().rss)
                except psutil.Error:
                    continue

    def __str__(self) -> str:
        words = []
        for name, values in self.seen.items():
            if len(values) >= 8:  # behind the imports; before the index is built
                early, late = values[len(values) // 3], max(values[len(values) // 3 :])
                words.append(f"{name} {early / 1e6:.0f} → {late / 1e6:.0f} MB")
        return ", ".join(words)


def _small() -> dict:
    def code(source: str, *tags: str) -> dict:
        tagged = {"tags": list(tags)}
        return {"cell_type": "code", "metadata": tagged, "source": source} | {
            "outputs": [],
            "execution_count": None,
        }

    cells = [
        code("number: int = 0  # any number", "parameters"),
        code("import compare\nimport matplotlib.pyplot as plt\n\nt = compare.load('targets')"),
        code("t.groupby('indicator').size().sort_values().tail(number % 20 + 1).to_frame('n')"),
        code("plt.plot(range(number + 2))\nplt.show()"),
    ]
    metadata = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}


PARTS = {"extraction": extraction, "report": report}

if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    os.environ[SVG_ONLY] = "1"  # for all alike
    main()
