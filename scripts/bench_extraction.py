"""Measure extraction: characters a second at first sight, growth with length, and beside other tools.

The text is that of the five plans. Ours is `compare.extract` (rows) and `compare.figures` (the
ledger, rows included), the finished tables included. The others find only quantities and dates, no
rows: recognizers-text (percentages, dimensions, dates) and jionlp (times, money). They are no dependencies of this project: they go into an environment that
is thrown away afterwards, and are left out with a notice where that cannot be made. Figures depend
on the machine and on what else it does; ratios within one run are comparable.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
import venv
from pathlib import Path

from compare import extract
from compare.base.workspace import raw_dir
from compare.intake.source import read_source

GOAL = 2_000_000  # characters a second
PEERS = {
    "recognizers-text": ["recognizers-text-suite", "emoji<2"],
    "jionlp": ["jionlp"],
}
# run in the other environment: (name, function of a text) → seconds, characters, number of finds
PEER_CODE = """
import contextlib, io, json, sys, time
text, name, longest = json.loads(sys.stdin.read())
with contextlib.redirect_stdout(io.StringIO()):
    if name == "jionlp":
        import jionlp
        work = {"times": jionlp.ner.extract_time, "money": jionlp.ner.extract_money}
    else:
        from recognizers_date_time import recognize_datetime
        from recognizers_number import Culture, recognize_percentage
        from recognizers_number_with_unit import recognize_dimension
        zh = Culture.Chinese
        work = {
            "percentages": lambda t: recognize_percentage(t, zh),
            "dimensions": lambda t: recognize_dimension(t, zh),
            "dates": lambda t: recognize_datetime(t, zh),
        }
    out = {}
    for what, find in work.items():
        find(text[:200])
        used, best = text[:longest // 10 if what == "dates" else longest], 1e9
        for _ in range(2):
            begin = time.perf_counter()
            found = find(used)
            best = min(best, time.perf_counter() - begin)
        out[what] = best, len(used), len(found)
print(json.dumps(out))
"""


# run in a process of its own for each text: warmed on other words, then the text is read once
FIRST_SIGHT = """
import json, sys, time
import compare
path, warm, what = sys.argv[1:]
read = getattr(compare, what)
read(open(warm, encoding="utf-8").read())
text = open(path, encoding="utf-8", newline="").read()
begin = time.perf_counter()
rows = read(text)
print(json.dumps([time.perf_counter() - begin, len(rows)]))
"""
WARM = "data/labels/genre/provinces.jsonl"


def plans() -> dict[str, str]:
    """The own text of every raw plan."""
    sources = [read_source(p) for p in sorted(raw_dir().iterdir()) if p.is_dir()]
    return {s.doc: s.text[s.start : s.end] for s in sources}


def first_sight(texts: dict[str, str], rounds: int, against: Path | None) -> float:
    """Print characters a second at first sight, per plan and overall; return that of the rows.

    Each text is read once by a process of its own that has read other words before; the median of
    some such processes counts. Where another checkout is given, its processes take turns with ours.
    """
    here = Path(__file__).parents[1]
    ways = {"rows": (here, "extract"), "rows and ledger": (here, "figures")}
    if against:
        ways["rows, other checkout"] = (against.resolve(), "extract")
    spent = dict.fromkeys(ways, 0.0)
    print(f"extraction at first sight (median of {rounds} processes a text):")
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "other words.txt"
        lines = (here / WARM).read_text(encoding="utf-8").splitlines()
        warm.write_text("\n".join(json.loads(line)["text"] for line in lines), encoding="utf-8")
        for name, text in texts.items():
            path = Path(folder) / f"{name}.txt"
            path.write_text(text, encoding="utf-8", newline="")
            seconds: dict[str, list[float]] = {way: [] for way in ways}
            count = dict.fromkeys(ways, 0)
            for _ in range(rounds):
                for way, (checkout, what) in ways.items():
                    second, count[way] = _once(checkout, path, warm, what)
                    seconds[way].append(second)
            for way in ways:
                middle = statistics.median(seconds[way])
                spent[way] += middle
                _line(f"{name}, {way}", len(text), middle, f"{count[way]:5} found")
    size = sum(map(len, texts.values()))
    for way, total in spent.items():
        _line(f"all plans, {way}", size, total, "")
    with_ledger = size / spent["rows and ledger"]
    print(f"  goal {GOAL / 1e6:.1f} M/s, ledger included: {_verdict(with_ledger >= GOAL)}")
    if against:
        ratio = spent["rows, other checkout"] / spent["rows and ledger"]
        print(f"  rows and ledger here are {ratio:.2f} times as fast as rows of the other checkout")
    return size / spent["rows"]


def _once(checkout: Path, path: Path, warm: Path, what: str) -> tuple[float, int]:
    env = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    done = subprocess.run(
        [sys.executable, "-c", FIRST_SIGHT, path, warm, what],
        capture_output=True, text=True, env=env, cwd=checkout, timeout=600, check=True,
    )  # fmt: skip
    seconds, count = json.loads(done.stdout.splitlines()[-1])
    return seconds, count


def best(text: str, rounds: int) -> tuple[float, int]:
    """Least seconds of some rounds, and the number of rows."""
    seconds, rows = float("inf"), 0
    for _ in range(rounds):
        begin = time.perf_counter()
        rows = len(extract(text))
        seconds = min(seconds, time.perf_counter() - begin)
    return seconds, rows


def growth(text: str, rounds: int) -> None:
    """Print time and memory of 1, 4 and 16 copies; linear is the same speed three times."""
    print("growth with length:")
    first = None
    for copies in (1, 4, 16):
        longer = "\n".join([text] * copies)
        seconds, rows = best(longer, max(1, rounds // copies))
        tracemalloc.start()
        extract(longer)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        first = first or seconds / len(longer)
        factor = seconds / len(longer) / first
        more = f"{rows:6} rows, {factor:4.2f} times the time a character, peak {peak / 1e6:.0f} MB"
        _line(f"x{copies}", len(longer), seconds, more)


def long(text: str, size: int) -> None:
    """Print time and resident memory for one text of ``size`` characters."""
    text = (text + "\n") * (size // len(text) + 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, rows = best(text[:size], 1)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    memory = (
        f"resident at most {after / 1024:.0f} MB ({(after - before) / 1024:.0f} more than before)"
    )
    _line("long", size, seconds, f"{rows:6} rows, {memory}")


def beside(text: str, ours: float) -> None:
    """Print the speed of other tools on the same text, and how many times faster ours is."""
    print("beside other tools (which find quantities and dates, not rows):")
    for name, packages in PEERS.items():
        with tempfile.TemporaryDirectory() as folder:
            python = _environment(Path(folder), packages)
            found = python and _peer(python, name, text)
        if not found:
            print(f"  {name}: left out, it could not be installed or run here")
            continue
        each = 0.0
        for what, (seconds, size, finds) in found.items():
            each += seconds / size
            times = f"{finds:5} found, ours is {ours * seconds / size:6.1f} times as fast"
            _line(f"{name}, {what}", size, seconds, times)
        if len(found) > 1:
            print(f"  {name}, all of these: ours is {ours * each:.1f} times as fast")


def _environment(folder: Path, packages: list[str]) -> Path | None:
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    quiet = ["--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "15"]
    done = subprocess.run(
        [python, "-m", "pip", "install", *quiet, *packages], capture_output=True, timeout=600
    )
    return None if done.returncode else python


def _peer(python: Path, name: str, text: str, longest: int = 40_000) -> dict | None:
    given = json.dumps([text, name, longest])
    done = subprocess.run(
        [python, "-c", PEER_CODE], input=given, capture_output=True, text=True, timeout=900
    )
    return None if done.returncode else json.loads(done.stdout.splitlines()[-1])


def _line(name: str, size: int, seconds: float, more: str) -> None:
    rate = size / seconds / 1e6
    print(f"  {name:30} {size:9,} characters {seconds:8.3f} s {rate:7.3f} M/s  {more}", flush=True)


def _verdict(good: bool) -> str:
    return "met" if good else "MISSED"


def main(arguments: list[str] | None = None) -> None:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--rounds",
        type=int,
        default=7,
        help="processes a text at first sight, repeats of growth (7)",
    )
    parser.add_argument(
        "--against", type=Path, metavar="CHECKOUT", help="take turns with another checkout"
    )
    parser.add_argument("--no-peers", action="store_true", help="leave the other tools out")
    parser.add_argument(
        "--long", type=int, default=0, metavar="N", help="also one text of N characters"
    )
    options = parser.parse_args(arguments)
    texts = plans()
    whole = "\n".join(texts.values())
    ours = first_sight(texts, options.rounds, options.against)
    growth(whole, options.rounds)
    if options.long:
        long(whole, options.long)
    if not options.no_peers:
        beside(whole, ours)


if __name__ == "__main__":
    main()
