"""Places and benchmarks: what their files hold becomes records, and a slip is named with its line."""

import pytest

from compare.base.errors import CompareError
from compare.base.workspace import vocabulary_file
from compare.vocabulary import facts, indicators, places

READERS = {
    "places.csv": places.places,
    "benchmarks.csv": facts.benchmarks,
    "actuals.csv": facts.actuals,
}


def test_what_the_files_say():
    own = {p.region_id: p for p in places.places()}
    assert own["shiyan"].region_level == "prefecture" and own["shiyan"].population_2020 == 3209004
    above = [p for p in own.values() if p.region_level in ("nation", "province")]
    assert above and all(p.province_zh is None and p.parent_zh is None for p in above)
    first = facts.benchmarks()[0]
    assert (first.indicator, first.variant) == ("nonfossil_share", "consumption")
    assert (first.value_std, first.unit_std, first.checked) == (20.0, "%", "yes")
    assert [i.indicator for i in indicators.table()] == list(indicators.known())


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("places.csv", "prefecture", "prefect", "unknown region_level 'prefect'; did you mean 'prefecture'"),
        ("places.csv", "Shiyan", "", "region_en is empty"),
        ("places.csv", "3209004", "3 million", "not a number: '3 million'"),
        ("places.csv", "shiyan,420300", "ruijin,420300", "region_id 'ruijin' stands twice"),
        ("places.csv", "region_id,adcode", "adcode,region_id", "the columns must be region_id,adcode"),
        ("places.csv", "shiyan,420300,", "shiyan,420300,,", "12 cells instead of 11"),
        ("benchmarks.csv", "nonfossil_share,非化石", "nonfosil_share,非化石", "did you mean 'nonfossil_share'"),
        ("benchmarks.csv", "2026-11-29,yes", "2026-11-29,maybe", "unknown checked 'maybe'"),
        ("benchmarks.csv", "比重,2025,numeric,20,%,~", "比重,2025,numeric,20,%,about", "unknown comparator 'about'"),
        ("benchmarks.csv", "比重,2030,numeric,25", "比重,2025,numeric,25", "the same benchmark as in line 2"),
        ("benchmarks.csv", "比重,2025,numeric,20,", "比重,2025,numeric,,", "value is empty"),
        ("benchmarks.csv", "比重,2025,numeric,20,", "比重,2025,deferred,20,", "value must be empty where kind is deferred"),
        ("actuals.csv", "co2_intensity,碳排放强度", "co2_intensty,碳排放强度", "did you mean 'co2_intensity'"),
        ("actuals.csv", "2020,,18.8,%", "2020,,18.8,亿吨", "unit '亿吨' is of dimension mass"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_file_and_line(tmp_path, name, old, new, says):
    text = vocabulary_file(name).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CompareError, match=says) as error:
        READERS[name](path)
    assert str(error.value).startswith(f"{path}:") and "\n" not in str(error.value)


def test_actuals_of_other_things_are_other_variants():
    known = {(a.jurisdiction_zh, a.indicator, a.variant) for a in facts.actuals()}
    assert (
        "北京市",
        "nonfossil_share",
        "renewable",
    ) in known  # renewables, not all that is no fossil
    assert ("江苏省", "forest_coverage", "trees") in known  # trees, not forest
    assert ("中国", "nonfossil_share", "consumption") in known


def test_a_series_is_never_put_together_with_another():
    """Forest cover before and after the land survey: two actuals of one place and indicator."""
    hunan = [
        a
        for a in facts.actuals()
        if (a.jurisdiction_zh, a.indicator) == ("湖南省", "forest_coverage")
    ]
    assert len({a.series_zh for a in hunan}) > 1
    assert len({a.actual_id for a in facts.actuals()}) == len(facts.actuals())


def test_no_file(tmp_path):
    with pytest.raises(CompareError, match="no such file"):
        places.places(tmp_path / "none.csv")
