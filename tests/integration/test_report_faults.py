"""What can go wrong in a report run: whatever it is, ``latest`` stays one complete run."""

from __future__ import annotations

import contextlib
import importlib
import json
import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
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
from compare.report import publish, render_process

QUICK = report("quick", None)
GUARD = 300
"""Seconds after which a test no longer waits for what must happen, on the busiest machine."""
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


def wait_for(condition, seconds: float = GUARD):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)
    return found


def waiting_set(folder: Path) -> tuple[Path, Path]:
    """A set of a quick report and one that waits: a file that says it has begun, and one it waits for."""
    begun, go = folder / "begun", folder / "go"
    make_set(folder, QUICK, report("waiting", "hanging"))
    code = (
        f"import pathlib\npathlib.Path({str(begun)!r}).touch()\n"
        f"while not pathlib.Path({str(go)!r}).exists(): time.sleep(0.02)"
    )
    edit_notebook(folder / "notebooks/hanging.ipynb", "time.sleep(seconds)", code)
    return begun, go


def leftovers(out: Path) -> list[str]:
    return [
        p.name
        for p in [*out.iterdir(), *(out / "runs").iterdir(), *(out / "releases").iterdir()]
        if p.name.startswith(".carbon-peak")
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


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
UNMAKEABLE = {
    "refused": ("image/svg+xml", f"{SVG}<g>", "CompareError"),
    "crash": ("image/svg+xml", SVG + "<g>" * 50_000 + "</g>" * 50_000, "RenderDied"),
    "memory": ("text/html", "<table>" + "<tr><td colspan=199 rowspan=199>a" * 2000, "RenderDied"),
    "time": ("text/html", "<h2>a</h2>" * 20_000, "Timeout"),
}


def shows(folder: Path, name: str, kind: str, code: str) -> None:
    """A notebook that shows something, made by code."""
    shutil.copy(folder / "notebooks/quick.ipynb", folder / f"notebooks/{name}.ipynb")
    show = f"from IPython.display import display; display({{{kind!r}: {code}}}, raw=True)"
    edit_notebook(folder / f"notebooks/{name}.ipynb", "print(number, lang)", show)


@pytest.mark.parametrize("why", UNMAKEABLE)
def test_a_page_that_cannot_be_made_is_a_failure_of_that_report_only(tmp_path, monkeypatch, why):
    """Also when it takes the process that makes pages down, all memory, or longer than it may."""
    kind, shown, name = UNMAKEABLE[why]
    monkeypatch.setattr(render_process, "MEMORY_LIMIT", 1_000_000_000)
    formats = 'formats = ["html", "ipynb", "pdf"]'
    limit = "timeout = 2" if why == "time" else "timeout = 200"
    make_set(tmp_path, report("bad", None, formats, limit), report("fine", "quick", formats))
    (tmp_path / "shown").write_text(shown)
    shows(tmp_path, "bad", kind, f"open({str(tmp_path / 'shown')!r}).read()")
    assert command([], tmp_path / "reports.toml", tmp_path / "out") == 1
    run = check_whole(tmp_path / "out")
    assert [r["status"] for r in run["reports"]] == ["failed", "ok"]
    error = run["reports"][0]["error"]
    assert (error["kind"], error["name"]) == ("render", name)
    assert "could not be made" in (tmp_path / "out/latest/bad.html").read_text(encoding="utf-8")
    assert (tmp_path / "out/latest/fine.pdf").is_file()


def test_what_is_too_long_for_a_page_is_cut_with_a_note_and_whole_in_the_notebook(tmp_path):
    """Also when it comes in many pieces."""
    make_set(tmp_path, report("long", "quick"))
    code = "for i in range(12_000): print(f'line {i}', flush=True)"
    edit_notebook(tmp_path / "notebooks/quick.ipynb", "print(number, lang)", code)
    assert command([], tmp_path / "reports.toml", tmp_path / "out") == 0
    page = (tmp_path / "out/latest/long.html").read_text(encoding="utf-8")
    assert "此处截断" in page and "line 5000\n" in page and "line 11999" not in page
    made = nbformat.read(tmp_path / "out/latest/long.ipynb", 4)
    (output,) = made.cells[-1].outputs
    assert output.text == "".join(f"line {i}\n" for i in range(12_000))


# ------------------------------------------------------------------ runs that are stopped
@pytest.mark.parametrize("signum", STOPPING)
def test_a_stopped_run_leaves_nothing_behind(folder, signum):
    before = tree(folder / "out/latest")
    begun, _ = waiting_set(folder)
    process = start(folder, "--force")
    wait_for(begun.exists)
    children = family(process.pid)
    assert len(children) >= 2  # the server and a kernel
    process.send_signal(signum)
    _, said = process.communicate(timeout=GUARD)
    assert process.returncode == 128 + signum
    assert "stopped" in said and "Traceback" not in said
    assert psutil.wait_procs(children, timeout=GUARD)[1] == []
    assert tree(folder / "out/latest") == before and leftovers(folder / "out") == []


FLOOD = "import pathlib\nwhile True: print('x' * 99, flush=True)"
LONG_TO_MAKE = "<h2>a</h2>" * 23_000
STRAY = (
    "import subprocess\n"
    "subprocess.Popen('sleep 600 & echo $! > {}', shell=True, start_new_session=True).wait()\n"
)


@pytest.mark.parametrize("phase", ["starting", "flood", "rendering", "stray"])
def test_a_run_ends_promptly_whatever_it_is_at(folder, phase):
    before = tree(folder / "out/latest")
    begun, _ = waiting_set(folder)
    notebook = folder / "notebooks/hanging.ipynb"
    wait = f"while not pathlib.Path({str(folder / 'go')!r}).exists(): time.sleep(0.02)"
    stray = folder / "stray"
    if phase == "flood":
        edit_notebook(notebook, wait, FLOOD)
    elif phase == "stray":
        edit_notebook(notebook, "import pathlib", "import pathlib\n" + STRAY.format(stray))
    elif phase == "rendering":
        show = f"from IPython.display import HTML, display; display(HTML({LONG_TO_MAKE!r}))"
        edit_notebook(notebook, wait, show)
        file = folder / "reports.toml"
        file.write_text(file.read_text().replace('"ipynb"]', '"ipynb", "pdf"]'))
    process = start(folder, "--force", "--log", "json")
    if phase == "starting":
        while json.loads(process.stderr.readline())["event"] != "start":
            pass
    else:
        wait_for(begun.exists)
        wait_for(lambda: phase != "stray" or (stray.exists() and stray.read_text().strip()))
    if phase == "rendering":
        wait_for(lambda: busy_with_pages(process.pid))
    children = family(process.pid)
    if phase == "stray":
        children.append(psutil.Process(int(stray.read_text())))
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM
    assert psutil.wait_procs(children, timeout=GUARD)[1] == []
    assert tree(folder / "out/latest") == before and leftovers(folder / "out") == []


def busy_with_pages(pid: int) -> bool:
    """Whether the process that makes pages has been at work for a while."""
    for process in family(pid):
        with contextlib.suppress(psutil.Error):
            if "compare.report.render_process" in process.cmdline():
                return process.cpu_times().user > 5
    return False


def test_signals_ignored_from_the_start_stay_ignored(folder):
    """As under nohup, and in a script's background job."""
    begun, go = waiting_set(folder)
    process = start(folder, ignored=(signal.SIGHUP, signal.SIGINT))
    wait_for(begun.exists)
    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGINT)
    go.touch()
    _, said = process.communicate(timeout=GUARD)
    assert process.returncode == 0, said
    check_whole(folder / "out")


# Every step of a run at which it could be killed: module, function, and whether it dies before the
# function or behind it. The last two come when the new run is published already.
RUN = "compare.report.run"
STEPS = {
    "folder made": ("compare.base.work_folders", "_made", "behind"),
    "release kept": ("compare.report.history.kept_releases", "keep_release", "behind"),
    "reports taken over": (RUN, "execute_all", "before"),
    "server started": ("compare.report.report_kernel", "start_server", "behind"),
    "notebook not run yet": ("compare.report.execute_notebook", "execute", "before"),
    "notebook run": ("compare.report.execute_notebook", "execute", "behind"),
    "page not made yet": ("compare.report.render_report", "render_report", "before"),
    "page made": ("compare.report.render_report", "render_report", "behind"),
    "record begun": ("compare.report.history.run_record", "write_record", "before"),
    "index not made yet": ("compare.report.render.site", "build", "before"),
    "index made": ("compare.report.render.site", "build", "behind"),
    "places written": ("compare.report.history.external_inputs", "write_places", "behind"),
    "not on disk yet": ("compare.report.publish", "sync_tree", "before"),
    "on disk": ("compare.report.publish", "sync_tree", "behind"),
    "folder named": ("os", "rename", "behind"),
    "link made": ("os", "symlink", "behind"),
    "link not moved yet": ("os", "replace", "before"),
    "link moved": ("os", "replace", "behind"),
    "old runs not removed yet": ("compare.report.publish", "prune", "before"),
}
PUBLISHED = ("link moved", "old runs not removed yet")
_OF_PUBLISHING = {"rename": "runs/2", "symlink": "/latest", "replace": "out/latest"}
"""Part of the path to which a call of `os` that publishes puts its file; other calls are let by."""


def _die_at(step: str) -> None:
    module_name, function, when = STEPS[step]
    module = importlib.import_module(module_name)
    real = getattr(module, function)

    def dying(*arguments, **options):
        part = _OF_PUBLISHING.get(function)
        if part and part not in os.fspath(arguments[-1]):
            return real(*arguments, **options)
        if when == "behind":
            real(*arguments, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, function, dying)


MARK = "TEST_OF_A_RUN_IN"


def _child(folder: Path, step: str | None) -> None:
    """One run, in a process that has the slow imports behind it, killed at a step."""
    os.environ[MARK] = str(folder)  # seen from outside only in what is started from here
    from compare.report import report_kernel
    from compare.report.kernel.server_process import ServerOptions

    report_kernel.server_options = ServerOptions  # nothing preloaded: the server is up sooner
    os.setpgid(0, 0)
    if step:
        _die_at(step)
    with (
        open(os.devnull, "w") as null,
        contextlib.redirect_stderr(null),
        contextlib.redirect_stdout(null),
    ):
        code = command([], folder / "reports.toml", folder / "out", force=bool(step))
    os._exit(code)


@pytest.fixture(scope="module")
def imported():
    """Processes that have the slow imports behind them."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["compare.report.render_report", "compare.report.render.site", "pandas"]
    )
    return context


def run_child(context, folder: Path, step: str | None = None) -> int:
    """One run; returns how it ended."""
    child = context.Process(target=_child, args=(folder, step))
    child.start()
    child.join(GUARD)
    assert child.exitcode is not None, "it hangs"
    return child.exitcode


def orphans(folder: Path) -> list[psutil.Process]:
    """What a run in this folder has started and left: its kernel server, and kernels.

    They are found by the mark that `run_child` puts into the environment that they inherit.
    """
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get(MARK) == str(folder):
                found.append(process)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_run_that_is_killed_leaves_one_complete_run(folder, imported, step):
    out, before = folder / "out", os.readlink(folder / "out/latest")
    assert run_child(imported, folder, step) == -signal.SIGKILL, "it never came to that step"
    assert (os.readlink(out / "latest") != before) == (step in PUBLISHED)
    check_whole(out)
    assert run_child(imported, folder) == 0  # what was left is swept, and nothing has to be made
    assert leftovers(out) == []
    assert (os.readlink(out / "latest") != before) == (step in PUBLISHED)
    check_whole(out)
    wait_for(lambda: not orphans(folder))


@pytest.mark.slow
@pytest.mark.parametrize("event", ["start", "kernel", "report", "published"])
def test_the_command_that_is_killed_leaves_one_complete_run_and_no_kernel(folder, event):
    """The command that people call, with all that it has started, killed at a line of its log."""
    out, before = folder / "out", os.readlink(folder / "out/latest")
    begun, _ = waiting_set(folder)
    if event != "kernel":
        make_set(folder, QUICK)
    process = start(folder, "--force", "--log", "json", start_new_session=True)
    if event == "kernel":
        wait_for(begun.exists)
    else:
        while json.loads(process.stderr.readline())["event"] != event:
            pass
    children = family(process.pid)
    assert len(children) >= 2 or event != "kernel"
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=GUARD)
    assert psutil.wait_procs(children, timeout=GUARD)[1] == []  # kernels die with it
    assert (os.readlink(out / "latest") != before) or event != "published"
    check_whole(out)
    make_set(folder, QUICK)
    done = cli("--set", folder / "reports.toml", "--out", out, timeout=GUARD)
    assert done.returncode == 0 and leftovers(out) == []
    check_whole(out)


# ------------------------------------------------------------------ two at once
def test_a_second_run_waits_or_leaves(folder):
    out = folder / "out"
    begun, go = waiting_set(folder)
    first = start(folder)
    wait_for(begun.exists)
    busy = cli("--set", folder / "reports.toml", "--out", out, "--no-wait", timeout=GUARD)
    assert busy.returncode == 3 and busy.stdout == ""
    assert f"another run is at work in out/ (process {first.pid}, since " in busy.stderr
    second = start(folder)
    assert "waiting for it" in second.stderr.readline()
    go.touch()
    _, said = second.communicate(timeout=GUARD)
    first.communicate(timeout=GUARD)
    assert first.returncode == 0 and second.returncode == 0
    assert "nothing to do: 2 reports up to date" in said
    check_whole(out)


def test_a_lock_that_a_killed_run_left_is_no_lock(folder):
    """The system holds the lock: the file stays, and says who held it, and that is all."""
    begun, _ = waiting_set(folder)
    first = start(folder, start_new_session=True)
    wait_for(begun.exists)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate(timeout=GUARD)
    assert f"process {first.pid}" in (folder / "out/.lock").read_text()
    make_set(folder, QUICK)
    paths = ("--set", folder / "reports.toml", "--out", folder / "out")
    assert cli(*paths, "--no-wait", timeout=GUARD).returncode == 0


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


def test_a_temporary_folder_that_will_not_do_is_passed_over_or_said(folder, tmp_path, monkeypatch):
    """Its path too long for sockets, full, or gone; and nothing better is there."""
    out, elsewhere = folder / "out", tmp_path / "tmp"
    elsewhere.mkdir()
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setattr(publish.tempfile, "gettempdir", lambda: str(long))
    monkeypatch.setattr(publish, "ELSEWHERE", (str(elsewhere),))
    monkeypatch.setattr(publish, "_LONGEST", len(str(elsewhere)))
    with publish.scratch_folder() as scratch:
        assert scratch.parent == elsewhere
    before = tree(out / "latest")
    for refused in ("too long for sockets", "No such file"):
        elsewhere.exists() and elsewhere.rmdir()
        monkeypatch.setattr(publish, "ELSEWHERE", (str(elsewhere),) if "No" in refused else ())
        with pytest.raises(OSError, match=refused), publish.scratch_folder():
            pass
        assert command([], folder / "reports.toml", out, force=True) == 4
        assert tree(out / "latest") == before and leftovers(out) == []


def test_a_temporary_folder_without_room_ends_a_run_whose_kernels_die_of_it(folder, monkeypatch):
    out, full = folder / "out", os.statvfs("/")
    before = tree(out / "latest")
    edit_notebook(folder / "notebooks/quick.ipynb", "print(number, lang)", "import os; os.abort()")
    monkeypatch.setattr(publish, "_temporary_folder", lambda: Path("/tmp"))
    free = os.statvfs_result([*full[:3], 0, 0, *full[5:]])
    monkeypatch.setattr(publish.os, "fstatvfs", lambda _: free)
    assert command([], folder / "reports.toml", out) == 4
    assert tree(out / "latest") == before and leftovers(out) == []


def test_an_output_that_vanishes_during_a_run(folder):
    begun, go = waiting_set(folder)
    process = start(folder, "--force")
    wait_for(begun.exists)
    os.rename(folder / "out", folder / "moved")
    before = tree(folder / "moved/latest")
    go.touch()
    _, said = process.communicate(timeout=GUARD)
    assert process.returncode == 4, said
    assert "could not be written" in said and "Traceback" not in said
    assert tree(folder / "moved/latest") == before


def test_runs_that_share_a_temporary_folder_leave_each_others_files(tmp_path, monkeypatch):
    """Process ids tell nothing of another container; the lock does."""
    monkeypatch.setattr(publish, "_temporary_folder", lambda: tmp_path)
    hold = (
        "import sys; from pathlib import Path; from compare.base.work_folders import work_folder\n"
        "with work_folder(Path(sys.argv[1]), hidden=False) as f: print(f, flush=True); input()"
    )
    words = [sys.executable, "-c", hold, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, **pipes) as other:
        theirs = Path(other.stdout.readline().strip())
        with publish.scratch_folder() as mine:
            assert sorted(tmp_path.iterdir()) == sorted([theirs, mine])
        other.kill()
    assert os.listdir(tmp_path) == [theirs.name]
    with publish.scratch_folder() as mine:
        assert os.listdir(tmp_path) == [mine.name]


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
