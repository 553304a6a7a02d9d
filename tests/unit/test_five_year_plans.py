"""Five-year plans: any number, both ways."""

import pytest

from compare.vocabulary import five_year_plans as fyp


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("一五", 1957),
        ("二五", 1962),
        ("三五", 1970),
        ("十五", 2005),
        ("十一五", 2010),
        ("十四五", 2025),
        ("十六五", 2035),
        ("二十五", 2055),
        ("二十一五", 2060),
    ],
)
def test_name_and_last_year(name, year):
    assert fyp.end_year(name) == year and fyp.name_of(year) == name


def test_what_is_no_plan():
    assert fyp.end_year("四五十") is None and fyp.name_of(2024) is None


def test_names_and_years_are_unique():
    assert len({p.name for p in fyp.plans()}) == len({p.end_year for p in fyp.plans()}) == 99
