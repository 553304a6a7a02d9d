"""The kernel ``carbon-peak``: what this project hands to `compare.report.kernel`.

The kernelspec (``kernelspec/kernel.json``) lists the modules to preload; report runs add their
environment.
"""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec

from compare.base.workspace import home
from compare.report.kernel import provisioner, server_process
from compare.report.kernel.server_process import ServerOptions

KERNEL = "carbon-peak"
PROVISIONER = "carbon-peak-fork"


def spec_folder() -> Path:
    """The folder of the kernelspec in this package."""
    return Path(__file__).parent / "kernelspec"


def kernel_spec() -> KernelSpec:
    """The kernelspec ``carbon-peak``, with its provisioner registered in this process.

    Works also where the kernelspec's file and the entry point are not installed (a package that
    runs from a checkout).
    """
    provisioner.register(PROVISIONER)
    return KernelSpec(**json.loads(_spec_text()))


@cache
def _spec_text() -> str:
    return (spec_folder() / "kernel.json").read_text(encoding="utf-8")


def server_options() -> ServerOptions:
    """What the server of this kernel loads, as its kernelspec says."""
    config = json.loads(_spec_text())["metadata"]["kernel_provisioner"]["config"]
    return ServerOptions(tuple(config["preload"]), tuple(config["watched"]))


def report_env(scratch: Path) -> dict[str, str]:
    """The environment of a report's kernel: no start-up files of a user, the same order of sets
    every time, no clock in pictures, charts as SVG alone, no table that needs a script."""
    return {
        "SOURCE_DATE_EPOCH": "0",
        "CARBON_PEAK_SVG_ONLY": "1",  # see `compare.charts.frame`
        "CARBON_PEAK_PLAIN_TABLES": "1",  # see `compare.analysis.explorer`
        **os.environ,
        "PYTHONHASHSEED": "0",
        "IPYTHONDIR": str(scratch / "ipython"),
        "CARBON_PEAK_HOME": str(home()),
    }


def start_server(scratch: Path) -> None:
    """Start the server for report kernels; its imports go on while the caller does other things."""
    if sys.platform == "linux":
        server_process.server(server_options(), report_env(scratch))
