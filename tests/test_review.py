"""Review: guards hold, decisions do what they say, and the walk writes what a person decides."""

import pytest

from compare import curate, review, walk
from compare.errors import CompareError
from compare.read import Source

TEXT = "一、主要目标\n到2025年,非化石能源消费占比达到20%左右,森林覆盖率和湿地保护率均达到55%。到2030年,绿色建筑占比100%。"


@pytest.fixture
def source(tmp_path):
    return Source("demo", TEXT, 0, len(TEXT), "0" * 64, {"region": "shiyan"}, tmp_path / "plan.txt")


def _apply(source, toml, tmp_path):
    path = tmp_path / "demo.toml"
    path.write_text(toml)
    return review.apply(curate.extracted_rows(source), review.read_decisions(path), source, path)


def _decision(action, expect, **more):
    lines = ["[[decision]]", f'action = "{action}"', f'expect = "{expect}"', 'reason = "because"']
    tables = {k: v for k, v in more.items() if isinstance(v, dict)}
    lines += [f"{k} = {v!r}".replace("'", '"') for k, v in more.items() if k not in tables]
    for name, table in tables.items():
        lines += [
            f"[decision.{name}]",
            *(f"{k} = {v!r}".replace("'", '"') for k, v in table.items()),
        ]
    return "\n".join(lines) + "\n"


def test_extraction_stands_where_nothing_was_decided(source, tmp_path):
    rows = review.apply(curate.extracted_rows(source), [], source, tmp_path / "none.toml")
    assert [r["value"] for r in rows] == [20, 55, 55, 100]
    assert {r["origin"] for r in rows} == {"extracted"}


def test_correct_add_reject_accept(source, tmp_path):
    rows = _apply(
        source,
        _decision(
            "correct",
            "均达到«55%»",
            row="森林覆盖率",
            was={"note": ""},
            set={"note": "seen", "value": 56.0},
        )
        + _decision("reject", "达到«20%»左右")
        + _decision("accept", "占比«100%»")
        + _decision(
            "add",
            "«主要目标»",
            set={"indicator_text": "x", "kind": "directional", "target_year": 2025},
        ),
        tmp_path,
    )
    assert [(r["indicator_text"], r["value"], r["origin"]) for r in rows] == [
        ("x", None, "reviewed"),
        ("森林覆盖率", 56.0, "reviewed"),
        ("湿地保护率", 55.0, "extracted"),
        ("绿色建筑占比", 100.0, "extracted"),
    ]
    assert rows[0]["section"] is None or rows[0]["section"]


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        (_decision("reject", "不在«这里»面"), "not in the plan"),
        (_decision("reject", "到20«2»"), "no extracted row|times"),
        (_decision("reject", "均达到«55%»"), "2 rows share the span"),
        (_decision("reject", "到«2030年»"), "no extracted row"),
        (
            _decision("correct", "达到«20%»左右", was={"value": 19}, set={"value": 21}),
            "value is 20",
        ),
        (_decision("correct", "达到«20%»左右", set={"value": 20}), "already"),
        (_decision("correct", "达到«20%»左右"), "needs a table"),
        (_decision("correct", "达到«20%»左右", set={"valu": 1}), "did you mean 'value'"),
        (_decision("correct", "达到«20%»左右", set={"start": 1}), "cannot be set"),
        (_decision("remove", "达到«20%»左右"), "unknown action 'remove'"),
        (_decision("reject", "达到20%左右"), "marks the value"),
        (
            _decision(
                "add", "占比«100%»", set={"indicator_text": "绿色建筑占比", "kind": "numeric"}
            ),
            "there already",
        ),
        ('[[decision]]\naction = "reject"\nexpect = "达到«20%»左右"\n', "missing key 'reason'"),
        ("[[decisions]]\n", "unknown table"),
        ("= 1", "not valid TOML"),
    ],
)
def test_stale_and_malformed_decisions_are_named(source, tmp_path, toml, says):
    with pytest.raises(CompareError, match=says) as error:
        _apply(source, toml, tmp_path)
    assert str(tmp_path / "demo.toml") in str(error.value) and "\n" not in str(error.value)


def test_guard_words_are_the_shortest_that_are_unique(source):
    at = TEXT.index("20%")
    expect = walk.expectation(at, at + 3, source)
    assert "«20%»" in expect and TEXT.count(expect.replace("«", "").replace("»", "")) == 1


def test_walk_writes_decisions_that_apply(project, monkeypatch, capsys):
    before = (project / "data/review/shiyan.toml").read_text()
    todo = walk.pending("shiyan")
    assert todo, "the plan has at least one undated row that nobody has accepted"
    answers = iter(["accept", "looked at", "quit"])
    monkeypatch.setattr("typer.prompt", lambda *a, **k: next(answers))
    walk.walk("shiyan")
    after = (project / "data/review/shiyan.toml").read_text()
    assert after.startswith(before.rstrip()) and 'action = "accept"' in after[len(before) - 1 :]
    left = walk.pending("shiyan")
    assert len(left) == len(todo) - 1
    curate.build()  # the decision fits what is there


def test_walk_corrects(project, monkeypatch):
    row = walk.pending("ruijin")[0][0]
    new = {"firm": "strive", "strive": "firm"}[row["effort"]]
    answers = iter(["correct", "effort", new, "no_such_field", "", "the reason", "quit"])
    monkeypatch.setattr("typer.prompt", lambda *a, **k: next(answers))
    walk.walk("ruijin")
    targets = curate.build()["targets"].to_pylist()
    (changed,) = [r for r in targets if r["target_id"] == row["target_id"]]
    assert changed["effort"] == new and changed["origin"] == "reviewed"
