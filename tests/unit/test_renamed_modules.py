"""Names of release 0.1 that users' copied notebooks hold still answer, with a warning."""

import importlib
import json
import subprocess
import sys

import pytest
from conftest import ROOT

from compare.base.renamed_modules import PARTED, RENAMED

RELEASE_0_1 = (ROOT / "tests/fixtures/modules_of_release_0_1.txt").read_text().split()
WITHOUT_SUCCESSOR = {
    f"compare.extraction.{name}": "a part of the extractor; its interface is compare.extract"
    for name in (
        *("binding", "carry", "clause", "figures", "lexicon", "matching", "naming", "promise"),
        *("quantities", "rows", "subjects", "surroundings", "phrases", "phrases.common"),
        *("phrases.deferred", "phrases.directional", "phrases.milestones", "phrases.peaks"),
        "phrases.verbal",
    )
} | {"compare.extraction.command": "the command carbon-peak extract, which is as it was"}


@pytest.mark.slow  # runs in a process of its own
def test_every_module_of_release_0_1_has_a_name_or_a_reason_why_not():
    code = """if True:
        import importlib, json, sys, warnings
        said, gone = {}, {}
        for name in json.load(sys.stdin):
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                try:
                    importlib.import_module(name)
                except ModuleNotFoundError as error:
                    gone[name] = str(error)
            said[name] = [str(w.message) for w in caught if w.category is FutureWarning]
        print(json.dumps([said, gone]))"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(RELEASE_0_1),
        capture_output=True,
        text=True,
        check=True,
    )
    said, gone = json.loads(done.stdout)
    assert gone.keys() == WITHOUT_SUCCESSOR.keys()
    for name in RELEASE_0_1:
        moved = name in RENAMED or name in PARTED
        assert any(line.startswith(f"{name} is now ") for line in said[name]) == moved, name


@pytest.mark.parametrize("old", [*RENAMED, *PARTED])
def test_an_old_module_is_found(old):
    with pytest.warns(FutureWarning, match=f"^{old} is now "):
        importlib.import_module("compare.base.renamed_modules").RenamedFinder().find_spec(old)
    for new in PARTED.get(old, (RENAMED.get(old),)):
        assert importlib.util.find_spec(new), new


@pytest.mark.parametrize(
    "name",
    ["load", "release_hash", "read_parquet", "to_arrow", "write_release", "parquet_bytes"],
)
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_a_module_that_has_become_several_answers_for_all_of_them(name):
    import compare.store

    assert callable(getattr(compare.store, name))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        compare.store.nothing  # noqa: B018


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("comparison", "build"),
        ("comparison", "records"),
        ("comparison", "one_per_indicator"),
        ("review", "read_decisions"),
        ("evaluation", "Score"),
        ("report", "command"),
    ],
)
def test_what_was_a_module_and_is_a_package_answers_for_its_names(package, name):
    with pytest.warns(FutureWarning, match=f"compare.{package}.{name} is now "):
        assert getattr(importlib.import_module(f"compare.{package}"), name)
