"""Review: guards hold, decisions do what they say, and the walk writes what a person decides."""

from dataclasses import replace

import pytest

from compare.base.errors import CompareError
from compare.curation import build
from compare.intake.file_parts import anchored_parts
from compare.intake.source import Source
from compare.review import decisions, review_prompt
from compare.review.apply import apply

TEXT = "一、主要目标\n到2025年,非化石能源消费占比达到20%左右,森林覆盖率和湿地保护率均达到55%。到2030年,绿色建筑占比100%。"


@pytest.fixture
def source(tmp_path):
    return _source(TEXT, tmp_path)


def _source(text, tmp_path):
    parts = anchored_parts(len(text), 0, len(text))
    return Source("demo", text, parts, "0" * 64, {"region": "shiyan"}, tmp_path / "plan.txt")


def _apply(source, toml, tmp_path):
    path = tmp_path / "demo.toml"
    path.write_text(toml)
    return apply(build.extracted_rows(source), decisions.read_decisions(path), source)


def _decision(action, expect, **more):
    lines = ["[[decision]]", f'action = "{action}"', f'expect = "{expect}"', 'reason = "because"']
    tables = {k: v for k, v in more.items() if isinstance(v, dict)}
    lines += [f"{k} = {v!r}".replace("'", '"') for k, v in more.items() if k not in tables]
    for name, table in tables.items():
        lines += [
            f"[decision.{name}]",
            *(f"{k} = {v!r}".replace("'", '"').replace("True", "true") for k, v in table.items()),
        ]
    return "\n".join(lines) + "\n"


def test_extraction_stands_where_nothing_was_decided(source, tmp_path):
    rows = apply(
        build.extracted_rows(source), decisions.read_decisions(tmp_path / "none.toml"), source
    )
    assert [r.value for r in rows] == [20, 55, 55, 100]
    assert {r.origin for r in rows} == {"extracted"}


def test_correct_add_reject_accept(source, tmp_path):
    rows = _apply(
        source,
        _decision(
            "correct",
            "均达到«55%»",
            row="森林覆盖率",
            was={"value": 55, "lead_agencies": ""},
            set={"note": "seen", "value": 56.0, "lead_agencies": ["市林业局"]},
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
    assert [(r.indicator_text, r.value, r.origin) for r in rows] == [
        ("x", None, "reviewed"),
        ("森林覆盖率", 56.0, "reviewed"),
        ("湿地保护率", 55.0, "extracted"),
        ("绿色建筑占比", 100.0, "extracted"),
    ]
    assert rows[1].lead_agencies == ("市林业局",)


def test_a_note_alone_leaves_a_row_extracted(source, tmp_path):
    note = _decision("correct", "达到«20%»左右", set={"note": "说明", "note_en": "said"})
    row = _apply(source, note, tmp_path)[0]
    assert (row.note, row.note_en, row.origin) == ("说明", "said", "extracted")


def test_rows_that_differ_only_in_their_year_are_told_apart(source, tmp_path):
    rows = build.extracted_rows(source)
    rows.append(replace(rows[0], target_year=2030))
    toml = _decision("reject", "达到«20%»左右")
    with pytest.raises(CompareError, match="2 rows share the span"):
        apply(rows, decisions.parse_decisions(toml, tmp_path), source)
    toml = _decision("reject", "达到«20%»左右", year=2030)
    left = apply(rows, decisions.parse_decisions(toml, tmp_path), source)
    assert len(left) == len(rows) - 1
    assert [r.target_year for r in left if r.start == rows[0].start] == [2025]


@pytest.mark.parametrize(
    "values",
    [
        {"target_year": "2030"},
        {"target_year": [1]},
        {"target_year": 2030.0},
        {"target_year": True},
        {"value": "forty"},
        {"value": float("nan")},
        {"indicator_text": 5},
        {"lead_agencies": "市林业局"},
        {"lead_agencies": [1]},
        {"kind": "foo"},
        {"kind": ""},
        {"indicator": "foo"},
        {"indicator": 3},
        {"note": ["x"]},
    ],
)
@pytest.mark.parametrize("table", ["set", "was"])
def test_values_are_those_of_the_field_registry(source, tmp_path, table, values):
    tables = {"set": {"value": 21.0}, "was": {"value": 20.0}} | {table: values}
    with pytest.raises(CompareError, match=next(iter(values))) as error:
        _apply(source, _decision("correct", "达到«20%»左右", **tables), tmp_path)
    assert str(error.value).startswith(f"{tmp_path / 'demo.toml'}:1: ")


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
        (_decision("correct", "达到«20%»左右", was={"value": 20}, set={"value": 20}), "already"),
        (_decision("correct", "达到«20%»左右", set={"value": 21}), "old value of 'value' in 'was'"),
        (
            _decision("correct", "达到«20%»左右", was={"value": 20}, set={"value": 21})
            + _decision("correct", "达到«20%»左右", was={"value": 21}, set={"value": 22}),
            r"demo.toml:\d+: value of this row is corrected at .*demo.toml:1 already",
        ),
        (_decision("accept", "达到«20%»左右", set={"value": 21}), "accept takes no 'set'"),
        (_decision("add", "达到«20%»左右", row="x", set={"kind": "peak"}), "add takes no 'row'"),
        (_decision("add", "达到«20%»左右", set={"kind": "peak"}), "add needs 'indicator_text'"),
        ("decision = 5", "table of its own"),
        (_decision("correct", "达到«20%»左右"), "needs a table"),
        (_decision("correct", "达到«20%»左右", set={"valu": 1}), "did you mean 'value'"),
        (_decision("correct", "达到«20%»左右", set={"start": 1}), "cannot be set"),
        (_decision("remove", "达到«20%»左右"), "unknown action 'remove'"),
        (_decision("reject", "达到20%左右"), "marks the value"),
        (
            _decision(
                "add",
                "占比«100%»",
                set={"indicator_text": "绿色建筑占比", "kind": "numeric", "target_year": 2030},
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
    expect = review_prompt.expectation(at, at + 3, source)
    assert "«20%»" in expect and TEXT.count(expect.replace("«", "").replace("»", "")) == 1


# ------------------------------------------------------------------ the walk
@pytest.fixture
def say(monkeypatch):
    """Answers to the questions of a walk, in order; a question too many is an error."""

    def answers(*words):
        left = list(words)
        monkeypatch.setattr("typer.prompt", lambda *a, **k: left.pop(0))
        return left

    return answers


@pytest.fixture
def unread(project):
    """A plan whose review has not begun: no decision, no row read."""
    (project / "data/review/shiyan.toml").unlink()
    (project / "data/review/seen.txt").unlink()
    return project / "data/review/shiyan.toml"


def test_rows_stay_new_until_somebody_has_read_them(unread, say):
    todo = review_prompt.pending("shiyan", build)
    assert len(todo) == 50 and all("new since the last reading" in why for _, why in todo)
    build.command(None)  # a build settles nothing
    assert len(review_prompt.pending("shiyan", build)) == 50
    row, why = next(t for t in todo if t[1] == ["new since the last reading"])
    answers = say(*["skip"] * todo.index((row, why)), "accept", "quit")
    review_prompt.review("shiyan", build)
    assert not answers and not unread.exists()  # read, nothing to decide
    assert row.target_id not in {r.target_id for r, _ in review_prompt.pending("shiyan", build)}
    assert len(review_prompt.pending("shiyan", build)) == 49


def test_one_decision_covers_one_row_of_a_shared_span(project, say):
    path = project / "data/review/yuhua.toml"
    head, mark, _ = path.read_text().partition("# Looked at, and right as they are.")
    path.write_text(head)
    (project / "data/review/seen.txt").unlink()
    todo = review_prompt.pending("yuhua", build)
    spans = [(r.start, r.end) for r, _ in todo]
    n = next(n for n, (r, _) in enumerate(todo) if spans.count((r.start, r.end)) > 1)
    say(*["skip"] * n, "correct", "note", "seen", "", "right as it is", "quit")
    review_prompt.review("yuhua", build)
    left = [r.target_id for r, _ in review_prompt.pending("yuhua", build)]
    assert mark and left == [r.target_id for r, _ in todo if r is not todo[n][0]]
    assert path.read_text().startswith(head.rstrip())


def test_walk_asks_again_where_a_build_would_stop(unread, say, capsys):
    row = review_prompt.pending("shiyan", build)[0][0]
    new = {"firm": "strive", "strive": "firm"}[row.effort]
    answers = say(
        *("what", "correct", ""),  # no such answer; nothing corrected
        *("correct", "kind", "foo", "indicator", "foo", "target_year", "soon", "start", "effort", row.effort, ""),
        *("correct", "unit", "头牛", "", "the reason"),  # each field fits, the row does not
        *("correct", "effort", new, "lead_agencies", "市发改委、市林业局", "", "", "the reason"),
        "quit",
    )  # fmt: skip
    review_prompt.review("shiyan", build)
    said = capsys.readouterr().out
    assert not answers
    for problem in ("none of these", "nothing is corrected", "unknown kind 'foo'", "unknown indicator 'foo'",
                    "target_year must be a whole number", "no such field", f"effort is {row.effort} already",
                    "not written: ", "every decision has a reason"):  # fmt: skip
        assert problem in said, problem
    (d,) = decisions.read_decisions(unread)
    assert d.was == {"effort": row.effort, "lead_agencies": list(row.lead_agencies or ()) or ""}
    targets = build.build()["targets"].to_pylist()
    (changed,) = [r for r in targets if r["target_id"] == row.target_id]
    assert changed["effort"] == new and changed["origin"] == "reviewed"
    assert changed["lead_agencies"] == ["市发改委", "市林业局"]


def test_walk_adds_a_row(project, say, capsys):
    say(
        *("yes", "没有«这句»话", "indicator_text", "x", "kind", "peak", "", "why"),  # not in the plan
        *("加快黄龙滩«50万千瓦»抽水蓄能", "indicator_text", "黄龙滩抽水蓄能项目", "kind", "numeric",
          "value", "50", "unit", "万千瓦", "comparator", "=", "", "to try"),
        "no",
    )  # fmt: skip
    review_prompt.review("shiyan", build)
    assert "not written: " in capsys.readouterr().out
    rows = [r for r in build.build()["targets"].to_pylist() if r["doc"] == "shiyan"]
    (new,) = [r for r in rows if r["indicator_text"] == "黄龙滩抽水蓄能项目"]
    assert (new["value_text"], new["value_std"], new["origin"]) == ("50万千瓦", 500, "reviewed")
    assert len(rows) == 51 and review_prompt.pending("shiyan", build) == []


@pytest.mark.parametrize(
    ("was", "values", "says"),
    [
        ({"unit": "%"}, {"unit": "万千瓦"}, "nonfossil_share takes share"),
        ({"target_year": 2025}, {"target_year": 1990}, "target_year 1990 is out of range"),
        ({"comparator": "~"}, {"comparator": ""}, "does not fit kind numeric"),
    ],
)
def test_errors_of_the_build_about_corrected_rows_name_the_decision(
    project, carbon_peak, was, values, says
):
    path = project / "data/review/shiyan.toml"
    before = path.read_text().rstrip() + "\n\n"
    at = "消费占比分别达到«21%»和"
    path.write_text(before + _decision("correct", at, was=was, set=values))
    status, _, err = carbon_peak("build")
    assert status == 2 and err.count("\n") == 1 and says in err
    assert f"{path}:{before.count(chr(10)) + 1}: " in err


def test_what_gave_no_row_and_may_be_a_target_is_shown(project, capsys):
    review_prompt.review("huzhou", build, list_only=True)
    said = capsys.readouterr().out
    assert "0 rows to look at" in said
    listed = said.partition("figures and wordings without a row to look at\n")[2].splitlines()
    assert listed and all(line.split(": ")[0].split()[0].isdigit() for line in listed)


def test_a_broken_ledger_is_one_line(project):
    path = project / "data/review/seen.txt"
    path.write_text("# read\nshiyan t-1\nshiyan\n")
    with pytest.raises(
        CompareError, match=r"seen\.txt:3: not a document and a target_id: 'shiyan'"
    ):
        review_prompt.pending("shiyan", build)


def test_a_decision_about_a_row_answers_the_reasons_to_look_at_it(source, tmp_path):
    rows = [
        replace(r, review_reasons=("issue_year_unknown",)) for r in build.extracted_rows(source)
    ]
    toml = _decision("accept", "达到«20%»左右") + _decision(
        "correct",
        "占比«100%»",
        was={"review_reasons": ["issue_year_unknown"], "binding": "", "baseline_value": ""},
        set={"review_reasons": [], "binding": "expected", "baseline_value": 90},
    )
    left = apply(rows, decisions.parse_decisions(toml, tmp_path), source)
    reasons = [r.review_reasons for r in left]
    assert reasons == [(), ("issue_year_unknown",), ("issue_year_unknown",), ()]
    assert (left[3].binding, left[3].baseline_value) == ("expected", 90)
    wrong = _decision(
        "correct", "占比«100%»", was={"review_reasons": []}, set={"review_reasons": ["x"]}
    )
    with pytest.raises(CompareError, match="unknown review_reasons 'x'"):
        decisions.parse_decisions(wrong, tmp_path)


# ------------------------------------------------------------------ which words made a reviewed row
MARKED = "一、目标\n力争到2030年,森林覆盖率较2020年提高6个百分点以上。到2025年,培养护林人才200人。"


def _spans(tmp_path, toml):
    """Marked words by role, of each row."""
    source = _source(MARKED, tmp_path)
    out = []
    for row in _apply(source, toml, tmp_path):
        words: dict[str, list[str]] = {}
        for s in row.spans:
            words.setdefault(s.role, []).append(MARKED[s.start : s.end])
        out.append(words)
    return out


def test_a_span_stays_where_the_field_that_it_decided_stays(tmp_path):
    whole = {
        "effort": ["力争"],
        "horizon": ["2030年"],
        "indicator": ["森林覆盖率"],
        "baseline": ["2020年"],
        "value": ["6个百分点"],
        "bound": ["以上"],
    }
    assert _spans(tmp_path, "")[0] == whole
    for was, new, role in (
        ({"comparator": ">="}, {"comparator": "="}, "bound"),
        ({"target_year": 2030}, {"target_year": 2035}, "horizon"),
        ({"baseline_year": 2020}, {"baseline_year": ""}, "baseline"),
        ({"effort": "strive"}, {"effort": "firm"}, "effort"),
    ):
        toml = _decision("correct", "提高«6个百分点»以上", was=was, set=new)
        assert _spans(tmp_path, toml)[0] == {k: v for k, v in whole.items() if k != role}


def test_a_field_that_a_person_set_is_marked_where_the_person_read_it(tmp_path):
    was = {"indicator_text": "森林覆盖率"}
    new = {"indicator_text": "森林提高率"}
    toml = _decision("correct", "提高«6个百分点»以上", was=was, set=new)
    assert _spans(tmp_path, toml)[0]["indicator"] == ["森林", "提高"]
    was = {"target_year": 2025, "effort": "firm"}
    toml = _decision(
        "correct", "护林人才«200人»", was=was, set={"target_year": 2030, "effort": "strive"}
    )
    row = next(r for r in _spans(tmp_path, toml) if r["value"] == ["200人"])
    assert (row["horizon"], row["effort"]) == (["2030年"], ["力争"])
    toml = _decision(
        "add",
        "«培养护林人才»200人",
        set={"indicator_text": "护林人才", "kind": "directional", "target_year": 2030},
    )
    row = next(r for r in _spans(tmp_path, toml) if r["value"] == ["培养护林人才"])
    assert row["horizon"] == ["2030年"] and "indicator" not in row
