"""The release of the five plans: what it counts, that its review is finished and its labels are whole."""

from __future__ import annotations

import pytest
from conftest import FIVE_PLANS as PLANS

import compare
from compare.base.workspace import raw_dir
from compare.curation import build
from compare.evaluation import scoring
from compare.evaluation.labels import labelled, labels_dir
from compare.review import review_prompt


def test_rows_of_the_release():
    targets = compare.load("targets")
    assert len(targets) == 333 and sorted(targets["doc"].unique()) == PLANS
    share = targets.query("indicator == 'nonfossil_share' and target_year == 2025")
    assert share["value"].notna().sum() == 4  # the query of the README


def test_every_label_of_the_five_plans_is_scored():
    scores = [scoring.score_extractor(d, labels_dir()) for d in PLANS]
    assert scoring.together("all", scores).scores()["labels"] == 333


def test_the_three_slips_of_the_five_plans_and_nothing_else():
    targets = compare.load("targets")
    flagged = targets[targets["flags"].map(len) > 0]
    assert set(zip(flagged["doc"], flagged["indicator"], strict=True)) == {
        ("guizhou", "solid_waste_volume"),
        ("huzhou", "new_storage_capacity"),
        ("yuhua", "industry_output"),
    }
    waste = flagged[flagged["doc"] == "guizhou"].iloc[0]
    assert (waste["value"], waste["unit"]) == (11, "億噸")


def test_there_are_labels_for_every_raw_plan():
    assert (
        sorted(p.name for p in raw_dir().iterdir() if p.is_dir()) == labelled(labels_dir()) == PLANS
    )


@pytest.mark.parametrize("doc", PLANS)
def test_the_shipped_review_is_finished(doc):
    assert [(r.indicator_text, why) for r, why in review_prompt.pending(doc, build)] == []
