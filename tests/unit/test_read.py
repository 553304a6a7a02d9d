"""Reading: the encodings plans come in, what is refused and how it is said, where a plan begins."""

from __future__ import annotations

import codecs
import hashlib
import random
from datetime import date, datetime

import pytest
import tomli_w

from compare.base.errors import CompareError
from compare.base.workspace import raw_dir
from compare.evaluation.labels import labelled, labels_dir, read_labels
from compare.intake.decoding import decode
from compare.intake.file_parts import Part, file_parts
from compare.intake.source import read_source
from compare.intake.source_toml import read_source_toml

DOCS = sorted(p.name for p in raw_dir().iterdir() if p.is_dir())
LABELLED = labelled(labels_dir())
TEXT = "某某市碳达峰实施方案\n一、主要目标\n到2025年,非化石能源消费占比达到18%左右。\n" * 8
TRADITIONAL = "某某市碳達峰實施方案\n到2025年，非化石能源消費占比達到18%左右。\n" * 8


@pytest.mark.parametrize("text", [TEXT, TRADITIONAL, TEXT[:11], TEXT.replace("\n", "\r\n")])
@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("gb18030", b""),
        ("utf-16-le", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", b""),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_every_encoding_gives_the_same_text_without_its_mark(text, encoding, bom):
    assert decode(bom + text.encode(encoding)) == text


@pytest.mark.parametrize("doc", DOCS)
def test_the_raw_plans_survive_every_encoding(doc):
    text = read_source(raw_dir() / doc).text
    for encoding in ("utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"):
        assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\n", "the file is empty"),
        (codecs.BOM_UTF8, "the file is empty"),
        (codecs.BOM_UTF16_LE + "\n".encode("utf-16-le"), "the file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "binary"),
        (b"PK\x03\x04" + bytes(range(256)) * 8, "binary"),
        (random.Random(1).randbytes(4000), "binary"),
        (b"plan\0text", "binary"),
        (TRADITIONAL.encode("big5"), "neither UTF-8, UTF-16 nor GB18030"),
        (
            TEXT.encode("gb18030")[:200] + b"\xff\xff" + TEXT.encode("gb18030"),
            "UTF-8 fails at byte 4",
        ),
        (TEXT.encode()[:100] + b"\xff" + TEXT.encode()[100:], "UTF-8 fails at byte"),
        (TEXT.encode()[:-5], "ends in the middle of a character"),
        ("碳达峰实施".encode()[:-1], "ends in the middle of a character"),
        (codecs.BOM_UTF8 + TEXT.encode()[:-5], "byte order mark says utf-8-sig, but byte"),
        (TEXT.encode("utf-16")[:-1], "byte order mark says utf-16, but byte"),
    ],
)
def test_what_is_no_text_is_one_line_that_names_the_file(data, problem):
    with pytest.raises(CompareError, match=problem) as error:
        decode(data, "plan.txt")
    assert str(error.value).startswith("plan.txt: ") and "\n" not in str(error.value)


@pytest.mark.parametrize("doc", LABELLED)
def test_source_toml_and_the_text_itself_agree_on_where_the_plan_begins(doc):
    """The anchors of source.toml and the unaided guess leave the same targets inside."""
    source = read_source(raw_dir() / doc)
    (plan,) = [part for part in file_parts(source.text) if part.kind == "plan"]
    for row in read_labels(doc, labels_dir(), source.text):
        assert source.start <= row["start"] < source.end
        assert plan.start <= row["start"] < plan.end
    # what a news site puts around the plan is left out by both
    for word in ("特别声明", "責任編輯", "责任编辑", "檔案內容"):
        assert word not in source.text[plan.start : plan.end]
        assert word not in source.text[source.start : source.end]


def test_preamble_of_a_news_site_is_not_part_of_the_plan(tmp_path):
    plan = "涟山市碳达峰实施方案\n一、总体要求\n到2025年，非化石能源消费比重达到18%。\n"
    lead = "近日，市政府印发方案，提出到2025年非化石能源消费比重达到18%。全文如下：\n"
    page = lead + plan + "责任编辑：某某\n"
    path = tmp_path / "page.txt"
    path.write_text(page, encoding="utf-8")
    source = read_source(path)
    assert source.doc == "page" and source.text == page
    assert source.text[source.start : source.end] == plan
    assert file_parts("到2025年，光伏装机达到320万千瓦。") == (Part("plan", 0, 20, "whole-text"),)


def folder(tmp_path, toml: str | None, text: str = TEXT):
    (tmp_path / "plan.txt").write_bytes(text.encode())
    if toml is not None:
        (tmp_path / "source.toml").write_text(toml, encoding="utf-8")
    return tmp_path


def meta(tmp_path, **changes) -> str:
    values = {
        "title": "某某市碳达峰实施方案",
        "region": "somewhere",
        "status": "final",
        "script": "Hans",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    } | changes
    return tomli_w.dumps({k: v for k, v in values.items() if v is not None})


def test_dates_out_of_order_can_be_confirmed(tmp_path):
    dates = {"issued": date(2024, 3, 1), "approved": date(2024, 3, 2), "confirms": ["dates"]}
    assert read_source(folder(tmp_path, meta(tmp_path, **dates))).issued_year == 2024


def test_a_folder_is_read_with_its_anchors(tmp_path):
    text = "网站的话。\n" + TEXT[:43] + "编辑的话。\n"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    toml = meta(tmp_path, starts_with="某某市碳", ends_with="左右。", sha256=sha256)
    source = read_source(folder(tmp_path, toml, text))
    assert source.text == text and source.text[source.start : source.end] == TEXT[:42]
    assert TEXT[:43].endswith("达到18%左右。\n")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"sha256": "0" * 64}, "the file has changed"),
        ({"title": None}, "missing key 'title'"),
        ({"titel": "x"}, "unknown key 'titel'"),
        ({"status": "old"}, "status must be one of final, draft, not 'old'"),
        ({"script": "Latn"}, "script must be one of"),
        ({"issued": "2023"}, "issued must be a date"),
        ({"starts_with": "无此句"}, "starts_with '无此句' is not in plan.txt"),
        ({"ends_with": "无此句"}, "ends_with '无此句' is not in plan.txt"),
        ({"starts_with": "一、主要目标"}, "stands in plan.txt at 11 and at 54: give more words"),
        ({"ends_with": "左右。"}, "ends_with '左右。' stands in plan.txt at"),
        ({"starts_with": ""}, "starts_with is empty"),
        ({"ends_with": " "}, "ends_with is empty"),
        ({"title": ""}, "title is empty; what is not known is left out"),
        ({"publisher": "\u3000"}, "publisher is empty"),
        ({"confirms": ["no_target"]}, "unknown confirms 'no_target'; did you mean 'no_targets'"),
        ({"confirms": [1]}, "unknown confirms 1"),
        ({"confirms": "dates"}, "confirms must be a list, not 'dates'"),
        ({"issued": datetime(2024, 1, 1, 9)}, "issued must be a date"),
        (
            {"issued": date(2024, 3, 1), "approved": date(2024, 3, 2)},
            "issued = 2024-03-01 is before approved = 2024-03-02",
        ),
        ({"approved": date(2024, 3, 2), "published": date(2024, 3, 1)}, "published = .* is before"),
    ],
)
def test_a_wrong_source_toml_is_one_line(tmp_path, changes, problem):
    with pytest.raises(CompareError, match=problem) as error:
        read_source(folder(tmp_path, meta(tmp_path, **changes)))
    assert "\n" not in str(error.value)


def test_missing_files_and_broken_toml_are_one_line(tmp_path):
    with pytest.raises(CompareError, match=r"nothing\.txt: no such file"):
        read_source(tmp_path / "nothing.txt")
    with pytest.raises(CompareError, match=r"plan\.txt: no such file"):
        read_source(tmp_path)
    (tmp_path / "source.toml").write_text("title = ", encoding="utf-8")
    with pytest.raises(CompareError, match="not valid TOML"):
        read_source_toml(tmp_path / "source.toml")
