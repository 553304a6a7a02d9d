"""PDF: contents, page numbers, figures, tables; the same bytes; no text is ever read as Typst."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import report_samples as samples
from report_samples import HOSTILE

from compare.base.errors import CompareError
from compare.report.render import html_to_typst, pdf, sanitize_html

TITLE = {"zh": "非化石能源消费占比", "en": "Non-fossil share"}
needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="poppler's pdftotext is not on this machine"
)


def text_of(data: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return done.stdout.decode()


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060]+", "", text)


def inside(data: bytes) -> bytes:
    """The PDF with its compressed streams opened."""
    out = [data]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S):
        try:
            out.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(out)


@pytest.fixture(scope="module")
def rendered() -> bytes:
    outputs = [samples.image_output("svg"), samples.image_output("png")]
    return pdf.render(
        samples.notebook(*outputs, parameters={"x": 1}, rows=40), title=TITLE, lang="zh"
    )


def test_bytes_are_the_same_in_another_process_and_in_threads(rendered):
    program = (
        "import hashlib, report_samples as s; from compare.report.render import pdf; "
        "pictures = s.image_output('svg'), s.image_output('png'); "
        "nb = s.notebook(*pictures, parameters={'x': 1}, rows=40); "
        f"print(hashlib.sha256(pdf.render(nb, title={TITLE!r}, lang='zh')).hexdigest())"
    )
    env = os.environ | {
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
    }
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=env, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(rendered).hexdigest()
    nb = samples.notebook(samples.image_output())
    with ThreadPoolExecutor(4) as pool:
        same = set(pool.map(lambda _: pdf.render(nb, title=TITLE, lang="zh"), range(8)))
    assert len(same) == 1


def test_fonts_are_embedded_and_no_clock_or_path_is_written(rendered):
    whole = inside(rendered)
    assert b"NotoSansSC" in whole and b"FontFile" in whole
    assert b"CreationDate" not in whole and b"ModDate" not in whole
    assert os.fsencode(Path(pdf.__file__).parents[3]) not in whole
    assert whole.count(b"/Subtype /Image") + whole.count(b"/Subtype/Image") >= 1  # the PNG


@needs_poppler
def test_contents_page_numbers_story_and_table(rendered):
    first = squeezed(text_of(rendered, "-l", "1"))
    assert first.startswith(TITLE["zh"])
    for heading in ("各地目标", "明细", "来源"):
        assert re.search(rf"{heading}[.·…]*\d", first), heading
        assert squeezed(text_of(rendered)).count(heading) >= 2  # in the contents and in its place
    pages = text_of(rendered).split("\f")[:-1]
    assert [squeezed(p)[-3:] for p in pages] == [
        f"{n}/{len(pages)}" for n in range(1, len(pages) + 1)
    ]
    everything = squeezed(text_of(rendered))
    assert "开口的一端说明“以上”" in everything and "貴州省碳達峰實施方案" in everything
    assert everything.count("target_year") >= 2  # the header is repeated on the second page


@needs_poppler
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_text_is_never_typst_or_markup(lang):
    from nbformat.v4 import new_code_cell, new_output

    words = '#panic("x") *a* _b_ $x^2$ `c` @d <e> \\ #include "/etc/passwd" [f] // g /* h */'
    nb = samples.notebook(parameters={"x": words, "y": HOSTILE}, title=None)
    nb.cells.append(
        new_code_cell(outputs=[new_output("stream", name="stdout", text=f"{words}\n{HOSTILE}")])
    )
    cell = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")
    table = f"<table><tr><td>{words.replace('<', '&lt;')}</td><td>{cell}</td></tr></table>"
    nb.cells.append(new_code_cell(outputs=[samples.html_output(table)]))
    shown = squeezed(text_of(pdf.render(nb, title={lang: f"{words} {HOSTILE}"}, lang=lang)))
    assert shown.count(squeezed(words)) >= 3  # title, output, table
    assert shown.count(squeezed(HOSTILE)) >= 3


def pages_of_pictures(data: bytes) -> list[int]:
    done = subprocess.run(["pdfimages", "-list", "-"], input=data, capture_output=True, check=True)
    return [int(line.split()[0]) for line in done.stdout.decode().splitlines()[2:]]


def filled(lines: int, *cells, height: int = 700):
    """A notebook with this many lines before ``cells`` and a picture of 1000 by ``height``."""
    import base64
    import io

    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (1000, height), "#17685b").save(out, "PNG")
    picture = new_output("display_data", {"image/png": base64.b64encode(out.getvalue()).decode()})
    text = ["# T", *["行"] * lines, *cells]
    cells = [new_markdown_cell("\n\n".join(text)), new_code_cell(outputs=[picture])]
    return new_notebook(cells=cells)


@needs_poppler
@pytest.mark.parametrize("lines", [18, 20, 22, 24, 26, 28, 30])
def test_a_heading_stays_with_its_figure(lines):
    data = pdf.render(filled(lines, "## 这是标题", "一句话。"), title=TITLE, lang="zh")
    pages = text_of(data).split("\f")
    (heading,) = (n for n, page in enumerate(pages, 1) if "这是标题" in page)
    assert pages_of_pictures(data) == [heading]
    assert "一句话" in pages[heading - 1]


@needs_poppler
def test_a_first_figure_a_little_too_tall_is_made_smaller_and_a_far_too_tall_one_moved():
    pages = {
        lines: pages_of_pictures(pdf.render(filled(lines, height=1200), title=TITLE, lang="zh"))
        for lines in (1, 6, 20)
    }
    assert pages == {1: [1], 6: [1], 20: [2]}


@needs_poppler
def test_a_failed_report_says_where():
    shown = squeezed(text_of(pdf.render(samples.failed_notebook(), title=TITLE, lang="en")))
    assert "Cell3" in shown and "CompareError:unknownregion'shiyam'" in shown
    assert "profile('shiyam')" in shown


def test_a_broken_picture_is_a_one_line_error():
    from nbformat.v4 import new_output

    broken = new_output("display_data", {"image/svg+xml": "<svg><rect></svg"})
    with pytest.raises(CompareError, match="the PDF cannot be set") as raised:
        pdf.render(samples.notebook(broken), title=TITLE, lang="zh")
    assert "\n" not in str(raised.value)


def test_tables_keep_spans_headers_and_colours():
    html = (
        "<style>#T_a_row0_col1{background-color:#ffe9a8;text-align:right}</style><table><thead><tr>"
        "<th rowspan=2>地区</th><th colspan=2>年</th></tr>"
        "<tr><th>2025</th><th>2030</th></tr></thead>"
        "<tbody><tr><th>贵州</th><td id='T_a_row0_col1'>20</td>"
        f"<td>{'长' * 60}</td></tr></tbody></table>"
    )
    page = sanitize_html.Page()
    (table,) = html_to_typst.typst_nodes(sanitize_html.clean(html, page), page.rules)
    assert table["header"] == 2 and len(table["columns"]) == 3
    assert [(c["across"], c["down"]) for c in table["rows"][0]] == [(1, 2), (2, 1)]
    assert table["rows"][2][1]["fill"] == "#ffe9a8" and table["rows"][2][1]["align"] == "right"
    assert table["columns"][:2] == [0, 0] and table["columns"][2] > 0  # only the long one gives way


@needs_poppler
def test_an_uneven_table_is_still_set():
    nb = samples.notebook(
        samples.html_output(
            "<table><tr><td>甲</td></tr><tr><td colspan=3>乙</td><td>丙</td></tr></table>"
        )
    )
    assert "丙" in text_of(pdf.render(nb, title=TITLE, lang="zh"))
