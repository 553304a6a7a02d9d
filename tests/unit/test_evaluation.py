"""Evaluation: known mistakes give known scores, and the floors of the five plans hold."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT

from compare.base.errors import CompareError
from compare.evaluation import labels, scoring
from compare.evaluation.command import command
from compare.evaluation.floors import Floors, below, read_floors
from compare.evaluation.matching import overlap

LABELS = ROOT / "data" / "labels"


def row(start, name="光伏装机容量", **changes):
    base = {
        "start": start,
        "end": start + 4,
        "value_text": "12万千",
        "indicator_text": name,
        "indicator": "solar_capacity",
        "kind": "numeric",
        "value": 12,
        "value_max": None,
        "unit": "万千瓦",
        "comparator": "=",
        "measure": "level",
        "direction": None,
        "baseline_year": None,
        "target_year": 2025,
        "period": None,
        "tier": "base",
        "effort": "firm",
        "scope_region": None,
    }
    return base | changes


def test_perfect_rows_score_one_whatever_their_order():
    rows = [row(10), row(30), row(50, kind="verbal", value=100)]
    got = scoring.score("x", "。" * 60, rows, rows[::-1]).scores()
    assert got["f1"] == got["precision"] == got["recall"] == got["indicator_text"] == 1
    assert got["unit"] == 1 and got["invented"] == 0
    assert got["lead_agencies"] is None  # no label states them: nothing was scored


def test_a_wrong_year_is_missed_and_spurious_but_not_invented():
    stated = [row(10), row(30)]
    rows = [row(10, target_year=2030), row(30), row(80)]
    s = scoring.score("x", "。" * 90, stated, rows)
    assert [r.start for r in s.missed] == [10]
    assert [r.start for r in s.spurious] == [10, 80]
    assert [r.start for r in s.invented] == [80]
    got = s.scores()
    assert got["precision"] == pytest.approx(1 / 3) and got["recall"] == pytest.approx(1 / 2)
    assert got["f1"] == pytest.approx(2 / 5) and got["invented"] == pytest.approx(1 / 3)


def test_rows_on_one_span_are_paired_by_their_words():
    stated = [row(10, "绿色社区创建比例", unit="a"), row(10, "绿色学校创建比例", unit="b")]
    rows = [row(10, "绿色学校创建的比例", unit="b"), row(10, "社区创建比例", unit="a")]
    s = scoring.score("x", "。" * 20, stated, rows)
    assert not s.missed and not s.spurious
    assert s.scores()["unit"] == 1


def test_fields_are_scored_among_the_rows_found_only():
    stated = [row(10), row(30, baseline_year=2020), row(50)]
    rows = [row(10, comparator=">="), row(30), row(70, effort="strive")]
    got = scoring.score("x", "。" * 90, stated, rows).scores()
    assert got["comparator"] == got["baseline_year"] == 0.5
    assert got["effort"] == 1


def test_agencies_count_where_labelled_in_any_order_and_null_is_not_a_list():
    stated = [
        row(10, lead_agencies=["甲", "乙"], support_agencies=None),
        row(30, lead_agencies=["甲"], support_agencies=["丙"]),
    ]
    rows = [
        row(10, lead_agencies=["乙", "甲"], support_agencies=None),
        row(30, lead_agencies=["甲"], support_agencies=None),
    ]
    got = scoring.score("x", "。" * 90, stated, rows).scores()
    assert got["lead_agencies"] == 1 and got["support_agencies"] == 0.5


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("森林覆盖率", "森林覆盖率", 1),
        ("森林覆盖率", "覆盖率", 0.75),
        ("风电", "光伏", 0),
        ("率率", "率", 2 / 3),
    ],
)
def test_overlap(a, b, expected):
    assert overlap(a, b) == overlap(b, a) == pytest.approx(expected)


def test_below_names_what_fails_and_a_score_that_does_not_exist_is_an_error():
    floors = Floors({"f1": 0.9, "unit": 0.5}, {"invented": 0.01})
    scores = {"f1": 0.95, "unit": None, "invented": 0.02}
    assert below(scores, floors) == ["unit none < 0.5", "invented 0.0200 > 0.01"]
    with pytest.raises(CompareError, match="did you mean 'f1'"):
        below(scores, Floors({"f2": 0.9}))


def test_the_extractor_keeps_its_floors_on_the_labelled_plans():
    scores = [scoring.score_extractor(d, LABELS) for d in labels.labelled(LABELS)]
    total = scoring.together("all", scores)
    floors = read_floors(LABELS / "floors.toml")["extractor"]
    assert not below(total.scores(), floors)


def test_the_curated_tables_are_the_labels():
    rows = scoring.curated_rows()
    docs = labels.labelled(LABELS)
    total = scoring.together("all", [scoring.score_curated(d, LABELS, rows) for d in docs])
    floors = read_floors(LABELS / "floors.toml")["curated"]
    assert not below(total.scores(), floors)


def test_the_command_shows_what_is_wrong_with_its_sentence(tmp_path, capsys):
    text = "到2025年，光伏装机容量达到12万千瓦。到2030年，森林覆盖率达到60%。"
    at = text.index("12")
    case = {"id": "one", "text": text, "rows": [row(at, end=at + 5, value_text="12万千瓦")]}
    case["rows"].append(row(2, value_text=text[2:6]))
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(case, ensure_ascii=False) + "\n", encoding="utf-8")
    command([str(path)], None, False, False)
    out = capsys.readouterr().out
    assert "missed: 1" in out and "spurious: 1" in out
    assert "到2030年，森林覆盖率达到【60%】。" in out
    command([str(path)], None, False, True)
    got = json.loads(capsys.readouterr().out)
    assert got["scores"]["all"]["recall"] == 0.5
    assert got["spurious"][0]["value_text"] == "60%"


def test_bad_labels_are_one_line_errors(tmp_path):
    with pytest.raises(CompareError, match="no labels for 'shyan'; did you mean 'shiyan'"):
        labels.read_labels("shyan", LABELS, "")
    (tmp_path / "p.jsonl").write_text(json.dumps(row(1)) + '\n{"start": \n', encoding="utf-8")
    text = "。12万千。。。12万千。"
    with pytest.raises(CompareError, match=r"p\.jsonl:2: not valid JSON"):
        labels.read_labels("p", tmp_path, text)
    with pytest.raises(CompareError, match="no such folder"):
        labels.labelled(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[1]", r"not a JSON object: \[1\]"),
        ("3", "not a JSON object: 3"),
        ('{"id": "a", "text": "x"}', "a case needs 'rows', a list, which is missing"),
        ('{"id": "a", "text": 5, "rows": []}', "a case needs 'text', a str, not 5"),
        ('{"id": "a", "text": "x", "rows": [7]}', "rows must hold objects, not 7"),
        ('{"id": "a", "text": "x", "rows": [{"start": 1}]}', "a row needs 'end'"),
    ],
)
def test_cases_of_the_wrong_shape_are_one_line(tmp_path, carbon_peak, line, says):
    path = tmp_path / "cases.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    status, out, err = carbon_peak("evaluate", path)
    assert status == 2 and out == "" and err.count("\n") == 1
    assert err.startswith(f"carbon-peak: {path}:2: ")
    with pytest.raises(CompareError, match=says):
        scoring.score_cases(path)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"start": "9"}, "start must be a whole number, not '9'"),
        ({"kind": "promise"}, "unknown kind 'promise'"),
        ({"effrot": "firm"}, "did you mean 'effort'"),
        ({"indicator_text": None}, "a row needs 'indicator_text'"),
        ({"start": 2, "end": 6}, "the text has '2万千。' there"),
        ({"start": 90, "end": 94}, "the text has '' there"),
        ({"start": 1, "end": 5}, "the same row stands above"),
        ({"doc": "q"}, "a row of 'q'"),
    ],
)
def test_a_label_that_could_not_be_scored_is_named(tmp_path, changes, says):
    path, text = tmp_path / "p.jsonl", "。12万千。。。12万千。"
    path.write_text(json.dumps(row(1)) + "\n" + json.dumps(row(8) | changes), encoding="utf-8")
    with pytest.raises(CompareError, match=rf"p\.jsonl:2: .*{says}"):
        labels.read_labels("p", tmp_path, text)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "no labels: no file <document>.jsonl"),
        ({"shiyan.jsonl": ""}, "no labels: nothing can be scored"),
        ({"Shiyan.jsonl": ""}, "labels of no document: data/raw has no 'Shiyan'; did you mean"),
        ({"shiyan.JSONL": ""}, "shiyan.JSONL: no file of labels"),
        ({"shiyan.jsonl": "", "shiyan.agency.jsonl": ""}, "shiyan.agency.jsonl: no file of labels"),
        ({"shiyan.jsonl": "", "huzhou.agencies.jsonl": ""}, "huzhou.agencies.jsonl: no file of"),
        ({"cases.txt": ""}, "no labels: no file <document>.jsonl"),
        (
            {
                "shiyan.jsonl": "",
                "shiyan.agencies.jsonl": '{"start": 7, "lead": null, "support": null}',
            },
            "agencies.jsonl: no row for start 7",
        ),
    ],
)
@pytest.mark.parametrize("curated", [[], ["--curated"]])
def test_labels_that_nothing_is_scored_by_are_an_error(tmp_path, carbon_peak, files, says, curated):
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    status, out, err = carbon_peak("evaluate", "--labels", tmp_path, *curated)
    assert status == 2 and out == "" and err.count("\n") == 1 and says in err


def test_a_file_of_cases_without_a_case_is_an_error(tmp_path, carbon_peak):
    path = tmp_path / "cases.jsonl"
    path.write_text("\n", encoding="utf-8")
    status, _, err = carbon_peak("evaluate", path)
    assert status == 2 and err == f"carbon-peak: {path}: no cases\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[extracter.at_least]\nf1 = 1.0\n", "unknown table 'extracter'; did you mean 'extractor'"),
        ("[extractor.at_leest]\nf1 = 1.0\n", "unknown key 'at_leest' in extractor; did you mean"),
    ],
)
def test_floors_that_nothing_is_held_to_are_an_error(tmp_path, text, says):
    path = tmp_path / "floors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CompareError, match=says):
        read_floors(path, ("extractor", "curated"))


# ------------------------------------------------------------------ what the reasons to look are worth
def test_reasons_are_worth_what_the_rows_with_them_hold():
    from compare.evaluation.reasons import worth_of_reasons

    text = "甲率达到10%，乙率达到20%，丙率达到30%，丁率达到40%。"

    def row(name: str, value: int, **more) -> dict:
        start = text.index(f"{value}%")
        return {
            "start": start, "end": start + 3, "value_text": f"{value}%", "indicator_text": name, "kind": "numeric",
            "value": value, "target_year": 2030, "unit": "%", **more,
        }  # fmt: skip

    labels = [row("甲率", 10), row("乙率", 20), row("丙率", 30)]
    rows = [
        row("甲率", 10, review_reasons=()),
        row("乙率", 20, review_reasons=("name_thin", "undated"), unit="家"),
        row("丙率", 30, review_reasons=("undated",)),
        row("丁率", 40, review_reasons=()),
    ]
    worth = worth_of_reasons(scoring.score("x", text, labels, rows, ("unit",)))
    assert (worth.rows, worth.wrong, worth.flagged, worth.flagged_wrong) == (4, 2, 2, 1)
    assert (worth.read, worth.found, worth.right_with, worth.right_without) == (0.5, 0.5, 0.5, 0.5)
    assert list(worth.by_reason.items()) == [("name_thin", (1, 1)), ("undated", (2, 1))]
    assert list(worth.so_far.items()) == [("name_thin", (1, 1)), ("undated", (2, 1))]
    assert "they hold 0.500 of the wrong rows" in worth.as_text()
    assert (worth.missed, worth.silent, worth.near, worth.silent_near) == (0, 0, 0, 0)
    nothing = worth_of_reasons(scoring.score("x", text, [], [], ("unit",)))
    assert nothing.found is None and "rows 0, wrong 0" in nothing.as_text()


def test_missed_targets_are_looked_for_among_the_near_misses_of_the_ledger():
    from compare.evaluation.reasons import worth_of_reasons

    text = "到2030年，达到30%，绿电占比达到40%。"
    start = text.index("30%")
    label = {
        "start": start, "end": start + 3, "value_text": "30%", "indicator_text": "甲率", "kind": "numeric", "value": 30,
        "target_year": 2030,
    }  # fmt: skip
    worth = worth_of_reasons(scoring.score("x", text, [label], [], ("unit",)))
    assert (worth.missed, worth.silent, worth.near, worth.silent_near) == (1, 1, 1, 1)
    row = {**label, "target_year": 2025}  # a row is there, but a wrong one: no silent miss
    worth = worth_of_reasons(scoring.score("x", text, [label], [row], ("unit",)))
    assert (worth.missed, worth.silent, worth.near, worth.silent_near) == (1, 0, 1, 0)
