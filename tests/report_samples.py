"""Notebooks and runs that the tests of pages and PDFs are made of: built here, never executed."""

from __future__ import annotations

import base64
import io

HOSTILE = "<script>alert(1)</script> \"><img src=x onerror=alert(2)> ' & 十堰\n第二行"


def hostile_target(targets):
    """A table of one target whose every text is hostile and whose document is a path."""
    frame = targets.head(1).copy()
    text = f"到2025年,{HOSTILE}达到20%以上。\x1b[31m"
    start = text.index("20%")
    changes = {
        "doc": "../../x", "evidence": text, "evidence_start": 0, "start": start, "end": start + 3,
        "value_text": "20%", "indicator_text": HOSTILE, "section": HOSTILE, "note": HOSTILE,
        "scope_region": HOSTILE, "document_title": HOSTILE, "indicator": HOSTILE,
    }  # fmt: skip
    for column, value in changes.items():
        frame[column] = value
    return frame


def figure(kind: str = "svg", label: str = "非化石能源消费占比（%）") -> bytes:
    """A small chart with Chinese words, the same bytes every time."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import zhplot  # noqa: F401

    with plt.rc_context(
        {
            "font.family": ["DejaVu Sans", "Noto Sans SC"],
            "svg.hashsalt": "x",
            "axes.spines.top": False,
        }
    ):
        fig, ax = plt.subplots(figsize=(8, 3.6))
        places = ["贵州省", "湖州市", "瑞金市", "十堰市", "雨花区"]
        ax.barh(places, [20, 21.5, 27.4, 23, 18], color="#17685b", height=0.5)
        ax.set_xlabel(label)
        ax.axvline(20, color="#b3541e", lw=1, ls="--")
        out = io.BytesIO()
        meta = {"Date": None, "Title": label} if kind == "svg" else {}
        fig.savefig(out, format=kind, metadata=meta, bbox_inches="tight", dpi=150)
        plt.close(fig)
    return out.getvalue()


def image_output(kind: str = "svg", **options):
    """A display_data output that holds such a chart."""
    from nbformat.v4 import new_output

    data = figure(kind, **options)
    if kind == "svg":
        return new_output(
            "display_data", {"image/svg+xml": data.decode(), "text/plain": "<Figure>"}
        )
    return new_output("display_data", {"image/png": base64.b64encode(data).decode()})


def html_output(text: str):
    """An output of type text/html."""
    from nbformat.v4 import new_output

    return new_output("display_data", {"text/html": text, "text/plain": "a table"})


def table_html(rows: int = 12) -> str:
    """Targets as a pandas Styler table with links to their evidence, as reports have them."""
    import compare
    from compare.target_evidence.addresses import evidence_href

    t = compare.load("targets")
    t = t[t["kind"] == "numeric"].head(rows)
    frame = t[
        ["region_zh", "indicator_text", "comparator", "value", "unit", "target_year", "evidence"]
    ]
    frame = frame.assign(
        依据=[
            f'<a href="{evidence_href(i, d)}">原句</a>'
            for i, d in zip(t["target_id"], t["doc"], strict=True)
        ]
    )
    columns = [
        "region_zh",
        "indicator_text",
        "comparator",
        "value",
        "unit",
        "target_year",
        "evidence",
    ]
    style = frame.style.format(escape="html", subset=columns).hide(axis="index").set_uuid("targets")
    return style.highlight_max(subset=["value"], color="#ffe9a8").to_html()


def notebook(
    *outputs, parameters: dict | None = None, title: str | None = "非化石能源消费占比", rows=12
):
    """An executed notebook: story, chart, table, sources."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    cells = [new_code_cell("lang = 'zh'  # language", metadata={"tags": ["parameters"]})]
    cells += [new_markdown_cell(f"# {title}")] if title else []
    cells += [
        new_markdown_cell(
            "五份方案中，三份写明了 2025 年的非化石能源消费占比。下图以**下限**表示，"
            "开口的一端说明“以上”。\n\n- 贵州：20% 左右，力争 21.6%\n- 瑞金：超过 27.4%"
        ),
        new_markdown_cell("## 各地目标"),
        new_code_cell("plot()", outputs=list(outputs) or [image_output()]),
        new_markdown_cell("## 明细"),
        new_code_cell("table()", outputs=[html_output(table_html(rows))]),
        new_markdown_cell("## 来源\n\n1. 貴州省碳達峰實施方案\n2. 瑞金市碳达峰实施方案"),
    ]
    nb = new_notebook(cells=cells)
    for number, cell in enumerate(nb.cells):
        cell["id"] = f"c{number}"
    if parameters is not None:
        nb.metadata["papermill"] = {"parameters": parameters}
    return nb


def failed_notebook(message: str = "unknown region 'shiyam'; did you mean 'shiyan'?"):
    """A notebook whose third cell failed."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

    nb = notebook()
    error = new_output(
        "error", ename="CompareError", evalue=message, traceback=["\x1b[31mTraceback\x1b[0m"]
    )
    nb.cells.insert(2, new_code_cell("profile('shiyam')", outputs=[error]))
    nb.cells.insert(
        0, new_markdown_cell("<span>error</span>", metadata={"tags": ["papermill-error-cell-tag"]})
    )
    return nb


def report(name: str, lang: str = "zh", status: str = "ok", **changes):
    """One entry of a run; a test may give it what no run would (ids that lead out, odd states)."""
    from compare.report.history.run_record import ErrorRecord, ReportEntry

    entry = {
        "id": f"{name}-{lang}",
        "name": name,
        "notebook": "notebooks/indicator.ipynb",
        "title": {"zh": f"指标比较：{name}", "en": f"Comparison: {name}"},
        "lang": lang,
        "question": "who",
        "group": {"zh": "谁承诺了什么？", "en": "Who commits to what?"},
        "parameters": {"indicator": name, "lang": lang},
        "kinds": {"indicator": "indicator", "lang": "language"},
        "status": status,
        "formats": {"html": f"{name}-{lang}.html", "ipynb": f"{name}-{lang}.ipynb"},
        "error": None,
        "previous": None,
        "regions": ["shiyan", "guizhou"],
        "indicators": [name],
        "places": [],
    } | changes
    if isinstance(entry["error"], dict):
        entry["error"] = ErrorRecord.model_construct(**{"kind": "error", **entry["error"]})
    return ReportEntry.model_construct(**entry)


def run(*reports):
    """A run of these reports."""
    from compare.report.history.run_record import ReleaseRecord, RunRecord

    return RunRecord.model_construct(
        title={},
        data_release="ab" * 32,
        data=ReleaseRecord(name="sample", version="0.1.0", sha256="ab" * 32),
        package_version="0.1.0",
        date="2030-01-02",
        reports=list(reports),
    )
