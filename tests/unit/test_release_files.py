"""A release is what it says: every bit of it, and what ties its tables together."""

from __future__ import annotations

import json
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, examples
from hypothesis import given, settings
from hypothesis import strategies as st
from release_samples import write_old_release

import compare
from compare.base.errors import CompareError
from compare.curation import build, release_files, tables
from compare.curation.edited import take_edits
from compare.curation.release import parquet_bytes
from compare.curation.release_checks import checked_release
from compare.schema import fields

CURATED = ROOT / "data/curated"
NAMES = sorted(fields.tables())
FILES = sorted(p.name for p in CURATED.iterdir())


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the release: whoever changes a file puts it back."""
    folder = tmp_path_factory.mktemp("release") / "curated"
    shutil.copytree(CURATED, folder)
    return folder


@pytest.fixture
def sealed(tmp_path):
    """Write a release with changed tables, whose hashes hold: sealed(targets=change) -> folder."""

    def write(**changes):
        held = checked_release(CURATED)
        for name, change in changes.items():
            rows = held[name].to_pylist()
            change(rows)
            held[name] = pa.Table.from_pylist(rows, held[name].schema)
        build.write(held, tmp_path / "curated")
        return tmp_path / "curated"

    return write


def flipped(data: bytes, bit: int) -> bytes:
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


def with_flipped_bit(folder, name, bit):
    """What is said when a release is loaded with one bit of one file turned."""
    file, data = folder / name, (CURATED / name).read_bytes()
    file.write_bytes(flipped(data, bit))
    try:
        with pytest.raises(CompareError) as error:
            for table in [file.stem] if file.suffix == ".parquet" else NAMES[:1]:
                compare.load(table, folder)
        with pytest.raises(CompareError):
            checked_release(folder)
        return str(error.value)
    finally:
        file.write_bytes(data)


@settings(max_examples=examples(200), deadline=None)
@given(data=st.data())
def test_one_flipped_bit_anywhere_is_refused_and_names_its_file(copy, data):
    name = data.draw(st.sampled_from(FILES))
    bit = data.draw(st.integers(0, (CURATED / name).stat().st_size * 8 - 1))
    said = with_flipped_bit(copy, name, bit)
    assert said.startswith(f"{copy / name}: not ") and "\n" not in said


def test_every_bit_of_the_line_that_holds_the_hash_counts(copy):
    for bit in range(2 * 8, 90 * 8):
        with_flipped_bit(copy, release_files.PACKAGE_FILE, bit)


def test_a_flipped_bit_of_a_page_is_refused_in_a_file_by_itself(tmp_path):
    """Offsets of the pages are those that the file's own footer states."""
    data = (CURATED / "targets.parquet").read_bytes()
    file = tmp_path / "targets.parquet"
    group = pq.ParquetFile(pa.BufferReader(data)).metadata.row_group(0)
    for number in range(group.num_columns):
        column = group.column(number)
        end = column.data_page_offset + column.total_compressed_size
        if column.dictionary_page_offset:
            end = column.dictionary_page_offset + column.total_compressed_size
        file.write_bytes(flipped(data, (end - 1) * 8))  # the last byte of its last page
        with (
            pytest.warns(tables.UncheckedFile),
            pytest.raises(CompareError, match=r"not a readable Parquet file: .*CRC"),
        ):
            compare.load("targets", file)


def test_a_value_changed_by_hand_is_refused_by_name_and_said_to_be_unchecked_by_file(copy):
    file = copy / "targets.parquet"
    held, data = pq.read_table(file), file.read_bytes()
    values = held["value"].to_pylist()
    values[0] = 99.0 if values[0] != 99 else 98.0
    at = held.schema.get_field_index("value")
    pq.write_table(held.set_column(at, held.schema.field(at), pa.array(values)), file)
    try:
        with pytest.raises(CompareError, match=r"targets.parquet: not the file of this release"):
            compare.load("targets", copy)
        with pytest.warns(tables.UncheckedFile, match="by itself, unchecked"):
            assert compare.load("targets", file)["value"][0] == values[0]
        compare.load("documents", copy)  # what is whole can be read
    finally:
        file.write_bytes(data)


def first(rows, **columns):
    return next(r for r in rows if all(r[k] == v for k, v in columns.items()))


def numeric(rows):
    return first(rows, kind="numeric", unit="%", value_max=None)


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        (
            "targets",
            lambda t: numeric(t).update(value=99.125),
            "value is 99.1?2.*, value_text says",
        ),
        ("targets", lambda t: numeric(t).update(value_max=1e6), "value_max is 1e"),
        (
            "targets",
            lambda t: first(t, kind="verbal").update(value=37.0),
            "value 37 of a verbal row",
        ),
        ("targets", lambda t: numeric(t).update(value_std=float("inf")), "no finite number: inf"),
        (
            "targets",
            lambda t: numeric(t).update(comparator="=>"),
            "'comparator' is an unknown code",
        ),
        (
            "targets",
            lambda t: numeric(t).update(flags=["no_flag"]),
            "'flags' holds an unknown code",
        ),
        ("targets", lambda t: t.append(t[3]), "2 rows have the key target_id="),
        (
            "targets",
            lambda t: numeric(t).update(indicator="moon_share"),
            "names no row of indicators",
        ),
        ("targets", lambda t: numeric(t).update(doc="nowhere"), "names no row of documents"),
        ("documents", lambda t: t[0].update(region_id="nowhere"), "names no row of regions"),
        ("spans", lambda t: t[0].update(target_id="t-0"), "names no row of targets: 't-0'"),
        ("comparisons", lambda t: t.append(t[0]), "2 rows have the key region_id="),
        ("benchmarks", lambda t: t[0].update(value=float("-inf")), "no finite number"),
    ],
)
def test_what_no_release_may_hold_ends_a_report_run_even_where_the_hashes_hold(
    sealed, name, change, says
):
    with pytest.raises(CompareError, match=says) as error:
        checked_release(sealed(**{name: change}))
    assert f"{name}.parquet: " in str(error.value) and "\n" not in str(error.value)


def edited(copy, place, name, change):
    """A copy of the release with a table changed by hand."""
    shutil.copytree(copy, place)
    held = pq.read_table(place / f"{name}.parquet")
    rows = held.to_pylist()
    change(rows)
    pq.write_table(pa.Table.from_pylist(rows, held.schema), place / f"{name}.parquet")
    return place


def test_an_edit_that_is_declared_is_a_release_of_another_name(copy, tmp_path, carbon_peak):
    """The comparisons follow what was edited; undeclared, nothing loads."""
    place = edited(copy, tmp_path / "x", "targets", lambda t: numeric(t).update(effort="strive"))
    before = release_files.read_package(place)
    status, out, _ = carbon_peak("build", "--edited", "--out", place)
    assert status == 0 and "edited by hand: targets; this is release" in out
    after = release_files.read_package(place)
    assert after.version == f"{before.version}+edited" and after.sha256 != before.sha256
    assert numeric(checked_release(place)["targets"].to_pylist())["effort"] == "strive"
    status, _, err = carbon_peak("build", "--edited", "--out", place)
    assert status == 2 and "no table differs from what the release states" in err


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        (
            "targets",
            lambda t: numeric(t).update(value=99.125),
            "value_std is .*, value and unit give 99",
        ),
        (
            "targets",
            lambda t: numeric(t).update(value=99.125, value_std=99.125),
            "value is 99.1.*value_text says",
        ),
        ("targets", lambda t: numeric(t).update(kind="promise"), "unknown code: 'promise'"),
        ("regions", lambda t: t.pop(), "names no row of regions"),
        ("comparisons", lambda t: t[0].update(mentions=77), "worked out from the other tables"),
    ],
)
def test_an_edit_that_breaks_a_rule_is_not_taken(copy, tmp_path, name, change, says):
    place = edited(copy, tmp_path / "x", name, change)
    held = {p.name: p.read_bytes() for p in place.iterdir()}
    with pytest.raises(CompareError, match=says):
        take_edits(place)
    assert held == {p.name: p.read_bytes() for p in place.iterdir()}


def test_a_release_of_the_first_version_is_read_and_checked(tmp_path):
    write_old_release(tmp_path, regions=pq.read_table(CURATED / "regions.parquet"))
    assert len(compare.load("regions", tmp_path)) == len(compare.load("regions"))
    (tmp_path / "regions.parquet").write_bytes(parquet_bytes(checked_release(CURATED)["regions"]))
    with pytest.raises(CompareError, match=r"regions.parquet: not the file of this release"):
        compare.load("regions", tmp_path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda p: p.update(note="mine"), "not as it was written: 'note' stands in it"),
        (lambda p: p.update(resources=[{"path": "x"}]), "not a data package"),
        (lambda p: p.update(resources=p["resources"][1:]), "datapackage.json beside it does not"),
        (lambda p: p.clear(), "not a data package"),
    ],
)
def test_a_package_that_somebody_wrote_into_is_refused(copy, tmp_path, change, says):
    shutil.copytree(copy, tmp_path / "x")
    file = tmp_path / "x" / release_files.PACKAGE_FILE
    package = json.loads(file.read_bytes())
    del package["hash"]
    change(package)
    file.write_text(json.dumps(package))
    with pytest.raises(CompareError, match=says):
        compare.load(NAMES[0] if "beside" not in says else "targets", tmp_path / "x")


def test_a_folder_without_a_package_is_no_release(tmp_path):
    shutil.copy(CURATED / "targets.parquet", tmp_path)
    with pytest.raises(CompareError, match=r"datapackage.json: no such file"):
        compare.load("targets", tmp_path)


def test_a_release_that_is_replaced_while_it_is_read_is_read_whole(sealed, monkeypatch):
    """Its package is the old one's, its table the new one's: no damage, and no error."""
    place = sealed()
    held = checked_release(place)
    regions = held["regions"].to_pylist()
    regions[0]["region_en"] = "Another name"
    held["regions"] = pa.Table.from_pylist(regions, held["regions"].schema)
    read, calls = release_files.read_package, []

    def then_replaced(folder):
        package = read(folder)
        if not calls:
            build.write(held, place)
        calls.append(folder)
        return package

    monkeypatch.setattr(release_files, "read_package", then_replaced)
    assert compare.load("regions", place)["region_en"][0] == "Another name"
    assert len(calls) > 1
