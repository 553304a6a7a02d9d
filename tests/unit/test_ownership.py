"""Only what is ours is replaced: whatever lies in a tree, every command leaves all that it did not make."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest
from conftest import ROOT, examples
from hypothesis import given, settings
from hypothesis import strategies as st
from report_tools import HEAD, make_set, report

from compare.base import work_folders
from compare.base.errors import CompareError
from compare.base.exit_status import Status
from compare.base.ownership import PACKAGE_FILE, check_release_place
from compare.cli import extract
from compare.cli.report import render_reports
from compare.curation import build
from compare.curation.release import release_hash
from compare.curation.release_files import package_bytes
from compare.report import holder, run
from compare.report.history import kept_releases

PLAN = "到2025年,非化石能源消费比重达到20%以上。\n"
RUN = "20200101T000000Z-000000"
KEPT = Path(kept_releases.release_name(release_hash())).name
# names that mean something to a command, and some that do not; each stands for a user's own file here
NAMES = [
    *("a", "docs", "数据", holder.LATEST, holder.RUNS, holder.RELEASES, holder.LOCK, holder.PLACES),
    *(RUN, KEPT, "0123456789ab", holder.RECORD, "index.html", "thumbs", PACKAGE_FILE),
    *("documents.parquet", ".carbon-peak-00000000", ".carbon-peak-works-here", "aside", "new"),
    *(".latest-mine", ".new-mine", f".new-{RUN}", "data-dictionary.md", "rows.jsonl", "rows.csv"),
]
PATHS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4).map("/".join)
CONTENTS = [
    *(b"mine", b"{}", b'{"name": "mine"}', b'{"run": "mine", "reports": 7}', b"doc,start\nx,1\n"),
    b'{"name": "carbon-peak", "resources": [',
    b'{"outside/x": "mine"}',
]
KINDS = st.sampled_from(CONTENTS) | st.sampled_from(["folder", "link", "nowhere"])
TREES = st.dictionaries(PATHS, KINDS, max_size=12)
COMMANDS = ["build", "report", "extract jsonl", "extract csv", "extract figures"]


@pytest.fixture(scope="module")
def tools(tmp_path_factory):
    """A plan, a set, and the steps that take long made short: tables that are there already, no notebooks."""
    import pyarrow.parquet as pq

    folder = tmp_path_factory.mktemp("tools")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    make_set(folder, report("quick"), head=HEAD.replace("runs = 3", "runs = 1"))
    names = ("documents", "regions")
    tables = {n: pq.read_table(ROOT / f"data/curated/{n}.parquet") for n in names}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "build", lambda: tables)
        patch.setattr(run, "execute_all", lambda *_: ({}, {}))
        yield folder


def plant(root: Path, tree: dict[str, bytes | str]) -> None:
    """Put files, folders and links into a tree, where nothing stands in the way."""
    for number, (name, kind) in enumerate(tree.items()):
        place = root / name
        with contextlib.suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            if kind == "folder":
                place.mkdir()
            elif isinstance(kind, str):
                place.symlink_to("nowhere" if kind == "nowhere" else root)
            elif not os.path.lexists(place):
                place.write_bytes(kind)
                place.chmod((0o600, 0o644, 0o755)[number % 3])


def seen(root: Path) -> dict[str, tuple]:
    """Every file and link of a tree: bytes, mode and time, or where it leads."""
    found = {}
    for above, folders, files in os.walk(root):
        for name in [*folders, *files]:
            path = Path(above, name)
            info = path.lstat()
            if stat.S_ISLNK(info.st_mode):
                found[str(path)] = (os.readlink(path),)
            elif stat.S_ISREG(info.st_mode):
                found[str(path)] = (path.read_bytes(), info.st_mode, info.st_mtime_ns)
    return found


def call(command: str, tools: Path, out: Path) -> CompareError | int | None:
    """One command; its error, or its status."""
    try:
        if command == "build":
            return build.command(out)
        if command == "report":
            return render_reports([], tools / "reports.toml", out, force=True)
        form = command.split()[1]
        figures = form == "figures"
        return extract.run([tools / "plan.txt"], "csv" if figures else form, out, figures=figures)
    except CompareError as error:
        return error


@settings(max_examples=examples(60), deadline=None)
@given(TREES, st.sampled_from(COMMANDS), st.sampled_from(COMMANDS), st.data())
def test_whatever_lies_there_is_there_afterwards(tools, tree, first, second, data):
    out = data.draw(st.sampled_from([".", *tree, *(str(Path(name).parent) for name in tree)]))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        plant(root, tree)
        before = seen(root)
        for command in (first, second):  # the second one finds what the first one made, too
            call(command, tools, root / out)
            after = seen(root)
            assert {name: after.get(name) for name in before} == before


@settings(max_examples=examples(40), deadline=None)
@given(TREES, st.sampled_from(COMMANDS), st.data())
def test_what_is_put_among_ours_stays_too(tools, tree, command, data):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        out = root / "out"
        assert call(command, tools, out) in (None, 0)
        made = seen(root)
        below = sorted({str(Path(name).parent) for name in made} | {folder})
        plant(Path(data.draw(st.sampled_from(below))), tree)
        mine = {name: state for name, state in seen(root).items() if name not in made}
        for _ in range(2):
            call(command, tools, out)
            after = seen(root)
            assert {name: after.get(name) for name in mine} == mine


def test_ours_is_replaced_and_keeps_mode_and_link(tools, tmp_path):
    out, link = tmp_path / "out", tmp_path / "link"
    out.mkdir(mode=0o750)
    link.symlink_to("out")
    assert call("build", tools, link) is None
    os.chmod(out / "documents.parquet", 0o600)
    (out / "regions.parquet").write_bytes(b"spoilt")  # changed or not, the name is ours
    assert call("build", tools, link) is None
    assert link.is_symlink() and stat.S_IMODE(out.stat().st_mode) == 0o750
    assert stat.S_IMODE((out / "documents.parquet").stat().st_mode) == 0o600
    assert (out / "regions.parquet").stat().st_size > 1000
    assert sorted(os.listdir(tmp_path)) == ["link", "out"]


@pytest.mark.skipif(os.getuid() != 0, reason="only root may give a file away")
def test_the_owner_stays(tools, tmp_path):
    assert call("build", tools, tmp_path / "out") is None
    assert call("extract csv", tools, tmp_path / "rows.csv") is None
    for name in ("out", "rows.csv"):
        os.chown(tmp_path / name, 4711, 4712)
    call("build", tools, tmp_path / "out")
    call("extract csv", tools, tmp_path / "rows.csv")
    owners = [(p.stat().st_uid, p.stat().st_gid) for p in tmp_path.iterdir()]
    assert owners == [(4711, 4712)] * 2


def test_of_what_a_holder_keeps_only_ours_is_removed(tools, tmp_path, monkeypatch, capsys):
    """An old release, and an old run, with and without a file of the user's."""
    out, home = tmp_path / "out", tmp_path / "home"
    shutil.copytree(ROOT / "data/curated", home / "data/curated")
    monkeypatch.setenv("CARBON_PEAK_HOME", str(home))
    package = home / "data/curated" / PACKAGE_FILE
    for number in range(4):  # four releases, and a run of each
        stated = json.loads(package.read_bytes())
        del stated["hash"]
        package.write_bytes(package_bytes(stated | {"version": str(number)}))
        assert call("report", tools, out) == 0
        if number == 1:
            for folder in (out / holder.RUNS, out / holder.RELEASES):
                (folder / "mine").mkdir()
                for kept in folder.iterdir():
                    (kept / "mine.txt").write_text("mine")
    runs, releases = (list((out / name).iterdir()) for name in (holder.RUNS, holder.RELEASES))
    mine = [sum((p / "mine.txt").exists() for p in found) for found in (runs, releases)]
    assert mine == [2, 3]  # the first run was gone before; the first release lasts a run longer
    assert [len(runs), len(releases)] == [3, 5]  # the last run; two releases to compare
    assert "an old run stays, with files that are not of it: " in capsys.readouterr().err


def test_a_folder_to_work_in_is_known_by_its_mark(tmp_path):
    for name, mark in (("mine", b"mine"), ("killed", work_folders._WORDS[:20])):
        folder = tmp_path / f".carbon-peak-{name:0>8}"
        folder.mkdir()
        (folder / work_folders.MARK).write_bytes(mark)
        (folder / "x").write_text("x")
    work_folders.sweep(tmp_path)
    assert os.listdir(tmp_path) == [".carbon-peak-0000mine"]


def test_the_umask_is_respected(tools, tmp_path):
    old = os.umask(0o027)
    try:
        call("build", tools, tmp_path / "out")
        call("extract csv", tools, tmp_path / "rows.csv")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "rows.csv").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o750
    assert stat.S_IMODE((tmp_path / "out/documents.parquet").stat().st_mode) == 0o640


def test_a_file_put_into_a_release_while_it_is_built_stops_the_build(tools, tmp_path, monkeypatch):
    out, tables = tmp_path / "out", build.build()

    def meanwhile():
        (out / "mine.txt").write_text("mine")
        return tables

    assert call("build", tools, out) is None
    before = seen(out)
    monkeypatch.setattr(build, "build", meanwhile)
    assert "mine.txt" in str(call("build", tools, out))
    (out / "mine.txt").unlink()
    assert seen(out) == before and os.listdir(tmp_path) == ["out"]


def test_a_file_put_there_at_the_last_moment_is_put_back(tmp_path, monkeypatch):
    from compare.base import atomic_files

    place, real = tmp_path / "set", atomic_files._exchange

    def late(a, b):
        (place / "mine.txt").write_text("mine")
        monkeypatch.setattr(atomic_files, "_exchange", real)
        return real(a, b)

    place.mkdir()
    monkeypatch.setattr(atomic_files, "_exchange", late)
    with (
        pytest.raises(CompareError, match=r"set: holds what .* \(mine.txt\)"),
        atomic_files.new_dir(place, check_release_place) as folder,
    ):
        (folder / "a").write_text("new")
    assert os.listdir(tmp_path) == ["set"] and os.listdir(place) == ["mine.txt"]


@pytest.mark.parametrize("name", ["plan.txt", "same.txt", "link.txt"])
def test_an_input_is_no_output(tools, tmp_path, name):
    plan = tmp_path / "plan.txt"
    shutil.copyfile(tools / "plan.txt", plan)
    os.link(plan, tmp_path / "same.txt")
    (tmp_path / "link.txt").symlink_to(plan)
    assert "is read by this command" in str(call("extract jsonl", tmp_path, tmp_path / name))
    assert plan.read_text(encoding="utf-8") == PLAN


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("folder", ["data/raw", "data/review/x", "data/labels/new/x", "link"])
def test_no_output_lies_among_inputs(tools, project, command, folder):
    (project / "data/labels").mkdir()
    (project / "link").symlink_to("data/raw")
    before = seen(project)
    assert "never written to" in str(call(command, tools, project / folder))
    assert seen(project) == before


def test_the_workspace_itself_keeps_what_is_not_ours(carbon_peak, tools, project):
    page, curated = project / "docs/data-dictionary.md", project / "data/curated"
    page.write_text("my own page")
    status, _, err = carbon_peak("build")
    assert status == 2 and "data-dictionary.md: is not the page" in err
    page.unlink()
    (curated / "notes.md").write_text("mine")
    status, _, err = carbon_peak("build")
    assert status == 2 and "holds what carbon-peak did not make (notes.md)" in err
    (curated / "notes.md").unlink()
    package = (curated / PACKAGE_FILE).read_text(encoding="utf-8")
    (curated / PACKAGE_FILE).write_text(package.replace("}\n", "<<<<<<<\n}\n"), encoding="utf-8")
    assert carbon_peak("build")[0] == 0  # a merge has spoilt what is ours: built anew
    assert json.loads((curated / PACKAGE_FILE).read_bytes())["name"] == "carbon-peak"


# ------------------------------------------------------------------ what is no file
def test_a_pipe_and_a_device_are_written_through(tools, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert call("extract csv", tools, pipe) is None
    assert os.read(reader, 1000).startswith(b"doc,start,end")
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    ours, theirs = os.openpty()
    assert call("extract figures", tools, Path(os.ttyname(theirs))) is None
    assert os.read(ours, 1000).startswith(b"doc,start,end")
    for end in (ours, theirs):
        os.close(end)
    file = os.open(tmp_path / "gone", os.O_RDWR | os.O_CREAT)
    os.unlink(tmp_path / "gone")
    assert call("extract csv", tools, Path(f"/dev/fd/{file}")) is None
    assert os.pread(file, 1000, 0).startswith(b"doc,start,end")
    os.close(file)
    assert os.listdir(tmp_path) == ["pipe"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_socket_is_refused(tools, tmp_path, command):
    import socket

    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(tmp_path / "socket"))
        problem = call(command, tools, tmp_path / "socket")
    assert isinstance(problem, CompareError) or problem == Status.NOT_WRITTEN
    assert stat.S_ISSOCK((tmp_path / "socket").stat().st_mode) and len(os.listdir(tmp_path)) == 1


def test_a_link_stays_and_what_it_leads_to_is_written(tools, tmp_path):
    link, file = tmp_path / "link", tmp_path / "rows.jsonl"
    link.symlink_to(file)
    assert call("extract jsonl", tools, link) is None  # it leads nowhere yet
    os.chmod(file, 0o600)
    assert call("extract figures", tools, link) is None
    assert link.is_symlink() and file.read_bytes().startswith(b"doc,start,end,text,disposition")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
