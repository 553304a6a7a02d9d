"""Kinds of parameters: declared at the head of a comment; by name in a copy from release 0.1."""

from __future__ import annotations

import pytest

from compare.base.errors import CompareError
from compare.parameters import notebook_parameters as contract


def declared(source: str):
    cell = {"metadata": {"tags": ["parameters"]}, "source": source}
    return contract.declared({"cells": [cell]}, "x.ipynb")


def test_the_kind_stands_at_the_head_of_the_comment_whatever_the_name():
    known = declared(
        "where: str = 'shiyan'  # place: which one\nflag: bool = True  # sorted or not: as you like"
    )
    assert known["where"].kind == "place" and known["where"].help == "which one"


def test_a_copy_from_release_0_1_is_read_by_names():
    known = declared("regions: list[str] = []  # which; empty: all\nlang: str = 'zh'  # zh or en")
    assert [p.kind for p in known.values()] == ["place", "language"]
    with pytest.raises(CompareError, match="unknown place 'shiyam'; did you mean 'shiyan'"):
        contract.resolve(known, {"regions": ["shiyam"]})


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a: str = ''  # plce: which", "unknown kind 'plce'; did you mean 'place'"),
        ("a: int = 1  # place: which", "a is of kind place and cannot be int"),
        ("a: str = ''  # year: which", "a is of kind year and cannot be str"),
        ("a: str = ''  # plce:which", "unknown kind 'plce'; did you mean 'place'"),
        (
            "a: str = ''  # place: which\nb: int = 1  # years: x",
            "unknown kind 'years'; did you mean 'year'",
        ),
    ],
)
def test_a_wrong_kind_is_refused(source, said):
    with pytest.raises(CompareError, match=said):
        declared(source)


def test_any_other_word_before_a_colon_is_text():
    known = declared("a: str = ''  # place: which\nb: int = 1  # note: place: x")
    assert (known["b"].kind, known["b"].help) == (None, "note: place: x")
    assert known["a"].kind == "place"


def test_check_reads_the_kinds_from_the_history():
    own = "where: str = 'shiyan'  # place: which one\ntable: str = 'targets'  # table: which"
    space = {"__annotations__": {"where": str, "table": str}, "In": ["", own, "check()"]}
    contract.check({**space, "where": "shiyan", "table": "targets"})
    with pytest.raises(CompareError, match="parameter where: unknown place 'x'"):
        contract.check({**space, "where": "x", "table": "targets"})
    with pytest.raises(CompareError, match="parameter table: unknown table 'target'"):
        contract.check({**space, "where": "shiyan", "table": "target"})
