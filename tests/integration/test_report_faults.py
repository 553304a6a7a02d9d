"""What can go wrong in a report run: whatever it is, ``latest`` stays one complete run."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from report_tools import (
    COMMAND,
    check_whole,
    cli,
    edit_notebook,
    entry_of,
    make_set,
    one_server,  # noqa: F401
    record_of,
    report,
    tree,
)

from compare.cli.report import render_reports as command

QUICK = report("quick", None)
KILLS, LANES, MAKE_AGAIN, COMMAND_KILLS = 24, 2, 3, 6


STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def start(folder: Path, *arguments, ignored: tuple = (), **options) -> subprocess.Popen:
    """A run in the background, with signals as a terminal gives them whatever pytest was given
    (a script's background job ignores Ctrl-C, and so would its children)."""

    def signals():
        for signum in STOPPING:
            signal.signal(signum, signal.SIG_IGN if signum in ignored else signal.SIG_DFL)

    paths = ["--set", str(folder / "reports.toml"), "--out", str(folder / "out")]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
    return subprocess.Popen([*COMMAND, *paths, *arguments], preexec_fn=signals, **pipes)


def family(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


def wait_for(condition, seconds: float = 30):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)
    return found


def leftovers(out: Path) -> list[str]:
    return [
        p.name
        for p in [*out.iterdir(), *(out / "runs").iterdir()]
        if p.name.startswith((".new", ".latest"))
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A set of one quick report, after one run."""
    folder = tmp_path_factory.mktemp("made")
    make_set(folder, QUICK)
    assert command([], folder / "reports.toml", folder / "out") == 0
    return folder


@pytest.fixture
def folder(made, tmp_path):
    """A copy of it, to be broken."""
    shutil.copytree(made, tmp_path / "copy", symlinks=True)
    return tmp_path / "copy"


# ------------------------------------------------------------------ notebooks that fail
def test_a_failing_notebook_does_not_stop_the_others(folder, capsys):
    out = folder / "out"
    good = (out / "latest/quick.html").read_bytes()
    make_set(folder, QUICK, report("failing"), report("hanging", None, "timeout = 2"))
    edit_notebook(folder / "notebooks/quick.ipynb", "print(number, lang)", "raise KeyError('<b>x')")
    assert command([], folder / "reports.toml", out) == 1
    said = capsys.readouterr().err
    assert (
        "3 failed, in" in said
        and "quick: cell 3: KeyError" in said
        and "hanging: cell 3: Timeout" in said
    )
    run = check_whole(out)
    assert {r["id"]: r["error"]["kind"] for r in run["reports"]} == {
        "quick": "error",
        "failing": "error",
        "hanging": "timeout",
    }
    page = (out / "latest/failing.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;nothing&lt;/b&gt; for shiyan" in page and "<b>nothing</b>" not in page
    assert "never" not in page  # the cells behind the failing one did not run
    assert "not finished after 2 s" in (out / "latest/hanging.html").read_text(encoding="utf-8")
    # the last good version is still there, and stays through further failures
    for _ in range(2):
        previous = entry_of(out, "quick")["previous"]
        assert (out / "latest" / previous).read_bytes() == good
        for page in ("quick.html", "index.html"):
            assert previous in (out / "latest" / page).read_text(encoding="utf-8")
        assert command(["quick"], folder / "reports.toml", out) == 1
    assert entry_of(out, "hanging")["status"] == "failed"  # not named, so taken over as it was
    edit_notebook(folder / "notebooks/quick.ipynb", "raise KeyError('<b>x')", "print(number, lang)")
    assert command(["quick"], folder / "reports.toml", out) == 0
    assert entry_of(out, "quick")["previous"] is None


def test_a_kernel_that_dies_and_one_that_talks_without_end_are_failures(tmp_path, monkeypatch):
    from compare.report import execute_notebook

    monkeypatch.setattr(execute_notebook, "OUTPUT_LIMIT", 1_000_000)
    make_set(tmp_path, report("dies", "quick"), report("talks", "failing"))
    edit_notebook(
        tmp_path / "notebooks/quick.ipynb", "print(number, lang)", "import os; os.abort()"
    )
    edit_notebook(
        tmp_path / "notebooks/failing.ipynb", 'print("before")', "while True: print('x' * 9999)"
    )
    assert command([], tmp_path / "reports.toml", tmp_path / "out") == 1
    run = check_whole(tmp_path / "out")
    assert [r["error"]["kind"] for r in run["reports"]] == ["kernel", "output"]
    assert [r["error"]["cell"] for r in run["reports"]] == [3, 3]


def test_a_page_that_cannot_be_made_is_a_failure_of_that_report_only(tmp_path, monkeypatch):
    from compare.report.render import html_page

    def render(nb, *, title, **rest):
        if title["en"] == "bad title":
            raise ValueError("no page for <bad>")
        return good(nb, title=title, **rest)

    good = html_page.render
    monkeypatch.setattr(html_page, "render", render)
    make_set(tmp_path, report("bad", "quick"), report("fine", "quick"))
    assert command([], tmp_path / "reports.toml", tmp_path / "out") == 1
    run = check_whole(tmp_path / "out")
    assert [r["status"] for r in run["reports"]] == ["failed", "ok"]
    assert run["reports"][0]["error"]["kind"] == "render"
    assert "no page for &lt;bad&gt;" in (tmp_path / "out/latest/bad.html").read_text(
        encoding="utf-8"
    )


# ------------------------------------------------------------------ runs that are stopped
@pytest.mark.parametrize("signum", STOPPING)
def test_a_stopped_run_leaves_nothing_behind(folder, signum):
    before = tree(folder / "out/latest")
    make_set(folder, QUICK, report("hanging"))
    process = start(folder, "--force")
    wait_for(lambda: "out/latest" if len(family(process.pid)) >= 2 else None)  # server and kernel
    time.sleep(0.5)
    children = family(process.pid)
    process.send_signal(signum)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 128 + signum
    assert "stopped" in said and "Traceback" not in said
    assert psutil.wait_procs(children, timeout=5)[1] == []
    assert tree(folder / "out/latest") == before and leftovers(folder / "out") == []


def test_signals_ignored_from_the_start_stay_ignored(folder):
    """As under nohup, and in a script's background job."""
    make_set(folder, QUICK, report("slow", "hanging", "parameters = { seconds = 1.0 }"))
    process = start(folder, ignored=(signal.SIGHUP, signal.SIGINT))
    wait_for(lambda: len(family(process.pid)) >= 2)
    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    check_whole(folder / "out")


def _child(folder: Path, force: bool) -> None:
    """One run, in a process that has the slow imports behind it."""
    from compare.report import report_kernel
    from compare.report.kernel.server_process import ServerOptions

    report_kernel.server_options = ServerOptions  # nothing preloaded: the server is up sooner
    os.setpgid(0, 0)
    with (
        open(os.devnull, "w") as null,
        contextlib.redirect_stderr(null),
        contextlib.redirect_stdout(null),
    ):
        code = command([], folder / "reports.toml", folder / "out", force=force)
    os._exit(code)


@pytest.mark.slow
def test_sigkill_at_random_moments(tmp_path):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["compare.report.render_report", "compare.report.render.site", "pandas"]
    )
    seed = random.randrange(10**6)
    print(f"random.seed({seed})")
    chance = random.Random(seed)

    def run_child(lane: Path, kill_after: float | None = None, force: bool = True) -> float:
        begin = time.monotonic()
        child = context.Process(target=_child, args=(lane, force))
        child.start()
        child.join(kill_after)
        if kill_after is not None:
            child.kill()
            child.join()
        else:
            assert child.exitcode == 0
        return time.monotonic() - begin

    def lane_of(place: int) -> int:
        lane = tmp_path / f"lane{place}"
        lane.mkdir()
        make_set(lane, QUICK)
        run_child(lane)
        usual = run_child(lane)
        latest, midway = lane / "out/latest", 0
        for number in range(KILLS // LANES):
            before = os.readlink(latest)
            run_child(lane, chance.uniform(0.02, 1.0) * usual)
            midway += bool(leftovers(lane / "out"))
            check_whole(lane / "out")
            again = number % MAKE_AGAIN == 0  # else the next run finds all up to date
            run_child(lane, force=again)
            assert leftovers(lane / "out") == []
            assert os.readlink(latest) != before or not again
            check_whole(lane / "out")
        return midway

    with ThreadPoolExecutor(LANES) as lanes:
        midway = sum(lanes.map(lane_of, range(LANES)))
    assert midway >= KILLS // 6, "too few runs were killed in the middle to prove anything"

    def orphans():
        found = []
        for process in psutil.process_iter(["cmdline"]):
            with contextlib.suppress(psutil.Error):
                line = " ".join(process.info["cmdline"] or ())
                if "compare.report.kernel.fork_server" in line and str(tmp_path) in str(
                    process.environ()
                ):
                    found.append(process)
        return found

    wait_for(lambda: not orphans(), 10)


@pytest.mark.slow
def test_sigkill_of_the_command_at_random_moments(folder):
    """The command that people call, with all that it has started."""
    seed = random.randrange(10**6)
    print(f"random.seed({seed})")
    chance, midway = random.Random(seed), 0
    out = folder / "out"

    def run(kill_after: float | None = None, *arguments) -> float:
        begin = time.monotonic()
        process = start(folder, *arguments, start_new_session=True)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=kill_after)
        if process.poll() is None:
            children = family(process.pid)
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            assert psutil.wait_procs(children, timeout=5)[1] == []  # kernels die with it
        else:
            assert process.returncode == 0
        return time.monotonic() - begin

    usual = run(None, "--force")
    for _ in range(COMMAND_KILLS):
        run(chance.uniform(0.2, 0.95) * usual, "--force")
        midway += bool(leftovers(out))
        check_whole(out)
    run()
    check_whole(out)
    assert leftovers(out) == []
    assert midway >= COMMAND_KILLS // 3, "too few were killed in the middle to prove anything"


# ------------------------------------------------------------------ two at once
def test_a_second_run_waits_or_leaves(folder):
    out = folder / "out"
    make_set(folder, QUICK, report("slow", "hanging", "parameters = { seconds = 3.0 }"))
    first = start(folder)
    wait_for(lambda: (out / ".lock").read_text())
    busy = cli("--set", folder / "reports.toml", "--out", out, "--no-wait")
    assert busy.returncode == 3 and busy.stdout == ""
    assert f"another run is at work in out/ (process {first.pid}, since " in busy.stderr
    second = start(folder)
    _, said = second.communicate(timeout=60)
    assert first.wait(timeout=1) == 0 and second.returncode == 0
    assert "waiting for it" in said and "nothing to do: 2 reports up to date" in said
    check_whole(out)
    first.communicate()


# ------------------------------------------------------------------ no room
def test_a_file_that_may_not_grow_leaves_latest_as_it_was(folder):
    before = tree(folder / "out/latest")

    def quota():
        resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))

    done = cli(
        "--set", folder / "reports.toml", "--out", folder / "out", "--force", preexec_fn=quota
    )
    assert done.returncode == 4, done.stderr
    assert "the run could not be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(folder / "out/latest") == before and leftovers(folder / "out") == []


def test_a_full_disk_leaves_latest_as_it_was(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6M", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no permission to mount a small tmpfs")
    try:
        file = make_set(tmp_path, QUICK)
        assert command([], file, disk) == 0
        before = tree(disk / "latest")
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        (disk / "filler").write_bytes(b"x" * (free - 20_000))
        assert command([], file, disk, force=True) == 4
        assert tree(disk / "latest") == before and leftovers(disk) == []
        (disk / "filler").unlink()
        assert command([], file, disk, force=True) == 0
        check_whole(disk)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_latest_that_is_not_ours_is_not_touched(tmp_path, folder):
    out = tmp_path / "other"
    (out / "latest").mkdir(parents=True)
    (out / "latest/mine.txt").write_text("mine")
    done = cli("--set", folder / "reports.toml", "--out", out)
    assert done.returncode == 2 and "latest: is not the link that a run keeps" in done.stderr
    assert (out / "latest/mine.txt").read_text() == "mine"


def _without_hashes(run: dict) -> dict:
    return {**run, "reports": [{k: v for k, v in run["reports"][0].items() if k != "hashes"}]}


def _leading_out(run: dict) -> dict:
    entry = run["reports"][0]
    return {**run, "reports": [{**entry, "files": {"../x": entry["files"]["quick.html"]}}]}


@pytest.mark.parametrize(
    "odd",
    ["{", "[]", "7", '{"schema": 2, "reports": [{"id": "x"}]}', _without_hashes, _leading_out],
)
def test_a_record_that_cannot_be_read_makes_everything_anew(folder, odd, capsys):
    out = folder / "out"
    text = odd if isinstance(odd, str) else json.dumps(odd(record_of(out)))
    (out / "latest/run.json").write_text(text, encoding="utf-8")
    assert command([], folder / "reports.toml", out) == 0
    assert record_of(out)["counts"] == {"ok": 1, "kept": 0, "failed": 0}
    assert "run.json of the last run cannot be read" in capsys.readouterr().err
