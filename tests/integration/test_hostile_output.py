"""What no notebook should show: pages are made of it in time that grows with its length only."""

from __future__ import annotations

import time

import pytest
from nbformat import v4

from compare.report import render_process
from compare.report.render import html_page, html_tokens, scrub_notebook, visible_blocks

TITLE = {"zh": "标题", "en": "Title"}
GUARD = 300
"""Seconds after which a page hangs."""
HTML = {
    "tags that are never closed": "<div>",
    "inline tags that are never closed": "<b>",
    "lists in lists": "<ul><li>",
    "tables in tables": "<table><tr><td>",
    "quotes in quotes": "<blockquote>",
    "end tags alone": "</div>",
    "scripts that are never closed": "<script>",
    "scripts that never end": "<script ",
    "scripts": "<script>x</script>",
    "styles that are never closed": "<style>",
    "styles": "<style>#T_a {color:red}</style>",
    "inline styles": '<p style="color:red">a</p>',
    "headings": "<h2>a</h2>",
    "titles": "<h1>a</h1>",
    "paragraphs": "<p>a",
    "terms": "<dt>a</dt>",
    "blank spans": "<span> </span>",
    "breaks": "<br>",
    "rows": "<tr><td>a<td>b",
    "brackets": "<",
    "tags that never end": "<a ",
    "comments": "<!--",
    "sections": "<![CDATA[",
    "instructions": "<?",
    "entities": "&amp",
    "one word": "a",
    "a long name": "a_b",
}
MARKDOWN = {
    "quotes": ">",
    "stars": "*a **b ",
    "square brackets": "[",
    "links": "[a](b",
    "ticks": "`a``b",
    "rows": "|a|b|\n|-|-|\n",
    "lists": "- a\n",
    "underscores": "_a",
    "pictures": "![a](",
    "angles": "<a",
}
TEXT = {
    "one line": "x",
    "lines": "line\n",
    "carriage returns": "x\r",
    "terminal codes": "\x1b[1;",
    "names of cells": "ipykernel_1",
    "addresses": "0xabcdef",
}


def shown(**data: str):
    outputs = [v4.new_output("display_data", data={k.replace("_", "/"): data[k] for k in data})]
    return v4.new_notebook(cells=[v4.new_code_cell("x", outputs=outputs)])


def seconds(kind: str, text: str) -> float:
    nb = shown(**{kind: text})
    begin = time.process_time()  # what others do on the machine does not count
    scrub_notebook.text(text)
    html_page.render(nb, title=TITLE, lang="zh", links={})
    return time.process_time() - begin


@pytest.mark.parametrize(
    ("kind", "unit"),
    [
        *(pytest.param("text_html", unit, id=f"HTML, {name}") for name, unit in HTML.items()),
        *(pytest.param("text_markdown", u, id=f"Markdown, {n}") for n, u in MARKDOWN.items()),
        *(pytest.param("text_plain", unit, id=f"text, {name}") for name, unit in TEXT.items()),
    ],
)
def test_a_page_takes_time_in_proportion_to_what_is_shown(kind, unit):
    """Sixteen times as much: linear takes 16 times as long, quadratic 256; short times are noise."""
    seconds(kind, unit * 10)
    small = min(seconds(kind, unit * (5_000 // len(unit))) for _ in range(3))
    took = []
    for _ in range(3):
        took.append(seconds(kind, unit * (80_000 // len(unit))))
        if took[-1] < max(0.2, 40 * small):
            return
    pytest.fail(f"{small:.3f} s → {min(took):.3f} s")


ROW = "<tr><td>1</td><td>xx</td><td>hello</td></tr>"
ATTACKS = {
    "400,000 lines": shown(text_plain="".join(f"line {i}\n" for i in range(400_000))),
    "32,000 rows": shown(text_html=f"<table>{ROW * 32_000}</table>"),
    "32,000 rows of Markdown": shown(text_markdown="|a|b|\n|-|-|\n" + "|1|2|\n" * 32_000),
    "50,000 nested tags": shown(text_html="<div>" * 50_000 + "x" + "</div>" * 50_000),
    "50,000 nested lists": shown(text_html="<ul><li>" * 50_000 + "x"),
    "40,000 scripts": shown(text_html="<script>" * 40_000),
    "one line of 160,000 characters": shown(text_plain="x" * 160_000),
    "one Chinese line of 160,000 characters": shown(text_plain="碳" * 160_000),
}


@pytest.fixture(scope="module")
def renderer():
    with render_process.Renderer() as renderer:
        yield renderer


@pytest.mark.slow
@pytest.mark.parametrize("name", ATTACKS)
def test_pages_and_pdfs_of_attacks_are_made(renderer, name):
    """Whole, or cut with a note; never a failure."""
    end = time.monotonic() + GUARD
    page = renderer.make("html", end, ATTACKS[name], title=TITLE, lang="en", links={})
    pdf = renderer.make("pdf", end, ATTACKS[name], title=TITLE, lang="en")
    assert pdf.startswith(b"%PDF")
    long = len(str(ATTACKS[name].cells[0].outputs[0].data)) > visible_blocks.LONGEST_MARKUP
    assert ("Cut here" in page) == (long or "text/plain" in ATTACKS[name].cells[0].outputs[0].data)


def test_tags_too_deep_are_left_out_and_their_text_stays():
    deep = html_tokens.MOST_NESTED
    html = "<b>" * (deep + 5) + "x" + "</b>" * (deep + 5) + "<i>y</i>"
    kept = html_tokens.show_other_tags(html, {"b", "i"})
    assert kept == "<b>" * deep + "x" + "</b>" * deep + "<i>y</i>"


@pytest.mark.parametrize(
    "unit",
    ["<p>a", "<li>a", "<dt>a<dd>b", "<tr><td>a<td>b", "<tbody><tr><th>a", "<p>a<div>b</div>"],
)
def test_what_ends_without_an_end_tag_is_not_deep(unit):
    html = unit * 100
    tags = {"p", "li", "dt", "dd", "tr", "td", "th", "tbody", "div"}
    assert html_tokens.show_other_tags(html, tags) == html


@pytest.mark.parametrize("before", ["", "'", "<", "a b/"])
def test_names_of_cells_go_with_the_path_in_front_of_them(before):
    text = f"{before}c/ipykernel_12/34.py:1, ipykernel_5/6.pyipykernel_7/8.py! ipykernel_"
    kept = before.removesuffix("b/")
    assert scrub_notebook.text(text) == f"{kept}<cell>:1, <cell>! ipykernel_"
