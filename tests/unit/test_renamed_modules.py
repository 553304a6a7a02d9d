"""Names of release 0.1 that users' copied notebooks hold still answer, with a warning."""

import importlib

import pytest

from compare.base.renamed_modules import PARTED, RENAMED


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
    ],
)
def test_what_was_a_module_and_is_a_package_answers_for_its_names(package, name):
    with pytest.warns(FutureWarning, match=f"compare.{package}.{name} is now "):
        assert getattr(importlib.import_module(f"compare.{package}"), name)
