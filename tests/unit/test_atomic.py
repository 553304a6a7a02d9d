"""Whole or nothing, also when the process dies in between."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from compare.base import atomic_files, work_folders

ANY = id
"""A check that lets anything be replaced."""

WRITER = """
import sys
from pathlib import Path
from compare.base.atomic_files import new_dir
place = Path(sys.argv[1])
n = 0
print("ready", flush=True)
while True:
    n += 1
    with new_dir(place, id) as folder:
        for i in range(6):
            (folder / f"{i}.txt").write_text(str(n) * 2000)
"""


def test_error_inside_leaves_the_old_folder(tmp_path):
    place = tmp_path / "set"
    with atomic_files.new_dir(place, ANY) as folder:
        (folder / "a").write_text("old")
    with pytest.raises(RuntimeError), atomic_files.new_dir(place, ANY) as folder:
        (folder / "a").write_text("new")
        raise RuntimeError
    assert (place / "a").read_text() == "old"
    assert os.listdir(tmp_path) == ["set"]


def test_without_exchange_the_old_folder_can_be_recovered(tmp_path, monkeypatch):
    monkeypatch.setattr(atomic_files, "_exchange", lambda a, b: False)
    place = tmp_path / "set"
    for text in ("one", "two"):
        with atomic_files.new_dir(place, ANY) as folder:
            (folder / "a").write_text(text)
    assert (place / "a").read_text() == "two" and os.listdir(tmp_path) == ["set"]
    with work_folders.work_folder(tmp_path) as work:  # a crash between the two renames
        (work / work_folders.ASIDE).mkdir()
        os.rename(place, work / work_folders.ASIDE / "set")
        shutil.copytree(work, tmp_path / ".carbon-peak-00000000")
    atomic_files.recover_dir(place)
    assert (place / "a").read_text() == "two"


def test_what_a_killed_build_left_is_swept_and_a_build_at_work_is_not(tmp_path):
    place = tmp_path / "set"
    killed = WRITER.replace("for i in range(6)", "for i in sys.stdin")  # waits inside
    command = [sys.executable, "-c", killed, str(place)]
    p = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    p.stdout.readline()
    deadline = time.monotonic() + 20
    while not (left := list(tmp_path.glob(".carbon-peak-*/*/"))) and time.monotonic() < deadline:
        time.sleep(0.01)
    with atomic_files.new_dir(place, ANY) as folder:
        (folder / "a").write_text("mine")
    assert left and left[0].exists()  # at work: not ours to remove
    p.send_signal(signal.SIGKILL)
    p.communicate()
    assert left[0].exists()
    with atomic_files.new_dir(place, ANY) as folder:
        (folder / "a").write_text("mine")
    assert os.listdir(tmp_path) == ["set"]


# A child writes the folder anew and dies at its first, second, third … system event (a file opened, a
# name changed, a tree removed), until one lives to the end; each time the parent looks at the folder.
KILLED = """
import os, signal, sys
from pathlib import Path
from compare.base.atomic_files import new_dir

place = Path(sys.argv[1])

def write(text):
    with new_dir(place, id) as folder:
        for i in range(6):
            (folder / f"{i}.txt").write_text(text)

def die_at(moment):
    seen = 0
    def hook(event, args):
        nonlocal seen
        seen += 1
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

write("0")
held, moment, killed = "0", 0, True
while killed:
    moment += 1
    child = os.fork()
    if child == 0:
        die_at(moment)
        write(str(moment))
        os._exit(0)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    texts = [f.read_text() for f in place.iterdir()]
    assert len(texts) == 6 and len(set(texts)) == 1, (moment, texts)
    assert texts[0] in (held, str(moment)), (moment, held, texts)
    held = texts[0]
assert held == str(moment)
print(moment)
"""


def test_killed_at_any_moment_the_folder_is_whole(tmp_path):
    place = tmp_path / "set"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(place)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20  # so many moments were tried
    assert os.listdir(tmp_path) == ["set"]  # the last one swept what the others left
