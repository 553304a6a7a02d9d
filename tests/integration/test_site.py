"""Pages: complete, whole without a network, the same every time, and deaf to hostile text."""

from __future__ import annotations

import base64
import hashlib
import os
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
import report_samples as samples
from bs4 import BeautifulSoup
from report_browser import chromium
from report_samples import HOSTILE

import compare
from compare.base.errors import CompareError
from compare.curation import tables as curated
from compare.report.render import html_page, sanitize_html, site

TITLE = {"zh": "非化石能源消费占比", "en": "Non-fossil share"}


def page_of(nb, lang: str = "zh", title: dict | None = None, **links) -> str:
    return html_page.render(
        nb, title=title or TITLE, lang=lang, links={"index": "index.html", **links}
    )


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def make(folder: Path, *reports: dict, notebook=None) -> Path:
    """A folder as the runner leaves it, then the site built in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for entry in reports:
        nb = notebook or samples.notebook(parameters=entry.parameters)
        if "html" in entry.formats:
            text = page_of(nb, entry.lang, entry.title, ipynb=entry.formats.get("ipynb"))
            (folder / entry.formats["html"]).write_text(text, encoding="utf-8")
        if "ipynb" in entry.formats:
            nbformat.write(nb, folder / entry.formats["ipynb"])
    (folder / "run.json").write_text("{}", encoding="utf-8")
    site.build(folder, samples.run(*reports))
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Two languages of one report, a kept one, a failed one without a page."""
    error = {"cell": 5, "name": "CompareError", "message": f"unknown region {HOSTILE}"}
    return make(
        tmp_path_factory.mktemp("site") / "latest",
        samples.report("nonfossil_share", "zh", title=TITLE),
        samples.report("nonfossil_share", "en", title=TITLE),
        samples.report("green_building_share", "zh", status="kept", regions=["huzhou"]),
        samples.report(
            "co2_peak", "zh", "failed", formats={}, error=error, previous="co2_peak.last-good.html",
            group={"zh": "何时达峰?", "en": "When is the peak?"},
        ),
    )  # fmt: skip


def pages(folder: Path) -> dict[Path, BeautifulSoup]:
    return {p: soup(p.read_text(encoding="utf-8")) for p in sorted(folder.rglob("*.html"))}


def assert_harmless(page: BeautifulSoup, place) -> None:
    """Nothing on the page but its own script, and no way for text to act."""
    assert len(page.find_all("script")) == 1, place
    assert not page.find_all(
        ["iframe", "object", "embed", "form", "svg", "math", "base", "link"]
    ), place
    for tag in page.find_all(True):
        assert not [a for a in tag.attrs if a.startswith("on") or a in ("style", "srcdoc")], (
            place,
            tag,
        )
    for image in page.find_all("img"):
        assert re.match(r"data:image/|thumbs/", image["src"]), place
    for link in page.find_all("a", href=True):
        assert not urlsplit(link["href"]).scheme and not urlsplit(link["href"]).netloc, (
            place,
            link,
        )


# ------------------------------------------------------------------ the site as a whole
def test_index_shows_groups_status_and_one_card_for_both_languages(built):
    page = pages(built)[built / "index.html"]
    groups = [h.select_one(".zh").get_text() for h in page.select("[data-group] > h2")]
    assert groups == ["谁承诺了什么？", "何时达峰?", "来源与原文依据"]
    cards = page.select(".cp-card")
    assert len(cards) == 3
    versions = cards[0].select(".cp-versions li")
    assert [v.span.get_text() for v in versions] == ["中文", "English"]
    marks = [c.select_one(".cp-status")["class"][1] for c in cards]
    assert marks == ["cp-ok", "cp-kept", "cp-failed"]
    failed = cards[2]
    assert HOSTILE.split("\n")[0] in failed.get_text() and "第 5 个单元格" in failed.get_text()
    assert failed.select_one('a[href="co2_peak.last-good.html"]')
    facts = [d.get_text() for d in page.select(".cp-facts dd")]
    assert facts == [
        "ab" * 6,
        "2024-07-08",
        "0.1.0 · 日期dated 2030-01-02",
    ]  # release, newest plan, version
    assert [bool(c.img) for c in cards] == [True, True, False]


def test_search_words_hold_title_place_and_indicator_in_both_languages(built):
    card = pages(built)[built / "index.html"].select(".cp-card")[0]
    for words in ("非化石能源消费占比", "non-fossil", "十堰市", "shiyan", "nonfossil_share"):
        assert words in card["data-search"]


def test_a_place_that_sets_no_target_is_found_where_it_is_looked_at(tmp_path):
    entry = samples.report("pue", regions=["shiyan"], places=["shiyan", "ruijin"], formats={})
    index = (make(tmp_path / "x", entry) / "index.html").read_text(encoding="utf-8")
    card = soup(index).select_one(".cp-card")
    assert (
        "瑞金市" in card["data-search"] and "瑞金市" not in card.select_one(".cp-about").get_text()
    )


def test_pictures_say_what_they_show_and_tables_alone_have_a_sketch(built, tmp_path):
    cards = pages(built)[built / "index.html"].select(".cp-card")
    assert {i["alt"] for i in cards[0].select("img")} == {"非化石能源消费占比（%）"}
    assert cards[2].select_one(".cp-thumb").get_text() == "–"  # failed
    table = samples.notebook(samples.html_output("<table><tr><td>1</td></tr></table>"))
    index = make(tmp_path / "x", samples.report("all"), notebook=table) / "index.html"
    assert soup(index.read_text(encoding="utf-8")).select_one(".cp-thumb > .cp-rows")


def test_every_link_leads_to_a_place_that_is_there(built):
    every = pages(built)
    ids = {p: {t["id"] for t in s.find_all(id=True)} for p, s in every.items()}
    seen = 0
    for path, page in every.items():
        for link in page.find_all("a", href=True):
            parts = urlsplit(link["href"])
            goal = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if goal.name == "co2_peak.last-good.html":  # the runner puts it there
                continue
            assert goal.is_file(), (path.name, link)
            if parts.fragment:
                assert unquote(parts.fragment) in ids[goal], (path.name, link)
            seen += "evidence/" in link["href"]
    assert seen > 20  # rows of report tables, and the sources of the index


def test_every_target_has_its_place_on_an_evidence_page(built):
    from compare.target_evidence.addresses import evidence_href

    ids = {
        p.stem: {t["id"] for t in s.select("article.ev")}
        for p, s in pages(built / "evidence").items()
    }
    targets = compare.load("targets")
    for doc, target in zip(targets["doc"], targets["target_id"], strict=True):
        assert target in ids[doc]
        assert evidence_href(target) == f"evidence/{doc}.html#{target}"


def test_pages_are_harmless_and_name_no_other_machine(built):
    for path, page in pages(built).items():
        assert_harmless(page, path)
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""(?:src|href|url\()=?["']?\s*(?:https?:)?//""", text), path
        assert "http://" not in text and "https://" not in text, path
        assert str(Path.home()) + "/" not in text


def test_policy_names_the_pieces_of_the_page_by_their_hash(built):
    def hashed(piece: str) -> str:
        return base64.b64encode(hashlib.sha256(piece.encode()).digest()).decode()

    for path, page in pages(built).items():
        policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
        assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
        for piece in page.find_all(["style", "script"]):
            assert f"'sha256-{hashed(piece.string)}'" in policy, path


def test_same_input_same_bytes(built, tmp_path):
    """In this process and in another, whose hashes of texts, and so whose sets, are ordered otherwise."""
    again = tmp_path / "again"
    shutil.copytree(built, again, ignore=shutil.ignore_patterns("evidence", "thumbs", "index.html"))
    run = samples.run(
        samples.report("nonfossil_share", "zh", title=TITLE),
        samples.report("nonfossil_share", "en", title=TITLE),
    )
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        shutil.copytree(again, folder)
    site.build(first, run)
    (tmp_path / "run").write_bytes(pickle.dumps(run))
    code = (
        "import pickle, sys\nfrom pathlib import Path\n"
        "from compare.report.render import site\n"
        "site.build(Path(sys.argv[1]), pickle.loads(Path(sys.argv[2]).read_bytes()))"
    )
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "2" else "2"
    subprocess.run(
        [sys.executable, "-c", code, str(second), str(tmp_path / "run")],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
    )
    files = sorted(p.relative_to(first) for p in first.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(second) for p in second.rglob("*") if p.is_file())
    for file in files:
        assert (first / file).read_bytes() == (second / file).read_bytes(), file


def test_thumbnails_of_unchanged_charts_are_taken_over(built, tmp_path):
    reports = [samples.report("nonfossil_share", "zh", title=TITLE)]
    folder = tmp_path / "next"
    folder.mkdir()
    shutil.copy(built / "nonfossil_share-zh.ipynb", folder)
    site.build(
        folder, samples.run(*reports), previous=built, draw=lambda chart: pytest.fail("made again")
    )
    assert (folder / "index.html").is_file() and len(list((folder / "thumbs").iterdir())) == 1


def test_each_target_is_marked_once_and_each_table_read_once(tmp_path, monkeypatch):
    """So that hundreds of targets cost little, on any machine."""
    marked, read = [], []
    as_html, load = site.as_html, curated.load
    monkeypatch.setattr(
        site, "as_html", lambda item, langs: marked.append(1) or as_html(item, langs)
    )
    monkeypatch.setattr(curated, "load", lambda table: read.append(table) or load(table))
    site.build(tmp_path, samples.run())
    assert len(marked) == len(load("targets"))
    assert sorted(read) == ["documents", "regions", "targets"]


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "../../x"},
        {"id": "a/b"},
        {"id": ".hidden"},
        {"formats": {"html": "../../x.html"}},
        {"formats": {"html": "/etc/x.html"}},
        {"previous": "/etc/passwd"},
        {"status": "fine"},
    ],
)
def test_names_that_leave_the_folder_are_refused(tmp_path, changes):
    entry = samples.report("nonfossil_share", "zh", **{"formats": {}, **changes})
    with pytest.raises(CompareError):
        site.build(tmp_path, samples.run(entry))
    assert not (tmp_path / "index.html").exists()


def hostile_entry() -> dict:
    words = {"zh": HOSTILE, "en": HOSTILE}
    return samples.report(
        "region", "zh", "failed", title=words, group=words, formats={},
        regions=["../../x", HOSTILE], indicators=[HOSTILE], parameters={"region": HOSTILE},
        previous="javascript:alert(1)", error={"cell": 3, "name": HOSTILE, "message": HOSTILE},
    )  # fmt: skip


def test_a_release_of_tables_edited_by_hand_says_so(tmp_path):
    run = samples.run(hostile_entry())
    data = run.data.model_copy(update={"version": "0.1.0+edited"})
    site.build(tmp_path, run.model_copy(update={"data": data}))
    page = soup((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert page.select_one(".cp-facts dd").get_text() == "ab" * 6 + " 0.1.0+edited"


def test_hostile_names_in_a_run_are_shown_as_text(tmp_path):
    site.build(tmp_path, samples.run(hostile_entry()))
    for path, page in pages(tmp_path).items():
        assert_harmless(page, path)
    card = soup((tmp_path / "index.html").read_text(encoding="utf-8")).select_one(".cp-card")
    assert HOSTILE in card.h3.get_text() and "../../x" in card.select_one(".cp-about").get_text()
    failure = soup((tmp_path / "region-zh.html").read_text(encoding="utf-8"))
    assert HOSTILE in failure.select_one(".cp-error").get_text()


@pytest.fixture
def hostile_tables(monkeypatch):
    """Tables whose every text is hostile, in the place of the release."""
    real = curated.load
    tables = {
        "targets": samples.hostile_target(real("targets")),
        "documents": real("documents").head(1).copy(),
    }
    for column in ("doc", "document_title", "issuer", "publisher"):
        tables["documents"][column] = "../../x" if column == "doc" else HOSTILE
    monkeypatch.setattr(
        curated, "load", lambda name: tables[name] if name in tables else real(name)
    )
    return tables


def test_hostile_text_in_the_tables_stays_text_on_evidence_pages(tmp_path, hostile_tables):
    tables = hostile_tables
    site.build(tmp_path, samples.run())
    (page,) = pages(tmp_path / "evidence").items()
    assert_harmless(page[1], page[0])
    assert page[1].blockquote.get_text() == tables["targets"]["evidence"].iloc[0]
    assert HOSTILE in page[1].h1.get_text()
    assert [p.parent.name for p in tmp_path.rglob("*.html")].count("evidence") == 1


# ------------------------------------------------------------------ report pages
def test_report_shows_story_chart_and_table_without_code():
    page = soup(page_of(samples.notebook(), ipynb="a.ipynb", pdf="a.pdf", en="b.html"))
    assert [h.get_text() for h in page.find_all("h1")] == ["非化石能源消费占比"]
    assert "plot()" not in page.main.get_text()
    assert page.select_one("figure img")["alt"] == "非化石能源消费占比（%）"
    assert page.select_one(".cp-scroll > table thead th")
    assert {a["href"] for a in page.select(".cp-bar a")} == {
        "index.html",
        "a.ipynb",
        "a.pdf",
        "b.html",
    }
    assert [a.get_text() for a in page.select(".cp-contents a")] == ["各地目标", "明细", "来源"]
    assert all("?lang=zh#t-" in a["href"] for a in page.select("td a"))


def test_a_failed_report_shows_the_failing_cell_and_message():
    page = soup(page_of(samples.failed_notebook(f"unknown region {HOSTILE}")))
    assert_harmless(page, "failed")
    assert "第 3 个单元格" in page.select_one(".cp-error[role=alert]").get_text()
    shown = page.select(".cp-error")[1].get_text()
    assert f"CompareError: unknown region {HOSTILE}" in shown and "profile('shiyam')" in shown
    assert "\x1b" not in page.get_text() and "<span>error</span>" not in page.get_text()


def test_parameters_with_quotes_and_newlines_are_text():
    page = soup(page_of(samples.notebook(parameters={"region": HOSTILE})))
    assert_harmless(page, "parameters")
    assert '"<script>alert(1)</script> \\"><img' in page.footer.get_text()


OUTPUTS = {
    "script": "<b>x</b><script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "handler": '<td onclick="alert(1)">x</td><p onmouseover=alert(1)>',
    "address": '<a href="javascript:alert(1)">x</a><a href="jav&#x09;ascript:alert(1)">x</a>',
    "elsewhere": '<a href="//evil.example/">x</a><a href="data:text/html,x">x</a>',
    "frames": '<iframe src="//e/"></iframe><object data=x></object><embed src=x><base href="//e/">',
    "style": "<style>@import url(//e/x.css); body{display:none} #T_a{color:url(//e/x)}</style>",
    "inline": '<p style="background:url(//e/x);position:fixed;color:red}">x</p>',
    "foreign": "<svg><script>alert(1)</script></svg><math><mtext><style><img src onerror=alert(1)>",
    "unclosed": "<table><tr><td><script>alert(1)",
    "comment": "<!--<img src=x onerror=alert(1)>--><![CDATA[<script>alert(1)</script>]]>",
    "form": '<form action="//e/"><input autofocus onfocus=alert(1)><button formaction="//e/">',
    "title": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "disguise": '<div class="cp-bar" id="cp-main">x</div>',
}


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("mime", ["text/html", "text/markdown", "text/plain"])
def test_no_output_can_act(name, mime):
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    cell = new_code_cell(outputs=[new_output("display_data", {mime: OUTPUTS[name]})])
    text = page_of(new_notebook(cells=[cell]))
    page = soup(text)
    assert_harmless(page, name)
    styles = "".join(s.string for s in page.find_all("style"))
    assert (
        "url(" not in styles
        and "@import" not in styles
        and "display:none" not in styles.replace(" !", "!")
    )
    assert len(page.select("#cp-main")) == 1 and len(page.select(".cp-bar")) == 1


def test_what_is_not_allowed_is_shown_not_lost():
    page = sanitize_html.Page()
    assert "alert(1)" in soup(sanitize_html.clean("<script>alert(1)</script>", page)).get_text()
    assert soup(sanitize_html.clean(HOSTILE, page)).get_text() == HOSTILE
    assert (
        soup(sanitize_html.clean(sanitize_html.markdown_html("a <b>x</b>"), page))
        .get_text()
        .strip()
        == "a <b>x</b>"
    )
    assert soup(
        sanitize_html.clean(sanitize_html.markdown_html(f"a {HOSTILE.splitlines()[0]}"), page)
    ).get_text().strip() == (f"a {HOSTILE.splitlines()[0]}")


def test_styler_colours_survive_as_rules_and_stay_readable_on_dark_pages():
    import pandas as pd

    style = pd.DataFrame({"a": [1, 2]}).style.set_uuid("x").highlight_max(color="#ffe9a8")
    page = sanitize_html.Page()
    cleaned = soup(sanitize_html.clean(style.to_html(), page))
    assert page.rules == ["#T_x_row1_col0{background-color:#ffe9a8;color:#1d2321}"]
    assert cleaned.find(id="T_x_row1_col0").get_text() == "2"


def test_style_rules_speak_of_one_table_only():
    page = sanitize_html.Page()
    sheet = "<style>body,#T_a{opacity:0} .x{color:white} #T_a td{color:red;position:fixed}</style>"
    assert sanitize_html.clean(sheet, page) == "" and page.rules == ["#T_a td{color:red}"]


def test_letters_in_colour_are_light_on_a_dark_page():
    page = sanitize_html.Page()
    sanitize_html.clean(
        '<b style="color:#553c69">x</b><b style="color:#553c69;background-color:#ffffff">', page
    )
    plain, on_colour = page.rules
    dark = re.search(r"light-dark\(#553c69,#(\w\w)(\w\w)(\w\w)\)", plain)
    assert min(int(part, 16) for part in dark.groups()) > 0x80
    assert "light-dark" not in on_colour


def test_cells_know_the_names_of_their_columns_where_the_table_is_plain():
    head = "<thead><tr><th>地方</th><th>a &amp; <b>b</b></th></tr></thead>"
    row = "<tbody><tr><th>十堰</th><td{}>1</td></tr></tbody>"
    page = sanitize_html.Page(headings=[(2, "明细", "cp-h1")])
    plain = soup(sanitize_html.clean(f"<table>{head}{row.format('')}</table>", page))
    assert plain.td["data-label"] == "a & b" and not plain.select("th[data-label]")
    assert plain.div["aria-label"] == "明细" and plain.div["role"] == "region"
    wide = soup(sanitize_html.clean(f"<table>{head}{row.format(' colspan=2')}</table>", page))
    assert not wide.select("[data-label]")
    forged = soup(sanitize_html.clean('<table><tr><td data-label="x">1</td></tr></table>', page))
    assert not forged.select("[data-label]")


def test_long_scripts_are_replaced_by_a_note():
    assert sanitize_html.SCRIPT_NOTE in sanitize_html.clean(
        f"<script>{'x' * 5000}</script>", sanitize_html.Page()
    )


# ------------------------------------------------------------------ in a browser
@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture
def visit(browser):
    """Open pages; at the end nothing may have gone to the console or off the machine."""
    contexts, complaints = [], []

    def go(path: Path, **options):
        context = browser.new_context(locale=options.pop("locale", "zh-CN"), **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(f"console: {m.text}"))
        page.on("pageerror", lambda e: complaints.append(f"error: {e}"))
        page.on("dialog", lambda d: complaints.append(f"dialog: {d.message}"))
        page.on("requestfailed", lambda r: complaints.append(f"failed: {r.url[:200]}"))

        def asked(request):
            if not request.url.startswith(("file:", "data:")):
                complaints.append(f"off the machine: {request.url}")

        page.on("request", asked)
        page.goto(path.as_uri())
        return page

    yield go
    for context in contexts:
        context.close()
    assert not complaints


@pytest.mark.browser
def test_index_search_languages_and_keyboard(built, visit):
    page = visit(built / "index.html")
    shown = page.locator(".cp-card:visible")
    assert shown.count() == 3
    for words, count in (
        ("湖州", 1),
        ("HUZHOU", 1),
        ("十堰 非化石", 1),
        ("co2_peak", 1),
        ("没有这个", 0),
    ):
        page.keyboard.press("/")
        page.locator("input").fill(words)
        assert shown.count() == count, words
    assert page.get_by_text("没有符合的结果").is_visible()
    page.keyboard.press("Escape")
    assert shown.count() == 3
    pictures = page.locator(".cp-thumb img:visible")
    assert pictures.evaluate_all("all => all.every(i => i.naturalWidth > 0)")
    assert "-zh-" in pictures.first.get_attribute("src")
    page.get_by_role("button", name="English").press("Enter")
    assert page.get_by_role("heading", name="Who commits to what?").is_visible()
    assert "-en-" in pictures.first.get_attribute("src")
    assert not page.get_by_text("谁承诺了什么").is_visible()
    page.get_by_role("link", name="Non-fossil share").first.press("Enter")
    assert page.url.endswith("nonfossil_share-en.html")


@pytest.mark.browser
def test_report_to_evidence_and_back_to_the_index(built, visit):
    page = visit(built / "nonfossil_share-zh.html")
    assert page.locator("figure img").evaluate("i => i.naturalWidth > 0")
    row = page.locator("tbody tr").nth(3)
    words = row.locator("td").nth(1).inner_text()
    row.get_by_role("link").click()
    target = page.locator("article:target")
    assert target.locator("h3").inner_text() == words
    assert target.is_visible() and target.locator("mark.ev-value").count() >= 1
    page.get_by_role("link", name="全部报告").click()
    assert page.url.endswith("index.html")


@pytest.mark.browser
def test_dark_by_system_and_by_switch(built, visit):
    def paper(page) -> int:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(n) for n in re.findall(r"\d+", colour)[:3])

    page = visit(built / "nonfossil_share-zh.html", color_scheme="dark")
    assert paper(page) < 150
    page.get_by_role("button", name="外观").click()
    assert paper(page) > 600
    page.reload()
    assert paper(page) > 600  # kept


@pytest.mark.browser
def test_a_phone_shows_everything_without_moving_sideways(built, visit):
    for name in (
        "index.html",
        "nonfossil_share-zh.html",
        "co2_peak-zh.html",
        "evidence/yuhua.html",
    ):
        path = built / name
        page = visit(path, viewport={"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path.name


@pytest.mark.browser
def test_a_phone_shows_rows_as_cards_and_charts_large_enough(built, visit):
    page = visit(built / "nonfossil_share-zh.html", viewport={"width": 390, "height": 844})
    row = page.locator("tbody tr").first
    for cell in row.locator("td").all():
        box = cell.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    named = row.locator("td").first
    assert named.evaluate("c => getComputedStyle(c, '::before').content") == (
        f'"{named.get_attribute("data-label")}"'
    )
    frame = page.locator(".cp-figure").first
    assert frame.locator("img").bounding_box()["width"] > 600
    assert "cp-more-right" in frame.get_attribute("class")
    frame.evaluate("f => f.scrollTo(f.scrollWidth, 0)")
    page.wait_for_function(
        "f => !f.classList.contains('cp-more-right')", arg=frame.element_handle()
    )


@pytest.mark.browser
def test_a_short_table_is_shown_whole_and_a_tall_one_keeps_its_head(tmp_path, visit):
    (tmp_path / "short.html").write_text(page_of(samples.notebook(rows=12)), encoding="utf-8")
    (tmp_path / "tall.html").write_text(page_of(samples.notebook(rows=60)), encoding="utf-8")
    frame = visit(tmp_path / "short.html").locator(".cp-scroll")
    assert frame.evaluate("f => f.scrollHeight <= f.clientHeight")
    frame = visit(tmp_path / "tall.html").locator(".cp-scroll")
    assert "cp-more-below" in frame.get_attribute("class")
    frame.evaluate("e => e.scrollTo(0, 300)")
    assert frame.evaluate(
        "e => e.scrollTop > 100 && Math.abs(e.querySelector('thead').getBoundingClientRect().top"
        " - e.getBoundingClientRect().top) < 4"
    )


@pytest.mark.browser
def test_paper_is_light_and_shows_all_rows(tmp_path, visit):
    (tmp_path / "x.html").write_text(page_of(samples.notebook(rows=60)), encoding="utf-8")
    page = visit(tmp_path / "x.html", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".cp-figure img").evaluate("i => getComputedStyle(i).filter") == "none"
    assert page.locator(".cp-scroll").evaluate("f => f.scrollHeight <= f.clientHeight")
    assert not page.locator(".cp-bar").is_visible()


@pytest.mark.browser
def test_hostile_outputs_do_nothing_in_a_browser(tmp_path, visit):
    outputs = [samples.html_output(text) for text in OUTPUTS.values()]
    nb = samples.notebook(*outputs, parameters={"x": HOSTILE}, title=HOSTILE.replace("\n", " "))
    (tmp_path / "x.html").write_text(page_of(nb), encoding="utf-8")
    page = visit(tmp_path / "x.html")
    page.wait_for_timeout(200)
    assert "alert(2)" in page.locator("h1").inner_text()
    assert page.get_by_role("button", name="外观").is_visible()


@pytest.mark.browser
def test_hostile_names_and_plans_do_nothing_in_a_browser(tmp_path, hostile_tables, visit):
    site.build(tmp_path, samples.run(hostile_entry()))
    every = sorted(tmp_path.rglob("*.html"))
    assert len(every) == 3  # index, the page of the failed report, evidence
    for path in every:
        page = visit(path)
        page.locator("body").hover()
        page.wait_for_timeout(100)
        assert "alert(2)" in page.locator("main").inner_text()
