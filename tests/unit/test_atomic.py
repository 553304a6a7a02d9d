"""Whole or nothing, also when the process dies in between."""

import os
import signal
import subprocess
import sys
import time

import pytest

from compare.base import atomic_files

WRITER = """
import sys
from pathlib import Path
from compare.atomic import new_dir
place = Path(sys.argv[1])
n = 0
print("ready", flush=True)
while True:
    n += 1
    with new_dir(place) as folder:
        for i in range(6):
            (folder / f"{i}.txt").write_text(str(n) * 2000)
"""


def test_error_inside_leaves_the_old_folder(tmp_path):
    place = tmp_path / "set"
    with atomic_files.new_dir(place) as folder:
        (folder / "a").write_text("old")
    with pytest.raises(RuntimeError), atomic_files.new_dir(place) as folder:
        (folder / "a").write_text("new")
        raise RuntimeError
    assert (place / "a").read_text() == "old"
    assert os.listdir(tmp_path) == ["set"]


def test_without_exchange_the_old_folder_can_be_recovered(tmp_path, monkeypatch):
    monkeypatch.setattr(atomic_files, "_exchange", lambda a, b: False)
    place = tmp_path / "set"
    for text in ("one", "two"):
        with atomic_files.new_dir(place) as folder:
            (folder / "a").write_text(text)
    assert (place / "a").read_text() == "two" and os.listdir(tmp_path) == ["set"]
    os.rename(place, tmp_path / ".set.old")  # a crash between the two renames
    atomic_files.recover_dir(place)
    assert (place / "a").read_text() == "two"


def test_what_a_killed_build_left_is_swept_and_a_build_at_work_is_not(tmp_path):
    place = tmp_path / "set"
    killed = WRITER.replace("for i in range(6)", "for i in sys.stdin")  # waits inside
    command = [sys.executable, "-c", killed, str(place)]
    p = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    p.stdout.readline()
    deadline = time.monotonic() + 20
    while not (left := list(tmp_path.glob(".set.new-*"))) and time.monotonic() < deadline:
        time.sleep(0.01)
    with atomic_files.new_dir(place) as folder:
        (folder / "a").write_text("mine")
    assert left and left[0].exists()  # at work: not ours to remove
    p.send_signal(signal.SIGKILL)
    p.communicate()
    assert left[0].exists()
    with atomic_files.new_dir(place) as folder:
        (folder / "a").write_text("mine")
    assert os.listdir(tmp_path) == ["set"]


@pytest.mark.slow
def test_killed_at_any_moment_the_folder_is_whole(tmp_path):
    place = tmp_path / "set"
    for round_ in range(12):
        p = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(place)], stdout=subprocess.PIPE, text=True
        )
        p.stdout.readline()
        time.sleep(0.02 + 0.017 * round_)
        p.send_signal(signal.SIGKILL)
        p.wait()
        if place.exists():
            texts = {f.read_text() for f in place.iterdir()}
            assert len(texts) == 1 and len(list(place.iterdir())) == 6
    with atomic_files.new_dir(place) as folder:
        (folder / "a").write_text("last")
    assert os.listdir(tmp_path) == ["set"]
