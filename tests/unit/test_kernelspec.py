"""The kernelspec: what it preloads is there, so that no kernel pays for a name that has moved."""

from __future__ import annotations

import json
from importlib.util import find_spec

import pytest

from compare.base.renamed_modules import PARTED, RENAMED
from compare.report import report_kernel

PRELOAD = report_kernel.server_options().preload


@pytest.mark.parametrize("name", PRELOAD)
def test_what_is_preloaded_is_there_by_its_present_name(name):
    module = name.removesuffix(".*")
    assert module not in RENAMED and module not in PARTED
    spec = find_spec(module)
    assert spec is not None
    assert (spec.submodule_search_locations is not None) or not name.endswith(".*")


def test_the_options_are_those_of_the_file():
    text = (report_kernel.spec_folder() / "kernel.json").read_text(encoding="utf-8")
    config = json.loads(text)["metadata"]["kernel_provisioner"]["config"]
    assert list(PRELOAD) == config["preload"] and len(PRELOAD) > 5
