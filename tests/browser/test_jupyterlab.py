"""The notebooks in JupyterLab itself: opened, run and looked at in a browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
import pytest
from conftest import ROOT
from report_browser import chromium

from compare.report import report_kernel

NOTEBOOKS = sorted(p.name for p in (ROOT / "notebooks").glob("*.ipynb"))
STOCK = "region.ipynb"
"""The notebook that runs in Python's own kernel; the others run in the one that forks."""
TOKEN = "t"
# itables asks for its own library a moment before it is there; its tables come out all the same
KNOWN = ["set_or_remove_dark_class"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only"),
]


@dataclass
class Lab:
    """A running JupyterLab: its address, its process, and the folder that it serves."""

    url: str
    process: psutil.Process
    root: Path


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab beside copies of the notebooks, without outputs; no settings but its own."""
    folder = tmp_path_factory.mktemp("lab")
    root = folder / "root"
    root.mkdir()
    for name in NOTEBOOKS:
        nb = nbformat.read(ROOT / "notebooks" / name, 4)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        kernel = "python3" if name == STOCK else report_kernel.KERNEL
        nb.metadata["kernelspec"] = {"name": kernel, "display_name": kernel, "language": "python"}
        nbformat.write(nb, root / name)
    settings = folder / "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}')  # every cell is there to be looked at
    places = {"runtime": "RUNTIME_DIR", "config": "CONFIG_DIR", "data": "DATA_DIR"}
    env = os.environ | {f"JUPYTER_{v}": str(folder / k) for k, v in places.items()}
    env |= {"JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"), "CARBON_PEAK_HOME": str(ROOT)}
    env |= {"JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces")}
    env |= {"IPYTHONDIR": str(folder / "ipython")}
    options = ["--no-browser", "--allow-root", "--port=0", f"--IdentityProvider.token={TOKEN}"]
    options += [
        f"--ServerApp.root_dir={root}",
        "--LabApp.news_url=''",
        "--LabApp.extension_manager=readonly",
    ]
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], env=env, stdout=log, stderr=log
        )
    try:
        url = _wait(lambda: _answering(folder / "runtime"), 60)
        yield Lab(url, psutil.Process(process.pid), root)
    finally:
        process.terminate()
        process.wait(20)


def _answering(runtime: Path) -> str | None:
    for file in runtime.glob("jpserver-*.json"):
        try:
            url = json.loads(file.read_text())["url"]
            urllib.request.urlopen(f"{url}api/status?token={TOKEN}", timeout=5).close()
            return url
        except (OSError, ValueError):
            continue
    return None


def _wait(condition, seconds: float):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)
    return found


@pytest.fixture(scope="module")
def page(lab):
    """JupyterLab in a browser, with what it complains of in ``page.complaints``."""
    with chromium() as browser:
        opened = browser.new_page(viewport={"width": 1400, "height": 1000})
        opened.complaints = []
        opened.on("pageerror", lambda e: opened.complaints.append(str(e)))
        opened.on("console", lambda m: m.type == "error" and opened.complaints.append(m.text))
        yield opened


_SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"
_AT_REST = f"""() => ![...document.querySelectorAll("{_SHOWN} .jp-CodeCell .jp-InputPrompt")]
  .some(prompt => prompt.textContent.includes("*"))"""
_PICTURE = ".jp-OutputArea-output :is(img, svg)"


def _whole(file: Path) -> bool:
    """Whether a notebook is written to its end; JupyterLab saves in place."""
    try:
        nbformat.read(file, 4)
    except nbformat.reader.NotJSONError:
        return False
    return True


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_and_shows_its_chart(lab, page, name):
    page.complaints.clear()
    file, panel = lab.root / name, page.locator(_SHOWN)
    page.goto(f"{lab.url}lab/tree/{name}?token={TOKEN}&reset")
    kernel = "Python 3 (ipykernel)" if name == STOCK else "Carbon peak (fast start)"
    page.locator("#jp-bottom-panel", has_text=f"{kernel} | Idle").wait_for(timeout=30_000)
    for item in ("Run", "Run All Cells"):
        page.get_by_role("menuitem", name=item, exact=True).click()
    page.wait_for_function(_AT_REST, timeout=60_000)
    before = file.stat().st_mtime_ns
    page.keyboard.press("Control+s")
    _wait(lambda: file.stat().st_mtime_ns != before and _whole(file), 20)
    codes = [c for c in nbformat.read(file, 4).cells if c.cell_type == "code"]
    outputs = [o for c in codes for o in c.outputs]
    errors = [f"{o.ename}: {o.evalue}" for o in outputs if o.output_type == "error"]
    assert errors == []
    assert [c.execution_count for c in codes] == list(range(1, len(codes) + 1))
    assert "missing from font" not in str([o.text for o in outputs if o.output_type == "stream"])
    charts = [i for i, c in enumerate(codes) if "main-chart" in c.metadata.get("tags", ())]
    for i in charts:
        picture = panel.locator(".jp-CodeCell").nth(i).locator(_PICTURE).first
        picture.scroll_into_view_if_needed()
        assert picture.bounding_box()["width"] > 400
        assert picture.evaluate("i => i.tagName !== 'IMG' || i.naturalWidth > 400")
    if not charts:  # a notebook of tables
        panel.locator("table.dataTable tbody tr").first.wait_for(timeout=10_000)
    forked = any("fork_server" in " ".join(p.cmdline()) for p in lab.process.children())
    assert forked or name == STOCK
    complaints = [text for text in page.complaints if not any(k in text for k in KNOWN)]
    assert complaints == []
